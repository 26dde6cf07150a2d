"""Rules on backlog items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pmtui.domain.changes import Changes
from pmtui.domain.commands.backlog import (
    AddDependency,
    AddItem,
    AdvanceState,
    NudgeScore,
    RemoveDependency,
    SetDependencies,
    SetState,
    TagItems,
)
from pmtui.domain.entities import link_id
from pmtui.domain.entities.backlog import STATES, BacklogItem, ItemDependency, State
from pmtui.domain.entities.common import TAG_LENGTH, ItemTag, Tag
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.fields import Scalar, shown, specs
from pmtui.domain.plan import needs_of
from pmtui.domain.rules.adding import check_given
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.integrity import name_of
from pmtui.domain.rules.vision import only_product
from pmtui.domain.text import clean_line, quoted

Living = BacklogItem | Initiative
"""What has a life of states."""

CONFIDENCE_LADDER = (0.5, 0.8, 1.0)
"""Intercom's three levels of confidence: low, medium, high."""

_STEPS: Mapping[str, float] = {"person_months": 0.5, "reach": 100.0}
_STARTS: Mapping[str, float] = {
    "value": 5.0,
    "effort": 5.0,
    "reach": 100.0,
    "impact": 1.0,
    "confidence": 0.8,
    "person_months": 1.0,
    "business_value": 5.0,
    "time_criticality": 5.0,
    "risk_reduction": 5.0,
    "job_size": 5.0,
}
SCORE_FIELDS: tuple[str, ...] = tuple(_STARTS)
"""The fields of an item that are inputs of a prioritisation method."""

_NEXT: Mapping[State, State] = {
    "idea": "candidate",
    "candidate": "planned",
    "planned": "in progress",
    "in progress": "launched",
    "launched": "retired",
}


def add_item(draft: Draft, command: AddItem, today: date) -> Changes:
    """A new item is an idea of today unless the command says otherwise."""
    check_given(draft, BacklogItem, command.fields, "title")
    values: dict[str, Scalar] = {"product_id": only_product(draft.plan), "created_on": today, **command.fields}
    if (parent := values.get("parent_id")) is not None and "product_id" not in command.fields:
        values["product_id"] = draft.item(str(parent)).product_id
    item = BacklogItem(id=command.id, title=clean_line(command.title), **values)  # type: ignore[arg-type]
    refuse_silent_decline(item)
    draft.insert(item)
    for name, new_id in _tag_names(command.tags).items():
        _put_tag(draft, command.id, _tag(draft, name, new_id))
    return draft.finish(f"added {name_of(draft.item(command.id))}")


def nudged(field: str, current: float | None, steps: int) -> float:
    """The score after *steps* steps from *current*, held inside its scale; from nothing to the middle."""
    if current is None:
        return _STARTS[field]
    if not steps:
        return current
    spec = specs(BacklogItem)[field]
    ladder = CONFIDENCE_LADDER if field == "confidence" else spec.choices
    if ladder:
        below = sum(rung < current for rung in ladder)
        on_rung = current in ladder
        target = below + steps if on_rung or steps < 0 else below + steps - 1
        rung = float(ladder[max(0, min(len(ladder) - 1, target))])
        # A confidence below the ladder stays there when it is lowered; it never jumps up to the first rung.
        return max(current, rung) if steps > 0 else min(current, rung)
    moved = current + steps * _STEPS.get(field, 1.0)
    # An effort of 0 has no ratio: a nudge never throws the best item out of the ranking.
    floor = min(current, _STEPS.get(field, 1.0)) if field == "effort" else spec.low or 0.0
    return max(floor, min(spec.high or moved, moved))


def nudge_score(draft: Draft, command: NudgeScore, _today: date) -> Changes:
    """Relative on purpose: two people who nudge the same item both count."""
    if command.field not in SCORE_FIELDS:
        raise Refused(f"{quoted(command.field)} is not a score.")
    title = specs(BacklogItem)[command.field].title
    label = f"{len(command.ids)} items: {title} {command.steps:+d}"
    for item_id in dict.fromkeys(command.ids):
        item = draft.item(item_id)
        before = getattr(item, command.field)
        after = nudged(command.field, before, command.steps)
        draft.update(item, **{command.field: after})
        if len(command.ids) == 1:
            label = f"{item.key}: {title} {shown(before)} to {shown(after)}"
    return draft.finish(label)


