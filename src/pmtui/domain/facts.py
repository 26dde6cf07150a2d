"""The plan in a few numbers: how many items are where, what the objectives wait for, and how it stands.

`pmtui status` must answer before a person notices that it started, so this module imports neither
`dataclasses` nor the entities: the store fills the same values by SQL, and a contract test holds
the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from pmtui.domain.lifecycle import DONE_STATES, OPEN_STATES, STATES

if TYPE_CHECKING:
    from pmtui.domain.plan import Plan

Health = Literal["on track", "at risk", "late"]
Standing = Literal["on track", "at risk", "late", "unknown"]

SOON = timedelta(days=14)
"""How long before its due day an objective with open work behind it is at risk."""


class ObjectiveFacts(NamedTuple):
    """An objective and the items that name it as their reason."""

    key: str
    title: str
    due_on: date | None
    open: int
    """Items in a state in which there is still something to do."""
    launched: int
    """Items that are launched, or retired after their time."""
    standing: Standing
    """How it stands; unknown without a due day, or before it while nothing serves the objective."""


class LastChange(NamedTuple):
    """The newest entry of the journal."""

    at: datetime
    """When it was made, in UTC."""
    label: str


class StatusFacts(NamedTuple):
    """What `pmtui status` says. Archived things are counted once, as archived, and nowhere else."""

    today: date
    """The plan day for which the standing holds."""
    products: tuple[str, ...]
    """Names of the products, in the order of their keys."""
    states: tuple[tuple[str, int], ...]
    """Items by state, in the order of an item's life; every state is there."""
    open: int
    scored: int
    """Open items that have a value and an effort above 0, as the value/effort method asks for."""
    blocked: int
    """Open items that need another open item first."""
    archived: int
    """Archived items."""
    objectives: tuple[ObjectiveFacts, ...]
    """By due day, those without one last, then by key."""
    health: Health
    """The worst of its objectives; a plan without objectives is on track."""
    reasons: tuple[str, ...]
    """One sentence for each objective that is late or at risk, the late ones first."""
    last: LastChange | None = None

    @property
    def items(self) -> int:
        """All items that are not archived."""
        return sum(count for _, count in self.states)

    @property
    def unscored(self) -> int:
        """Open items without value or without effort."""
        return self.open - self.scored


def standing(due_on: date | None, open_items: int, launched: int, today: date) -> Standing:
    """How an objective stands on *today*.

    Past its day, open items behind it or no work at all make it late; in the two weeks before it,
    open items put it at risk. The due day itself still counts as in time.
    """
    nothing = not open_items and not launched
    if due_on is None:
        return "unknown"
    if due_on < today and (open_items or nothing):
        return "late"
    if nothing:
        return "unknown"
    return "at risk" if open_items and due_on - today <= SOON else "on track"


def judge(objectives: Iterable[ObjectiveFacts], today: date) -> tuple[Health, tuple[str, ...]]:
    """The health of a plan with these objectives, and why."""
    late = [_reason(o, today) for o in objectives if o.standing == "late"]
    risky = [_reason(o, today) for o in objectives if o.standing == "at risk"]
    return "late" if late else "at risk" if risky else "on track", (*late, *risky)


def _reason(objective: ObjectiveFacts, today: date) -> str:
    days = abs((objective.due_on - today).days) if objective.due_on else 0
    span = "1 day" if days == 1 else f"{days} days"
    ahead = f"is due in {span}" if days else "is due today"
    when = f"was due {span} ago" if objective.standing == "late" else ahead
    work = f"{objective.open} open" if objective.open else "no work behind it"
    return f"{objective.key} {when}: {work}"


def key_order(key: str) -> tuple[str, int, str]:
    """What sorts `O-9` before `O-10`, without the import of the plan."""
    letter, _, digits = key.partition("-")
    return letter, int(digits) if digits.isdecimal() else 0, key


def objective_order(objective: ObjectiveFacts) -> tuple[date, tuple[str, int, str]]:
    """What sorts objectives by due day, those without one last, then by key."""
    return objective.due_on or date.max, key_order(objective.key)


def status_facts(plan: Plan, today: date, last: LastChange | None = None) -> StatusFacts:
    """The facts of a plan in memory; its journal is not part of it, so *last* is told.

    >>> from pmtui.domain.plan import Plan
    >>> status_facts(Plan(), date(2026, 11, 23)).health
    'on track'
    """
    items = [item for item in plan.backlog_items.values() if not item.archived]
    opened = {item.id for item in items if item.state in OPEN_STATES}
    waiting = {link.item_id for link in plan.item_dependencies.values() if link.needs_id in opened}
    counts = dict.fromkeys(STATES, 0)
    serving: dict[str | None, list[int]] = {}
    for item in items:
        counts[item.state] += 1
        served = serving.setdefault(item.objective_id, [0, 0])
        served[0] += item.id in opened
        served[1] += item.state in DONE_STATES
    objectives = []
    for goal in plan.objectives.values():
        if not goal.archived:
            todo, done = serving.get(goal.id, (0, 0))
            how = standing(goal.due_on, todo, done, today)
            objectives.append(ObjectiveFacts(goal.key, goal.title, goal.due_on, todo, done, how))
    objectives.sort(key=objective_order)
    health, reasons = judge(objectives, today)
    products = sorted((p for p in plan.products.values() if not p.archived), key=lambda p: key_order(p.key))
    return StatusFacts(
        today=today,
        products=tuple(product.name for product in products),
        states=tuple(counts.items()),
        open=len(opened),
        scored=sum(item.id in opened and item.value is not None and bool(item.effort) for item in items),
        blocked=len(waiting & opened),
        archived=len(plan.backlog_items) - len(items),
        objectives=tuple(objectives),
        health=health,
        reasons=reasons,
        last=last,
    )
