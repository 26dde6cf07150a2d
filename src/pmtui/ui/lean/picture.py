"""What the terminal shows, as far as it is known, and what Textual wants it to show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from sys import intern

from pmtui.ui.lean.difference import Pen
from pmtui.ui.lean.graphemes import SECOND, UNPAINTED, cells_of, is_narrow
from pmtui.ui.lean.scrolling import Row, best_scroll, scrolled
from pmtui.ui.lean.styles import blank, join, linked

_TEXT = r"[^\x00-\x1f\x7f-\x9f]+"
_TOKEN = re.compile(
    rf"\x1b\[([\d;]+)m({_TEXT})\x1b\[0m"  # 1 2  text in a style, as Textual renders every one
    r"|\x1b\[(\d*)(?:;(\d*))?H"  # 3 4  the cursor
    rf"|({_TEXT})"  # 5
    r"|\x1b\[([\d;]*)m"  # 6  a style
    r"|(\n)"  # 7
    r"|\x1b\]8;([^\x00-\x1f\x7f-\x9f]*)(?:\x1b\\|\x07)"  # 8  a link
    r"|(.)",  # 9  anything else
    re.DOTALL,
)
_ADDRESSED = re.compile(r"\x1b\[\d*(?:;\d*)?H").match


class Picture:
    """The cells of a terminal. `answer` takes what was painted and gives what to send."""

    def __init__(self) -> None:
        self._size = (0, 0)
        self._rows: list[Row] = []
        """What Textual painted."""
        self._shown: list[bool] = []
        """For each line whether the terminal shows it as it was painted."""
        self._cursor: tuple[int, int] | None = None
        self._forgotten = False
        self._before: dict[int, Row] = {}
        """The lines that the paint at hand touches, as they were."""

    def forget(self) -> None:
        """The terminal may show anything now; with the next paint it is sent everything. Safe in a signal handler."""
        self._forgotten = True

    def answer(self, data: str, size: tuple[int, int]) -> str | None:
        """What to send in place of *data*, which paints a terminal of that size (columns, lines).

        None where it is not understood: then it is to be sent as it is.
        """
        if size != self._size:
            self._clear(size)
        if self._forgotten:
            self._forgotten = False
            self._shown = [False] * size[1]
            self._cursor = None
        if not _ADDRESSED(data):
            self.forget()
            return None
        self._before = {}
        cursor = self._read(data)
        if cursor is None:
            self._clear(size)
            return None
        return self._difference(cursor)

    def _clear(self, size: tuple[int, int]) -> None:
        self._size = width, height = size
        self._rows = [([UNPAINTED] * width, [""] * width) for _ in range(height)]
        self._shown = [False] * height
        self._cursor = None

    # Reading

    def _read(self, data: str) -> tuple[int, int] | None:
        """Take a paint over into the rows; where it leaves the cursor, or None where it is not understood."""
        x = y = 0
        style = ""
        for token in _TOKEN.finditer(data):
            match token.lastindex:
                case 2:
                    x = self._put(x, y, token[2], intern(join(style, token[1])))
                    style = join(style, "")
                case 3 | 4:
                    y, x = int(token[3] or 1) - 1, int(token[4] or 1) - 1
                case 5:
                    x = self._put(x, y, token[5], intern(style))
                case 6:
                    style = join(style, token[6])
                case 7:
                    if y + 1 >= self._size[1]:
                        return None  # the whole screen would move
                    x, y = 0, y + 1
                case 8:
                    style = linked(style, token[8])
                case _:
                    return None
        return (x, y) if not style else None

    def _put(self, x: int, y: int, text: str, style: str) -> int:
        """Text into the cells from *x* on; the cell behind it. What is beyond the edges is dropped."""
        cells: Sequence[str] = text
        lead = ""
        if not (text.isascii() or is_narrow(text)):
            lead, cells = cells_of(text)
        width, height = self._size
        end = x + len(cells)
        if y >= height or x >= width:
            return end
        if y not in self._before:
            chars, styles = self._rows[y]
            self._before[y] = chars.copy(), styles.copy()
        chars, styles = self._rows[y]
        if lead and x:
            base = x - 2 if chars[x - 1] == SECOND and x > 1 else x - 1
            chars[base] += lead
        if chars[x] == SECOND and x:
            chars[x - 1], styles[x - 1] = " ", blank(styles[x - 1])
        if end > width:
            kept = [*cells[: width - x]]
            if cells[width - x] == SECOND:
                kept[-1] = " "
            cells = kept
        elif end < width and chars[end] == SECOND:
            chars[end], styles[end] = " ", blank(styles[end])
        chars[x : x + len(cells)] = cells
        ground = blank(style)
        if ground is style or " " not in cells:
            styles[x : x + len(cells)] = [style] * len(cells)
        else:
            styles[x : x + len(cells)] = [ground if char == " " else style for char in cells]
        return end

    # Answering

    def _difference(self, cursor: tuple[int, int]) -> str:
        width, height = self._size
        blank: Row = ([UNPAINTED] * width, [""] * width)
        old = [
            (self._before.get(y, row) if shown else blank)
            for y, (row, shown) in enumerate(zip(self._rows, self._shown, strict=True))
        ]
        pen = Pen(self._cursor, width)
        changed = [y for y, (one, two) in enumerate(zip(old, self._rows, strict=True)) if one is not two and one != two]
        scroll = best_scroll(old, self._rows, changed)
        if scroll:
            pen.scroll(scroll)
            old = scrolled(old, scroll, blank)
            changed = [y for y, (one, two) in enumerate(zip(old, self._rows, strict=True)) if one is not two]
        pen.rows(old, self._rows, changed)
        for y in changed:
            self._shown[y] = True
        pen.rest()
        pen.move(min(cursor[0], width - 1), min(cursor[1], height - 1))
        self._cursor = pen.cursor
        return pen.text
