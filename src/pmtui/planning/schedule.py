"""The dates of a plan, computed: when each task and project starts and ends, with what slack, and why there.

Nothing of it is stored. Times are working minutes on the axis of `pmtui.planning.calendar`.

No task starts before its project, before its own day or one of a summary above it, or before what
its links allow. Every project has a finish of its own, at which the late finish of each of its tasks is
capped; a link into another project bounds its predecessor as well.

A link of a summary counts for all its parts: what waits for its finish waits for the last of them, what waits
for its start waits for the first of them, and no part starts (FS, SS) or finishes (FF, SF) before what
the summary waits for. Lags are working time on the one calendar there is.

**Milestones** lie on a boundary that is the close of one day and the opening of the next. One that
follows the finish of something belongs to that evening; one that begins something (at the start of its
project or summary, on its own day, with the start of another task) belongs to the morning. A
milestone behind such a one is in the morning too, so that no arrow ever points backwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from operator import sub
from typing import Literal, NamedTuple

from pmtui.domain.entities.schedule import Task
from pmtui.domain.memory import derived_from
from pmtui.domain.plan import Plan
from pmtui.planning.calendar import LAST_MINUTE, end_day, first_minute, start_day
from pmtui.planning.frame import IDENTITY, INHERITED, LINK, Frame, Group, frame
from pmtui.planning.network import UNBOUND, Edge, early, late

DriverKind = Literal["project", "not before", "link", "part"]


class Driver(NamedTuple):
    """What decides the start of a task."""

    kind: DriverKind
    """The start of its project, a day before which it may not start, a link, or (of a summary) its first part."""
    id: str = ""
    """The id of the link; of the task that carries the day, or of the first part; "" for a project.

    Link and day may be those of a summary above the task.
    """


class TaskDates(NamedTuple):
    """The dates of one task in working minutes."""

    start: int
    finish: int
    late_start: int
    late_finish: int
    """Of a summary: the earliest start, latest finish and so on of its leaves."""
    total_slack: int
    """How long it can slip without delaying its project or another; of a summary the least of its leaves."""
    free_slack: int
    """How long it can slip without moving any other task; of a summary the least of its leaves."""
    critical: bool
    """Whether it has no slack; of a summary, whether any leaf has none."""
    summary: bool
    milestone: bool
    percent: float
    """0 to 1; of a summary the mean of its leaves weighted by duration, by count where all are milestones."""
    driver: Driver
    starts_at_close: bool = False
    """Whether it is shown to start in the evening of a day, not in the morning of the next: some milestones do."""
    ends_at_open: bool = False
    """Whether it is shown to end in the morning of a day, not in the evening before: the other milestones do."""


class ProjectDates(NamedTuple):
    """The dates of one project in working minutes; one without tasks starts and ends with its first minute."""

    start: int
    finish: int
    percent: float
    """As of a summary."""
    tasks: int
    """How many leaves it has."""
    done: int
    """How many of them are done to 100 %."""
    critical: int
    """How many of them are critical."""
    starts_at_close: bool = False
    ends_at_open: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The dates of everything that is not in the archive."""

    tasks: Mapping[str, TaskDates]
    projects: Mapping[str, ProjectDates]
    circle: tuple[str, ...]
    """The ids of tasks that wait for themselves, which only a damaged file can hold; they have no dates."""
    beyond: bool
    """Whether something ends after `LAST_DAY`, and is shown as ending on it."""


def first_day(dates: TaskDates | ProjectDates) -> date:
    """The day on which it is shown to start."""
    return end_day(dates.start) if dates.starts_at_close else start_day(dates.start)


def last_day(dates: TaskDates | ProjectDates) -> date:
    """The day on which it is shown to end."""
    return start_day(dates.finish) if dates.ends_at_open else end_day(dates.finish)


@derived_from(
    task=f"{IDENTITY} duration percent_complete start_no_earlier", dependency=LINK, project="id archived start_on"
)
def schedule(plan: Plan) -> Schedule:
    """The schedule of the plan. An edit of what it does not depend on leaves the same object."""
    return _Pass(plan, frame(plan)).result()


def why_here(plan: Plan, task_id: str) -> str:
    """One sentence: what decides the start of a task, or why it has no dates. Raises KeyError for an unknown id."""
    from pmtui.planning.reasons import why_here as sentence

    return sentence(plan, schedule(plan), task_id)


def no_earlier_than(plan: Plan, task_id: str) -> tuple[date, str]:
    """The earliest day that links, project and summaries leave to a task, and the sentence that says why.

    The task's own `start_no_earlier` does not count. Raises KeyError for an unknown id.
    """
    from pmtui.planning.reasons import cannot_start_before

    task = plan.tasks[task_id]
    if task.start_no_earlier is not None:
        tasks = {**plan.tasks, task_id: replace(task, start_no_earlier=None)}
        plan = Plan(plan.seq, {**plan.kinds, "task": tasks}, dict(plan.memo))
    found = schedule(plan)
    dates = found.tasks.get(task_id)
    earliest = plan.projects[task.project_id].start_on if dates is None else first_day(dates)
    return earliest, cannot_start_before(plan, found, task_id)


