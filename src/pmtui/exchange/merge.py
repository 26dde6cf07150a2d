"""From what a file holds to one command: what is new, what differs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pmtui.domain.codec import entity_of
from pmtui.domain.commands import FieldEdit, ImportEntities
from pmtui.domain.entities import KEY_LETTERS, KINDS, Entity
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.fields import Scalar, specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules.integrity import name_of
from pmtui.exchange.circles import circles
from pmtui.exchange.findings import Collector

FIXED = frozenset(("id", "key"))
WAITING = frozenset(("item_dependency", "dependency"))
"""Links by which one thing waits for another."""
SHOWN_STEPS = 6
"""Steps of a circle that are spelled out."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One entity as the file has it: only the fields that the file says something about."""

    kind: str
    id: str
    """The id of the plan's entity that it is, or a new one."""
    values: Mapping[str, Scalar]
    line: int | None = None
    defaults: Mapping[str, Scalar] = field(default_factory=dict)
    """Fields that a new entity gets beside those of the file."""


@dataclass(slots=True)
class Merged:
    """What the file changes in the plan."""

    inserts: list[Entity] = field(default_factory=list)
    edits: list[FieldEdit] = field(default_factory=list)
    removes: list[tuple[str, str]] = field(default_factory=list)
    created: int = 0
    """New things: everything but tags and links."""
    updated: int = 0
    unchanged: int = 0
    links: int = 0
    """Links that are new in the plan: parents and dependencies."""
    changed_links: int = 0
    """Dependencies whose type or lag is another one in the file."""

    def command(self, name: str) -> ImportEntities:
        """The one step that makes these changes."""
        parts = [f"{self.created} new" if self.created else "", f"{self.updated} changed" if self.updated else ""]
        links = self.inserts or self.removes or self.changed_links
        what = ", ".join(part for part in parts if part) or ("links" if links else "nothing new")
        return ImportEntities(f"imported {name}: {what}", tuple(self.inserts), tuple(self.edits), tuple(self.removes))


def merge(plan: Plan, brought: Iterable[Brought], collector: Collector) -> Merged:
    """Compare what the file has with the plan. Keys that are taken already are given anew, and said so."""
    merged = Merged()
    keys = {kind: {entity.key: entity for entity in plan.of(kind).values()} for kind in KEY_LETTERS}
    for one in brought:
        current: Entity | None = plan.find(one.kind, one.id)
        if current is None:
            values = {**one.defaults, **one.values, "id": one.id}
            if one.kind in KEY_LETTERS:
                values["key"] = _key(one, keys[one.kind], collector)
            entity = entity_of(one.kind, values)
            if values.get("key"):
                keys[one.kind][str(values["key"])] = entity
            merged.inserts.append(entity)
            merged.created += one.kind in KEY_LETTERS or one.kind == "view"
            merged.links += one.kind in WAITING or values.get("parent_id") is not None
        else:
            _compare(one, current, merged, collector)
    return merged


def _key(one: Brought, taken: Mapping[str, Entity], collector: Collector) -> str:
    key = str(one.values.get("key") or "")
    if not key:
        return ""
    title = one.values.get("title") or one.values.get("name") or ""
    if not _is_key(one.kind, key):
        collector.note(f"{key} is no short key here; {_short(title)} gets the next one.", one.line)
    elif key in taken:
        collector.note(f"{key} is {name_of(taken[key])} already; {_short(title)} gets the next key.", one.line)
    else:
        return key
    return ""


def _short(title: Scalar) -> str:
    text = str(title)
    return f'"{text if len(text) <= 40 else text[:39] + "…"}"'


def _is_key(kind: str, key: str) -> bool:
    letter, dash, digits = key.partition("-")
    plain = digits.isascii() and digits.isdecimal() and not digits.startswith("0") and len(digits) <= 9
    return bool(letter == KEY_LETTERS[kind] and dash and plain)


def _compare(one: Brought, current: Entity, merged: Merged, collector: Collector) -> None:
    edits: list[FieldEdit] = []
    for name, value in one.values.items():
        seen = getattr(current, name)
        if seen == value:
            continue
        if name == "key" and value:
            collector.note(f"{name_of(current)} has the key {value} in the file; it keeps the one it has.", one.line)
        elif name not in FIXED:
            edits.append(FieldEdit(one.kind, one.id, name, seen, value))
            merged.links += name == "parent_id" and value is not None
    merged.edits += edits
    if one.kind in WAITING:
        merged.changed_links += bool(edits)
    if one.kind in KEY_LETTERS or one.kind == "view":
        merged.updated += bool(edits)
        merged.unchanged += not edits


def report_circles(plan: Plan, merged: Merged, lines: Mapping[str, int | None], collector: Collector) -> None:
    """An error for every circle that parents or dependencies would make: which link is wrong only people know."""
    removed = set(merged.removes)
    parents = {item.id: [item.parent_id] for item in plan.backlog_items.values() if item.parent_id}
    names: dict[str, str] = {item.id: name_of(item) for item in plan.backlog_items.values()}
    needs: dict[str, list[str]] = {}
    for link in plan.item_dependencies.values():
        if ("item_dependency", link.id) not in removed:
            needs.setdefault(link.item_id, []).append(link.needs_id)
    for entity in merged.inserts:
        if isinstance(entity, ItemDependency):
            needs.setdefault(entity.item_id, []).append(entity.needs_id)
        elif isinstance(entity, BacklogItem):
            names[entity.id] = name_of(entity)
            parents[entity.id] = [entity.parent_id] if entity.parent_id else []
    for edit in merged.edits:
        if edit.kind == "backlog_item" and edit.field == "parent_id":
            parents[edit.id] = [str(edit.value)] if edit.value else []
    for circle in circles(parents):
        _report(circle, "An item cannot be a part of itself: ", " is in ", (names, lines), collector)
    for circle in circles(needs):
        _report(circle, "Nothing could ever start: ", " needs ", (names, lines), collector)


def _report(
    circle: Sequence[str],
    head: str,
    joint: str,
    known: tuple[Mapping[str, str], Mapping[str, int | None]],
    collector: Collector,
) -> None:
    names, lines = known
    shown = [_at(names[step], lines.get(step)) for step in circle[:SHOWN_STEPS]]
    more = f" … and so on, {len(circle)} items in all, back to it" if len(circle) > SHOWN_STEPS else ""
    text = joint.join([*shown, *(() if more else (names[circle[0]],))])
    collector.error(f"{head}{text}{more}. Take one of these links out of the file.", lines.get(circle[0]))


def _at(name: str, line: int | None) -> str:
    return name if line is None else f"{name} (line {line})"


def complete(kind: str, values: Mapping[str, Scalar]) -> list[str]:
    """The titles of the fields that a new entity of *kind* needs and that *values* has not."""
    return [
        spec.title
        for name, spec in specs(KINDS[kind]).items()
        if spec.required and name not in ("id", "key") and values.get(name) in (None, "")
    ]
