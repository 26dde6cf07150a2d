"""Rules that span rows, checked for every change: commands, imports and undo alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pmtui.domain.changes import Change
from pmtui.domain.entities import KEY_LETTERS, KINDS, LINK_ENDS, Entity, link_id
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, check, specs
from pmtui.domain.plan import Plan, needs_of
from pmtui.domain.rules.circles import find_cycle
from pmtui.domain.rules.integrity_roadmap import check_roadmap
from pmtui.domain.rules.names import describe, name_of
from pmtui.domain.rules.network import check_network
from pmtui.domain.text import quoted

__all__ = ["describe", "find_cycle", "name_of", "verify"]


def verify(plan: Plan, rows: Sequence[Change]) -> Plan:
    """The plan after *rows*. Raises `Refused` where they would leave it in contradiction."""
    try:
        after = plan.apply(rows)
    except KeyError:
        raise Refused("Something that this step changes is no longer in the plan. Nothing was changed.") from None
    for change in rows:
        if change.after is not None:
            _check_fields(after, change)
    _check_unique(after, rows)
    _check_removals(plan, after, rows)
    for kind in ("backlog_item", "task"):
        _check_hierarchy(after, kind, rows)
    _check_dependencies(after, rows)
    check_network(plan, after, rows)
    check_roadmap(after, rows)
    return after


def _check_fields(plan: Plan, change: Change) -> None:
    entity = plan.of(change.kind)[change.id]
    known = specs(KINDS[change.kind])
    for name in change.after or ():
        spec = known[name]
        value = getattr(entity, name)
        check(spec, value)
        if spec.type == "key" and not _is_key(change.kind, str(value)):
            raise Refused(f"{quoted(str(value))} is no key. Keys look like {KEY_LETTERS[change.kind]}-31.")
        if spec.to and value is not None and value not in plan.of(spec.to):
            who = describe(plan, change.kind, change.id)
            raise Refused(f"The {spec.title} of {who} is not in the plan. Nothing was changed.")
    if change.kind in LINK_ENDS:
        _check_ends(plan, change.kind, entity)


def _check_ends(plan: Plan, kind: str, link: Entity) -> None:
    first, second = (getattr(link, name) for name in LINK_ENDS[kind])
    if first == second:
        verb = "wait for" if kind == "dependency" else "need"
        raise Refused(f"{describe(plan, specs(KINDS[kind])[LINK_ENDS[kind][0]].to, first)} cannot {verb} itself.")
    if link.id != link_id(first, second):
        raise Refused(f"The id of {describe(plan, kind, link.id)} is not made of its ends. Make the link anew.")


def _is_key(kind: str, key: str) -> bool:
    letter, dash, digits = key.partition("-")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= 9 and digits[0] != "0"
    return letter == KEY_LETTERS[kind] and dash == "-" and is_number


def _check_unique(plan: Plan, rows: Sequence[Change]) -> None:
    for kind in dict.fromkeys(change.kind for change in rows):
        unique = [name for name, spec in specs(KINDS[kind]).items() if spec.unique and name != "id"]
        for name in unique:
            touched = {
                (change.after or {})[name]: change.id
                for change in rows
                if change.kind == kind and (change.after or {}).get(name) is not None
            }
            if touched:
                _check_one_unique(plan, kind, name, touched)


def _check_one_unique(plan: Plan, kind: str, name: str, touched: Mapping[Scalar, str]) -> None:
    seen: dict[Scalar, Entity] = {}
    for entity in plan.of(kind).values():
        value = getattr(entity, name)
        if value not in touched:
            continue
        other = seen.setdefault(value, entity)
        if other is not entity:
            title = specs(KINDS[kind])[name].title
            raise Refused(
                f"The {title} {quoted(str(value))} would belong to {name_of(other)} and to {name_of(entity)}. "
                "Nothing was changed."
            )


_SAID_OF_LINKS = {
    "item_tag": ("item_id", "carries the tag", "tag_id", "it"),
    "item_dependency": ("item_id", "needs", "needs_id", "that link"),
    "dependency": ("successor_id", "waits for", "predecessor_id", "that link"),
}
"""For each kind of link the end that says it, in what words, of which other end, and what to take off."""


def _check_removals(before: Plan, plan: Plan, rows: Sequence[Change]) -> None:
    gone: dict[str, set[str]] = {}
    for change in rows:
        if change.after is None:
            gone.setdefault(change.kind, set()).add(change.id)
    if not gone:
        return
    for kind, entity_class in KINDS.items():
        refs = [(name, spec.to) for name, spec in specs(entity_class).items() if spec.to in gone]
        for entity in plan.of(kind).values() if refs else ():
            for name, to in refs:
                if getattr(entity, name) in gone[to]:
                    raise Refused(_who_holds(before, kind, entity, name))


def _who_holds(before: Plan, kind: str, entity: Entity, name: str) -> str:
    """What still refers to a thing that would be removed, told from the plan that has both."""

    def end(field: str) -> str:
        return describe(before, specs(KINDS[kind])[field].to, getattr(entity, field))

    if kind in _SAID_OF_LINKS:
        holder, words, held, what = _SAID_OF_LINKS[kind]
        return f"{end(holder)} {words} {end(held)}. Take {what} off first."
    return f"The {specs(KINDS[kind])[name].title} of {name_of(entity)} is {end(name)}. Change that first."


def _check_hierarchy(plan: Plan, kind: str, rows: Iterable[Change]) -> None:
    items = plan.of(kind)
    rooted: set[str] = set()
    for change in rows:
        if change.kind != kind or "parent_id" not in (change.after or {}):
            continue
        path = {change.id: None}
        parent = items[change.id].parent_id
        while parent is not None and parent not in rooted:
            if parent in path:
                names = " in ".join(name_of(items[step]) for step in [*path, parent][:6])
                what = "A task" if kind == "task" else "An item"
                raise Refused(f"{what} cannot be a part of itself: {names}. Choose another parent.")
            path[parent] = None
            parent = items[parent].parent_id
        rooted.update(path)


def _check_dependencies(plan: Plan, rows: Iterable[Change]) -> None:
    starts = [c.after["item_id"] for c in rows if c.kind == "item_dependency" and c.after and c.before is None]
    if not starts:
        return
    cycle = find_cycle((str(start) for start in starts), lambda item: needs_of(plan).get(item, ()))
    if cycle:
        names = " needs ".join(name_of(plan.backlog_items[step]) for step in cycle[:6])
        more = f" … ({len(cycle) - 1} items in the circle)" if len(cycle) > 6 else ""
        raise Refused(f"Nothing could ever start: {names}{more}. Take one of these links away.")
