"""What the demo plan says: Fieldnote, an app for people who work out of the office and write things down.

Everything here is invented. The customers' words are kept short and plain, as people say them.
"""

from __future__ import annotations

from typing import NamedTuple

PRODUCT = "Fieldnote"
VISION = (
    "For field researchers and site teams whose notes, photos and recordings are scattered over phones and paper, "
    "Fieldnote keeps one record of every visit, so that a team can decide on it before the mud on the boots is dry."
)


class DemoObjective(NamedTuple):
    """An objective; `due` is days from today."""

    slug: str
    title: str
    due: int
    notes: str


class DemoItem(NamedTuple):
    """A backlog item; `age` is days before today, `parent`, `goal` and `needs` are slugs."""

    slug: str
    title: str
    state: str
    age: int
    parent: str = ""
    goal: str = ""
    priority: str = ""
    owner: str = ""
    score: tuple[float | None, float | None] = (None, None)
    """Value and effort."""
    rice: tuple[float, float, float, float] | None = None
    """Reach (people per quarter), impact, confidence, person-months."""
    wsjf: tuple[float, float, float, float] | None = None
    """Business value, time criticality, risk reduction, job size."""
    tags: str = ""
    needs: str = ""
    notes: str = ""
    reason: str = ""
    external: str = ""


OBJECTIVES = (
    DemoObjective(
        "weekly",
        "Ten teams work with Fieldnote every week",
        -38,
        "Reached with the spring release: 14 teams had at least four active weeks in a row.",
    ),
    DemoObjective(
        "lossless",
        "No note is lost where there is no network",
        9,
        "Support still gets about six messages a month about notes that never arrived. The aim is none.",
    ),
    DemoObjective(
        "shared",
        "From a visit to a shared summary within a day",
        74,
        "Today it takes a team four days (median of 31 visits). Most of that is copying by hand.",
    ),
    DemoObjective(
        "large",
        "Ready for organisations that have their own IT",
        158,
        "Two water utilities and a housing association wait for sign-on, roles and a record of who did what.",
    ),
)

