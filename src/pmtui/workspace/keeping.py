"""When a backup is made without being asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from pmtui.store.backup_list import head_of, newest
from pmtui.store.errors import Busy, StoreError

RECENT = timedelta(minutes=10)
"""How old a backup may be to stand for the one before a session's first change."""


def keep_before_change(path: Path, seq: int, now: datetime) -> str:
    """Make a backup before the first change of a session; what went wrong as a sentence, else "".

    None where nothing was ever done (*seq* is 0), where the newest backup is as the plan is, or
    was made minutes ago: a script that adds a thousand items one by one must not push the older
    backups out. A backup that fails does not stop the edit, which may still find room; Busy is raised.
    """
    if seq == 0:
        return ""
    last = newest(path)
    if last and (abs(now - last[1]) < RECENT or head_of(last[0]) == seq):
        return ""
    from pmtui.store.backup import back_up

    try:
        back_up(path, "start", now)
    except Busy:
        raise  # the edit would wait in vain for just as long
    except StoreError as error:
        return f"No backup could be made before this session's first change. {error.sentence}"
    return ""
