"""Verified copies of a plan file, kept by count and age.

A backup counts once it was opened and checked; until then its name says that it is unfinished.
Names carry a counter, because a clock that was set back must not make the newest one look old.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pmtui.store.backup_list import backups, folder_of, listed, made_at
from pmtui.store.checks import foreign_definition, set_rollback_journal
from pmtui.store.connection import connect, inspect
from pmtui.store.errors import BackupFailed, StoreError, in_words, shown
from pmtui.store.format import SCHEMA_VERSION
from pmtui.store.migrations import steps, version_of
from pmtui.store.opening import sync_folder
from pmtui.store.read import refuse_format, snapshot

__all__ = ["back_up", "backups", "beside", "copy_to", "copy_verified", "examine_backup"]

KEEP_OF_A_REASON = 5
KEEP_DAYS = 7
KEEP_WEEKS = 4
FOR_EVER = re.compile(r"before v\d+")
"""The reason of backups that are never removed: those before an upgrade."""

_STALE_SECONDS = 3600


def back_up(path: Path, reason: str, at: datetime) -> Path:
    """A new verified backup; then those that have had their time are removed.

    Of *reason*, lower case letters and digits are kept in the file's name. Raises StoreError, and then no file is
    left and none was removed.
    """
    folder = folder_of(path)
    slug = re.sub(r"[^a-z0-9]+", "-", reason.lower()).strip("-") or "backup"
    with in_words(folder):
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        number, part = _reserve(folder)
        try:
            copy_verified(path, part)
            os.utime(part, (at.timestamp(), at.timestamp()))
            final = folder / f"{number:06d}-{slug}.db"
            part.rename(final)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(folder)
        _rotate(path)
        return final


def copy_to(path: Path, target: Path) -> None:
    """A verified copy of the plan at *target*, which must not exist. Raises StoreError."""
    with in_words(target):
        if os.path.lexists(target):
            raise BackupFailed(f"There is a file at {shown(target)} already. Nothing was written. Choose another name.")
        with beside(target) as part:
            copy_verified(path, part)
            part.rename(target)
        sync_folder(target.parent)


def _reserve(folder: Path) -> tuple[int, Path]:
    """A number that no other program takes, with the file that holds it."""
    while True:
        names = [file.name for file in folder.iterdir()]
        number = 1 + max((int(name[:6]) for name in names if name[:6].isdecimal()), default=0)
        part = folder / f"{number:06d}.part"
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            continue
        if any(name.startswith(f"{number:06d}-") for name in os.listdir(folder)):  # noqa: PTH208 - names are enough
            part.unlink()
            continue
        _remove_stale(folder, part)
        return number, part


def _remove_stale(folder: Path, fresh: Path) -> None:
    """Remove what killed programs left; the file system's own clock says how old that is."""
    now = fresh.stat().st_mtime
    for file in folder.glob("*.part*"):
        with suppress(OSError):
            if file != fresh and now - file.stat().st_mtime > _STALE_SECONDS:
                file.unlink()


def copy_verified(path: Path, part: Path) -> None:
    """Copy the plan into the empty file *part* and verify the copy. Raises StoreError."""
    with snapshot(path) as source, closing(connect(part, "rw")) as target:
        (application,) = source.execute("PRAGMA application_id").fetchone()
        # of any version: a copy is what an older program can still do for a newer plan
        refuse_format(application, 0, path, SCHEMA_VERSION)
        # one step: a copy in several begins anew whenever another program writes
        source.backup(target)
        set_rollback_journal(target, part)
        _verify(source, target, path)
    descriptor = os.open(part, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _verify(source: sqlite3.Connection, copy: sqlite3.Connection, path: Path) -> None:
    (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok" or copy.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupFailed(
            f"The backup of {shown(path)} was not kept, because the plan itself is damaged ({verdict}). "
            "Older backups are untouched: restore one with: pmtui restore"
        )
    if _inventory(source) != _inventory(copy):
        raise BackupFailed(f"The backup of {shown(path)} differs from it and was not kept. Try again.")


def _inventory(connection: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    counts["user_version"] = version_of(connection)
    return counts


def _rotate(path: Path) -> None:
    """Remove all but the newest of each reason, of each day and of each week. The newest of all always stays."""
    days: set[object] = set()
    weeks: set[object] = set()
    reasons: dict[str, int] = {}
    for index, (_, reason, file) in enumerate(listed(path)):
        made = made_at(file)
        keep = index == 0 or bool(FOR_EVER.fullmatch(reason))
        reasons[reason] = reasons.get(reason, 0) + 1
        keep |= reasons[reason] <= KEEP_OF_A_REASON
        keep |= _first_of(days, made.date(), KEEP_DAYS)
        keep |= _first_of(weeks, made.isocalendar()[:2], KEEP_WEEKS)
        if not keep:
            with suppress(OSError):
                file.unlink()


def _first_of(seen: set[object], period: object, limit: int) -> bool:
    if period in seen or len(seen) >= limit:
        return False
    seen.add(period)
    return True


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty file of our own in the folder of *path*; gone afterwards unless it was renamed."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.part-", dir=path.parent)
    os.close(descriptor)
    part = Path(name)
    try:
        yield part
    finally:
        for left in (part, part.with_name(part.name + "-journal")):
            left.unlink(missing_ok=True)


def examine_backup(file: Path) -> str:
    """What is wrong with a backup, as a sentence; "" if it could be restored."""
    try:
        inspect(file)
        with snapshot(file) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            version = version_of(connection)
            refuse_format(application, version, file, SCHEMA_VERSION)
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            known = [step for step in steps() if step.version <= version]
            problem = verdict if verdict != "ok" else foreign_definition(connection, known)
    except (StoreError, sqlite3.Error) as error:
        return str(error)
    return f"The backup {shown(file)} is damaged: {problem}. Use another one." if problem else ""
