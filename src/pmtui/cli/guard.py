"""Every error of every command becomes one sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable

from pmtui.cli import BROKEN_PIPE, ERROR, INTERRUPTED
from pmtui.cli.out import complain, silence


def guarded(action: Callable[[], int], args: list[str]) -> int:
    """The exit code of *action*, whatever happens in it; *args* name the command in a crash log."""
    try:
        code = _exit_code(action)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        silence(sys.stdout)
        complain("Stopped. Steps that were finished are kept, an unfinished one left no trace.")
        return INTERRUPTED
    except BrokenPipeError:
        silence(sys.stdout)
        return BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the last wall: no traceback reaches a user
        silence(sys.stdout)
        complain(_sentence(error, args))
        return ERROR


def _exit_code(action: Callable[[], int]) -> int:
    try:
        return action()
    except SystemExit as leaving:  # argparse: --help, --version, wrong usage
        return leaving.code if isinstance(leaving.code, int) else 0


def _sentence(error: Exception, args: list[str]) -> str:
    said = getattr(error, "sentence", "")
    if said:
        return str(said)
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror}{where}. The plan is safe: a step is stored whole or not at all."
    from pmtui.cli.crash import crash_sentence

    return crash_sentence(error, args)
