"""Lines of styled text, measured in terminal cells.

A line is a tuple of spans, a span a style's name and its text. What a style looks like is decided
by the widget that shows the line, so that drawing can be tested as text.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size, split_graphemes

Span = tuple[str, str]
"""A style's name ("" is plain) and the text in it."""
Line = tuple[Span, ...]


def fit(text: str, width: int, *, right: bool = False, ellipsis: str = "…") -> str:
    """*text* in exactly *width* cells: padded, or cut with an ellipsis; wide characters are never halved."""
    if width <= 0:
        return ""
    length = len(text) if text.isascii() else cell_len(text)
    if length > width:
        return set_cell_size(text, width - len(ellipsis)) + ellipsis if width > len(ellipsis) else ellipsis[:width]
    padding = " " * (width - length)
    return padding + text if right else text + padding


def width_of(line: Line) -> int:
    """The cells that a line takes."""
    return sum(cell_len(text) for _, text in line)


def plain(line: Line) -> str:
    """The text of a line without its styles."""
    return "".join(text for _, text in line)


def fill(line: Iterable[Span], width: int, style: str = "") -> Line:
    """The line in exactly *width* cells: cut at the end, or padded in *style*."""
    kept: list[Span] = []
    used = 0
    for name, text in line:
        length = len(text) if text.isascii() else cell_len(text)
        if used + length > width:
            kept.append((name, set_cell_size(text, width - used)))
            return tuple(kept)
        if text:
            kept.append((name, text))
            used += length
    if used < width:
        kept.append((style, " " * (width - used)))
    return tuple(kept)


def joined(line: Iterable[Span], filled: frozenset[str]) -> Line:
    """The same picture in fewer spans: blanks take the style beside them, as each change of style costs 25 bytes.

    *filled* names the styles whose blanks can be seen, for their background.
    """
    spans: list[Span] = []
    for name, text in line:
        if spans:
            before, had = spans[-1]
            if name == before or (name not in filled and before not in filled and text.isspace()):
                spans[-1] = (before, had + text)
                continue
            if name not in filled and before not in filled and had.isspace():
                spans[-1] = (name, had + text)
                continue
        spans.append((name, text))
    return tuple(spans)


def cells(line: Line) -> list[Span]:
    """One entry per cell: style and character; the second cell of a wide character is empty."""
    found: list[Span] = []
    for name, text in line:
        if text.isascii():
            found.extend((name, char) for char in text)
            continue
        # not sign by sign: an emoji of several signs takes fewer cells than they do
        for start, end, width in split_graphemes(text)[0]:
            if width == 0 and found:
                found[-1] = (found[-1][0], found[-1][1] + text[start:end])
                continue
            found.append((name, text[start:end]))
            found.extend((name, "") for _ in range(width - 1))
    return found


def changed_runs(old: Line, new: Line, gap: int = 12) -> list[tuple[int, int]]:
    """Start and end (exclusive) of the cells in which two lines differ.

    Runs that stand closer than *gap* cells are one, because moving the cursor costs bytes too.
    """
    if old == new:
        return []
    before, after = cells(old), cells(new)
    if len(before) != len(after):
        return [(0, max(len(before), len(after)))]
    runs: list[tuple[int, int]] = []
    for index, (left, right) in enumerate(zip(before, after, strict=True)):
        if left == right:
            continue
        start = index
        while start > 0 and after[start][1] == "":
            start -= 1
        end = index + 1
        while end < len(after) and (after[end][1] == "" or before[end][1] == ""):
            end += 1
        if runs and start - runs[-1][1] < gap:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
