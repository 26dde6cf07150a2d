"""Text that somebody was still typing when the program, the line or the machine went away.

Drafts are no part of the plan: they are in no journal, nobody else is shown them, and writing one
costs a single row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.store.errors import MissingPlan
from pmtui.store.read import reading

if TYPE_CHECKING:
    from pmtui.store.commit import Stamp
    from pmtui.store.engine import WriteFile

DRAFT_SECONDS = 1.0
"""How long a draft waits for another program's lock."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Unfinished text."""

    key: str
    """What was being edited, in the words of the screen that edits it."""
    text: str
    at: datetime
    """When it was last typed at, in UTC."""


def read_drafts(path: Path, user: str, machine: str) -> list[Draft]:
    """What this user left unfinished on this machine, newest first. Raises StoreError."""
    sql = 'SELECT "key", text, at FROM draft WHERE "user" = ? AND machine = ? ORDER BY at DESC, "key"'
    try:
        with reading(path) as connection:
            rows = connection.execute(sql, (user, machine)).fetchall()
    except MissingPlan:
        return []
    return [Draft(key, text, datetime.fromisoformat(at)) for key, text, at in rows]


def write_draft(file: WriteFile, key: str, text: str | None, stamp: Stamp) -> None:
    """Keep *text* under *key*, in place of what was there; None forgets it. Raises StoreError."""
    from pmtui.store import tables

    # an edit that waits behind it is worth more than a draft, which is tried again
    with file.transaction(DRAFT_SECONDS) as session:
        known = session.get(tables.Draft, (stamp.user, stamp.machine, key))
        if text is None:
            if known is not None:
                session.delete(known)
            return
        row = known or tables.Draft(user=stamp.user, machine=stamp.machine, key=key, text="", at="")
        row.text = text
        row.at = stamp.at.isoformat()
        session.add(row)
