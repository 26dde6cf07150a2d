"""What is looked at before a file is trusted with edits."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pmtui.store.errors import Busy, StoreError, damaged, shown
from pmtui.store.migrations import Step, migrate

NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone", "davfs",
     "fuse.davfs2", "fuse.glusterfs", "fuse.s3fs", "beegfs", "lustre")
)  # fmt: skip
"""File systems whose locks are not to be relied on."""

MOUNTS = Path("/proc/self/mountinfo")


def set_rollback_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure of journal mode DELETE, by the pragma's answer.

    In WAL mode, SQLite before 3.51.3 can lose committed writes of two programs, and a copy of the
    file may lack what is in the other file. Raises Busy where another program holds the file in
    WAL mode, StoreError where SQLite does not obey.
    """
    try:
        (answer,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise Busy(
                f"Another program holds {shown(path)} open in a mode (WAL) in which edits can be lost. Nothing was "
                "changed. Close the other program, then try again."
            ) from error
        raise
    if answer != "delete":
        raise StoreError(
            f"SQLite keeps {shown(path)} in journal mode {answer}, in which edits can be lost. Nothing was changed. "
            "Copy the file to a local disk and open it there with --db."
        )


def check_content(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> None:
    """Raise DamagedPlan unless pages, references and definitions are as this program made them."""
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise damaged(path, str(verdict).replace("\n", " "))
    if dangling := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise damaged(path, f"a row of {dangling[0]} refers to one that is not there")
    if difference := foreign_definition(connection, steps):
        raise damaged(path, difference)


def foreign_definition(connection: sqlite3.Connection, steps: Sequence[Step]) -> str:
    """What in the file's definitions is not of the steps' making; "" if all is.

    A trigger or a view runs code of its own inside our transactions, so none is trusted.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh, steps)
        expected = _definitions(fresh)
    found = _definitions(connection)
    for name, (kind, sql) in expected.items():
        if found.get(name) != (kind, sql):
            return f"its {kind} {name} is missing or not as pmtui made it"
    for name, (kind, _) in found.items():
        if kind in ("trigger", "view"):
            return f"it holds a {kind} {name} that pmtui did not make"
    return ""


def _definitions(connection: sqlite3.Connection) -> dict[str, tuple[str, str | None]]:
    rows = connection.execute("SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {name: (kind, sql) for name, kind, sql in rows}


def network_warning(path: Path, mounts: Path | None = None) -> str:
    """A sentence if the file is on a file system whose locks may not work, else ""."""
    kind = file_system(path, mounts or MOUNTS)
    if kind not in NETWORK:
        return ""
    return (
        f"{shown(path)} is on a network file system ({kind}), whose locks do not always work. "
        "Let one person at a time edit, or keep the plan on a local disk."
    )


def file_system(path: Path, mounts: Path) -> str:
    """The type of the file system that holds *path*; "" where the system does not say."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    real = os.path.realpath(path)
    best, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        mount = _unescaped(fields[4])
        inside = mount in ("/", real) or real.startswith(mount + "/")
        # a later mount on the same point hides the earlier one
        if inside and len(mount) >= best:
            best, kind = len(mount), after.split()[0]
    return kind


def _unescaped(mount: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mount = mount.replace(code, char)
    return mount
