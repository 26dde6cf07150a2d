"""The border out: everything that a command prints passes here, cleaned of control characters."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from pmtui.domain.text import clean

DEFAULT_COLUMNS = 80


class Problem(Exception):  # noqa: N818 - a sentence for the user, as `Refused`
    """A command cannot go on; the message is a whole sentence for the user."""

    @property
    def sentence(self) -> str:
        """What happened and what to do next."""
        return str(self.args[0])


def require_output() -> None:
    """Raise `Problem` where standard output is closed."""
    if sys.stdout is None:
        raise Problem(
            "Standard output is closed, so there is nowhere to print to. Nothing was done and the plan is safe. "
            "Run the command again with its output going to a terminal or a file."
        )


def say(text: str) -> None:
    """Print *text* to standard output."""
    _write(sys.stdout, text)


def complain(sentence: str) -> None:
    """Print *sentence* to standard error; where that is closed too, nobody can be told."""
    if sys.stderr is None:
        return
    try:
        _write(sys.stderr, f"pmtui: {sentence}")
        sys.stderr.flush()
    except (OSError, ValueError):
        silence(sys.stderr)


def _write(stream: TextIO, text: str) -> None:
    shown = clean(text, multiline=True)
    encoding = stream.encoding or "ascii"
    shown = shown.encode(encoding, "replace").decode(encoding)
    stream.write(shown if shown.endswith("\n") else shown + "\n")


def say_bytes(data: bytes) -> None:
    """Write *data* to standard output as they are, so that a file made by `>` is exact.

    On a terminal they are shown as cleaned text instead.
    """
    if sys.stdout.isatty():
        say(data.decode("utf-8", "replace"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def silence(stream: TextIO | None) -> None:
    """Let what is left in a stream go nowhere, so that the interpreter does not fail on it at its end."""
    if stream is None:
        return
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    except (OSError, ValueError):
        return


def columns() -> int:
    """The width of the terminal that reads standard output; COLUMNS where it says so, else 80."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdecimal() and 0 < int(said[:6]) < 10_000:
        return int(said)
    try:
        return os.get_terminal_size(1).columns or DEFAULT_COLUMNS
    except (OSError, ValueError):
        return DEFAULT_COLUMNS


def wants_ascii(*, asked: bool = False) -> bool:
    """Whether to draw with ASCII alone: on request, or where the locale is not UTF-8.

    Python turns a C locale into C.UTF-8 by itself (PEP 538), in the environment too; that one
    therefore says nothing about the terminal when nobody has set a locale besides.
    """
    if asked:
        return True
    env = os.environ
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    if locale in ("C.UTF-8", "C.utf8") and not env.get("LC_ALL") and env.get("LANG", "") in ("", "C", "POSIX"):
        return True
    encoding = sys.stdout.encoding or ""
    return "utf8" not in locale.lower().replace("-", "") or not encoding.lower().startswith("utf")
