"""The form of a thing of any kind, and the record as Markdown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from pmtui.domain.commands import Command, EditFields, SetPredecessors, TagItems
from pmtui.domain.commands.backlog import SetDependencies, SetState
from pmtui.domain.entities import KINDS, Entity
from pmtui.domain.entities.schedule import LinkType
from pmtui.domain.errors import Refused
from pmtui.domain.fields import shown_as, specs
from pmtui.domain.links import links_text, parse_links
from pmtui.domain.plan import Plan, kind_of, needs_of, resolve, tags_of
from pmtui.domain.relations import predecessors
from pmtui.domain.rules.backlog import tag_name
from pmtui.domain.text import clean_line, quoted
from pmtui.domain.values import read_value
from pmtui.ui.dialogs.form import Form, FormField
from pmtui.ui.editing import field_edit, field_text, tag_words
from pmtui.ui.verbs import title_field

if TYPE_CHECKING:
    from pmtui.ui.app import PmtuiApp

FORM_DRAFT = "form:"
EXTRAS: Mapping[str, tuple[str, str]] = {
    "item_tags": ("tags", "words with blanks or commas between them"),
    "item_needs": ("needs first", "keys with blanks between them, as F-3 F-7"),
    "task_after": ("waits for", "tasks that come first, as T-3 T-4SS+2d"),
}
"""What a form shows beside the fields of the entity: title and help; no entity has fields of these names."""

ORDERS: Mapping[str, tuple[str, ...]] = {
    "product": (
        "name", "stage", "target_market", "north_star", "vision", "target_group", "needs", "features",
        "business_goals", "target_customer", "customer_need", "category", "key_benefit", "alternative",
        "differentiation", "external_id",
    ),
    "objective": ("title", "product_id", "ambition", "period", "due_on", "owner", "external_id", "notes"),
    "key_result": ("title", "objective_id", "unit", "start", "current", "target", "owner", "external_id"),
    "initiative": (
        "title", "lane", "state", "state_reason", "horizon", "window_start", "window_end", "objective_id",
        "product_id", "owner", "external_id", "outcome", "notes",
    ),
    "backlog_item": (
        "title", "state", "state_reason", "priority", "owner", "item_tags", "value", "effort", "reach", "impact",
        "confidence", "person_months", "business_value", "time_criticality", "risk_reduction", "job_size",
        "parent_id", "item_needs", "initiative_id", "objective_id", "product_id", "created_on", "external_id", "notes",
    ),
    "project": ("name", "manager", "start_on", "product_id", "external_id", "goal", "scope", "success_metrics"),
    "task": (
        "title", "duration", "percent_complete", "owner", "task_after", "start_no_earlier", "parent_id", "project_id",
        "item_id", "initiative_id", "external_id", "notes",
    ),
}  # fmt: skip
"""The fields of each kind's form in their order; a promise is made with its own key and is not among them."""


async def record_form(app: PmtuiApp, entity_id: str, start: str = "") -> None:
    """Show the form of a thing with the unfinished text that belongs to it."""
    kind = kind_of(app.plan, entity_id)
    entity = app.plan.find(kind, entity_id) if kind else None
    if entity is None:
        return
    prefix = f"{FORM_DRAFT}{entity_id}:"
    kept = await asyncio.to_thread(app.workspace.drafts)
    drafts = {draft.key.removeprefix(prefix): draft.text for draft in kept if draft.key.startswith(prefix)}
    seen = _Seen(app, kind, entity)
    fields = [_form_field(seen, name) for name in ORDERS[kind]]
    title = f"{getattr(entity, 'key', '')} {getattr(entity, title_field(kind))}"
    app.push_screen(Form(title, fields, seen.accept, seen.shown, draft_prefix=prefix, drafts=drafts, start=start))


def _form_field(seen: _Seen, name: str) -> FormField:
    if name in EXTRAS:
        return FormField(name, *EXTRAS[name], seen.shown(name))
    spec = specs(KINDS[seen.kind])[name]
    choices = ", ".join(str(choice) or "none" for choice in spec.choices) if spec.type == "choice" else ""
    return FormField(name, spec.title, spec.help or choices, seen.shown(name), multiline=spec.type == "notes")


