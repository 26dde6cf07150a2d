"""A draft of changes: rules write into it, and it comes out as checked `Changes`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar, cast

from pmtui.domain.changes import Change, Changes, Row
from pmtui.domain.codec import row_of
from pmtui.domain.entities import KEY_LETTERS, KIND_OF, KINDS, Entity, kind_name
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, Spec, specs
from pmtui.domain.plan import Plan, derived, key_order
from pmtui.domain.rules.integrity import name_of, verify

E = TypeVar("E", bound=Entity)


class Draft:
    """The plan as it would be, while a rule is still deciding."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._after: dict[tuple[str, str], Entity | None] = {}
        self._keys: dict[str, int] = {}

    def get(self, entity: type[E], entity_id: str) -> E:
        """The entity as drafted. Raises `Refused` where it is not (or no longer) in the plan."""
        kind = KIND_OF[cast("type[Entity]", entity)]
        found = self._after.get((kind, entity_id), self.plan.find(kind, entity_id))
        if found is None:
            raise Refused(f"That {kind_name(kind)} is no longer in the plan. Another window may have removed it.")
        return cast("E", found)

    def has(self, kind: str, entity_id: str) -> bool:
        """Whether the draft holds such an entity."""
        return self._after.get((kind, entity_id), self.plan.find(kind, entity_id)) is not None

    def item(self, item_id: str) -> BacklogItem:
        """The backlog item as drafted."""
        return self.get(BacklogItem, item_id)

    def insert(self, entity: Entity) -> None:
        """Add an entity; one that has no short key yet is given the next one."""
        kind = KIND_OF[type(entity)]
        if kind in KEY_LETTERS:
            entity = self._with_key(kind, entity)
        if whole := _as_floats(kind, row_of(entity)):
            entity = replace(entity, **whole)  # type: ignore[arg-type]  # its own fields
        if self.has(kind, entity.id):
            raise Refused("A thing with this id is in the plan already. Nothing was added.")
        self._after[kind, entity.id] = entity

    def update(self, entity: Entity, **values: Scalar) -> None:
        """Give fields of a drafted entity new values."""
        kind = KIND_OF[type(entity)]
        values |= _as_floats(kind, values)
        changed = replace(entity, **values)  # type: ignore[arg-type]  # the specs check each value
        self._after[kind, entity.id] = changed

    def delete(self, entity: Entity) -> None:
        """Remove an entity."""
        self._after[KIND_OF[type(entity)], entity.id] = None

    def finish(self, label: str, reason: str = "") -> Changes:
        """The changes drafted, checked against every rule that spans rows; none where nothing differs."""
        rows = tuple(
            change
            for (kind, entity_id), after in self._after.items()
            if (change := _difference(kind, entity_id, self.plan.find(kind, entity_id), after))
        )
        verify(self.plan, rows)
        return Changes(rows, label, reason)

    def refuse_archived(self, spec: Spec, entity_id: str) -> None:
        """Raise `Refused` where the target of a reference is in the archive."""
        target = self.plan.find(spec.to, entity_id)
        if target is not None and getattr(target, "archived", False):
            raise Refused(f"{name_of(target)} is in the archive. Restore it first, or choose another {spec.title}.")

    def _with_key(self, kind: str, entity: Entity) -> Entity:
        """The entity with a key; one that brings its own moves the next key behind it."""
        highest = self._keys.get(kind)
        if highest is None:
            highest = _HIGHEST_KEYS[kind](self.plan)
        brought = getattr(entity, "key", "")
        self._keys[kind] = max(highest, key_order(brought)[1]) if brought else highest + 1
        return entity if brought else replace(entity, key=f"{KEY_LETTERS[kind]}-{highest + 1}")  # type: ignore[arg-type]


def _highest(kind: str) -> Callable[[Plan], int]:
    @derived(kind)
    def highest(plan: Plan) -> int:
        return max((key_order(entity.key)[1] for entity in plan.of(kind).values()), default=0)

    return highest


_HIGHEST_KEYS = {kind: _highest(kind) for kind in KEY_LETTERS}
"""The highest number that a key of each kind has."""


def _as_floats(kind: str, values: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """The whole numbers among *values* as floats: a number is always one, so that a plan has one text."""
    known = specs(KINDS[kind])
    return {
        name: float(value)
        for name, value in values.items()
        if type(value) is int and name in known and known[name].type == "number"
    }


def _difference(kind: str, entity_id: str, before: Entity | None, after: Entity | None) -> Change | None:
    if before is None or after is None:
        if before is after:
            return None
        old: Row | None = row_of(before) if before else None
        return Change(kind, entity_id, old, row_of(after) if after else None)
    changed = [name for name in specs(KINDS[kind]) if getattr(before, name) != getattr(after, name)]
    if not changed:
        return None
    return Change(
        kind,
        entity_id,
        {name: getattr(before, name) for name in changed},
        {name: getattr(after, name) for name in changed},
    )
