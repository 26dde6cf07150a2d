"""Backlogs as CSV: any tool's table in, pmtui's own table out."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pmtui.domain.entities import link_id
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.fields import Scalar
from pmtui.domain.plan import Plan, key_order, needs_of, tags_of
from pmtui.domain.rules.vision import only_product
from pmtui.domain.text import quoted
from pmtui.exchange import cells
from pmtui.exchange.columns import NEEDS, TAGS, Header, Mapped, own_columns, read_header
from pmtui.exchange.csv_rows import (
    SPECS,
    Cells,
    Incoming,
    day_orders,
    named,
    named_things,
    report_columns,
    split_references,
)
from pmtui.exchange.csv_table import read_table
from pmtui.exchange.findings import BadFile, Collector
from pmtui.exchange.merge import Brought, Merged, merge, report_circles
from pmtui.exchange.references import Resolved, Resolver

_ID = re.compile(r"[0-9A-Za-z_-]{1,19}")
LONGEST_NAME = 400
"""Characters of an id of the file; with the source it must fit into an external id."""
NOT_KEPT = frozenset(("declined", "retired"))
"""States that keep a reason."""


def export_csv(plan: Plan) -> str:
    """All backlog items with all their fields, tags and dependencies, in the order of their keys.

    Text that a spreadsheet would compute is guarded; the lossless format is JSON.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = own_columns()
    writer.writerow(columns)
    tags, needs = tags_of(plan), needs_of(plan)
    for item in sorted(plan.backlog_items.values(), key=lambda i: (key_order(i.key), i.id)):
        writer.writerow([_cell(plan, item, target, tags, needs) for target in columns.values()])
    return out.getvalue()


def _cell(
    plan: Plan,
    item: BacklogItem,
    target: str,
    tags: Mapping[str, Sequence[str]],
    needs: Mapping[str, Sequence[str]],
) -> str:
    if target == TAGS:
        return cells.guard_formula("; ".join(tags.get(item.id, ())))
    if target == NEEDS:
        keys = sorted((plan.backlog_items[other].key for other in needs.get(item.id, ())), key=key_order)
        return cells.guard_formula("; ".join(keys))
    value: Scalar = getattr(item, target)
    if value is None:
        return ""
    if target == "parent_id":
        return cells.guard_formula(plan.backlog_items[str(value)].key)
    if target == "initiative_id":
        return cells.guard_formula(plan.initiatives[str(value)].key)
    if target in ("product_id", "objective_id"):
        return cells.guard_formula(named(plan.of(SPECS[target].to)[str(value)]))
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(float(value)).removesuffix(".0")
    return cells.guard_formula(value)


@dataclass(slots=True)
class _Reading:
    """One CSV file on its way into a plan."""

    plan: Plan
    source: str
    mapped: Mapped
    new_id: Callable[[], str]
    header: Header
    collector: Collector
    rows: list[Incoming] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    """The plan's id of each row."""
    tag_ids: dict[str, str] = field(default_factory=dict)
    removes: list[tuple[str, str]] = field(default_factory=list)
    _titles: Counter[str] = field(default_factory=Counter)

    def identify(self, incoming: Incoming, known: dict[str, str], keys: Mapping[str, str]) -> str:
        """The plan's id for a row, by its own id, its external id or its key; a new one where it is new.

        *known* has ids by external id, and learns the new ones.
        """
        values = incoming.values
        if self.header.own:
            if incoming.own_id in self.plan.backlog_items:
                return incoming.own_id
            external = values.get("external_id")
            if external in known:
                return known[str(external)]
            if not incoming.own_id and incoming.key in keys:
                return keys[incoming.key]
            if _ID.fullmatch(incoming.own_id):
                return known.setdefault(str(external), incoming.own_id) if external else incoming.own_id
        if not values.get("external_id"):
            values["external_id"] = f"{self.source}:{incoming.name or self._title_name(incoming)}"
        return known.setdefault(str(values["external_id"]), self.new_id())

    def _title_name(self, incoming: Incoming) -> str:
        """What an item without an id is known by: its title, numbered where several have the same."""
        title = str(incoming.values.get("title") or "")[: LONGEST_NAME - 20]
        self._titles[title] += 1
        # The mark keeps the title "7" apart from the id 7.
        return f"title={title}" + (f" #{self._titles[title]}" if self._titles[title] > 1 else "")


