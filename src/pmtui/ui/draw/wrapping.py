"""Lines that are longer than their place, as several lines."""

from __future__ import annotations

from collections.abc import Sequence

from pmtui.ui.draw.line import Line, Span, cells, plain


def wrap_line(line: Line, width: int) -> list[Line]:
    """The line in parts of at most *width* cells, broken at blanks where there are any.

    What follows the first part stands below the text of its last column: a first span that ends
    in blanks is a column of its own.
    """
    rest = cells(line)
    if len(rest) <= width or width < 2:
        return [line]
    indent = _indent(line)
    if indent > width // 2:
        indent = 1
    found: list[Line] = []
    lead: list[Span] = []
    while len(rest) > width - len(lead):
        room = width - len(lead)
        cut = next((at for at in range(room, indent if not found else 0, -1) if rest[at][1] == " "), 0)
        skip = 1 if cut else 0
        cut = cut or room
        while cut > 1 and rest[cut][1] == "":
            cut -= 1
        found.append(_merged([*lead, *rest[:cut]]))
        rest = rest[cut + skip :]
        lead = [("", " ")] * indent
    return [*found, _merged([*lead, *rest])] if rest else found


def _indent(line: Line) -> int:
    text = plain(line)
    first = line[0][1] if line else ""
    if len(line) > 1 and first.endswith(" ") and first.strip():
        return len(cells(line[:1]))
    return len(text) - len(text.lstrip(" ")) + 2


def _merged(spans: Sequence[Span]) -> Line:
    merged: list[Span] = []
    for style, char in spans:
        if merged and merged[-1][0] == style:
            merged[-1] = (style, merged[-1][1] + char)
        else:
            merged.append((style, char))
    return tuple(merged)
