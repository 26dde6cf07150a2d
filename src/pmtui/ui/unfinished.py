"""What becomes of unfinished text: it is listed, and going on with it leads to where it was typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from pmtui.domain.entities import KINDS
from pmtui.domain.fields import specs
from pmtui.domain.plan import kind_of
from pmtui.domain.text import clean_line
from pmtui.ui.question import Choice, among
from pmtui.ui.records import EXTRAS
from pmtui.ui.tabs import HOMES

if TYPE_CHECKING:
    from pmtui.ui.app import PmtuiApp
    from pmtui.ui.roadmap.view import RoadmapView

FORGET = "forget all"
"""What the list of unfinished text answers instead of a key, to let go of all of it."""


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
        else:
            app.go_on_with(lambda: _go_on(app, key, texts[key]))

    app.choose("unfinished text", among(choices), chosen, "Enter goes on with it   Esc back")


async def _go_on(app: PmtuiApp, key: str, text: str) -> None:
    what, _, rest = key.partition(":")
    entity_id, _, name = rest.partition(":")
    kind = kind_of(app.plan, entity_id)
    if what == "form" and kind:
        app.open_form(entity_id, name)
    elif what == "item" and kind:
        await app.show_tab(HOMES[kind])
        app.current.put_cursor(entity_id)
        app.current.action_edit(text)
    elif what == "promise" and kind:
        await app.show_tab(HOMES[kind])
        app.current.put_cursor(entity_id)
        cast("RoadmapView", app.current).action_promise(text)
    elif what == "command":
        app.action_command_line(text)
    else:
        await app.show_tab(rest if what == "add" and rest in HOMES.values() else "matrix")
        app.current.action_add(text)


def _place(app: PmtuiApp, key: str) -> str:
    what, _, rest = key.partition(":")
    entity_id, _, name = rest.partition(":")
    kind = kind_of(app.plan, entity_id)
    if not kind:
        return "command" if what == "command" else "new item"
    spec = specs(KINDS[kind]).get(name)
    title = spec.title if spec else EXTRAS.get(name, (name,))[0]
    return f"{getattr(app.plan.find(kind, entity_id), 'key', '')} {title}"