ITEMS = (
    DemoItem(
        "offline", "Work without a connection", "in progress", 190,
        goal="lossless", priority="high", owner="Ann", tags="offline",
        notes="Everything that a person does on a visit must work in a cellar, in a valley and on a ferry.",
    ),
    DemoItem(
        "local", "Notes are kept on the phone first", "launched", 180,
        parent="offline", goal="lossless", priority="critical", owner="Bo",
        score=(9, 6), rice=(2800, 3, 1.0, 4), wsjf=(13, 13, 8, 8), tags="offline mobile",
        notes="Launched with 2.1. Messages about lost notes fell from 19 to 6 a month.",
    ),
    DemoItem(
        "photos", "Photos wait for Wi-Fi", "in progress", 96,
        parent="offline", goal="lossless", priority="high", owner="Bo",
        score=(7, 3), rice=(2100, 1, 0.8, 1.5), wsjf=(8, 8, 3, 3), tags="mobile offline", needs="local",
        notes='"My plan was used up on day two, all of it photos." Site manager, river restoration.',
    ),
    DemoItem(
        "merge", "Two people edit the same form offline", "planned", 88,
        parent="offline", goal="lossless", priority="high", owner="Ann",
        score=(8, 7), rice=(900, 3, 0.5, 5), wsjf=(8, 5, 13, 13), tags="offline sync", needs="local",
        notes="Field by field, newest wins, and the other answer stays visible.\n\n"
        '"We walk the site in pairs. One of the two always types everything again." Inspector, housing.',
    ),
    DemoItem(
        "unsent", "Show what has not been sent yet", "planned", 61,
        parent="offline", goal="lossless", priority="critical", owner="Kim",
        score=(8, 2), rice=(2600, 2, 1.0, 1), wsjf=(8, 13, 5, 2), tags="mobile offline", needs="local",
        notes='"I stand next to the router until I believe it." Said by five of eight people we visited.',
    ),
    DemoItem(
        "maps", "Maps of a region to take along", "idea", 44,
        parent="offline", score=(5, 8), tags="maps offline", needs="local",
        notes="Asked for by both utilities. Licence of the map tiles is not clear yet.",
    ),
    DemoItem(
        "battery", "Battery below 15 %: save first, send later", "candidate", 40,
        parent="offline", goal="lossless", priority="medium", owner="Kim",
        score=(6, 2), wsjf=(3, 5, 8, 2), tags="mobile",
    ),
    DemoItem(
        "decide", "From notes to decisions", "in progress", 170,
        goal="shared", priority="high", owner="Dora", tags="desk",
        notes="The way from what was seen to what is done about it, without copying by hand.",
    ),
    DemoItem(
        "inbox", "Approval inbox", "candidate", 75,
        parent="decide", goal="shared", priority="high", owner="Dora",
        score=(8, 2), rice=(1200, 2, 0.8, 1), wsjf=(8, 8, 3, 3), tags="desk mobile",
        notes='"I approve forty findings on a Friday, one window at a time." Regional lead, water utility.\n\n'
        "- one list of everything that waits for me\n- approve, send back with a word, or hand on",
        external="tracker:FN-118",
    ),
    DemoItem(
        "export", "Export to a spreadsheet", "candidate", 120,
        parent="decide", goal="shared", priority="medium", owner="Dora",
        score=(6, 2), rice=(1500, 1, 1.0, 0.5), wsjf=(5, 5, 1, 2), tags="desk export",
        notes="Asked for 23 times since January, more than anything else.",
        external="tracker:FN-31",
    ),
    DemoItem(
        "summary", "Weekly summary by e-mail", "candidate", 52,
        parent="decide", goal="shared", owner="Eli",
        score=(6, 4), rice=(1900, 0.5, 0.8, 1), tags="desk", needs="link",
    ),
    DemoItem(
        "vocabulary", "Tags that a whole team shares", "launched", 150,
        parent="decide", goal="weekly", priority="medium", owner="Eli",
        score=(7, 4), rice=(1700, 1, 1.0, 2), wsjf=(5, 3, 5, 5), tags="desk",
    ),
    DemoItem(
        "link", "Link a quote to a finding", "in progress", 70,
        parent="decide", goal="shared", priority="high", owner="Eli",
        score=(8, 5), rice=(1100, 2, 0.8, 2.5), wsjf=(8, 3, 5, 5), tags="desk", needs="vocabulary",
        notes='"When the client asks: who said that? I want to answer in the meeting." Design researcher.',
    ),
    DemoItem(
        "comment", "Comment on a photo", "candidate", 33,
        parent="decide", goal="shared", score=(4, 3), rice=(1400, 0.5, 0.8, 1), tags="mobile",
    ),
    DemoItem(
        "charts", "Charts from form answers", "idea", 47,
        parent="decide", goal="shared", score=(6, 7), rice=(700, 1, 0.5, 4), tags="desk export", needs="export",
    ),
    DemoItem(
        "slides", "Slides from a visit", "declined", 140,
        parent="decide", score=(2, 7), tags="export",
        reason="Three teams asked, none of them would use it every week; the export covers the rest.",
    ),
    DemoItem(
        "enterprise", "Ready for larger organisations", "planned", 110,
        goal="large", priority="medium", owner="Farid", tags="security",
        notes="What an IT department asks before it signs.",
    ),
    DemoItem(
        "sso", "Single sign-on", "planned", 105,
        parent="enterprise", goal="large", priority="high", owner="Farid",
        score=(9, 4), rice=(600, 3, 0.8, 2), wsjf=(13, 8, 5, 5), tags="security",
        notes="OpenID Connect first. One utility has it as a condition in the tender of next spring.",
    ),
    DemoItem(
        "audit", "Audit log", "idea", 83,
        parent="enterprise", goal="large", owner="Farid",
        score=(7, 6), rice=(400, 2, 0.8, 3), wsjf=(5, 3, 8, 8), tags="security",
    ),
    DemoItem(
        "roles", "Roles: field, desk, guest", "candidate", 79,
        parent="enterprise", goal="large", priority="medium",
        score=(7, 5), rice=(800, 1, 0.8, 2), wsjf=(5, 5, 5, 5), tags="security", needs="sso",
    ),
    DemoItem(
        "region", "Data stays in the customer's country", "idea", 58,
        parent="enterprise", goal="large", score=(6, 10), wsjf=(8, 2, 5, 20), tags="security",
    ),
    DemoItem(
        "erase", "Delete a participant's data on request", "planned", 66,
        parent="enterprise", goal="large", priority="critical", owner="Farid",
        score=(8, 4), wsjf=(5, 13, 13, 5), tags="privacy security", needs="audit",
        notes="The law gives us a month for each request. Today one costs a day and a half by hand.",
    ),
    DemoItem(
        "speech", "Sound becomes text", "candidate", 49,
        goal="shared", priority="high", owner="Ann",
        score=(10, 7), rice=(2200, 3, 0.5, 6), wsjf=(13, 8, 3, 13), tags="mobile",
        notes='"An hour of recording is four hours of my evening." Ethnographer.\n\n'
        "Works well for five languages in our trial, badly in wind.",
    ),
    DemoItem(
        "templates", "Templates for site visits", "launched", 165,
        goal="weekly", priority="medium", owner="Kim",
        score=(6, 3), rice=(1300, 1, 1.0, 1.5), wsjf=(5, 5, 1, 3), tags="mobile",
    ),
    DemoItem(
        "gloves", "Larger buttons for gloved hands", "candidate", 29,
        priority="low", owner="Kim", score=(5, 1), rice=(500, 1, 0.8, 0.5), tags="mobile",
        notes='"In winter I use my nose." Snow survey team. They sent a photo.',
    ),
    DemoItem("dark", "Dark mode", "idea", 25, tags="mobile", notes="Asked for often, mostly by ourselves."),
    DemoItem(
        "tracker", "Import from an issue tracker", "idea", 21,
        score=(6, None), tags="desk", notes="Value is clear; nobody has looked into the effort yet.",
    ),
    DemoItem("barcode", "Scan a barcode to open a site", "idea", 12, tags="mobile"),
    DemoItem(
        "pdf", "The old PDF report", "retired", 200,
        goal="weekly", score=(3, 4), tags="export", reason="Twelve people used it in its last quarter.",
    ),
)  # fmt: skip
