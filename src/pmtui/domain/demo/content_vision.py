"""What the demo plan wants: two products, what each is for, and how its makers will know.

Everything here is invented, people and customers too.
"""

from __future__ import annotations

from typing import NamedTuple

FIELDNOTE = "fieldnote"
DESK = "desk"


class DemoProduct(NamedTuple):
    """A product: its lifecycle stage, the boxes of its vision board and the blanks of its positioning statement."""

    slug: str
    name: str
    stage: str
    vision: str
    target_market: str
    target_group: str
    needs: str
    features: str
    business_goals: str
    target_customer: str
    customer_need: str
    category: str
    key_benefit: str
    alternative: str
    differentiation: str
    north_star: str


class DemoObjective(NamedTuple):
    """An objective; `due` is days from today, the period is the quarter of that day."""

    slug: str
    title: str
    due: int
    notes: str
    owner: str
    ambition: str = "aspirational"
    product: str = FIELDNOTE


class DemoResult(NamedTuple):
    """A key result of the objective `goal`; a value that nobody has measured is None."""

    slug: str
    goal: str
    title: str
    unit: str
    start: float
    current: float | None
    target: float
    owner: str


PRODUCTS = (
    DemoProduct(
        FIELDNOTE,
        "Fieldnote",
        stage="growth",
        vision=(
            "For field researchers and site teams whose notes, photos and recordings are scattered over phones and "
            "paper, Fieldnote keeps one record of every visit, so that a team can decide on it before the mud on the "
            "boots is dry."
        ),
        target_market="Institutes, utilities and housing associations with 10 to 500 people on the road",
        target_group=(
            "Used by researchers, inspectors and site managers who work outside for most of the week.\n"
            "Paid for by the regional leads who have to decide on what they bring home."
        ),
        needs=(
            "Write it down once, with cold hands, without a network, and never type it again.\n"
            "Know who said what, where and when, also a year later."
        ),
        features=(
            "- Works wherever people do: offline first, one hand, any weather\n"
            "- Notes, photos and recordings of a visit in one record\n"
            "- Every finding leads back to the words or the photo it came from\n"
            "- Approve, send back or hand on in one list"
        ),
        business_goals=(
            "60 teams that pay by the end of next year, from 34 today.\n"
            "A third of them in organisations that have their own IT."
        ),
        target_customer="teams that visit sites and report on them",
        customer_need="lose hours and findings between the visit and the decision",
        category="field notebook for teams",
        key_benefit="keeps one record of every visit, with or without a network",
        alternative="paper, chat groups and shared folders",
        differentiation="leads from every decision back to who said it, where and when",
        north_star="Visits a week on which the team has decided within a day",
    ),
    DemoProduct(
        DESK,
        "Fieldnote Desk",
        stage="introduction",
        vision=(
            "For those who send people out, Fieldnote Desk shows on one page who visits what this week and what came "
            "back, so that nobody has to be called on a ladder."
        ),
        target_market="Organisations that use Fieldnote with three teams or more",
        target_group="Coordinators who plan the visits of ten to sixty people, mostly at a desk, mostly alone.",
        needs="See the week as it is, move a visit in seconds, and stop asking where somebody is.",
        features="- The week on one page\n- Visits swapped without a phone call\n- A handover that writes itself",
        business_goals="A reason to move from one team to the whole organisation.",
        target_customer="coordinators of field teams",
        customer_need="plan visits on the phone and in a spreadsheet of their own",
        category="planning board for visits",
        key_benefit="shows the week as it happens",
        alternative="a spreadsheet that is right on Monday morning",
        differentiation="is filled by the visits themselves",
        north_star="Visits that begin as planned, without a phone call",
    ),
)

OBJECTIVES = (
    DemoObjective(
        "weekly",
        "Ten teams work with Fieldnote every week",
        -38,
        "Reached with the spring release: 14 teams had at least four active weeks in a row.",
        "Dora",
    ),
    DemoObjective(
        "lossless",
        "No note is lost where there is no network",
        9,
        "Support still gets about six messages a month about notes that never arrived. The aim is none.",
        "Ann",
        ambition="committed",
    ),
    DemoObjective(
        "shared",
        "From a visit to a shared summary within a day",
        74,
        "Today it takes a team four days (median of 31 visits). Most of that is copying by hand.",
        "Dora",
    ),
    DemoObjective(
        "large",
        "Ready for organisations that have their own IT",
        158,
        "Two water utilities and a housing association wait for sign-on, roles and a record of who did what.",
        "Farid",
    ),
    DemoObjective(
        "reach",
        "Used wherever people work outside",
        214,
        "Half of the teams that leave us after the trial name the language, the map or the screen in the sun.",
        "Kim",
    ),
    DemoObjective(
        "week",
        "A coordinator sees the whole week on one page",
        137,
        "Seven coordinators let us sit beside them. All of them had a spreadsheet that was wrong by Tuesday.",
        "Eli",
        product=DESK,
    ),
)

RESULTS = (
    DemoResult("active", "weekly", "Teams with four active weeks in a row", "teams", 3, 14, 10, "Dora"),
    DemoResult("notes", "weekly", "Notes per person and week in these teams", "notes", 11, 19, 20, "Kim"),
    DemoResult("lost", "lossless", "Messages about lost notes", "messages a month", 19, 6, 0, "Ann"),
    DemoResult("sameday", "lossless", "Visits that are complete on the same day", "%", 60, 84, 100, "Gwen"),
    DemoResult("summary", "shared", "From a visit to its summary (median)", "days", 4, 2.9, 1, "Dora"),
    DemoResult("sourced", "shared", "Findings that lead to a quote or a photo", "%", 8, 31, 60, "Eli"),
    DemoResult("signed", "large", "Organisations that have signed", "organisations", 0, 1, 3, "Farid"),
    DemoResult("erasing", "large", "To delete a person's data on request", "hours", 12, None, 1, "Farid"),
    DemoResult("languages", "reach", "Languages that Fieldnote speaks", "languages", 2, 2, 4, "Dora"),
    DemoResult("stayed", "reach", "Teams that stay after the trial", "%", 38, 44, 60, "Kim"),
    DemoResult("planned", "week", "Visits that are planned with Desk", "%", 0, 12, 60, "Eli"),
    DemoResult("calls", "week", "Calls to ask where somebody is, per team", "calls a week", 14, 11, 4, "Eli"),
)
"""Numbers rise or fall towards their target; one has not been measured since it began."""
