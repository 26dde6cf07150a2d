"""`pmtui doctor`: look at everything a plan depends on, change nothing, say each finding in a line."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import stat
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal, NamedTuple

from pmtui import __version__
from pmtui.cli import ERROR, OK
from pmtui.cli.app import why_no_app
from pmtui.cli.out import say, wants_ascii
from pmtui.report.fit import plain
from pmtui.workspace.location import config_path, plan_path

Verdict = Literal["fine", "look", "wrong"]

MARKS: dict[Verdict, str] = {"fine": "·", "look": "~", "wrong": "!"}


class Finding(NamedTuple):
    """One line of the doctor."""

    verdict: Verdict
    subject: str
    text: str


def run(namespace: argparse.Namespace) -> int:
    """Print all findings; 3 where something is wrong, else 0."""
    path = plan_path(namespace.db)
    findings = [*program(), *plan(path), *backups(path), *settings(), *terminal(ascii_asked=namespace.ascii)]
    lines = [f"{MARKS[found.verdict]} {found.subject + ':':<13} {found.text}" for found in findings]
    wrong = sum(found.verdict == "wrong" for found in findings)
    lines.append("All is well." if not wrong else f"{wrong} wrong: the lines with ! say what to do.")
    text = "\n".join(lines)
    say(plain(text) if wants_ascii(asked=namespace.ascii) else text)
    return ERROR if wrong else OK


def program() -> Iterator[Finding]:
    """The versions that matter when something is reported."""
    parts = [f"pmtui {__version__}", f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for name in ("textual", "sqlmodel"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding("wrong", "program", f"{name} is not installed. Install pmtui again, as its README says.")
    yield Finding("fine", "program", ", ".join(parts))


def plan(path: Path) -> Iterator[Finding]:
    """The plan's file: place, permissions, content, journal."""
    from pmtui.store.checks import network_warning
    from pmtui.store.doctor import examine
    from pmtui.store.read import load_plan

    if not os.path.lexists(path):
        yield Finding("look", "plan", f"There is no plan at {path} yet. `pmtui` or `pmtui add` makes one.")
        return
    problems = examine(path)
    yield from (Finding("wrong", "plan", problem) for problem in problems)
    if not problems:
        found = load_plan(path)
        items = len(found.backlog_items)
        yield Finding(
            "fine",
            "plan",
            f"{path}: {items} item{'' if items == 1 else 's'}, last step {found.seq}, {path.stat().st_size:,} bytes",
        )
        yield Finding("fine", "content", "pages, references, fields and definitions are sound")
        yield Finding("fine", "journal", "replaying all steps leads to exactly this plan")
        yield from _permissions(path)
    if (warning := network_warning(path)) != "":
        yield Finding("look", "place", warning)
    if path.with_name(path.name + "-wal").exists():
        yield Finding("look", "place", f"{path}-wal is there: another program opened the plan in WAL mode. Close it.")


def _permissions(path: Path) -> Iterator[Finding]:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        yield Finding("look", "permissions", f"Others may open the file ({mode:03o}). Close it with: chmod 600 {path}")
    elif not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK | os.X_OK):
        yield Finding("look", "permissions", "You may read the plan but not change it; the app opens it read-only.")
    else:
        yield Finding("fine", "permissions", f"the file is yours alone ({mode:03o})")


def backups(path: Path) -> Iterator[Finding]:
    """Whether each backup could be restored."""
    from pmtui.store.backup import backups as listed
    from pmtui.store.backup import examine_backup

    known = listed(path)
    bad = [(info, problem) for info in known if (problem := examine_backup(info.path))]
    for info, problem in bad:
        yield Finding("wrong", "backup", f"Number {info.number} cannot be used: {problem}")
    good = len(known) - len(bad)
    if known:
        newest = known[0].at.astimezone()
        yield Finding("fine", "backups", f"{good} can be restored, the newest is of {newest:%Y-%m-%d %H:%M}")
    else:
        yield Finding("look", "backups", "None yet. The first change makes one, and `pmtui backup` does.")


def settings() -> Iterator[Finding]:
    """What in the config file is not understood, and so left out."""
    path = config_path()
    if not path.is_file():
        yield Finding("fine", "config", f"none, so the defaults hold ({path})")
        return
    from pmtui.ui.config import load_config

    problems = load_config(path).problems
    for problem in problems:
        yield Finding("wrong", "config", problem)
    if not problems:
        yield Finding("fine", "config", str(path))


def terminal(*, ascii_asked: bool) -> Iterator[Finding]:
    """What the app would find here."""
    env = os.environ
    reason = why_no_app()
    size = "no terminal"
    if sys.stdout.isatty():
        found = os.get_terminal_size(sys.stdout.fileno())
        size = f"{found.columns}x{found.lines}"
        if found.columns < 44 or found.lines < 20:
            yield Finding("look", "terminal", f"{size} is small; from 44x20 every screen works.")
    parts = [
        size,
        f"TERM={env.get('TERM') or 'not set'}",
        f"colours {'off (NO_COLOR)' if env.get('NO_COLOR') else env.get('COLORTERM') or 'as TERM says'}",
        "ASCII" if wants_ascii(asked=ascii_asked) else "UTF-8",
        *(["over SSH"] if env.get("SSH_CONNECTION") else []),
    ]
    yield Finding("look" if reason else "fine", "terminal", ", ".join(parts) + (f". {reason}" if reason else ""))
