"""Plans of any size to measure with, made through the workspace like any other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import ImportEntities
from pmtui.domain.entities import BacklogItem, ItemTag, Tag, link_id
from pmtui.workspace import Workspace

WORDS = (
    "export",
    "inbox",
    "offline",
    "sync",
    "report",
    "audit",
    "colour",
    "field",
    "note",
    "search",
    "review",
    "share",
)


def make_plan(path: Path, items: int) -> None:
    """A plan of so many open items, seven of ten scored, each with one tag."""
    clock = fixed_clock(date(2026, 3, 2), items)
    tags = [Tag(id=clock.new_id(), name=word) for word in WORDS]
    backlog: list[BacklogItem] = []
    links: list[ItemTag] = []
    for number in range(items):
        scored = number % 10 < 7
        item = BacklogItem(
            id=clock.new_id(),
            key=f"F-{number + 1}",
            title=f"{WORDS[number % 12]} {WORDS[number // 12 % 12]} for {WORDS[number // 144 % 12]}".capitalize(),
            value=float(number * 7 % 11) if scored else None,
            effort=float(1 + number * 3 % 10) if scored else None,
            created_on=date(2026, 1, 1),
        )
        tag = tags[number % 12]
        backlog.append(item)
        links.append(ItemTag(id=link_id(item.id, tag.id), item_id=item.id, tag_id=tag.id))
    with Workspace(path, clock) as workspace:
        workspace.do(ImportEntities("a plan to measure with", (*tags, *backlog, *links)))


def make_schedule(path: Path, tasks: int, items: int = 2_000) -> None:
    """`make_plan`, and a project of so many tasks with the links of the engine's bench."""
    from engine import tasks_plan

    make_plan(path, items)
    plan = tasks_plan(tasks)
    with Workspace(path, fixed_clock(date(2026, 3, 2), tasks)) as workspace:
        rows = (*plan.projects.values(), *plan.tasks.values(), *plan.dependencies.values())
        workspace.do(ImportEntities("a schedule to measure with", rows))
