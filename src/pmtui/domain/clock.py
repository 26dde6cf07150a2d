"""The one module with a clock and with randomness.

Everything else is handed a `Clock`, so that a test decides what day it is and which ids come next.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a program gets its day, its instant and its new ids from."""

    today: Callable[[], date]
    """The plan day in the user's own time zone."""
    now: Callable[[], datetime]
    """The present instant in UTC; only the journal and file names of backups carry instants."""
    new_id: Callable[[], str]
    """A fresh opaque id: 12 characters of Crockford base32 (60 bits), so offline copies never collide."""


def system_clock() -> Clock:
    """The clock of the machine, with ids from the operating system's randomness."""
    source = random.SystemRandom()
    return Clock(
        today=date.today,
        now=lambda: datetime.now(UTC),
        new_id=lambda: "".join(source.choice(CROCKFORD) for _ in range(ID_LENGTH)),
    )


def fixed_clock(day: date, seed: int = 0) -> Clock:
    """A clock that stands still at noon UTC of *day* and whose ids follow from *seed*."""
    source = random.Random(seed)  # noqa: S311 - ids of tests and of the demo plan must repeat
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Clock(
        today=lambda: day,
        now=lambda: noon,
        new_id=lambda: "".join(source.choice(CROCKFORD) for _ in range(ID_LENGTH)),
    )
