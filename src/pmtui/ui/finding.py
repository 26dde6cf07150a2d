"""Jump, history and help: what they list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pmtui.domain.changes import Change
from pmtui.domain.entities import KIND_OF, KINDS, Entity
from pmtui.domain.fields import shown_as, specs
from pmtui.domain.plan import Plan
from pmtui.domain.text import clean_line
from pmtui.planning.jump import find
from pmtui.ui.draw.line import Line
from pmtui.ui.keys import TABLE, help_rows
from pmtui.ui.question import Choice
from pmtui.ui.tabs import HOMES
from pmtui.ui.verbs import title_field

if TYPE_CHECKING:
    from pmtui.ui.app import PmtuiApp
    from pmtui.workspace import JournalEntry


def jump_finder(app: PmtuiApp) -> tuple[Callable[[str], Sequence[Choice]], Callable[[str], None]]:
    """What finds anything, and what happens with what was found."""
    plan = app.plan
    kinds: dict[str, str] = {}

    def hits(text: str) -> Sequence[Choice]:
        found = find(plan, text, 60)
        kinds.update({hit.id: hit.kind for hit in found})
        return [Choice(hit.id, hit.key or hit.kind, hit.title, "" if hit.key else hit.kind) for hit in found]

    def go(entity_id: str) -> None:
        kind = kinds.get(entity_id, "")
        if kind in HOMES:
            app.go(entity_id)
        elif kind:
            app.go_on_with(lambda: _show_items(app, kind, entity_id))

    return hits, go


async def _show_items(app: PmtuiApp, kind: str, entity_id: str) -> None:
    """The items with that tag, or of that saved view."""
    await app.show_tab("matrix")
    if kind == "tag":
        app.matrix.choose(view="all", base="", filter=f"tag:{app.plan.tags[entity_id].name}")
    else:
        app.matrix.show_view(entity_id)


def history_lines(
    plan: Plan, entity: Entity | None, entries: Sequence[JournalEntry], everything: Sequence[JournalEntry]
) -> list[Line]:
    """The steps on the thing under the cursor, then all steps, newest first."""
    lines: list[Line] = []
    if entity:
        title = getattr(entity, title_field(KIND_OF[type(entity)]))
        lines += [(("strong", f" {getattr(entity, 'key', '')} {title}"),), ()]
        for entry in entries:
            lines.append(_entry_line(entry))
            own = [change for change in entry.changes if change.id == entity.id and change.before]
            lines += [_change_line(plan, change) for change in own]
        lines.append(())
    lines += [(("strong", " everything, newest first"),), ()]
    lines += [_entry_line(entry) for entry in everything] or [(("dim", " nothing has happened yet"),)]
    return lines


def _entry_line(entry: JournalEntry) -> Line:
    when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return (
        ("dim", f" {entry.seq:>5}  {when}  "),
        ("accent", f"{entry.user:<10.10} "),
        ("", entry.label),
        ("dim", f"  because {entry.reason}" if entry.reason else ""),
    )


def _change_line(plan: Plan, change: Change) -> Line:
    known = specs(KINDS[change.kind])
    words: list[str] = []
    for name, after in (change.after or {}).items():
        before = (change.before or {}).get(name)
        spec = known[name]
        if spec.type == "notes":
            words.append(f"{spec.title} edited")
            continue
        old, new = (_name(plan, spec.to, value) if spec.to else shown_as(spec, value) for value in (before, after))
        words.append(f"{spec.title} {old} → {new}")
    return (("dim", f"        {clean_line(', '.join(words), 200)}"),)


def _name(plan: Plan, kind: str, entity_id: object) -> str:
    return getattr(plan.find(kind, str(entity_id)), "key", "–") if entity_id else "–"


def help_lines(where: str, title: str, more: Sequence[Line], keymap: Mapping[str, str]) -> list[Line]:
    """Keys of a tab as they are now, what its view has to say, and what holds everywhere."""
    lines: list[Line] = []
    for heading, place in ((title.upper(), where), ("EVERYWHERE", "app")):
        lines += [(("strong", f" {heading}"),)]
        lines += [(("accent", f" {keys:<11} "), ("", text)) for keys, text in help_rows(place, keymap)]
        lines.append(())
    lines += [*more, ()] if more else []
    lines += [
        (("strong", " SAFETY"),),
        (("", " Every change is on disk when you see it. u takes back your steps, one by one, even after a"),),
        (("", " restart. Text that you have not finished is kept; D goes on with it."),),
    ]
    lines += [(), (("strong", " NAMES OF KEYS, for the [keys] table of the config file"),)]
    lines += [(("accent", f" {key.id:<26} "), ("", key.title)) for key in TABLE if key.where in (where, "app")]
    return lines
