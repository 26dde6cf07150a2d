"""Rules on the order of tasks: beside each other, and as parts of each other.

Tasks beside each other stand in the order of position and key. A task that gets a new place gets a
position between its neighbours, so that nothing else changes; only where there is no room between
them are all tasks beside it numbered anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pmtui.domain.changes import Changes
from pmtui.domain.commands.schedule import IndentTasks, MoveTasks
from pmtui.domain.entities.schedule import Task
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.relations import subtasks, topmost_tasks
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.names import name_of

ROOM = 1e-6
"""The least distance between positions that is worth sharing."""
LAST_POSITION = 1e9
"""Positions go this far either side of 0."""

_Group = tuple[str, str | None]


class Outline:
    """The drafted order of tasks, group by group: those of one project that are parts of the same task."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._groups: dict[_Group, list[str]] = {}
        self._placed: set[str] = set()

    def task(self, task_id: str) -> Task:
        """The task as drafted."""
        return self._draft.get(Task, task_id)

    def beside(self, task: Task) -> list[str]:
        """The ids of the tasks beside a task and its own, in their order, the archived ones too."""
        return self.group(task.project_id, task.parent_id)

    def group(self, project_id: str, parent_id: str | None) -> list[str]:
        """The ids of the tasks of a project that are parts of a task, or of nothing."""
        key = (project_id, parent_id)
        if key not in self._groups:
            plan = self._draft.plan
            found = topmost_tasks(plan).get(project_id, ()) if parent_id is None else subtasks(plan).get(parent_id, ())
            self._groups[key] = list(found)
        return self._groups[key]

    def place(self, task: Task, index: int | None = None) -> None:
        """Put a task among those beside it: at that index, or last. It leaves the group that it was in before."""
        before = self._draft.plan.tasks.get(task.id)
        for group in (self.beside(before) if before else [], self.beside(task)):
            if task.id in group:
                group.remove(task.id)
        group = self.beside(task)
        group.insert(len(group) if index is None else index, task.id)
        self._placed.add(task.id)

    def settle(self) -> None:
        """Draft the positions that follow from the order."""
        for group in self._groups.values():
            if not self._placed.isdisjoint(group):
                self._settle(group)

    def _settle(self, group: Sequence[str]) -> None:
        places = _between([None if task in self._placed else self.task(task).position or 0.0 for task in group]) or [
            float(number) for number in range(1, len(group) + 1)
        ]
        for task_id, position in zip(group, places, strict=True):
            task = self.task(task_id)
            if task.position != position and (task.position is not None or position or task_id in self._placed):
                self._draft.update(task, position=position)


def _between(positions: Sequence[float | None]) -> list[float]:
    """*positions* with a number for each None, so that they rise around it; [] where there is no room."""
    found: list[float] = []
    index = 0
    while index < len(positions):
        position = positions[index]
        if position is not None:
            found.append(position)
            index += 1
            continue
        end = next((at for at in range(index, len(positions)) if positions[at] is not None), len(positions))
        run = end - index
        high = positions[end] if end < len(positions) else None
        low = found[-1] if found else (0.0 if high is None else high - run - 1)
        step = 1.0 if high is None else (high - low) / (run + 1)
        if step < ROOM or low + step * run > LAST_POSITION or low < -LAST_POSITION:
            return []
        found += [low + step * (turn + 1) for turn in range(run)]
        index = end
    return found


def in_order(plan: Plan, ids: Iterable[str]) -> list[str]:
    """*ids* of tasks as the outline has them, from top to bottom, each once."""

    def path(task_id: str) -> list[tuple[float, tuple[str, int]]]:
        task = plan.tasks[task_id]
        steps = [(task.position or 0.0, key_order(task.key))]
        while task.parent_id is not None:
            task = plan.tasks[task.parent_id]
            steps.append((task.position or 0.0, key_order(task.key)))
        project = plan.projects[task.project_id]
        return [(0.0, key_order(project.key)), *reversed(steps)]

    return sorted(dict.fromkeys(ids), key=path)


def live_tasks(draft: Draft, ids: Iterable[str]) -> list[Task]:
    """The drafted tasks of *ids*, each once. Raises `Refused` where one is gone or in the archive."""
    tasks = [draft.get(Task, task_id) for task_id in dict.fromkeys(ids)]
    for task in tasks:
        if task.archived:
            raise Refused(f"{name_of(task)} is in the archive. Restore it first, or choose another task.")
    return tasks


