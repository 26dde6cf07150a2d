"""What the demo plan could build: Fieldnote's backlog, for people who work outside and write things down.

The customers' words are kept short and plain, as people say them.
"""

from __future__ import annotations

from typing import NamedTuple

from pmtui.domain.demo.content_vision import DESK, FIELDNOTE


class DemoItem(NamedTuple):
    """A backlog item; `age` is days before today, `card`, `parent`, `goal` and `needs` are slugs."""

    slug: str
    title: str
    state: str
    age: int
    product: str = FIELDNOTE
    card: str = ""
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


ITEMS = (
    DemoItem(
        "offline", "Work without a connection", "in progress", 190,
        goal="lossless", priority="high", owner="Ann", tags="offline",
        notes="Everything that a person does on a visit must work in a cellar, in a valley and on a ferry.",
    ),
    DemoItem(
        "local", "Notes are kept on the phone first", "launched", 180, card="nolost",
        parent="offline", goal="lossless", priority="critical", owner="Bo",
        score=(9, 6), rice=(2800, 3, 1.0, 4), wsjf=(13, 13, 8, 8), tags="offline mobile",
        notes="Launched with 2.1. Messages about lost notes fell from 19 to 6 a month.",
    ),
    DemoItem(
        "photos", "Photos wait for Wi-Fi", "in progress", 96, card="nolost",
        parent="offline", goal="lossless", priority="high", owner="Bo",
        score=(7, 3), rice=(2100, 1, 0.8, 1.5), wsjf=(8, 8, 3, 3), tags="mobile offline", needs="local",
        notes='"My plan was used up on day two, all of it photos." Site manager, river restoration.',
    ),
    DemoItem(
        "merge", "Two people edit the same form offline", "in progress", 88, card="nolost",
        parent="offline", goal="lossless", priority="high", owner="Ann",
        score=(8, 7), rice=(900, 3, 0.5, 5), wsjf=(8, 5, 13, 13), tags="offline sync", needs="local",
        notes="Field by field, newest wins, and the other answer stays visible.\n\n"
        '"We walk the site in pairs. One of the two always types everything again." Inspector, housing.',
    ),
    DemoItem(
        "unsent", "Show what has not been sent yet", "in progress", 61, card="nolost",
        parent="offline", goal="lossless", priority="critical", owner="Kim",
        score=(8, 2), rice=(2600, 2, 1.0, 1), wsjf=(8, 13, 5, 2), tags="mobile offline", needs="local",
        notes='"I stand next to the router until I believe it." Said by five of eight people we visited.',
    ),
    DemoItem(
        "maps", "Maps of a region to take along", "idea", 44, card="maps",
        parent="offline", score=(5, 8), tags="maps offline", needs="local",
        notes="Asked for by both utilities. Licence of the map tiles is not clear yet.",
    ),
    DemoItem(
        "battery", "Battery below 15 %: save first, send later", "in progress", 40, card="nolost",
        parent="offline", goal="lossless", priority="medium", owner="Kim",
        score=(6, 2), wsjf=(3, 5, 8, 2), tags="mobile",
    ),
    DemoItem(
        "decide", "From notes to decisions", "in progress", 170,
        goal="shared", priority="high", owner="Dora", tags="desk",
        notes="The way from what was seen to what is done about it, without copying by hand.",
    ),
    DemoItem(
        "inbox", "Approval inbox", "candidate", 75, card="approve",
        parent="decide", goal="shared", priority="high", owner="Dora",
        score=(8, 2), rice=(1200, 2, 0.8, 1), wsjf=(8, 8, 3, 3), tags="desk mobile",
        notes='"I approve forty findings on a Friday, one window at a time." Regional lead, water utility.\n\n'
        "- one list of everything that waits for me\n- approve, send back with a word, or hand on",
        external="tracker:FN-118",
    ),
    DemoItem(
        "export", "Export to a spreadsheet", "candidate", 120, card="figures",
        parent="decide", goal="shared", priority="medium", owner="Dora",
        score=(6, 2), rice=(1500, 1, 1.0, 0.5), wsjf=(5, 5, 1, 2), tags="desk export",
        notes="Asked for 23 times since January, more than anything else.",
        external="tracker:FN-31",
    ),
    DemoItem(
        "summary", "Weekly summary by e-mail", "candidate", 52, card="figures",
        parent="decide", goal="shared", owner="Eli",
        score=(6, 4), rice=(1900, 0.5, 0.8, 1), tags="desk", needs="link",
    ),
    DemoItem(
        "vocabulary", "Tags that a whole team shares", "launched", 150,
        parent="decide", goal="weekly", priority="medium", owner="Eli",
        score=(7, 4), rice=(1700, 1, 1.0, 2), wsjf=(5, 3, 5, 5), tags="desk",
    ),
    DemoItem(
        "link", "Link a quote to a finding", "in progress", 70, card="approve",
        parent="decide", goal="shared", priority="high", owner="Eli",
        score=(8, 5), rice=(1100, 2, 0.8, 2.5), wsjf=(8, 3, 5, 5), tags="desk", needs="vocabulary",
        notes='"When the client asks: who said that? I want to answer in the meeting." Design researcher.',
    ),
    DemoItem(
        "comment", "Comment on a photo", "candidate", 33, card="approve",
        parent="decide", goal="shared", score=(4, 3), rice=(1400, 0.5, 0.8, 1), tags="mobile",
    ),
    DemoItem(
        "charts", "Charts from form answers", "idea", 47, card="figures",
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
        "sso", "Single sign-on", "planned", 105, card="entrance",
        parent="enterprise", goal="large", priority="high", owner="Farid",
        score=(9, 4), rice=(600, 3, 0.8, 2), wsjf=(13, 8, 5, 5), tags="security",
        notes="OpenID Connect first. One utility has it as a condition in the tender of next spring.",
    ),
    DemoItem(
        "audit", "Audit log", "idea", 83, card="entrance",
        parent="enterprise", goal="large", owner="Farid",
        score=(7, 6), rice=(400, 2, 0.8, 3), wsjf=(5, 3, 8, 8), tags="security",
    ),
    DemoItem(
        "roles", "Roles: field, desk, guest", "candidate", 79, card="entrance",
        parent="enterprise", goal="large", priority="medium",
        score=(7, 5), rice=(800, 1, 0.8, 2), wsjf=(5, 5, 5, 5), tags="security", needs="sso",
    ),
    DemoItem(
        "region", "Data stays in the customer's country", "idea", 58, card="country",
        parent="enterprise", goal="large", score=(6, 10), wsjf=(8, 2, 5, 20), tags="security",
    ),
    DemoItem(
        "erase", "Delete a participant's data on request", "planned", 66, card="forgotten",
        parent="enterprise", goal="large", priority="critical", owner="Farid",
        score=(8, 4), wsjf=(5, 13, 13, 5), tags="privacy security", needs="audit",
        notes="The law gives us a month for each request. Today one costs a day and a half by hand.",
    ),
    DemoItem(
        "speech", "Sound becomes text", "candidate", 49, card="speech",
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
        "gloves", "Larger buttons for gloved hands", "candidate", 29, card="winter",
        priority="low", owner="Kim", score=(5, 1), rice=(500, 1, 0.8, 0.5), tags="mobile",
        notes='"In winter I use my nose." Snow survey team. They sent a photo.',
    ),
    DemoItem("dark", "Dark mode", "idea", 25, card="winter", tags="mobile", notes="Asked for often, by ourselves."),
    DemoItem(
        "tracker", "Import from an issue tracker", "idea", 21,
        score=(6, None), tags="desk", notes="Value is clear; nobody has looked into the effort yet.",
    ),
    DemoItem("barcode", "Scan a barcode to open a site", "idea", 12, card="maps", tags="mobile"),
    DemoItem(
        "pdf", "The old PDF report", "retired", 200,
        goal="weekly", score=(3, 4), tags="export", reason="Twelve people used it in its last quarter.",
    ),
    # What was written down later.
    DemoItem(
        "deadphone", "Notes survive a phone that dies", "launched", 175, card="nolost",
        parent="offline", goal="lossless", priority="high", owner="Ann",
        score=(8, 4), rice=(900, 3, 1.0, 2), wsjf=(8, 8, 8, 5), tags="offline mobile", needs="local",
        notes="Launched with 2.2. A ferry, a puddle and a dog had one phone each last year.",
    ),
    DemoItem(
        "newphone", "Go on with another phone", "candidate", 55, card="nolost",
        parent="offline", goal="lossless", priority="medium", owner="Bo",
        score=(7, 4), rice=(400, 2, 0.8, 2), wsjf=(5, 3, 5, 5), tags="mobile sync",
        notes="After loss, theft or water: sign in, take the visit up where it stopped.",
    ),
    DemoItem(
        "full", "Warn before the phone is full", "candidate", 38, card="nolost",
        parent="offline", goal="lossless", owner="Bo", score=(5, 3), wsjf=(3, 3, 5, 2), tags="mobile",
    ),
    DemoItem(
        "clash", "Tell both people when answers differ", "idea", 30, card="nolost",
        parent="merge", goal="lossless", tags="sync",
        notes="Or only the second one? Three teams out of four say: both.",
    ),
    DemoItem(
        "second", "A second factor without sign-on", "candidate", 60, card="entrance",
        parent="enterprise", goal="large", score=(5, 3), rice=(700, 1, 0.8, 1.5), tags="security",
    ),
    DemoItem(
        "leavers", "People who leave lose access that day", "planned", 64, card="entrance",
        parent="enterprise", goal="large", priority="high", owner="Farid",
        score=(7, 4), rice=(500, 2, 0.8, 1.5), wsjf=(8, 5, 8, 5), tags="security", needs="sso",
        notes="Asked by every IT department in its first hour with us.",
    ),
    DemoItem(
        "consent", "Consent, signed on the phone", "candidate", 41, card="forgotten",
        parent="enterprise", goal="large", owner="Farid",
        score=(7, 5), rice=(1100, 1, 0.5, 2), tags="privacy mobile", needs="erase",
    ),
    DemoItem(
        "papers", "Answers to the usual security questions", "planned", 90, card="entrance",
        parent="enterprise", goal="large", priority="medium", owner="Farid", score=(6, 3), tags="security",
        notes="A hundred questions, most of them the same in all three tenders.",
    ),
    DemoItem(
        "outsiders", "Outsiders try to break in", "planned", 62, card="entrance",
        parent="enterprise", goal="large", priority="high", owner="Farid",
        score=(5, 4), tags="security", needs="sso audit",
        notes="A penetration test by people who do not know us. It is booked, and moving it costs money.",
    ),
    DemoItem(
        "keepfor", "Delete notes after the time agreed", "idea", 37, card="forgotten",
        parent="enterprise", goal="large", tags="privacy", needs="erase",
    ),
    DemoItem(
        "handon", "Hand a finding on to another team", "candidate", 46, card="approve",
        parent="inbox", goal="shared", owner="Dora", score=(5, 3), tags="desk",
    ),
    DemoItem(
        "remind", "Remind those who keep others waiting", "idea", 34, card="approve",
        parent="inbox", goal="shared", score=(3, 2), tags="desk",
        notes="Politely, and never on a Sunday.",
    ),
    DemoItem(
        "decided", "A decision with who, when and why", "candidate", 51, card="approve",
        parent="decide", goal="shared", priority="medium", owner="Eli",
        score=(7, 5), rice=(600, 2, 0.8, 2), wsjf=(5, 3, 5, 5), tags="desk", needs="inbox",
    ),
    DemoItem(
        "monday", "The same export every Monday", "idea", 27, card="figures",
        parent="export", goal="shared", score=(4, 3), tags="desk export",
    ),
    DemoItem(
        "layers", "Export for map programs", "idea", 43, card="figures",
        parent="export", goal="shared", score=(4, 6), tags="export maps",
    ),
    DemoItem(
        "voices", "Two voices kept apart", "idea", 28, card="speech",
        parent="speech", goal="shared", owner="Ann", score=(5, 8), tags="mobile",
        notes='"Half of what it writes down, I said myself." Ethnographer.',
    ),
    DemoItem(
        "dictate", "Dictate into a form", "candidate", 36, card="speech",
        parent="speech", goal="shared", owner="Ann",
        score=(7, 6), rice=(1600, 1, 0.5, 3), wsjf=(8, 3, 2, 8), tags="mobile",
    ),
    DemoItem("wind", "Take the wind out of a recording", "idea", 24, card="speech", parent="speech", tags="mobile"),
    DemoItem(
        "tongues", "Fieldnote in French and Portuguese", "planned", 72, card="language",
        goal="reach", priority="high", owner="Dora",
        score=(8, 5), rice=(1800, 2, 0.8, 3), wsjf=(8, 5, 2, 8), tags="mobile desk",
        notes="Eleven trials ended in the last year with: my team would have to learn English first.",
    ),
    DemoItem(
        "longwords", "Long words on small screens", "planned", 39, card="language",
        parent="tongues", goal="reach", owner="Kim", score=(3, 2), tags="mobile",
    ),
    DemoItem(
        "glossary", "One glossary of field words", "candidate", 48, card="language",
        parent="tongues", goal="reach", owner="Dora", score=(4, 2), tags="desk",
        notes="What we call a visit is a site, a round, a tour or a job, depending on who talks.",
    ),
    DemoItem(
        "rightleft", "Read from right to left", "declined", 56,
        parent="tongues", goal="reach", score=(3, 8),
        reason="No team asks for it in the next two years; decided anew as soon as one does.",
    ),
    DemoItem(
        "licence", "Settle the licence of the map tiles", "idea", 42, card="maps",
        parent="maps", goal="reach", owner="Dora", tags="maps",
        notes="The lawyer's question: does a phone in a valley count as distribution?",
    ),
    DemoItem(
        "pin", "Pin a note to a place", "idea", 35, card="maps",
        parent="maps", goal="reach", score=(6, 5), rice=(1200, 1, 0.5, 3), tags="maps mobile",
    ),
    DemoItem(
        "sun", "Readable in full sun", "candidate", 31, card="winter",
        goal="reach", owner="Kim", score=(6, 4), rice=(1300, 1, 0.8, 1.5), tags="mobile",
    ),
    DemoItem(
        "tablet", "Two columns on a tablet", "launched", 130,
        goal="weekly", owner="Kim", score=(5, 4), tags="mobile",
    ),
    DemoItem(
        "board", "The week's visits on one page", "planned", 77, card="onepage", product=DESK,
        goal="week", priority="high", owner="Eli",
        score=(8, 5), rice=(160, 3, 0.8, 4), wsjf=(8, 5, 3, 8), tags="desk",
        notes='"I print it on Monday and correct it with a pen until Friday." Coordinator, housing.',
    ),
    DemoItem(
        "swap", "Swap a visit between two people", "planned", 53, card="onepage", product=DESK,
        parent="board", goal="week", priority="medium", owner="Eli",
        score=(6, 4), rice=(160, 2, 0.8, 2), tags="desk mobile",
    ),
    DemoItem(
        "ownweek", "Visits in one's own calendar", "candidate", 32, card="onepage", product=DESK,
        parent="board", goal="week", score=(6, 4), tags="desk",
    ),
    DemoItem(
        "route", "Visits in the order of the road", "idea", 26, card="handover", product=DESK,
        parent="board", goal="week", score=(5, 7), tags="desk maps",
    ),
    DemoItem(
        "openends", "What was left open at the last visit", "candidate", 45, card="handover", product=DESK,
        goal="week", owner="Dora", score=(7, 5), rice=(900, 1, 0.5, 3), tags="desk mobile",
        notes='"I rang the bell to check a valve that my colleague had changed the day before." Inspector.',
    ),
)  # fmt: skip
"""In the order of their keys: the first 29 are the oldest part of the backlog."""
