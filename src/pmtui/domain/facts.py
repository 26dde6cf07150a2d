"""The plan in a few numbers: how many items are where, what the objectives wait for, and how it stands.

`pmtui status` must answer before a person notices that it started, so this module imports neither
`dataclasses` nor the entities: the store fills the same values by SQL, and a contract test holds
the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """An objective and the work behind it: items that name it, or whose card does, and cards."""

    key: str
    title: str
    due_on: date | None
    open: int
    """Items in a state in which there is still something to do."""
    launched: int
    """Items that are launched, or retired after their time."""
    standing: Standing
    """How it stands; unknown without a due day, or before it while nothing serves the objective."""
    cards: int = 0
    """Roadmap cards for it that are neither launched nor declined nor retired."""
    computed_finish: date | None = None
    """The last day of the work that is planned for those cards; None without any, or where it was not computed."""


class PromiseFacts(NamedTuple):
    """A card that something was promised for and that has not reached anybody yet."""

    key: str
    title: str
    promised_until: date
    """The last day of the promised window."""
    confidence: float | None
    """0 to 1: how sure of it those were who promised."""
    computed_finish: date | None
    """The last day of the work that is planned behind it; None without any, or where it was not computed."""
    gap_days: int | None
    """Working days from the promised to the computed day, positive where that is later; None without it."""
    standing: Standing
    """Late, on track, or unknown where no planned work says."""


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
    """The worst of its objectives and promises; a plan without any is on track."""
    reasons: tuple[str, ...]
    """One sentence for each objective that is late or at risk and each promise that is late, the late ones first."""
    last: LastChange | None = None
    promises: tuple[PromiseFacts, ...] = ()
    """By promised day, then by key; of cards that are launched, retired or declined nothing is said."""
    forecast_stale: bool = False
    """Whether the computed dates are of an earlier version of the plan."""

    @property
    def items(self) -> int:
        """All items that are not archived."""
        return sum(count for _, count in self.states)

    @property
    def unscored(self) -> int:
        """Open items without value or without effort."""
        return self.open - self.scored


def objective_facts(
    goal: tuple[str, str, date | None], items: tuple[int, int], cards: tuple[int, int, date | None], today: date
) -> ObjectiveFacts:
    """How an objective stands on *today*: *goal* is its key, title and due day.

    *items* are the open and the launched ones behind it; *cards* how many are open and how many launched,
    and the last day of the work that is planned for the open ones. Past its day, open work behind it or
    none at all makes it late; open work in the two weeks before it puts it at risk, and so does work
    that is planned to end behind it. The due day itself still counts as in time.
    """
    (key, title, due_on), (todo, done), (count, launched, finish) = goal, items, cards
    nothing = not (todo or done or count or launched)
    how: Standing = "unknown"
    if due_on is not None and due_on < today and (todo or count or nothing):
        how = "late"
    elif due_on is not None and not nothing:
        soon = bool(todo or count) and due_on - today <= SOON
        how = "at risk" if soon or (finish is not None and finish > due_on) else "on track"
    return ObjectiveFacts(key, title, due_on, todo, done, how, count, finish)


def promise_facts(card: tuple[str, str, date, float | None], computed_finish: date | None, today: date) -> PromiseFacts:
    """How a promise stands on *today*: *card* is its key and title, the promised day and the confidence."""
    key, title, until, confidence = card
    gap = None if computed_finish is None else working_days(until, computed_finish)
    how = promise_standing(until, computed_finish, today)
    return PromiseFacts(key, title, until, confidence, computed_finish, gap, how)


def promise_standing(until: date, computed_finish: date | None, today: date) -> Standing:
    """How the promise of an open card stands on *today*.

    It is late where the planned work ends behind it, or where its last day has passed. Where the planned work was
    to end before today, what the plan says of an open card is not to be believed: unknown, as without work.
    """
    if until < today or (computed_finish is not None and computed_finish > until):
        return "late"
    return "unknown" if computed_finish is None or computed_finish < today else "on track"


def working_days(first: date, last: date) -> int:
    """How many days from Monday to Friday *last* is after *first*; negative where it is before."""
    return _weekdays(last) - _weekdays(first)


def _weekdays(day: date) -> int:
    """Days from Monday to Friday since the first of the calendar, which was a Monday, up to and including *day*."""
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(weekday + 1, 5)


def judge(
    objectives: Iterable[ObjectiveFacts], promises: Iterable[PromiseFacts], today: date
) -> tuple[Health, tuple[str, ...]]:
    """The health of a plan with these objectives and promises, and why."""
    objectives = tuple(objectives)
    late = [_reason(o, today) for o in objectives if o.standing == "late"]
    late += [_broken(promise, today) for promise in promises if promise.standing == "late"]
    risky = [_reason(o, today) for o in objectives if o.standing == "at risk"]
    return "late" if late else "at risk" if risky else "on track", (*late, *risky)


def _broken(promise: PromiseFacts, today: date) -> str:
    if promise.gap_days is not None and promise.gap_days > 0:
        return f"{promise.key} misses its promise by {_count(promise.gap_days, 'working day')}"
    return f"{promise.key} was promised until {_count((today - promise.promised_until).days, 'day')} ago"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _reason(objective: ObjectiveFacts, today: date) -> str:
    due, finish = objective.due_on, objective.computed_finish
    if objective.standing == "at risk" and due is not None and finish is not None and finish > due:
        gap = working_days(due, finish)
        return f"{objective.key} is planned to be done {_count(gap, 'working day')} after its day"
    days = abs((due - today).days) if due else 0
    span = _count(days, "day")
    ahead = f"is due in {span}" if days else "is due today"
    when = f"was due {span} ago" if objective.standing == "late" else ahead
    cards = f"{_count(objective.cards, 'card')} open" if objective.cards else "no work behind it"
    work = f"{objective.open} open" if objective.open else cards
    return f"{objective.key} {when}: {work}"


def key_order(key: str) -> tuple[str, int, str]:
    """What sorts `O-9` before `O-10`, without the import of the plan."""
    letter, _, digits = key.partition("-")
    return letter, int(digits) if digits.isdecimal() else 0, key


def objective_order(objective: ObjectiveFacts) -> tuple[date, tuple[str, int, str]]:
    """What sorts objectives by due day, those without one last, then by key."""
    return objective.due_on or date.max, key_order(objective.key)


def promise_order(promise: PromiseFacts) -> tuple[date, tuple[str, int, str]]:
    """What sorts promises by the promised day, then by key."""
    return promise.promised_until, key_order(promise.key)


def status_facts(
    plan: Plan, today: date, last: LastChange | None = None, finishes: Mapping[str, date] | None = None
) -> StatusFacts:
    """The facts of a plan in memory; its journal is not part of it, so *last* is told.

    *finishes* has the computed last day of each card that has work behind it, by the card's id.

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
        card = plan.initiatives.get(item.initiative_id or "")
        served = serving.setdefault(item.objective_id or (card.objective_id if card else None), [0, 0])
        served[0] += item.id in opened
        served[1] += item.state in DONE_STATES
    objectives = _objectives(plan, today, serving, finishes or {})
    promises = _promises(plan, today, finishes or {})
    health, reasons = judge(objectives, promises, today)
    products = sorted((p for p in plan.products.values() if not p.archived), key=lambda p: key_order(p.key))
    return StatusFacts(
        today=today,
        products=tuple(product.name for product in products),
        states=tuple(counts.items()),
        open=len(opened),
        scored=sum(item.id in opened and item.value is not None and bool(item.effort) for item in items),
        blocked=len(waiting & opened),
        archived=len(plan.backlog_items) - len(items),
        objectives=objectives,
        health=health,
        reasons=reasons,
        last=last,
        promises=promises,
    )


