"""Rules on tasks that span rows: who may be a part of whom, and who may wait for whom.

A link of a summary counts for all its parts, whatever its type: what waits for a summary waits for
its last part, and no part of a summary starts before what the summary waits for. So a summary is two
points of the network, its start in front of its parts and its finish behind them; a task without
parts is one. A schedule exists if, and only if, no way through these points leads back to itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, cast

from pmtui.domain.changes import Change
from pmtui.domain.entities.schedule import Dependency, Task
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan
from pmtui.domain.rules.circles import find_cycle
from pmtui.domain.rules.names import name_of

FEW = 12
"""Up to so many new edges are looked at one by one, each from both ends; more in one walk over all."""
SHOWN_STEPS = 6
"""Tasks of a circle that are named."""

_FINISH = "\0"
"""In front of a task's id: the finish of a summary. No id holds it, because it is no character of a text."""

_BEFORE = " before "
_Edge = tuple[str, str]
Groups = Mapping[str, Sequence[str]]


def check_network(before: Plan, after: Plan, rows: Sequence[Change]) -> None:
    """Raise `Refused` where *rows*, which led from one plan to the other, make tasks contradict each other.

    The first plan must be sound. References and hierarchy of the second one must have been checked.
    """
    moved = [
        after.tasks[row.id]
        for row in rows
        if row.kind == "task" and row.after and ("parent_id" in row.after or "project_id" in row.after)
    ]
    linked = [after.dependencies[row.id] for row in rows if row.kind == "dependency" and row.after and not row.before]
    if not moved and not linked:
        return
    for link in linked:
        _refuse_own_part(after, link)
    network = _Network(before, after, rows)
    _check_projects(after, network, moved)
    if circle := _circle(network, moved, linked):
        raise Refused(_sentence(after, network, circle))


def _grouped(kind: str, *by: tuple[str, str]) -> Callable[[Plan], tuple[Groups, ...]]:
    """The rows of *kind* in groups: for each pair of two fields, the values of the second by the first.

    Rows whose first field is None are left out. After an edit only the rows that changed are looked
    at again, so that the next edit is quick.
    """
    fields = [attrgetter(*pair) for pair in by]

    def remembered(plan: Plan) -> tuple[Groups, ...]:
        rows = plan.of(kind)
        known = plan.memo.get(remembered)
        if known is None:
            answer = tuple(_patched({}, (), _pairs(ends, rows.values())) for ends in fields)
        elif known[0][0] is rows:
            return cast("tuple[Groups, ...]", known[1])
        else:
            before = known[0][0]
            new = [row for id_, row in rows.items() if before.get(id_) is not row]
            gone = [before[row.id] for row in new if row.id in before]
            if len(before) + len(new) - len(gone) != len(rows):
                gone += [before[id_] for id_ in before.keys() - rows.keys()]
            pairs = zip(fields, known[1], strict=True)
            answer = tuple(_patched(old, _pairs(ends, gone), _pairs(ends, new)) for ends, old in pairs)
        plan.memo[remembered] = ((rows,), answer)
        return answer

    return remembered


def _pairs(ends: Callable[[Any], Any], rows: Iterable[Any]) -> list[_Edge]:
    return [pair for pair in map(ends, rows) if pair[0] is not None]


_TASK, _OUT, _IN = ("parent_id", "id"), ("predecessor_id", "successor_id"), ("successor_id", "predecessor_id")
_parts_of = _grouped("task", _TASK)
_linked_with = _grouped("dependency", _OUT, _IN)


def is_summary(plan: Plan, task_id: str) -> bool:
    """Whether a task has parts that are not in the archive, so that its dates and progress come from them."""
    return any(not plan.tasks[part].archived for part in _parts_of(plan)[0].get(task_id, ()))


