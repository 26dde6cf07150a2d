"""What the demo plan aims at and has promised: cards in lanes, now, next and later.

Days are counted from the Monday of this week, or from the next one where it is Saturday or Sunday.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pmtui.domain.demo.content_vision import DESK, FIELDNOTE

Window = tuple[Literal["month", "quarter"], int, int]
"""From the first to the last period, both counted from the present one."""


class DemoPromise(NamedTuple):
    """A promised window: a day, or the month or quarter that the day is in."""

    end: int
    """Days from Monday."""
    by: Literal["day", "month", "quarter"]
    confidence: float
    audience: str
    made: int = 0
    """Weeks before this one in which it was made; 0 is today."""


class DemoCard(NamedTuple):
    """A roadmap card."""

    slug: str
    lane: str
    horizon: str
    title: str
    outcome: str
    state: str
    goal: str = ""
    window: Window | None = None
    owner: str = ""
    notes: str = ""
    promise: DemoPromise | None = None
    product: str = FIELDNOTE


CARDS = (
    DemoCard(
        "nolost", "Trust", "now", "No note is lost",
        "Whoever has written something down in a cellar finds it on the desk, and is told when it has arrived.",
        "in progress", "lossless", ("month", 0, 1), "Ann",
        "The pilot teams planned their winter visits with our day. Tell them first when it moves.",
        DemoPromise(11, "day", 0.8, "the four pilot teams", made=6),
    ),
    DemoCard(
        "approve", "Workflow", "now", "Forty findings decided in one sitting",
        "A regional lead goes through the findings of a week in one list, and sees for each who said it and where.",
        "in progress", "shared", ("month", 0, 1), "Dora",
        promise=DemoPromise(32, "month", 0.8, "Brook Water", made=5),
    ),
    DemoCard(
        "figures", "Workflow", "now", "Figures leave without copying",
        "What was counted outside is in the customer's own spreadsheet on the same evening, and in a mail on Friday.",
        "in progress", "shared", ("month", 1, 1), "Farid",
    ),
    DemoCard(
        "entrance", "Trust", "next", "An IT department says yes",
        "A customer's own IT lets Fieldnote in, sets it up without us, and can show who has seen and changed what.",
        "planned", "large", ("quarter", 1, 1), "Farid",
        "The tender of Vale Water asks for all of it at once.",
        DemoPromise(120, "quarter", 0.6, "Brook Water and Vale Water", made=4),
    ),
    DemoCard(
        "forgotten", "Trust", "next", "Forgotten within a month, on request",
        "A person who asks is gone from our data in an hour of work, and gets a letter that says so.",
        "planned", "large", ("month", 2, 3), "Farid",
        promise=DemoPromise(85, "month", 0.6, "the data protection officers", made=2),
    ),
    DemoCard(
        "speech", "Workflow", "next", "An hour of recording, read in five minutes",
        "Nobody types in the evening what was said in the morning.",
        "candidate", "shared", ("quarter", 1, 2), "Ann",
        "First find out whether it works in wind, and what an hour costs. Then decide: build, buy or wait.",
    ),
    DemoCard(
        "language", "Reach", "next", "Fieldnote speaks the team's language",
        "A team in Porto or Lyon works a week with Fieldnote without asking what a word means.",
        "planned", "reach", ("month", 2, 3), "Dora",
    ),
    DemoCard(
        "onepage", "Coordination", "next", "The week's visits on one page",
        "A coordinator sees on Wednesday what became of Monday's plan, and moves a visit without a call.",
        "planned", "week", ("quarter", 1, 1), "Eli", product=DESK,
    ),
    DemoCard(
        "country", "Trust", "later", "Data stay in the country",
        "A customer chooses where its data are, and can prove it.",
        "candidate", "large", ("quarter", 2, 2), "Farid",
        "Said at a fair before anybody had asked Eli. There is no work behind it yet.",
        DemoPromise(200, "quarter", 0.5, "Harbour Homes", made=11),
    ),
    DemoCard(
        "maps", "Reach", "later", "The map comes along",
        "A team finds its sites, and what was noted there, where no phone has a signal.",
        "idea", "reach", ("quarter", 2, 3),
        notes="Nothing can be said before the licence of the map tiles is settled.",
    ),
    DemoCard(
        "winter", "Reach", "later", "Gloves, snow and full sun",
        "Fieldnote is used outside all year, not only from May to September.",
        "idea", "reach", ("quarter", 3, 3), "Kim",
    ),
    DemoCard(
        "handover", "Coordination", "later", "The next visitor knows what the last one saw",
        "A visit begins with what was open after the one before it, whoever made that one.",
        "idea", "week", product=DESK,
    ),
)  # fmt: skip
"""In the order of their keys."""

PROMISED_TODAY = ("figures", DemoPromise(38, "day", 0.8, "the customers who asked for the export"))
"""A promise that is made after the import, as the history shows."""
PROMISE_MOVED = "The customers want the units beside the figures, and would rather wait a week for them."
"""Why that promise is moved by a week."""
