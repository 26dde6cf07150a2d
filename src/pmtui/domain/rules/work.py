"""The rule that turns what is wanted into work: a card or an item becomes tasks of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from pmtui.domain.changes import Changes
from pmtui.domain.commands.schedule import PlanWork
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Project, Task
from pmtui.domain.errors import Refused
from pmtui.domain.fields import specs
from pmtui.domain.lifecycle import OPEN_STATES
from pmtui.domain.plan import Plan
from pmtui.domain.relations import items_of, tasks_of_initiative, tasks_of_item
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.linking import put_link
from pmtui.domain.rules.names import name_of
from pmtui.domain.rules.outline import Outline
from pmtui.domain.rules.vision import only_product
from pmtui.domain.templates import Template, template, unplanned_items
from pmtui.domain.text import clean_line

Wanted = BacklogItem | Initiative


def plan_work(draft: Draft, command: PlanWork, today: date) -> Changes:
    """What is planned as tasks is in the state planned, if it was an idea or a candidate before."""
    wanted = _wanted(draft, command)
    kind = template(command.template)
    items = _items(draft.plan, wanted)
    project = _project(draft, command, wanted, today)
    work = _Work(draft, project.id, kind, iter(command.new_ids))
    top = work.task(wanted.title, None, wanted)
    for item in items:
        work.steps(work.task(item.title, top, item))
    if not items:
        work.steps(top)
    outline = Outline(draft)
    outline.place(draft.get(Task, top))
    outline.settle()
    advanced = [thing for thing in (wanted, *items) if thing.state in ("idea", "candidate")]
    for thing in advanced:
        draft.update(thing, state="planned")
    return draft.finish(_label(draft, wanted, project, work.made, advanced))


class _Work:
    """Makes the tasks of a piece of work, with the ids that the command has brought along."""

    def __init__(self, draft: Draft, project_id: str, kind: Template, ids: Iterator[str]) -> None:
        self._draft = draft
        self._project_id = project_id
        self._kind = kind
        self._ids = ids
        self._places: Counter[str | None] = Counter()
        self.made: list[str] = []

    def task(self, title: str, parent: str | None, reason: Wanted | None, duration: int | None = None) -> str:
        """The id of a new task, last among the parts of its parent; it names the reason that it has itself."""
        new_id = next(self._ids, None)
        if new_id is None:
            raise Refused("There is more to plan than there was: another window has changed it. Nothing was changed.")
        self._places[parent] += 1
        self._draft.insert(
            Task(
                id=new_id,
                title=title,
                project_id=self._project_id,
                parent_id=parent,
                position=float(self._places[parent]),
                duration=self._kind.duration if duration is None else duration,
                item_id=reason.id if isinstance(reason, BacklogItem) else None,
                initiative_id=reason.id if isinstance(reason, Initiative) else None,
            )
        )
        self.made.append(new_id)
        return new_id

    def steps(self, parent: str) -> None:
        """The template's tasks below a task, each waiting for those before it."""
        ids: list[str] = []
        for step in self._kind.steps:
            ids.append(self.task(step.title, parent, None, step.duration))
            for place, how in step.after.items():
                put_link(self._draft, ids[place], ids[-1], how)


def _wanted(draft: Draft, command: PlanWork) -> Wanted:
    """The card or item to plan. Raises `Refused` where it is closed, in the archive, or planned already."""
    wanted: Wanted
    if command.kind == "initiative":
        wanted = draft.get(Initiative, command.id)
        planned = tasks_of_initiative(draft.plan).get(wanted.id, ())
    else:
        wanted = draft.item(command.id)
        planned = tasks_of_item(draft.plan).get(wanted.id, ())
    if wanted.archived:
        raise Refused(f"{name_of(wanted)} is in the archive. Restore it first.")
    if planned:
        task = draft.get(Task, planned[0])
        raise Refused(f"{name_of(wanted)} is planned already, as {name_of(task)}. Add tasks below that one.")
    if wanted.state not in OPEN_STATES:
        raise Refused(f"{name_of(wanted)} is {wanted.state}, so there is nothing to plan. Give it another state first.")
    return wanted


def _items(plan: Plan, wanted: Wanted) -> list[BacklogItem]:
    """The items of a card that get a summary of their own."""
    if isinstance(wanted, BacklogItem) or wanted.id not in items_of(plan):
        return []
    items = [plan.backlog_items[item] for item in unplanned_items(plan, wanted.id)]
    if not items:
        raise Refused(f"Every item in {name_of(wanted)} has its tasks already, or is closed. There is nothing to plan.")
    return items


def _project(draft: Draft, command: PlanWork, wanted: Wanted, today: date) -> Project:
    if command.project_name:
        draft.insert(
            Project(
                id=command.project_id,
                name=clean_line(command.project_name),
                start_on=today,
                product_id=wanted.product_id or only_product(draft.plan),
            )
        )
    draft.refuse_archived(specs(Task)["project_id"], command.project_id)
    return draft.get(Project, command.project_id)


def _label(draft: Draft, wanted: Wanted, project: Project, made: Sequence[str], advanced: Sequence[Wanted]) -> str:
    below = len(made) - 1
    what = f"{draft.get(Task, made[0]).key}" + (
        f" and {below} task{'' if below == 1 else 's'} below it" if below else ""
    )
    label = f"planned {name_of(wanted)} as {what} in {project.key}"
    if not advanced:
        return label
    return f"{label}; {', '.join(thing.key for thing in advanced[:3])}{' …' if len(advanced) > 3 else ''} now planned"
