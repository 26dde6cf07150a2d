"""From what the demo plan says to its entities: slugs become ids, and days are counted from today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pmtui.domain.clock import Clock
from pmtui.domain.demo.content_backlog import ITEMS, DemoItem
from pmtui.domain.demo.content_roadmap import CARDS, DemoCard, DemoPromise, Window
from pmtui.domain.demo.content_schedule import PROJECTS, DemoProject, DemoTask
from pmtui.domain.demo.content_vision import OBJECTIVES, PRODUCTS, RESULTS
from pmtui.domain.durations import DAY, parse_duration
from pmtui.domain.entities import Entity, link_id
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.common import ItemTag, Tag
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Dependency, Project, Task
from pmtui.domain.entities.vision import KeyResult, Objective, Product
from pmtui.domain.fields import Scalar
from pmtui.domain.numbers import add_months
from pmtui.domain.periods import MONTHS, period_of

_VALUE_EFFORT = ("value", "effort")
_RICE = ("reach", "impact", "confidence", "person_months")
_WSJF = ("business_value", "time_criticality", "risk_reduction", "job_size")
_WAIT = re.compile(r"([a-z]+)([+-]\d+[dh])?")


class Making:
    """The demo plan while it is made: the ids of its slugs, and its days."""

    def __init__(self, clock: Clock) -> None:
        self.today = clock.today()
        self.monday = _planning_monday(self.today)
        self.products = {product.slug: clock.new_id() for product in PRODUCTS}
        self.goals = {goal.slug: clock.new_id() for goal in OBJECTIVES}
        self.items = {item.slug: clock.new_id() for item in ITEMS}
        names = sorted({tag for item in ITEMS for tag in item.tags.split()})
        self.tags = {name: clock.new_id() for name in names}
        self.results = {result.slug: clock.new_id() for result in RESULTS}
        self.cards = {card.slug: clock.new_id() for card in CARDS}
        self.projects = {project.slug: clock.new_id() for project in PROJECTS}
        self.tasks = {task.slug: clock.new_id() for project in PROJECTS for task in project.tasks}

    def day(self, days: int) -> date:
        """The day so many days after the Monday of planning."""
        return self.monday + timedelta(days=days)

    def everything(self) -> Iterator[Entity]:
        """All entities, in the order in which their keys are given."""
        yield from self._vision()
        yield from (self._card(card) for card in CARDS)
        yield from self._backlog()
        for project in PROJECTS:
            yield from self._schedule(project)

    def _vision(self) -> Iterator[Entity]:
        for product in PRODUCTS:
            boxes = product._asdict()
            yield Product(id=self.products[boxes.pop("slug")], **boxes)
        for goal in OBJECTIVES:
            due = self.today + timedelta(days=goal.due)
            yield Objective(
                id=self.goals[goal.slug],
                product_id=self.products[goal.product],
                title=goal.title,
                ambition=goal.ambition,  # type: ignore[arg-type]  # the rules check the word
                period=f"{due.year} Q{(due.month + 2) // 3}",
                owner=goal.owner,
                notes=goal.notes,
                due_on=due,
            )
        for result in RESULTS:
            measure = result._asdict()
            result_id, goal_id = self.results[measure.pop("slug")], self.goals[measure.pop("goal")]
            yield KeyResult(id=result_id, objective_id=goal_id, **measure)

    def _card(self, card: DemoCard) -> Initiative:
        start, end = self._window(card.window)
        return Initiative(
            id=self.cards[card.slug],
            product_id=self.products[card.product],
            objective_id=self.goals.get(card.goal),
            title=card.title,
            lane=card.lane,
            outcome=card.outcome,
            state=card.state,  # type: ignore[arg-type]  # the rules check the word
            horizon=card.horizon,  # type: ignore[arg-type]  # the same
            window_start=start,
            window_end=end,
            owner=card.owner,
            notes=card.notes,
            **self._promise(card.promise),  # type: ignore[arg-type]  # the same
        )

    def _window(self, window: Window | None) -> tuple[date | None, date | None]:
        """First and last day of a window of whole months or quarters, counted from that of today."""
        if window is None:
            return None, None
        by, first, last = window
        start = period_of(self.today, by).first
        return add_months(start, first * MONTHS[by]), period_of(add_months(start, last * MONTHS[by]), by).last

    def promised_window(self, promise: DemoPromise) -> tuple[date | None, date]:
        """The day alone, or the first and last day of the month or quarter that it is in."""
        end = self.day(promise.end)
        if promise.by == "day":
            return None, end
        period = period_of(end, promise.by)
        return period.first, period.last

    def _promise(self, promise: DemoPromise | None) -> dict[str, Scalar]:
        if promise is None:
            return {}
        start, end = self.promised_window(promise)
        made = self.day(-7 * promise.made + 2)
        fields: dict[str, Scalar] = {"promise_start": start, "promise_end": end, "confidence": promise.confidence}
        return fields | {"promised_on": made, "audience": promise.audience}

    def _backlog(self) -> Iterator[Entity]:
        for name, tag_id in self.tags.items():
            yield Tag(id=tag_id, name=name)
        yield from (self._item(item) for item in ITEMS)
        for item in ITEMS:
            item_id = self.items[item.slug]
            for tag_id in map(self.tags.__getitem__, item.tags.split()):
                yield ItemTag(id=link_id(item_id, tag_id), item_id=item_id, tag_id=tag_id)
        for item in ITEMS:
            item_id = self.items[item.slug]
            for need in map(self.items.__getitem__, item.needs.split()):
                yield ItemDependency(id=link_id(item_id, need), item_id=item_id, needs_id=need)

    def _item(self, item: DemoItem) -> BacklogItem:
        inputs: dict[str, Scalar] = dict(zip(_VALUE_EFFORT, item.score, strict=True))
        if item.rice:
            inputs |= zip(_RICE, item.rice, strict=True)
        if item.wsjf:
            inputs |= zip(_WSJF, item.wsjf, strict=True)
        return BacklogItem(
            id=self.items[item.slug],
            title=item.title,
            product_id=self.products[item.product],
            parent_id=self.items.get(item.parent),
            objective_id=self.goals.get(item.goal),
            initiative_id=self.cards.get(item.card),
            state=item.state,  # type: ignore[arg-type]  # the rules check the word
            state_reason=item.reason,
            priority=item.priority,
            owner=item.owner,
            notes=item.notes,
            created_on=self.today - timedelta(days=item.age),
            external_id=item.external or None,
            **{name: None if value is None else float(value) for name, value in inputs.items()},  # type: ignore[arg-type]
        )

    def _schedule(self, project: DemoProject) -> Iterator[Entity]:
        texts = project._asdict()
        tasks: tuple[DemoTask, ...] = texts.pop("tasks")
        project_id = self.projects[texts.pop("slug")]
        start = self.day(7 * texts.pop("weeks"))
        yield Project(id=project_id, product_id=self.products[texts.pop("product")], start_on=start, **texts)
        above: list[str] = []
        beside: dict[str | None, int] = {}
        for task in tasks:
            del above[task.depth - 1 :]
            parent = above[-1] if above else None
            beside[parent] = beside.get(parent, 0) + 1
            yield self._task(task, project_id, parent, beside[parent])
            above.append(self.tasks[task.slug])
        for task in tasks:
            yield from self._links(self.tasks[task.slug], task.after.split())

    def _task(self, task: DemoTask, project_id: str, parent: str | None, place: int) -> Task:
        return Task(
            id=self.tasks[task.slug],
            project_id=project_id,
            parent_id=parent,
            position=float(place),
            title=task.title,
            duration=DAY if task.days is None else round(task.days * DAY),
            percent_complete=task.done / 100 if task.done else None,
            start_no_earlier=None if task.not_before is None else self.day(task.not_before),
            owner=task.owner,
            item_id=self.items.get(task.item),
            initiative_id=self.cards.get(task.card),
            notes=task.notes,
        )

    def _links(self, task_id: str, after: Iterable[str]) -> Iterator[Dependency]:
        for word in after:
            wait = _WAIT.fullmatch(word)
            if wait is None:
                raise ValueError(f"{word!r} is no task to wait for, as build or build+2d")
            lag = parse_duration(wait[2], "lag", signed=True) if wait[2] else 0
            needed = self.tasks[wait[1]]
            yield Dependency(id=link_id(needed, task_id), predecessor_id=needed, successor_id=task_id, lag=lag)


def _planning_monday(today: date) -> date:
    """The Monday of this week; on Saturday and Sunday the next one, because nobody plans for a week that is over."""
    monday = today - timedelta(days=today.weekday())
    return monday if today.weekday() < 5 else monday + timedelta(days=7)
