"""Objectives and key results: how far they are, and how much work stands behind them.

A key result is graded by the share of its way from start to target, an objective by the mean of its
key results; 0.0 to 0.3 is red, 0.4 to 0.6 yellow, 0.7 to 1.0 green (John Doerr, Measure What Matters).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from typing import Literal, NamedTuple

from pmtui.domain.entities.vision import Ambition, KeyResult
from pmtui.domain.fields import shown
from pmtui.domain.lifecycle import DONE_STATES, OPEN_STATES
from pmtui.domain.memory import derived_from
from pmtui.domain.numbers import half_up
from pmtui.domain.plan import Plan, derived
from pmtui.domain.relations import initiatives_of, key_results_of, subtasks

Band = Literal["red", "yellow", "green", ""]


class Grade(NamedTuple):
    """How far an objective is."""

    value: float | None
    """The mean of its graded key results, 0 to 1; None where none of them can be graded."""
    band: Band
    """"" where there is no value."""
    reason: str
    """Why there is no value, or what the value leaves out; "" where every key result is graded."""
    results: int
    """Key results that are graded."""
    of: int = 0
    """All its key results."""


class Work(NamedTuple):
    """What stands behind an objective. Archived things are not counted, and declined items are no work."""

    cards: int = 0
    items_open: int = 0
    items_done: int = 0
    tasks: int = 0
    """Tasks without parts, the done ones too: a summary is no work of its own."""
    tasks_done: int = 0


_CARD, _ITEM, _TASK = "id objective_id", "id objective_id initiative_id parent_id", "id initiative_id item_id parent_id"
"""The fields that decide what a card, an item and a task serve."""

NO_WORK = Work()
"""What stands behind an objective that nothing serves."""


def progress(start: float | None, current: float | None, target: float | None) -> float | None:
    """The share of the way from *start* to *target*, 0 to 1; None where a number is missing.

    A falling target is as good as a rising one. Where both ends are the same number there is no way:
    it is done (1.0) as soon as the current value reaches it, and not done (0.0) below it.
    """
    if start is None or current is None or target is None:
        return None
    if start == target:
        return 1.0 if current >= target else 0.0
    return min(1.0, max(0.0, (current - start) / (target - start)))


def band(value: float, ambition: Ambition = "aspirational") -> Band:
    """The colour of a grade of 0 to 1.

    The published bands leave gaps between 0.3 and 0.4 and between 0.6 and 0.7, so the grade is rounded
    to one decimal first, half up: 0.65 is green. A committed objective is expected at 1.0, so only a
    rounded 1.0 is green, and what is green for an aspirational one is yellow: a proposal of our own,
    because no source colours them apart.
    """
    # Twelve digits are more than any grade means, and fewer than binary fractions get wrong.
    tenths = float(half_up(round(value, 12), 1))
    yellow, green = (0.7, 1.0) if ambition == "committed" else (0.4, 0.7)
    return "green" if tenths >= green else "yellow" if tenths >= yellow else "red"


def result_grade(result: KeyResult) -> tuple[float | None, str]:
    """The grade of a key result, or None and the reason why there is none."""
    value = progress(result.start, result.current, result.target)
    if value is not None:
        return value, ""
    lacking = [name for name in ("start", "current", "target") if getattr(result, name) is None]
    values = f"{' and '.join([', '.join(lacking[:-1]), lacking[-1]]) if lacking[:-1] else lacking[0]} value"
    return None, f"{result.key} has no {values}{'s' if len(lacking) > 1 else ''}"


def objective_grade(plan: Plan, objective_id: str) -> Grade:
    """The grade of an objective: the mean of its graded key results, each as heavy as the others."""
    return _grades(plan).get(objective_id, _NO_RESULTS)


_NO_RESULTS = Grade(None, "", "no key result yet", 0)


@derived("objective", "key_result")
def _grades(plan: Plan) -> Mapping[str, Grade]:
    results, objectives = plan.key_results, plan.objectives
    return {
        objective_id: grade_of((results[id_] for id_ in ids), objectives[objective_id].ambition)
        for objective_id, ids in key_results_of(plan).items()
    }


def grade_of(results: Iterable[KeyResult], ambition: Ambition = "aspirational") -> Grade:
    """The grade of an objective that these key results measure."""
    grades = [result_grade(result) for result in results]
    if not grades:
        return _NO_RESULTS
    values = [value for value, _ in grades if value is not None]
    reasons = [reason for _, reason in grades if reason]
    reason = f"{len(values)} of {len(grades)} graded: {reasons[0]}" if reasons else ""
    if len(reasons) > 1:
        reason += f", and {len(reasons) - 1} more"
    if not values:
        return Grade(None, "", reason, 0, len(grades))
    mean = fsum(values) / len(values)
    return Grade(mean, band(mean, ambition), reason, len(values), len(grades))


def measure_of(result: KeyResult) -> str:
    """Where a key result stands in words: `18 of 25 teams, from 12`."""
    unit = f" {result.unit}" if result.unit else ""
    return f"{shown(result.current)} of {shown(result.target)}{unit}, from {shown(result.start)}"


def objective_of(plan: Plan, kind: str, entity_id: str) -> str | None:
    """The id of the objective that a card, an item or a task serves; None where nobody has said.

    Its own word counts first. An item without one serves what its card serves, and else what the item
    above it serves; a task serves what its item, its card or the task above it serves, in this order.
    """
    if kind == "initiative":
        return plan.initiatives[entity_id].objective_id
    reasons = _item_reasons(plan) if kind == "backlog_item" else _task_reasons(plan)
    return reasons.get(entity_id)


@derived_from(initiative=_CARD, backlog_item=_ITEM)
def _item_reasons(plan: Plan) -> dict[str, str | None]:
    items, cards = plan.backlog_items, plan.initiatives

    def own(item_id: str) -> str | None:
        item = items[item_id]
        if item.objective_id is not None or item.initiative_id is None:
            return item.objective_id
        return cards[item.initiative_id].objective_id

    return _inherited({id_: own(id_) for id_ in items}, {id_: item.parent_id for id_, item in items.items()})


@derived_from(initiative=_CARD, backlog_item=_ITEM, task=_TASK)
def _task_reasons(plan: Plan) -> dict[str, str | None]:
    tasks, cards, reasons = plan.tasks, plan.initiatives, _item_reasons(plan)

    def own(task_id: str) -> str | None:
        task = tasks[task_id]
        found = reasons[task.item_id] if task.item_id is not None else None
        return found or (cards[task.initiative_id].objective_id if task.initiative_id is not None else None)

    return _inherited({id_: own(id_) for id_ in tasks}, {id_: task.parent_id for id_, task in tasks.items()})


def _inherited(own: Mapping[str, str | None], above: Mapping[str, str | None]) -> dict[str, str | None]:
    """What each says itself, or what the nearest one above it says."""
    known: dict[str, str | None] = {}
    for start in own:
        way: list[str] = []
        at: str | None = start
        while at is not None and at not in known and own[at] is None:
            known[at] = None  # a circle in a damaged file ends here
            way.append(at)
            at = above[at]
        answer = None if at is None else own[at] or known[at]
        known.update(dict.fromkeys(way, answer))
    return {id_: own[id_] or known.get(id_) for id_ in own}


def work_for(plan: Plan, objective_id: str) -> Work:
    """What stands behind an objective: each piece of work is counted once, for the objective that it serves."""
    return _works(plan).get(objective_id, NO_WORK)


@derived_from(
    initiative=f"{_CARD} archived",
    backlog_item=f"{_ITEM} state archived",
    project="id archived",
    task=f"{_TASK} project_id percent_complete archived",
)
def _works(plan: Plan) -> Mapping[str, Work]:
    found: dict[str, list[int]] = {}

    def count(objective_id: str | None, place: int) -> None:
        if objective_id is not None:
            found.setdefault(objective_id, [0] * len(NO_WORK))[place] += 1

    for objective, cards in initiatives_of(plan).items():
        for _ in cards:
            count(objective, 0)
    reasons = _item_reasons(plan)
    for item in plan.backlog_items.values():
        if not item.archived and item.state in (OPEN_STATES | DONE_STATES):
            count(reasons[item.id], 1 if item.state in OPEN_STATES else 2)
    tasks, parts, why = plan.tasks, subtasks(plan), _task_reasons(plan)
    for task in tasks.values():
        is_live = not (task.archived or plan.projects[task.project_id].archived)
        if is_live and all(tasks[part].archived for part in parts.get(task.id, ())):
            count(why[task.id], 3)
            if task.percent_complete == 1:
                count(why[task.id], 4)
    return {objective_id: Work(*numbers) for objective_id, numbers in found.items()}
