"""The entities of a plan by kind. A kind's name is its table's name and its name in a JSON file."""

from __future__ import annotations

from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.common import ItemTag, Tag, View
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Dependency, Project, Task
from pmtui.domain.entities.vision import KeyResult, Objective, Product

Entity = (
    Product
    | Objective
    | KeyResult
    | Initiative
    | BacklogItem
    | ItemDependency
    | Project
    | Task
    | Dependency
    | Tag
    | ItemTag
    | View
)

KINDS: dict[str, type[Entity]] = {
    "product": Product,
    "objective": Objective,
    "key_result": KeyResult,
    "initiative": Initiative,
    "backlog_item": BacklogItem,
    "item_dependency": ItemDependency,
    "project": Project,
    "task": Task,
    "dependency": Dependency,
    "tag": Tag,
    "item_tag": ItemTag,
    "view": View,
}
"""Every kind in an order in which each refers only to itself and to those before it."""

KIND_OF: dict[type[Entity], str] = {entity: kind for kind, entity in KINDS.items()}

KEY_LETTERS: dict[str, str] = {
    "product": "P",
    "objective": "O",
    "key_result": "K",
    "initiative": "C",
    "backlog_item": "F",
    "project": "J",
    "task": "T",
}
"""The letter of a kind's short keys, as in `F-31`."""

KIND_NAMES: dict[str, str] = {"initiative": "card"}
"""What people call a kind where its name is not the word."""

LINK_ENDS: dict[str, tuple[str, str]] = {
    "item_dependency": ("item_id", "needs_id"),
    "dependency": ("predecessor_id", "successor_id"),
    "item_tag": ("item_id", "tag_id"),
}
"""Kinds that only join two things: the pair is unique, and the id is made of it."""


def kind_name(kind: str) -> str:
    """What people call a thing of *kind*: `card`, `task`, `key result`."""
    return KIND_NAMES.get(kind, kind.replace("_", " "))


def link_id(first: str, second: str) -> str:
    """The id of the link between two things: the same on every machine that makes the same link."""
    return f"{first}.{second}"
