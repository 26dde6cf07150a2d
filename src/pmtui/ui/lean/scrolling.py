"""Whether moving lines up or down brings a picture nearer to the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import is_not, ne
from typing import NamedTuple

Row = tuple[list[str], list[str]]
"""The graphemes of a line and their styles, an entry for each cell."""

CHUNK = 12
"""Cells of a line that are looked for elsewhere together."""
ENOUGH = 4
"""Fewer changed lines than that are sent as they are."""
RUN = 12
"""What a changed line costs apart from its cells, in cells."""
WORTH = 60
"""The least gain, in cells, that moving lines must have."""


class Scroll(NamedTuple):
    """The lines from *top* to *bottom*, both included, move up by *by*, or down if that is negative."""

    top: int
    bottom: int
    by: int


def best_scroll(old: Sequence[Row], new: Sequence[Row], changed: Sequence[int]) -> Scroll | None:
    """The scroll after which the least is left to send; None where that is none. *changed* ascends."""
    if len(changed) < ENOUGH:
        return None
    by = _likely(old, new, changed)
    if not by:
        return None
    height, width = len(new), len(new[0][0])
    still = [_cost(before, after) for before, after in zip(old, new, strict=True)]
    gain = [still[y] - _cost(old[y + by], new[y]) if 0 <= y + by < height else -width * height for y in range(height)]
    gains = [0, *accumulate(gain)]
    losses = [0, *accumulate(width + RUN - cost for cost in still)]
    size = abs(by)
    best, found = WORTH, None
    # The lines that stay in the region win *gain*; the others, at its end, are lost and sent again.
    spans = (
        ((gains[end] - gains[top] - losses[end + size] + losses[end], top, end + size - 1)
         for top in range(height) for end in range(top + 1, height - size + 1))
        if by > 0
        else ((gains[end] - gains[top + size] - losses[top + size] + losses[top], top, end - 1)
              for top in range(height - size) for end in range(top + size + 1, height + 1))
    )  # fmt: skip
    for value, top, bottom in spans:
        if value > best:
            best, found = value, Scroll(top, bottom, by)
    return found


def scrolled(rows: Sequence[Row], scroll: Scroll, blank: Row) -> list[Row]:
    """The rows after it; *blank* stands for those that came in."""
    top, bottom, by = scroll
    inside = list(rows[top : bottom + 1])
    new = inside[by:] + [blank] * by if by > 0 else [blank] * -by + inside[:by]
    return [*rows[:top], *new, *rows[bottom + 1 :]]


def _cost(old: Row, new: Row) -> int:
    if old is new:
        return 0
    found = sum(map(ne, old[0], new[0])) + sum(map(is_not, old[1], new[1]))
    return found + RUN if found else 0


def _likely(old: Sequence[Row], new: Sequence[Row], changed: Sequence[int]) -> int:
    """By how many lines most of what is new has been moved up; 0 where nothing speaks for any number."""
    width = len(new[0][0])
    found: dict[tuple[int, str], int] = {}
    for y in range(changed[0], changed[-1] + 1):
        for x in range(0, width, CHUNK):
            key = x, "".join(old[y][0][x : x + CHUNK])
            found[key] = -1 if key in found else y  # what stands in several places says nothing
    votes: Counter[int] = Counter()
    for y in changed:
        for x in range(0, width, CHUNK):
            at = found.get((x, "".join(new[y][0][x : x + CHUNK])), -1)
            if at >= 0:
                votes[at - y] += 1
    best = votes.most_common(2)
    ((by, count),) = [vote for vote in best if vote[0]][:1] or [(0, 0)]
    return by if count >= ENOUGH else 0
