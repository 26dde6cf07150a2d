"""Prioritisation: value/effort, RICE and WSJF, and the order of items that follows from each.

A score is undefined where an input is missing or the divisor is 0: then it is None with a reason,
never 0, and the item stands behind every scored one. Nothing is rounded before it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple, cast

from pmtui.domain.entities.backlog import PRIORITIES, BacklogItem
from pmtui.domain.fields import specs
from pmtui.domain.plan import Plan, key_order, per_row


@dataclass(frozen=True, slots=True)
class Method:
    """A way to put items in order: two coordinates and their ratio."""

    id: str
    title: str
    """The name as the heading shows it."""
    y_field_names: tuple[str, ...]
    """The inputs of the dividend, the vertical axis."""
    x_field_names: tuple[str, ...]
    """The inputs of the divisor, the horizontal axis: what it costs."""
    formula: str
    """The formula in the words of the screen."""
    x_title: str
    y_title: str


METHODS: tuple[Method, ...] = (
    Method("value/effort", "value/effort", ("value",), ("effort",), "value / effort", "effort", "value"),
    Method(
        "RICE",
        "RICE",
        ("reach", "impact", "confidence"),
        ("person_months",),
        "reach × impact × confidence / person-months",
        "person-months",
        "reach × impact × confidence",
    ),
    Method(
        "WSJF",
        "WSJF",
        ("business_value", "time_criticality", "risk_reduction"),
        ("job_size",),
        "(business value + time criticality + risk reduction) / job size",
        "job size",
        "cost of delay",
    ),
)
"""The methods in the order in which a key goes through them; the first one is where a plan starts."""

_BY_ID = {method.id: method for method in METHODS}


class Score(NamedTuple):
    """What a method makes of an item."""

    value: float | None
    """The score, or None where it is undefined."""
    missing: tuple[str, ...] = ()
    """The names of the input fields that nobody has given."""
    reason: str = ""
    """Why there is no score, as `no value yet`; "" where there is one."""


class Ranked(NamedTuple):
    """An item in the order of a method."""

    id: str
    score: Score


def method_of(method_id: str) -> Method:
    """The method of that id. Raises KeyError for any other text."""
    return _BY_ID[method_id]


def inputs(method_id: str) -> tuple[str, ...]:
    """The names of the item's fields that a method asks for, the divisor last."""
    method = _BY_ID[method_id]
    return method.y_field_names + method.x_field_names


def ratio(dividend: float | None, divisor: float | None) -> float | None:
    """The quotient, or None where it is undefined: an operand is missing, or the divisor is not above 0."""
    if dividend is None or divisor is None or not divisor > 0:
        return None
    quotient = dividend / divisor
    return quotient if math.isfinite(quotient) else None


def value_effort(value: float | None, effort: float | None) -> float | None:
    """Value for each unit of effort."""
    return ratio(value, effort)


def impact_expected(reach: float | None, impact: float | None, confidence: float | None) -> float | None:
    """The upper half of RICE: people reached times impact on each, times a confidence of 0 to 1."""
    if reach is None or impact is None or confidence is None:
        return None
    return reach * impact * confidence


def rice(reach: float | None, impact: float | None, confidence: float | None, effort: float | None) -> float | None:
    """Reach times impact times confidence (0 to 1), for each person-month of *effort*."""
    return ratio(impact_expected(reach, impact, confidence), effort)


def cost_of_delay(
    business_value: float | None, time_criticality: float | None, risk_reduction: float | None
) -> float | None:
    """The upper half of WSJF, in relative points."""
    if business_value is None or time_criticality is None or risk_reduction is None:
        return None
    return business_value + time_criticality + risk_reduction


def wsjf(
    business_value: float | None,
    time_criticality: float | None,
    risk_reduction: float | None,
    job_size: float | None,
) -> float | None:
    """Weighted shortest job first: cost of delay for each point of remaining size."""
    return ratio(cost_of_delay(business_value, time_criticality, risk_reduction), job_size)


Coordinates = tuple[float, float]

_UPPER: dict[str, Callable[[BacklogItem], float | None]] = {
    "value/effort": lambda item: item.value,
    "RICE": lambda item: impact_expected(item.reach, item.impact, item.confidence),
    "WSJF": lambda item: cost_of_delay(item.business_value, item.time_criticality, item.risk_reduction),
}
_LOWER: dict[str, Callable[[BacklogItem], float | None]] = {
    "value/effort": lambda item: item.effort,
    "RICE": lambda item: item.person_months,
    "WSJF": lambda item: item.job_size,
}


