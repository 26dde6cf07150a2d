"""The way in: a file becomes one command and a report, and nothing is changed yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.domain.text import clean_line
from pmtui.exchange.columns import Mapped, read_mapping, source_name
from pmtui.exchange.csv_format import import_csv
from pmtui.exchange.csv_things import ITEMS, TABLES, table_kind
from pmtui.exchange.csv_things_in import import_things
from pmtui.exchange.files import read_text, shown_name
from pmtui.exchange.findings import BadFile, Collector, Finding, Severity
from pmtui.exchange.json_format import import_json
from pmtui.exchange.report import ImportReport

FORMATS = ("json", "csv")
_ENDINGS = {".json": "json", ".csv": "csv", ".tsv": "csv"}
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}

__all__ = ["FORMATS", "TABLES", "BadFile", "Finding", "ImportReport", "plan_import"]


def plan_import(
    path: Path,
    plan: Plan,
    *,
    format: str | None = None,  # noqa: A002 - it is what the command line calls it
    mapping_path: Path | None = None,
    source: str | None = None,
    kind: str | None = None,
    new_id: Callable[[], str],
    today: date,
) -> ImportReport:
    """What importing the file at *path* would do to *plan*.

    *format* is one of `FORMATS`, or None to see it from the file's ending or content. *source* stands before the colon
    of the external ids; else the mapping file says it, else it is the file's name without its ending. *kind* is what a
    CSV file holds, one of `TABLES`, or None to see it from its columns.
    Raises `BadFile` with every problem for which nothing can be imported.
    """
    name = shown_name(path)
    if format is not None and format not in FORMATS:
        raise BadFile(name, f"There is no format {clean_line(format, 40)}. The formats are: {', '.join(FORMATS)}.")
    mapped = read_mapping(mapping_path) if mapping_path else Mapped()
    file = read_text(path)
    chosen = format or _ENDINGS.get(path.suffix.lower()) or _by_content(file.text)
    if chosen == "json":
        merged, collector, rows = import_json(name, file.text, plan)
    else:
        known_as = source_name(source or "") or mapped.source or source_name(path.stem) or "file"
        found = TABLES[kind] if kind else table_kind(name, file.text)
        if found == TABLES[ITEMS]:
            merged, collector, rows = import_csv(
                name, file.text, plan, mapped=mapped, source=known_as, new_id=new_id, today=today
            )
        else:
            merged, collector, rows = import_things(
                name, file.text, plan, found, source=known_as, new_id=new_id, today=today
            )
            if mapping_path:
                collector.warn("The mapping file was not used: it is for lists of items.", unplaced=0)
    command = merged.command(clean_line(path.name, 60))
    try:
        decide(plan, command, today)
    except Refused as refusal:
        raise BadFile(name, refusal.sentence) from None
    return ImportReport(
        name=name,
        format=chosen.upper(),
        encoding=file.encoding,
        rows=rows,
        command=command,
        findings=_sorted(file.findings, collector),
        created=merged.created,
        updated=merged.updated,
        unchanged=merged.unchanged,
        links=merged.links,
        unplaced=collector.unplaced,
    )


def _by_content(text: str) -> str:
    return "json" if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else "csv"


def _sorted(first: tuple[Finding, ...], collector: Collector) -> tuple[Finding, ...]:
    found = [*first, *collector.findings]
    return tuple(sorted(found, key=lambda finding: (_RANK[finding.severity], finding.line or 0)))
