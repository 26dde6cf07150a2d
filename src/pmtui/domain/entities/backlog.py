"""Backlog: everything that might be built, from the first idea to its retirement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmtui.domain.fields import choice, day, flag, identity, notes, number, ref, short_key, text
from pmtui.domain.lifecycle import OPEN_STATES, STATES, State

__all__ = [
    "OPEN_STATES",
    "PRIORITIES",
    "RICE_IMPACTS",
    "SCORE_MAX",
    "STATES",
    "WSJF_SCALE",
    "BacklogItem",
    "ItemDependency",
    "State",
]

PRIORITIES = ("", "low", "medium", "high", "critical")
"""Priorities from none said to the most urgent."""

RICE_IMPACTS = (0.25, 0.5, 1.0, 2.0, 3.0)
"""Intercom's ladder: minimal, low, medium, high, massive."""
WSJF_SCALE = (1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0)
"""SAFe's modified Fibonacci scale, relative to the smallest item of each column."""
SCORE_MAX = 10.0
"""Value and effort go from 0 to this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogItem:
    """A thing that might be built: an idea, a feature, a fix, or a parent of such things.

    The scores are the team's agreed inputs; a score that nobody has given is None, never 0.
    """

    id: str = identity()
    key: str = short_key()
    product_id: str | None = ref("product", "product")
    parent_id: str | None = ref("parent", "backlog_item", note="the item that this one is a part of")
    objective_id: str | None = ref("objective", "objective", note="why: the objective that it serves")
    initiative_id: str | None = ref("card", "initiative", note="the roadmap card that it belongs to")
    title: str = text("title", required=True)
    state: State = choice("state", STATES, "idea")
    state_reason: str = text("reason", note="why it was declined or retired")
    priority: str = choice("priority", PRIORITIES, "")
    owner: str = text("owner", limit=80, note="who looks after it")
    notes: str = notes("notes", "what it is about; Markdown is welcome")
    value: float | None = number("value", 0, SCORE_MAX, note="0 to 10, what it is worth to users and the business")
    effort: float | None = number("effort", 0, SCORE_MAX, note="0 to 10, what it costs compared with other items")
    reach: float | None = number("reach", 0, 1e9, note="people per quarter (any fixed period, the same for all)")
    impact: float | None = number(
        "impact", 0.25, 3, choices=RICE_IMPACTS, note="3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal"
    )
    confidence: float | None = number(
        "confidence", 0, 1, share=True, note="100 %, 80 %, 50 %; below that it is a moonshot"
    )
    person_months: float | None = number("person-months", 0.5, 1e4, note="work of the whole team, at least 0.5")
    business_value: float | None = number(
        "business value", 1, 20, choices=WSJF_SCALE, note="user-business value, relative"
    )
    time_criticality: float | None = number(
        "time criticality", 1, 20, choices=WSJF_SCALE, note="how fast its value decays, relative"
    )
    risk_reduction: float | None = number(
        "risk reduction", 1, 20, choices=WSJF_SCALE, note="risk reduced or opportunity enabled, relative"
    )
    job_size: float | None = number("job size", 1, 20, choices=WSJF_SCALE, note="remaining size of the job, relative")
    created_on: date | None = day("created", "the day on which it was first written down")
    external_id: str | None = text("external id", unique=True, absent=True, note="its id in another tool, source:id")
    archived: bool = flag("archived")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDependency:
    """The item needs the other one first."""

    id: str = identity()
    item_id: str = ref("item", "backlog_item", required=True)
    needs_id: str = ref("needed item", "backlog_item", required=True)
