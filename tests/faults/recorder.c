/* Preloaded under a process that edits a plan: writes down every write, sync, cut and removal of a
   file in the folder PMTUI_RECORD_DIR, in order, so that a power cut can be played back afterwards. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int log_fd = -1;
static char folder[PATH_MAX];

static void start(void) {
    if (log_fd != -1) return;
    const char *log = getenv("PMTUI_RECORD_LOG"), *dir = getenv("PMTUI_RECORD_DIR");
    log_fd = -2;
    if (!log || !dir || !realpath(dir, folder)) return;
    strcat(folder, "/");
    log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void record(char what, const char *path, int64_t offset, const void *data, uint64_t size) {
    start();
    if (log_fd < 0 || strncmp(path, folder, strlen(folder)) != 0) return;
    const char *name = path + strlen(folder);
    uint64_t length = strlen(name);
    syscall(SYS_write, log_fd, &what, 1);
    syscall(SYS_write, log_fd, &length, 8);
    syscall(SYS_write, log_fd, name, length);
    syscall(SYS_write, log_fd, &offset, 8);
    syscall(SYS_write, log_fd, &size, 8);
    if (data) syscall(SYS_write, log_fd, data, size);
}

static void record_fd(char what, int fd, int64_t offset, const void *data, uint64_t size) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return;
    path[length] = 0;
    record(what, path, offset, data, size);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    ssize_t done = REAL(pwrite64)(fd, data, size, offset);
    if (done > 0) record_fd('w', fd, offset, data, done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    ssize_t done = REAL(pwrite)(fd, data, size, offset);
    if (done > 0) record_fd('w', fd, offset, data, done);
    return done;
}
ssize_t write(int fd, const void *data, size_t size) {
    ssize_t done = REAL(write)(fd, data, size);
    if (done > 0) {
        off_t end = lseek(fd, 0, SEEK_CUR);
        if (end != (off_t)-1) record_fd('w', fd, end - done, data, done);
    }
    return done;
}
int ftruncate(int fd, off_t size) {
    int done = REAL(ftruncate)(fd, size);
    if (done == 0) record_fd('t', fd, size, NULL, 0);
    return done;
}
int ftruncate64(int fd, off64_t size) {
    int done = REAL(ftruncate64)(fd, size);
    if (done == 0) record_fd('t', fd, size, NULL, 0);
    return done;
}
int fsync(int fd) {
    int done = REAL(fsync)(fd);
    if (done == 0) record_fd('s', fd, 0, NULL, 0);
    return done;
}
int fdatasync(int fd) {
    int done = REAL(fdatasync)(fd);
    if (done == 0) record_fd('s', fd, 0, NULL, 0);
    return done;
}
int unlink(const char *path) {
    int done = REAL(unlink)(path);
    if (done == 0) record('u', path, 0, NULL, 0);
    return done;
}
