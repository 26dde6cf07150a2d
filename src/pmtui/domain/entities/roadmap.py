"""Roadmap: the cards that say what is aimed at, roughly when, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pmtui.domain.fields import choice, day, flag, identity, notes, number, ref, short_key, text
from pmtui.domain.lifecycle import STATES, State

Horizon = Literal["now", "next", "later"]
HORIZONS: tuple[Horizon, ...] = ("now", "next", "later")
"""Janna Bastow's columns, certain to uncertain; none of them implies a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """A card of the roadmap: an outcome that is aimed at, with the backlog items that should bring it.

    Where it stands (`horizon`, `window_start` to `window_end`) can be moved freely. What was
    promised is another thing: `promise_start` to `promise_end` with confidence, day and audience
    change only by a decision that the journal keeps. The plan's own dates are computed and never
    stored here.
    """

    id: str = identity()
    key: str = short_key()
    product_id: str | None = ref("product", "product")
    objective_id: str | None = ref("objective", "objective", note="why: the objective that it serves")
    title: str = text("title", required=True)
    lane: str = text("lane", limit=60, note="the theme that it belongs to")
    outcome: str = notes("outcome", "what will be different for users when it is done")
    state: State = choice("state", STATES, "candidate")
    state_reason: str = text("reason", note="why it was declined or retired")
    horizon: Horizon = choice("horizon", HORIZONS, "later", "now, next or later")
    window_start: date | None = day("from", "first day of the window in which it is aimed at")
    window_end: date | None = day("to", "last day of the window in which it is aimed at")
    promise_start: date | None = day("promised from", "first day of the promised window")
    promise_end: date | None = day("promised until", "last day of the promised window")
    confidence: float | None = number("confidence", 0, 1, share=True, note="how sure we are of the promise")
    promised_on: date | None = day("promised on", "the day on which the promise was made")
    audience: str = text("promised to", note="to whom the promise was made")
    owner: str = text("owner", limit=80, note="who looks after it")
    notes: str = notes("notes", "what it is about; Markdown is welcome")
    external_id: str | None = text("external id", unique=True, absent=True)
    archived: bool = flag("archived")
