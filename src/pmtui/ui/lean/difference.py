"""How a terminal gets from one picture to the next, in few bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pmtui.ui.lean.graphemes import SECOND, UNPAINTED, doubtful
from pmtui.ui.lean.scrolling import Row, Scroll
from pmtui.ui.lean.styles import blank, change

GAP = 4
"""Cells between two changed ones that are sent again rather than jumped over."""


BAND = 4
"""Lines that are drawn together, colour by colour; with more of them a slow line would show a strange picture."""


class Piece(NamedTuple):
    """Cells of one line that are sent together."""

    x: int
    end: int
    y: int
    text: str
    style: str
    is_blank: bool

    def fits(self, style: str) -> bool:
        """Whether it comes out right in that style."""
        return self.style is style or (self.is_blank and self.style is blank(style))


class Pen:
    """Collects what to send, and knows where that leaves the terminal's cursor and style."""

    def __init__(self, cursor: tuple[int, int] | None, width: int) -> None:
        self._parts: list[str] = []
        self._style = ""
        self._at = cursor
        """The terminal's cursor (column, line); None where it may be anywhere."""
        self._width = width

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Where the cursor is left."""
        return self._at

    @property
    def text(self) -> str:
        """What to send."""
        return "".join(self._parts)

    def rest(self) -> None:
        """Leave no style behind, as Textual does; whoever writes next counts on it."""
        self._dip("")

    def move(self, x: int, y: int) -> None:
        """Put the cursor there."""
        if self._at != (x, y):
            self._parts.append(_way(self._at, x, y))
            self._at = (x, y)

    def scroll(self, scroll: Scroll) -> None:
        """Move lines, with what terminals can since the VT102; what comes in is to be sent anyway."""
        top, bottom, by = scroll
        act = f"{by}M" if by > 0 else f"{-by}L"
        self._parts.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{act}\x1b[r")
        self._at = None

    def rows(self, old: Sequence[Row], new: Sequence[Row], changed: Sequence[int]) -> None:
        """What differs in the lines of those numbers."""
        for at in range(0, len(changed), BAND):
            pieces: list[Piece] = []
            for y in changed[at : at + BAND]:
                pieces += self._row(y, old[y], new[y])
            ways = [self._drawn(pieces)]
            if len(pieces) > len({piece.style for piece in pieces}):
                ways.append(self._drawn(_by_style(pieces, self._style)))
            text, self._at, self._style = min(ways, key=lambda way: len(way[0]))
            self._parts.append(text)

    def _row(self, y: int, old: Row, new: Row) -> Iterator[Piece]:
        chars, styles = new
        changed = [
            x
            for x, (one, two, this, that) in enumerate(zip(old[0], chars, old[1], styles, strict=True))
            if (one != two or this is not that) and two != UNPAINTED
        ]
        if not changed:
            return
        is_careful = bool(doubtful) and not doubtful.isdisjoint(chars)
        if is_careful or (doubtful and not doubtful.isdisjoint(old[0])):
            # Such a grapheme may reach over its neighbours, or leave one of them as it was.
            changed = [x for x in range(changed[0], len(chars)) if chars[x] != UNPAINTED]
        for first, end in _runs(changed, chars, styles):
            if is_careful:
                self._careful_run(first, y, chars[first:end], styles[first:end])
            else:
                yield from _pieces(first, end, y, new)

    def _drawn(self, pieces: Iterable[Piece]) -> tuple[str, tuple[int, int] | None, str]:
        """Pieces drawn in that order, and where that leaves cursor and style."""
        parts: list[str] = []
        at, style = self._at, self._style
        for piece in pieces:
            if at != (piece.x, piece.y):
                parts.append(_way(at, piece.x, piece.y))
            if not piece.fits(style):
                parts.append(change(style, piece.style))
                style = piece.style
            parts.append(piece.text)
            # At the right edge the cursor stays on the last cell or hangs behind it.
            at = (piece.end, piece.y) if piece.end < self._width else None
        return "".join(parts), at, style

    def _careful_run(self, x: int, y: int, chars: list[str], styles: list[str]) -> None:
        self.move(x, y)
        for at, (char, style) in enumerate(zip(chars, styles, strict=True), x):
            self._dip(style)
            if char in doubtful:
                size = next((n for n, cell in enumerate(chars[at - x + 1 :], 1) if cell != SECOND), len(chars) - at + x)
                self._parts.append(f"{' ' * size}\x1b[{y + 1};{at + 1}H{char}")
                if at + size < self._width:
                    self._parts.append(f"\x1b[{y + 1};{at + size + 1}H")
            else:
                self._parts.append(char)
        end = x + len(chars)
        self._at = (end, y) if end < self._width else None

    def _dip(self, style: str) -> None:
        if style is not self._style:
            self._parts.append(change(self._style, style))
            self._style = style


def _runs(changed: list[int], chars: list[str], styles: list[str]) -> list[tuple[int, int]]:
    """First cell and end of each run that is sent in one go."""
    runs: list[tuple[int, int]] = []
    first, last = changed[0], changed[0]
    for x in changed[1:]:
        if x - last > 1 and not (x - last <= GAP + 1 and _is_cheap(range(last + 1, x), styles[last], chars, styles)):
            runs.append((first, _end(last, chars)))
            first = x
        last = x
    runs.append((first, _end(last, chars)))
    return runs


def _end(last: int, chars: list[str]) -> int:
    """The cell behind the grapheme that has a cell there."""
    return next((x for x in range(last + 1, len(chars)) if chars[x] != SECOND), len(chars))


def _pieces(first: int, end: int, y: int, row: Row) -> Iterator[Piece]:
    """A run, cut where the style changes; blanks go with what is beside them where they look the same there."""
    chars, styles = row
    start, style, is_blank = first, styles[first], chars[first] == " "
    for x in range(first + 1, end):
        is_blank_here = chars[x] == " "
        if styles[x] is style or (is_blank_here and styles[x] is blank(style)):
            is_blank &= is_blank_here
        elif is_blank and style is blank(styles[x]):
            style, is_blank = styles[x], is_blank_here
        else:
            yield Piece(start, x, y, "".join(chars[start:x]), style, is_blank)
            start, style, is_blank = x, styles[x], is_blank_here
    yield Piece(start, end, y, "".join(chars[start:end]), style, is_blank)


def _by_style(pieces: list[Piece], style: str) -> Iterator[Piece]:
    """All that is in one style, then what is in the next: a change of colour costs more than a way to and fro."""
    rest = pieces
    while rest:
        yield from [piece for piece in rest if piece.fits(style)]
        rest = [piece for piece in rest if not piece.fits(style)]
        style = rest[0].style if rest else style


def _is_cheap(gap: range, style: str, chars: list[str], styles: list[str]) -> bool:
    """Whether the cells between two changed ones need no change of style, which costs more than a jump."""
    ground = blank(style)
    return all(styles[at] is style or (chars[at] == " " and styles[at] is ground) for at in gap)


def _way(at: tuple[int, int] | None, x: int, y: int) -> str:
    """The shortest sequence that brings the cursor there."""
    straight = f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"
    if at is None or y < at[1]:
        return straight
    right, down = x - at[0], y - at[1]
    way = "" if not down else "\x1b[B" if down == 1 else f"\x1b[{down}B"
    if right > 0:
        way += "\x1b[C" if right == 1 else f"\x1b[{right}C"
    elif right < -3:
        way += f"\x1b[{x + 1}G"
    else:
        way += "\b" * -right
    return min(way, straight, key=len)
