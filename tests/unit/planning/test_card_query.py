"""The filter of the roadmap."""

from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import AddInitiative, AddProject, AddTask, Archive, MakePromise, SetState
from pmtui.planning.card_query import parse_card_query


@pytest.fixture
def roadmap(desk):
    """Six cards: one kept, one broken, one without planned work behind its promise."""
    goal = desk.objective("Large organisations")
    for name, fields in (
        ("Sign-on", {"lane": "Trust", "owner": "Ann Ek", "objective_id": goal, "horizon": "now"}),
        ("Inbox", {"lane": "Daily work", "outcome": "approve in one list", "window_start": date(2026, 12, 1)}),
        ("Audit", {"lane": "Trust"}),
        ("Maps", {"owner": "Bo"}),
        ("Dark mode", {}),
        ("Old", {"lane": "Trust"}),
    ):
        desk.do(AddInitiative(name, name, fields))
    desk.do(SetState(("Maps",), "declined", "too dear"))
    desk.do(SetState(("Dark mode",), "launched"))
    desk.do(Archive("initiative", ("Old",)))
    desk.do(AddProject("project", "Build", {"start_on": date(2026, 11, 23)}))
    for name in ("Sign-on", "Inbox"):
        desk.do(AddTask(f"task {name}", name, "project", fields={"duration": 10 * 480, "initiative_id": name}))
    for name, day in (("Sign-on", 30), ("Inbox", 1), ("Audit", 1)):
        desk.do(MakePromise(name, None, date(2026, 12, day), 0.8, ""))
    return desk


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Sign-on", "Inbox", "Audit", "Maps", "Dark mode"]),
        ("inbox", ["Inbox"]),
        ("C-2", ["Inbox"]),
        ("one approve", ["Inbox"]),
        ("trust", ["Sign-on", "Audit"]),
        ("trust -sign", ["Audit"]),
        ("lane:trust", ["Sign-on", "Audit"]),
        ('lane:"daily work"', ["Inbox"]),
        ("-lane:trust is:promised", ["Inbox"]),
        ("@ek", ["Sign-on"]),
        ("owner:bo", ["Maps"]),
        ("state:declined", ["Maps"]),
        ("is:open", ["Sign-on", "Inbox", "Audit"]),
        ("is:launched", ["Dark mode"]),
        ("is:promised", ["Sign-on", "Inbox", "Audit"]),
        ("is:kept", ["Sign-on"]),
        ("is:broken", ["Inbox"]),
        ("is:unb", ["Audit"]),
        ("horizon:now", ["Sign-on"]),
        ("objective:o-1", ["Sign-on"]),
        ("objective:O-9", []),
        ("no:lane", ["Maps", "Dark mode"]),
        ("-no:promise no:objective", ["Inbox", "Audit"]),
        ("no:date lane:trust", ["Sign-on", "Audit"]),
        ("is:archived", ["Old"]),
        ("is:any old", ["Old"]),
        ('"dark mode"', ["Dark mode"]),
        ("lane:", ["Sign-on", "Inbox", "Audit", "Maps", "Dark mode"]),
    ],
)
def test_what_is_found(roadmap, text, found):
    assert [card.title for card in parse_card_query(text).select(roadmap.plan, roadmap.today)] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("is:", "Type what is should be"),
        ("is:happy", "is nothing that is: knows; it knows open, promised"),
        ("value:8", '"value:8" is no term of this filter'),
        ("lane:trust", ""),
    ],
)
def test_what_is_not_understood_is_said(text, words):
    problem = parse_card_query(text).problem
    assert words in problem
    assert bool(words) is bool(problem)


@pytest.mark.parametrize("text", ['"', "-", "--", ":", "@", "is:-", 'lane:"', "a:b:c", "-@", "é" * 500])
def test_nothing_that_is_typed_fails(roadmap, text):
    parse_card_query(text).select(roadmap.plan, roadmap.today)