class _Seen:
    """The record as the form shows it: an edit holds only if the field is still what the user saw."""

    def __init__(self, app: PmtuiApp, kind: str, entity: Entity) -> None:
        self.app = app
        self.kind = kind
        self.entity = entity
        self.needs: tuple[str, ...] = ()
        self.tags: tuple[str, ...] = ()
        self.links: dict[str, tuple[LinkType, int]] = {}

    def shown(self, name: str) -> str:
        """A field's text as the plan has it now; from here on this is what the user saw."""
        plan, id_ = self.app.plan, self.entity.id
        now = plan.find(self.kind, id_)
        if name == "item_tags":
            self.tags = tags_of(plan).get(id_, ())
            return " ".join(self.tags)
        if name == "item_needs":
            self.needs = needs_of(plan).get(id_, ())
            return " ".join(plan.backlog_items[needed].key for needed in self.needs)
        if name == "task_after":
            self.links = {link.predecessor_id: (link.type, link.lag) for link in predecessors(plan).get(id_, ())}
            return links_text(plan, self.links)
        if now is not None:
            self.entity = replace(self.entity, **{name: getattr(now, name)})
        return field_text(plan, self.entity, name)

    async def accept(self, name: str, text: str) -> str:
        """Make a command of a field's text; "" where it was done."""
        try:
            command = self._command(name, text)
        except Refused as refused:
            return refused.sentence
        return await self.app.attempt(command)

    def _needed(self, text: str) -> tuple[str, ...]:
        found: list[str] = []
        for word in clean_line(text).replace(",", " ").split():
            hit = resolve(self.app.plan, word)
            if hit is None or hit[0] != "backlog_item":
                raise Refused(f"There is no item {quoted(word)}. Type keys with blanks between them, as F-3 F-7.")
            found.append(hit[1])
        return tuple(dict.fromkeys(found))

    def _command(self, name: str, text: str) -> Command:
        app, id_ = self.app, self.entity.id
        if name == "item_tags":
            wanted = tag_words(text)
            kept = {tag_name(word) for word in wanted}
            return TagItems(
                (id_,),
                {word: app.new_id() for word in wanted},
                tuple(tag for tag in self.tags if tag not in kept),
            )
        if name == "item_needs":
            return SetDependencies(id_, self._needed(text), self.needs)
        if name == "task_after":
            return SetPredecessors(id_, parse_links(text, app.plan), self.links)
        if name == "state":
            state = read_value(self.kind, name, text, app.plan, app.today())
            had, reason = getattr(self.entity, "state", ""), getattr(self.entity, "state_reason", "")
            if state == "declined" and had != "declined" and not reason:
                raise Refused("Say why it is declined: fill in the reason below first, then the state.")
            if state in ("declined", "retired"):
                return SetState((id_,), state, reason)  # type: ignore[arg-type]  # parsed above
        return EditFields((field_edit(app.plan, self.entity, self.kind, name, text, app.today()),))


def markdown(plan: Plan, kind: str, entity_id: str) -> str:
    """A record as Markdown, with the fields that hold something."""
    entity = cast("Entity", plan.find(kind, entity_id))
    heading = title_field(kind)
    lines = [f"## {getattr(entity, 'key', '')} {getattr(entity, heading)}", ""]
    texts: list[str] = []
    for name, spec in specs(type(entity)).items():
        value = getattr(entity, name)
        if name in ("id", "key", heading, "archived", "position") or value in (None, ""):
            continue
        if spec.type == "notes":
            texts += ["", value] if name == "notes" else ["", f"### {spec.title}", "", value]
            continue
        target = plan.find(spec.to, str(value)) if spec.to else None
        lines.append(f"- {spec.title}: {getattr(target, 'key', '') or shown_as(spec, value)}")
    if tags := tags_of(plan).get(entity_id):
        lines.append(f"- tags: {', '.join(tags)}")
    if links := predecessors(plan).get(entity_id):
        waits = links_text(plan, {link.predecessor_id: (link.type, link.lag) for link in links})
        lines.append(f"- waits for: {waits}")
    return "\n".join([*lines, *texts])
