"""Rules that every subject shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pmtui.domain.changes import Changes
from pmtui.domain.commands.common import Archive, EditFields, FieldEdit, ImportEntities, RemoveView, Restore, SaveView
from pmtui.domain.entities import KINDS, kind_name
from pmtui.domain.entities.common import View
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.fields import Spec, shown, specs
from pmtui.domain.plan import children
from pmtui.domain.rules.backlog import refuse_silent_decline, tag_name
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.integrity import describe, name_of
from pmtui.domain.text import clean_line, quoted

FIXED = frozenset(("id", "key"))
"""Fields that nobody edits."""


def edit_fields(draft: Draft, command: EditFields, _today: date) -> Changes:
    """Absolute values: each holds only if the field is still what the user saw."""
    for edit in command.edits:
        _edit(draft, edit)
    for edit in command.edits:
        if edit.kind == "backlog_item" and edit.field == "state":
            refuse_silent_decline(draft.item(edit.id))
    return draft.finish(_label(draft, command.edits), command.reason)


def _edit(draft: Draft, edit: FieldEdit) -> None:
    entity = draft.get(KINDS[edit.kind], edit.id)
    spec = specs(KINDS[edit.kind]).get(edit.field)
    if spec is None or edit.field in FIXED:
        raise Refused(f"There is no field {quoted(edit.field)} to edit.")
    current = getattr(entity, edit.field)
    if current == edit.value:
        return
    if current != edit.seen:
        raise Conflict(
            f"The {spec.title} of {name_of(entity)} is {_word(draft, spec, current)} now; "
            f"you saw {_word(draft, spec, edit.seen)} and typed {_word(draft, spec, edit.value)}. "
            "Another window changed it. Your text is kept: look, then choose.",
            entity_id=edit.id,
            field=edit.field,
            current=current,
        )
    if spec.to and edit.value is not None:
        draft.refuse_archived(spec, str(edit.value))
    is_tag = edit.kind == "tag" and edit.field == "name"
    draft.update(entity, **{edit.field: tag_name(str(edit.value)) if is_tag else edit.value})


def _word(draft: Draft, spec: Spec, value: object) -> str:
    if spec.to and isinstance(value, str):
        return describe(draft.plan, spec.to, value)
    if isinstance(value, str) and value:
        return quoted(value, 40)
    return "empty" if value in (None, "") else shown(value)  # type: ignore[arg-type]


def _label(draft: Draft, edits: Sequence[FieldEdit]) -> str:
    if not edits:
        return "no change"
    first = edits[0]
    spec = specs(KINDS[first.kind]).get(first.field)
    title = spec.title if spec else first.field
    if len(edits) == 1 and spec:
        value = _word(draft, spec, first.value)
        return f"{_key(draft, first)}: {title} {_word(draft, spec, first.seen)} to {value}"
    things = dict.fromkeys((edit.kind, edit.id) for edit in edits)
    fields = dict.fromkeys(edit.field for edit in edits)
    if len(things) == 1:
        return f"{_key(draft, first)}: {len(fields)} fields"
    return f"{len(things)} things: {title}" + (f" to {shown(first.value)}" if _same_value(edits) else "")


def _same_value(edits: Sequence[FieldEdit]) -> bool:
    return len({(edit.field, edit.value) for edit in edits}) == 1


def _key(draft: Draft, edit: FieldEdit) -> str:
    entity = draft.plan.find(edit.kind, edit.id)
    return getattr(entity, "key", "") or (name_of(entity) if entity else edit.kind)


def archive(draft: Draft, command: Archive, _today: date) -> Changes:
    """Everything below goes with it, each row spelled out, so that the journal sees them all."""
    return _set_archived(draft, command.kind, command.ids, archived=True, reason=command.reason)


def restore(draft: Draft, command: Restore, _today: date) -> Changes:
    """Everything below comes back with it; a parent in the archive comes back too."""
    return _set_archived(draft, command.kind, command.ids, archived=False)


def _set_archived(draft: Draft, kind: str, ids: Sequence[str], *, archived: bool, reason: str = "") -> Changes:
    if "archived" not in specs(KINDS[kind]):
        raise Refused(f"A {kind_name(kind)} cannot be archived.")
    count = 0
    for entity_id in _with_parts(draft, kind, ids, upward=not archived):
        entity = draft.get(KINDS[kind], entity_id)
        if getattr(entity, "archived", archived) != archived:
            draft.update(entity, archived=archived)
            count += 1
    verb = "archived" if archived else "restored"
    if not ids:
        return draft.finish(f"nothing {verb}")
    first = name_of(draft.get(KINDS[kind], ids[0]))
    others = f" and {count - 1} more" if count > 1 else ""
    return draft.finish(f"{verb} {first}{others}", reason)


def _with_parts(draft: Draft, kind: str, ids: Iterable[str], *, upward: bool) -> list[str]:
    found = dict.fromkeys(ids)
    if kind != "backlog_item":
        return list(found)
    below = children(draft.plan)
    stack = list(found)
    while stack:
        for child in below.get(stack.pop(), ()):
            if child not in found:
                found[child] = None
                stack.append(child)
    if upward:
        for entity_id in list(found):
            parent = draft.item(entity_id).parent_id
            while parent is not None and parent not in found:
                found[parent] = None
                parent = draft.item(parent).parent_id
    return list(found)


def save_view(draft: Draft, command: SaveView, _today: date) -> Changes:
    """One view per name."""
    name = clean_line(command.name, 60)
    same = next((view for view in draft.plan.views.values() if view.name.casefold() == name.casefold()), None)
    if same:
        draft.update(same, filter=command.filter, sort=command.sort)
    else:
        draft.insert(View(id=command.id, name=name, filter=command.filter, sort=command.sort))
    return draft.finish(f"view {quoted(name)} saved")


def remove_view(draft: Draft, command: RemoveView, _today: date) -> Changes:
    """The things it showed stay."""
    view = draft.get(View, command.id)
    draft.delete(view)
    return draft.finish(f"view {quoted(view.name)} removed")


def import_entities(draft: Draft, command: ImportEntities, _today: date) -> Changes:
    """All or nothing: the file's things are checked together, so they may refer to each other in any order."""
    for entity in sorted(command.inserts, key=lambda entity: not getattr(entity, "key", "")):
        draft.insert(replace(entity))  # those that bring their keys first, so that no key is given twice
    for edit in command.edits:
        _edit(draft, edit)
    for kind, entity_id in command.removes:
        draft.delete(draft.get(KINDS[kind], entity_id))
    return draft.finish(command.label)
