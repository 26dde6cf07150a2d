"""The backups of a plan, as their names and the files themselves tell."""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pmtui.store.errors import StoreError
from pmtui.store.read import snapshot

_NAME = re.compile(r"(\d{6,})-([a-z0-9-]+)\.db")


class BackupInfo(NamedTuple):
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
    return [_info(*found) for found in listed(path)]


def newest(path: Path) -> tuple[Path, datetime] | None:
    """The newest backup of the plan at *path*, and when it was made."""
    found = listed(path)
    return (found[0][2], made_at(found[0][2])) if found else None


def _info(number: int, reason: str, file: Path) -> BackupInfo:
    return BackupInfo(number, reason, file, made_at(file), file.stat().st_size, _count(file))


def listed(path: Path) -> list[tuple[int, str, Path]]:
    """Number, reason and file of each backup, newest first; no file is opened."""
    try:
        files = list(folder_of(path).iterdir())
    except OSError:
        return []
    named = [(match, file) for file in files if (match := _NAME.fullmatch(file.name))]
    found = [(int(match[1]), match[2].replace("-", " "), file) for match, file in named]
    return sorted(found, reverse=True)


def made_at(file: Path) -> datetime:
    """When a backup was made, in UTC."""
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
