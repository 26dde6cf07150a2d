"""The demo plan in a file of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pmtui.domain.clock import Clock, fixed_clock
from pmtui.workspace.workspace import Workspace


def write_demo(path: Path, clock: Clock) -> None:
    """Make the demo plan in *path*, which must not exist or hold an empty plan. Raises StoreError."""
    from pmtui.domain.demo import SEED, demo_commands

    # The ids follow from a seed, so that two people who look at the demo speak of the same things.
    seeded = replace(clock, new_id=fixed_clock(clock.today(), SEED).new_id)
    with Workspace(path, seeded) as workspace:
        for command in demo_commands(seeded):
            workspace.do(command)


def private_demo(clock: Clock) -> Path:
    """A new demo plan in a new folder that only this user can read; its path."""
    import tempfile

    path = Path(tempfile.mkdtemp(prefix="pmtui-demo-")) / "demo.db"
    write_demo(path, clock)
    return path
