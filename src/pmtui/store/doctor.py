"""A thorough look at a plan file: slower than the checks of every start, and it changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pmtui.domain.changes import Change
from pmtui.domain.codec import row_of
from pmtui.domain.entities import KINDS, kind_name
from pmtui.domain.errors import Refused
from pmtui.domain.fields import check, specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules.integrity import name_of, verify
from pmtui.store import journal
from pmtui.store.checks import foreign_definition
from pmtui.store.errors import StoreError
from pmtui.store.migrations import steps
from pmtui.store.read import plan_from, reading


def examine(path: Path) -> list[str]:
    """What is wrong with the plan at *path*, a sentence each; [] if all is well.

    Pages, references, definitions, the value of every field, the rules that span rows, that replaying
    the journal from its first step leads to exactly the rows that are there, and the stored dates.
    """
    try:
        with reading(path) as connection:
            return [*_structure(connection), *_content(connection, path), *_dates(connection)]
    except StoreError as error:
        return [error.sentence]


def _structure(connection: sqlite3.Connection) -> list[str]:
    verdicts = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    problems = [f"A page of the file is damaged: {verdict}." for verdict in verdicts if verdict != "ok"]
    problems += [
        f"A row of {table} refers to a {parent} that is not there."
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]
    if foreign := foreign_definition(connection, steps()):
        problems.append(f"The file is not as pmtui made it: {foreign}.")
    return problems


def _content(connection: sqlite3.Connection, path: Path) -> list[str]:
    plan = plan_from(connection, path)
    problems = [problem for kind in KINDS for problem in _fields(plan, kind)] or _rules(plan)
    try:
        replayed = replay(connection.execute)
    except (KeyError, ValueError) as error:
        return [*problems, f"The journal cannot be replayed: {error}."]
    differing = [kind_name(kind) for kind in KINDS if dict(plan.of(kind)) != dict(replayed.of(kind))]
    return problems + [f"A {kind} is not what the journal leads to." for kind in differing]


def _fields(plan: Plan, kind: str) -> list[str]:
    problems = []
    for entity in plan.of(kind).values():
        for name, spec in specs(KINDS[kind]).items():
            try:
                check(spec, getattr(entity, name))
            except Refused as refusal:
                problems.append(f"{name_of(entity)}: {refusal.sentence}")
    return problems


def _rules(plan: Plan) -> list[str]:
    """What no single field shows: circles, links between things that may not be linked, half a promise."""
    rows = [Change(kind, entity.id, None, row_of(entity)) for kind in KINDS for entity in plan.of(kind).values()]
    try:
        verify(Plan(), rows)
    except Refused as refusal:
        return [f"The plan contradicts itself. {refusal.sentence}"]
    return []


def _dates(connection: sqlite3.Connection) -> list[str]:
    """The computed dates are no part of the plan; those that are none are replaced by the next edit of a task."""
    odd = connection.execute(
        "SELECT count(*) FROM forecast_snapshot WHERE date(day, '+0 days') IS NOT day "
        "OR date(start_on, '+0 days') IS NOT start_on OR date(finish_on, '+0 days') IS NOT finish_on"
    ).fetchone()[0]
    return ["Stored dates are no days. Edit any task: they are computed and stored again."] if odd else []


def replay(query: journal.Query) -> Plan:
    """The plan that the journal leads to from nothing. Raises KeyError or ValueError where it does not fit."""
    newest = journal.head(query)
    changes = journal.changes_between(query, 0, newest)
    return Plan().apply((change for _, change in changes), newest)
