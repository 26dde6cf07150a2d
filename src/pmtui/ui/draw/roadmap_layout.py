"""Where the cards of the board stand: lanes below each other, scrolled by lines, the cards of a cell in a stack.

A lane is as high as its highest stack, but never higher than the view: a stack that has more cards
than that scrolls within its cell and says how many there are above and below.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fit
from pmtui.ui.draw.roadmap import Board, Cell, lane_name
from pmtui.ui.draw.roadmap_cards import Drawn


class Stack(NamedTuple):
    """The cards of one cell: ids, and the line of the stack on which each begins."""

    ids: tuple[str, ...]
    starts: tuple[int, ...]
    height: int


@dataclass(slots=True)
class Layout:
    """The lines of the whole board, of which the view shows a part."""

    board: Board
    page: int
    """Lines in view."""
    gap: int
    """Blank lines below a card."""
    tops: tuple[int, ...]
    """The line on which each lane begins: its rule, or its name where there is no column of lanes."""
    heights: tuple[int, ...]
    """Lines of each lane below its rule."""
    height: int
    stacks: dict[Cell, Stack]
    draw: Callable[[str], Drawn]
    scrolled: dict[Cell, int] = field(default_factory=dict)
    """The first card shown of each stack that is higher than its lane."""
    top: int = 0
    """The first line in view."""

    def begins(self, card_id: str) -> int:
        """The line on which a card begins, as far as its stack is not scrolled."""
        cell = self.board.place[card_id]
        stack = self.stacks[cell]
        return self.tops[cell[0]] + 1 + stack.starts[stack.ids.index(card_id)]

    def follow(self, card_id: str) -> None:
        """Scroll so that a card is in view, with the rule above it where it is the first of its lane."""
        if card_id not in self.board.place:
            self.top = max(0, min(self.top, self.height - self.page))
            return
        cell = self.board.place[card_id]
        stack = self.stacks[cell]
        at = stack.ids.index(card_id)
        if stack.height > self.heights[cell[0]]:
            self._scroll_stack(cell, at)
        first, last = self.lines_of(card_id) or (self.tops[cell[0]], self.tops[cell[0]] + 1)
        if first == self.tops[cell[0]] + 1:
            first -= 1
        if last > self.top + self.page:
            self.top = last - self.page
        self.top = max(0, min(self.top, first, max(0, self.height - self.page)))

    def _scroll_stack(self, cell: Cell, at: int) -> None:
        first = min(self._first(cell), at)
        while first < at and at not in self._shown(cell, first):
            first += 1
        self.scrolled[cell] = first

    def _first(self, cell: Cell) -> int:
        """The first card in sight of a stack."""
        stack = self.stacks[cell]
        return min(self.scrolled.get(cell, 0), len(stack.ids) - 1) if stack.height > self.heights[cell[0]] else 0

    def _shown(self, cell: Cell, first: int) -> range:
        """The cards of a stack that are in sight whole if it begins with that one; at least one."""
        stack, room = self.stacks[cell], self.heights[cell[0]] - (first > 0)
        ends = [*stack.starts[1:], stack.height + self.gap]
        last = first
        while last + 1 < len(stack.ids):
            below = last + 2 < len(stack.ids)
            if ends[last + 1] - self.gap - stack.starts[first] > room - below:
                break
            last += 1
        return range(first, last + 1)

    def take_scroll(self, before: Layout) -> None:
        """Stay where an earlier layout of the same board was scrolled to, as far as that still makes sense."""
        self.top = before.top
        self.scrolled = {
            cell: first
            for cell, first in before.scrolled.items()
            if cell in self.stacks and self.stacks[cell].ids[:1] == before.stacks[cell].ids[:1]
        }

    def lines_of(self, card_id: str) -> tuple[int, int] | None:
        """First line and the one behind the last of a card; None where its stack has scrolled it out of sight."""
        cell = self.board.place[card_id]
        stack = self.stacks[cell]
        at = stack.ids.index(card_id)
        first = self._first(cell)
        if stack.height > self.heights[cell[0]] and at not in self._shown(cell, first):
            return None
        start = self.tops[cell[0]] + 1 + stack.starts[at] - stack.starts[first] + (first > 0)
        return start, start + len(self.draw(card_id).lines)

    def lane_at(self, line: int) -> int:
        """The lane that a line of the board belongs to."""
        return max(0, bisect_right(self.tops, line) - 1)

    def cards_of(self, cell: Cell) -> tuple[range, int, int]:
        """The cards of a stack that are drawn, and how many there are above and below them."""
        stack = self.stacks.get(cell)
        if stack is None:
            return range(0), 0, 0
        if stack.height <= self.heights[cell[0]]:
            return range(len(stack.ids)), 0, 0
        shown = self._shown(cell, self._first(cell))
        return shown, shown.start, len(stack.ids) - shown.stop

    def card_at(self, column: int, line: int) -> str:
        """The card that a line of a column shows; "" where there is none."""
        if not self.tops or not 0 <= line < self.height:
            return ""
        cell = (self.lane_at(line), column)
        for at in self.cards_of(cell)[0]:
            card_id = self.stacks[cell].ids[at]
            found = self.lines_of(card_id)
            if found and found[0] <= line < found[1]:
                return card_id
        return ""

    def out_of_sight(self, column: int) -> tuple[int, int]:
        """How many cards of a column are above the view and below it, not counted those of scrolled stacks."""
        above = below = 0
        for lane in range(len(self.tops)):
            cell = (lane, column)
            stack = self.stacks.get(cell)
            if stack is None:
                continue
            for at in self.cards_of(cell)[0]:
                found = self.lines_of(stack.ids[at])
                if found and found[0] < self.top:
                    above += 1
                elif found and found[0] >= self.top + self.page:
                    below += 1
        return above, below


def lay_out(board: Board, draw: Callable[[str], Drawn], page: int, gap: int, least: int = 1) -> Layout:
    """The layout of a board for a view of *page* lines.

    *gap* blank lines stand below each card; no lane is lower than *least* lines, which its name takes.
    """
    stacks: dict[Cell, Stack] = {}
    for cell, ids in board.cells.items():
        starts: list[int] = []
        line = 0
        for card_id in ids:
            starts.append(line)
            line += len(draw(card_id).lines) + gap
        stacks[cell] = Stack(ids, tuple(starts), line - gap)
    tops: list[int] = []
    heights: list[int] = []
    line = 0
    limit = max(4, page - 1)
    highest = [least] * len(board.lanes)
    for (lane, _), stack in stacks.items():
        highest[lane] = max(highest[lane], stack.height)
    for height in highest:
        tops.append(line)
        heights.append(min(limit, height))
        line += heights[-1] + gap + 1
    return Layout(board, page, gap, tuple(tops), tuple(heights), line, stacks, draw)


class Look(NamedTuple):
    """How a column is shown now."""

    cursor: str
    marks: Collection[str]
    named: bool
    """Whether the rules carry the names of the lanes, because there is no column for them."""
    glyphs: Glyphs


def column_lines(layout: Layout, column: int, width: int, look: Look) -> list[Line]:
    """The lines of one column that are in view, without its title."""
    lines: list[Line] = []
    cache: dict[int, list[Line]] = {}
    for line in range(layout.top, min(layout.top + layout.page, layout.height)):
        lane = layout.lane_at(line)
        at = line - layout.tops[lane] - 1
        if at < 0:
            lines.append(_rule(layout.board.lanes[lane], width, look))
            continue
        if lane not in cache:
            cache[lane] = _cell_lines(layout, (lane, column), width, look)
        cell = cache[lane]
        lines.append(cell[at] if at < len(cell) else ())
    return lines


def _rule(lane: str, width: int, look: Look) -> Line:
    line = look.glyphs.horizontal
    if not look.named:
        return (("rule", line * width),)
    name = f"{line} {lane_name(lane)} "
    return (("quadrant", fit(name, min(width, len(name)))), ("rule", line * max(0, width - len(name))))


def _cell_lines(layout: Layout, cell: Cell, width: int, look: Look) -> list[Line]:
    shown, above, below = layout.cards_of(cell)
    lines: list[Line] = []
    if above:
        lines.append((("warn", fit(f"     +{above} more above", width)),))
    for at in shown:
        card_id = layout.stacks[cell].ids[at]
        drawn = layout.draw(card_id)
        here = card_id == look.cursor
        marked = card_id in look.marks
        lines += [
            _title_line(line, look, here=here, marked=marked) if index == 0 else line
            for index, line in enumerate(drawn.lines)
        ]
        lines += [()] * layout.gap
    if below:
        room = layout.heights[cell[0]] - 1
        lines = [*lines[:room], *[()] * (room - len(lines)), (("warn", fit(f"     +{below} more", width)),)]
    return lines


def _title_line(line: Line, look: Look, *, here: bool, marked: bool) -> Line:
    """The first line of a card with cursor and mark; nothing else changes with them, so that they cost few bytes."""
    signs: list[Span] = [
        ("cursor" if here else "dim", look.glyphs.cursor if here else " "),
        ("cursor" if here else "mark", look.glyphs.mark if marked else " "),
    ]
    rest = line[1:]
    return (*signs, *(("cursor", text) for _, text in rest)) if here else (*signs, *rest)


def lane_lines(layout: Layout, width: int, look: Look, counts: Sequence[int]) -> list[Line]:
    """The names of the lanes in view, each beside its first line in view."""
    from pmtui.ui.draw.detail import wrap

    lines: list[Line] = [()] * layout.page
    for lane, name in enumerate(layout.board.lanes):
        top = layout.tops[lane]
        first, last = max(top, layout.top), min(top + 1 + layout.heights[lane], layout.top + layout.page)
        if first >= last:
            continue
        if top >= layout.top:
            lines[top - layout.top] = (("rule", look.glyphs.horizontal * width),)
            first += 1
        words: list[Line] = [
            (("strong" if name else "dim", f" {text}"),) for text in wrap(lane_name(name), width - 2, 3)
        ]
        words.append((("dim", f" {counts[lane]} card{'' if counts[lane] == 1 else 's'}"),))
        for at, line in enumerate(words):
            if first + at < last:
                lines[first + at - layout.top] = line
    return lines
