"""`pmtui import` and `pmtui export`: files of other tools, and of our own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.cli import OK
from pmtui.cli.out import Problem, say, say_bytes, wants_ascii
from pmtui.cli.plans import existing_plan, writing
from pmtui.domain.clock import Clock, system_clock
from pmtui.domain.plan import Plan
from pmtui.report.fit import plain

if TYPE_CHECKING:
    from pmtui.exchange.report import ImportReport

ALL_FINDINGS = 1_000_000
"""The command line shows every finding: it can be piped into a file."""


def bring(namespace: argparse.Namespace) -> int:
    """Import a file as one step after a backup, or with --dry-run only say what it would do."""
    from pmtui.workspace.location import plan_path

    path = plan_path(namespace.db)
    clock = system_clock()
    if namespace.dry_run:
        report = _report(namespace, _read(path), clock)
        _tell([*report.summary(ALL_FINDINGS), "Dry run: nothing was changed."], ascii_only=namespace.ascii)
        return OK
    with writing(path, clock) as workspace:
        report = _report(namespace, workspace.plan, clock)
        lines = list(report.summary(ALL_FINDINGS))
        if not report.is_empty:
            if not workspace.plan.is_empty:
                kept = workspace.backup("before import")
                lines.append(f"The plan as it was before is kept in {kept}; `pmtui undo` takes the import back.")
            workspace.do(report.command)
        _tell(lines, ascii_only=namespace.ascii)
    return OK


def _report(namespace: argparse.Namespace, plan: Plan, clock: Clock) -> ImportReport:
    from pmtui.exchange.read import plan_import

    return plan_import(
        Path(namespace.file),
        plan,
        format=namespace.format,
        mapping_path=Path(namespace.map) if namespace.map else None,
        source=namespace.source,
        kind=namespace.kind,
        new_id=clock.new_id,
        today=clock.today(),
    )


def _read(path: Path) -> Plan:
    """The plan in the file, or an empty one where there is none yet: a dry run makes no file."""
    from pmtui.store.read import load_plan

    return load_plan(path) if path.exists() else Plan()


def _tell(lines: list[str], *, ascii_only: bool) -> None:
    text = "\n".join(lines)
    say(plain(text) if wants_ascii(asked=ascii_only) else text)


def export(namespace: argparse.Namespace) -> int:
    """Write the plan as JSON or CSV to standard output or to a file."""
    from pmtui.exchange.write import ITEMS, TABLES, export_json, write_file
    from pmtui.store.read import load_plan

    plan = load_plan(existing_plan(namespace.db))
    as_csv = (namespace.format or _by_name(namespace.output, "csv" if namespace.kind else "json")) == "csv"
    if namespace.kind and not as_csv:
        raise Problem("JSON holds the whole plan. Leave --kind out, or write CSV with: --format csv")
    kind = TABLES[namespace.kind or ITEMS]
    text = _table(plan, kind) if as_csv else export_json(plan)
    if namespace.output:
        write_file(Path(namespace.output), text)
        rows = len(plan.of(kind)) if as_csv else sum(map(len, plan.kinds.values()))
        say(f"{rows} row{'' if rows == 1 else 's'} written to {namespace.output}.")
    else:
        say_bytes(text.encode("utf-8"))
    return OK


def _table(plan: Plan, kind: str) -> str:
    from pmtui.exchange.write import export_csv, export_things

    return export_csv(plan) if kind == "backlog_item" else export_things(plan, kind)


def _by_name(output: str | None, default: str) -> str:
    """The format that the ending of a file's name says."""
    ending = (output or "").lower().rpartition(".")[2]
    return ending if ending in ("csv", "json") else default
