"""Undo and redo, from the journal alone, so that they survive a restart."""

from __future__ import annotations

from pmtui.domain.changes import Change, Changes
from pmtui.domain.entities import KINDS
from pmtui.domain.errors import Refused
from pmtui.domain.fields import specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules.integrity import describe, verify
from pmtui.domain.text import quoted
from pmtui.store import journal
from pmtui.store.journal import JournalEntry, Query
from pmtui.workspace.actor import Actor

UNDONE = "undone: "
REDONE = "redone: "


def undo_of(plan: Plan, query: Query, actor: Actor) -> tuple[JournalEntry, Changes]:
    """The actor's newest step that is not undone, and what takes it back. Raises Refused."""
    seq = journal.last_step(query, actor.user, actor.machine)
    if seq is None:
        raise Refused("There is nothing of yours to undo. U shows the history of everybody.")
    return _inverse(plan, query, seq, UNDONE)


def redo_of(plan: Plan, query: Query, actor: Actor) -> tuple[JournalEntry, Changes]:
    """The actor's newest undo that no step of theirs follows, and what takes it back. Raises Refused."""
    seq = journal.last_undo(query, actor.user, actor.machine)
    if seq is None:
        raise Refused("There is nothing to redo: only what was undone since your last edit can come back.")
    return _inverse(plan, query, seq, REDONE)


def _inverse(plan: Plan, query: Query, seq: int, word: str) -> tuple[JournalEntry, Changes]:
    entry = journal.entry(query, seq)
    label = entry.label.removeprefix(UNDONE).removeprefix(REDONE)
    changes = Changes(entry.changes, "").inverse(word + label)
    for change in changes:
        if fields := _differing(plan, change):
            raise Refused(_refusal(plan, query, entry, change, fields))
    verify(plan, changes.rows)
    return entry, changes


def _differing(plan: Plan, change: Change) -> set[str]:
    """The fields in which the plan is no longer as the step left it."""
    entity = plan.find(change.kind, change.id)
    expected = change.before
    if expected is None or entity is None:
        return set(specs(KINDS[change.kind])) if (entity is None) != (expected is None) else set()
    return {name for name, value in expected.items() if getattr(entity, name) != value}


def _refusal(plan: Plan, query: Query, entry: JournalEntry, change: Change, fields: set[str]) -> str:
    label = entry.label.removeprefix(UNDONE).removeprefix(REDONE)
    what = f"{quoted(label)} cannot be taken back" if entry.action != "undo" else f"{quoted(label)} cannot be redone"
    later = journal.latest_change_of(query, entry.seq, change.id, fields)
    who = describe(plan, change.kind, change.id)
    if later is None:
        return f"{what}: {who} was changed since. Nothing was changed. U shows its history."
    seq, by, step = later
    return (
        f"{what}: step {seq} of {by}, {quoted(step)}, changed the same fields of {who} since. "
        "Nothing was changed. Undo that step first, or edit the field."
    )