def advance_state(draft: Draft, command: AdvanceState, _today: date) -> Changes:
    """Items and cards alike; `retired` and `declined` have no next state."""
    things = [_living(draft, thing_id) for thing_id in dict.fromkeys(command.ids)]
    moved: list[Living] = []
    for thing in things:
        following = _NEXT.get(thing.state)
        if following:
            draft.update(thing, state=following)
            moved.append(_living(draft, thing.id))
    if not moved:
        states = ", ".join(dict.fromkeys(thing.state for thing in things))
        raise Refused(f"There is no state after {states}. Press X to choose one.")
    return draft.finish(_state_label(moved))


def set_state(draft: Draft, command: SetState, _today: date) -> Changes:
    """Items and cards alike. The reason of a declined or retired one is kept with it; any other state clears it."""
    if command.state not in STATES:
        raise Refused(f"{quoted(command.state)} is no state. It is one of: {', '.join(STATES)}.")
    reason = clean_line(command.reason)
    if command.state == "declined" and not reason:
        raise Refused(_say_why("card" if all(draft.has("initiative", id_) for id_ in command.ids) else "item"))
    keeps = command.state in ("declined", "retired")
    things = [_living(draft, thing_id) for thing_id in dict.fromkeys(command.ids)]
    for thing in things:
        draft.update(thing, state=command.state, state_reason=reason if keeps else "")
    return draft.finish(_state_label([_living(draft, thing.id) for thing in things]), reason)


def _living(draft: Draft, thing_id: str) -> Living:
    """The item or the card with that id: what has a life of states."""
    return draft.get(Initiative, thing_id) if draft.has("initiative", thing_id) else draft.item(thing_id)


def _say_why(what: str) -> str:
    return f"Say why it is declined: the reason stays with the {what}."


def refuse_silent_decline(thing: Living) -> None:
    """Raise `Refused` for what is declined without a reason; files may bring such things, people may not."""
    if thing.state == "declined" and not thing.state_reason:
        raise Refused(_say_why("item" if isinstance(thing, BacklogItem) else "card"))


def _state_label(things: Sequence[Living]) -> str:
    states = " / ".join(dict.fromkeys(thing.state for thing in things))
    return f"{things[0].key if len(things) == 1 else _count(things)}: now {states}"


def _count(things: Sequence[Living]) -> str:
    kinds = {type(thing) for thing in things}
    what = "things" if len(kinds) > 1 else "items" if BacklogItem in kinds else "cards"
    return f"{len(things)} {what}"


def tag_items(draft: Draft, command: TagItems, _today: date) -> Changes:
    """A tag that the plan does not know yet joins its list."""
    for item_id in command.ids:
        draft.item(item_id)
    for name, new_id in _tag_names(command.add).items():
        tag_id = _tag(draft, name, new_id)
        for item_id in command.ids:
            _put_tag(draft, item_id, tag_id)
    known = {tag.name: tag.id for tag in draft.plan.tags.values()}
    for name in command.remove:
        tag_id = known.get(tag_name(name), "")
        for item_id in command.ids:
            if draft.has("item_tag", link_id(item_id, tag_id)):
                draft.delete(draft.get(ItemTag, link_id(item_id, tag_id)))
    words = [f"+{tag_name(name)}" for name in command.add] + [f"-{tag_name(name)}" for name in command.remove]
    who = draft.item(command.ids[0]).key if len(command.ids) == 1 else f"{len(command.ids)} items"
    return draft.finish(f"{who}: tags {' '.join(words)}")


