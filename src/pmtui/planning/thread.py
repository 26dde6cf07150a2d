"""The golden thread: from any thing upward why it is done, and downward how.

    product > objective > card > item and what it is part of > summary tasks > task > its parts

Each thing stands once. What is missing on the way is said in its place, so that gaps are seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pmtui.domain.durations import duration_text
from pmtui.domain.entities import Entity
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Project, Task
from pmtui.domain.entities.vision import KeyResult, Objective, Product
from pmtui.domain.fields import shown_as, specs
from pmtui.domain.numbers import half_up
from pmtui.domain.periods import days_name
from pmtui.domain.plan import Plan, Rows, children, key_order, needed_by, needs_of
from pmtui.domain.relations import (
    initiatives_of,
    items_for,
    items_of,
    key_results_of,
    objectives_of,
    subtasks,
    tasks_of_initiative,
    tasks_of_item,
    topmost_tasks,
)
from pmtui.planning.okr import measure_of, objective_grade, objective_of, result_grade
from pmtui.planning.schedule import first_day, last_day, schedule

Relation = Literal["why", "this", "how"]

CAP = 200
"""Steps above or below a thing that are listed; of more, the deepest are left out first, and counted."""


class Step(NamedTuple):
    """One thing on the thread, or a gap in it."""

    kind: str
    """What it is, or what is missing."""
    id: str
    """"" where something is missing or left out."""
    key: str
    title: str
    relation: Relation
    depth: int
    """0 for the topmost; what is below something is one deeper."""
    note: str
    """What matters of it in a few words: state, grade, due day, progress."""


def thread(plan: Plan, kind: str, entity_id: str) -> list[Step]:
    """The thread through a thing that has a short key, from the product down; [] where the plan has it not."""
    entity = plan.find(kind, entity_id)
    if entity is None:
        return []
    return _Thread(plan, kind, entity).steps()


class _Thread:
    """What is above a thing, what is below it, and what is there already."""

    def __init__(self, plan: Plan, kind: str, entity: Entity) -> None:
        self._plan = plan
        self._kind = kind
        self._entity = entity
        self._seen = {entity.id}

    def steps(self) -> list[Step]:
        """All of it, top to bottom."""
        above = list(self._why())
        depth = above[-1].depth + 1 if above else 0
        if self._kind == "project":
            above, depth = _capped(above), 1  # what a project serves stands beside it, under the product
        here = _step(self._plan, self._kind, self._entity, "this", depth)
        return [*above, here, *_capped(list(self._how(depth + 1)))]

    def _why(self) -> Iterator[Step]:
        match self._entity:
            case Objective() as goal:
                yield from self._line(self._products(goal.product_id), [])
            case KeyResult() as result:
                goal = self._plan.objectives[result.objective_id]
                yield from self._line(self._products(goal.product_id), [("objective", goal.id)])
            case Initiative() as card:
                goals = self._goals(card.objective_id)
                yield from self._line(self._products(*self._products_of(goals), card.product_id), goals)
            case BacklogItem() as item:
                yield from self._why_item(item)
            case Task() as task:
                yield from self._why_task(task)
            case Project() as project:
                yield from self._why_project(project)

    def _line(self, *parts: Sequence[tuple[str, str]]) -> Iterator[Step]:
        """Things one below the other; an id of "" is a gap."""
        depth = 0
        for kind, entity_id in (step for part in parts for step in part):
            if not entity_id:
                yield Step(kind, "", "", _MISSING[kind], "why", depth, "")
            elif entity_id not in self._seen:
                self._seen.add(entity_id)
                yield _step(self._plan, kind, self._plan.of(kind)[entity_id], "why", depth)
            else:
                continue
            depth += 1

    def _products(self, *candidates: str | None) -> list[tuple[str, str]]:
        return [("product", next((id_ for id_ in candidates if id_ is not None), ""))]

    def _products_of(self, goals: Iterable[tuple[str, str]]) -> list[str | None]:
        return [self._plan.objectives[id_].product_id for _, id_ in goals if id_]

    def _goals(self, *candidates: str | None) -> list[tuple[str, str]]:
        """The objectives that are known, the nearest reason last; a gap where there is none."""
        known = dict.fromkeys(id_ for id_ in candidates if id_ is not None)
        return [("objective", id_) for id_ in known] or [("objective", "")]

    def _why_item(self, item: BacklogItem) -> Iterator[Step]:
        card = self._card_of(item)
        goals = self._goals(card.objective_id if card else None, objective_of(self._plan, "backlog_item", item.id))
        products = self._products(*self._products_of(goals), card.product_id if card else None, item.product_id)
        yield from self._line(
            products,
            goals,
            [("initiative", card.id if card else "")],
            [("backlog_item", id_) for id_ in self._above_item(item)],
        )

    def _card_of(self, item: BacklogItem) -> Initiative | None:
        """The card that contains the item, or else what it is part of."""
        items = self._plan.backlog_items
        for id_ in (item.id, *reversed(self._above_item(item))):
            card_id = items[id_].initiative_id
            if card_id is not None:
                return self._plan.initiatives[card_id]
        return None

    def _above_item(self, item: BacklogItem) -> list[str]:
        return _chain(item.parent_id, lambda id_: self._plan.backlog_items[id_].parent_id, item.id)

    def _above_task(self, task: Task) -> list[str]:
        return _chain(task.parent_id, lambda id_: self._plan.tasks[id_].parent_id, task.id)

    def _why_task(self, task: Task) -> Iterator[Step]:
        plan = self._plan
        above = self._above_task(task)
        line = [task, *(plan.tasks[id_] for id_ in reversed(above))]
        item_id = next((one.item_id for one in line if one.item_id is not None), None)
        item = plan.backlog_items[item_id] if item_id is not None else None
        card = self._card_of(item) if item else None
        if card is None:
            card_id = next((one.initiative_id for one in line if one.initiative_id is not None), None)
            card = plan.initiatives[card_id] if card_id is not None else None
        goals = self._goals(card.objective_id if card else None, objective_of(plan, "task", task.id))
        products = self._products(
            *self._products_of(goals),
            card.product_id if card else None,
            item.product_id if item else None,
            plan.projects[task.project_id].product_id,
        )
        yield from self._line(
            products,
            goals,
            [("initiative", card.id)] if card else [("initiative" if item else "reason", "")],
            [("backlog_item", id_) for id_ in (*self._above_item(item), item.id)] if item else [],
            [("task", id_) for id_ in above],
        )

    def _why_project(self, project: Project) -> Iterator[Step]:
        """Its product, and the cards and items that its tasks bring, beside each other."""
        plan = self._plan
        yield from self._line(self._products(project.product_id))
        tasks = [task for task in plan.tasks.values() if task.project_id == project.id and not task.archived]
        items = {task.item_id for task in tasks if task.item_id is not None}
        homes = {id_: self._card_of(plan.backlog_items[id_]) for id_ in items}
        cards = {task.initiative_id for task in tasks if task.initiative_id is not None}
        cards |= {card.id for card in homes.values() if card}
        if not cards and not items:
            yield Step("reason", "", "", _MISSING["reason"], "why", 1, "")
        for card_id in _by_key(cards, plan.of("initiative")):
            yield _step(plan, "initiative", plan.initiatives[card_id], "why", 1)
            inside = [id_ for id_ in items if (card := homes[id_]) and card.id == card_id]
            for id_ in _by_key(inside, plan.of("backlog_item")):
                yield _step(plan, "backlog_item", plan.backlog_items[id_], "why", 2)
        for id_ in _by_key((id_ for id_ in items if homes[id_] is None), plan.of("backlog_item")):
            yield _step(plan, "backlog_item", plan.backlog_items[id_], "why", 1)

    def _how(self, depth: int) -> Iterator[Step]:
        entity_id = self._entity.id
        match self._kind:
            case "product":
                yield from self._below_product(entity_id, depth)
            case "objective":
                yield from self._below_objective(entity_id, depth)
            case "key_result":
                yield from self._work_of(self._plan.key_results[entity_id].objective_id, depth)
            case "initiative":
                yield from self._below_card(entity_id, depth, deep=True)
            case "backlog_item":
                yield from self._below_item(entity_id, depth)
                yield from self._beside_item(entity_id, depth)
            case "project":
                yield from self._tasks(topmost_tasks(self._plan).get(entity_id, ()), depth, deep=False)
            case _:
                yield from self._tasks(subtasks(self._plan).get(entity_id, ()), depth)

    def _beside_item(self, item_id: str, depth: int) -> Iterator[Step]:
        """What it needs first and what needs it: no part of it, but part of when it can be done."""
        for word, ids in (
            ("needed first", needs_of(self._plan).get(item_id, ())),
            ("needs this", needed_by(self._plan).get(item_id, ())),
        ):
            for _, step in self._new("backlog_item", ids, depth):
                yield step._replace(note=f"{word}, {step.note}")

    def _new(self, kind: str, ids: Iterable[str], depth: int) -> Iterator[tuple[str, Step]]:
        """A step for each that is neither in the archive nor on the thread already."""
        rows = self._plan.of(kind)
        for id_ in ids:
            if id_ not in self._seen and not rows[id_].archived:
                self._seen.add(id_)
                yield id_, _step(self._plan, kind, rows[id_], "how", depth)

    def _gap(self, kind: str, depth: int) -> Step:
        return Step(kind, "", "", _MISSING[kind], "how", depth, "")

    def _below_product(self, product_id: str, depth: int) -> Iterator[Step]:
        """Objectives with key results and cards, cards without an objective, projects: the next steps lead on."""
        plan = self._plan
        goals = objectives_of(plan).get(product_id, ())
        if not goals:
            yield self._gap("objective", depth)
        for goal_id, step in self._new("objective", goals, depth):
            yield step
            yield from self._results(goal_id, depth + 1)
            for _, card in self._new("initiative", initiatives_of(plan).get(goal_id, ()), depth + 1):
                yield card
        loose = [id_ for id_ in initiatives_of(plan).get(None, ()) if plan.initiatives[id_].product_id == product_id]
        for kind, ids in (
            ("initiative", loose),
            ("project", [project.id for project in plan.projects.values() if project.product_id == product_id]),
        ):
            for _, step in self._new(kind, _by_key(ids, plan.of(kind)), depth):
                yield step

    def _below_objective(self, objective_id: str, depth: int) -> Iterator[Step]:
        yield from self._results(objective_id, depth)
        yield from self._work_of(objective_id, depth)

    def _results(self, objective_id: str, depth: int) -> Iterator[Step]:
        results = key_results_of(self._plan).get(objective_id, ())
        for _, step in self._new("key_result", results, depth):
            yield step
        if not results:
            yield self._gap("key_result", depth)

    def _work_of(self, objective_id: str, depth: int) -> Iterator[Step]:
        """The cards that serve an objective, and the items that serve it without a card."""
        cards = initiatives_of(self._plan).get(objective_id, ())
        for card_id, step in self._new("initiative", cards, depth):
            yield step
            yield from self._below_card(card_id, depth + 1, deep=False)
        if not cards:
            yield self._gap("initiative", depth)
        items = self._plan.backlog_items
        loose = [id_ for id_ in items_for(self._plan).get(objective_id, ()) if items[id_].initiative_id is None]
        yield from self._items(_by_key(loose, self._plan.of("backlog_item")), depth)

    def _below_card(self, card_id: str, depth: int, *, deep: bool) -> Iterator[Step]:
        """The items in a card, each with its tasks, then the card's tasks that bring no item of it."""
        items = items_of(self._plan).get(card_id, ())
        yield from self._items(items, depth)
        if not items:
            yield self._gap("backlog_item", depth)
        tasks = tasks_of_initiative(self._plan).get(card_id, ())
        yield from self._tasks(tasks, depth, deep=deep)
        if not tasks and not any(id_ in tasks_of_item(self._plan) for id_ in items):
            yield self._gap("task", depth)

    def _items(self, ids: Iterable[str], depth: int) -> Iterator[Step]:
        for item_id, step in self._new("backlog_item", ids, depth):
            yield step
            yield from self._tasks(tasks_of_item(self._plan).get(item_id, ()), depth + 1, deep=False)

    def _below_item(self, item_id: str, depth: int) -> Iterator[Step]:
        tasks = tasks_of_item(self._plan).get(item_id, ())
        parts = children(self._plan).get(item_id, ())
        yield from self._tasks(tasks, depth)
        stack = [(id_, depth) for id_ in reversed(parts)]
        while stack:
            part, at = stack.pop()
            for id_, step in self._new("backlog_item", (part,), at):
                yield step
                yield from self._tasks(tasks_of_item(self._plan).get(id_, ()), at + 1, deep=False)
                stack.extend((below, at + 1) for below in reversed(children(self._plan).get(id_, ())))
        if not tasks and not parts:
            yield self._gap("task", depth)

    def _tasks(self, ids: Sequence[str], depth: int, *, deep: bool = True) -> Iterator[Step]:
        """Tasks, those first that are part of no other among them; *deep* with all their parts."""
        wanted = set(ids)
        tasks = self._plan.tasks
        topmost = [id_ for id_ in ids if not wanted.intersection(self._above_task(tasks[id_]))]
        stack = [(id_, depth) for id_ in reversed(topmost)]
        while stack:
            task_id, at = stack.pop()
            for id_, step in self._new("task", (task_id,), at):
                yield step
                if deep:
                    stack.extend((part, at + 1) for part in reversed(subtasks(self._plan).get(id_, ())))


