"""Rules on roadmap cards: where they stand, what was promised, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pmtui.domain.changes import Changes
from pmtui.domain.commands.common import FieldEdit
from pmtui.domain.commands.roadmap import (
    AddInitiative,
    MakePromise,
    MoveInitiatives,
    Period,
    PromoteItems,
    StartRoadmap,
)
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.entities.roadmap import HORIZONS, Initiative
from pmtui.domain.entities.vision import Objective
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.fields import FIRST_DAY, LAST_DAY, Scalar, shown, shown_as, specs
from pmtui.domain.periods import MONTHS, Length, period_of, shifted_window, window_name
from pmtui.domain.rules.adding import check_given, live
from pmtui.domain.rules.backlog import refuse_silent_decline
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.integrity import describe, name_of
from pmtui.domain.rules.integrity_roadmap import PROMISE_FIELDS
from pmtui.domain.rules.vision import only_product
from pmtui.domain.starter import CARDS
from pmtui.domain.text import clean_line


def add_initiative(draft: Draft, command: AddInitiative, _today: date) -> Changes:
    """A new card stands in later until somebody moves it."""
    check_given(draft, Initiative, command.fields, "title")
    _insert(draft, command.id, command.title, dict(command.fields))
    return draft.finish(f"added {name_of(draft.get(Initiative, command.id))}")


def _insert(draft: Draft, card_id: str, title: str, values: dict[str, Scalar]) -> None:
    """A card belongs to the product of its objective; without one to the product that is said, or to the only one."""
    promised = [name for name in values if name in PROMISE_FIELDS]
    if promised:
        raise Refused(f"The {specs(Initiative)[promised[0]].title} is part of a promise. {_PRESS_P}")
    values.setdefault("product_id", only_product(draft.plan))
    if (objective := values.get("objective_id")) is not None:
        product = draft.get(Objective, str(objective)).product_id
        values["product_id"] = live(draft.plan, "product", product) or values["product_id"]
    card = Initiative(id=card_id, title=clean_line(title), **values)  # type: ignore[arg-type]
    refuse_silent_decline(card)
    draft.insert(card)


_PRESS_P = "Add the card, then press P to make its promise: the history keeps when it was made, and why it changed."


def refuse_promise_edits(draft: Draft, edits: Iterable[FieldEdit]) -> None:
    """Raise `Refused` where people edit a promise like any field; only a file may bring one as it is."""
    for edit in edits:
        if edit.kind == "initiative" and edit.field in PROMISE_FIELDS:
            raise Refused(
                f"The promise of {describe(draft.plan, edit.kind, edit.id)} is no field to edit. Press P to make it, "
                "change it or take it back: the history keeps why."
            )


def move_initiatives(draft: Draft, command: MoveInitiatives, today: date) -> Changes:
    """Relative on purpose: two quick keys move by two columns. What was promised does not move with a card."""
    cards = [draft.get(Initiative, card_id) for card_id in dict.fromkeys(command.ids)]
    for card in cards:
        if command.by == "horizon":
            at = HORIZONS.index(card.horizon) + command.steps
            draft.update(card, horizon=HORIZONS[max(0, min(len(HORIZONS) - 1, at))])
        else:
            start, end = _moved_window(card, command.steps, command.by, command.to or today)
            draft.update(card, window_start=start, window_end=end)
    if len(cards) != 1:
        way = "later" if command.steps > 0 else "earlier"
        return draft.finish(f"{len(cards)} cards: {abs(command.steps)} {_columns(command.steps, command.by)} {way}")
    after = draft.get(Initiative, cards[0].id)
    if command.by == "horizon":
        return draft.finish(f"{after.key}: {cards[0].horizon} to {after.horizon}")
    return draft.finish(f"{after.key}: window {window_name(after.window_start, after.window_end)}")


def _moved_window(card: Initiative, steps: int, by: Length, to: date) -> tuple[date | None, date | None]:
    if card.window_start is None and card.window_end is None:
        period = period_of(to, by)
        return period.first, period.last
    try:
        window = shifted_window(card.window_start, card.window_end, steps * MONTHS[by])
    except (ValueError, OverflowError):
        window = (date.max, None)
    if any(day is not None and not FIRST_DAY <= day <= LAST_DAY for day in window):
        raise Refused(
            f"{name_of(card)} cannot move by {steps:+d} {_columns(steps, by)}: the days of a plan go from "
            f"{shown(FIRST_DAY)} to {shown(LAST_DAY)}."
        )
    return window


def _columns(steps: int, by: Period) -> str:
    one = "column" if by == "horizon" else by
    return one if abs(steps) == 1 else f"{one}s"


def make_promise(draft: Draft, command: MakePromise, today: date) -> Changes:
    """A promise is a decision: its day is kept, and so is the reason for every later one."""
    card = draft.get(Initiative, command.id)
    if card.archived:
        raise Refused(f"{name_of(card)} is in the archive. Restore it first.")
    wanted = _wanted_promise(card, command)
    if all(getattr(card, name) == value for name, value in wanted.items()):
        return draft.finish("no change")
    rest = (card.promise_start, card.confidence, card.audience)
    if card.promise_end != command.seen_end or command.seen_rest not in (None, rest):
        end, seen = _until(card.promise_end), _until(command.seen_end)
        what = f"promised {end} now; you saw it promised {seen}" if end != seen else "promised otherwise than you saw"
        raise Conflict(
            f"{name_of(card)} is {what}. Another window changed it. Your text is kept: look, then promise again.",
            entity_id=card.id,
            field="promise_end",
            current=card.promise_end,
        )
    reason = clean_line(command.reason)
    if card.promise_end is not None and not reason:
        raise Refused(
            f"{name_of(card)} was promised {_until(card.promise_end)}. Say why that changes: the reason stays in the "
            "history."
        )
    draft.update(card, **wanted, promised_on=today if command.end else None)
    return draft.finish(_promise_label(card, draft.get(Initiative, card.id)), reason)


def _wanted_promise(card: Initiative, command: MakePromise) -> dict[str, Scalar]:
    if command.end is None:
        if card.promise_end is None and command.seen_end is None:
            raise Refused(f"{name_of(card)} has no promise to take back. Say until when it is promised to make one.")
        return {"promise_start": None, "promise_end": None, "confidence": None, "audience": ""}
    if command.confidence is None:
        raise Refused(
            f"Say how sure you are that {name_of(card)} is there by {command.end}, as 80%: "
            "a day without a confidence is no promise."
        )
    return {
        "promise_start": command.start,
        "promise_end": command.end,
        "confidence": command.confidence,
        "audience": clean_line(command.audience),
    }


def _until(day: date | None) -> str:
    return f"until {day}" if day else "nothing"


def _promise_label(before: Initiative, after: Initiative) -> str:
    if after.promise_end is None:
        return f"{after.key}: promise until {before.promise_end} taken back"
    sure = shown_as(specs(Initiative)["confidence"], after.confidence)
    to = f", to {after.audience}" if after.audience else ""
    moved = before.promise_end not in (None, after.promise_end)
    when = f"{before.promise_end} now {after.promise_end}" if moved else f"{after.promise_end}"
    return f"{after.key}: promised until {when}, {sure} sure{to}"


def promote_items(draft: Draft, command: PromoteItems, _today: date) -> Changes:
    """The card takes over what the first item knows; what the command says goes before that."""
    items = [draft.item(item_id) for item_id in dict.fromkeys(command.item_ids)]
    if not items:
        raise Refused("Choose the items that the new card should contain first.")
    for item in items:
        if item.archived:
            raise Refused(f"{name_of(item)} is in the archive. Restore it first.")
    check_given(draft, Initiative, command.fields)
    first = items[0]
    values: dict[str, Scalar] = {
        "objective_id": live(draft.plan, "objective", first.objective_id),
        "product_id": live(draft.plan, "product", first.product_id) or only_product(draft.plan),
        **command.fields,
    }
    title = values.pop("title", first.title)
    _insert(draft, command.id, str(title), values)
    for item in items:
        state = "candidate" if item.state == "idea" else item.state
        draft.update(item, initiative_id=command.id, state=state)
    return draft.finish(f"{_who(items)} became {name_of(draft.get(Initiative, command.id))}")


def _who(items: Sequence[BacklogItem]) -> str:
    return items[0].key if len(items) == 1 else f"{len(items)} items"


def start_roadmap(draft: Draft, command: StartRoadmap, _today: date) -> Changes:
    """Only where there is no card that anybody could mix it up with."""
    for card in draft.plan.initiatives.values():
        if not card.archived:
            raise Refused(f"There is a roadmap already, with {name_of(card)}. The starter roadmap is for an empty one.")
    for card_id, starter in zip(command.ids, CARDS, strict=True):
        where: dict[str, Scalar] = {"lane": starter.lane, "horizon": starter.horizon, "outcome": starter.outcome}
        _insert(draft, card_id, starter.title, where)
    return draft.finish(f"added a starter roadmap of {len(CARDS)} cards")
