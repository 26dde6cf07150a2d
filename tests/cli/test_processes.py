"""What only a process of its own can show: exit codes, pipes, signals, terminals, and what is imported."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

PMTUI = [sys.executable, "-m", "pmtui"]

STATUS_MODULES = {
    "pmtui",
    "pmtui.cli",
    "pmtui.cli.guard",
    "pmtui.cli.main",
    "pmtui.cli.out",
    "pmtui.cli.status",
    "pmtui.domain",
    "pmtui.domain.facts",
    "pmtui.domain.lifecycle",
    "pmtui.domain.text",
    "pmtui.report",
    "pmtui.report.fit",
    "pmtui.report.status",
    "pmtui.store",
    "pmtui.store.connection",
    "pmtui.store.errors",
    "pmtui.store.facts",
    "pmtui.store.format",
    "pmtui.store.read",
}
STATUS_STDLIB = {
    "__future__",
    "_collections",
    "_datetime",
    "_functools",
    "_operator",
    "_sqlite3",
    "_sre",
    "_typing",
    "collections",
    "contextlib",
    "copyreg",
    "datetime",
    "enum",
    "functools",
    "itertools",
    "keyword",
    "math",
    "operator",
    "re",
    "reprlib",
    "sqlite3",
    "time",
    "types",
    "typing",
    "unicodedata",
    "warnings",
}
LIST_MODULES = """
import sys
before = set(sys.modules)
from pmtui.cli.main import main
code = main(sys.argv[1:])
print(*sorted(set(sys.modules) - before), file=sys.stderr)
sys.exit(code)
"""


def modules_of(*args):
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, *map(str, args)], capture_output=True, check=True, text=True, timeout=30
    )
    return done.stdout, set(done.stderr.split())


def test_status_loads_exactly_these_modules(plan_file):
    out, loaded = modules_of("status", "--db", plan_file)
    assert "3 items" in out
    assert {name for name in loaded if name.partition(".")[0] == "pmtui"} == STATUS_MODULES
    others = {name.partition(".")[0] for name in loaded} - {"pmtui"}
    assert others <= STATUS_STDLIB


def test_status_of_the_plan_in_the_environment_loads_no_more(plan_file, monkeypatch):
    monkeypatch.setenv("PMTUI_DB", str(plan_file))
    assert modules_of("status")[1] == modules_of("--db", plan_file, "status")[1]


def test_status_as_json_loads_json_besides(plan_file):
    text, loaded = modules_of("status", "--db", plan_file, "--json")
    assert json.loads(text)["items"] == 3
    assert {name.partition(".")[0] for name in loaded} - STATUS_STDLIB - {"pmtui"} == {"json", "_json"}


@pytest.mark.parametrize(
    "args", [["log"], ["export"], ["help", "keys"], ["restore", "--list"], ["import", "FILE", "--dry-run"]]
)
def test_commands_that_only_read_load_neither_textual_nor_sqlmodel(plan_file, tmp_path, args):
    file = tmp_path / "a.csv"
    file.write_text("id,title\n1,One\n")
    _, loaded = modules_of("--db", plan_file, *(file if arg == "FILE" else arg for arg in args))
    assert not {name.partition(".")[0] for name in loaded} & {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic"}


def test_the_console_script_is_there_and_imports_nothing_but_main():
    script = Path(sys.executable).with_name("pmtui")
    text = script.read_text()
    imports = [line for line in text.splitlines() if line.startswith(("import", "from"))]
    assert [line for line in imports if "pmtui" in line] == ["from pmtui.cli.main import main"]
    done = subprocess.run([script, "--version"], capture_output=True, check=True, timeout=30)
    assert done.stdout.startswith(b"pmtui ")


def test_exit_codes(process, tmp_path):
    db = tmp_path / "plan.db"
    missing = process("status", "--db", db)
    assert (missing.code, missing.out) == (3, "")
    assert str(db) in missing.err
    assert process("frobnicate").code == 64
    assert process("--db", db, "add", "--kind", "objective", "Goal", "due:2020-01-01").code == 0
    late = process("status", "--db", db)
    assert (late.code, late.err) == (2, "")
    assert "! O-1" in late.out


def test_ctrl_c_while_reading_lines_is_130_and_leaves_nothing(tmp_path):
    db = tmp_path / "plan.db"
    # what a shell starts in the background ignores the signal, and so does what that starts
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    started = subprocess.Popen(
        [*PMTUI, "--db", db, "add", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    signal.signal(signal.SIGINT, ignored)
    with started as running:
        _wait_until_it_reads(running.pid)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=10)
    assert (running.returncode, out) == (130, b"")
    assert err.startswith(b"pmtui: Stopped.")
    assert b"Traceback" not in err
    assert not db.exists()


def _wait_until_it_reads(pid):
    call = Path(f"/proc/{pid}/syscall")
    for _ in range(200):
        time.sleep(0.05)
        try:
            words = call.read_text().split()
        except OSError:
            time.sleep(2)
            return
        if words[1:2] == ["0x0"] and words[0] in ("0", "63"):  # read(0, ...) on x86-64 and arm64
            return
    pytest.fail("the process never came to read its input")


def test_a_reader_that_goes_away_is_no_error_message(plan_file):
    with subprocess.Popen(
        [*PMTUI, "--db", plan_file, "export"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.close()
        err = running.stderr.read()
        code = running.wait(timeout=10)
    assert (code, err) == (141, b"")


def test_head_gets_its_line(plan_file):
    done = subprocess.run(
        f"{sys.executable} -m pmtui --db {plan_file} log | head -1",
        shell=True,
        capture_output=True,
        timeout=10,
        check=True,
    )
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.parametrize("command", ["status", "log", "add x", "export", "help", "doctor", ""])
def test_a_closed_standard_output_is_a_sentence_before_anything_is_done(tmp_path, command):
    db = tmp_path / "plan.db"
    line = f"{sys.executable} -m pmtui --db {db} {command} >&-"
    done = subprocess.run(line, shell=True, capture_output=True, timeout=10, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(b"pmtui: Standard output is closed")
    assert done.stderr.count(b"\n") == 1
    assert not db.exists()


def test_a_full_standard_output_is_a_sentence(plan_file):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PMTUI, "--db", plan_file, "status"], stdout=full, stderr=subprocess.PIPE, timeout=10, check=False
        )
    assert done.returncode == 3
    assert done.stderr.startswith(b"pmtui: ")
    assert done.stderr.count(b"\n") == 1


def test_everything_closed_is_still_an_exit_code(plan_file):
    line = f"{sys.executable} -m pmtui --db {plan_file} log <&- >&- 2>&-"
    assert subprocess.run(line, shell=True, timeout=10, check=False).returncode == 3


@pytest.mark.parametrize("stdin", ["/dev/null", "pipe"])
def test_the_app_without_a_terminal_prints_the_status_and_leaves_with_3(plan_file, stdin):
    given = subprocess.DEVNULL if stdin == "/dev/null" else subprocess.PIPE
    done = subprocess.run(
        [*PMTUI, "--db", plan_file], stdin=given, capture_output=True, timeout=10, check=False, text=True
    )
    assert done.returncode == 3
    assert "3 items, 3 open" in done.stdout
    assert done.stderr.startswith("pmtui: The app needs a terminal")
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("term", ["dumb", None])
def test_the_app_on_a_plain_terminal_prints_the_status_and_no_escapes(plan_file, term):
    env = {name: value for name, value in os.environ.items() if name != "TERM"} | ({"TERM": term} if term else {})
    code, shown = in_terminal(["--db", str(plan_file)], env)
    assert code == 3
    assert "3 items, 3 open" in shown
    assert "\x1b" not in shown


def in_terminal(args, env):
    """Run a command in a terminal of its own and return its exit code and what it wrote there."""
    pid, master = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [*PMTUI, *args], env)
    shown = b""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if select.select([master], [], [], 0.2)[0]:
            try:
                data = os.read(master, 65536)
            except OSError:
                break
            if not data:
                break
            shown += data
    os.close(master)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()


def test_a_c_locale_without_colour_is_plain_ascii(process, tmp_path):
    db = tmp_path / "plan.db"
    plain = {"LANG": "C", "LC_ALL": "C", "NO_COLOR": "1"}
    assert process("--db", db, "add", "Größe 界 x", env={"LC_ALL": "C.UTF-8"}).out == "F-1 Größe 界 x\n"
    added = process("--db", db, "add", "Café 界", env=plain)
    assert (added.code, added.out) == (0, "F-2 Cafe ?\n")
    status = process("--db", db, "status", env=plain)
    assert status.code == 0
    assert status.out.isascii()
    log = process("--db", db, "log", env=plain)
    assert log.out.isascii()
    assert "\x1b" not in log.out + status.out


def test_the_demo_says_where_it_is_and_never_takes_a_plan(process, tmp_path, plan_file):
    fresh = tmp_path / "look" / "demo.db"
    first = process("demo", "--db", fresh)
    assert first.code == 3
    assert str(fresh) in first.out
    assert "60 items, 52 open" in first.out
    before = plan_file.read_bytes()
    for taken in (plan_file, fresh):
        again = process("demo", "--db", taken)
        assert again.code == 3
        assert "already holds a plan" in again.err
    assert plan_file.read_bytes() == before


def test_the_demo_without_a_file_lives_in_a_private_folder(process, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PMTUI_DB", str(tmp_path / "mine.db"))
    done = process("demo")
    (folder,) = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert str(folder / "demo.db") in done.out
