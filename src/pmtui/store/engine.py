"""The one way to a connection that can write, and how SQLAlchemy is told to leave transactions to us."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from pmtui.store.connection import BUSY_SECONDS, connect
from pmtui.store.errors import FileReplaced, StoreError, in_words, removed, shown


class WriteFile:
    """A plan file opened for writing by one thread, until it is closed.

    It remembers which file it opened, so that nothing is ever written to a file that was moved
    away or replaced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._identity = identity(path)
        self._engine = _engine(path)

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
    def waiting(self, seconds: float) -> Iterator[None]:
        """Wait only so long for another program's lock in what is done within. Raises StoreError."""
        self._wait(seconds)
        try:
            yield
        finally:
            # what was done within is done, whatever becomes of this
            with suppress(StoreError):
                self._wait(BUSY_SECONDS)

    def _wait(self, seconds: float) -> None:
        with in_words(self.path), closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A SQLModel session inside BEGIN IMMEDIATE; committed at the end, rolled back by any exception.

        Raises StoreError in place of what SQLite, SQLAlchemy or the file system raise.
        """
        self.check_identity()
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


def _engine(path: Path) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: connect(path, "rw", any_thread=True), poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
