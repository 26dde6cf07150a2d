"""Pasted text is data: an escape byte inside a bracketed paste never becomes a key.

Textual's parser takes such a byte for the beginning of a key and the text behind it for keys, so
that a pasted line could archive items. The parser used here replaces it before that.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.message import Message

from pmtui.domain.text import REPLACEMENT

START = "\x1b[200~"
END = "\x1b[201~"
ESCAPE = "\x1b"


class PasteParser(XTermParser):
    """Textual's parser with the inside of pastes tamed, however the terminal cuts it into pieces."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - as Textual calls it
        super().__init__(debug)
        self._inside = False
        self._held = ""
        """The last characters of a paste, which may be the beginning of its end."""
        self._before = ""
        """The last characters outside of a paste, which may be the beginning of one."""

    def feed(self, data: str) -> Iterable[Message]:
        """Events for *data*; empty data is the end of the input."""
        return super().feed(self.tamed(data) if data else data)

    def tamed(self, data: str) -> str:
        """*data* with U+FFFD for each escape byte between the marks of a paste."""
        parts: list[str] = []
        rest = self._held + data
        self._held = ""
        while rest:
            mark = END if self._inside else START
            seen = "" if self._inside else self._before
            at = (seen + rest).find(mark)
            if at < 0:
                parts.append(self._unfinished(rest))
                break
            cut = at + len(mark) - len(seen)
            parts.append(rest[: cut - len(END)].replace(ESCAPE, REPLACEMENT) + END if self._inside else rest[:cut])
            rest = rest[cut:]
            self._inside = not self._inside
            self._before = ""
        return "".join(parts)

    def _unfinished(self, rest: str) -> str:
        if not self._inside:
            self._before = (self._before + rest)[-(len(START) - 1) :]
            return rest
        held = next((n for n in range(len(END) - 1, 0, -1) if rest.endswith(END[:n])), 0)
        self._held = rest[len(rest) - held :]
        return rest[: len(rest) - held].replace(ESCAPE, REPLACEMENT)


def tame_pastes() -> None:
    """Have Textual's driver parse its input with `PasteParser`; it offers no other way to choose a parser."""
    vars(linux_driver)["XTermParser"] = PasteParser
