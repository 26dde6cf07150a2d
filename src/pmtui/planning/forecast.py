"""Promise and plan side by side: the dates that planned work leads to, and what was promised for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from pmtui.domain.entities.schedule import Task
from pmtui.domain.facts import promise_standing
from pmtui.domain.lifecycle import OPEN_STATES
from pmtui.domain.periods import days_name
from pmtui.domain.plan import Plan, derived
from pmtui.planning.calendar import working_days
from pmtui.planning.schedule import first_day, last_day, schedule

PromiseState = Literal["none", "unbacked", "kept", "broken"]


class Forecast(NamedTuple):
    """The dates that the tasks behind a project or card lead to."""

    kind: Literal["project", "initiative"]
    start: date
    """The first day of its first task."""
    finish: date
    """The last day of its last task."""
    percent: float
    """0 to 1: the mean of its tasks weighted by duration, by count where all are milestones."""
    tasks: int
    """How many tasks without parts it has."""


class PromiseStanding(NamedTuple):
    """What the plan says of a promise."""

    state: PromiseState
    """No promise, or one that is over; one without planned work ahead; the computed finish is inside it; it is later,
    or the promised day has passed."""
    gap_days: int | None
    """Working days from the promised end to the computed finish, positive where it is late; None without both."""
    sentence: str


@derived("project", "task", "dependency", "initiative", "backlog_item")
def forecasts(plan: Plan) -> Mapping[str, Forecast]:
    """The forecast of each project and card that is not in the archive and has tasks, by its id.

    The work of a card is every task that names it or one of its items, and all that is below such
    a task; each counts once.
    """
    found = schedule(plan)
    answer = {
        id_: Forecast("project", first_day(dates), last_day(dates), dates.percent, dates.tasks)
        for id_, dates in found.projects.items()
        if dates.tasks
    }
    for card, leaves in _leaves_of_cards(plan).items():
        all_dates = [found.tasks[id_] for id_ in leaves]
        minutes = sum([dates.finish - dates.start for dates in all_dates])
        percent = sum([dates.percent * (dates.finish - dates.start if minutes else 1) for dates in all_dates])
        answer[card] = Forecast(
            "initiative",
            min(map(first_day, all_dates)),
            max(map(last_day, all_dates)),
            percent / (minutes or len(all_dates)),
            len(all_dates),
        )
    return answer


def _leaves_of_cards(plan: Plan) -> Mapping[str, list[str]]:
    """The ids of the tasks without parts that are the work of each living card."""
    served: dict[str, frozenset[str]] = {}
    found: dict[str, list[str]] = {}
    for id_, dates in schedule(plan).tasks.items():
        if not dates.summary:
            for card in _cards_of(plan, id_, served):
                found.setdefault(card, []).append(id_)
    return found


def _cards_of(plan: Plan, task_id: str, served: dict[str, frozenset[str]]) -> frozenset[str]:
    """The living cards that a task or one above it serves; *served* remembers them."""
    tasks = plan.tasks
    chain: list[Task] = []
    at: str | None = task_id
    while at is not None and at not in served and at in tasks:
        served[at] = _NONE
        chain.append(tasks[at])
        at = tasks[at].parent_id
    cards = _NONE if at is None else served.get(at, _NONE)
    for task in reversed(chain):
        if task.initiative_id or task.item_id:
            cards |= _own_cards(plan, task)
        served[task.id] = cards
    return cards


def _own_cards(plan: Plan, task: Task) -> frozenset[str]:
    item = plan.backlog_items.get(task.item_id or "")
    named = (task.initiative_id, None if item is None or item.archived else item.initiative_id)
    return frozenset(
        id_ for id_ in named if id_ is not None and id_ in plan.initiatives and not plan.initiatives[id_].archived
    )


_NONE: frozenset[str] = frozenset()


def promise_of(plan: Plan, card_id: str, today: date) -> PromiseStanding:
    """How the promise of a card stands on *today*, as `pmtui status` says it too. Raises KeyError for an unknown id."""
    from pmtui.domain.rules.names import name_of

    card = plan.initiatives[card_id]
    if card.promise_end is None:
        return PromiseStanding("none", None, f"{name_of(card)} has no promise.")
    if card.state not in OPEN_STATES:
        return PromiseStanding("none", None, f"{name_of(card)} is {card.state}: its promise is over.")
    promised = f"{name_of(card)} is promised until {days_name(card.promise_end, card.promise_end)}"
    forecast = forecasts(plan).get(card_id)
    standing = promise_standing(card.promise_end, forecast.finish if forecast else None, today)
    past = ", which is past, and it is still open" if standing == "late" and card.promise_end < today else ""
    if forecast is None:
        state: PromiseState = "broken" if past else "unbacked"
        return PromiseStanding(state, None, f"{promised}{past or ', but no work is planned behind it'}.")
    gap = working_days(card.promise_end, forecast.finish)
    computed = days_name(forecast.finish, forecast.finish)
    days = f"{abs(gap)} working day{'' if abs(gap) == 1 else 's'}"
    if forecast.finish > card.promise_end:
        return PromiseStanding("broken", gap, f"{promised}; by the plan it is done on {computed}, {days} late.")
    if past:
        return PromiseStanding("broken", gap, f"{promised}{past}.")
    if standing == "unknown":
        over = f"its planned work was to end on {computed}, which is past, and it is still open"
        return PromiseStanding("unbacked", gap, f"{promised}; {over}.")
    early = f", {days} before that" if gap else ""
    return PromiseStanding("kept", gap, f"{promised}; by the plan it is done on {computed}{early}.")
