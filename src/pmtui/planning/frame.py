"""The network behind a plan's tasks: which node is which task, and what summaries add to it.

Leaves (tasks without living parts) are nodes with a length. A summary is no work of its own. A link of
it counts for all its parts, and where it has links it gets up to four nodes without length:

- its *gate*, which all its parts start behind (FS and SS links that it waits by);
- its *floor*, which all its parts finish behind (FF and SF links that it waits by);
- its *end*, the latest finish of its parts (FS and FF links that wait for it);
- its *beginning*, the earliest start of its parts (SS and SF links that wait for it).

So a circle through these nodes is a circle in the sense of `pmtui.domain.rules.network`, and the
other way round. A damaged file may hold one all the same: then its tasks are left out here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from pmtui.domain.entities.schedule import Dependency, Task
from pmtui.domain.memory import derived_from
from pmtui.domain.plan import Plan
from pmtui.planning.network import Edge, Network, network

INHERITED = chr(0x10FFFF)
"""The name of what holds a node because of its summary: after all names of links, so that its own ones are told."""
PROJECT = "\0"
"""In front of a project's id where it might be a task's id: no id begins like that."""

IDENTITY = "id project_id parent_id archived"
"""The fields of a task that the frame depends on."""
LINK = "id predecessor_id successor_id type lag"
"""The fields of a dependency that it depends on."""


class Group(NamedTuple):
    """The tasks right below one summary or project."""

    id: str
    """The id of the summary or project."""
    above: int
    """The number of the group that the summary is in; -1 for a project."""
    first: int
    """Its leaves are the nodes from this one ..."""
    end: int
    """... to the one before this."""
    parts: list[int]
    """The groups of the summaries right below it."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Everything about a schedule that stays when durations, progress and days change."""

    leaves: Sequence[str]
    """The id of the task of each node that has a length; those of one project are neighbours."""
    groups: Sequence[Group]
    """Projects and summaries, each in front of those below it."""
    projects: Mapping[str, range]
    """The leaves of each project."""
    joints: Sequence[int]
    """The group of the summary of each node behind the leaves."""
    gates: Collection[int]
    """The nodes that are gates."""
    net: Network
    circle: tuple[str, ...]
    """The ids of tasks that are left out, because they wait for themselves or are part of themselves."""
    drivers: dict[str, Any] = field(default_factory=dict)
    """What the schedule remembers of each link."""


class Tree(NamedTuple):
    """Which task is a part of which, without the archive."""

    projects: Collection[str]
    """The ids of projects that are not archived."""
    tasks: Mapping[str, Task]
    """The tasks of them that are not archived, by id."""
    below: Mapping[str, Sequence[str]]
    """The ids of the tasks right below each task that has parts, and below `PROJECT` and the id of each project."""


@derived_from(task=IDENTITY, project="id archived")
def tree(plan: Plan) -> Tree:
    """The tree of the plan, in no order. What a damaged file leaves below nothing is below its project."""
    living = {project.id for project in plan.projects.values() if not project.archived}
    tasks = {id_: task for id_, task in plan.tasks.items() if not task.archived and task.project_id in living}
    below: dict[str, list[str]] = {PROJECT + id_: [] for id_ in living}
    for id_, task in tasks.items():
        above = task.parent_id
        if above is None:
            below[PROJECT + task.project_id].append(id_)
            continue
        parent = tasks.get(above)
        if parent is None or parent.project_id != task.project_id:
            above = _nearest(plan, task, tasks)
        if above in below:
            below[above].append(id_)
        else:
            below[above] = [id_]
    return Tree(living, tasks, below)


def _nearest(plan: Plan, task: Task, tasks: Mapping[str, Task]) -> str:
    """The nearest task above in its project that is not in the archive, else its project."""
    passed: set[str] = set()
    above = task.parent_id
    while above is not None and above not in passed and above in plan.tasks:
        if above in tasks and tasks[above].project_id == task.project_id:
            return above
        passed.add(above)
        above = plan.tasks[above].parent_id
    return PROJECT + task.project_id


@derived_from(task=IDENTITY, dependency=LINK, project="id archived")
def frame(plan: Plan) -> Frame:
    """The frame of all tasks that are not in the archive, nor their project."""
    whole = tree(plan)
    out: set[str] = set()
    while True:
        build = _Build(whole, out)
        net = build.lay(plan.dependencies.values())
        circle = {build.leaves[i] for i in chain.from_iterable(net.circles) if i < len(build.leaves)}
        if not circle:
            break
        out |= circle
    lost: Iterable[str] = ()
    if len(build.index) + len(build.summaries) < len(whole.tasks):
        lost = whole.tasks.keys() - build.index.keys() - build.summaries.keys()
    gates = frozenset(build.gates.values())
    return Frame(build.leaves, build.groups, build.projects, build.joints, gates, net, tuple(sorted(lost)))


