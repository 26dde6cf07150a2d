"""What the store says when the file, the disk or another program is in the way."""

# ruff: noqa: N818 - the classes are named for what happened
from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike, fspath


class StoreError(Exception):
    """Nothing was changed unless the sentence says so. The message is a whole sentence for the user."""

    @property
    def sentence(self) -> str:
        """What happened, that the data are safe, and what to do next, in words."""
        return str(self.args[0])


class MissingPlan(StoreError):
    """There is no file at that path."""


class NotAPlan(StoreError):
    """What is there is no plan: a folder, another program's file, or an empty one."""


class NewerPlan(StoreError):
    """The file was written by a later version of pmtui."""


class OlderPlan(StoreError):
    """The file has an earlier version's tables; opening it for writing brings it up to date."""


class DamagedPlan(StoreError):
    """The file's content contradicts itself."""


class Unreachable(StoreError):
    """The file or its folder cannot be opened."""


class Busy(StoreError):
    """Another program holds the file for longer than we wait."""


class DiskFull(StoreError):
    """The disk took no more."""


class ReadOnlyPlan(StoreError):
    """The file can be read, not changed."""


class FileReplaced(StoreError):
    """The file that was opened is no longer the one at its path."""


class Drifted(StoreError):
    """Rows differ from what the journal led to: something wrote past it."""


class BackupFailed(StoreError):
    """No verified backup could be made."""


Path = str | PathLike[str]


def shown(path: Path) -> str:
    """A path for a sentence, without anything that a terminal would obey."""
    from pmtui.domain.text import clean

    return clean(fspath(path))


def translate(error: sqlite3.Error, path: Path) -> StoreError:
    """What SQLite's *error* on the file *path* means for the user."""
    name = shown(path)
    code = getattr(error, "sqlite_errorcode", 0) or 0
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return FileReplaced(
            f"The plan file {name} was moved or removed while it was open. Nothing was saved. "
            "Put it back, or restore a backup with: pmtui restore"
        )
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy(
                f"Another program is busy with {name}. Nothing was changed and what you typed is kept. "
                "Try again in a moment; if it stays so, close the other program."
            )
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return DiskFull(
                f"The disk of {name} is full or fails ({error}). Nothing was changed, everything saved before is safe. "
                "Free some space, then try again."
            )
        case sqlite3.SQLITE_READONLY:
            return read_only(path)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return Unreachable(
                f"The plan file {name} cannot be opened for this. Nothing was changed. "
                "Check that you may write to the file and its folder, or choose another file with --db."
            )
        case sqlite3.SQLITE_NOTADB:
            return NotAPlan(
                f"{name} is no pmtui plan. It was left as it is. "
                "Choose another file with --db, or restore a backup with: pmtui restore"
            )
        case sqlite3.SQLITE_CONSTRAINT:
            return StoreError(
                f"The plan file refused the change ({error}). Nothing was changed, everything saved before is safe. "
                "Please report this sentence: a rule should have said so first."
            )
    return damaged(path, str(error))


def damaged(path: Path, detail: str) -> DamagedPlan:
    """The refusal of a file whose content contradicts itself."""
    return DamagedPlan(
        f"The plan file {shown(path)} is damaged ({detail}). It was left as it is. "
        "Restore the newest backup with: pmtui restore"
    )


def removed(path: Path) -> MissingPlan:
    """The refusal of a change to a file that was there when it was opened."""
    return MissingPlan(
        f"The plan file {shown(path)} was removed while it was open. Nothing was saved and what you typed is kept. "
        "Put the file back, or restore a backup with: pmtui restore"
    )


def read_only(path: Path) -> ReadOnlyPlan:
    """The refusal of a change to a file that can only be read."""
    return ReadOnlyPlan(
        f"The plan file {shown(path)} can be read, not changed. Nothing was saved. "
        "Make the file and its folder writable, or work on a copy with --db."
    )


def cannot_be_updated(path: Path) -> OlderPlan:
    """The refusal to show an earlier version's file that can only be read."""
    return OlderPlan(
        f"{shown(path)} was written by an earlier pmtui and can only be read, so it cannot be brought up to date. "
        "The data are safe: copy it to a folder of your own and open the copy with --db."
    )


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn whatever SQLite or the file system raises about *path* into a `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise translate(error, path) from error
    except OSError as error:
        raise unreachable(error, path) from error


def unreachable(error: OSError, path: Path) -> StoreError:
    """What the file system's *error* on *path* means for the user."""
    from errno import EDQUOT, ENOSPC, EROFS

    if error.errno in (ENOSPC, EDQUOT):
        return DiskFull(
            f"The disk of {shown(path)} is full. Nothing was changed, everything saved before is safe. "
            "Free some space, then try again."
        )
    if error.errno == EROFS:
        return read_only(path)
    reason = (error.strerror or str(error)).lower()
    return Unreachable(
        f"{shown(path)} cannot be opened: {reason}. Nothing was changed. "
        "Check the path and its permissions, or choose another file with --db."
    )