def _patched(groups: Groups, gone: Iterable[_Edge], new: Iterable[_Edge]) -> dict[str, Sequence[str]]:
    """*groups* without the pairs of group and member that are gone and with the new ones; none of them is empty."""
    patched = dict(groups)
    leaving: dict[str, set[str]] = {}
    for group, member in gone:
        leaving.setdefault(group, set()).add(member)
    for group, left in leaving.items():
        patched[group] = [member for member in patched.get(group, ()) if member not in left]
    joining: dict[str, list[str]] = {}
    for group, member in new:
        joining.setdefault(group, []).append(member)
    for group, joined in joining.items():
        patched[group] = [*patched.get(group, ()), *joined]
    for group in leaving:
        if not patched[group]:
            del patched[group]
    return patched


class _Network:
    """The points of a plan and the ways between them, from what the plan before has remembered."""

    def __init__(self, before: Plan, after: Plan, rows: Sequence[Change]) -> None:
        self._tasks = after.tasks
        tasks = [row for row in rows if row.kind == "task"]
        gone: list[Any] = [before.tasks[row.id] for row in tasks if row.before]
        new: list[Any] = [after.tasks[row.id] for row in tasks if row.after]
        self._parts = _patched(_parts_of(before)[0], _pairs(attrgetter(*_TASK), gone), _pairs(attrgetter(*_TASK), new))
        links = [row for row in rows if row.kind == "dependency"]
        gone = [before.dependencies[row.id] for row in links if row.after is None]
        new = [after.dependencies[row.id] for row in links if row.before is None]
        self._out, self._in = (
            _patched(groups, _pairs(attrgetter(*ends), gone), _pairs(attrgetter(*ends), new))
            for ends, groups in zip((_OUT, _IN), _linked_with(before), strict=True)
        )

    def parts(self, task: str) -> Sequence[str]:
        """The tasks right below a task, the archived ones too."""
        return self._parts.get(task, ())

    def finish(self, task: str) -> str:
        """The point at which a task ends."""
        return _FINISH + task if task in self._parts else task

    def is_alone(self, task: str) -> bool:
        """Whether a task has neither parts nor links, so that no circle can lead through it."""
        return not (task in self._parts or task in self._out or task in self._in)

    def ahead(self, point: str) -> Sequence[str]:
        """The points right behind a point."""
        if point[0] == _FINISH:
            point = point[1:]
        elif parts := self._parts.get(point):
            return parts
        following = self._out.get(point, ())
        parent = self._tasks[point].parent_id
        return following if parent is None else [*following, _FINISH + parent]

    def behind(self, point: str) -> Sequence[str]:
        """The points right before a point."""
        parts = self._parts
        if point[0] == _FINISH:
            return [_FINISH + part if part in parts else part for part in parts[point[1:]]]
        leading = [_FINISH + task if task in parts else task for task in self._in.get(point, ())]
        parent = self._tasks[point].parent_id
        return leading if parent is None else [*leading, parent]

    def way(self, start: str, goal: str) -> list[str]:
        """A short way from one point to another, both named; [] where there is none.

        Sought from both ends at once, because one of them has mostly little before or behind it.
        """
        came: dict[str, str] = {start: ""}
        goes: dict[str, str] = {goal: ""}
        front, back = [start], [goal]
        meeting = start if start == goal else ""
        while front and back and not meeting:
            if len(came) <= len(goes):
                front = _next_points(front, came, self.ahead)
                meeting = next((point for point in front if point in goes), "")
            else:
                back = _next_points(back, goes, self.behind)
                meeting = next((point for point in back if point in came), "")
        return [*reversed(list(_trail(meeting, came))), *_trail(goes[meeting], goes)] if meeting else []


def _next_points(points: Sequence[str], known: dict[str, str], neighbours: Callable[[str], Sequence[str]]) -> list[str]:
    found: list[str] = []
    for point in points:
        for other in neighbours(point):
            if other not in known:
                known[other] = point
                found.append(other)
    return found


def _trail(point: str, came_from: Mapping[str, str]) -> Iterator[str]:
    while point:
        yield point
        point = came_from[point]


