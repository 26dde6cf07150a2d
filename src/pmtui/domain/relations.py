"""Who belongs to whom across subjects: products, objectives, cards, items and tasks.

Archived things are left out, because nobody who looks at a whole means its archived parts; what an
archived thing itself has is still found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pmtui.domain.entities.schedule import Dependency, Task
from pmtui.domain.memory import derived_from
from pmtui.domain.plan import Plan, derived, key_order

K = TypeVar("K")
Groups = Mapping[K, tuple[str, ...]]


def _grouped(pairs: Iterable[tuple[K, str]]) -> Groups[K]:
    found: dict[K, list[str]] = {}
    for key, entity_id in pairs:
        found.setdefault(key, []).append(entity_id)
    return {key: tuple(ids) for key, ids in found.items()}


@derived("objective")
def objectives_of(plan: Plan) -> Groups[str | None]:
    """The ids of the objectives of each product, in the order of their keys; `None` has those without one."""
    goals = sorted(plan.objectives.values(), key=lambda goal: key_order(goal.key))
    return _grouped((goal.product_id, goal.id) for goal in goals if not goal.archived)


@derived("key_result")
def key_results_of(plan: Plan) -> Groups[str]:
    """The ids of the key results of each objective, in the order of their keys."""
    results = sorted(plan.key_results.values(), key=lambda result: key_order(result.key))
    return _grouped((result.objective_id, result.id) for result in results if not result.archived)


@derived("initiative")
def initiatives_of(plan: Plan) -> Groups[str | None]:
    """The ids of the cards that serve each objective, in the order of their keys; `None` has those without one."""
    cards = sorted(plan.initiatives.values(), key=lambda card: key_order(card.key))
    return _grouped((card.objective_id, card.id) for card in cards if not card.archived)


@derived("backlog_item")
def items_of(plan: Plan) -> Groups[str]:
    """The ids of the items that each card contains, in the order of their keys."""
    items = sorted(
        (item for item in plan.backlog_items.values() if item.initiative_id and not item.archived),
        key=lambda item: key_order(item.key),
    )
    return _grouped((str(item.initiative_id), item.id) for item in items)


@derived("backlog_item")
def items_for(plan: Plan) -> Groups[str]:
    """The ids of the items that name each objective as their reason, in the order of the plan."""
    items = plan.backlog_items.values()
    return _grouped((item.objective_id, item.id) for item in items if item.objective_id and not item.archived)


def _in_order(task: Task) -> tuple[float, tuple[str, int]]:
    return task.position or 0.0, key_order(task.key)


@derived_from(task="id parent_id project_id position key")
def topmost_tasks(plan: Plan) -> Groups[str]:
    """The ids of the tasks of each project that are part of no other, in their order; the archived ones too."""
    return _grouped(
        (task.project_id, task.id) for task in sorted(plan.tasks.values(), key=_in_order) if task.parent_id is None
    )


@derived_from(task="id parent_id position key")
def subtasks(plan: Plan) -> Groups[str]:
    """The ids of the tasks right below each task, in their order; the archived ones too."""
    below: dict[str, list[Task]] = {}
    for task in plan.tasks.values():
        if task.parent_id is not None:
            below.setdefault(task.parent_id, []).append(task)
    return {parent: tuple(task.id for task in sorted(tasks, key=_in_order)) for parent, tasks in below.items()}


@derived_from(task="id item_id archived")
def tasks_of_item(plan: Plan) -> Groups[str]:
    """The ids of the tasks that bring each item, in the order of the plan."""
    return _grouped((task.item_id, task.id) for task in plan.tasks.values() if task.item_id and not task.archived)


@derived_from(task="id initiative_id archived")
def tasks_of_initiative(plan: Plan) -> Groups[str]:
    """The ids of the tasks that name each card themselves, in the order of the plan."""
    tasks = plan.tasks.values()
    return _grouped((task.initiative_id, task.id) for task in tasks if task.initiative_id and not task.archived)


@derived("dependency")
def predecessors(plan: Plan) -> Mapping[str, tuple[Dependency, ...]]:
    """The dependencies that each task waits for."""
    found: dict[str, list[Dependency]] = {}
    for link in plan.dependencies.values():
        found.setdefault(link.successor_id, []).append(link)
    return {task: tuple(links) for task, links in found.items()}


@derived("dependency")
def successors(plan: Plan) -> Mapping[str, tuple[Dependency, ...]]:
    """The dependencies that wait for each task."""
    found: dict[str, list[Dependency]] = {}
    for link in plan.dependencies.values():
        found.setdefault(link.predecessor_id, []).append(link)
    return {task: tuple(links) for task, links in found.items()}
