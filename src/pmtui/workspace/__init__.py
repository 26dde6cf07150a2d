"""The one who writes: commands in, a newer plan out; undo, redo, drafts, backups and live refresh.

Nothing here imports SQLModel before the first edit needs it, and then on the writer's own thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmtui.store.errors import StoreError
from pmtui.workspace.actor import Actor, this_actor
from pmtui.workspace.workspace import Outcome, Workspace

if TYPE_CHECKING:  # what methods return: a first screen does without
    from pmtui.store.backup_list import BackupInfo as BackupInfo
    from pmtui.store.drafts import Draft as Draft
    from pmtui.store.journal import JournalEntry as JournalEntry

__all__ = ["Actor", "Outcome", "StoreError", "Workspace", "this_actor"]
