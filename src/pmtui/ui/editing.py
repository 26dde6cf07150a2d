"""Fields as people type them: a value as text, and text as a value."""

from __future__ import annotations

from datetime import date

from pmtui.domain.commands import FieldEdit
from pmtui.domain.entities import KINDS, Entity
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, Spec, shown, specs
from pmtui.domain.numbers import parse_day, parse_number, parse_share
from pmtui.domain.plan import Plan, resolve
from pmtui.domain.text import clean_line, clean_notes, quoted


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


def parse_field(plan: Plan, kind: str, name: str, text: str, today: date) -> Scalar:
    """The value that a typed text means. Raises `Refused` with a sentence where it means none."""
    spec = specs(KINDS[kind])[name]
    if spec.type == "notes":
        return clean_notes(text)
    typed = clean_line(text)
    if spec.type == "text":
        return typed or (None if spec.absent else "")
    if not typed and spec.nullable:
        return None
    match spec.type:
        case "number":
            return parse_share(typed, spec.title) if name == "confidence" else parse_number(typed, spec.title)
        case "day":
            return parse_day(typed, today, spec.title)
        case "ref":
            return _reference(plan, spec, typed)
        case "flag":
            return typed.casefold() in ("yes", "y", "1", "true")
        case _:
            return _one_of(spec, typed)


def _one_of(spec: Spec, typed: str) -> str:
    wanted = typed.casefold()
    if wanted in ("", "-", "none") and "" in spec.choices:
        return ""
    starts = [str(choice) for choice in spec.choices if choice and str(choice).startswith(wanted)]
    if wanted in starts:
        return wanted
    if len(starts) == 1 and wanted:
        return starts[0]
    known = ", ".join(str(choice) or "none" for choice in spec.choices)
    raise Refused(f"{quoted(typed)} is no {spec.title}. It is one of: {known}.")


def _reference(plan: Plan, spec: Spec, typed: str) -> str:
    found = resolve(plan, typed)
    if found is None or found[0] != spec.to:
        what = spec.to.replace("_", " ")
        raise Refused(f"There is no {what} {quoted(typed)}. Type its key, as {_example(plan, spec.to)}.")
    return found[1]


def _example(plan: Plan, kind: str) -> str:
    return next((str(entity.key) for entity in plan.of(kind).values()), "F-1" if kind == "backlog_item" else "O-1")


def field_edit(plan: Plan, entity: Entity, kind: str, name: str, text: str, today: date) -> FieldEdit:
    """The edit that gives a field of *entity*, as the user saw it, the value typed."""
    return FieldEdit(kind, entity.id, name, getattr(entity, name), parse_field(plan, kind, name, text, today))
