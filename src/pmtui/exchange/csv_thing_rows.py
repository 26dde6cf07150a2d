"""The cells of a table of cards, tasks and so on as fields: what cannot be read is reported and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pmtui.domain import words
from pmtui.domain.entities import KINDS, kind_name
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, Spec, check, specs
from pmtui.domain.text import REPLACEMENT, clean, quoted
from pmtui.exchange import cells
from pmtui.exchange.columns import IDENTITY, Header
from pmtui.exchange.csv_table import Table, TableRow
from pmtui.exchange.csv_things import KIND_COLUMN, LEVEL, WAITS_FOR, WBS, kind_of_word
from pmtui.exchange.findings import Collector


@dataclass(slots=True)
class ThingRow:
    """One row, before its references are looked up."""

    line: int
    name: str = ""
    """The id that the file gives it; "" where it gives none."""
    own_id: str = ""
    """Its id in the plan that was exported."""
    key: str = ""
    values: dict[str, Scalar] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    """What it refers to, by field, as the file writes it; "" for nothing."""
    wbs: str = ""
    level: int | None = None
    waits_for: str | None = None
    """Its predecessors as the file writes them; None where no column says."""

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.values.get("title") or self.values.get("name") or "")

    @property
    def who(self) -> str:
        """It in a sentence."""
        return self.name or self.key or quoted(self.title, 40)


@dataclass(slots=True)
class ThingCells:
    """Reads the rows of one table."""

    kind: str
    header: Header
    collector: Collector
    decimal_comma: bool
    day_orders: Mapping[int, cells.DayOrder]

    @classmethod
    def of(cls, kind: str, header: Header, table: Table, collector: Collector) -> ThingCells:
        """A reader for *table*; which number of a day comes first is what each column proves."""
        known = specs(KINDS[kind])
        days = [at for at, target in enumerate(header.targets) if target in known and known[target].type == "day"]
        orders = {at: cells.day_order(row.cells[at] for row in table.rows) for at in days}
        return cls(kind, header, collector, table.delimiter != ",", orders)

    def read(self, row: TableRow) -> ThingRow:
        """The fields and references of a row."""
        found = ThingRow(row.line)
        for index, target in enumerate(self.header.targets):
            if target:
                raw = row.cells[index]
                self._cell(found, index, target, cells.unguard_formula(raw) if self.header.own else raw.strip())
        return found

    def _cell(self, row: ThingRow, index: int, target: str, text: str) -> None:
        bare = text.strip()
        spec = specs(KINDS[self.kind]).get(target)
        if target == KIND_COLUMN:
            self._same_kind(row, bare)
        elif target == WBS:
            row.wbs = bare
        elif target == LEVEL:
            row.level = int(bare) if bare.isascii() and bare.isdecimal() and len(bare) <= 3 else None
        elif target == WAITS_FOR:
            row.waits_for = bare
        elif target == "id":
            row.own_id = bare
        elif target == "key":
            row.key = bare
        elif target == IDENTITY and not self.header.own:
            row.name = bare
        elif spec is not None and spec.to:
            if bare or self.header.own:
                row.refs[target] = text if bare else ""  # a name may end with a blank
        elif spec is not None and text:
            self._field(row, index, target, spec, text)
        elif spec is not None and self.header.own:
            self._empty(row, target, spec)

    def _same_kind(self, row: ThingRow, word: str) -> None:
        if word and kind_of_word(word) != self.kind:
            self.collector.error(
                f"This row is called {quoted(word, 40)}, in a table of {kind_name(self.kind)}s. "
                "One file holds things of one kind.",
                row.line,
            )

    def _empty(self, row: ThingRow, target: str, spec: Spec) -> None:
        """A cell that our own export has left empty empties the field, where the field can be empty."""
        if spec.nullable:
            row.values[target] = None
        elif spec.type == "flag":
            row.values[target] = False
        elif "" in spec.choices or (spec.type in ("text", "notes") and not spec.required):
            row.values[target] = ""

    def _field(self, row: ThingRow, index: int, target: str, spec: Spec, text: str) -> None:
        try:
            value = self._value(row, index, spec, text)
            check(spec, value)
        except Refused as refusal:
            self.collector.warn(f"{self.header.names[index]}: {refusal.sentence} It was left out.", row.line)
            return
        row.values[target] = value

    def _value(self, row: ThingRow, index: int, spec: Spec, text: str) -> Any:
        match spec.type:
            case "number":
                read = cells.share if spec.share else cells.number
                return read(text, decimal_comma=self.decimal_comma)
            case "duration":
                return cells.working_time(text, spec.title)
            case "day":
                return cells.day(text, self.day_orders.get(index, ""))
            case "flag":
                return cells.FLAGS_BY_WORD.get(cells.plain_word(text), text)
            case "choice":
                word = cells.plain_word(text)
                state = words.STATES_BY_WORD.get(word) if spec.title == "state" else None
                return state or next((one for one in spec.choices if cells.plain_word(one) == word), text.strip())
            case _:
                return self._tidy(spec, text, row.line)

    def _tidy(self, spec: Spec, text: str, line: int) -> str:
        """Text as the plan keeps it, with a note where that loses something."""
        cleaned = clean(text, multiline=spec.type == "notes")
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
