"""What the Roadmap says above its board, and in place of it where there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmtui.domain.numbers import counted
from pmtui.ui.draw.line import Line, Span

if TYPE_CHECKING:
    from pmtui.ui.roadmap.view import RoadmapView


WORDY = 100
"""Columns from which the heading says in words how the promises stand."""


def nothing_lines(view: RoadmapView) -> list[Line]:
    """What an empty board says, and which key helps."""
    if view.filter:
        texts = ["", f"No card matches {view.filter}", "", "Esc drops the filter"]
        return [(("dim", f" {text}"),) for text in texts]
    rows = (
        ("S", "begin with a starter roadmap: some cards that say what belongs where"),
        ("a", "add the first card of your own"),
        ("i", "on an item of the Matrix (3) makes a card of it"),
        ("?", "every key"),
    )
    texts = [
        "A card names an outcome: what will be different, and for whom.",
        "Lanes are themes; now, next and later say how certain it is.",
        "A promise is made apart, and the plan's dates show whether it holds.",
    ]
    lines: list[Line] = [(), (("strong", " No cards yet."),), *((("dim", f" {text}"),) for text in texts), ()]
    return lines + [(("accent", f" {key}   "), ("", text)) for key, text in rows]


def heading(view: RoadmapView) -> Line:
    """The view, counts, marks and filter, and how the promises stand."""
    board = view.board
    spans: list[Span] = [("strong", " Roadmap ")]
    if not view.narrow:
        spans.append(("accent", f" by {view.mode} "))
    words = "" if view.narrow else f", {counted(sum(map(bool, board.lanes)), 'lane')}"
    spans.append(("", f" {counted(len(board.order), 'card')}{words} "))
    aside = len(board.order) - sum(column in view.shown_columns for _, column in board.place.values())
    if aside:
        spans.append(("warn", f"(+{aside}) " if view.narrow else f"({aside} in other columns) "))
    if view.marks:
        hidden = len(view.marks - board.place.keys())
        spans.append(("mark", f" {len(view.marks)} marked{f' ({hidden} out of sight)' if hidden else ''} "))
    if view.filter:
        spans.append(("accent", f" /{view.filter} "))
    if board.problem:
        spans.append(("bad", f" {board.problem} "))
    spans += _standings(view)
    return tuple(spans)


def _standings(view: RoadmapView) -> list[Span]:
    marks = (("kept", "good", view.glyphs.fine), ("broken", "bad", "!"), ("unbacked", "warn", "?"))
    return [
        (style, f" {sign} {view.standings[state]}{f' {state}' if view.size.width >= WORDY else ''} ")
        for state, style, sign in marks
        if view.standings[state]
    ]
