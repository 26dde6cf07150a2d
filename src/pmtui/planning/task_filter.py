"""The filter of the timeline: words and terms as they are typed, and the tasks that they mean.

Parsing never fails, because it runs on every key: a term that cannot be understood is searched for
as plain words, and `TaskFilter.problem` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pmtui.domain.entities.schedule import Project, Task
from pmtui.domain.plan import Plan, key_order, per_row, resolve
from pmtui.domain.text import quoted
from pmtui.domain.words import beginning, fold
from pmtui.planning.schedule import Schedule, last_day, schedule
from pmtui.planning.wbs import WbsRow

Test = Callable[[Task], bool]

IS = ("open", "started", "done", "critical", "late", "milestone", "summary", "unassigned", "unlinked", "archived")
TERMS = (
    ("word other", "both words, in key, title, external id or owner"),
    ("-word  -is:done", "not this word, not this term"),
    ('@ann  owner:"ann lee"', "done by; the beginning is enough"),
    ("is:open  is:started  is:done", "by its percent complete"),
    ("is:critical", "has no slack: a day lost here is a day lost for the project"),
    ("is:late", "should be done by now and is not"),
    ("is:milestone  is:summary", "takes no time; has parts"),
    ("is:unassigned  is:unlinked", "nobody does it; it waits for nothing and nothing waits for it"),
    ("is:archived", "in the archive; d brings it back"),
    ("project:J-1  card:C-3  item:F-7", "belongs to the project; is work for the card or item, or a part of such work"),
)
"""What can be typed, and what it means."""

_TOKEN = re.compile(r"""(?P<not>-(?=\S))?(?:(?P<name>[^\W\d]\w*):|(?P<sign>@))?(?:"(?P<quote>[^"]*)"?|(?P<rest>\S*))""")
_NAMES = ("owner", "is", "project", "card", "item")


class _Term(NamedTuple):
    name: str
    value: str
    negated: bool


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """A filter that has been understood as far as it goes."""

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    terms: tuple[_Term, ...] = ()
    problem: str = ""
    """What could not be understood, in a sentence; "" where all was."""

    @property
    def of_archive(self) -> bool:
        """Whether it asks for what is in the archive, and for nothing else."""
        return _Term("is", "archived", negated=False) in self.terms

    def select(self, plan: Plan, today: date) -> frozenset[str]:
        """The ids of the tasks that match, and of the projects where only words are asked for.

        Things in the archive match where the filter asks for them, and never otherwise; a task
        of an archived project counts as one.
        """
        archived = self.of_archive
        away = {project.id for project in plan.projects.values() if project.archived}
        found = [task for task in plan.tasks.values() if (task.archived or task.project_id in away) is archived]
        hay = _haystacks(plan) if self.words or self.without else {}
        for word in self.words:
            found = [task for task in found if word in hay[task.id]]
        for word in self.without:
            found = [task for task in found if word not in hay[task.id]]
        terms = [term for term in self.terms if term != ("is", "archived", False)]
        for term in terms:
            test, wanted = _test(plan, term, today), not term.negated
            found = [task for task in found if test(task) is wanted]
        return frozenset([task.id for task in found] + ([] if terms else self._projects(plan, archived=archived)))

    def _projects(self, plan: Plan, *, archived: bool) -> list[str]:
        hay = {
            project.id: fold(f"{project.key}\n{project.name}\n{project.external_id or ''}\n{project.manager}")
            for project in plan.projects.values()
            if project.archived is archived
        }
        return [
            id_
            for id_, text in hay.items()
            if all(word in text for word in self.words) and not any(word in text for word in self.without)
        ]


def parse(text: str) -> TaskFilter:
    """What a filter means. Never raises; what is not understood becomes plain words and a `problem`."""
    words: list[str] = []
    without: list[str] = []
    terms: list[_Term] = []
    problem = ""
    for token in _TOKEN.finditer(text):
        value = fold((token["quote"] if token["quote"] is not None else token["rest"] or "").strip())
        name = "owner" if token["sign"] else fold(token["name"] or "")
        negated = token["not"] is not None
        if name and not value:
            continue  # still being typed
        known = beginning(value, IS) if name == "is" else value
        if name in _NAMES and known:
            terms.append(_Term(name, known, negated))
            continue
        if name == "is":
            problem = problem or f"{quoted(value)} is no state here. There are: {', '.join(IS)}."
            continue
        if name:
            problem = problem or f"{quoted(f'{name}:')} is no term of this filter; it is searched for as text."
            value = f"{name}:{value}"
        if value and value != "-":
            (without if negated else words).append(value)
    return TaskFilter(tuple(words), tuple(without), tuple(terms), problem)


