"""The dates that the plan leads to, stored behind the edits and never in their way."""

from __future__ import annotations

from collections.abc import Callable
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pmtui.domain.changes import Changes
    from pmtui.domain.plan import Plan
    from pmtui.store.engine import WriteFile

KINDS = frozenset(("project", "task", "dependency", "initiative", "backlog_item"))
"""What the dates follow from."""
QUIET_SECONDS = 0.5
"""How long nobody has edited before dates are stored.

Until then the screen has drawn the edit and remembered the schedule on the way, and of several quick
edits only the last is worth storing.
"""


class Dating:
    """Remembers that dates are due, and asks for them once the edits have paused."""

    def __init__(self, ask: Callable[[], object]) -> None:
        self._ask = ask
        """Called on a thread of its own."""
        self._timer: Timer | None = None
        self.due = False
        """Whether an edit has led to dates that are not stored yet."""

    def stepped(self, changes: Changes) -> None:
        """Take note of a step; after one that failed to store its dates, any step asks again."""
        self.due = self.due or any(change.kind in KINDS for change in changes)
        if self.due:
            self.stop()
            self._timer = Timer(QUIET_SECONDS, self._ask)
            self._timer.daemon = True
            self._timer.start()

    def forget(self) -> None:
        """Nothing is due any more: another plan file has taken the place of this one."""
        self.stop()
        self.due = False

    def stop(self) -> None:
        """Ask no more by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def store_dates(file: WriteFile, plan: Plan, today: date) -> None:
    """Compute the dates of *plan* and keep them as those of *today*. Raises StoreError."""
    from pmtui.store.forecasts import ComputedDates, write_forecasts

    dates: list[ComputedDates] = []
    if plan.tasks:
        from pmtui.planning.forecast import forecasts

        dates = [ComputedDates(one.kind, id_, one.start, one.finish) for id_, one in forecasts(plan).items()]
    write_forecasts(file, today, plan.seq, dates)
