"""Rules on projects and tasks: what is new, how long it takes, when it may start, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from pmtui.domain.changes import Changes
from pmtui.domain.commands.common import FieldEdit
from pmtui.domain.commands.schedule import AddProject, AddTask, AdvanceTasks, NudgeDuration, ShiftTasks
from pmtui.domain.durations import duration_text
from pmtui.domain.entities.schedule import Project, Task
from pmtui.domain.errors import Refused
from pmtui.domain.fields import FIRST_DAY, LAST_DAY, Scalar, shown, specs
from pmtui.domain.rules.adding import check_given
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.linking import add_predecessors
from pmtui.domain.rules.names import name_of
from pmtui.domain.rules.network import is_summary
from pmtui.domain.rules.outline import Outline, live_tasks
from pmtui.domain.rules.vision import only_product
from pmtui.domain.text import clean_line

HALF = 0.5
"""The share of a task that has been started and is not done: half of it, by the 50/50 rule of earned value."""

_FROM_PARTS = {"percent_complete": "progress comes", "duration": "dates come"}
_ALL_DAYS = (LAST_DAY - FIRST_DAY).days


def add_project(draft: Draft, command: AddProject, today: date) -> Changes:
    """It starts today unless the command says otherwise, and belongs to the only product where there is just one."""
    check_given(draft, Project, command.fields, "name")
    values: dict[str, Scalar] = {"start_on": today, "product_id": only_product(draft.plan), **command.fields}
    draft.insert(Project(id=command.id, name=clean_line(command.name), **values))  # type: ignore[arg-type]
    return draft.finish(f"added {name_of(draft.get(Project, command.id))}")


def add_task(draft: Draft, command: AddTask, _today: date) -> Changes:
    """A new task stands right behind the one that the user looked at, or last."""
    check_given(draft, Task, command.fields, "title", "position", "project_id")
    project = draft.get(Project, command.project_id)
    draft.refuse_archived(specs(Task)["project_id"], project.id)
    outline = Outline(draft)
    values, index = dict(command.fields), None
    if command.after_id is not None:
        (before,) = live_tasks(draft, (command.after_id,))
        if before.project_id != project.id:
            raise Refused(f"{name_of(before)} is not in {name_of(project)} any more. Choose another place.")
        values["parent_id"] = before.parent_id
        index = outline.beside(before).index(before.id) + 1
    task = Task(id=command.id, title=clean_line(command.title), project_id=project.id, **values)  # type: ignore[arg-type]
    draft.insert(task)
    outline.place(task, index)
    outline.settle()
    add_predecessors(draft, task.id, command.predecessors)
    return draft.finish(f"added {name_of(draft.get(Task, command.id))}")


def _where_possible(draft: Draft, ids: Iterable[str], change: Callable[[Task], str]) -> list[Task]:
    """The tasks that *change* took, as drafted. It says why not, and that is `Refused` where it took none."""
    tasks = live_tasks(draft, ids)
    reasons = {task.id: change(task) for task in tasks}
    changed = [draft.get(Task, task.id) for task in tasks if not reasons[task.id]]
    if tasks and not changed:
        raise Refused(reasons[tasks[0].id])
    return changed


def _who(tasks: Sequence[Task]) -> str:
    return tasks[0].key if len(tasks) == 1 else f"{len(tasks)} tasks"


def nudge_duration(draft: Draft, command: NudgeDuration, _today: date) -> Changes:
    """Relative on purpose: two quick keys count twice. Of several tasks, summaries are passed over."""
    step = abs(command.minutes)

    def nudge(task: Task) -> str:
        if is_summary(draft.plan, task.id):
            return f"{name_of(task)} is a summary: its dates come from its parts. Change the duration of one of them."
        after = task.duration + command.minutes
        if command.minutes < 0:
            after = min(task.duration, max(step, after))
        if after == task.duration and not after:
            return f"{name_of(task)} is a milestone: it takes no time, and cannot take less."
        if after == task.duration:
            return f"{name_of(task)} takes {duration_text(task.duration)}: a step of {duration_text(step)} is too much."
        draft.update(task, duration=after)
        return ""

    changed = _where_possible(draft, command.ids, nudge)
    word = "longer" if command.minutes > 0 else "shorter"
    if len(changed) != 1:
        return draft.finish(f"{len(changed)} tasks {word} by {duration_text(step)}")
    task = changed[0]
    by = abs(task.duration - draft.plan.tasks[task.id].duration)
    return draft.finish(f"{task.key} {word} by {duration_text(by)}: {duration_text(task.duration)}")


def advance_tasks(draft: Draft, command: AdvanceTasks, _today: date) -> Changes:
    """Of several tasks those are advanced that can be; what is done and what is a summary stays."""

    def advance(task: Task) -> str:
        if is_summary(draft.plan, task.id):
            return f"{name_of(task)} is a summary: its progress comes from its parts. Advance one of them."
        share = task.percent_complete or 0.0
        if share >= 1:
            return f"{name_of(task)} is done already. X chooses another share."
        draft.update(task, percent_complete=1.0 if share or not task.duration else HALF)
        return ""

    changed = _where_possible(draft, command.ids, advance)
    words = dict.fromkeys("done" if task.percent_complete == 1 else "half done" for task in changed)
    return draft.finish(f"{_who(changed)}: now {' / '.join(words)}")


def shift_tasks(draft: Draft, command: ShiftTasks, _today: date) -> Changes:
    """The new day is seen in `start_no_earlier`; whole working days from Monday to Friday are counted."""
    tasks = live_tasks(draft, command.ids)
    for task in tasks:
        seen = command.seen.get(task.id)
        moved_since = task.start_no_earlier is not None and task.start_no_earlier != seen
        start = task.start_no_earlier if moved_since else command.starts.get(task.id)
        if start is None:
            raise Refused(f"{name_of(task)} has no start yet. Try again when its dates are there.")
        draft.update(task, start_no_earlier=_working_day(start, command.days, task))
    if len(tasks) == 1:
        task = draft.get(Task, tasks[0].id)
        return draft.finish(f"{task.key} not before {shown(task.start_no_earlier)}")
    days = f"{abs(command.days)} day{'' if abs(command.days) == 1 else 's'}"
    return draft.finish(f"{len(tasks)} tasks {days} {'later' if command.days > 0 else 'earlier'}")


def _working_day(day: date, steps: int, task: Task) -> date:
    """The day so many working days from *day*; a day of a weekend counts as the Monday behind it."""
    if day.weekday() > 4:
        day += timedelta(days=7 - day.weekday())
    weeks, weekday = divmod(day.weekday() + max(-_ALL_DAYS, min(_ALL_DAYS, steps)), 5)
    found = day + timedelta(days=7 * weeks + weekday - day.weekday())
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Refused(
            f"{name_of(task)} would start outside the plan's days, "
            f"which go from {shown(FIRST_DAY)} to {shown(LAST_DAY)}."
        )
    return found


def settle_places(draft: Draft, edits: Sequence[FieldEdit]) -> None:
    """Put tasks last where an edit gave them another parent or project, unless it gives them a position too."""
    placed = {edit.id for edit in edits if edit.kind == "task" and edit.field == "position"}
    outline = Outline(draft)
    for edit in edits:
        if edit.kind == "task" and edit.field in ("parent_id", "project_id") and edit.id not in placed:
            task, before = draft.get(Task, edit.id), draft.plan.tasks[edit.id]
            if (task.project_id, task.parent_id) != (before.project_id, before.parent_id):
                outline.place(task)
    outline.settle()


def refuse_summary_edits(draft: Draft, edits: Iterable[FieldEdit]) -> None:
    """Raise `Refused` where an edit changes what a summary gets from its parts."""
    for edit in edits:
        task = draft.plan.tasks.get(edit.id) if edit.kind == "task" else None
        if task is None or edit.field not in _FROM_PARTS or getattr(task, edit.field) == edit.value:
            continue
        if is_summary(draft.plan, task.id):
            raise Refused(
                f"{name_of(task)} is a summary: its {_FROM_PARTS[edit.field]} from its parts. Edit one of them."
            )
