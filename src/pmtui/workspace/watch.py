"""Looking for what other programs write: one long-lived connection that reads and never writes."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from pmtui.domain.changes import Change, Changes
from pmtui.domain.codec import row_of
from pmtui.domain.entities import KINDS
from pmtui.domain.plan import Plan
from pmtui.store import journal
from pmtui.store.connection import connect, identity_of
from pmtui.store.errors import Drifted, FileReplaced, in_words
from pmtui.store.read import load_plan


class Watch:
    """The eye on a plan file, for one thread.

    A file that takes the place of another one is read as a whole: that its journal is as long or longer
    does not make it the same history.
    """

    def __init__(self, path: Path, identity: tuple[int, int] | None) -> None:
        """*identity* is that of the file which the plan was read from, None if it was none."""
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._identity = identity
        self._replaced = False
        self._seen: int | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._seen = None

    def poll(self, plan: Plan) -> tuple[Plan, Changes] | None:
        """The newer plan and what is different in it; None if nothing is. Raises StoreError.

        `data_version` costs microseconds and tells whether anybody else has written at all.
        """
        connection = self._open()
        if connection is None:
            return None
        with in_words(self._path):
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if version == self._seen:
                return None
            found = self._newer(connection, plan)
        self._seen = version
        self._replaced = False
        return found

    def look_again(self) -> None:
        """Make the next poll read the journal, whatever `data_version` says."""
        self._seen = None

    def _newer(self, connection: sqlite3.Connection, plan: Plan) -> tuple[Plan, Changes] | None:
        if self._replaced:
            newest = load_plan(self._path)
            return newest, difference(plan, newest)
        connection.execute("BEGIN")
        try:
            newest, changes = journal.catch_up(connection.execute, plan, self._path)
            label = "" if newest is plan else journal.entry(connection.execute, newest.seq).label
        except (FileReplaced, Drifted):
            newest = load_plan(self._path)
            return newest, difference(plan, newest)
        finally:
            connection.execute("ROLLBACK")
        return None if newest is plan else (newest, Changes(tuple(changes), label))

    def _open(self) -> sqlite3.Connection | None:
        """The connection to the file that is there now; None if there is none yet."""
        identity = identity_of(self._path)
        if identity is None and not os.path.lexists(self._path):
            return None
        if self._connection is None or identity != self._identity:
            self.close()
            with in_words(self._path):
                self._connection = connect(self._path, "ro", any_thread=True)
            self._replaced = self._replaced or self._identity not in (None, identity)
            self._identity = identity
        return self._connection


def difference(before: Plan, after: Plan) -> Changes:
    """What tells two plans apart that no common journal joins, as after a restore."""
    rows: list[Change] = []
    for kind in KINDS:
        old, new = before.of(kind), after.of(kind)
        for entity_id in {**old, **new}:
            pair = old.get(entity_id), new.get(entity_id)
            if pair[0] != pair[1]:
                rows.append(Change(kind, entity_id, *(row_of(it) if it else None for it in pair)))
    return Changes(tuple(rows), "the plan file was replaced")
