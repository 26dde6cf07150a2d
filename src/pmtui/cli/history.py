"""`pmtui log`, `undo` and `redo`: the steps that made the plan, and the way back."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from typing import TYPE_CHECKING

from pmtui.cli import OK
from pmtui.cli.out import Problem, columns, say, wants_ascii
from pmtui.cli.plans import existing_plan, open_workspace, writing
from pmtui.domain.codec import encode_row
from pmtui.domain.text import quoted
from pmtui.report.fit import fit, plain

if TYPE_CHECKING:
    from pmtui.workspace import JournalEntry

ALL = 1 << 31
"""More steps than any journal has."""


def log(namespace: argparse.Namespace) -> int:
    """Print steps, newest first, one a line. Raises `Problem` where KEY is not in the plan."""
    path = existing_plan(namespace.db)
    with closing(open_workspace(path)) as workspace:
        entity_id = None
        if namespace.key:
            from pmtui.domain.plan import resolve

            found = resolve(workspace.plan, namespace.key)
            if found is None:
                raise Problem(
                    f"{quoted(namespace.key)} is not in the plan. Give a key as F-31, or the start of an id. "
                    "Nothing was changed."
                )
            entity_id = found[1]
        entries = workspace.history(entity_id, limit=namespace.number or ALL)
    if namespace.json:
        for entry in entries:
            say(json.dumps(_as_json(entry), ensure_ascii=False, sort_keys=True, allow_nan=False))
        return OK
    width, ascii_only = columns(), wants_ascii(asked=namespace.ascii)
    for entry in entries:
        line = fit(_line(entry), width)
        say(plain(line) if ascii_only else line)
    if not entries:
        say("No steps yet.")
    return OK


def _line(entry: JournalEntry) -> str:
    at = entry.at.astimezone()
    reason = f" ({entry.reason})" if entry.reason and entry.reason not in entry.label else ""
    return f"{entry.seq:>5}  {at:%Y-%m-%d %H:%M}  {entry.user:<8}  {entry.label}{reason}"


def _as_json(entry: JournalEntry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat().replace("+00:00", "Z"),
        "user": entry.user,
        "machine": entry.machine,
        "command": entry.command,
        "label": entry.label,
        "reason": entry.reason,
        "action": entry.action,
        "of": entry.of_seq,
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "before": None if change.before is None else encode_row(change.before),
                "after": None if change.after is None else encode_row(change.after),
            }
            for change in entry.changes
        ],
    }


def undo(namespace: argparse.Namespace) -> int:
    """Take back the last step of this user on this machine and say which it was."""
    with writing(existing_plan(namespace.db)) as workspace:
        say(workspace.undo().changes.label)
    return OK


def redo(namespace: argparse.Namespace) -> int:
    """Make the step again that was taken back last and say which it was."""
    with writing(existing_plan(namespace.db)) as workspace:
        say(workspace.redo().changes.label)
    return OK
