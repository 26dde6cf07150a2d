"""The one function that writes a step: rows and journal entry, in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Delete, Update, bindparam, delete, insert, update
from sqlmodel import Session

from pmtui.domain.changes import Change, Changes
from pmtui.domain.entities import KINDS
from pmtui.domain.fields import Scalar, specs
from pmtui.domain.plan import Plan
from pmtui.domain.text import clean
from pmtui.store import journal
from pmtui.store.engine import WriteFile
from pmtui.store.journal import Action, Query
from pmtui.store.tables import TABLES, Journal, JournalChange, table_of


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, where and when."""

    at: datetime
    """The instant in UTC."""
    user: str
    machine: str


@dataclass(frozen=True, slots=True)
class Intended:
    """A step that is about to be written."""

    changes: Changes
    command: str
    """The name of the command's class."""
    action: Action = "do"
    of_seq: int | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """What is in the file now."""

    plan: Plan
    changes: Changes
    seq: int | None
    """The number of the step's entry; None where it changed nothing, so that nothing was written."""
    caught_up: frozenset[str]
    """The ids that steps of others had changed, which the plan now includes."""


Intend = Callable[[Plan, Query], Intended]
"""From the plan as it is inside the transaction, and its journal, to the step. May raise Refused."""


def commit(file: WriteFile, plan: Plan, intend: Intend, stamp: Stamp, ready: Intended | None = None) -> Committed:
    """Write the step that *intend* makes of the newest plan.

    *ready* is what it made of *plan* before the file was locked, used if nobody has written since,
    so that a long decision does not hold the lock. Raises Refused or StoreError with the file as
    it was.
    """
    with file.transaction() as session:
        connection = session.connection()

        def query(sql: str, parameters: tuple[Any, ...]) -> Iterable[Any]:
            return connection.exec_driver_sql(sql, parameters)

        newest, others = journal.catch_up(query, plan, file.path)
        touched = frozenset(change.id for change in others)
        step = ready if ready is not None and newest is plan else intend(newest, query)
        if not step.changes:
            return Committed(newest, step.changes, None, touched)
        _write_rows(connection, step.changes, file.path)
        seq = _write_entry(session, step, stamp)
    return Committed(newest.apply(step.changes, seq), step.changes, seq, touched)


def _write_entry(session: Session, step: Intended, stamp: Stamp) -> int:
    entry = Journal(
        at=stamp.at.isoformat(),
        user=stamp.user,
        machine=stamp.machine,
        command=step.command,
        label=clean(step.changes.label),
        reason=clean(step.changes.reason, multiline=True),
        action=step.action,
        of_seq=step.of_seq,
    )
    session.add(entry)
    session.flush()
    seq = entry.seq
    if seq is None:
        raise AssertionError("the database numbers the entries")
    session.connection().execute(
        insert(table_of(JournalChange)),
        [
            {
                "seq": seq,
                "position": position,
                "kind": change.kind,
                "entity_id": change.id,
                "before": journal.dump(change.before),
                "after": journal.dump(change.after),
            }
            for position, change in enumerate(step.changes)
        ],
    )
    return seq


def _write_rows(connection: Connection, changes: Changes, path: Path) -> None:
    """Deletes first and inserts last, so that a unique value may pass from one row to another."""
    deletes: dict[str, list[dict[str, Scalar]]] = {}
    updates: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    inserts: dict[str, list[dict[str, Scalar]]] = {}
    for change in changes:
        if change.after is None:
            deletes.setdefault(change.kind, []).append(_prefixed("old_", change))
        elif change.before is None:
            inserts.setdefault(change.kind, []).append(dict(change.after))
        else:
            updates.setdefault((change.kind, tuple(change.after)), []).append(change)
    for kind, rows in deletes.items():
        _execute(connection, _delete(kind), rows, path)
    _pass_unique_values(connection, updates, path)
    for (kind, columns), changed in updates.items():
        rows = [{**_prefixed("old_", change), **_new_values(change)} for change in changed]
        _execute(connection, _update(kind, columns), rows, path)
    for kind, rows in inserts.items():
        connection.execute(insert(table_of(TABLES[kind])), rows)


def _execute(connection: Connection, statement: Update | Delete, rows: list[dict[str, Scalar]], path: Path) -> None:
    """Every row must still hold the values that it is said to have: that is the compare of compare-and-set."""
    if connection.execute(statement, rows).rowcount != len(rows):
        raise journal.drifted(path)


def _prefixed(prefix: str, change: Change) -> dict[str, Scalar]:
    values: dict[str, Scalar] = {f"{prefix}{name}": value for name, value in (change.before or {}).items()}
    values["row_id"] = change.id
    return values


def _new_values(change: Change) -> dict[str, Scalar]:
    return {f"new_{name}": value for name, value in (change.after or {}).items()}


def _pass_unique_values(
    connection: Connection, updates: dict[tuple[str, tuple[str, ...]], list[Change]], path: Path
) -> None:
    """Free the unique values that rows of one step pass among each other, which SQLite checks row by row.

    Each of them gets a placeholder made of its id for the length of the transaction.
    """
    for key, changed in updates.items():
        kind, columns = key
        unique = [name for name in columns if specs(KINDS[kind])[name].unique]
        if not unique or len(changed) < 2:
            continue
        rows = []
        for index, change in enumerate(changed):
            before = dict(change.before or {})
            free: dict[str, Scalar] = dict.fromkeys(unique, f"~{change.id}")
            rows.append(
                {f"old_{name}": before[name] for name in unique}
                | {f"new_{name}": value for name, value in free.items()}
                | {"row_id": change.id}
            )
            changed[index] = Change(kind, change.id, before | free, change.after)
        _execute(connection, _update(kind, tuple(unique)), rows, path)


@cache
def _update(kind: str, columns: tuple[str, ...]) -> Update:
    table = table_of(TABLES[kind])
    return (
        update(table)
        .where(table.c.id == bindparam("row_id"))
        .where(*(table.c[name].is_not_distinct_from(bindparam(f"old_{name}")) for name in columns))
        .values({name: bindparam(f"new_{name}") for name in columns})
    )


@cache
def _delete(kind: str) -> Delete:
    table = table_of(TABLES[kind])
    names = specs(KINDS[kind])
    return (
        delete(table)
        .where(table.c.id == bindparam("row_id"))
        .where(*(table.c[name].is_not_distinct_from(bindparam(f"old_{name}")) for name in names))
    )