def import_csv(
    name: str,
    text: str,
    plan: Plan,
    *,
    mapped: Mapped,
    source: str,
    new_id: Callable[[], str],
    today: date,
) -> tuple[Merged, Collector, int]:
    """What the file changes in *plan*, the findings, and how many rows it has. Raises `BadFile`."""
    collector = Collector()
    table = read_table(name, text, lambda header: read_header(header, mapped).known, collector)
    header = read_header(table.header, mapped)
    if not header.columns_of("title"):
        shown = ", ".join(quoted(column, 30) for column in header.names[:12])
        raise BadFile(
            name,
            f"No column holds the titles. Its columns are: {shown}. "
            'Name one in a mapping file: a line [columns], then a line "NAME OF THE COLUMN" = "title".',
        )
    for missing in sorted(set(mapped.columns) - {cells.plain_word(column) for column in header.names}):
        collector.warn(f"The mapping file speaks of a column {quoted(missing)}, which the file has not.", unplaced=0)
    report_columns(header, table, collector)
    reader = Cells(
        plan, header, mapped, collector, today, table.delimiter != ",", day_orders(header, table), named_things(plan)
    )
    reading = _Reading(plan, source, mapped, new_id, header, collector)
    _take_rows(reading, [reader.read(row) for row in table.rows])
    reader.report()
    collector.stop_on_errors(name)
    brought = _brought(reading)
    merged = merge(plan, brought, collector)
    merged.removes += reading.removes
    lines: dict[str, int | None] = {item: row.line for item, row in zip(reading.ids, reading.rows, strict=True)}
    report_circles(plan, merged, lines, collector)
    collector.stop_on_errors(name)
    return merged, collector, len(table.rows)


def _take_rows(reading: _Reading, rows: Sequence[Incoming]) -> None:
    items = reading.plan.backlog_items
    known = {item.external_id: item.id for item in items.values() if item.external_id}
    before = set(known)
    keys = {item.key: item.id for item in items.values()}
    seen: dict[str, Incoming] = {}
    nameless = 0
    for incoming in rows:
        if len(incoming.name) > LONGEST_NAME:
            reading.collector.error(f"The id {quoted(incoming.name)} is too long to be one.", incoming.line)
            continue
        nameless += not (incoming.name or incoming.own_id)
        item_id = reading.identify(incoming, known, keys)
        twin = seen.setdefault(item_id, incoming)
        if twin is not incoming:
            what = quoted(incoming.name or incoming.own_id or incoming.key or str(incoming.values.get("external_id")))
            reading.collector.error(f"{what} is on line {twin.line} already. Keep one of the two rows.", incoming.line)
            continue
        if not incoming.values.get("title") and item_id not in items:
            reading.collector.warn("This row has no title and was left out.", incoming.line)
            continue
        reading.rows.append(incoming)
        reading.ids.append(item_id)
    if nameless:
        words = "No row has" if nameless == len(rows) else f"{nameless} of {len(rows)} rows have"
        reading.collector.note(f"{words} an id: a later import will know them by their titles.")
    _warn_of_other_source(reading, before)


def _warn_of_other_source(reading: _Reading, known: Collection[str]) -> None:
    if reading.header.own or not reading.rows or any(item in reading.plan.backlog_items for item in reading.ids):
        return
    names = {incoming.name for incoming in reading.rows if incoming.name}
    others = Counter(source for source, _, name in (one.partition(":") for one in known) if name in names)
    for other, count in others.most_common(1):
        if 2 * count >= len(names):
            reading.collector.warn(
                f"{count} of these ids are in the plan already, from {quoted(other)}. If this is the same list, "
                f"undo, and import it with the source {other}; else they are there twice.",
                unplaced=0,
            )


def _brought(reading: _Reading) -> list[Brought]:
    """The rows as items, then the tags and links that they lead to."""
    resolver = _resolver(reading)
    reading.tag_ids = {tag.name: tag.id for tag in reading.plan.tags.values()}
    product = only_product(reading.plan)
    items: list[Brought] = []
    tags: list[Brought] = []
    links: list[Brought] = []
    for item_id, incoming in zip(reading.ids, reading.rows, strict=True):
        _set_parent(reading, item_id, incoming, resolver)
        _settle_state(reading, item_id, incoming)
        _refuse_archived(reading, item_id, incoming)
        values = {"key": incoming.key, **incoming.values} if incoming.key else incoming.values
        defaults: dict[str, Scalar] = {} if reading.header.own else {"product_id": product}
        items.append(Brought("backlog_item", item_id, values, incoming.line, defaults))
        _add_tags(reading, item_id, incoming, tags, links)
        _add_needs(reading, item_id, incoming, resolver, links)
    for (what, written, read_as), count in resolver.readings.most_common():
        if written != read_as:
            few = count == 1
            words = f"1 {what} was" if few else f"{count} {_PLURALS[what]} were"
            reading.collector.note(f"{words} written {written} and read as {read_as}.")
        else:
            reading.collector.note(f"{count} references ({what}) were found under another case of letters.")
    return [*items, *tags, *links]


_PLURALS = {"parent": "parents", "dependency": "dependencies"}


def _resolver(reading: _Reading) -> Resolver:
    items = reading.plan.backlog_items.values()
    if reading.header.own:
        names = {item.key: item.id for item in items}
        names |= {row.own_id: item for item, row in zip(reading.ids, reading.rows, strict=True) if row.own_id}
        names |= {row.key: item for item, row in zip(reading.ids, reading.rows, strict=True) if row.key}
        return Resolver(names, loose=False)
    start = f"{reading.source}:"
    names = {i.external_id[len(start) :]: i.id for i in items if i.external_id and i.external_id.startswith(start)}
    names |= {row.name: item for item, row in zip(reading.ids, reading.rows, strict=True) if row.name}
    return Resolver(names)


