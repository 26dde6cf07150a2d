"""Commands on backlog items. Those that name ids act on all of them as one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pmtui.domain.entities.backlog import State
from pmtui.domain.fields import Scalar


@dataclass(frozen=True, slots=True)
class AddItem:
    """A new backlog item. Its short key is given when it is stored."""

    id: str
    title: str
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    """Further fields of the item by name, as `{"value": 8.0, "parent_id": "..."}`."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Names of its tags, each with the id that the tag gets if the plan does not know it yet."""


@dataclass(frozen=True, slots=True)
class NudgeScore:
    """Move a score by a number of its steps from wherever it is now; an unscored one starts in the middle."""

    ids: tuple[str, ...]
    field: str
    steps: int


@dataclass(frozen=True, slots=True)
class AdvanceState:
    """Take items to the next state of their life: idea, candidate, planned, in progress, launched, retired."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetState:
    """Put items into a state; `declined` asks for a reason."""

    ids: tuple[str, ...]
    state: State
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TagItems:
    """Put tags on items and take tags off them."""

    ids: tuple[str, ...]
    add: Mapping[str, str] = field(default_factory=dict)
    """Names of tags, each with the id that the tag gets if the plan does not know it yet."""
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddDependency:
    """An item needs another one first."""

    item_id: str
    needs_id: str
    also: tuple[str, ...] = ()
    """Further items that need it too, in the same step."""


@dataclass(frozen=True, slots=True)
class SetDependencies:
    """An item needs exactly these others first."""

    item_id: str
    needs_ids: tuple[str, ...]
    seen: tuple[str, ...]
    """What it needed when the user looked; a conflict arises where that is gone."""


@dataclass(frozen=True, slots=True)
class RemoveDependency:
    """An item no longer needs the other one."""

    item_id: str
    needs_id: str
    also: tuple[str, ...] = ()
    """Further items that no longer need it either, in the same step."""
