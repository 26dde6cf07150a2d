"""Undo and redo, from the journal alone, so that they survive a restart."""

from __future__ import annotations

from pmtui.domain.changes import Change, Changes
from pmtui.domain.entities import KINDS
from pmtui.domain.errors import Refused
from pmtui.domain.fields import specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules.integrity import describe, verify
from pmtui.domain.text import clean_line
from pmtui.store import journal
from pmtui.store.journal import JournalEntry, Query
from pmtui.workspace.actor import Actor

UNDONE = "undone: "
REDONE = "redone: "
LABEL_LENGTH = 60


def undo_of(plan: Plan, query: Query, actor: Actor) -> tuple[JournalEntry, Changes]:
    """The actor's newest step that is not undone, and what takes it back. Raises Refused."""
    seq = journal.last_step(query, actor.user, actor.machine)
    if seq is None:
        raise Refused("There is nothing of yours to undo. All steps are in the history: U in the app, or pmtui log.")
    return _inverse(plan, query, seq, UNDONE, actor)


def redo_of(plan: Plan, query: Query, actor: Actor) -> tuple[JournalEntry, Changes]:
    """The actor's newest undo that no step of theirs follows, and what takes it back. Raises Refused."""
    seq = journal.last_undo(query, actor.user, actor.machine)
    if seq is None:
        raise Refused("There is nothing to redo: only what was undone since your last edit can come back.")
    return _inverse(plan, query, seq, REDONE, actor)


def _inverse(plan: Plan, query: Query, seq: int, word: str, actor: Actor) -> tuple[JournalEntry, Changes]:
    entry = journal.entry(query, seq)
    label = entry.label.removeprefix(UNDONE).removeprefix(REDONE)
    changes = Changes(entry.changes, "").inverse(word + label)
    for change in changes:
        if fields := _differing(plan, change):
            raise Refused(f"{_cannot(entry)}: {_who_changed(plan, query, entry, change, fields, actor)}")
    try:
        verify(plan, changes.rows)
    except Refused as refused:
        raise Refused(f"{_cannot(entry)}. {refused.sentence}") from None
    return entry, changes


def _differing(plan: Plan, change: Change) -> set[str]:
    """The fields in which the plan is no longer as the step left it."""
    entity = plan.find(change.kind, change.id)
    expected = change.before
    if expected is None or entity is None:
        return set(specs(KINDS[change.kind])) if (entity is None) != (expected is None) else set()
    return {name for name, value in expected.items() if getattr(entity, name) != value}


def _cannot(entry: JournalEntry) -> str:
    label = entry.label.removeprefix(UNDONE).removeprefix(REDONE)
    if entry.action == "undo":
        return f"Step {_named(entry.of_seq or entry.seq, label)} cannot be redone"
    return f"Step {_named(entry.seq, label)} cannot be taken back"


def _named(seq: int, label: str) -> str:
    # a label has quotation marks of its own
    return f"{seq} ({clean_line(label, LABEL_LENGTH)})"


def _who_changed(plan: Plan, query: Query, entry: JournalEntry, change: Change, fields: set[str], actor: Actor) -> str:
    """Who changed what an inverse would change, and what is left to do: a step of another person is theirs to undo."""
    later = journal.latest_change_of(query, entry.seq, change.id, fields)
    who = describe(plan, change.kind, change.id)
    if later is None:
        return f"{who} was changed since. Nothing was changed. U shows its history."
    seq, by, label = later
    where = "Undo that step on the machine where it was made" if by == actor.user else f"Ask {by} to undo that step"
    instead = "archive it" if change.after is None and "archived" in specs(KINDS[change.kind]) else "edit the field"
    return (
        f"{by} changed the same fields of {who} since, in step {_named(seq, label)}. "
        f"Nothing was changed. {where}, or {instead}."
    )