def archived_outline(plan: Plan, wanted: Collection[str]) -> list[WbsRow]:
    """Those of the archived things in *wanted*, each below its project; a project that is not archived may be one."""
    below: dict[str, list[Task]] = {id_: [] for id_ in wanted if id_ in plan.projects}
    for id_ in wanted:
        if id_ in plan.tasks:
            below.setdefault(plan.tasks[id_].project_id, []).append(plan.tasks[id_])
    rows: list[WbsRow] = []
    projects: list[Project] = [plan.projects[id_] for id_ in below]
    for project in sorted(projects, key=lambda project: key_order(project.key)):
        rows.append(WbsRow("project", project.id, 0, "", has_parts=False))
        tasks = sorted(below[project.id], key=lambda task: key_order(task.key))
        rows += [WbsRow("task", task.id, 1, "", has_parts=False) for task in tasks]
    return rows


@per_row("task")
def _haystacks(task: Task) -> str:
    return fold(f"{task.key}\n{task.title}\n{task.external_id or ''}\n{task.owner}")


def _test(plan: Plan, term: _Term, today: date) -> Test:
    value = term.value
    if term.name == "owner":
        return lambda task: any(part.startswith(value) for part in (fold(task.owner), *fold(task.owner).split()))
    if term.name == "is":
        return _is(plan, value, today)
    found = resolve(plan, value)
    wanted = found[1] if found else ""
    if term.name == "project":
        return lambda task: task.project_id == wanted
    work = _work_of(plan, wanted)
    return lambda task: task.id in work


def _work_of(plan: Plan, wanted: str) -> Container[str]:
    """The tasks for a card or an item, with all that is below them; those for the items of a card too."""
    tasks, items = plan.tasks, plan.backlog_items
    known: dict[str, bool] = {}
    for id_ in tasks if wanted else ():
        chain: list[str] = []
        at: str | None = id_
        while at is not None and at not in known and at in tasks:
            known[at] = False
            chain.append(at)
            at = tasks[at].parent_id
        belongs = at is not None and known.get(at, False)
        for name in reversed(chain):
            task = tasks[name]
            item = items.get(task.item_id or "")
            ends = (task.initiative_id, task.item_id, item.initiative_id if item else None)
            belongs = belongs or wanted in ends
            known[name] = belongs
    return {id_ for id_, belongs in known.items() if belongs}


def _is(plan: Plan, state: str, today: date) -> Test:
    found = schedule(plan)
    match state:
        case "open":
            return lambda task: _percent(found, task) < 1
        case "started":
            return lambda task: 0 < _percent(found, task) < 1
        case "done":
            return lambda task: _percent(found, task) >= 1
        case "critical":
            return lambda task: task.id in found.tasks and found.tasks[task.id].critical
        case "late":
            return lambda task: is_late(found, task.id, today)
        case "milestone":
            return lambda task: task.id in found.tasks and found.tasks[task.id].milestone
        case "summary":
            return lambda task: task.id in found.tasks and found.tasks[task.id].summary
        case "unassigned":
            return lambda task: not task.owner
        case "archived":
            return lambda _task: False  # `select` has looked at that already
    linked = {end for link in plan.dependencies.values() for end in (link.predecessor_id, link.successor_id)}
    return lambda task: task.id not in linked


def _percent(found: Schedule, task: Task) -> float:
    dates = found.tasks.get(task.id)
    return dates.percent if dates else task.percent_complete or 0.0


def is_late(found: Schedule, task_id: str, today: date) -> bool:
    """Whether a task should have ended before *today* by its dates, and is not done."""
    dates = found.tasks.get(task_id)
    return dates is not None and dates.percent < 1 and last_day(dates) < today