def _objectives(
    plan: Plan, today: date, serving: Mapping[str | None, list[int]], finishes: Mapping[str, date]
) -> tuple[ObjectiveFacts, ...]:
    cards: dict[str, list[date | None]] = {}
    launched: dict[str | None, int] = {}
    for card in plan.initiatives.values():
        if card.objective_id is not None and not card.archived:
            if card.state in OPEN_STATES:
                cards.setdefault(card.objective_id, []).append(finishes.get(card.id))
            elif card.state in DONE_STATES:
                launched[card.objective_id] = launched.get(card.objective_id, 0) + 1
    found: list[ObjectiveFacts] = []
    for goal in plan.objectives.values():
        if not goal.archived:
            todo, done = serving.get(goal.id, (0, 0))
            ends = cards.get(goal.id, ())
            latest = max((end for end in ends if end is not None), default=None)
            behind = len(ends), launched.get(goal.id, 0), latest
            found.append(objective_facts((goal.key, goal.title, goal.due_on), (todo, done), behind, today))
    return tuple(sorted(found, key=objective_order))


def _promises(plan: Plan, today: date, finishes: Mapping[str, date]) -> tuple[PromiseFacts, ...]:
    found: list[PromiseFacts] = []
    for card in plan.initiatives.values():
        until = card.promise_end
        if until is not None and not card.archived and card.state in OPEN_STATES:
            promised = (card.key, card.title, until, card.confidence)
            found.append(promise_facts(promised, finishes.get(card.id), today))
    return tuple(sorted(found, key=promise_order))