_MISSING = {
    "product": "no product yet",
    "objective": "no objective yet",
    "key_result": "no key result yet",
    "initiative": "no card yet",
    "reason": "no card and no item that it serves yet",
    "backlog_item": "no item yet",
    "task": "no task yet",
}


def _chain(first: str | None, above: Callable[[str], str | None], below: str) -> list[str]:
    """What is above something, the topmost first; a circle in a damaged file ends it."""
    found: dict[str, None] = {}
    at = first
    while at is not None and at not in found and at != below:
        found[at] = None
        at = above(at)
    return list(reversed(found))


def _by_key(ids: Iterable[str], rows: Rows) -> list[str]:
    return sorted(ids, key=lambda id_: key_order(rows[id_].key))


def _capped(steps: list[Step]) -> list[Step]:
    """At most `CAP` steps and a count of the others, which are the deepest and, among those, the last."""
    kept = steps
    while len(kept) > CAP and (deepest := max(step.depth for step in kept)) > steps[0].depth:
        kept = [step for step in kept if step.depth < deepest]
    kept = kept[:CAP]
    left_out = len(steps) - len(kept)
    if not left_out:
        return kept
    return [*kept, Step("", "", "", f"and {left_out} more", steps[0].relation, steps[0].depth, "")]


def _step(plan: Plan, kind: str, entity: Entity, relation: Relation, depth: int) -> Step:
    title = str(getattr(entity, "title", "") or getattr(entity, "name", ""))
    words = [*_words(plan, entity), "archived" if getattr(entity, "archived", False) else ""]
    note = ", ".join(word for word in words if word)
    return Step(kind, entity.id, str(getattr(entity, "key", "")), title, relation, depth, note)


