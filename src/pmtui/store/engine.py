"""The one way to a connection that can write, and how SQLAlchemy is told to leave transactions to us."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from pmtui.store.connection import BUSY_SECONDS, connect
from pmtui.store.errors import FileReplaced, in_words, removed, shown


class WriteFile:
    """A plan file opened for writing by one thread, until it is closed.

    It remembers which file it opened, so that nothing is ever written to a file that was moved
    away or replaced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._identity = identity(path)
        self._patience = BUSY_SECONDS
        self._engine = self._make_engine()

    def _make_engine(self) -> Engine:
        engine = create_engine(
            "sqlite://", creator=lambda: connect(self.path, "rw", any_thread=True), poolclass=StaticPool
        )

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={int(self._patience * 1000)}")
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")

        return engine

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def check_identity(self) -> None:
        """Raise FileReplaced unless the file at the path is the one that was opened."""
        if identity(self.path) != self._identity:
            raise FileReplaced(
                f"The plan file {shown(self.path)} was replaced by another one while it was open, perhaps by a "
                "restore. Nothing was saved and what you typed is kept. The new file is read now: look, then try again."
            )

    @contextmanager
    def transaction(self, patience: float = BUSY_SECONDS) -> Iterator[Session]:
        """A SQLModel session inside BEGIN IMMEDIATE; committed at the end, rolled back by any exception.

        *patience* is for another program's lock, in seconds.
        Raises StoreError in place of what SQLite, SQLAlchemy or the file system raise.
        """
        self.check_identity()
        self._patience = patience
        with in_words(self.path):
            try:
                with Session(self._engine) as session, session.begin():
                    session.connection()
                    yield session
            except DBAPIError as error:
                if isinstance(error.orig, sqlite3.Error):
                    raise error.orig from error
                raise


def identity(path: Path) -> tuple[int, int]:
    """What tells one file from another one at the same path. Raises MissingPlan or StoreError."""
    with in_words(path):
        try:
            found = path.stat()
        except FileNotFoundError:
            raise removed(path) from None
    return found.st_dev, found.st_ino
