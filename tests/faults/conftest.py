"""Faults to inject, and what must hold after each of them."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from terminal import Terminal, program

from pmtui.cli.app import write_demo
from pmtui.domain.clock import system_clock
from pmtui.store import connection
from pmtui.store.doctor import examine
from pmtui.workspace import Actor, Workspace


@pytest.fixture
def sound():
    """Pages, references, definitions, fields, and that replaying the journal gives the rows."""

    def check(path: Path) -> None:
        assert examine(path) == []

    return check


@pytest.fixture
def content_hash():
    """A digest of every row of a file, whatever its pages look like."""

    def digest(path: Path) -> str:
        found = hashlib.sha256()
        with closing(sqlite3.connect(path)) as source:
            names = [row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY 1")]
            for name in names:
                for row in sorted(map(repr, source.execute(f'SELECT * FROM "{name}"'))):
                    found.update(row.encode("utf-8", "surrogatepass"))
        return found.hexdigest()

    return digest


@pytest.fixture
def workspaces():
    """Opens workspaces on a file and closes them all at the end."""
    opened = []

    def open_one(path: Path, user: str = "ann", machine: str = "desk", clock=None) -> Workspace:
        opened.append(Workspace(path, clock or system_clock(), Actor(user, machine)))
        return opened[-1]

    yield open_one
    for workspace in opened:
        workspace.close()


@pytest.fixture
def script():
    """Runs Python code in a process of its own and gives what it prints; arguments arrive in sys.argv."""

    def run(code: str, *arguments: object, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "error::ResourceWarning", "-c", textwrap.dedent(code), *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, **(env or {})},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


class Failing:
    """Makes the nth statement from now fail, in every connection that the store opens from now."""

    def __init__(self) -> None:
        self.left = 0
        self.failed = False
        self.code = sqlite3.SQLITE_IOERR_WRITE
        self.act = self._raise

    def arm(self, statement: int) -> None:
        self.left = statement
        self.failed = False

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.failed = True
            self.act()

    def _raise(self) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = self.code
        raise error

    def connection(self) -> type[sqlite3.Connection]:
        failing = self

        class Cursor(sqlite3.Cursor):
            def execute(self, *arguments):
                failing.step()
                return super().execute(*arguments)

            def executemany(self, *arguments):
                failing.step()
                return super().executemany(*arguments)

        class Connection(sqlite3.Connection):
            def cursor(self, factory=Cursor):
                return super().cursor(factory)

            def execute(self, *arguments):
                return self.cursor().execute(*arguments)

            def commit(self):
                failing.step()
                return super().commit()

        return Connection


@pytest.fixture
def failing(monkeypatch):
    fault = Failing()
    kind = fault.connection()

    def connect(*arguments, **options):
        return real(*arguments, factory=kind, **options)

    real = sqlite3.connect
    monkeypatch.setattr(connection.sqlite3, "connect", connect)
    yield fault
    monkeypatch.undo()


@pytest.fixture
def open_folder():
    """A folder that any account can enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="pmtui-test-"))
    folder.chmod(0o777)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def as_nobody():
    """Runs a function with the rights of an ordinary account and gives what it returns.

    Root may read and write everything, so a test that runs as root forks and gives its rights away.
    """

    def run(function):
        if os.geteuid() != 0:
            return function()
        receive, send = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(receive)
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
                try:
                    answer = function()
                except BaseException as error:  # noqa: BLE001 - whatever it is, the parent raises it
                    answer = error
                with os.fdopen(send, "wb") as pipe:
                    pickle.dump(answer, pipe)
            finally:
                os._exit(0)
        os.close(send)
        with os.fdopen(receive, "rb") as pipe:
            answer = pickle.load(pipe)
        os.waitpid(child, 0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return run


@pytest.fixture
def as_it_was():
    """A function that says whether a file still has the bytes and the time stamp that it had."""

    def remember(path: Path):
        before = path.read_bytes(), path.stat().st_mtime_ns
        return lambda: (path.read_bytes(), path.stat().st_mtime_ns) == before

    return remember


@pytest.fixture(scope="session")
def _demo_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "plan.db"
    write_demo(path)
    return path


@pytest.fixture
def demo(_demo_file, tmp_path):
    """The demo plan in a file of its own: F-25 is the first row, F-9 the second."""
    path = tmp_path / "plan.db"
    shutil.copyfile(_demo_file, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def pty_app():
    """Starts a program, pmtui unless *argv* says otherwise, in a pseudo terminal of its own."""
    started = []

    def start(*args, size=(120, 40), env=None, argv=None, shell="", shows="? help"):
        surroundings = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})}
        for name in ("COLUMNS", "LINES", *(name for name, value in (env or {}).items() if value is None)):
            surroundings.pop(name, None)
        terminal = Terminal(argv or program(*args), size=size, env=surroundings, shell=shell)
        started.append(terminal)
        if shows:
            terminal.until(shows)
        return terminal

    yield start
    for terminal in started:
        terminal.close()