class _Pass:
    """One computation: floors, early times, late times, then what they mean for tasks, summaries and projects."""

    def __init__(self, plan: Plan, base: Frame) -> None:
        tasks = plan.tasks
        self.frame, self.plan = base, plan
        self.rows: list[Task] = [tasks[id_] for id_ in base.leaves]
        self.size = size = len(self.rows)
        nodes = len(base.joints)
        self.lengths = [task.duration for task in self.rows] + [0] * nodes
        self.percents = [task.percent_complete or 0.0 for task in self.rows]
        self.done = [length * share for length, share in zip(self.lengths, self.percents, strict=False)]
        self.held = self._held()
        self.floors = self._floors()
        self.times, self.why = early(base.net, self.lengths, self.floors)
        self.starts = self.times[:size]
        self.finishes = self.times[: -size - 1 : -1]
        self.ends = {
            id_: max(self.finishes[leaves.start : leaves.stop], default=first_minute(plan.projects[id_].start_on))
            for id_, leaves in base.projects.items()
        }
        caps: list[int] = []
        for id_, leaves in base.projects.items():
            caps += [self.ends[id_]] * len(leaves)
        caps += [UNBOUND] * nodes
        latest, following = late(base.net, self.lengths, self.times, caps)
        self.late_starts = latest[:size]
        self.late_finishes = latest[: -size - 1 : -1]
        self.slacks = list(map(sub, self.late_starts, self.starts))
        room_of_start = map(sub, following, self.starts)
        room_of_finish = map(sub, following[: -size - 1 : -1], self.finishes)
        self.free = list(map(min, self.slacks, room_of_start, room_of_finish))
        self.critical = [slack <= 0 for slack in self.slacks]
        self.mornings = self._mornings()

    def _held(self) -> list[int]:
        """The first minute that each project and each summary leaves to its parts, links apart."""
        tasks, projects = self.plan.tasks, self.plan.projects
        held: list[int] = []
        for group in self.frame.groups:
            if group.above < 0:
                held.append(first_minute(projects[group.id].start_on))
            else:
                day = tasks[group.id].start_no_earlier
                above = held[group.above]
                held.append(above if day is None else max(above, first_minute(day)))
        return held

    def _floors(self) -> list[int]:
        held = self.held
        floors: list[int] = []
        for group, minute in zip(self.frame.groups, held, strict=True):
            floors += [minute] * (group.end - group.first)
        for i, task in enumerate(self.rows):
            if task.start_no_earlier is not None:
                floors[i] = max(floors[i], first_minute(task.start_no_earlier))
        # Only a gate holds back by itself; the other nodes of a summary pass on what tasks say.
        gates, size = self.frame.gates, self.size
        return floors + [held[group] if size + n in gates else 0 for n, group in enumerate(self.frame.joints)]

    def _mornings(self) -> set[int]:
        """The nodes without length that belong to the morning; all others of them belong to the evening."""
        net, times, lengths = self.frame.net, self.times, self.lengths
        found: set[int] = set()
        for i in [i for i in net.order if not lengths[i]]:
            at = times[i]
            if i < self.size and at == self.floors[i]:
                found.add(i)
                continue
            for point, lag, _ in (*net.into_start[i], *net.into_finish[i]):
                if times[point] + lag == at and (point >= 0 or ~point in found):
                    found.add(i)
        return found

    def result(self) -> Schedule:
        """Everything, as others see it."""
        leaves = self._leaves()
        tasks = dict(zip(self.frame.leaves, leaves, strict=True))
        weights: dict[int, _Weight] = {}
        projects: dict[str, ProjectDates] = {}
        groups = self.frame.groups
        for number in range(len(groups) - 1, -1, -1):
            group = groups[number]
            weights[number] = weight = self._weight(group, weights)
            if group.above < 0:
                projects[group.id] = self._project(group, tasks, weight)
            elif weight.tasks:
                tasks[group.id] = self._summary(group, tasks, weight.share())
        beyond = max(self.ends.values(), default=0) > LAST_MINUTE
        return Schedule(tasks, projects, self.frame.circle, beyond)

    def _leaves(self) -> list[TaskDates]:
        size = self.size
        evenings, mornings = [False] * size, [False] * size
        milestones = [not length for length in self.lengths[:size]]
        for i in [i for i, milestone in enumerate(milestones) if milestone]:
            mornings[i] = i in self.mornings
            evenings[i] = not mornings[i]
        columns = zip(
            self.starts,
            self.finishes,
            self.late_starts,
            self.late_finishes,
            self.slacks,
            self.free,
            self.critical,
            [False] * size,
            milestones,
            self.percents,
            self._drivers(),
            evenings,
            mornings,
            strict=True,
        )
        return list(map(_new, columns))

    def _drivers(self) -> list[Driver]:
        known: dict[str, Driver] = self.frame.drivers
        why, starts = self.why, self.starts
        floors = self._floor_drivers()
        found = [_PROJECT] * self.size
        for group, held, floor in zip(self.frame.groups, self.held, floors, strict=True):
            for i in range(group.first, group.end):
                edge = why[i]
                if edge is None:
                    found[i] = floor if starts[i] <= held else _new_driver(("not before", self.frame.leaves[i]))
                    continue
                name = edge[2]
                driver = known.get(name)
                if driver is None:
                    own = name != INHERITED
                    driver = known.setdefault(name, _new_driver(("link", name))) if own else self._above(edge, floors)
                found[i] = driver
        return found

    def _floor_drivers(self) -> list[Driver]:
        """What holds back the parts of each summary or project, links apart."""
        held, found = self.held, list[Driver]()
        for number, group in enumerate(self.frame.groups):
            if group.above < 0:
                found.append(_PROJECT)
            else:
                own = held[number] > held[group.above]
                found.append(Driver("not before", group.id) if own else found[group.above])
        return found

    def _above(self, edge: Edge, floors: Sequence[Driver]) -> Driver:
        """What holds back a task because of a summary above it."""
        while edge[2] == INHERITED:
            node = edge[0]
            behind = self.why[node]
            if behind is None:
                return floors[self.frame.joints[node - self.size]]
            edge = behind
        return Driver("link", edge[2])

    def _weight(self, group: Group, weights: Mapping[int, _Weight]) -> _Weight:
        first, end = group.first, group.end
        minutes, done = sum(self.lengths[first:end]), sum(self.done[first:end])
        count, shares = end - first, sum(self.percents[first:end])
        for part in group.parts:
            inner = weights[part]
            minutes += inner.minutes
            done += inner.done
            count += inner.tasks
            shares += inner.shares
        return _Weight(minutes, done, count, shares)

    def _summary(self, group: Group, tasks: Mapping[str, TaskDates], percent: float) -> TaskDates:
        first, end = group.first, group.end
        parts = [tasks[self.frame.groups[part].id] for part in group.parts]
        starts, finishes = self.starts[first:end], self.finishes[first:end]
        late_starts, late_finishes = self.late_starts[first:end], self.late_finishes[first:end]
        slacks, free = self.slacks[first:end], self.free[first:end]
        for part in parts:
            starts.append(part.start)
            finishes.append(part.finish)
            late_starts.append(part.late_start)
            late_finishes.append(part.late_finish)
            slacks.append(part.total_slack)
            free.append(part.free_slack)
        start, finish, slack = min(starts), max(finishes), min(slacks)
        ids = [*self.frame.leaves[first:end], *[self.frame.groups[part].id for part in group.parts]]
        at_start = [id_ for id_, at in zip(ids, starts, strict=True) if at == start]
        evening = morning = False
        if parts or 0 in self.lengths[first:end]:
            evening = any(tasks[id_].starts_at_close for id_ in at_start)
            at_finish = [tasks[id_] for id_, at in zip(ids, finishes, strict=True) if at == finish]
            morning = any(part.ends_at_open for part in at_finish)
        values = (
            start,
            finish,
            min(late_starts),
            max(late_finishes),
            slack,
            min(free),
            slack <= 0,
            True,
            False,
            percent,
        )
        return _new((*values, Driver("part", min(at_start)), evening, morning))

    def _project(self, group: Group, tasks: Mapping[str, TaskDates], weight: _Weight) -> ProjectDates:
        numbers, finish = self.frame.projects[group.id], self.ends[group.id]
        if not numbers:
            return ProjectDates(finish, finish, 0.0, 0, 0, 0, ends_at_open=True)
        inside = slice(numbers.start, numbers.stop)
        start = min(self.starts[inside])
        milestones = [tasks[self.frame.leaves[i]] for i in numbers if not self.lengths[i]]
        return ProjectDates(
            start,
            finish,
            weight.share(),
            len(numbers),
            sum([share >= 1 for share in self.percents[inside]]),
            sum(self.critical[inside]),
            any(dates.starts_at_close and dates.start == start for dates in milestones),
            any(dates.ends_at_open and dates.finish == finish for dates in milestones),
        )


class _Weight(NamedTuple):
    """What the progress of several leaves is made of."""

    minutes: int
    done: float
    """The minutes that are done."""
    tasks: int
    shares: float
    """The sum of what each has done of itself."""

    def share(self) -> float:
        """The mean weighted by duration; by count where nothing has a duration."""
        if self.minutes:
            return self.done / self.minutes
        return self.shares / self.tasks if self.tasks else 0.0


_PROJECT = Driver("project")
_new_driver = partial(tuple.__new__, Driver)
_new = partial(tuple.__new__, TaskDates)
"""Makes one from all its values, in a fifth of the time that a call with thirteen arguments takes."""
