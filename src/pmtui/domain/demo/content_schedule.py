"""How and when the demo plan gets done: two projects as outlines of tasks, each with what it waits for.

Seven people do the work: Ann and Bo build the phone side, Eli the server, Kim draws and asks people,
Dora decides what is built, Farid looks after security, Gwen tests and goes along on site. Customers,
translators and testers from outside are `outside`.
"""

from __future__ import annotations

from typing import NamedTuple

from pmtui.domain.demo.content_vision import FIELDNOTE


class DemoTask(NamedTuple):
    """A task; the ones below it that are deeper are its parts."""

    depth: int
    """1 for the topmost tasks of a project."""
    slug: str
    title: str
    days: float | None = None
    """Working days; 0 is a milestone, None a summary."""
    owner: str = ""
    after: str = ""
    """Slugs of the tasks whose end it waits for, with a lag or lead behind: `build test+2d release-1d`."""
    done: int = 0
    """Percent."""
    not_before: int | None = None
    """Days from the Monday of planning."""
    item: str = ""
    card: str = ""
    notes: str = ""


class DemoProject(NamedTuple):
    """A project with its tasks in the order of the outline."""

    slug: str
    name: str
    manager: str
    weeks: int
    """It starts so many weeks after the Monday of planning; before it where negative."""
    goal: str
    scope: str
    success_metrics: str
    tasks: tuple[DemoTask, ...]
    product: str = FIELDNOTE


