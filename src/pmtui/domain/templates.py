"""Templates of work: the tasks that a card or an item becomes when it is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pmtui.domain.durations import DAY
from pmtui.domain.entities.schedule import LinkType
from pmtui.domain.errors import Refused
from pmtui.domain.lifecycle import OPEN_STATES
from pmtui.domain.plan import Plan
from pmtui.domain.relations import items_of, tasks_of_item
from pmtui.domain.text import quoted


@dataclass(frozen=True, slots=True)
class Step:
    """One task of a template."""

    title: str
    duration: int
    """Working minutes; 0 makes a milestone."""
    after: Mapping[int, tuple[LinkType, int]]
    """Places (0 is the first) of the steps that it waits for, each with the type of the link and its lag."""


@dataclass(frozen=True, slots=True)
class Template:
    """The tasks below a planned item; without any, the item is one task."""

    help: str
    """What it is for, in a few words."""
    steps: tuple[Step, ...] = ()
    duration: int = DAY
    """Working minutes of the item's own task, which count where it has no steps."""


def _one_after_the_other(*steps: tuple[str, float]) -> tuple[Step, ...]:
    return tuple(
        Step(title, int(days * DAY), {place - 1: ("FS", 0)} if place else {})
        for place, (title, days) in enumerate(steps)
    )


TEMPLATES: Mapping[str, Template] = {
    "single": Template("one task", duration=5 * DAY),
    "feature": Template(
        "shape, build, test, release", _one_after_the_other(("Shape", 3), ("Build", 10), ("Test", 3), ("Release", 0))
    ),
    "research": Template(
        "plan, recruit, interviews, synthesis, findings",
        _one_after_the_other(("Plan", 2), ("Recruit", 5), ("Interviews", 5), ("Synthesis", 3), ("Findings", 0)),
    ),
}
"""The templates by name. Their durations are starting points, to be changed at once."""


def template(name: str) -> Template:
    """The template of that name. Raises `Refused` with the names that there are."""
    found = TEMPLATES.get(name)
    if found is None:
        raise Refused(f"There is no template {quoted(name)}. It is one of: {', '.join(TEMPLATES)}.")
    return found


def unplanned_items(plan: Plan, card_id: str) -> list[str]:
    """The ids of the open items of a card that no task brings yet."""
    planned = tasks_of_item(plan)
    return [
        item
        for item in items_of(plan).get(card_id, ())
        if plan.backlog_items[item].state in OPEN_STATES and item not in planned
    ]


def tasks_needed(plan: Plan, kind: str, entity_id: str, template_name: str) -> int:
    """How many tasks `PlanWork` makes of a card or an item, so that new ids can be brought along."""
    per_item = 1 + len(template(template_name).steps)
    if kind == "initiative" and entity_id in items_of(plan):
        return 1 + per_item * len(unplanned_items(plan, entity_id))
    return per_item