class _Build:
    """Numbers the nodes and lays the edges, without the tasks that are left out."""

    def __init__(self, whole: Tree, out: Collection[str]) -> None:
        self.leaves: list[str] = []
        self.groups: list[Group] = []
        self.projects: dict[str, range] = {}
        for project in whole.projects:
            first = len(self.leaves)
            self._take(project, whole.below, out)
            self.projects[project] = range(first, len(self.leaves))
        if out:
            self._forget_empty_ones()
        self.index = dict(zip(self.leaves, range(len(self.leaves)), strict=True))
        filled = [number for group in self.groups for number in group.parts]
        self.summaries = {self.groups[number].id: number for number in filled}
        self.joints: list[int] = []
        self.gates: dict[str, int] = {}
        self._floors: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._into_start: list[list[Edge]] = [[] for _ in self.leaves]
        self._into_finish: list[list[Edge] | tuple[()]] = [()] * len(self.leaves)

    def _take(self, project: str, below: Mapping[str, Sequence[str]], out: Collection[str]) -> None:
        """Add the groups of one project, from the top down."""
        ahead = [(PROJECT + project, -1)]
        for id_, above in ahead:
            number, first, parts = len(self.groups), len(self.leaves), below[id_]
            self.leaves += [part for part in parts if part not in below and part not in out]
            self.groups.append(Group(id_.removeprefix(PROJECT), above, first, len(self.leaves), []))
            if above >= 0:
                self.groups[above].parts.append(number)
            ahead.extend((part, number) for part in parts if part in below)

    def _forget_empty_ones(self) -> None:
        """Nobody's part is a summary of which nothing is left."""
        for group in reversed(self.groups):
            group.parts[:] = [
                n for n in group.parts if self.groups[n].parts or self.groups[n].end > self.groups[n].first
            ]

    def lay(self, links: Iterable[Dependency]) -> Network:
        """Lay the edges of all links between tasks that are there."""
        index, into_start = self.index, self._into_start
        others: list[Dependency] = []
        for link in links:
            before, after = index.get(link.predecessor_id), index.get(link.successor_id)
            if before is None or after is None:
                others.append(link)
            elif link.type == "FS":
                into_start[after].append((~before, link.lag, link.id))
            elif link.type == "SS":
                into_start[after].append((before, link.lag, link.id))
            else:
                self._bind_finish(after, (~before if link.type == "FF" else before, link.lag, link.id))
        others = [link for link in others if self._knows(link.predecessor_id) and self._knows(link.successor_id)]
        low = self._number(others)
        for link in others:
            self._lay(link)
        for nodes in (self.gates, self._floors, self._ends, self._beginnings):
            if nodes:
                self._join(nodes)
        return network(into_start, self._into_finish, low)

    def _knows(self, task_id: str) -> bool:
        return task_id in self.index or task_id in self.summaries

    def _number(self, links: Iterable[Dependency]) -> int:
        """Give summaries the nodes that their links need, beginnings last; the answer is the first of those."""
        low: dict[str, None] = {}
        for link in links:
            if link.successor_id in self.summaries:
                self._add(self.gates if link.type[1] == "S" else self._floors, link.successor_id)
            if link.predecessor_id in self.summaries:
                if link.type[0] == "F":
                    self._add(self._ends, link.predecessor_id)
                else:
                    low[link.predecessor_id] = None
        first_low = len(self._into_start)
        for id_ in low:
            self._add(self._beginnings, id_)
        return first_low

    def _add(self, nodes: dict[str, int], task_id: str) -> None:
        if task_id not in nodes:
            nodes[task_id] = len(self._into_start)
            self.joints.append(self.summaries[task_id])
            self._into_start.append([])
            self._into_finish.append(())

    def _lay(self, link: Dependency) -> None:
        before, after = self.index.get(link.predecessor_id), self.index.get(link.successor_id)
        if link.type[0] == "F":
            point = ~(self._ends[link.predecessor_id] if before is None else before)
        else:
            point = self._beginnings[link.predecessor_id] if before is None else before
        edge = (point, link.lag, link.id)
        if link.type[1] == "S":
            self._into_start[self.gates[link.successor_id] if after is None else after].append(edge)
        elif after is None:
            self._into_start[self._floors[link.successor_id]].append(edge)
        else:
            self._bind_finish(after, edge)

    def _join(self, nodes: Mapping[str, int]) -> None:
        """Join such nodes of summaries with the nearest ones above them, and with the leaves below them."""
        nearest: list[int | None] = []
        for group in self.groups:
            over = nearest[group.above] if group.above >= 0 else None
            own = nodes.get(group.id) if group.above >= 0 else None
            if over is not None and own is not None:
                self._tie(nodes, over, own)
            over = over if own is None else own
            nearest.append(over)
            if over is not None:
                for leaf in range(group.first, group.end):
                    self._tie(nodes, over, leaf)

    def _tie(self, nodes: Mapping[str, int], over: int, part: int) -> None:
        if nodes is self._ends:
            self._into_start[over].append((~part, 0, INHERITED))
        elif nodes is self._beginnings:
            self._bind_finish(over, (part, 0, INHERITED))
        elif nodes is self._floors and part < len(self.leaves):
            self._bind_finish(part, (over, 0, INHERITED))
        else:
            self._into_start[part].append((over, 0, INHERITED))

    def _bind_finish(self, node: int, edge: Edge) -> None:
        edges = self._into_finish[node]
        if isinstance(edges, list):
            edges.append(edge)
        else:
            self._into_finish[node] = [edge]
