"""What every new thing has in common: the fields that come with it are known, and point at nothing archived."""

from __future__ import annotations

from collections.abc import Mapping

from pmtui.domain.entities import KIND_OF, Entity, kind_name
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules.draft import Draft
from pmtui.domain.text import quoted

_FIXED = frozenset(("id", "key", "archived"))


def check_given(draft: Draft, entity: type[Entity], fields: Mapping[str, Scalar], *own: str) -> None:
    """Raise `Refused` for a field that *entity* has not or nobody sets this way, and for a target in the archive.

    *own* are the fields for which the command has parameters of their own.
    """
    known = specs(entity)
    for name, value in fields.items():
        if name not in known or name in _FIXED or name in own:
            what = kind_name(KIND_OF[entity])
            raise Refused(f"{'An' if what[0] in 'aeiou' else 'A'} {what} has no field {quoted(name)}.")
        if known[name].to and value is not None:
            draft.refuse_archived(known[name], str(value))


def live(plan: Plan, kind: str, entity_id: str | None) -> str | None:
    """That id, where such a thing is in the plan and not in its archive; else None."""
    entity = plan.find(kind, entity_id) if entity_id is not None else None
    return None if entity is None or getattr(entity, "archived", False) else entity_id
