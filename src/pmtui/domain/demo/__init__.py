"""The demo plan: small, invented, and the same wherever it is built on the same day."""

from __future__ import annotations

from datetime import timedelta

from pmtui.domain.clock import Clock
from pmtui.domain.commands import (
    AddDependency,
    Command,
    EditFields,
    FieldEdit,
    ImportEntities,
    NudgeScore,
    SetState,
)
from pmtui.domain.demo.content import ITEMS, OBJECTIVES, PRODUCT, VISION, DemoItem
from pmtui.domain.entities import Entity, link_id
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.common import ItemTag, Tag
from pmtui.domain.entities.vision import Objective, Product
from pmtui.domain.fields import Scalar

SEED = 2611
"""What the ids of the demo plan follow from, for `fixed_clock`."""


def demo_commands(clock: Clock) -> list[Command]:
    """The demo plan as commands for an empty plan: one big step, then a few that fill its history.

    Ids are drawn from *clock* in a fixed order and every day is relative to its today, so a
    `fixed_clock` gives the same plan each time.
    """
    product = Product(id=clock.new_id(), name=PRODUCT, vision=VISION)
    goals = {goal.slug: clock.new_id() for goal in OBJECTIVES}
    ids = {item.slug: clock.new_id() for item in ITEMS}
    names = sorted({tag for item in ITEMS for tag in item.tags.split()})
    tags = {name: clock.new_id() for name in names}
    objectives = [
        Objective(
            id=goals[goal.slug],
            product_id=product.id,
            title=goal.title,
            notes=goal.notes,
            due_on=clock.today() + timedelta(days=goal.due),
        )
        for goal in OBJECTIVES
    ]
    inserts: list[Entity] = [product, *objectives]
    inserts += [Tag(id=tag_id, name=name) for name, tag_id in tags.items()]
    inserts += [_item(item, product.id, goals, ids, clock) for item in ITEMS]
    inserts += [
        ItemTag(id=link_id(ids[item.slug], tags[name]), item_id=ids[item.slug], tag_id=tags[name])
        for item in ITEMS
        for name in item.tags.split()
    ]
    inserts += [
        ItemDependency(id=link_id(ids[item.slug], ids[need]), item_id=ids[item.slug], needs_id=ids[need])
        for item in ITEMS
        for need in item.needs.split()
    ]
    return [ImportEntities("the demo plan", tuple(inserts)), *_afterthoughts(ids)]


def _item(item: DemoItem, product_id: str, goals: dict[str, str], ids: dict[str, str], clock: Clock) -> BacklogItem:
    inputs: dict[str, Scalar] = dict(zip(("value", "effort"), item.score, strict=True))
    if item.rice:
        inputs |= zip(("reach", "impact", "confidence", "person_months"), item.rice, strict=True)
    if item.wsjf:
        inputs |= zip(("business_value", "time_criticality", "risk_reduction", "job_size"), item.wsjf, strict=True)
    return BacklogItem(
        id=ids[item.slug],
        title=item.title,
        product_id=product_id,
        parent_id=ids.get(item.parent),
        objective_id=goals.get(item.goal),
        state=item.state,  # type: ignore[arg-type]  # the rules check the word
        state_reason=item.reason,
        priority=item.priority,
        owner=item.owner,
        notes=item.notes,
        created_on=clock.today() - timedelta(days=item.age),
        external_id=item.external or None,
        **{name: None if value is None else float(value) for name, value in inputs.items()},  # type: ignore[arg-type]
    )


def _afterthoughts(ids: dict[str, str]) -> list[Command]:
    def edit(slug: str, field: str, value: Scalar) -> FieldEdit:
        return FieldEdit("backlog_item", ids[slug], field, "", value)

    return [
        NudgeScore((ids["export"],), "value", 1),
        SetState((ids["export"],), "planned"),
        AddDependency(ids["inbox"], ids["link"]),
        EditFields((edit("maps", "priority", "low"), edit("dark", "priority", "low"))),
    ]
