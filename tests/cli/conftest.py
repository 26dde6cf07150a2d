"""Two ways to run a command: in this process, which is quick, and as a process of its own, which is real."""

import io
import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from pmtui.cli.main import main


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def call(capsys, monkeypatch):
    """`call("add", "Title")` runs a command in this process."""

    def run(*args, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture
def process():
    """`process("status", stdin=..., env=...)` runs a command as a process of its own, without a terminal."""

    def run(*args, stdin=b"", env=None, **options):
        done = subprocess.run(
            [sys.executable, "-m", "pmtui", *(str(arg) for arg in args)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=30,
            check=False,
            **options,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def db(tmp_path, monkeypatch):
    """A path for a plan that is not there yet, also in PMTUI_DB."""
    path = tmp_path / "plan.db"
    monkeypatch.setenv("PMTUI_DB", str(path))
    return path
