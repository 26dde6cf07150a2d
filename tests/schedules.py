"""Plans with tasks, said in a few words: what tests of the schedule are made of."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from pmtui.domain.durations import DAY
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Dependency, Project, Task
from pmtui.domain.plan import Plan
from pmtui.planning.calendar import first_minute
from pmtui.planning.schedule import ProjectDates, Schedule, TaskDates, schedule

MONDAY = date(2026, 11, 23)
"""Where projects start unless they say otherwise."""


class Work:
    """Projects, tasks and links; the id of a task is its title, its key follows from its number."""

    def __init__(self, *projects: str, start_on: date = MONDAY) -> None:
        self.projects: dict[str, Project] = {}
        self.tasks: dict[str, Task] = {}
        self.links: dict[str, Dependency] = {}
        self.others: dict[str, dict[str, object]] = {}
        for name in projects or ("P",):
            self.project(name, start_on)

    def project(self, name: str, start_on: date = MONDAY, **fields: object) -> str:
        key = f"J-{len(self.projects) + 1}"
        self.projects[name] = Project(id=name, key=key, name=name, start_on=start_on, **fields)
        return name

    def task(self, title: str, days: float = 1, below: str | None = None, **fields: object) -> str:
        number = len(self.tasks) + 1
        fields = {
            "key": f"T-{number}",
            "project_id": next(iter(self.projects)) if below is None else self.tasks[below].project_id,
            "position": float(number),
            "duration": round(days * DAY),
            **fields,
        }
        self.tasks[title] = Task(id=title, title=title, parent_id=below, **fields)
        return title

    def link(self, before: str, after: str, type: str = "FS", lag: float = 0) -> str:  # noqa: A002 - the field's name
        """The lag is in days."""
        name = f"{before}.{after}"
        self.links[name] = Dependency(
            id=name, predecessor_id=before, successor_id=after, type=type, lag=round(lag * DAY)
        )
        return name

    def chain(self, *titles: str) -> None:
        for before, after in pairwise(titles):
            self.link(before, after)

    def card(self, title: str, **fields: object) -> str:
        cards = self.others.setdefault("initiative", {})
        cards[title] = Initiative(id=title, key=f"C-{len(cards) + 1}", title=title, **fields)
        return title

    def item(self, title: str, **fields: object) -> str:
        items = self.others.setdefault("backlog_item", {})
        items[title] = BacklogItem(id=title, key=f"F-{len(items) + 1}", title=title, **fields)
        return title

    @property
    def plan(self) -> Plan:
        return Plan(0, {"project": self.projects, "task": self.tasks, "dependency": self.links, **self.others})

    @property
    def schedule(self) -> Schedule:
        return schedule(self.plan)

    def __getitem__(self, name: str) -> TaskDates:
        return self.schedule.tasks[name]

    def dates(self, project: str) -> ProjectDates:
        return self.schedule.projects[project]

    def days(self, title: str) -> tuple[float, float]:
        """Start and finish of a task in working days from `MONDAY`."""
        found = self[title]
        return (found.start - ZERO) / DAY, (found.finish - ZERO) / DAY

    def slack(self, title: str) -> float:
        """Total slack in working days."""
        return self[title].total_slack / DAY


ZERO = first_minute(MONDAY)
"""The first minute of `MONDAY`."""
