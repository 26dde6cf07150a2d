"""The journal, read: every step that was ever made, by whom, and what it changed.

Standard library only. `Query` is whatever runs SQL: a connection of `read`, or the write
transaction that must see its own state.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, Literal

from pmtui.domain.changes import Change, Row
from pmtui.domain.codec import decode_row, encode_row
from pmtui.domain.entities import KINDS
from pmtui.domain.fields import Scalar
from pmtui.domain.plan import Plan
from pmtui.store.errors import Drifted, FileReplaced, Path, shown

Action = Literal["do", "undo", "redo"]
Query = Callable[[str, tuple[Any, ...]], Iterable[Any]]

_ENTRY = 'SELECT j.seq, j.at, j."user", j.machine, j.command, j.label, j.reason, j.action, j.of_seq FROM journal j '


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step as the journal has it."""

    seq: int
    at: datetime
    """The instant in UTC."""
    user: str
    machine: str
    command: str
    label: str
    reason: str
    action: Action
    of_seq: int | None
    """The step that this undo takes back, or the undo that this redo takes back."""
    changes: tuple[Change, ...]


def dump(row: Row | None) -> str | None:
    """One side of a change as the journal stores it."""
    if row is None:
        return None
    return json.dumps(encode_row(row), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def change_of(kind: str, entity_id: str, before: str | None, after: str | None) -> Change:
    """A change from its stored form. Raises ValueError or KeyError where it is none.

    A whole row that an earlier version wrote lacks the fields that came later: it has their defaults.
    """
    sides = [None if side is None else decode_row(kind, json.loads(side)) for side in (before, after)]
    if None in sides:
        sides = [None if side is None else {**_defaults(kind), **side} for side in sides]
    return Change(kind, entity_id, *sides)


@cache
def _defaults(kind: str) -> Mapping[str, Scalar]:
    """What the fields of *kind* hold where nobody has said anything; those that must be said are left out."""
    return {field.name: field.default for field in fields(KINDS[kind]) if field.default is not MISSING}


def head(query: Query) -> int:
    """The number of the newest entry, 0 if there is none."""
    ((seq,),) = query("SELECT max(seq) FROM journal", ())
    return seq or 0


def changes_between(query: Query, after: int, upto: int) -> list[tuple[int, Change]]:
    """Every change of the entries after *after* and up to *upto*, each with its entry's number, oldest first."""
    rows = query(
        "SELECT seq, kind, entity_id, before, after FROM journal_change WHERE seq > ? AND seq <= ? "
        "ORDER BY seq, position",
        (after, upto),
    )
    return [(seq, change_of(*rest)) for seq, *rest in rows]


def catch_up(query: Query, plan: Plan, path: Path) -> tuple[Plan, list[Change]]:
    """The plan with the steps that were written since, and their changes; the same plan if there are none.

    Raises FileReplaced where the journal ends before the plan does, Drifted where a step of it
    does not fit.
    """
    newest = head(query)
    if newest == plan.seq:
        return plan, []
    if newest < plan.seq:
        raise FileReplaced(
            f"The plan file {shown(path)} is older than what is on the screen, as after a restore. Nothing was saved. "
            "The file is read again now: look, then try again."
        )
    try:
        changes = [change for _, change in changes_between(query, plan.seq, newest)]
        return plan.apply(changes, newest), changes
    except (KeyError, ValueError) as error:
        raise drifted(path) from error


def drifted(path: Path) -> Drifted:
    """The refusal of a file whose rows are not where its journal led."""
    return Drifted(
        f"{shown(path)} was changed by something other than pmtui. Nothing was saved and what you typed is kept. "
        "The file is read again now: look, then try again."
    )


def entry(query: Query, seq: int) -> JournalEntry:
    """The entry of that number. Raises KeyError where there is none."""
    for found in _with_changes(query, query(_ENTRY + "WHERE j.seq = ?", (seq,))):
        return found
    raise KeyError(seq)


def entries(query: Query, entity_id: str | None, limit: int) -> list[JournalEntry]:
    """The newest entries, newest first; of one entity if *entity_id* is given."""
    if entity_id is None:
        rows = query(_ENTRY + "ORDER BY j.seq DESC LIMIT ?", (limit,))
    else:
        where = "WHERE j.seq IN (SELECT seq FROM journal_change WHERE entity_id = ?) "
        rows = query(_ENTRY + where + "ORDER BY j.seq DESC LIMIT ?", (entity_id, limit))
    return list(_with_changes(query, rows))


def _with_changes(query: Query, rows: Iterable[Sequence[Any]]) -> Iterator[JournalEntry]:
    for seq, at, user, machine, command, label, reason, action, of_seq in list(rows):
        changes = query(
            "SELECT kind, entity_id, before, after FROM journal_change WHERE seq = ? ORDER BY position", (seq,)
        )
        yield JournalEntry(
            seq=seq,
            at=datetime.fromisoformat(at),
            user=user,
            machine=machine,
            command=command,
            label=label,
            reason=reason,
            action=action,
            of_seq=of_seq,
            changes=tuple(change_of(*change) for change in changes),
        )


def last_step(query: Query, user: str, machine: str) -> int | None:
    """The number of the newest step of this user on this machine that is not undone."""
    return _first(
        query,
        "SELECT seq FROM journal j WHERE \"user\" = ? AND machine = ? AND action IN ('do', 'redo') "
        "AND NOT EXISTS (SELECT 1 FROM journal u WHERE u.of_seq = j.seq) ORDER BY seq DESC LIMIT 1",
        (user, machine),
    )


def last_undo(query: Query, user: str, machine: str) -> int | None:
    """The number of the newest undo of this user on this machine that is not redone and no new step follows."""
    return _first(
        query,
        "SELECT seq FROM journal j WHERE \"user\" = ? AND machine = ? AND action = 'undo' "
        "AND NOT EXISTS (SELECT 1 FROM journal r WHERE r.of_seq = j.seq) "
        "AND seq > (SELECT coalesce(max(seq), 0) FROM journal d "
        'WHERE d."user" = j."user" AND d.machine = j.machine AND d.action = \'do\') ORDER BY seq DESC LIMIT 1',
        (user, machine),
    )


def _first(query: Query, sql: str, parameters: tuple[Any, ...]) -> int | None:
    for (seq,) in query(sql, parameters):
        return int(seq)
    return None


def latest_change_of(query: Query, after: int, entity_id: str, fields: Iterable[str]) -> tuple[int, str, str] | None:
    """Number, user and label of the newest entry after *after* that changed one of these fields of the entity."""
    wanted = set(fields)
    rows = query(
        'SELECT c.seq, j."user", j.label, c.before, c.after FROM journal_change c JOIN journal j ON j.seq = c.seq '
        "WHERE c.entity_id = ? AND c.seq > ? ORDER BY c.seq DESC",
        (entity_id, after),
    )
    for seq, user, label, before, new in rows:
        if wanted & set(json.loads(new or before)):
            return int(seq), str(user), str(label)
    return None