def _refuse_own_part(plan: Plan, link: Dependency) -> None:
    ends = (link.predecessor_id, link.successor_id)
    for inner, outer in (ends, ends[::-1]):
        above = plan.tasks[inner].parent_id
        while above is not None:
            if above == outer:
                raise Refused(
                    f"{name_of(plan.tasks[inner])} is a part of {name_of(plan.tasks[outer])}: neither can wait for the "
                    "other. Link it with a task beside them."
                )
            above = plan.tasks[above].parent_id


def _check_projects(plan: Plan, network: _Network, moved: Iterable[Task]) -> None:
    for task in moved:
        for part in (task.id, *network.parts(task.id)):
            _check_project(plan, plan.tasks[part])


def _check_project(plan: Plan, task: Task) -> None:
    parent = plan.tasks[task.parent_id] if task.parent_id is not None else task
    if parent.project_id != task.project_id:
        inner, outer = plan.projects[task.project_id].key, plan.projects[parent.project_id].key
        raise Refused(
            f"{name_of(task)} in {inner} cannot be a part of {name_of(parent)} in {outer}: a task and its parts are in "
            "one project. Take them apart first."
        )


def _circle(network: _Network, moved: Sequence[Task], linked: Sequence[Dependency]) -> list[str]:
    """The points of a circle that leads over something new, each once; [] where there is none."""
    moved = [task for task in moved if task.parent_id is not None and not network.is_alone(task.id)]
    if len(moved) + len(linked) > FEW:
        starts = [task.id for task in moved] + [link.successor_id for link in linked]
        circle = find_cycle(starts, cache(network.ahead))
        return network.way(circle[1], circle[0]) if circle else []
    edges: list[_Edge] = [(network.finish(link.predecessor_id), link.successor_id) for link in linked]
    for task in moved:
        edges.append((str(task.parent_id), task.id))
        edges.append((network.finish(task.id), network.finish(str(task.parent_id))))
    return next((way for leading, following in edges if (way := network.way(following, leading))), [])


def _sentence(plan: Plan, network: _Network, circle: Sequence[str]) -> str:
    steps = _told(plan, network, circle)
    shown = steps[:SHOWN_STEPS]
    words = "".join(name_of(plan.tasks[task]) + joint for task, joint in shown)
    more = f" … ({len(steps)} tasks in the circle)" if len(steps) > len(shown) else ""
    name = name_of(plan.tasks[steps[len(shown) % len(steps)][0]])
    return f"Nothing could ever start: {words}{name}{more}. Take one of these links away first."


def _told(plan: Plan, network: _Network, circle: Sequence[str]) -> list[tuple[str, str]]:
    """The tasks of a circle as they are told, each with the words that lead to the next.

    A part of a part is a part, so steps that only lead from one to the other are left out.
    """
    steps = _without_inner_ways(network, circle)
    joints = [_joint(plan, network, step[1], steps[(at + 1) % len(steps)][0]) for at, step in enumerate(steps)]
    return [
        (step[0].removeprefix(_FINISH), joints[at])
        for at, step in enumerate(steps)
        if joints[at] == _BEFORE or joints[at - 1] != joints[at]
    ]


def _without_inner_ways(network: _Network, circle: Sequence[str]) -> list[_Edge]:
    """The points at which a circle enters and leaves its tasks: a summary that it runs through is one step."""
    steps = [(point, point) for point in circle]
    for point in circle:
        entered = next((index for index, step in enumerate(steps) if step[0] == point), None)
        finish = network.finish(point)
        if entered is None or finish == point or not any(step[1] == finish for step in steps):
            continue
        steps = steps[entered:] + steps[:entered]
        left = next(index for index, step in enumerate(steps) if step[1] == finish)
        steps = [(point, finish), *steps[left + 1 :]]
    return steps


def _joint(plan: Plan, network: _Network, leave: str, enter: str) -> str:
    if enter[0] == _FINISH:
        return " as a part of "
    leads_inside = leave[0] != _FINISH and plan.tasks[enter].parent_id == leave and network.finish(leave) != leave
    return " with its part " if leads_inside else _BEFORE