def tag_name(text: str) -> str:
    """A tag as it is stored: lower case, no blanks. Raises `Refused` where nothing is left."""
    folded = clean_line(clean_line(text.lstrip("#"), TAG_LENGTH * 2).casefold(), TAG_LENGTH * 4)
    name = "-".join(folded.replace(",", " ").replace(";", " ").split())
    if not name or len(name) > TAG_LENGTH:
        raise Refused(f"{quoted(text)} is no tag. A tag is a word of 1 to {TAG_LENGTH} characters.")
    return name


def _tag_names(tags: Mapping[str, str]) -> dict[str, str]:
    # "UI" and "ui" are one tag: only one of their ids may be used.
    return {tag_name(text): new_id for text, new_id in tags.items()}


def _tag(draft: Draft, text: str, new_id: str) -> str:
    name = tag_name(text)
    for tag in draft.plan.tags.values():
        if tag.name == name:
            return tag.id
    if not draft.has("tag", new_id):
        draft.insert(Tag(id=new_id, name=name))
    return new_id


def _put_tag(draft: Draft, item_id: str, tag_id: str) -> None:
    link = link_id(item_id, tag_id)
    if not draft.has("item_tag", link):
        draft.insert(ItemTag(id=link, item_id=item_id, tag_id=tag_id))


def add_dependency(draft: Draft, command: AddDependency, _today: date) -> Changes:
    """Refused with the names where nothing could ever start; items that need it already stay as they are."""
    needed = draft.item(command.needs_id)
    _refuse_archived_item(draft, needed.id)
    items = [draft.item(item_id) for item_id in dict.fromkeys((command.item_id, *command.also))]
    new = [item for item in items if not draft.has("item_dependency", link_id(item.id, needed.id))]
    if not new:
        raise Refused(f"{name_of(items[0])} needs {name_of(needed)} already.")
    for item in new:
        link = link_id(item.id, needed.id)
        draft.insert(ItemDependency(id=link, item_id=item.id, needs_id=needed.id))
    return draft.finish(f"{_who(new)} {'needs' if len(new) == 1 else 'need'} {needed.key}")


def remove_dependency(draft: Draft, command: RemoveDependency, _today: date) -> Changes:
    """All items stay; those that did not need it stay as they are."""
    needed = draft.item(command.needs_id)
    items = [draft.item(item_id) for item_id in dict.fromkeys((command.item_id, *command.also))]
    bound = [item for item in items if draft.has("item_dependency", link_id(item.id, needed.id))]
    if not bound:
        raise Refused(f"{name_of(items[0])} does not need {name_of(needed)}.")
    for item in bound:
        draft.delete(draft.get(ItemDependency, link_id(item.id, needed.id)))
    return draft.finish(f"{_who(bound)} no longer {'needs' if len(bound) == 1 else 'need'} {needed.key}")


def set_dependencies(draft: Draft, command: SetDependencies, _today: date) -> Changes:
    """Absolute: it holds only if the item still needs what the user saw."""
    item = draft.item(command.item_id)
    had = needs_of(draft.plan).get(item.id, ())
    if set(had) != set(command.seen):
        keys = ", ".join(draft.item(id_).key for id_ in had) or "nothing"
        raise Conflict(
            f"{name_of(item)} needs {keys} now: another window changed it. Your text is kept; open the form again.",
            entity_id=item.id,
            field="needs",
            current=" ".join(had),
        )
    for needs_id in dict.fromkeys(command.needs_ids):
        if needs_id not in had:
            _refuse_archived_item(draft, needs_id)
            draft.insert(ItemDependency(id=link_id(item.id, needs_id), item_id=item.id, needs_id=needs_id))
    for needs_id in had:
        if needs_id not in command.needs_ids:
            draft.delete(draft.get(ItemDependency, link_id(item.id, needs_id)))
    keys = ", ".join(draft.item(id_).key for id_ in command.needs_ids) or "nothing"
    return draft.finish(f"{item.key} needs {keys}")


def _who(items: Sequence[BacklogItem]) -> str:
    return items[0].key if len(items) == 1 else f"{len(items)} items"


def _refuse_archived_item(draft: Draft, item_id: str) -> None:
    item = draft.item(item_id)
    if item.archived:
        raise Refused(f"{name_of(item)} is in the archive. Restore it first, or choose another item.")
