"""Cards, tasks, projects, objectives, key results and products as CSV: which columns there are, and the way out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmtui.domain.durations import duration_text
from pmtui.domain.entities import KINDS, Entity, kind_name
from pmtui.domain.fields import Spec, specs
from pmtui.domain.links import links_text
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.relations import predecessors
from pmtui.exchange import cells
from pmtui.exchange.columns import IDENTITY, OWN_ID, Header
from pmtui.exchange.csv_rows import named
from pmtui.exchange.csv_table import first_rows
from pmtui.planning.wbs import outline_of

ITEMS = "items"
TABLES: dict[str, str] = {
    ITEMS: "backlog_item",
    "cards": "initiative",
    "tasks": "task",
    "projects": "project",
    "objectives": "objective",
    "key-results": "key_result",
    "products": "product",
}
"""What a CSV file can hold, as the command line calls it, and its kind."""
ITEM = TABLES[ITEMS]

KIND_COLUMN = "kind"
WBS = "wbs"
LEVEL = "outline level"
WAITS_FOR = "predecessors"

_SYNONYMS: dict[str, tuple[str, ...]] = {
    IDENTITY: ("external id", "id", "unique id", "task id", "key", "identifier", "number"),
    "title": ("title", "task name", "name", "task", "card", "summary", "subject"),
    "name": ("name", "title", "project name"),
    "duration": ("duration",),
    "percent_complete": ("percent complete", "complete", "progress", "done"),
    "start_no_earlier": ("not before", "start no earlier than", "earliest start", "constraint date"),
    "start_on": ("start", "start date"),
    "owner": ("owner", "resource names", "assignee", "assigned to", "responsible"),
    "manager": ("manager", "owner"),
    "notes": ("notes", "description", "details"),
    "parent_id": ("parent", "parent id", "parent key", "summary task"),
    "project_id": ("project",),
    "lane": ("lane", "theme", "swimlane"),
    "horizon": ("horizon", "column"),
    "state": ("state", "status", "stage"),
    "state_reason": ("reason",),
    WBS: (WBS, "outline number", "wbs code"),
    LEVEL: (LEVEL, "level"),
    WAITS_FOR: (WAITS_FOR, "depends on", "dependencies", "after"),
}
"""What other tools call the fields, the surest name first; beside the titles of the fields."""
_TASK_SIGNS = frozenset((WAITS_FOR, WBS, LEVEL, "outline number"))


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table of one kind mean."""

    kind: str
    own: Mapping[str, str]
    """Titles of our own export and the field that each holds, in their order."""

    def header(self, names: Sequence[str]) -> Header:
        """The meaning of columns with these names: by our own titles, or by what other tools call things."""
        words = [cells.plain_word(name) for name in names]
        is_own = cells.plain_word(OWN_ID) in words
        own = {cells.plain_word(title): target for title, target in self.own.items()}
        targets = ["" for _ in words]
        taken: set[str] = set()
        for index in sorted(range(len(words)), key=lambda at: self._rank(words[at], own)):
            target = own.get(words[index], "") if is_own else self._meaning(words[index], own)
            if target and target not in taken:
                targets[index] = target
                taken.add(target)
        return Header(tuple(names), tuple(targets), is_own)

    def _meaning(self, word: str, own: Mapping[str, str]) -> str:
        known = {name: target for target, names in _SYNONYMS.items() if target in own.values() for name in names}
        target = own.get(word) or known.get(word, "")
        return IDENTITY if target in ("key", "id") else target

    def _rank(self, word: str, own: Mapping[str, str]) -> int:
        names = _SYNONYMS.get(self._meaning(word, own), ())
        return names.index(word) if word in names else 0


def columns_of(kind: str) -> Columns:
    """The columns of our own table of *kind*."""
    fields = {OWN_ID if name == "id" else spec.title: name for name, spec in specs(KINDS[kind]).items()}
    if kind != "task":
        return Columns(kind, {KIND_COLUMN: KIND_COLUMN, **fields})
    del fields["position"]  # the order of the rows says it
    return Columns(kind, {KIND_COLUMN: KIND_COLUMN, WBS: WBS, LEVEL: LEVEL, **fields, WAITS_FOR: WAITS_FOR})


def table_kind(name: str, text: str) -> str:
    """The kind of things in a table by its columns; `backlog_item` where they say nothing else. Raises `BadFile`."""
    rows = first_rows(name, text, _known, 2)
    words = [cells.plain_word(cell) for cell in rows[0]] if rows else []
    if KIND_COLUMN in words:
        at = words.index(KIND_COLUMN)
        said = kind_of_word(rows[1][at]) if len(rows) > 1 and at < len(rows[1]) else None
        if said or len(rows) == 1:
            # our own header without a row is a table of nothing, of the kind that has these columns
            return said or next((kind for kind in TABLES.values() if list(columns_of(kind).own) == list(rows[0])), ITEM)
    return "task" if "duration" in words and _TASK_SIGNS.intersection(words) else ITEM


def kind_of_word(text: str) -> str | None:
    """The kind that a cell of the column `kind` names."""
    word = cells.plain_word(text)
    return next((kind for kind in TABLES.values() if word in (kind_name(kind), cells.plain_word(kind))), None)


def _known(header: Sequence[str]) -> int:
    words = {cells.plain_word(cell) for cell in header}
    return len(words & {KIND_COLUMN, cells.plain_word(OWN_ID), "duration", "title", "name", *_TASK_SIGNS})


def export_things(plan: Plan, kind: str) -> str:
    """All things of *kind* with all their fields: tasks in the order of their outline, others in that of their keys.

    Text that a spreadsheet would compute is guarded; the lossless format is JSON.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = columns_of(kind).own
    writer.writerow(columns)
    places = {row.id: (row.code, str(row.depth)) for row in outline_of(plan) if row.kind == "task"}
    for entity in _in_order(plan, kind, list(places)):
        known = {KIND_COLUMN: kind_name(kind)}
        if kind == "task":
            known[WBS], known[LEVEL] = places.get(entity.id, ("", ""))
            known[WAITS_FOR] = _waits_for(plan, entity.id)
        writer.writerow([known[t] if t in known else _cell(plan, entity, t) for t in columns.values()])
    return out.getvalue()


def _in_order(plan: Plan, kind: str, outline: Sequence[str]) -> list[Any]:
    rows: Mapping[str, Any] = plan.of(kind)
    first = [rows[id_] for id_ in outline] if kind == "task" else []
    shown = {entity.id for entity in first}
    others = [entity for entity in rows.values() if entity.id not in shown]
    return [*first, *sorted(others, key=lambda entity: (key_order(entity.key), entity.id))]


def _waits_for(plan: Plan, task_id: str) -> str:
    links = {link.predecessor_id: (link.type, link.lag) for link in predecessors(plan).get(task_id, ())}
    return links_text(plan, links)


def _cell(plan: Plan, entity: Entity, target: str) -> str:
    spec: Spec = specs(type(entity))[target]
    value = getattr(entity, target)
    if value is None:
        return ""
    if spec.to:
        other = plan.of(spec.to)[value]
        return cells.guard_formula(str(other.key) if target == "parent_id" else named(other))
    if spec.type == "duration":
        return duration_text(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return repr(float(value)).removesuffix(".0") if isinstance(value, int | float) else cells.guard_formula(value)
