"""The filter of the timeline: what is typed, and which tasks it leaves."""

from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.entities.backlog import BacklogItem
from pmtui.planning.task_filter import IS, TERMS, archived_outline, is_late, parse
from schedules import Work

TODAY = date(2026, 12, 3)
"""Thursday of the second week: eight working days after the start."""


@pytest.fixture
def work():
    """From Monday 23 November: Shape (Talk 4d, then Draw 2d), Build 5d behind it, Live; Docs 1d beside them."""
    made = Work("Inbox", "Maps")
    made.card("Approvals")
    made.item("Hand on", initiative_id="Approvals")
    made.task("Shape", initiative_id="Approvals")
    made.task("Talk", 4, below="Shape", owner="Ann Lee", percent_complete=1.0)
    made.task("Draw", 2, below="Shape", percent_complete=0.5)
    made.task("Build", 5, owner="Bo", item_id="Hand on", external_id="jira:AB-7")
    made.task("Live", 0)
    made.task("Docs", 1)
    made.task("Old", 1, archived=True)
    made.task("Tiles", 3, project_id="Maps")
    made.chain("Talk", "Draw", "Build", "Live")
    return made


def matches(work, text, today=TODAY):
    return set(parse(text).select(work.plan, today))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("draw", {"Draw"}),
        ("DRA", {"Draw"}),
        ("t-4", {"Build"}),
        ("ab-7", {"Build"}),
        ("ann talk", {"Talk"}),
        ("-o -a -t", set()),
        ("@ann", {"Talk"}),
        ("@lee", {"Talk"}),
        ('owner:"ann lee"', {"Talk"}),
        ("-@ann -is:unassigned", {"Build"}),
        ("is:done", {"Talk"}),
        ("is:started", {"Shape", "Draw"}),
        ("is:open is:unlinked", {"Shape", "Docs", "Tiles"}),
        ("is:critical", {"Shape", "Talk", "Draw", "Build", "Live", "Tiles"}),
        ("is:critical -is:done project:J-1", {"Shape", "Draw", "Build", "Live"}),
        ("is:late", {"Shape", "Draw", "Docs", "Tiles"}),
        ("is:milestone", {"Live"}),
        ("is:summary", {"Shape"}),
        ("is:sum", {"Shape"}),
        ("project:J-2", {"Tiles"}),
        ("project:J-9", set()),
        ("card:C-1", {"Shape", "Talk", "Draw", "Build"}),
        ("item:F-1", {"Build"}),
        ("is:archived", {"Old"}),
        ("is:archived zzz", set()),
        ("card:", None),
        ("-", None),
    ],
)
def test_words_and_terms(work, text, found):
    everything = {"Shape", "Talk", "Draw", "Build", "Live", "Docs", "Tiles", "Inbox", "Maps"}
    assert matches(work, text) == (everything if found is None else found)


def test_a_project_is_found_by_its_name_and_not_by_terms_of_tasks(work):
    assert matches(work, "maps") == {"Maps"}
    assert matches(work, "maps is:open") == set()


def test_what_is_not_understood_is_said_and_hides_nothing(work):
    query = parse("is:nonsense draw")
    assert "no state here" in query.problem
    assert "critical" in query.problem
    assert set(query.select(work.plan, TODAY)) == {"Draw"}
    query = parse("ratio:3")
    assert "searched for as text" in query.problem
    assert query.words == ("ratio:3",)


def test_every_state_it_names_can_be_asked_for(work):
    for state in IS:
        query = parse(f"is:{state}")
        assert not query.problem
        assert query.select(work.plan, TODAY), state


def test_the_help_names_every_state():
    said = " ".join(term for term, _ in TERMS)
    assert all(f"is:{state}" in said for state in IS)


def test_what_ends_today_is_not_late_yet(work):
    # Talk and Draw take six days: to Monday 30 November
    assert not is_late(work.schedule, "Draw", date(2026, 11, 30))
    assert is_late(work.schedule, "Draw", date(2026, 12, 1))
    assert not is_late(work.schedule, "Talk", date(2026, 12, 1))


class TestTheArchive:
    def test_each_thing_stands_below_its_project(self, work):
        wanted = parse("is:archived").select(work.plan, TODAY)
        rows = archived_outline(work.plan, wanted)
        assert [(row.kind, row.id, row.depth) for row in rows] == [("project", "Inbox", 0), ("task", "Old", 1)]

    def test_with_a_project_its_tasks_are_there(self, work):
        work.project("Gone", archived=True)
        work.task("Left", project_id="Gone")
        wanted = parse("is:archived").select(work.plan, TODAY)
        rows = archived_outline(work.plan, wanted)
        assert [row.id for row in rows] == ["Inbox", "Old", "Gone", "Left"]
        assert "Left" not in matches(work, "left")

    def test_nothing_of_it_is_found_otherwise(self, work):
        assert matches(work, "old") == set()
        assert matches(work, "-is:archived docs") == {"Docs"}


def test_tasks_that_are_parts_of_each_other_end_no_search(work):
    work.tasks["Docs"] = work.tasks["Docs"].__class__(
        id="Docs", key="T-6", project_id="Inbox", title="Docs", parent_id="Knot"
    )
    work.task("Knot", below="Docs")
    assert matches(work, "card:C-1") == {"Shape", "Talk", "Draw", "Build"}


def test_an_item_of_the_card_counts_with_all_below_its_task(work):
    work.task("Inside", below="Build")
    assert "Inside" in matches(work, "item:F-1")
    assert isinstance(work.others["backlog_item"]["Hand on"], BacklogItem)