def _whole_branches(draft: Draft, ids: Iterable[str]) -> list[str]:
    """Those of *ids* that are no part of others of them, in the order of the outline."""
    wanted = {task.id for task in live_tasks(draft, ids)}
    tasks = draft.plan.tasks

    def is_inside(task_id: str) -> bool:
        above = tasks[task_id].parent_id
        while above is not None and above not in wanted:
            above = tasks[above].parent_id
        return above is not None

    return in_order(draft.plan, (task_id for task_id in wanted if not is_inside(task_id)))


def indent_tasks(draft: Draft, command: IndentTasks, _today: date) -> Changes:
    """A task becomes the last part of the one above it, or stands right behind what it was a part of.

    Of several tasks those that can are moved. The values of a task that becomes a summary stay, for
    the day on which it is none any more.
    """
    branches = _whole_branches(draft, command.ids)
    outline = Outline(draft)
    moved = _indent(outline, branches, draft) if command.steps > 0 else _outdent(outline, branches, draft)
    if branches and not moved:
        first = draft.get(Task, branches[0])
        if command.steps > 0:
            raise Refused(f"{name_of(first)} is the first task here: there is none above it to become a part of.")
        raise Refused(f"{name_of(first)} is a part of no other task, so it stands as far out as it can.")
    outline.settle()
    return draft.finish(_indent_label(draft, moved, command.steps))


def _indent(outline: Outline, branches: Sequence[str], draft: Draft) -> list[str]:
    moved: list[str] = []
    stuck: set[str] = set()
    for task_id in branches:
        task = outline.task(task_id)
        beside = outline.beside(task)
        above = next((i for i in reversed(beside[: beside.index(task_id)]) if not outline.task(i).archived), None)
        if above is None or above in stuck:
            stuck.add(task_id)  # the tasks behind it keep their place beside it
            continue
        beside.remove(task_id)
        draft.update(task, parent_id=above)
        outline.place(outline.task(task_id))
        moved.append(task_id)
    return moved


def _outdent(outline: Outline, branches: Sequence[str], draft: Draft) -> list[str]:
    moved: list[str] = []
    for task_id in reversed(branches):  # each comes right behind the parent, so the last one goes first
        task = outline.task(task_id)
        if task.parent_id is None:
            continue
        parent = outline.task(task.parent_id)
        outline.beside(task).remove(task_id)
        draft.update(task, parent_id=parent.parent_id)
        outline.place(outline.task(task_id), outline.beside(parent).index(parent.id) + 1)
        moved.insert(0, task_id)
    return moved


def _indent_label(draft: Draft, moved: Sequence[str], steps: int) -> str:
    if len(moved) != 1:
        return f"{len(moved)} tasks {'indented' if steps > 0 else 'outdented'}"
    task, before = draft.get(Task, moved[0]), draft.plan.tasks[moved[0]]
    if steps > 0:
        return f"{task.key} is a part of {draft.get(Task, str(task.parent_id)).key} now"
    return f"{task.key} is no part of {draft.get(Task, str(before.parent_id)).key} any more"


def move_tasks(draft: Draft, command: MoveTasks, _today: date) -> Changes:
    """Tasks change places with those beside them that are not moved; several keep their order and stop together."""
    branches = _whole_branches(draft, command.ids)
    outline = Outline(draft)
    groups: dict[_Group, list[str]] = {}
    for task_id in branches:
        task = outline.task(task_id)
        groups.setdefault((task.project_id, task.parent_id), []).append(task_id)
    moved = [task_id for group, ids in groups.items() for task_id in _move(outline, group, ids, command.steps)]
    if branches and command.steps and not moved:
        first = name_of(draft.get(Task, branches[0]))
        end, none = ("last", "below") if command.steps > 0 else ("first", "above")
        raise Refused(f"{first} is the {end} task here: there is none {none} it to change places with.")
    outline.settle()
    who = draft.get(Task, moved[0]).key if len(moved) == 1 else f"{len(moved)} tasks"
    return draft.finish(f"{who} moved {'down' if command.steps > 0 else 'up'}")


def _move(outline: Outline, group: _Group, ids: Sequence[str], steps: int) -> list[str]:
    beside = outline.group(*group)
    live = [task_id for task_id in beside if not outline.task(task_id).archived]
    order = list(live)
    limit = len(order) if steps > 0 else -1
    for task_id in reversed(ids) if steps > 0 else ids:
        index = order.index(task_id)
        target = min(index + steps, limit - 1) if steps > 0 else max(index + steps, limit + 1)
        order.insert(target, order.pop(index))
        limit = target
    moved = [task_id for task_id in ids if order.index(task_id) != live.index(task_id)]
    for task_id in moved:
        beside.remove(task_id)
    for task_id in moved:
        following = order[order.index(task_id) + 1 :]
        neighbour = next((other for other in following if other not in moved), None)
        outline.place(outline.task(task_id), None if neighbour is None else beside.index(neighbour))
    return moved