def coordinates(method_id: str, item: BacklogItem) -> Coordinates | None:
    """Where an item stands, as (x, y): cost to the right, worth upward.

    None for exactly the items that have no score, so an item of effort 0 is in the tray of the
    unscored and does not look like the best quick win.
    """
    x, y = _LOWER[method_id](item), _UPPER[method_id](item)
    if x is None or y is None or ratio(y, x) is None:
        return None
    return x, y


@cache
def points(method_id: str) -> Callable[[Plan], Mapping[str, Coordinates | None]]:
    """`coordinates` of every item of a plan by id, remembered for each item for as long as it is the same."""

    @per_row("backlog_item")
    def point(item: BacklogItem) -> Coordinates | None:
        return coordinates(method_id, item)

    return point


def score(method_id: str, item: BacklogItem) -> Score:
    """What the method makes of an item. Raises KeyError for an unknown method."""
    value = ratio(_UPPER[method_id](item), _LOWER[method_id](item))
    return _unscored(method_id, item) if value is None else Score(value)


def _unscored(method_id: str, item: BacklogItem) -> Score:
    return _no_score(method_id, tuple(name for name in inputs(method_id) if getattr(item, name) is None))


@cache
def _no_score(method_id: str, missing: tuple[str, ...]) -> Score:
    known = specs(BacklogItem)
    if missing:
        titles = [known[name].title for name in missing]
        words = titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} or {titles[-1]}"
        return Score(None, missing, f"no {words} yet")
    divisor = known[method_of(method_id).x_field_names[0]].title
    return Score(None, (), f"{divisor} 0 has no ratio")


def rank(plan: Plan, method_id: str, ids: Iterable[str]) -> list[Ranked]:
    """The items best first, those without a score behind.

    Equal scores: the smaller cost, then the one created earlier, then the id. Without a score: the
    fewest missing inputs, then the higher priority, then the key. The order depends on nothing
    else, so a redraw never changes it. Ids that the plan does not know are left out.
    """
    wanted = frozenset(ids)
    return [entry[-1] for entry in _in_order(method_id)(plan) if entry[-2] in wanted]


_Entry = tuple[Any, ...]
"""What sorts an item, with its `Ranked` at the end; the id before it makes every entry different."""

_URGENCY = {priority: -place for place, priority in enumerate(PRIORITIES)}
_SCORED, _TRAY = 0, 1


@cache
def _entries(method_id: str) -> Callable[[Plan], Mapping[str, _Entry]]:
    upper, lower = _UPPER[method_id], _LOWER[method_id]

    @per_row("backlog_item")
    def entry(item: BacklogItem) -> _Entry:
        cost = lower(item)
        value = ratio(upper(item), cost)
        if value is None:
            none = _unscored(method_id, item)
            urgency = _URGENCY.get(item.priority, 0)
            return (_TRAY, len(none.missing), urgency, key_order(item.key), item.id, Ranked(item.id, none))
        born = item.created_on or date.max
        return (_SCORED, -_alike(value), cost, born, item.id, Ranked(item.id, Score(value)))

    return entry


@cache
def _in_order(method_id: str) -> Callable[[Plan], list[_Entry]]:
    entries_of = _entries(method_id)

    def in_order(plan: Plan) -> list[_Entry]:
        entries = entries_of(plan)
        known = plan.memo.get(in_order)
        if known is None:
            found = sorted(entries.values())
        elif known[0][0] is entries:
            return cast("list[_Entry]", known[1])
        else:
            # What is in order already stays so: then sorting takes no longer than looking at each entry.
            before = known[0][0]
            found = [entry for entry in cast("list[_Entry]", known[1]) if entries.get(entry[-2]) is entry]
            found += [entry for id_, entry in entries.items() if before.get(id_) is not entry]
            found.sort()
        plan.memo[in_order] = ((entries,), found)
        return found

    return in_order


def _alike(value: float) -> float:
    # 3 * 0.1 and 1 * 0.3 differ in the 17th digit only: to people they are a tie.
    return float(f"{value:.12g}")
