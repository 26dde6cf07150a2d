"""Jump, history and help: what they list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pmtui.domain.changes import Change
from pmtui.domain.entities import KINDS
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.fields import shown, specs
from pmtui.domain.plan import Plan
from pmtui.domain.text import clean_line
from pmtui.planning.jump import find
from pmtui.planning.quadrant import RULE
from pmtui.planning.query import describe_terms
from pmtui.planning.scoring import METHODS
from pmtui.ui.draw.line import Line
from pmtui.ui.keys import TABLE, help_rows
from pmtui.ui.matrix.view import MatrixView
from pmtui.ui.question import Choice

if TYPE_CHECKING:
    from pmtui.workspace import JournalEntry


def jump_finder(plan: Plan, view: MatrixView) -> tuple[Callable[[str], Sequence[Choice]], Callable[[str], None]]:
    """What finds anything, and what happens with what was found."""
    kinds: dict[str, str] = {}

    def hits(text: str) -> Sequence[Choice]:
        found = find(plan, text, 60)
        kinds.update({hit.id: hit.kind for hit in found})
        return [Choice(hit.id, hit.key or hit.kind, hit.title, "" if hit.key else hit.kind) for hit in found]

    def go(entity_id: str) -> None:
        kind = kinds.get(entity_id, "")
        if kind == "backlog_item":
            view.put_cursor(entity_id)
        elif kind == "tag":
            view.choose(view="all", base="", filter=f"tag:{plan.tags[entity_id].name}")
        elif kind == "view":
            view.show_view(entity_id)
        elif kind in ("product", "objective"):
            key = getattr(plan.find(kind, entity_id), "key", "")
            view.choose(view="all", base="", filter=f"{kind}:{key}")

    return hits, go


def history_lines(
    plan: Plan, item: BacklogItem | None, entries: Sequence[JournalEntry], everything: Sequence[JournalEntry]
) -> list[Line]:
    """The steps on the item under the cursor, then all steps, newest first."""
    lines: list[Line] = []
    if item:
        lines += [(("strong", f" {item.key} {item.title}"),), ()]
        for entry in entries:
            lines.append(_entry_line(entry))
            lines += [_change_line(plan, change) for change in entry.changes if change.id == item.id and change.before]
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
        old, new = (_name(plan, spec.to, value) if spec.to else shown(value) for value in (before, after))
        words.append(f"{spec.title} {old} → {new}")
    return (("dim", f"        {clean_line(', '.join(words), 200)}"),)


def _name(plan: Plan, kind: str, entity_id: object) -> str:
    return getattr(plan.find(kind, str(entity_id)), "key", "–") if entity_id else "–"


def help_lines(keymap: Mapping[str, str]) -> list[Line]:
    """Keys as they are now, the words of the filter, the methods and the quadrants."""
    lines: list[Line] = []
    for title, where in (("MATRIX", "matrix"), ("EVERYWHERE", "app")):
        lines += [(("strong", f" {title}"),)]
        lines += [(("accent", f" {keys:<11} "), ("", text)) for keys, text in help_rows(where, keymap)]
        lines.append(())
    lines += [(("strong", " FILTER"),)]
    lines += [(("accent", f" {term:<28} "), ("", text)) for term, text in describe_terms()]
    lines += [(), (("strong", " METHODS"),)]
    lines += [(("accent", f" {method.title:<14} "), ("", method.formula)) for method in METHODS]
    lines += [
        (("", " An item that lacks an input has no score: it waits in the tray, never at 0."),),
        (("", " Equal scores: smaller effort first, then the older item."),),
        (),
        (("strong", " QUADRANTS"),),
        (("", f" {RULE}"),),
        (("", " High value: quick wins (low effort), big bets (high effort)."),),
        (("", " Low value: fill-ins (low effort), time sinks (high effort)."),),
        (),
        (("strong", " SAFETY"),),
        (("", " Every change is on disk when you see it. u takes back your steps, one by one, even after a"),),
        (("", " restart. Text that you have not finished is kept; D goes on with it."),),
    ]
    lines += [(), (("strong", " NAMES OF KEYS, for the [keys] table of the config file"),)]
    lines += [(("accent", f" {key.id:<26} "), ("", key.title)) for key in TABLE]
    return lines