def _words(plan: Plan, entity: Entity) -> tuple[str, ...]:
    match entity:
        case Product() as product:
            return (product.stage,)
        case Objective() as goal:
            grade = objective_grade(plan, goal.id)
            words = f"grade {half_up(grade.value, 2)} {grade.band}" if grade.value is not None else grade.reason
            return words, f"due {goal.due_on}" if goal.due_on else goal.period
        case KeyResult() as result:
            value, reason = result_grade(result)
            return measure_of(result), reason if value is None else f"grade {half_up(value, 2)}"
        case Initiative() as card:
            sure = shown_as(specs(Initiative)["confidence"], card.confidence)
            promise = f"promised until {card.promise_end} ({sure})" if card.promise_end else ""
            return card.state, card.horizon, promise
        case BacklogItem() as item:
            return item.state, f"@{item.owner}" if item.owner else ""
        case Project() as project:
            return *_project_words(plan, project), f"@{project.manager}" if project.manager else ""
        case Task() as task:
            return _task_words(plan, task)
    return ()


def _project_words(plan: Plan, project: Project) -> tuple[str, ...]:
    dates = schedule(plan).projects.get(project.id)
    if dates is None or not dates.tasks:
        return (f"starts {days_name(project.start_on, project.start_on)}",)
    return days_name(first_day(dates), last_day(dates)), _done(dates.percent)


def _task_words(plan: Plan, task: Task) -> tuple[str, ...]:
    project = plan.projects[task.project_id].key
    owner = f"@{task.owner}" if task.owner else ""
    dates = schedule(plan).tasks.get(task.id)
    if dates is None:  # in the archive, or in a circle
        return duration_text(task.duration), _done(task.percent_complete or 0.0), owner, project
    name = "milestone" if dates.milestone else ""
    return name, days_name(first_day(dates), last_day(dates)), _done(dates.percent), owner, project


def _done(share: float) -> str:
    """Done is said of what is done wholly: 99.6 % is not."""
    if share >= 1:
        return "done"
    return f"{min(99.0, max(1.0, float(half_up(share * 100, 0)))):.0f}% done" if share else "not started"
