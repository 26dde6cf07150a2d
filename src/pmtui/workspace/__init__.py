"""The one who writes: commands in, a newer plan out; undo, redo, drafts, backups and live refresh.

Nothing here imports SQLModel before the first edit needs it, and then on the writer's own thread.
"""

from __future__ import annotations

from pmtui.store.backup_list import BackupInfo
from pmtui.store.drafts import Draft
from pmtui.store.errors import StoreError
from pmtui.store.journal import JournalEntry
from pmtui.workspace.actor import Actor, this_actor
from pmtui.workspace.workspace import Outcome, Workspace

__all__ = ["Actor", "BackupInfo", "Draft", "JournalEntry", "Outcome", "StoreError", "Workspace", "this_actor"]
