"""The way back to a backup. The plan that was there is kept beside."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from pmtui.store.backup import beside, copy_verified
from pmtui.store.checks import check_content, set_rollback_journal
from pmtui.store.connection import connect
from pmtui.store.errors import Busy, NotAPlan, in_words, shown, translate
from pmtui.store.migrations import Step, migrate, steps, version_of
from pmtui.store.opening import sync_folder
from pmtui.store.placing import put, set_aside
from pmtui.store.read import refuse_format


def restore(path: Path, backup: Path, ordered: Sequence[Step] | None = None) -> Path | None:
    """Put a copy of *backup* in the place of the plan; where the plan that was there is kept, None if none was.

    The copy is brought up to date and verified before anything is moved. Raises StoreError with
    the plan as it was.
    """
    ordered = steps() if ordered is None else ordered
    real = Path(os.path.realpath(path))
    if os.path.lexists(real) and not real.is_file():
        raise NotAPlan(f"{shown(path)} is no file. Nothing was changed. Name a file with --db.")
    with in_words(real), beside(real) as part:
        copy_verified(backup, part)
        with in_words(backup), closing(connect(part, "rw")) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            refuse_format(application, version_of(connection), backup, ordered[-1].version)
            migrate(connection, ordered)
            check_content(connection, backup, ordered)
        kept = _swap(real, part)
        sync_folder(real.parent)
    return kept


def _swap(path: Path, part: Path) -> Path | None:
    if not os.path.lexists(path):
        put(part, path, lambda: part.rename(path))
        return None
    part.chmod(stat.S_IMODE(path.stat().st_mode))
    kept = _free_name(path)
    with _quiet(path) as settled:
        try:
            kept.hardlink_to(path)
        except OSError:
            # a file system without hard links: copied, so that there is a plan at the path at every moment
            kept.touch(mode=0o600)
            kept.write_bytes(path.read_bytes())
        if not settled:
            # a journal that SQLite could not play back would be played into the new file
            set_aside(path, kept.name.removeprefix(path.name))
        part.rename(path)
    return kept


def _free_name(path: Path) -> Path:
    kept = path.with_name(path.name + ".before-restore")
    number = 1
    while os.path.lexists(kept):
        number += 1
        kept = path.with_name(f"{path.name}.before-restore-{number}")
    return kept


@contextmanager
def _quiet(path: Path) -> Iterator[bool]:
    """Nobody else reads or writes *path* meanwhile, as far as it is a database at all; whether it is."""
    with ExitStack() as stack:
        settled = True
        try:
            connection = stack.enter_context(closing(connect(path, "rw")))
            set_rollback_journal(connection, path)
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            if isinstance(translate(error, path), Busy):
                raise
            settled = False
        yield settled
