"""`pmtui` and `pmtui demo`: open the app, or say in plain text what it would show where it cannot."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.cli import ERROR
from pmtui.cli.out import Problem, complain, say, wants_ascii
from pmtui.domain.clock import system_clock

if TYPE_CHECKING:
    import argparse

SSH_ESCAPE_MS = 500
"""Milliseconds in which the bytes of one key may arrive over SSH."""


def run(namespace: argparse.Namespace) -> int:
    """Open the plan in the app; in plain text and with exit code 3 where there is no terminal for it."""
    return open_plan(namespace.db, namespace.ascii)


def open_plan(db: str | None, ascii_only: bool) -> int:  # noqa: FBT001 - as it comes from the command line
    """The same for a file named on the command line, or None for the usual one."""
    from pmtui.workspace.location import plan_path

    return _open(plan_path(db), ascii_only=ascii_only)


def demo(namespace: argparse.Namespace) -> int:
    """Write the demo plan to a new file and open it. Raises `Problem` where the file is taken."""
    from pmtui.workspace.location import plan_path

    if namespace.db:
        path = plan_path(namespace.db)
        write_demo(path)
    else:
        from pmtui.workspace.demo import private_demo

        path = private_demo(system_clock())
    say(f"The demo plan is in {path}; your own plan is not touched.")
    sys.stdout.flush()
    return _open(path, ascii_only=namespace.ascii)


def write_demo(path: Path) -> None:
    """Make the demo plan in *path*, which must not exist or hold a plan without anything in it.

    Raises `Problem` with a sentence otherwise.
    """
    if path.exists():
        from pmtui.store.read import load_plan

        if not load_plan(path).is_empty:
            raise Problem(
                f"{path} already holds a plan, and the demo never overwrites one. Nothing was changed. "
                f"Open it with `pmtui --db`, or choose another file."
            )
    from pmtui.workspace.demo import write_demo as write

    write(path, system_clock())


def _open(path: Path, *, ascii_only: bool) -> int:
    reason = why_no_app()
    if reason:
        from pmtui.cli.status import StatusOptions
        from pmtui.cli.status import run as status

        if path.exists():
            status(StatusOptions(str(path), ascii=ascii_only))
        complain(f"{reason} The plan is safe. `pmtui status` and the other commands work here: see `pmtui --help`.")
        return ERROR
    _be_patient_with_escapes()
    # Hardly anything made while starting is garbage; the app collects again behind its first picture.
    gc.disable()
    from pmtui.ui.app import run as open_app
    from pmtui.workspace.location import config_path

    clock = system_clock()
    return open_app(path, clock=clock, ascii_only=wants_ascii(asked=ascii_only), config_path=config_path())


def _be_patient_with_escapes() -> None:
    """Over SSH wait longer for the rest of an arrow key before it counts as Esc and letters.

    Textual reads the variable, which curses programs know too, when it is imported; a value of the
    user's own stays.
    """
    if os.environ.get("SSH_CONNECTION"):
        os.environ.setdefault("ESCDELAY", str(SSH_ESCAPE_MS))


def why_no_app() -> str:
    """Why the app cannot run on this terminal, as a sentence; "" where it can."""
    # Textual draws on standard error: redirected, the app would run unseen.
    if not all(map(os.isatty, (0, 1, 2))):
        return "The app needs a terminal for its input, its output and its errors, and one of them is none."
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        return "This terminal says that it can only show plain text (TERM is dumb or not set)."
    return ""
