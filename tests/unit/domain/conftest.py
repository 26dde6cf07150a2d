"""A building site: a desk with a project, on which tasks are called by one letter or word."""

from __future__ import annotations

import pytest

from pmtui.domain.changes import Changes
from pmtui.domain.commands import AddProject, AddTask, Command, LinkTasks
from pmtui.domain.entities.schedule import Task
from pmtui.domain.plan import Plan
from pmtui.domain.relations import subtasks, topmost_tasks


class Site:
    """Tasks have their names as ids and titles, so that a test reads as a sketch of the plan."""

    def __init__(self, desk) -> None:
        self.desk = desk
        desk.do(AddProject("site", "Site"))

    def task(self, name: str, parent: str | None = None, /, *, project: str = "site", **fields) -> str:
        """A new task, a day long, last among the parts of its parent."""
        extra = {} if parent is None else {"parent_id": parent}
        self.do(AddTask(name, name, project, fields={**extra, **fields}))
        return name

    def tasks(self, sketch: str) -> None:
        """Tasks of a sketch like `A(B C(D)) E`: what stands in brackets is a part of what stands before."""
        above: list[str] = []
        last = ""
        for word in sketch.replace("(", " ( ").replace(")", " ) ").split():
            if word == "(":
                above.append(last)
            elif word == ")":
                last = above.pop()
            else:
                last = self.task(word, above[-1] if above else None)

    def link(self, predecessor: str, *successors: str, type: str = "FS", lag: int = 0) -> Changes:  # noqa: A002
        """The successors wait for the predecessor."""
        return self.do(LinkTasks(predecessor, successors, type, lag))

    def do(self, command: Command) -> Changes:
        return self.desk.do(command)

    def refused(self, command: Command) -> str:
        return self.desk.refused(command)

    @property
    def plan(self) -> Plan:
        return self.desk.plan

    def __getitem__(self, name: str) -> Task:
        return self.plan.tasks[name]

    def sketch(self, project: str = "site") -> str:
        """The tasks as `A(B C(D)) E`; those in the archive are left out."""

        def words(ids) -> str:
            return " ".join(
                name + (f"({inner})" if (inner := words(subtasks(self.plan).get(name, ()))) else "")
                for name in ids
                if not self[name].archived
            )

        return words(topmost_tasks(self.plan).get(project, ()))

    def links(self) -> set[str]:
        """The links as `A>B`."""
        return {f"{link.predecessor_id}>{link.successor_id}" for link in self.plan.dependencies.values()}


@pytest.fixture
def site(desk) -> Site:
    return Site(desk)


@pytest.fixture
def new_site(desk):
    """Makes sites, each with a desk of its own, for a test that needs many."""
    return lambda: Site(type(desk)())
