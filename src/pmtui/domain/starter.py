"""The starter roadmap: a few cards that say what belongs where, to be rewritten one by one."""

from __future__ import annotations

from typing import NamedTuple

from pmtui.domain.entities.roadmap import Horizon


class StarterCard(NamedTuple):
    """A card of the starter roadmap."""

    title: str
    lane: str
    horizon: Horizon
    outcome: str


USERS = "For users"
GROUND = "Solid ground"

CARDS: tuple[StarterCard, ...] = (
    StarterCard(
        "What users will notice first",
        USERS,
        "now",
        "Say what users can do, or no longer have to do, when this is done. A card names an outcome; "
        "the features that should bring it are the items in it. Now is what people work on today, so "
        "it is clear, small, and serves an objective.",
    ),
    StarterCard(
        "The outcome that comes after it",
        USERS,
        "next",
        "Next is being found out: who needs it, how do we know, what would a first version be? Its scope "
        "may still change. Promise a window only where somebody has to plan with it, and say how sure you are.",
    ),
    StarterCard(
        "A problem worth solving one day",
        USERS,
        "later",
        "Later holds problems, not solutions, and no days. A card that stays here for a year is declined "
        "with its reason, so that nobody waits for it.",
    ),
    StarterCard(
        "What must not break meanwhile",
        GROUND,
        "now",
        "Speed, safety, support: the work that keeps the promises of yesterday. It needs a place on the "
        "roadmap, or it takes one unseen.",
    ),
    StarterCard(
        "What the next outcome stands on",
        GROUND,
        "next",
        "What has to be there before the card above it can begin: data, a service, a skill, a decision.",
    ),
)
"""The cards in the order in which they are made."""
