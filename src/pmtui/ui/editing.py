"""Fields as people type them: a value as text, and text as a value."""

from __future__ import annotations

from datetime import date

from pmtui.domain.commands import FieldEdit
from pmtui.domain.entities import Entity
from pmtui.domain.fields import Scalar, shown, specs
from pmtui.domain.plan import Plan
from pmtui.domain.values import read_value


def field_text(plan: Plan, entity: Entity, name: str) -> str:
    """A field's value as it is typed: a reference as its short key, nothing as an empty text."""
    value: Scalar = getattr(entity, name)
    spec = specs(type(entity))[name]
    if value is None or value == "":
        return ""
    if spec.to:
        target = plan.find(spec.to, str(value))
        return str(getattr(target, "key", "")) or str(value)
    if name == "confidence" and isinstance(value, float):
        return f"{value * 100:.6g}%"
    return value if isinstance(value, str) else shown(value)


def field_edit(plan: Plan, entity: Entity, kind: str, name: str, text: str, today: date) -> FieldEdit:
    """The edit that gives a field of *entity*, as the user saw it, the value typed. Raises `Refused`."""
    return FieldEdit(kind, entity.id, name, getattr(entity, name), read_value(kind, name, text, plan, today))
