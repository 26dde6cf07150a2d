"""The characters that stand for things, in Unicode and in ASCII."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of characters; every one of them is a single cell wide."""

    cursor: str
    mark: str
    dash: str
    vertical: str
    horizontal: str
    cross: str
    axis_tick: str
    axis_cut: str
    corner: str
    floor: str
    floor_cut: str
    ellipsis: str
    down: str
    full: str
    """A cell of a bar that is reached."""
    empty: str
    """A cell of a bar that is not."""
    arrow: str
    back: str
    """An arrow the other way."""
    fine: str
    """Beside `!` late, `~` at risk and `?` unknown: nothing to worry about."""
    more_above: str
    """Before the number of things that are out of sight above."""
    more_below: str
    folded: str
    unfolded: str
    milestone: str
    promise: str
    """The end of a promised window on the chart."""
    planned: str
    """A cell of a bar that is still to be worked on."""
    summary: str
    opens: str
    closes: str
    """The ends of the bar of a summary."""
    before: str
    behind: str
    """At the edge of the chart: the bar is out of view on that side."""
    states: Mapping[str, str]
    """A sign per state of an item, so that the state is never carried by colour alone."""


UNICODE = Glyphs(
    cursor="▌",
    mark="✓",
    dash="–",
    vertical="│",
    horizontal="─",
    cross="┼",
    axis_tick="┤",
    axis_cut="┼",
    corner="└",
    floor="─",
    floor_cut="┴",
    ellipsis="…",
    down="└",
    full="█",
    empty="░",
    arrow="→",
    back="←",
    fine="·",
    more_above="↑",
    more_below="↓",
    folded="▸",
    unfolded="▾",
    milestone="◆",
    promise="◇",
    planned="▒",
    summary="━",
    opens="┏",
    closes="┓",
    before="‹",
    behind="›",
    states={
        "idea": "○",
        "candidate": "◇",
        "planned": "◆",
        "in progress": "●",
        "launched": "■",
        "retired": "□",
        "declined": "×",
    },
)

ASCII = Glyphs(
    cursor=">",
    mark="*",
    dash="-",
    vertical="|",
    horizontal="-",
    cross="+",
    axis_tick="+",
    axis_cut="+",
    corner="+",
    floor="-",
    floor_cut="+",
    ellipsis="~",
    down="`",
    full="#",
    empty=".",
    arrow=">",
    back="<",
    fine=".",
    more_above="^",
    more_below="v",
    folded="+",
    unfolded="-",
    milestone="*",
    promise="P",
    planned="=",
    summary="-",
    opens="[",
    closes="]",
    before="<",
    behind=">",
    states={
        "idea": "o",
        "candidate": "c",
        "planned": "p",
        "in progress": "@",
        "launched": "#",
        "retired": "r",
        "declined": "x",
    },
)
