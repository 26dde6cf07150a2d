"""`pmtui roadmap`: lane by lane and period by period, what was promised and what is computed."""

import json
from datetime import date

import pytest

from pmtui.domain.commands import AddInitiative, AddProject, AddTask, Archive, EditFields, FieldEdit, MakePromise
from pmtui.domain.plan import Plan
from pmtui.report.fit import cells
from pmtui.report.roadmap import arranged, roadmap_json, roadmap_text

TODAY = date(2026, 11, 23)


@pytest.fixture
def board(desk):
    """Two lanes and a card without one; C-1 is promised too early, C-2 in time, C-3 without work behind it."""
    desk.do(AddInitiative("inbox", "Approval inbox", {"lane": "Trust", "horizon": "now"}))
    desk.do(
        AddInitiative(
            "offline",
            "Offline first",
            {"lane": "Trust", "horizon": "next", "window_start": date(2027, 1, 1), "window_end": date(2027, 3, 31)},
        )
    )
    desk.do(AddInitiative("sso", "Single sign-on for organisations", {"lane": "Enterprise", "horizon": "later"}))
    desk.do(AddInitiative("plain", "[/] =1+1", {"window_end": date(2027, 2, 28)}))
    desk.do(AddInitiative("gone", "Gone"))
    desk.do(Archive("initiative", ("gone",)))
    desk.do(AddProject("site", "Site"))
    desk.do(AddTask("t1", "Work", "site", fields={"initiative_id": "inbox", "duration": 480 * 30}))
    desk.do(AddTask("t2", "Work", "site", fields={"initiative_id": "offline", "duration": 480 * 10}))
    desk.do(MakePromise("inbox", None, date(2026, 12, 15), 0.8, "the board"))
    desk.do(MakePromise("offline", date(2027, 1, 1), date(2027, 2, 15), 0.5, "the board"))
    desk.do(MakePromise("sso", None, date(2027, 5, 15), 0.5, "the board"))
    return desk


def lines(board, by="horizon", width=80, **options):
    return roadmap_text(board.plan, by, width, ascii=False, today=TODAY, **options).splitlines()


def test_lanes_stand_in_the_order_of_their_cards_and_horizons_below_them(board):
    assert lines(board) == [
        "    key  card                       state      promised         computed",
        "",
        "Trust",
        "  NOW",
        "  ! C-1  Approval inbox             candidate  15 Dec 80%       1 Jan 2027 +13 d",
        "  NEXT",
        "  · C-2  Offline first              candidate  15 Feb 2027 50%  4 Dec",
        "",
        "Enterprise",
        "  LATER",
        "  ? C-3  Single sign-on for organ…  candidate  15 May 2027 50%  no planned work",
        "",
        "No lane",
        "  LATER",
        "    C-4  [/] =1+1                   candidate",
        "",
        "! later than promised, or the promised day is past",
        "? promised, but no work is planned ahead of it",
        "· as promised",
    ]


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("horizon", ["now", "next", "later", "later"]),
        ("month", ["no date", "Jan 2027", "no date", "Feb 2027"]),
        ("quarter", ["no date", "Q1 2027", "no date", "Q1 2027"]),
    ],
)
def test_a_card_stands_where_its_window_begins_or_else_ends(board, by, periods):
    assert [(group.lane, group.period) for group in arranged(board.plan, by)] == list(
        zip(["Trust", "Trust", "Enterprise", ""], periods, strict=True)
    )


def test_a_card_that_is_out_misses_nothing_any_more(board):
    board.do(EditFields((FieldEdit("initiative", "inbox", "state", "candidate", "launched"),)))
    assert "    C-1  Approval inbox" in "\n".join(lines(board))
    assert "! later than promised, or the promised day is past" not in lines(board)


@pytest.mark.parametrize("width", [1, 44, 60, 80, 120, 300])
@pytest.mark.parametrize("by", ["horizon", "month", "quarter"])
def test_it_fits_any_terminal(board, width, by):
    board.do(AddInitiative("wide", "界" * 250, {"lane": "é界" * 10 + "x"}))
    found = lines(board, by, width)
    assert max(map(cells, found)) <= min(max(width, 44), 120)
    assert sum("C-" in line for line in found) == 5


def test_ascii_is_ascii(board):
    text = roadmap_text(board.plan, "horizon", 80, ascii=True, today=TODAY)
    assert text.isascii()
    assert "  . C-2  Offline first" in text


def test_hostile_titles_cannot_command_the_terminal(board):
    from dataclasses import replace

    bad = replace(board.plan.initiatives["inbox"], title="\x1b]52;c;aGk=\x07", lane="\u202eevil\x9b31m")
    plan = Plan(0, {**board.plan.kinds, "initiative": {"inbox": bad}})
    assert not set(roadmap_text(plan, "horizon", 80, ascii=False, today=TODAY)) & set("\x1b\x07\x9b\u202e")


def test_an_empty_plan_says_how_to_begin():
    assert "pmtui add --kind card" in roadmap_text(Plan(), "horizon", 100, ascii=False, today=TODAY)
    assert json.loads(roadmap_json(Plan(), "horizon", TODAY))["cards"] == []


def test_json_is_sorted_stable_and_complete(board):
    text = roadmap_json(board.plan, "quarter", TODAY)
    body = json.loads(text)
    assert text == json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert (body["format"], body["version"], body["by"]) == ("pmtui-roadmap", 1, "quarter")
    assert body["lanes"] == ["Trust", "Enterprise", ""]
    first = body["cards"][0]
    assert first == {
        "key": "C-1",
        "external_id": None,
        "title": "Approval inbox",
        "lane": "Trust",
        "period": "no date",
        "horizon": "now",
        "state": "candidate",
        "objective": None,
        "owner": "",
        "window_start": None,
        "window_end": None,
        "promise_start": None,
        "promise_end": "2026-12-15",
        "promised_on": "2026-11-23",
        "confidence": 0.8,
        "audience": "the board",
        "computed_start": "2026-11-23",
        "computed_finish": "2027-01-01",
        "percent_complete": 0.0,
        "tasks": 1,
        "standing": "broken",
        "gap_days": 13,
    }
