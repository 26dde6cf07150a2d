"""Connections of the standard library's SQLite, set up alike wherever one is opened."""

from __future__ import annotations

import os
import sqlite3
import stat

from pmtui.store.errors import MissingPlan, NotAPlan, Path, Unreachable, shown, unreachable

BUSY_SECONDS = 5.0
"""How long a connection waits for another program's lock before it says so."""

PRAGMAS = ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL", "cell_size_check=ON")
"""What every connection is told; the time to wait comes with `connect`."""

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-~")
_MAGIC = b"SQLite format 3\x00"


def uri(path: Path, mode: str) -> str:
    """The SQLite URI of *path*: any bytes that a file name can have arrive as they are."""
    raw = os.fsencode(os.path.abspath(path))  # noqa: PTH100 - pathlib is not worth its import on the fast path
    quoted = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in raw)
    return f"file:{quoted}?mode={mode}"


def connect(path: Path, mode: str, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection that begins no transaction by itself; *mode* is `ro` or `rw`, never one that creates.

    Raises sqlite3.Error.
    """
    connection = sqlite3.connect(
        uri(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=not any_thread
    )
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def identity_of(path: Path) -> tuple[int, int] | None:
    """What tells one file from another one at the same path; None where no file can be asked."""
    try:
        found = os.stat(path)  # noqa: PTH116 - see above, and asked twice a second
    except OSError:
        return None
    return found.st_dev, found.st_ino


def inspect(path: Path) -> os.stat_result:
    """The file's stat, once it looks like a SQLite database from outside.

    Raises MissingPlan, NotAPlan or Unreachable; never opens a pipe or a device.
    """
    name = shown(path)
    try:
        found = os.stat(path)  # noqa: PTH116 - see above
    except FileNotFoundError:
        raise MissingPlan(
            f"There is no plan at {name}. Nothing was created. Start one with: pmtui, or choose another with --db."
        ) from None
    except OSError as error:
        raise unreachable(error, path) from error
    if stat.S_ISDIR(found.st_mode):
        raise NotAPlan(f"{name} is a folder. Name a file in it with --db, as {name.rstrip('/')}/plan.db")
    if not stat.S_ISREG(found.st_mode):
        raise NotAPlan(f"{name} is a pipe or a device, not a file. Choose a file with --db.")
    if found.st_size == 0:
        raise NotAPlan(
            f"{name} is empty (0 bytes), so it is no plan any more. It was left as it is. "
            "Restore a backup with: pmtui restore, or delete the empty file to start anew."
        )
    _check_magic(path, name)
    return found


def _check_magic(path: Path, name: str) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:
        raise Unreachable(
            f"You may not read {name}. Nothing was changed. Ask its owner for access, or choose another with --db."
        ) from None
    except OSError as error:
        raise unreachable(error, path) from error
    try:
        start = os.read(descriptor, len(_MAGIC))
    finally:
        os.close(descriptor)
    if start != _MAGIC:
        raise NotAPlan(
            f"{name} is no pmtui plan. It was left as it is. "
            "Choose another file with --db; import other formats with: pmtui import FILE"
        )