def _set_parent(reading: _Reading, item_id: str, incoming: Incoming, resolver: Resolver) -> None:
    if incoming.parent is None:
        return
    if not incoming.parent:
        if reading.header.own:
            incoming.values["parent_id"] = None
        return
    found = _find(reading, resolver, incoming.parent, "parent")
    if found.id == item_id:
        reading.collector.warn("The item is its own parent; that was left out.", incoming.line)
    elif found.id:
        incoming.values["parent_id"] = found.id
    else:
        reading.collector.warn(f"{_who(incoming)} has a parent that cannot be placed: {found.reason}.", incoming.line)


def _find(reading: _Reading, resolver: Resolver, reference: str, what: str) -> Resolved:
    """What a reference means; a reason begins with the reference as the file has it and as it was mapped."""
    mapped = reading.mapped.rewritten(reference)
    found = resolver.find(mapped, what)
    if found.id:
        return found
    read_as = f", read as {quoted(mapped)}," if mapped != reference else ""
    return Resolved(reason=f"{quoted(reference)}{read_as} {found.reason}")


def _who(incoming: Incoming) -> str:
    return incoming.name or incoming.key or quoted(str(incoming.values.get("title") or ""), 40)


def _settle_state(reading: _Reading, item_id: str, incoming: Incoming) -> None:
    """A declined item keeps a reason, if only the word that the other tool has for it; other states keep none."""
    state = incoming.values.get("state")
    if state is None or incoming.values.get("state_reason") or reading.header.own:
        return
    current = reading.plan.backlog_items.get(item_id)
    if state == "declined" and not (current and current.state_reason):
        incoming.values["state_reason"] = f"{quoted(incoming.state_word)} in {reading.source}"
    elif state not in NOT_KEPT and current and current.state_reason and "state_reason" not in incoming.values:
        incoming.values["state_reason"] = ""


def _refuse_archived(reading: _Reading, item_id: str, incoming: Incoming) -> None:
    current = reading.plan.backlog_items.get(item_id)
    if current is None and reading.header.own:
        return  # it comes back as it was
    for target in ("parent_id", "product_id", "objective_id", "initiative_id"):
        value = incoming.values.get(target)
        there = reading.plan.find(SPECS[target].to, str(value)) if value else None
        if there is None or not getattr(there, "archived", False) or getattr(current, target, None) == value:
            continue
        del incoming.values[target]
        title = SPECS[target].title
        reading.collector.warn(
            f"The {title} {getattr(there, 'key', '')} of {_who(incoming)} is in the archive; it was left out.",
            incoming.line,
        )


def _add_tags(reading: _Reading, item_id: str, incoming: Incoming, tags: list[Brought], links: list[Brought]) -> None:
    for name in incoming.tags or ():
        if name not in reading.tag_ids:
            reading.tag_ids[name] = reading.new_id()
            tags.append(Brought("tag", reading.tag_ids[name], {"name": name}, incoming.line))
        tag_id = reading.tag_ids[name]
        ends: dict[str, Scalar] = {"item_id": item_id, "tag_id": tag_id}
        links.append(Brought("item_tag", link_id(item_id, tag_id), ends, incoming.line))
    if reading.header.own and incoming.tags is not None and incoming.whole:
        kept = {reading.tag_ids[name] for name in incoming.tags}
        for name in tags_of(reading.plan).get(item_id, ()):
            if reading.tag_ids[name] not in kept:
                reading.removes.append(("item_tag", link_id(item_id, reading.tag_ids[name])))


def _add_needs(reading: _Reading, item_id: str, incoming: Incoming, resolver: Resolver, links: list[Brought]) -> None:
    if incoming.needs is None:
        return
    wanted: dict[str, None] = {}
    whole = True
    for text in incoming.needs:
        for reference in split_references(text, resolver.names):
            found = _find(reading, resolver, reference, "dependency")
            if not found.id:
                whole = False
                reading.collector.warn(f"{_who(incoming)} needs what cannot be placed: {found.reason}.", incoming.line)
            elif found.id == item_id:
                reading.collector.warn("The item needs itself; that was left out.", incoming.line)
            elif found.id in wanted:
                reading.collector.note(f"{quoted(reference)} stands twice among what this item needs.", incoming.line)
            else:
                wanted[found.id] = None
    for needed in wanted:
        ends: dict[str, Scalar] = {"item_id": item_id, "needs_id": needed}
        links.append(Brought("item_dependency", link_id(item_id, needed), ends, incoming.line))
    if reading.header.own and whole:
        for needed in needs_of(reading.plan).get(item_id, ()):
            if needed not in wanted:
                reading.removes.append(("item_dependency", link_id(item_id, needed)))
