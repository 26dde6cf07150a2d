"""The cells of a CSV row as fields of an item. What cannot be read is reported and left out, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pmtui.domain import words
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, Spec, check, specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules.backlog import tag_name
from pmtui.domain.text import REPLACEMENT, clean, quoted
from pmtui.exchange import cells
from pmtui.exchange.columns import IDENTITY, IGNORE, NEEDS, TAG_PREFIX, TAGS, Header, Mapped
from pmtui.exchange.csv_table import Table, TableRow
from pmtui.exchange.findings import Collector

SPECS = specs(BacklogItem)
_SEPARATORS = re.compile(r"[;,|\n]")


@dataclass(slots=True)
class Incoming:
    """One row, before its references are looked up."""

    line: int
    name: str = ""
    """The id that the file gives it; "" where it gives none."""
    own_id: str = ""
    """Its id in the plan that was exported."""
    key: str = ""
    values: dict[str, Scalar] = field(default_factory=dict)
    tags: list[str] | None = None
    """Names of its tags; None where no column has any."""
    parent: str | None = None
    """The reference to its parent; "" for none, None where no column says."""
    needs: list[str] | None = None
    whole: bool = True
    """Whether every tag could be read."""
    state_word: str = ""
    """The file's own word for its state."""


@dataclass(slots=True)
class Cells:
    """Reads rows, and remembers what it read in a way worth telling."""

    plan: Plan
    header: Header
    mapped: Mapped
    collector: Collector
    today: date
    decimal_comma: bool
    day_orders: dict[int, cells.DayOrder]
    named: Mapping[str, Mapping[str, str]]
    """Ids of products, objectives and cards by the field that refers to them, then by key and name."""
    words: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Field, word of the file and value of the plan, with the number of rows."""
    unknown_words: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Lines by field and word, where the word means no value."""
    tag_words: dict[str, str] = field(default_factory=dict)
    later: list[int] = field(default_factory=list)
    """Lines of items that were created after today."""

    def read(self, row: TableRow) -> Incoming:
        """The fields, tags and references of a row."""
        incoming = Incoming(row.line)
        for index, target in enumerate(self.header.targets):
            if target and target != IGNORE:
                self._cell(incoming, index, target, row.cells[index])
        return incoming

    def _cell(self, incoming: Incoming, index: int, target: str, raw: str) -> None:
        text = cells.unguard_formula(raw) if self.header.own else raw.strip()
        blank = not text.strip()
        if target in (TAGS, NEEDS) or target.startswith(TAG_PREFIX):
            self._many(incoming, target, text)
        elif target == "parent_id":
            incoming.parent = text.strip()
        elif target == "id":
            incoming.own_id = text.strip()
        elif target == "key":
            incoming.key = text.strip()
        elif target == IDENTITY and not self.header.own:
            incoming.name = self._tidy(SPECS[IDENTITY], text, incoming.line) if text else ""
        elif blank and not text:
            spec = SPECS[target]
            if self.header.own and not spec.required and (spec.type != "choice" or "" in spec.choices):
                incoming.values[target] = None if spec.nullable else False if spec.type == "flag" else ""
        else:
            self._field(incoming, index, target, text)

    def _many(self, incoming: Incoming, target: str, text: str) -> None:
        if target == NEEDS:
            incoming.needs = [*(incoming.needs or []), text.strip()] if text.strip() else incoming.needs or []
            return
        incoming.tags = incoming.tags or []
        prefix = target.removeprefix(TAG_PREFIX) if target != TAGS else ""
        for part in _SEPARATORS.split(text):
            if not part.strip():
                continue
            try:
                tag = tag_name(prefix + part.strip())
            except Refused as refusal:
                incoming.whole = False
                self.collector.warn(refusal.sentence, incoming.line)
                continue
            if tag != prefix + part.strip():
                self.tag_words.setdefault(part.strip(), tag)
            if tag not in incoming.tags:
                incoming.tags.append(tag)

    def _field(self, incoming: Incoming, index: int, target: str, text: str) -> None:
        spec = SPECS[target]
        try:
            value = self._value(incoming, index, target, text)
            if value is _UNKNOWN:
                return
            check(spec, value)
        except Refused as refusal:
            title = self.header.names[index]
            self.collector.warn(f"{title}: {refusal.sentence} It was left out.", incoming.line)
            return
        incoming.values[target] = value

    def _value(self, incoming: Incoming, index: int, target: str, text: str) -> Any:
        spec = SPECS[target]
        match spec.type:
            case "number":
                read = cells.share if target == "confidence" else cells.number
                return read(text, decimal_comma=self.decimal_comma)
            case "day":
                found = cells.day(text, self.day_orders.get(index, ""))
                if found > self.today:
                    self.later.append(incoming.line)
                return found
            case "choice":
                if target == "state":
                    incoming.state_word = text.strip()
                return self._word(incoming, target, text.strip())
            case "flag":
                return self._word(incoming, target, text.strip())
            case "ref":
                wanted = text if text in self.named[target] else text.strip()  # a name may end with a blank
                if wanted not in self.named[target]:
                    raise Refused(f"There is no {spec.title} {quoted(wanted)} in the plan (or more than one).")
                return self.named[target][wanted]
            case _:
                return self._tidy(spec, text, incoming.line)

    def _word(self, incoming: Incoming, target: str, text: str) -> Any:
        word = cells.plain_word(text)
        tables: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
            "state": (self.mapped.states, words.STATES_BY_WORD),
            "priority": (self.mapped.priorities, words.PRIORITIES_BY_WORD),
            "archived": ({}, cells.FLAGS_BY_WORD),
        }
        mapped, known = tables[target]
        value = mapped.get(word, known.get(word, _UNKNOWN))
        if value is _UNKNOWN:
            self.unknown_words.setdefault((target, text), []).append(incoming.line)
        elif target != "archived" and value != word:
            self.words[target, text, value] += 1
        return value

    def _tidy(self, spec: Spec, text: str, line: int) -> str:
        """Text as the plan keeps it, with a note where that loses something."""
        multiline = spec.type == "notes"
        cleaned = clean(text, multiline=multiline)
        if not self.header.own:
            cleaned = cleaned.strip()
        if cleaned.count(REPLACEMENT) > text.count(REPLACEMENT):
            self.collector.note(f"The {spec.title} held control characters, replaced by {REPLACEMENT}.", line)
        if len(cleaned) > spec.max_length:
            self.collector.note(
                f"The {spec.title} has {len(cleaned)} characters; the first {spec.max_length} were kept.", line
            )
            cleaned = cleaned[: spec.max_length].rstrip()
        return cleaned

    def report(self) -> None:
        """Say once what holds for many rows: words read as states, words that mean nothing here."""
        for (target, text, value), count in sorted(self.words.items(), key=lambda word: (word[0][0], -word[1])):
            shown = value or "none"
            self.collector.note(f"{SPECS[target].title} {quoted(text)} was read as {shown} ({_rows(count)}).")
        for (target, text), lines in self.unknown_words.items():
            kept = "New items stay ideas" if target == "state" else "It was left out"
            part = {"state": "[states]", "priority": "[priorities]"}.get(target, "")
            hint = f" Say what it means in a mapping file, under {part}." if part else ""
            self.collector.warn(
                f"{SPECS[target].title} {quoted(text)} is not known ({_rows(len(lines))}). {kept}.{hint}",
                lines[0],
                unplaced=len(lines),
            )
        if self.tag_words:
            text, tag = next(iter(self.tag_words.items()))
            count = len(self.tag_words)
            words = "1 tag is" if count == 1 else f"{count} tags are"
            self.collector.note(f"{words} written as pmtui writes tags, as {quoted(tag)} for {quoted(text)}.")
        if self.later:
            self.collector.note(
                f"{_rows(len(self.later))}, here the first, say they were created after today.", self.later[0]
            )


