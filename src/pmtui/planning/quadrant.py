"""The four quadrants, by one rule for matrix, list, filter and export.

Value at or above the cut is high; effort above the cut is high. So an item exactly in the middle
is a quick win, and every scored item is in exactly one quadrant.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pmtui.domain.entities.backlog import SCORE_MAX, WSJF_SCALE, BacklogItem
from pmtui.planning.scoring import coordinates, method_of

Quadrant = Literal["quick win", "big bet", "fill-in", "time sink"]

QUADRANTS: tuple[Quadrant, ...] = ("quick win", "big bet", "fill-in", "time sink")
"""Upper left, upper right, lower left, lower right."""

RULE = "Value at or above the cut is high, effort above the cut is high; the cut is the middle of the scale."
"""The rule in words, for the help screen."""


@dataclass(frozen=True, slots=True)
class Axes:
    """The scales of the plane. `x_cut` and `y_cut` lie between low and high, never on them."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float
    x_cut: float
    y_cut: float
    x_title: str
    y_title: str


def quadrant(value: float | None, effort: float | None, value_cut: float, effort_cut: float) -> Quadrant | None:
    """The quadrant of a point; None where either number is missing."""
    if value is None or effort is None:
        return None
    if value >= value_cut:
        return "big bet" if effort > effort_cut else "quick win"
    return "time sink" if effort > effort_cut else "fill-in"


def quadrant_of(axes: Axes, x: float | None, y: float | None) -> Quadrant | None:
    """The quadrant of a point of these axes."""
    return quadrant(y, x, axes.y_cut, axes.x_cut)


def axes(method_id: str, items: Iterable[BacklogItem] = ()) -> Axes:
    """The scales of a method.

    Those of value/effort and WSJF are fixed, so that an item never moves because others did. RICE
    has no scale of its own: there each axis goes from 0 to a round number that holds all *items*.
    """
    method = method_of(method_id)
    match method_id:
        case "RICE":
            points = [point for item in items if (point := coordinates(method_id, item))]
            x_low = y_low = 0.0
            x_high = round_above(max((x for x, _ in points), default=0.0), least=2.0)
            y_high = round_above(max((y for _, y in points), default=0.0), least=10.0)
        case "WSJF":
            x_low, x_high = WSJF_SCALE[0], WSJF_SCALE[-1]
            y_low, y_high = 3 * x_low, 3 * x_high
        case _:
            x_low = y_low = 0.0
            x_high = y_high = SCORE_MAX
    middle_x, middle_y = (x_low + x_high) / 2, (y_low + y_high) / 2
    return Axes(x_low, x_high, y_low, y_high, middle_x, middle_y, method.x_title, method.y_title)


def round_above(value: float, least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50 ... that is not below *value* and not below *least*.

    *least* is above 0.

    >>> round_above(730, least=2)
    1000.0
    """
    wanted = max(value, least)
    power: float = 10.0 ** math.floor(math.log10(wanted))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0, 20.0) if step * power >= wanted)
