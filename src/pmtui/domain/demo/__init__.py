"""The demo plan: small, invented, and the same wherever it is built on the same day."""

from __future__ import annotations

from pmtui.domain.clock import Clock
from pmtui.domain.commands import Command, ImportEntities
from pmtui.domain.demo.afterthoughts import afterthoughts
from pmtui.domain.demo.making import Making

__all__ = ["SEED", "demo_commands"]

SEED = 2611
"""What the ids of the demo plan follow from, for `fixed_clock`."""


def demo_commands(clock: Clock) -> list[Command]:
    """The demo plan as commands for an empty plan: one big step, then a few that fill its history.

    Ids are drawn from *clock* in a fixed order and every day is relative to its today, so a
    `fixed_clock` gives the same plan each time.
    """
    making = Making(clock)
    return [ImportEntities("the demo plan", tuple(making.everything())), *afterthoughts(making)]
