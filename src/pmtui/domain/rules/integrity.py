"""Rules that span rows, checked for every change: commands, imports and undo alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pmtui.domain.changes import Change
from pmtui.domain.entities import KEY_LETTERS, KINDS, LINK_ENDS, Entity, kind_name
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, check, specs
from pmtui.domain.plan import Plan, needs_of
from pmtui.domain.text import quoted


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
    _check_removals(after, rows)
    _check_hierarchy(after, rows)
    _check_dependencies(after, rows)
    return after


def describe(plan: Plan, kind: str, entity_id: str) -> str:
    """A thing in a sentence: its key and title, or what kind of thing it is."""
    entity = plan.find(kind, entity_id)
    return name_of(entity) if entity else f"a {kind_name(kind)}"


def name_of(entity: Entity) -> str:
    """Key and title of a thing, as `F-31 "Approval inbox"`."""
    title = getattr(entity, "title", None) or getattr(entity, "name", None)
    key = getattr(entity, "key", "")
    return " ".join(part for part in (key, quoted(title, 40) if title else "") if part) or "a link"


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
            raise Refused(f"The {spec.title} of {name_of(entity)} is not in the plan. Nothing was changed.")
    ends = LINK_ENDS.get(change.kind)
    if ends and getattr(entity, ends[0]) == getattr(entity, ends[1]):
        raise Refused(f"{describe(plan, 'backlog_item', getattr(entity, ends[0]))} cannot need itself.")


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


def _check_removals(plan: Plan, rows: Sequence[Change]) -> None:
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
                    holder = describe(plan, "backlog_item", entity.item_id) if kind in LINK_ENDS else name_of(entity)
                    raise Refused(f"{holder} still refers to what would be removed. Change that first.")


def _check_hierarchy(plan: Plan, rows: Iterable[Change]) -> None:
    items = plan.backlog_items
    rooted: set[str] = set()
    for change in rows:
        if change.kind != "backlog_item" or "parent_id" not in (change.after or {}):
            continue
        path = {change.id: None}
        parent = items[change.id].parent_id
        while parent is not None and parent not in rooted:
            if parent in path:
                names = " in ".join(name_of(items[step]) for step in [*path, parent][:6])
                raise Refused(f"An item cannot be a part of itself: {names}. Choose another parent.")
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


def find_cycle(starts: Iterable[str], following: Callable[[str], Sequence[str]]) -> list[str]:
    """The first circle reachable from *starts*, beginning and ending with the same name; [] if none."""
    done: set[str] = set()
    for start in starts:
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, turn = stack.pop()
            if turn == 0:
                if node in on_path:
                    return [*path[on_path[node] :], node]
                if node in done:
                    continue
                on_path[node] = len(path)
                path.append(node)
            ahead = following(node)
            if turn < len(ahead):
                stack.append((node, turn + 1))
                stack.append((ahead[turn], 0))
            else:
                done.add(node)
                del on_path[node]
                path.pop()
    return []
