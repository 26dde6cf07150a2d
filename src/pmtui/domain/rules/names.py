"""What things are called in the sentences of the rules."""

from __future__ import annotations

from pmtui.domain.entities import KINDS, LINK_ENDS, Entity, kind_name
from pmtui.domain.fields import specs
from pmtui.domain.plan import Plan
from pmtui.domain.text import quoted


def name_of(entity: Entity) -> str:
    """Key and title of a thing, as `F-31 "Approval inbox"`."""
    title = getattr(entity, "title", None) or getattr(entity, "name", None)
    key = getattr(entity, "key", "")
    return " ".join(part for part in (key, quoted(title, 40) if title else "") if part) or "a link"


def describe(plan: Plan, kind: str, entity_id: str) -> str:
    """A thing in a sentence: its key and title, the two ends of a link, or what kind of thing it is."""
    entity = plan.find(kind, entity_id)
    if entity is None:
        return f"a {kind_name(kind)}"
    if kind in LINK_ENDS:
        first, second = (_end(plan, kind, entity, name) for name in LINK_ENDS[kind])
        return f"the link between {first} and {second}"
    return name_of(entity)


def _end(plan: Plan, kind: str, link: Entity, name: str) -> str:
    end = plan.find(specs(KINDS[kind])[name].to, getattr(link, name))
    return quoted(getattr(link, name), 40) if end is None else getattr(end, "key", "") or name_of(end)
