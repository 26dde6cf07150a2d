"""`pmtui backup` and `pmtui restore`: verified copies, and the way back to one."""

from __future__ import annotations

import argparse
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.cli import OK
from pmtui.cli.out import Problem, say
from pmtui.cli.plans import existing_plan, open_workspace
from pmtui.domain.text import quoted
from pmtui.workspace.location import plan_path

if TYPE_CHECKING:
    from pmtui.workspace import BackupInfo


def backup(namespace: argparse.Namespace) -> int:
    """Make a verified copy and print where it is."""
    path = existing_plan(namespace.db)
    _must_be_a_plan(path)
    if namespace.output:
        from pmtui.store.backup import copy_to

        target = Path(namespace.output)
        copy_to(path, target)
    else:
        with closing(open_workspace(path)) as workspace:
            target = workspace.backup()
    say(f"A verified copy of {path} is in {target}.")
    return OK


def _must_be_a_plan(path: Path) -> None:
    """Raise StoreError for another program's file or a later pmtui's; an earlier one's is worth a backup."""
    from pmtui.store.errors import OlderPlan
    from pmtui.store.read import reading

    with suppress(OlderPlan), reading(path):
        pass


def restore(namespace: argparse.Namespace) -> int:
    """Put a backup in the plan's place and say where the present file is kept; without a name, list them."""
    path = plan_path(namespace.db)
    with closing(open_workspace(path)) as workspace:
        known = workspace.backups()
        if namespace.list or not namespace.backup:
            say("\n".join(_listing(known, path)))
            return OK
        chosen = _choose(namespace.backup, known, path)
        kept = workspace.restore(chosen)
    say(f"{path} is now as it was in {chosen}.")
    if kept is not None:
        say(f"The file that was there is kept as {kept}.")
    return OK


def _listing(known: list[BackupInfo], path: Path) -> list[str]:
    if not known:
        return [f"There are no backups of {path} yet. `pmtui backup` makes one."]
    lines = [f"Backups of {path}, newest first:"]
    for info in known:
        items = "damaged" if info.items is None else f"{info.items} item{'' if info.items == 1 else 's'}"
        at = info.at.astimezone()
        lines.append(f"{info.number:>5}  {at:%Y-%m-%d %H:%M}  {info.size / 1000:>8.0f} kB  {items:<12}  {info.reason}")
    return [*lines, "Go back to one with: pmtui restore NUMBER"]


def _choose(name: str, known: list[BackupInfo], path: Path) -> Path:
    """The file that a person means. Raises `Problem` where there is none."""
    if name == "latest":
        if not known:
            raise Problem(f"There are no backups of {path}. Nothing was changed. Name a file, if you have a copy.")
        return known[0].path
    if name.isascii() and name.isdecimal():
        for info in known:
            if info.number == int(name):
                return info.path
        raise Problem(f"There is no backup number {name}. `pmtui restore --list` shows them. Nothing was changed.")
    file = Path(name)
    if not file.exists():
        raise Problem(
            f"{quoted(name, 200)} is no number of `pmtui restore --list` and no file. Nothing was changed; "
            "`pmtui restore latest` takes the newest."
        )
    return file
