"""Putting a new database where none is, past a journal that an earlier one left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from pmtui.store.connection import connect

SIDE_FILES = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database, by the ending of its name."""


def put(new: Path, path: Path, place: Callable[[], object]) -> None:
    """Call *place*, which links or renames *new* to *path*, and set aside what lies there of an earlier database.

    SQLite would play the journal of a database that is gone into the new one. Nobody can open the new one
    meanwhile, so whatever is beside it is not its own. Raises what *place* raises.
    """
    with closing(connect(new, "rw")) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        place()
        set_aside(path, ".left")
        connection.execute("ROLLBACK")


def set_aside(path: Path, name: str) -> None:
    """Rename the side files of *path*, to its own name with *name* behind it, and a number where that is taken."""
    for ending in SIDE_FILES:
        found = path.with_name(path.name + ending)
        aside, number = path.with_name(f"{path.name}{name}{ending}"), 1
        while os.path.lexists(aside):
            number += 1
            aside = path.with_name(f"{path.name}{name}-{number}{ending}")
        with suppress(FileNotFoundError):
            found.rename(aside)
