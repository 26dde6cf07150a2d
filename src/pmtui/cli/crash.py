"""What remains of an error that nobody foresaw: a log for the makers, without a word of the plan."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from pmtui import __version__

MAX_BYTES = 200_000
"""A log that has grown beyond this begins anew."""


def crash_sentence(error: BaseException, args: list[str]) -> str:
    """Write the log and say in a sentence what happened and where the log is."""
    name = type(error).__name__
    safe = "The plan is safe: a step is stored whole or not at all. Try again, or run `pmtui doctor`."
    try:
        path = write_crash_log(error, args)
    except OSError:
        return f"Something went wrong inside pmtui ({name}). {safe}"
    return f"Something went wrong inside pmtui ({name}). {safe} Details without your texts are in {path}."


def write_crash_log(error: BaseException, args: list[str]) -> Path:
    """Append *error* to the log (0600) in the platform's state folder and return its path.

    Messages and arguments can hold titles of the plan, so only types, places in the source and the
    command's name are written. Raises OSError where that is not possible.
    """
    from platformdirs import user_state_path

    folder = user_state_path("pmtui", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "crash.log"
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        os.fchmod(log.fileno(), 0o600)
        if os.fstat(log.fileno()).st_size > MAX_BYTES:
            os.ftruncate(log.fileno(), 0)
        log.write("\n".join(_lines(error, args)) + "\n\n")
    return path


def _lines(error: BaseException, args: list[str]) -> list[str]:
    from pmtui.cli.parser import EXAMPLES

    command = next((arg for arg in args if arg in EXAMPLES and arg), "(open)")
    at = datetime.now(UTC).isoformat(timespec="seconds")  # noqa: TID251 - a log's own time, no plan day
    lines = [f"{at} pmtui {__version__} {command} Python {platform.python_version()} {sys.platform}"]
    link: BaseException | None = error
    while link is not None and len(lines) < 400:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    return lines
