"""Rules that every subject shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pmtui.domain.changes import Changes
from pmtui.domain.commands.common import Archive, EditFields, FieldEdit, ImportEntities, RemoveView, Restore, SaveView
from pmtui.domain.entities import KINDS, kind_name
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.entities.common import View
from pmtui.domain.entities.schedule import Task
from pmtui.domain.entities.vision import KeyResult, Objective
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.fields import Scalar, Spec, shown_as, specs
from pmtui.domain.plan import Plan, children, key_order
from pmtui.domain.relations import predecessors, subtasks, topmost_tasks
from pmtui.domain.rules.backlog import refuse_silent_decline, tag_name
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.integrity import describe, name_of
from pmtui.domain.rules.roadmap import refuse_promise_edits
from pmtui.domain.rules.schedule import refuse_summary_edits, settle_places
from pmtui.domain.text import clean_line, quoted, quoted_apart

FIXED = frozenset(("id", "key"))
"""Fields that nobody edits."""


def edit_fields(draft: Draft, command: EditFields, _today: date) -> Changes:
    """Absolute values: each holds only if the field is still what the user saw."""
    refuse_summary_edits(draft, command.edits)
    refuse_promise_edits(draft, command.edits)
    for edit in command.edits:
        _edit(draft, edit)
    settle_places(draft, command.edits)
    for edit in command.edits:
        if edit.kind in ("backlog_item", "initiative") and edit.field == "state":
            refuse_silent_decline(draft.get(KINDS[edit.kind], edit.id))  # type: ignore[arg-type]  # these two kinds
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
        now, seen, typed = _words(draft, spec, current, edit.seen, edit.value)
        raise Conflict(
            f"The {spec.title} of {describe(draft.plan, edit.kind, edit.id)} is {now} now; "
            f"you saw {seen} and typed {typed}. "
            "Another window changed it. Your text is kept: look, then choose.",
            entity_id=edit.id,
            field=edit.field,
            current=current,
        )
    if spec.to and edit.value is not None:
        draft.refuse_archived(spec, str(edit.value))
    is_tag = edit.kind == "tag" and edit.field == "name"
    draft.update(entity, **{edit.field: tag_name(str(edit.value)) if is_tag else edit.value})


def _words(draft: Draft, spec: Spec, *values: Scalar) -> list[str]:
    """Values of one field that stand in one sentence, so that one sees in what they differ."""
    texts = [value for value in values if isinstance(value, str) and value]
    apart = dict(zip(texts, quoted_apart(texts), strict=True)) if texts and not spec.to else {}
    words = []
    for value in values:
        if value in (None, ""):
            words.append("empty")
        elif isinstance(value, str):
            words.append(describe(draft.plan, spec.to, value) if spec.to else apart[value])
        else:
            words.append(shown_as(spec, value))
    return words


def _label(draft: Draft, edits: Sequence[FieldEdit]) -> str:
    if not edits:
        return "no change"
    first = edits[0]
    spec = specs(KINDS[first.kind]).get(first.field)
    title = spec.title if spec else first.field
    if len(edits) == 1 and spec:
        before, after = _words(draft, spec, first.seen, first.value)
        return f"{_key(draft, first)}: {title} {before} to {after}"
    things = dict.fromkeys((edit.kind, edit.id) for edit in edits)
    fields = dict.fromkeys(edit.field for edit in edits)
    if len(things) == 1:
        return f"{_key(draft, first)}: {len(fields)} fields"
    if not spec or len({(edit.field, edit.value) for edit in edits}) > 1:
        return f"{len(things)} things: {title}"
    value = _words(draft, spec, first.value)[0] if spec.to else shown_as(spec, first.value)
    return f"{len(things)} things: {title} to {value}"


def _key(draft: Draft, edit: FieldEdit) -> str:
    entity = draft.plan.find(edit.kind, edit.id)
    return getattr(entity, "key", "") or describe(draft.plan, edit.kind, edit.id)


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
    for part_kind, entity_id in _with_parts(draft.plan, kind, ids, upward=not archived):
        entity = draft.get(KINDS[part_kind], entity_id)
        if getattr(entity, "archived", archived) != archived:
            draft.update(entity, archived=archived)
            count += 1
    verb = "archived" if archived else "restored"
    if not ids:
        return draft.finish(f"nothing {verb}")
    first = name_of(draft.get(KINDS[kind], ids[0]))
    others = f" and {count - 1} more" if count > 1 else ""
    left = _left_alone(draft) if archived and kind == "task" else ""
    return draft.finish(f"{verb} {first}{others}{left}", reason)


def _left_alone(draft: Draft) -> str:
    """Which tasks wait for nothing any more, because all that they waited for is in the archive now."""
    plan = draft.plan

    def is_there(task_id: str) -> bool:
        return not draft.get(Task, task_id).archived

    alone = [
        task_id
        for task_id, links in predecessors(plan).items()
        if is_there(task_id)
        and not any(is_there(link.predecessor_id) for link in links)
        and any(not plan.tasks[link.predecessor_id].archived for link in links)
    ]
    if not alone:
        return ""
    alone.sort(key=lambda task_id: key_order(plan.tasks[task_id].key))
    more = f" and {len(alone) - 1} more wait" if len(alone) > 1 else " waits"
    return f"; {name_of(plan.tasks[alone[0]])}{more} for nothing now"


def _with_parts(plan: Plan, kind: str, ids: Iterable[str], *, upward: bool) -> list[tuple[str, str]]:
    """Kind and id of things with all their parts; *upward* with what they are parts of, too, without its other parts.

    The parts of a product are its objectives; its items, cards and projects live on without it. A card has none.
    """
    found: dict[tuple[str, str], None] = dict.fromkeys((kind, entity_id) for entity_id in ids)
    stack = list(found)
    while stack:
        for part in _parts(plan, *stack.pop()):
            if part not in found:
                found[part] = None
                stack.append(part)
    for thing in list(found) if upward else ():
        whole = _whole(plan, *thing)
        while whole is not None and whole not in found:
            found[whole] = None
            whole = _whole(plan, *whole)
    return list(found)


def _parts(plan: Plan, kind: str, entity_id: str) -> list[tuple[str, str]]:
    match kind:
        case "product":
            return [("objective", goal.id) for goal in plan.objectives.values() if goal.product_id == entity_id]
        case "backlog_item":
            return [(kind, part) for part in children(plan).get(entity_id, ())]
        case "task":
            return [(kind, part) for part in subtasks(plan).get(entity_id, ())]
        case "project":
            return [("task", part) for part in topmost_tasks(plan).get(entity_id, ())]
        case "objective":
            results = plan.key_results.values()
            return [("key_result", result.id) for result in results if result.objective_id == entity_id]
    return []


def _whole(plan: Plan, kind: str, entity_id: str) -> tuple[str, str] | None:
    entity = plan.find(kind, entity_id)
    match entity:
        case BacklogItem(parent_id=str(parent)) | Task(parent_id=str(parent)):
            return kind, parent
        case Task(project_id=project):
            return "project", project
        case KeyResult(objective_id=objective):
            return "objective", objective
        case Objective(product_id=str(product)):
            return "product", product
    return None


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
