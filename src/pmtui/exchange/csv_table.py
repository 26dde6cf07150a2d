"""CSV text as rows with their line numbers: strictly, so that one lost quotation mark swallows nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from pmtui.domain.text import MAX_NOTES
from pmtui.exchange.findings import BadFile, Collector, Finding

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
MAX_CELL = 5 * MAX_NOTES
"""Characters of the longest cell; more than that is a quotation mark that was never closed."""
MAX_COLUMNS = 1000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the line on which it begins, and as many cells as the header has."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: its header and its rows."""

    delimiter: str
    header: Sequence[str]
    rows: tuple[TableRow, ...]


def read_table(name: str, text: str, known: Callable[[Sequence[str]], int], collector: Collector) -> Table:
    """The rows of *text*. *known* counts the columns of a header that are recognised: it decides between delimiters.

    Raises `BadFile` for quotation marks that do not pair, and for rows with more cells than the header has.
    """
    text, skipped, delimiter = _begun(name, text, known)
    rows = _rows(name, text, delimiter, skipped)
    header = next(rows, None)
    if header is None:
        raise BadFile(name, "It holds nothing but blank lines.")
    if len(header.cells) > MAX_COLUMNS:
        raise BadFile(name, f"It has {len(header.cells)} columns; at most {MAX_COLUMNS} are read.")
    if delimiter != ",":
        collector.note(f"Cells are separated by {DELIMITERS[delimiter]}.")
    table = Table(delimiter, header.cells, tuple(_squared(rows, len(header.cells), collector)))
    collector.stop_on_errors(name)
    return table


def first_rows(name: str, text: str, known: Callable[[Sequence[str]], int], count: int) -> list[Sequence[str]]:
    """The cells of the header and the first rows of *text*, at most *count* in all. Raises `BadFile`."""
    text, skipped, delimiter = _begun(name, text, known)
    return [row.cells for row in islice(_rows(name, text, delimiter, skipped), count)]


def _begun(name: str, text: str, known: Callable[[Sequence[str]], int]) -> tuple[str, int, str]:
    """The text from its header on, how many lines stand before that, and what separates its cells."""
    text = text.removeprefix("\ufeff")
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:
        return text.partition("\n")[2], 1, text[4]
    return text, 0, max(DELIMITERS, key=lambda one: _score(name, text, one, known))


def _score(name: str, text: str, delimiter: str, known: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    try:
        first = next(_rows(name, text, delimiter, 0), None)
    except BadFile:
        return (0, 0)
    return (known(first.cells), len(first.cells)) if first else (0, 0)


@contextmanager
def _cell_limit() -> Iterator[None]:
    before = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(name: str, text: str, delimiter: str, skipped: int) -> Iterator[TableRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            with _cell_limit():
                cells = next(reader, None)
        except csv.Error:
            problem = (
                "A quotation mark of the row that begins here is never closed, or is closed too early. "
                'Close it; a quotation mark inside a text is written twice, as "".'
            )
            raise BadFile(name, (Finding(line, "error", problem),)) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield TableRow(line, cells)


def _squared(rows: Iterator[TableRow], width: int, collector: Collector) -> Iterator[TableRow]:
    short: list[int] = []
    for row in rows:
        missing = width - len(row.cells)
        if missing < 0 and any(cell.strip() for cell in row.cells[width:]):
            collector.error(
                f"This row has {len(row.cells)} cells, the header has {width}. "
                "A text that holds the separator needs quotation marks around it.",
                row.line,
            )
            continue
        if missing > 0:
            short.append(row.line)
        yield TableRow(row.line, [*row.cells[:width], *("" for _ in range(missing))])
    if short:
        words = "1 row is" if len(short) == 1 else f"{len(short)} rows, here the first, are"
        collector.note(f"{words} shorter than the header; the missing cells were taken as empty.", short[0])