class _Unknown:
    """A word that means no value."""


_UNKNOWN = _Unknown()


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def day_orders(header: Header, table: Table) -> dict[int, cells.DayOrder]:
    """For each column of days, which number comes first, as far as the column itself proves it."""
    columns = header.columns_of("created_on")
    return {index: cells.day_order(row.cells[index] for row in table.rows) for index in columns}


def named_things(plan: Plan) -> dict[str, dict[str, str]]:
    """Products, objectives and cards by `P-1 Name`, by key, and by name where only one has it."""
    return {target: by_name(plan, SPECS[target].to) for target in ("product_id", "objective_id", "initiative_id")}


def by_name(plan: Plan, kind: str) -> dict[str, str]:
    """The ids of all things of *kind* by `P-1 Name`, by key, and by name where only one has it."""
    rows = plan.of(kind).values()
    names = Counter(title_of(entity) for entity in rows)
    found = {title_of(entity): entity.id for entity in rows if names[title_of(entity)] == 1}
    for entity in rows:
        found[entity.key] = found[named(entity)] = entity.id
    return found


def named(entity: Any) -> str:
    """A thing with a key as a cell: `P-1 Name`."""
    return f"{entity.key} {title_of(entity)}"


def title_of(entity: Any) -> str:
    """The title or name of a thing."""
    return str(getattr(entity, "name", None) or entity.title)


MAPPING_HINT = " A mapping file can say what it means, under [columns]."


def report_columns(header: Header, table: Table, collector: Collector, hint: str = MAPPING_HINT) -> None:
    """Say which columns mean nothing here and how many rows had something in them; *hint* says what to do about it."""
    for index, target in enumerate(header.targets):
        if target:
            continue
        filled = sum(bool(row.cells[index].strip()) for row in table.rows)
        if filled:
            name = quoted(header.names[index]) if header.names[index] else f"number {index + 1}, without a name,"
            collector.warn(
                f"The column {name} was left out; {_rows(filled)} had something there.{hint}",
                unplaced=0,
            )


def split_references(text: str, names: Sequence[str] | Mapping[str, str]) -> list[str]:
    """The references in one cell: the whole cell where that is a name, else its parts."""
    if text in names:
        return [text]
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
