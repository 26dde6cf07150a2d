"""The fast path: a plan read with the standard library, opened so that it can never write.

The one exception to "all storage is SQLModel"; a contract test pins it to the tables. Entities are
imported inside `load_plan`, because `load_facts` answers without them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from pmtui.store.connection import connect, inspect
from pmtui.store.errors import NewerPlan, NotAPlan, OlderPlan, Path, Unreachable, damaged, in_words, shown, translate
from pmtui.store.format import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from pmtui.domain.plan import Plan

_NEEDS_ROLLBACK = frozenset(
    (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY, sqlite3.SQLITE_READONLY_CANTINIT)
)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection inside one read transaction of the plan at *path*. Raises StoreError."""
    with snapshot(path) as connection:
        check_format(connection, path)
        yield connection


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """The same for a database of any program and version."""
    inspect(path)
    with in_words(path), closing(_begun(path)) as connection:
        yield connection


def _begun(path: Path) -> sqlite3.Connection:
    try:
        return _begin(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in _NEEDS_ROLLBACK:
            raise
        # A killed program left a step half written; SQLite takes it back when it may write.
        try:
            with closing(connect(path, "rw")) as writer:
                writer.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            raise Unreachable(
                f"A program was killed while it wrote {shown(path)}, and this account may not tidy up after it. "
                "The data are safe: open the plan once as the user who owns it."
            ) from error
        return _begin(path)


def _begin(path: Path) -> sqlite3.Connection:
    connection = connect(path, "ro")
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def check_format(connection: sqlite3.Connection, path: Path) -> None:
    """Raise NotAPlan, NewerPlan or OlderPlan unless the file is of this program and version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    refuse_format(application, version, path, SCHEMA_VERSION)
    if version < SCHEMA_VERSION:
        raise OlderPlan(
            f"{shown(path)} was written by an earlier pmtui. The data are safe. "
            "Open it once with: pmtui, which brings it up to date after a backup."
        )


def refuse_format(application: int, version: int, path: Path, newest: int) -> None:
    """Raise NotAPlan or NewerPlan for a file that this program must not touch."""
    if application != APPLICATION_ID:
        raise NotAPlan(
            f"{shown(path)} is the database of another program. It was left as it is. Choose another file with --db."
        )
    if version > newest:
        raise NewerPlan(
            f"{shown(path)} was written by a newer pmtui (format {version}, this one knows {newest}). "
            "It was left as it is. Update pmtui, then open it again."
        )


def load_plan(path: Path) -> Plan:
    """The plan in the file, as of the newest entry of its journal. Raises StoreError; never writes."""
    with reading(path) as connection:
        return plan_from(connection, path)


def plan_from(connection: sqlite3.Connection, path: Path) -> Plan:
    """The plan that an open read transaction sees. Raises StoreError."""
    import gc

    from pmtui.domain.entities import KINDS
    from pmtui.domain.plan import Plan
    from pmtui.store.rows import loader, select

    # Nothing that is made here can be garbage, and looking for some takes a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        kinds = {kind: loader(kind)(connection.execute(select(kind)).fetchall()) for kind in KINDS}
        seq = connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
    except sqlite3.Error as error:
        raise translate(error, path) from error
    except (ValueError, TypeError) as error:
        raise damaged(path, str(error)) from error
    finally:
        if collecting:
            gc.enable()
    return Plan(seq or 0, kinds)
