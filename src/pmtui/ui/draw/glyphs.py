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
