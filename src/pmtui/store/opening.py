"""Opening a plan file for writing: make it, bring it up to date, and look at it before it is trusted."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from pmtui.store.checks import check_content, set_rollback_journal
from pmtui.store.connection import connect, inspect
from pmtui.store.errors import in_words, read_only, removed
from pmtui.store.migrations import Step, migrate, steps, version_of
from pmtui.store.placing import put
from pmtui.store.read import refuse_format


def prepare(
    path: Path, backup: Callable[[Path, int], object], ordered: Sequence[Step] | None = None, *, make: bool = True
) -> None:
    """Make sure of a sound plan file of today's version at *path*; a missing one is made if *make*.

    *backup* is called with the path and the version that the file had before it is migrated, and
    must raise if it could not keep a verified copy. Raises StoreError with the file as it was;
    ReadOnlyPlan where it can only be read.
    """
    ordered = steps() if ordered is None else ordered
    newest = ordered[-1].version
    if not os.path.lexists(path):
        if not make:
            raise removed(path)
        create(path, ordered)
    inspect(path)
    with in_words(path), closing(connect(path, "rw")) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        refuse_format(application, version_of(connection), path, newest)
        if not is_writable(path):
            raise read_only(path)
        set_rollback_journal(connection, path)
        version = _checked(connection, path, ordered)
        if version < newest:
            backup(path, version)
            if migrate(connection, ordered):
                check_content(connection, path, ordered)


def _checked(connection: sqlite3.Connection, path: Path, ordered: Sequence[Step]) -> int:
    """The version of the tables, once they were looked at; no other program migrates in between."""
    connection.execute("BEGIN")
    try:
        version = version_of(connection)
        check_content(connection, path, [step for step in ordered if step.version <= version])
        return version
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def is_writable(path: Path) -> bool:
    """Whether this account may change the file and make SQLite's journal beside it."""
    real = Path(os.path.realpath(path))
    return os.access(real, os.W_OK) and os.access(real.parent, os.W_OK | os.X_OK)


def create(path: Path, ordered: Sequence[Step]) -> None:
    """An empty plan at *path*, readable by its owner alone. Raises StoreError.

    It is made beside and linked into place, so that no half-made file is ever seen and of two
    programs that create at once, both get the same file.
    """
    with in_words(path):
        _make_folder(path.parent)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.new-", dir=path.parent)
        beside = Path(name)
        try:
            with closing(connect(beside, "rw")) as connection:
                set_rollback_journal(connection, beside)
                migrate(connection, ordered)
            os.fsync(descriptor)
            _publish(beside, path)
        finally:
            os.close(descriptor)
            beside.unlink(missing_ok=True)
        sync_folder(path.parent)


def _publish(beside: Path, path: Path) -> None:
    def place() -> None:
        try:
            path.hardlink_to(beside)
        except FileExistsError:
            raise
        except OSError:
            # a file system without hard links; the moment between look and rename is the best there is
            if os.path.lexists(path):
                raise FileExistsError(path) from None
            beside.rename(path)

    with suppress(FileExistsError):
        put(beside, path, place)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)


def sync_folder(folder: Path) -> None:
    """Make a rename in *folder* survive a power cut, where the file system lets a folder be synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
