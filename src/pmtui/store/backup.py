"""Verified copies of a plan file, kept by count and age, and the way back to one of them.

A backup counts once it was opened and checked; until then its name says that it is unfinished.
Names carry a counter, because a clock that was set back must not make the newest one look old.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pmtui.store.checks import check_content, foreign_definition, set_rollback_journal
from pmtui.store.connection import connect, inspect
from pmtui.store.errors import BackupFailed, Busy, NotAPlan, StoreError, in_words, shown, translate
from pmtui.store.format import SCHEMA_VERSION
from pmtui.store.migrations import Step, migrate, steps, version_of
from pmtui.store.opening import sync_folder
from pmtui.store.read import refuse_format, snapshot

KEEP_OF_A_REASON = 5
KEEP_DAYS = 7
KEEP_WEEKS = 4
FOR_EVER = re.compile(r"before v\d+")
"""The reason of backups that are never removed: those before an upgrade."""

_NAME = re.compile(r"(\d{6,})-([a-z0-9-]+)\.db")
_STALE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup in the list."""

    number: int
    """Counts up; the newest has the highest."""
    reason: str
    path: Path
    at: datetime
    """When it was made, in UTC."""
    size: int
    """In bytes."""
    items: int | None
    """How many backlog items are in it; None where the file cannot be read any more."""


def folder_of(path: Path) -> Path:
    """The folder that holds the backups of the plan at *path*; it need not exist."""
    real = Path(os.path.realpath(path))
    return real.with_name(real.name + ".backups")


def backups(path: Path) -> list[BackupInfo]:
    """The backups of the plan at *path*, newest first; unfinished ones are none."""
    return [_info(*found) for found in _listed(path)]


def newest(path: Path) -> tuple[Path, datetime] | None:
    """The newest backup of the plan at *path*, and when it was made."""
    found = _listed(path)
    return (found[0][2], _at(found[0][2])) if found else None


def _info(number: int, reason: str, file: Path) -> BackupInfo:
    return BackupInfo(number, reason, file, _at(file), file.stat().st_size, _count(file))


def _listed(path: Path) -> list[tuple[int, str, Path]]:
    try:
        files = list(folder_of(path).iterdir())
    except OSError:
        return []
    named = [(match, file) for file in files if (match := _NAME.fullmatch(file.name))]
    found = [(int(match[1]), match[2].replace("-", " "), file) for match, file in named]
    return sorted(found, reverse=True)


def _at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _count(file: Path) -> int | None:
    try:
        with snapshot(file) as connection:
            count: int = connection.execute("SELECT count(*) FROM backlog_item").fetchone()[0]
            return count
    except (StoreError, sqlite3.Error):
        return None


def head_of(file: Path) -> int | None:
    """The number of the newest journal entry in a plan file; None where it cannot be read."""
    try:
        with snapshot(file) as connection:
            return connection.execute("SELECT max(seq) FROM journal").fetchone()[0] or 0
    except (StoreError, sqlite3.Error):
        return None


def back_up(path: Path, reason: str, at: datetime) -> Path:
    """A new verified backup; then those that have had their time are removed.

    *reason* is a few words of lower case letters and digits. Raises StoreError, and then no file is
    left and none was removed.
    """
    folder = folder_of(path)
    with in_words(folder):
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        number, part = _reserve(folder)
        try:
            _copy(path, part)
            os.utime(part, (at.timestamp(), at.timestamp()))
            final = folder / f"{number:06d}-{reason.replace(' ', '-')}.db"
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
        with _beside(target) as part:
            _copy(path, part)
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


def _copy(path: Path, part: Path) -> None:
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
    for index, (_, reason, file) in enumerate(_listed(path)):
        made = _at(file)
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


def restore(path: Path, backup: Path, ordered: Sequence[Step] | None = None) -> Path | None:
    """Put a copy of *backup* in the place of the plan; where the plan that was there is kept, None if none was.

    The copy is brought up to date and verified before anything is moved. Raises StoreError with
    the plan as it was.
    """
    ordered = steps() if ordered is None else ordered
    real = Path(os.path.realpath(path))
    if os.path.lexists(real) and not real.is_file():
        raise NotAPlan(f"{shown(path)} is no file. Nothing was changed. Name a file with --db.")
    with in_words(real), _beside(real) as part:
        _copy(backup, part)
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
        part.rename(path)
        return None
    kept = _free_name(path)
    with _quiet(path) as settled:
        try:
            kept.hardlink_to(path)
        except OSError:
            # a file system without hard links: copied, so that there is a plan at the path at every moment
            kept.write_bytes(path.read_bytes())
            kept.chmod(0o600)
        if not settled:
            # a journal that SQLite could not play back would be played into the new file
            for ending in ("-journal", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    path.with_name(path.name + ending).rename(kept.with_name(kept.name + ending))
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


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
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
