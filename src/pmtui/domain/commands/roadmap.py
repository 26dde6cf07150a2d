"""Commands on roadmap cards. Those that name ids act on all of them as one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pmtui.domain.fields import Scalar

Period = Literal["horizon", "month", "quarter"]
"""What the columns of the roadmap are."""


@dataclass(frozen=True, slots=True)
class AddInitiative:
    """A new card; without a product it belongs to the plan's only one, if there is just one."""

    id: str
    title: str
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    """Further fields of the card by name, as `{"lane": "Trust", "horizon": "now"}`."""


@dataclass(frozen=True, slots=True)
class MoveInitiatives:
    """Move cards by a number of columns, later or (negative) earlier, from wherever they are now.

    By horizon a card stops at now and later. By month or quarter its window is shifted and keeps its
    length in whole periods; a card without a window gets the period `to`. The promise stays as it is.
    """

    ids: tuple[str, ...]
    steps: int
    by: Period
    to: date | None = None
    """Any day of the period that a card without a window gets; today where it is not said."""


@dataclass(frozen=True, slots=True)
class MakePromise:
    """Promise a window for a card: from when to when, how sure, and to whom.

    It is absolute, so it holds only if the card's promise still ends on `seen_end`. A promise that was
    made before changes only with a reason, and an `end` of None takes it back, with a reason too.
    """

    id: str
    start: date | None
    end: date | None
    confidence: float | None
    audience: str
    reason: str = ""
    seen_end: date | None = None
    seen_rest: tuple[date | None, float | None, str] | None = None
    """First day, confidence and audience of the promise that was seen; None where nobody looked at them."""


@dataclass(frozen=True, slots=True)
class PromoteItems:
    """Make a card of backlog items: it takes title, reason and product of the first, and contains them all.

    An item that is in a card already changes to the new one; an idea among them becomes a candidate.
    """

    item_ids: tuple[str, ...]
    id: str
    """The id of the new card."""
    fields: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StartRoadmap:
    """A starter roadmap for a plan without cards: a few cards that say what belongs where, to be rewritten."""

    ids: tuple[str, ...]
    """As many new ids as `pmtui.domain.starter.CARDS` has cards."""