_THREE = (
    DemoTask(1, "shape", "Shape the release"),
    DemoTask(2, "watching", "Watch eight teams lose notes", 8, "Dora", done=100),
    DemoTask(2, "mail", "Read two years of support mail", 4, "Kim", done=100),
    DemoTask(2, "meaning", "Agree on what 'lost' means", 1, "Ann", "watching mail", 100,
             notes="A note is lost when its writer cannot find it, wherever it may be."),
    DemoTask(2, "scope", "Scope of 3.0 agreed", 0, "Dora", "meaning", 100),

    DemoTask(1, "losing", "No note is lost", card="nolost"),
    DemoTask(2, "photowork", "Photos wait for Wi-Fi", item="photos"),
    DemoTask(3, "queue", "A queue that survives a restart", 6, "Bo", "scope", 100),
    DemoTask(3, "mobiledata", "Ask before mobile data is used", 3, "Bo", "queue", 100),
    DemoTask(3, "shrinking", "Shrink photos, keep labels readable", 4, "Bo", "mobiledata", 100),
    DemoTask(3, "oldphones", "Try it on six old phones", 3, "Gwen", "shrinking", 100),
    DemoTask(3, "oldfixes", "Mend what the old phones showed", 3, "Bo", "oldphones", 100),
    DemoTask(2, "unsentwork", "Show what has not been sent yet", item="unsent"),
    DemoTask(3, "sketches", "Sketch three ways to show it", 3, "Kim", "scope", 100),
    DemoTask(3, "fivepeople", "Five people try the sketches", 2, "Kim", "sketches+3d", 100,
             notes="Three days in between to invite them."),
    DemoTask(3, "mark", "The mark on every note", 5, "Kim", "fivepeople queue", 100),
    DemoTask(3, "through", "A word when the last one is through", 3, "Kim", "mark", 100),
    DemoTask(3, "wording", "Plain words in both languages", 2, "Dora", "through", 100),
    DemoTask(2, "mergework", "Two people edit the same form", item="merge"),
    DemoTask(3, "rules", "Write down the rules of merging", 5, "Ann", "scope", 100),
    DemoTask(3, "proving", "Prove them with 10,000 made-up visits", 5, "Ann", "rules", 100),
    DemoTask(3, "building", "Build it on both sides"),
    DemoTask(4, "servermerge", "On the server", 10, "Eli", "proving", 100),
    DemoTask(4, "phonemerge", "On the phone", 12, "Ann", "proving", 100),
    DemoTask(3, "otheranswer", "Keep the other answer in sight", 5, "Kim", "phonemerge through", 100),
    DemoTask(3, "pairs", "Walk a site in pairs for two days", 2, "Gwen", "servermerge otheranswer", 100),
    DemoTask(3, "pairfixes", "Mend what the pairs found", 6, "Ann", "pairs", 40,
             notes="Twice as much as we thought: nobody had tried a form with a table in it."),
    DemoTask(3, "measured", "Measure it with 10,000 notes", 2, "Gwen", "pairfixes-1d"),
    DemoTask(2, "batterywork", "Battery below 15 %", item="battery"),
    DemoTask(3, "sendcosts", "Measure what sending costs", 3, "Bo", "oldfixes", 100),
    DemoTask(3, "savefirst", "Save first, send later", 6, "Bo", "sendcosts", 100),
    DemoTask(3, "cold", "A day in the cold, weak batteries", 1, "Gwen", "savefirst", not_before=2,
             notes="The cold store of a fish market lets us in on Wednesday."),
    DemoTask(2, "pilot", "Pilot with four teams"),
    DemoTask(3, "pilotversion", "Pilot version on 23 phones", 1, "Gwen", "measured cold wording"),
    DemoTask(3, "pilotweeks", "Two weeks on site", 10, "outside", "pilotversion"),
    DemoTask(3, "pilotfixes", "Mend what the pilot found", 3, "Ann", "pilotweeks"),
    DemoTask(3, "nonelost", "Two weeks without a lost note", 0, "Ann", "pilotfixes"),

    DemoTask(1, "deciding", "Forty findings in one sitting", card="approve"),
    DemoTask(2, "linkwork", "Link a quote to a finding", item="link"),
    DemoTask(3, "passage", "Mark a passage in a note", 5, "Eli", "scope", 100),
    DemoTask(3, "source", "Keep the link with its source", 5, "Eli", "passage", 100),
    DemoTask(3, "names", "Who may see a name", 3, "Farid", "source", 100),
    DemoTask(3, "whosaid", "Show who said it, in the meeting", 5, "Eli", "names servermerge", 100),
    DemoTask(3, "hallway", "Three researchers try it", 2, "Dora", "whosaid", 100),
    DemoTask(3, "stumbles", "Smooth what they stumbled over", 5, "Eli", "hallway", 80),
    DemoTask(2, "inboxwork", "Approval inbox", item="inbox"),
    DemoTask(3, "leads", "Watch two leads approve", 3, "Dora", "scope", 100),
    DemoTask(3, "drawing", "Draw the inbox, phone and desk", 4, "Kim", "leads through", 100),
    DemoTask(3, "onelist", "One list of what waits", 6, "Eli", "drawing stumbles"),
    DemoTask(3, "sendback", "Approve, send back, hand on", 6, "Eli", "onelist"),
    DemoTask(3, "phoneinbox", "The inbox on the phone", 7, "Bo", "onelist taker"),
    DemoTask(3, "friday", "Forty findings on a Friday, with a lead", 1, "Dora", "sendback phoneinbox"),
    DemoTask(3, "fridayfixes", "Mend what the Friday showed", 3, "Eli", "friday"),
    DemoTask(3, "onesitting", "Brook Water decides in one sitting", 0, "Dora", "fridayfixes"),
    DemoTask(2, "commentwork", "Comment on a photo", item="comment"),
    DemoTask(3, "below", "Comments below a photo", 3, "Bo", "crashes"),
    DemoTask(3, "taker", "Tell whoever took it", 1, "Bo", "below"),

    DemoTask(1, "leaving", "Figures leave without copying", card="figures"),
    DemoTask(2, "exportwork", "Export to a spreadsheet", item="export"),
    DemoTask(3, "sheets", "Ask ten customers for their sheets", 4, "Dora", "hallway", 100),
    DemoTask(3, "tables", "Tables for the common programs", 7, "Farid", "sheets"),
    DemoTask(3, "photolinks", "Photos as links in the sheet", 3, "Farid", "tables"),
    DemoTask(3, "commas", "Commas, dates, umlauts: four programs", 3, "Dora", "tables+1d"),
    DemoTask(3, "howto", "A how-to with three examples", 2, "Dora", "commas"),
    DemoTask(2, "mailwork", "Weekly summary by e-mail", item="summary"),
    DemoTask(3, "page", "What belongs on the page", 3, "Dora", "sheets"),
    DemoTask(3, "collect", "Collect it, send it on Friday", 5, "Farid", "page photolinks"),
    DemoTask(3, "unsubscribe", "Leave the list without signing in", 1, "Farid", "collect"),
    DemoTask(3, "twoissues", "Two issues sent to ourselves", 0, "Dora", "unsubscribe+10d"),

    DemoTask(1, "hearing", "Sound becomes text: find out", item="speech"),
    DemoTask(2, "recordings", "Record twenty visits in wind and rain", 4, "Kim", "otheranswer", 50),
    DemoTask(2, "threeways", "Compare three ways to make text", 8, "Ann", "recordings pairfixes"),
    DemoTask(2, "judging", "Four researchers judge the texts", 3, "Kim", "threeways+1d"),
    DemoTask(2, "hourcost", "What an hour costs, and who hears it", 2, "Farid", "threeways unsubscribe"),
    DemoTask(2, "buildbuy", "Decide: build, buy or wait", 0, "Dora", "judging hourcost"),

    DemoTask(1, "release", "Release 3.0"),
    DemoTask(2, "testing", "Test the whole"),
    DemoTask(3, "round", "Write the round of tests", 4, "Gwen", "oldphones", 100),
    DemoTask(3, "crashes", "Mend the six crashes users sent in", 5, "Bo", "savefirst", 60),
    DemoTask(3, "roundone", "Round one, on twelve phones", 5, "Gwen", "round pilotweeks fridayfixes"),
    DemoTask(3, "onefixes", "Mend what round one found", 6, "Bo", "roundone-3d"),
    DemoTask(3, "roundtwo", "Round two", 3, "Gwen", "onefixes pilotfixes"),
    DemoTask(2, "moving", "Move old notes to the new store"),
    DemoTask(3, "rehearsal", "Rehearse with ten customers' notes", 5, "Eli", "fridayfixes"),
    DemoTask(3, "wayback", "A way back if it fails", 3, "Eli", "rehearsal"),
    DemoTask(3, "clocked", "Rehearse again, against the clock", 2, "Eli", "wayback"),
    DemoTask(2, "telling", "Tell people"),
    DemoTask(3, "help", "Help pages", 5, "Dora", "howto friday"),
    DemoTask(3, "films", "Three short films", 4, "Kim", "judging"),
    DemoTask(3, "whatsnew", "What is new, on one page", 1, "Dora", "help onefixes"),
    DemoTask(3, "supporters", "Teach the support desk", 2, "Kim", "help films roundtwo"),
    DemoTask(2, "goingout", "Go out"),
    DemoTask(3, "frozen", "Release candidate", 0, "Gwen", "roundtwo clocked twoissues"),
    DemoTask(3, "fivepercent", "To five percent of the phones", 3, "Gwen", "frozen+4d",
             notes="The stores take about four days to look at it."),
    DemoTask(3, "nights", "Move the customers, in three nights", 3, "Eli", "fivepercent"),
    DemoTask(3, "allphones", "To all phones", 2, "Gwen", "nights supporters"),
    DemoTask(3, "everybody", "3.0 with everybody", 0, "Dora", "allphones whatsnew"),
    DemoTask(3, "firstweeks", "Watch the first two weeks", 10, "Kim", "everybody"),
    DemoTask(3, "lookback", "Look back together", 0.5, "Dora", "firstweeks"),
)  # fmt: skip

