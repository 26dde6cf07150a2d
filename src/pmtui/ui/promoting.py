"""Promote: an item becomes a card, a card or an item becomes tasks. Each step is one command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Literal

from pmtui.domain.commands import AddInitiative, EditFields, FieldEdit, PlanWork, PromoteItems
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.relations import subtasks, tasks_of_initiative, tasks_of_item
from pmtui.domain.templates import TEMPLATES, tasks_needed
from pmtui.domain.text import clean_line
from pmtui.ui.editing import still_there
from pmtui.ui.question import Choice, Question, among

if TYPE_CHECKING:
    from pmtui.ui.app import PmtuiApp

Promotable = Literal["initiative", "backlog_item"]
NEW_CARD = "new card"
NEW_PROJECT = "new project"


def promote(app: PmtuiApp, kind: str, ids: tuple[str, ...]) -> None:
    """Ask what to make of these things, then do it and go there."""
    if kind == "backlog_item":
        app.choose(f"promote {_who(app.plan, kind, ids)} to", among(_for_items(app.plan, ids)), _item_chosen(app, ids))
    elif kind == "initiative":
        if len(ids) > 1:
            app.say("Plan one card at a time: unmark the others with Esc first.", problem=True)
            return
        choices = _templates()
        app.choose(
            f"plan {_who(app.plan, kind, ids)} as",
            among(choices),
            lambda name: _plan_work(app, "initiative", ids[0], name),
        )
    elif kind == "objective":
        _ask_card(app, ids[0])
    else:
        app.say("i makes a card of an objective or an item, and tasks of a card or an item. This is none of them.")


def _ask_card(app: PmtuiApp, objective_id: str) -> None:
    goal = app.plan.objectives[objective_id]

    async def make(typed: str) -> str:
        title = clean_line(typed)
        if not title:
            return "Type what the card aims at, or press Esc."
        card_id = app.new_id()
        problem = await app.attempt(AddInitiative(card_id, title, {"objective_id": objective_id}))
        if not problem:
            app.go(card_id)
        return problem

    app.ask(Question(f"a card for {goal.key}", make, placeholder="what will be different for users"))


def _who(plan: Plan, kind: str, ids: tuple[str, ...]) -> str:
    return str(getattr(plan.find(kind, ids[0]), "key", "")) if len(ids) == 1 else f"{len(ids)} items"


def _templates() -> list[Choice]:
    return [Choice(name, "tasks", name, template.help) for name, template in TEMPLATES.items()]


def _for_items(plan: Plan, ids: tuple[str, ...]) -> list[Choice]:
    choices = [Choice(NEW_CARD, "card", "a new card of the roadmap", "with title and objective of the item")]
    if len(ids) == 1:
        choices += _templates()
    cards = [card for card in plan.initiatives.values() if not card.archived]
    here = {plan.backlog_items[id_].initiative_id for id_ in ids}
    choices += [
        Choice(card.id, card.key, card.title, f"put into this card of {card.lane or 'no lane'}")
        for card in sorted(cards, key=lambda card: key_order(card.key))
        if {card.id} != here
    ]
    return choices


def _item_chosen(app: PmtuiApp, ids: tuple[str, ...]) -> Callable[[str], None]:
    def chosen(answer: str) -> None:
        if answer == NEW_CARD:
            card_id = app.new_id()
            app.perform(PromoteItems(ids, card_id), lambda _changes: app.go(card_id))
        elif answer in TEMPLATES:
            _plan_work(app, "backlog_item", ids[0], answer)
        else:
            items, left = app.plan.backlog_items, still_there(app.plan, "backlog_item", ids)
            edits = tuple(
                FieldEdit("backlog_item", id_, "initiative_id", items[id_].initiative_id, answer) for id_ in left
            )
            app.perform(EditFields(edits))

    return chosen


def _plan_work(app: PmtuiApp, kind: Promotable, entity_id: str, template: str) -> None:
    projects = [project for project in app.plan.projects.values() if not project.archived]
    if not projects:
        _ask_project(app, kind, entity_id, template)
        return
    choices = [
        Choice(project.id, project.key, project.name)
        for project in sorted(projects, key=lambda project: key_order(project.key))
    ]
    choices.append(Choice(NEW_PROJECT, "new", "a new project"))

    def chosen(answer: str) -> None:
        if answer == NEW_PROJECT:
            _ask_project(app, kind, entity_id, template)
        else:
            app.go_on_with(lambda: _say_problem(app, _plan_into(app, kind, entity_id, template, answer, "")))

    app.choose("in which project?", among(choices), chosen)


async def _say_problem(app: PmtuiApp, work: Awaitable[str]) -> None:
    problem = await work
    if problem:
        app.say(problem, problem=True)


def _ask_project(app: PmtuiApp, kind: Promotable, entity_id: str, template: str) -> None:
    entity = app.plan.find(kind, entity_id)
    product = app.plan.products.get(str(getattr(entity, "product_id", "")))

    async def with_name(typed: str) -> str:
        name = clean_line(typed)
        if not name:
            return "Type the name of the project that the work belongs to, or press Esc."
        return await _plan_into(app, kind, entity_id, template, app.new_id(), name)

    label = "name of a new project for it (Enter makes it, Esc leaves)"
    app.ask(Question(label, with_name, value=product.name if product else "", placeholder="its name"))


async def _plan_into(app: PmtuiApp, kind: Promotable, entity_id: str, template: str, project_id: str, name: str) -> str:
    still_there(app.plan, kind, (entity_id,))
    count = tasks_needed(app.plan, kind, entity_id, template)
    new_ids = tuple(app.new_id() for _ in range(count))
    problem = await app.attempt(PlanWork(kind, entity_id, template, project_id, name, new_ids))
    if not problem:
        made = tasks_of_item(app.plan) if kind == "backlog_item" else tasks_of_initiative(app.plan)
        first = next((id_ for id_ in made.get(entity_id, ()) if id_ in new_ids), "")
        # its first part is where the work begins
        below = subtasks(app.plan).get(first, ())
        app.go(below[0] if below and count <= len(below) + 1 else first)
    return problem
