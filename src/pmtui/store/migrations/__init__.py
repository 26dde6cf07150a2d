"""The steps from an empty file to the tables of today, each run once in a file's life.

A step's SQL is frozen when its version is released. `migrate` runs what is missing in one
transaction, so that a file is always of one version or of the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pmtui.store.format import APPLICATION_ID, SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Step:
    """What takes a file from the version before to *version*."""

    version: int
    statements: tuple[str, ...]


@cache
def steps() -> tuple[Step, ...]:
    """All released steps in their order."""
    here = Path(__file__).parent
    return tuple(
        Step(number, tuple(statements((here / f"step_{number:04d}.sql").read_text("utf-8"))))
        for number in range(1, SCHEMA_VERSION + 1)
    )


def statements(script: str) -> Iterator[str]:
    """The single statements of a script; a trigger's inner semicolons do not end it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        if line.startswith("--") and not statement:
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the file's tables; 0 for a file without any."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(connection: sqlite3.Connection, ordered: Sequence[Step]) -> bool:
    """Run the steps that the file has not seen, all or none. Whether there were any.

    Raises sqlite3.Error, with the file as it was; another program may have migrated it meanwhile,
    and then there is nothing to do.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        due = [step for step in ordered if step.version > version_of(connection)]
        # a table that is rebuilt is dropped for a moment; the keys are counted again below
        connection.execute("PRAGMA defer_foreign_keys=ON")
        for step in due:
            for statement in step.statements:
                connection.execute(statement)
        if due:
            if dangling := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise sqlite3.IntegrityError(f"a row of {dangling[0]} refers to one that is not there")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={due[-1].version}")
        connection.execute("COMMIT")
    except BaseException:
        # after a full disk SQLite has rolled back by itself
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return bool(due)