_LARGE = (
    DemoTask(1, "knowing", "Know what they ask for"),
    DemoTask(2, "tenders", "Read three tenders line by line", 3, "Farid"),
    DemoTask(2, "departments", "Talk to four IT departments", 5, "Farid", "tenders+2d"),
    DemoTask(2, "lawyer", "What the law asks of us", 3, "Dora", not_before=28),
    DemoTask(2, "demands", "One list of demands", 1, "Farid", "departments lawyer"),
    DemoTask(2, "agreed", "List agreed with Brook Water", 0, "Farid", "demands+2d"),

    DemoTask(1, "entering", "An IT department says yes", card="entrance"),
    DemoTask(2, "signon", "Single sign-on", item="sso"),
    DemoTask(3, "ownpage", "Sign in on the customer's own page", 10, "Farid", "agreed"),
    DemoTask(3, "signout", "Sign out everywhere", 2, "Farid", "ownpage"),
    DemoTask(3, "weekoffline", "A phone that was offline for a week", 4, "Ann", "ownpage whereabouts"),
    DemoTask(3, "alone", "The customer sets it up alone", 5, "Eli", "ownpage checked"),
    DemoTask(2, "leaverwork", "People who leave lose access", 6, "Farid", "signout weekoffline", item="leavers"),
    DemoTask(2, "rolework", "Roles: field, desk, guest", item="roles"),
    DemoTask(3, "whomay", "A table of who may do what", 3, "Dora", "agreed"),
    DemoTask(3, "checked", "Checked on the server", 8, "Eli", "whomay"),
    DemoTask(3, "inapp", "In the app", 5, "Bo", "checked firstpage"),
    DemoTask(3, "managing", "A page for those who manage a team", 6, "Kim", "checked"),
    DemoTask(2, "auditwork", "Audit log", item="audit"),
    DemoTask(3, "unchangeable", "A record that nobody can rewrite", 8, "Ann", "agreed"),
    DemoTask(3, "searching", "Search it, take it along", 5, "Eli", "unchangeable alone"),
    DemoTask(2, "hundred", "Answer a hundred questions", 6, "Dora", "whomay", item="papers"),
    DemoTask(2, "breakin", "Outsiders try to break in", item="outsiders"),
    DemoTask(3, "attempts", "Two weeks of attempts", 10, "outside", "searching leaverwork", not_before=70,
             notes="Booked for that Monday. Two weeks' notice, or we pay half."),
    DemoTask(3, "holes", "Mend what they found", 6, "Farid", "attempts"),
    DemoTask(3, "noholes", "Report without open findings", 0, "Farid", "holes+2d"),
    DemoTask(2, "brook", "Brook Water goes first"),
    DemoTask(3, "tenant", "A place for their tests", 2, "Farid", "alone leaverwork"),
    DemoTask(3, "tenpeople", "Ten people for four weeks", 20, "Gwen", "tenant managing inapp searching"),
    DemoTask(3, "tenfixes", "Mend what the ten found", 5, "Eli", "tenpeople-3d"),
    DemoTask(3, "waves", "All 400, in three waves", 12, "Gwen", "tenfixes noholes"),
    DemoTask(3, "selfmade", "Brook Water signs in by itself", 0, "Farid", "waves"),

    DemoTask(1, "forgetting", "Forgotten on request", item="erase"),
    DemoTask(2, "whereabouts", "Where a person's data are", 3, "Ann", "unchangeable"),
    DemoTask(2, "erased", "Erase on server and phones", 8, "Ann", "weekoffline"),
    DemoTask(2, "restored", "Erase from what is restored", 4, "Ann", "erased"),
    DemoTask(2, "letter", "A letter that says so", 2, "Dora", "whereabouts lawyer hundred"),
    DemoTask(2, "requests", "Three requests, against the clock", 2, "Gwen", "restored letter"),
    DemoTask(2, "onehour", "A request takes an hour", 0, "Farid", "requests"),

    DemoTask(1, "speaking", "French and Portuguese", item="tongues"),
    DemoTask(2, "outofcode", "Take all words out of the code", 6, "Bo", not_before=36),
    DemoTask(2, "fieldwords", "One glossary of field words", 4, "Dora", "lawyer", item="glossary"),
    DemoTask(2, "translated", "Two translators, both languages", 8, "outside", "outofcode fieldwords"),
    DemoTask(2, "readers", "Two teams read every page", 5, "Gwen", "translated managing"),
    DemoTask(2, "fourtongues", "Four languages in the stores", 0, "Dora", "readers+4d"),

    DemoTask(1, "desking", "Desk: the week on one page", item="board"),
    DemoTask(2, "beside", "Sit beside three coordinators", 3, "Kim", not_before=28),
    DemoTask(2, "paper", "A page on paper, for a week", 5, "Kim", "beside"),
    DemoTask(2, "firstpage", "A first page, from real visits", 9, "Bo", "paper outofcode"),
    DemoTask(2, "swapping", "Swap two visits", 5, "Bo", "inapp", item="swap"),
    DemoTask(2, "onpaper", "Three coordinators, without paper", 10, "Kim", "swapping managing"),
    DemoTask(2, "goon", "Decide: go on, or begin again", 0, "Eli", "onpaper"),
)  # fmt: skip

PROJECTS = (
    DemoProject(
        "three",
        "Fieldnote 3.0",
        "Dora",
        -8,
        "Nobody loses a note any more, and a team decides on a week of visits in one sitting.",
        "Phones, server and the move of all old notes. Not in it: maps, sign-on, other languages.",
        "No message about a lost note for a month.\nA summary within a day for half of all visits.",
        _THREE,
    ),
    DemoProject(
        "large",
        "Larger organisations",
        "Farid",
        3,
        "Brook Water works with Fieldnote without asking us for anything, and Vale Water can follow.",
        "Sign-on, roles, audit log, erasure, two languages, a first page of Desk. Not in it: data by country.",
        "Three signatures of IT departments.\nA request for erasure takes an hour.",
        _LARGE,
    ),
)
