"""The form of a backlog item, and what becomes of unfinished text."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from pmtui.domain.commands import Command, EditFields, TagItems
from pmtui.domain.commands.backlog import SetDependencies, SetState
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.fields import specs
from pmtui.domain.plan import needs_of, resolve, tags_of
from pmtui.domain.text import clean_line, quoted
from pmtui.domain.values import read_value
from pmtui.ui.dialogs.form import Form, FormField
from pmtui.ui.editing import field_edit, field_text
from pmtui.ui.question import Choice, among

if TYPE_CHECKING:
    from pmtui.ui.app import PmtuiApp

ORDER = (
    "title",
    "state",
    "state_reason",
    "priority",
    "owner",
    "value",
    "effort",
    "reach",
    "impact",
    "confidence",
    "person_months",
    "business_value",
    "time_criticality",
    "risk_reduction",
    "job_size",
    "parent_id",
    "objective_id",
    "product_id",
    "created_on",
    "external_id",
)
"""The fields of the form in their order; tags and notes stand around them."""
FORM_DRAFT = "form:"
FORGET = "forget all"
"""What the list of unfinished text answers instead of a key, to let go of all of it."""


async def record_form(app: PmtuiApp, item_id: str, start: str = "") -> None:
    """Show the form of an item with the unfinished text that belongs to it."""
    item = app.plan.backlog_items.get(item_id)
    if item is None:
        return
    prefix = f"{FORM_DRAFT}{item_id}:"
    kept = await asyncio.to_thread(app.workspace.drafts)
    drafts = {draft.key.removeprefix(prefix): draft.text for draft in kept if draft.key.startswith(prefix)}
    seen = _Seen(app, item)
    fields = [_form_field(app, item, name) for name in ORDER]
    fields.insert(5, FormField("tags", "tags", "words with blanks between them", seen.shown("tags")))
    fields.insert(
        17, FormField("needs", "needs first", "keys with blanks between them, as F-3 F-7", seen.shown("needs"))
    )
    fields.append(FormField("notes", "notes", specs(BacklogItem)["notes"].help, item.notes, multiline=True))
    app.push_screen(
        Form(
            f"{item.key} {item.title}",
            fields,
            seen.accept,
            seen.shown,
            draft_prefix=prefix,
            drafts=drafts,
            start=start,
        )
    )


def _form_field(app: PmtuiApp, item: BacklogItem, name: str) -> FormField:
    spec = specs(BacklogItem)[name]
    choices = ", ".join(str(choice) or "none" for choice in spec.choices) if spec.type == "choice" else ""
    return FormField(name, spec.title, spec.help or choices, field_text(app.plan, item, name))


class _Seen:
    """The record as the form shows it: an edit holds only if the field is still what the user saw."""

    def __init__(self, app: PmtuiApp, item: BacklogItem) -> None:
        self.app = app
        self.item = item
        self.needs: tuple[str, ...] = ()
        self.tags: tuple[str, ...] = ()

    def shown(self, name: str) -> str:
        """A field's text as the plan has it now; from here on this is what the user saw."""
        plan = self.app.plan
        now = plan.backlog_items.get(self.item.id)
        if name == "tags":
            self.tags = tags_of(plan).get(self.item.id, ())
            return " ".join(self.tags)
        if name == "needs":
            self.needs = needs_of(plan).get(self.item.id, ())
            return " ".join(plan.backlog_items[id_].key for id_ in self.needs)
        if now is not None:
            self.item = replace(self.item, **{name: getattr(now, name)})
        return field_text(plan, self.item, name)

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
        app, item = self.app, self.item
        if name == "tags":
            wanted = clean_line(text).split()
            kept = {word.lstrip("#").casefold() for word in wanted}
            return TagItems(
                (item.id,),
                {word: app.new_id() for word in wanted},
                tuple(tag for tag in self.tags if tag not in kept),
            )
        if name == "needs":
            return SetDependencies(item.id, self._needed(text), self.needs)
        if name == "state":
            state = read_value("backlog_item", name, text, app.plan, app.today())
            if state == "declined" and item.state != "declined" and not item.state_reason:
                raise Refused("Say why it is declined: fill in the reason below first, then the state.")
            if state in ("declined", "retired"):
                return SetState((item.id,), state, item.state_reason)  # type: ignore[arg-type]  # parsed above
        return EditFields((field_edit(app.plan, item, "backlog_item", name, text, app.today()),))


async def drafts_dialog(app: PmtuiApp) -> None:
    """Choose a piece of unfinished text and go on with it where it was typed."""
    drafts = await asyncio.to_thread(app.workspace.drafts)
    if not drafts:
        app.say("There is no unfinished text.")
        return
    texts = {draft.key: draft.text for draft in drafts}
    choices = [Choice(draft.key, _place(app, draft.key), clean_line(draft.text, 80)) for draft in drafts]

    choices.append(Choice(FORGET, "forget", "all of it, for good"))

    def chosen(key: str) -> None:
        if key == FORGET:
            for draft in drafts:
                app.workspace.submit_drop_draft(draft.key)
            app.say("The unfinished text is forgotten.")
            return
        kind, _, rest = key.partition(":")
        item_id, _, name = rest.partition(":")
        if kind == "form" and item_id in app.plan.backlog_items:
            app.open_form(item_id, name)
        elif kind == "item" and item_id in app.plan.backlog_items:
            app.matrix.put_cursor(item_id)
            app.matrix.action_edit(texts[key])
        elif kind == "command":
            app.action_command_line(texts[key])
        else:
            app.matrix.ask_for_item("add", None, texts[key])

    app.choose("unfinished text", among(choices), chosen, "Enter goes on with it   Esc back")


def _place(app: PmtuiApp, key: str) -> str:
    kind, _, rest = key.partition(":")
    item_id, _, name = rest.partition(":")
    item = app.plan.backlog_items.get(item_id)
    if item is None:
        return "command" if kind == "command" else "new item"
    spec = specs(BacklogItem).get(name)
    return f"{item.key} {spec.title if spec else name}"
