"""What a plan file answers beside the plan itself: its history, what was left unfinished, its backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.domain.plan import Plan
from pmtui.store.errors import MissingPlan
from pmtui.store.read import reading
from pmtui.workspace.actor import Actor

if TYPE_CHECKING:
    from pmtui.store.backup_list import BackupInfo
    from pmtui.store.drafts import Draft
    from pmtui.store.journal import JournalEntry


class Looking:
    """The part of a workspace that only reads, on the caller's thread."""

    path: Path
    actor: Actor

    @property
    def plan(self) -> Plan:
        """The newest known plan. Raises StoreError."""
        raise NotImplementedError

    def history(self, entity_id: str | None = None, limit: int = 200) -> list[JournalEntry]:
        """The newest steps, newest first; those that changed one thing if its id is given. Raises StoreError."""
        from pmtui.store import journal

        try:
            with reading(self.path) as connection:
                return journal.entries(connection.execute, entity_id, limit)
        except MissingPlan:
            return []

    def as_of(self, seq: int) -> Plan:
        """The plan as it was after step *seq*; 0 is before the first. Raises StoreError."""
        from pmtui.store import journal

        plan = self.plan
        if seq >= plan.seq:
            return plan
        with reading(self.path) as connection:
            since = journal.changes_between(connection.execute, seq, plan.seq)
        return plan.apply((change.inverse() for _, change in reversed(since)), seq)

    def drafts(self) -> list[Draft]:
        """What this actor left unfinished, newest first. Raises StoreError."""
        from pmtui.store.drafts import read_drafts

        return read_drafts(self.path, self.actor.user, self.actor.machine)

    def backups(self) -> list[BackupInfo]:
        """The backups, newest first."""
        from pmtui.store.backup_list import backups

        return backups(self.path)
