"""Entities as rows of plain values, for tables, the journal and JSON.

A day is its ISO text and a flag 0 or 1 in a row; everything else is itself. A number is always a
float, so that the same plan gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pmtui.domain.entities import KINDS, Entity
from pmtui.domain.fields import Scalar, Spec, specs

Plain = str | int | float | None


def encode(value: Scalar) -> Plain:
    """A field's value as a plain one."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return value


def decode(spec: Spec, value: Plain) -> Scalar:
    """The field's value for a plain one. Raises ValueError where the text is no day."""
    if value is None:
        return None
    if spec.type == "day":
        return date.fromisoformat(str(value))
    if spec.type == "flag":
        return bool(value)
    if spec.type == "number":
        return float(value)
    return value


def encode_row(row: Mapping[str, Scalar]) -> dict[str, Plain]:
    """The fields of a row as plain values."""
    return {name: encode(value) for name, value in row.items()}


def decode_row(kind: str, row: Mapping[str, Plain]) -> dict[str, Scalar]:
    """The fields of a plain row of *kind*. Raises KeyError for a field that the kind has not."""
    known = specs(KINDS[kind])
    return {name: decode(known[name], value) for name, value in row.items()}


def row_of(entity: Entity) -> dict[str, Scalar]:
    """All fields of an entity by name."""
    return {name: getattr(entity, name) for name in specs(type(entity))}


def entity_of(kind: str, row: Mapping[str, Scalar]) -> Entity:
    """The entity of *kind* with these fields."""
    return KINDS[kind](**row)  # type: ignore[arg-type]  # checked by the specs, field by field
