"""The plan: an immutable value. Every change makes a new one that shares what did not change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pmtui.domain.codec import entity_of
from pmtui.domain.entities import KEY_LETTERS, Entity
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.common import ItemTag, Tag, View
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Dependency, Project, Task
from pmtui.domain.entities.vision import KeyResult, Objective, Product

if TYPE_CHECKING:
    from pmtui.domain.changes import Change

T = TypeVar("T")
Rows = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that people have decided, per kind by id, as of one journal number."""

    seq: int = 0
    """The number of the last journal entry that this plan includes."""
    kinds: Mapping[str, Rows] = field(default_factory=dict)
    memo: dict[Any, tuple[tuple[Rows, ...], Any]] = field(default_factory=dict, repr=False)
    """What `derived` functions remember."""

    def of(self, kind: str) -> Rows:
        """All entities of *kind* by id."""
        return self.kinds.get(kind, _NONE)

    @property
    def products(self) -> Mapping[str, Product]:
        """Products by id."""
        return self.of("product")

    @property
    def objectives(self) -> Mapping[str, Objective]:
        """Objectives by id."""
        return self.of("objective")

    @property
    def key_results(self) -> Mapping[str, KeyResult]:
        """Key results by id."""
        return self.of("key_result")

    @property
    def initiatives(self) -> Mapping[str, Initiative]:
        """Roadmap cards by id, the archived ones too."""
        return self.of("initiative")

    @property
    def backlog_items(self) -> Mapping[str, BacklogItem]:
        """Backlog items by id, the archived ones too."""
        return self.of("backlog_item")

    @property
    def item_dependencies(self) -> Mapping[str, ItemDependency]:
        """Dependencies between items by id."""
        return self.of("item_dependency")

    @property
    def projects(self) -> Mapping[str, Project]:
        """Projects by id, the archived ones too."""
        return self.of("project")

    @property
    def tasks(self) -> Mapping[str, Task]:
        """Tasks by id, the archived ones too."""
        return self.of("task")

    @property
    def dependencies(self) -> Mapping[str, Dependency]:
        """Dependencies between tasks by id."""
        return self.of("dependency")

    @property
    def tags(self) -> Mapping[str, Tag]:
        """Tags by id."""
        return self.of("tag")

    @property
    def item_tags(self) -> Mapping[str, ItemTag]:
        """Which item carries which tag, by id of the link."""
        return self.of("item_tag")

    @property
    def views(self) -> Mapping[str, View]:
        """Saved views by id."""
        return self.of("view")

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is planned yet."""
        return not any(self.kinds.values())

    def apply(self, changes: Iterable[Change], seq: int | None = None) -> Plan:
        """The plan with *changes* made. Raises KeyError where a row to change does not exist."""
        touched: dict[str, dict[str, Any]] = {}
        for change in changes:
            rows = touched.get(change.kind)
            if rows is None:
                rows = touched[change.kind] = dict(self.of(change.kind))
            if change.after is None:
                del rows[change.id]
            elif change.before is None:
                rows[change.id] = entity_of(change.kind, change.after)
            else:
                rows[change.id] = replace(rows[change.id], **change.after)
        kinds = {**self.kinds, **touched} if touched else self.kinds
        return Plan(self.seq if seq is None else seq, kinds, dict(self.memo))

    def find(self, kind: str, entity_id: str) -> Entity | None:
        """The entity of *kind* with that id."""
        return cast("Entity | None", self.of(kind).get(entity_id))


_NONE: Rows = {}


def derived(*kinds: str) -> Callable[[Callable[[Plan], T]], Callable[[Plan], T]]:
    """Make a function of a plan remember its answer for as long as the rows of *kinds* are the same.

    The function must depend on nothing but those kinds.
    """

    def decorate(function: Callable[[Plan], T]) -> Callable[[Plan], T]:
        def remembered(plan: Plan) -> T:
            rows = tuple(plan.of(kind) for kind in kinds)
            known = plan.memo.get(remembered)
            if known is not None and all(a is b for a, b in zip(known[0], rows, strict=True)):
                return cast("T", known[1])
            answer = function(plan)
            plan.memo[remembered] = (rows, answer)
            return answer

        remembered.__doc__ = function.__doc__
        remembered.__name__ = function.__name__
        return remembered

    return decorate


def per_row(kind: str) -> Callable[[Callable[[Any], T]], Callable[[Plan], Mapping[str, T]]]:
    """Make a function of one row answer for all rows of *kind*, by id in the order of the plan.

    After an edit only the rows that changed are asked again. The function must depend on nothing
    but its row.
    """

    def decorate(function: Callable[[Any], T]) -> Callable[[Plan], Mapping[str, T]]:
        def remembered(plan: Plan) -> Mapping[str, T]:
            rows = plan.of(kind)
            known = plan.memo.get(remembered)
            if known is None:
                answer = {id_: function(row) for id_, row in rows.items()}
            elif known[0][0] is rows:
                return cast("Mapping[str, T]", known[1])
            else:
                before, old = known[0][0], known[1]
                answer = {id_: old[id_] if before.get(id_) is row else function(row) for id_, row in rows.items()}
            plan.memo[remembered] = ((rows,), answer)
            return answer

        remembered.__doc__ = function.__doc__
        remembered.__name__ = function.__name__
        return remembered

    return decorate


@derived("backlog_item")
def children(plan: Plan) -> Mapping[str | None, tuple[str, ...]]:
    """The ids of the items below each item, in the order of their keys; `None` has the topmost ones."""
    below: dict[str | None, list[BacklogItem]] = {}
    for item in plan.backlog_items.values():
        below.setdefault(item.parent_id, []).append(item)
    return {
        parent: tuple(item.id for item in sorted(items, key=lambda i: key_order(i.key)))
        for parent, items in below.items()
    }


@derived("item_tag", "tag")
def tags_of(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """The names of the tags of each item that has any, in alphabetical order."""
    names: dict[str, list[str]] = {}
    for link in plan.item_tags.values():
        names.setdefault(link.item_id, []).append(plan.tags[link.tag_id].name)
    return {item: tuple(sorted(found)) for item, found in names.items()}


@derived("item_dependency")
def needs_of(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """The ids of the items that each item needs first."""
    needs: dict[str, list[str]] = {}
    for link in plan.item_dependencies.values():
        needs.setdefault(link.item_id, []).append(link.needs_id)
    return {item: tuple(found) for item, found in needs.items()}


@derived("item_dependency")
def needed_by(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """The ids of the items that wait for each item."""
    waiting: dict[str, list[str]] = {}
    for link in plan.item_dependencies.values():
        waiting.setdefault(link.needs_id, []).append(link.item_id)
    return {item: tuple(found) for item, found in waiting.items()}


@derived(*KEY_LETTERS)
def by_key(plan: Plan) -> Mapping[str, tuple[str, str]]:
    """Kind and id of each thing that has a short key, by the key in upper case."""
    return {entity.key.upper(): (kind, entity.id) for kind in KEY_LETTERS for entity in plan.of(kind).values()}


def kind_of(plan: Plan, entity_id: str) -> str:
    """The kind of the thing with that id that has a short key; "" where the plan has none."""
    return next((kind for kind in KEY_LETTERS if entity_id in plan.of(kind)), "")


def key_order(key: str) -> tuple[str, int]:
    """What sorts `F-9` before `F-10`."""
    letter, _, digits = key.partition("-")
    return letter, int(digits) if digits.isdecimal() else 0


def resolve(plan: Plan, reference: str) -> tuple[str, str] | None:
    """Kind and id of what a person means: a short key, a whole id, an external id or a unique start of an id.

    An external id may be given without its source where that is unique. None if there is no such
    thing or more than one.
    """
    found = by_key(plan).get(reference.upper())
    if found or not reference:
        return found
    external = [
        (kind, entity.id)
        for kind in KEY_LETTERS
        for entity in plan.of(kind).values()
        if entity.external_id and reference in (entity.external_id, entity.external_id.partition(":")[2])
    ]
    if external:
        return external[0] if len(external) == 1 else None
    lower = reference.lower()
    starts = [(kind, id_) for kind in KEY_LETTERS for id_ in plan.of(kind) if id_.startswith(lower)]
    return starts[0] if len(starts) == 1 and len(lower) >= 4 else None
