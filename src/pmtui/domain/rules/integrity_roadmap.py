"""Rules on roadmap cards that hold for every change, of people, files and undo alike.

A promise is whole or it is none: a day without a confidence is what turns a roadmap into a list of
deadlines that nobody has agreed to.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmtui.domain.changes import Change
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.errors import Refused
from pmtui.domain.fields import shown_as, specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules.names import name_of

WINDOW_FIELDS = ("window_start", "window_end")
"""The fields that say where a card is aimed at."""
PROMISE_FIELDS = ("promise_start", "promise_end", "confidence", "promised_on", "audience")
"""The fields of a card that are a promise together, and change by a decision alone."""


def check_roadmap(plan: Plan, rows: Sequence[Change]) -> None:
    """Raise `Refused` where a card that *rows* touch has a window or a promise that makes no sense.

    *plan* is the plan after them.
    """
    for row in rows:
        if row.kind == "initiative" and row.after:
            card = plan.initiatives[row.id]
            if not row.fields.isdisjoint(WINDOW_FIELDS):
                _check_window(card)
            if not row.fields.isdisjoint(PROMISE_FIELDS):
                _check_promise(card)


def _check_window(card: Initiative) -> None:
    if card.window_start and card.window_end and card.window_end < card.window_start:
        raise Refused(
            f"The window of {name_of(card)} would end on {card.window_end}, before it begins on {card.window_start}. "
            "Give the other day first."
        )


def _check_promise(card: Initiative) -> None:
    given = [name for name in PROMISE_FIELDS if getattr(card, name) not in (None, "")]
    lacking = next((name for name in ("promise_end", "confidence", "promised_on") if given and name not in given), "")
    if lacking:
        known = specs(Initiative)
        says, value = known[given[-1]], getattr(card, given[-1])
        raise Refused(
            f"{name_of(card)} says {says.title} {shown_as(says, value)}, but not {_LACKING[lacking]}. A promise has a "
            "last day, a confidence and the day on which it was made."
        )
    if card.promise_start and card.promise_end and card.promise_end < card.promise_start:
        raise Refused(
            f"The promise of {name_of(card)} would end on {card.promise_end}, before it begins on "
            f"{card.promise_start}. Look at both days."
        )


_LACKING = {"promise_end": "until when", "confidence": "with which confidence", "promised_on": "on which day"}
