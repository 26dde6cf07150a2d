"""Commands that every subject shares."""

from __future__ import annotations

from dataclasses import dataclass

from pmtui.domain.entities import Entity
from pmtui.domain.fields import Scalar


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field gets a value; `seen` is what the user saw there, and a conflict arises where that is gone."""

    kind: str
    id: str
    field: str
    seen: Scalar
    value: Scalar


@dataclass(frozen=True, slots=True)
class EditFields:
    """Set fields of one or many things, all or none."""

    edits: tuple[FieldEdit, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """Take things out of sight, with all that is part of them."""

    kind: str
    ids: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Restore:
    """Bring archived things back, with all that is part of them."""

    kind: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaveView:
    """Keep a filter and its sort order under a name; an existing view of that name is changed."""

    id: str
    """The id of the view if it is new."""
    name: str
    filter: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class RemoveView:
    """Forget a saved view."""

    id: str


@dataclass(frozen=True, slots=True)
class ImportEntities:
    """What a file brings: new things and changed fields, all or none, as one step."""

    label: str
    inserts: tuple[Entity, ...]
    """Whole entities; those whose kind has short keys and whose key is "" are given the next one."""
    edits: tuple[FieldEdit, ...] = ()
    removes: tuple[tuple[str, str], ...] = ()
    """Kind and id of links that the file no longer has."""
