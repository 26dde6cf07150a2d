"""Cards, board and layout of the roadmap as text."""

from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import (
    AddInitiative,
    AddItem,
    AddProject,
    AddTask,
    Archive,
    EditFields,
    FieldEdit,
    MakePromise,
    SetState,
)
from pmtui.ui.draw.glyphs import ASCII, UNICODE
from pmtui.ui.draw.line import plain, width_of
from pmtui.ui.draw.roadmap import above_or_below, arrange_board, beside, lane_below
from pmtui.ui.draw.roadmap_cards import CardLook, draw_card, facts_of, promise_words, short_day
from pmtui.ui.draw.roadmap_detail import card_detail
from pmtui.ui.draw.roadmap_layout import Look, column_lines, lane_lines, lay_out

TODAY = date(2026, 11, 23)


@pytest.fixture
def card(desk):
    """Adds a card; with days of planned work and a promise where they are said."""
    desk.do(AddProject("project", "Build", {"start_on": TODAY}))

    def add(name="Approval inbox", *, days=0, done=0.0, promise=(), title="", **fields):
        desk.do(AddInitiative(name, title or name, fields))
        if days:
            work = {"duration": days * 480, "initiative_id": name, "percent_complete": done}
            desk.do(AddTask(f"task of {name}", name, "project", fields=work))
        if promise:
            desk.do(MakePromise(name, *promise))
        return name

    return add


def drawn(desk, card_id, *, level=3, width=30, compact=False, mode="horizon", glyphs=UNICODE):
    look = CardLook(width, level, compact, mode, TODAY, glyphs)
    found = draw_card(facts_of(desk.plan, desk.plan.initiatives[card_id], look.today), look)
    assert all(width_of(line) <= width for line in found.lines)
    return [plain(line).rstrip() for line in found.lines]


class TestCards:
    def test_broken(self, desk, card):
        card(days=20, done=0.25, promise=(None, date(2026, 12, 15), 0.6, ""))
        assert drawn(desk, "Approval inbox") == [
            "  !◇ C-1 Approval inbox",
            "     promised until 15 Dec 60%",
            "     plan 18 Dec  +3 d !",
            "     ██░░░░░░ 25 %  1 task",
        ]

    def test_kept(self, desk, card):
        card(days=2, promise=(date(2026, 12, 1), date(2026, 12, 31), 0.8, ""))
        assert drawn(desk, "Approval inbox")[1:3] == ["     promised Dec 80%", "     plan 24 Nov, 27 d early"]
        assert drawn(desk, "Approval inbox")[0].startswith("  ·◇")

    def test_unbacked(self, desk, card):
        card(promise=(date(2027, 1, 1), date(2027, 3, 31), 0.5, ""))
        assert drawn(desk, "Approval inbox") == [
            "  ?◇ C-1 Approval inbox",
            "     promised Q1 50%",
            "     ? no planned work",
        ]

    def test_without_a_promise(self, desk, card):
        card(days=2)
        card("Second")
        assert drawn(desk, "Approval inbox")[:2] == ["   ◇ C-1 Approval inbox", "     no promise, plan 24 Nov"]
        assert drawn(desk, "Second") == ["   ◇ C-2 Second", "     no promise, no plan yet"]

    def test_what_is_far_away_says_less_but_never_hides_a_promise(self, desk, card):
        card(days=20, promise=(None, date(2026, 12, 15), 0.6, ""))
        full, less, little = (drawn(desk, "Approval inbox", level=level) for level in (3, 2, 1))
        assert len(full) > len(less) > len(little)
        assert less[1:] == ["     until 15 Dec 60% +3 d !", "     ░░░░░░░░ 0 %  1 task"]
        assert little == ["  !◇ C-1 Approval inbox", "     until 15 Dec 60% +3 d !"]

    def test_where_there_is_little_room_the_gap_stays(self, desk, card):
        card(days=20, promise=(None, date(2026, 12, 15), 0.6, ""))
        assert drawn(desk, "Approval inbox", level=1, width=22)[-1] == "     15 Dec 60% +3 d !"
        assert drawn(desk, "Approval inbox", level=1, width=20)[-1] == "     15 Dec 60% +3d!"
        for width in range(12, 22):
            drawn(desk, "Approval inbox", width=width)

    def test_items_count_where_there_are_no_tasks(self, desk, card):
        card()
        for number, state in enumerate(("launched", "candidate", "candidate", "declined")):
            desk.do(AddItem(f"i{number}", "Item", {"initiative_id": "Approval inbox", "state_reason": "no"}))
            desk.do(SetState((f"i{number}",), state, "no"))
        assert drawn(desk, "Approval inbox")[-1] == "     ███░░░░░ 33 %  1/3 items"

    def test_long_titles_are_wrapped_or_cut(self, desk, card):
        card("long", title="Crews see the notes of each other within a minute")
        assert drawn(desk, "long", width=22)[:3] == [
            "   ◇ C-1 Crews see the",
            "     notes of each",
            "     other within a m…",
        ]
        compact = drawn(desk, "long", width=22, compact=True)
        assert compact == ["   ◇ C-1 Crews see th…"]

    def test_declined_keeps_its_reason(self, desk, card):
        card()
        desk.do(SetState(("Approval inbox",), "declined", "nobody asks"))
        assert drawn(desk, "Approval inbox") == ["   × C-1 Approval inbox", "     declined: nobody asks"]

    def test_the_window_is_said_where_its_column_does_not_say_it(self, desk, card):
        card(window_start=date(2027, 1, 1), window_end=date(2027, 6, 30))
        assert "     Q1 2027 – Q2 2027" in drawn(desk, "Approval inbox")
        assert "     → until Q2 2027" in drawn(desk, "Approval inbox", mode="quarter")
        assert "     → until Jun 2027" in drawn(desk, "Approval inbox", mode="month")

    def test_ascii(self, desk, card):
        card(days=20, done=0.25, promise=(None, date(2026, 12, 15), 0.6, ""))
        assert "".join(drawn(desk, "Approval inbox", glyphs=ASCII)).isascii()

    @pytest.mark.parametrize(
        ("start", "end", "words"),
        [
            (None, "2026-12-15", "until 15 Dec 80%"),
            (None, "2028-02-03", "until 3 Feb 2028 80%"),
            ("2026-12-01", "2026-12-31", "Dec 80%"),
            ("2027-01-01", "2027-03-31", "Q1 80%"),
            ("2028-01-01", "2028-03-31", "Q1 2028 80%"),
            ("2026-12-24", "2026-12-24", "on 24 Dec 80%"),
            ("2026-12-01", "2026-12-15", "1 Dec - 15 Dec 80%"),
        ],
    )
    def test_promises_in_words(self, desk, card, start, end, words):
        first = date.fromisoformat(start) if start else None
        card(promise=(first, date.fromisoformat(end), 0.8, ""))
        assert promise_words(desk.plan.initiatives["Approval inbox"], TODAY) == words

    def test_days_far_away_have_their_year(self):
        assert short_day(date(2027, 3, 1), TODAY) == "1 Mar"
        assert short_day(date(2027, 11, 1), TODAY) == "1 Nov 2027"


@pytest.fixture
def board_of(desk, card):
    """Cards a (now), b (next, twice in a cell) ... of the lanes Trust and Work, and one without."""

    def make(mode="horizon", wanted="", known=()):
        return arrange_board(desk.plan, mode, wanted, TODAY, known)

    card("a", lane="Trust", horizon="now", window_start=date(2026, 11, 1), window_end=date(2026, 11, 30))
    card("b", lane="Work", horizon="next", window_start=date(2027, 2, 1), window_end=date(2027, 2, 28))
    card("c", horizon="now")
    card("d", lane="Trust", horizon="later", window_end=date(2026, 8, 15))
    card("e", lane="Trust", horizon="now")
    return make


class TestBoard:
    def test_lanes_and_cells(self, board_of):
        board = board_of()
        assert board.lanes == ("Trust", "Work", "")
        assert board.cells == {(0, 0): ("a", "e"), (0, 2): ("d",), (1, 1): ("b",), (2, 0): ("c",)}
        assert board.order == ("a", "e", "d", "b", "c")

    def test_by_month_with_those_without_a_date_first(self, board_of):
        board = board_of("month")
        titles = [column.title for column in board.columns]
        assert titles == ["no date", "Aug 2026", "Sep 2026", "Oct 2026", "Nov 2026", "Dec 2026", "Jan 2027", "Feb 2027",
                          "Mar 2027"]  # fmt: skip
        assert titles[board.today] == "Nov 2026"
        assert {id_: titles[cell[1]] for id_, cell in board.place.items()} == {
            "a": "Nov 2026",
            "b": "Feb 2027",
            "c": "no date",
            "d": "Aug 2026",
            "e": "no date",
        }

    def test_by_quarter(self, board_of):
        titles = [column.title for column in board_of("quarter").columns]
        assert titles == ["no date", "Q3 2026", "Q4 2026", "Q1 2027", "Q2 2027"]

    def test_near_columns_are_drawn_with_more_detail_than_far_ones(self, board_of):
        assert [column.level for column in board_of().columns] == [3, 2, 1]
        assert [column.level for column in board_of("month").columns] == [1, 3, 3, 3, 3, 3, 2, 2, 1]

    def test_a_card_that_changes_its_lane_does_not_take_the_order_of_the_lanes_along(self, desk, board_of):
        before = board_of()
        desk.do(EditFields((FieldEdit("initiative", "a", "lane", "Trust", "Work"),)))
        assert board_of().lanes == ("Work", "Trust", "")
        assert board_of(known=before.known).lanes == ("Trust", "Work", "")

    def test_a_filter_leaves_lanes_out_but_remembers_them(self, board_of):
        board = board_of(wanted="lane:work")
        assert (board.lanes, board.known, board.order) == (("Work",), ("Trust", "Work", ""), ("b",))

    def test_the_archive_is_not_shown(self, desk, board_of):
        desk.do(Archive("initiative", ("b",)))
        assert board_of().lanes == ("Trust", "")

    def test_steps(self, board_of):
        board = board_of()
        heights = {"a": 1, "e": 4, "d": 1, "b": 8, "c": 12}
        assert beside(board, "a", 1, heights) == "d"
        assert beside(board, "d", -1, heights) == "a"
        assert beside(board, "b", 1, heights) == "d"
        assert beside(board, "a", -1, heights) == ""
        assert [above_or_below(board, id_, 1) for id_ in "aedbc"] == ["e", "c", "b", "c", ""]
        assert [above_or_below(board, id_, -1) for id_ in "aedbc"] == ["", "a", "", "e", "e"]
        assert [lane_below(board, lane, 1) for lane in ("Trust", "Work", "", "?")] == ["Work", "", None, None]
        assert lane_below(board, "Trust", -1) is None


def picture(desk, board, cursor, page, *, width=24, named=False, marks=(), top=0):
    look = CardLook(width, 1, True, board.mode, TODAY, UNICODE)
    cards = desk.plan.initiatives
    layout = lay_out(board, lambda id_: draw_card(facts_of(desk.plan, cards[id_], look.today), look), page, 0)
    layout.top = top
    layout.follow(cursor)
    shown = Look(cursor, frozenset(marks), named, UNICODE)
    return layout, [plain(line).rstrip() for line in column_lines(layout, 0, width, shown)], shown


class TestLayout:
    def test_lanes_below_each_other(self, desk, board_of):
        layout, lines, shown = picture(desk, board_of(), "e", 12, marks={"a"})
        assert lines == [
            "─" * 24,
            " ✓ ◇ C-1 a",
            "▌  ◇ C-5 e",
            "─" * 24,
            "",
            "─" * 24,
            "   ◇ C-3 c",
        ]
        names = [plain(line).rstrip() for line in lane_lines(layout, 10, shown, (3, 1, 1))]
        assert names[:3] == ["─" * 10, " Trust", " 3 cards"]
        assert len(names) == 12

    def test_names_stand_in_the_rules_where_there_is_no_room_for_a_column(self, desk, board_of):
        _, lines, _ = picture(desk, board_of(), "a", 12, named=True)
        assert [line for line in lines if line.startswith("─")] == [
            "─ Trust " + "─" * 16,
            "─ Work " + "─" * 17,
            "─ no lane " + "─" * 14,
        ]

    def test_a_small_view_scrolls_to_the_cursor_and_counts_the_others(self, desk, board_of):
        layout, lines, _ = picture(desk, board_of(), "c", 4)
        assert "▌  ◇ C-3 c" in lines
        assert layout.out_of_sight(0) == (2, 0)
        layout, lines, _ = picture(desk, board_of(), "a", 4, top=5)
        assert lines[:2] == ["─" * 24, "▌  ◇ C-1 a"]
        assert layout.out_of_sight(0) == (0, 1)

    def test_a_cell_with_more_cards_than_room_says_how_many_there_are(self, desk, card):
        for number in range(20):
            card(f"n{number}", lane="Trust", horizon="now")
        board = arrange_board(desk.plan, "horizon", "", TODAY)
        _, lines, _ = picture(desk, board, "n0", 8)
        assert lines[1] == "▌  ◇ C-1 n0"
        assert lines[-1] == "     +14 more"
        for number in range(20):
            layout, lines, _ = picture(desk, board, f"n{number}", 8)
            assert any(line.startswith("▌") and line.endswith(f"n{number}") for line in lines)
            shown, above, below = layout.cards_of((0, 0))
            assert above + below + len(shown) == 20
            assert ("more above" in lines[1]) is bool(above)
        assert lines[-1] == "▌  ◇ C-20 n19"

    def test_a_click_finds_the_card_of_a_line(self, desk, board_of):
        layout, _, _ = picture(desk, board_of(), "a", 12)
        assert [layout.card_at(0, line) for line in range(8)] == ["", "a", "e", "", "", "", "c", ""]

    def test_scrolling_stays_where_it_was_when_the_plan_changes(self, desk, card):
        for number in range(30):
            card(f"n{number}", lane=f"Lane {number // 3}", horizon="now")
        before, _, _ = picture(desk, arrange_board(desk.plan, "horizon", "", TODAY), "n15", 8)
        again, _, _ = picture(desk, arrange_board(desk.plan, "horizon", "", TODAY), "n0", 8)
        again.take_scroll(before)
        assert again.top == before.top


class TestDetail:
    def test_everything_that_is_known(self, desk, card):
        goal = desk.objective("Less waiting")
        card(days=20, done=0.25, promise=(None, date(2026, 12, 15), 0.6, "the board"), objective_id=goal,
             outcome="Approve in one list", lane="Work", owner="Ann", notes="Some notes")  # fmt: skip
        desk.do(AddItem("i1", "One list", {"initiative_id": "Approval inbox"}))
        lines = [plain(line).strip() for line in card_detail(desk.plan, "Approval inbox", TODAY, width=60, height=30,
                                                             glyphs=UNICODE)]  # fmt: skip
        for words in (
            "C-1 Approval inbox",
            "◇ candidate, Work, later, @Ann",
            "promised until 15 Dec (60%) to the board on 23 Nov",
            "! broken: by the plan done on 18 Dec, 3 working days late",
            "Approve in one list",
            "why: O-1 Less waiting",
            "plan 23 Nov – 18 Dec, 1 task",
            "○ F-1 One list",
            "T-1 Approval inbox  23 Nov – 18 Dec  25 % !",
            "Some notes",
        ):
            assert words in [line.rstrip() for line in lines], words

    def test_what_is_missing_names_the_key(self, desk, card):
        card()
        text = "\n".join(plain(line) for line in card_detail(desk.plan, "Approval inbox", TODAY, width=80, height=20,
                                                             glyphs=UNICODE))  # fmt: skip
        for words in ("P makes one", "? no outcome yet", "? no objective yet", "i plans it as tasks"):
            assert words in text

    @pytest.mark.parametrize(("width", "height"), [(1, 1), (8, 3), (20, 6), (78, 5), (40, 40)])
    def test_it_fits_every_size(self, desk, card, width, height):
        card("long", title="漢字 " * 30, promise=(None, date(2026, 12, 15), 0.6, "x" * 100), outcome="y " * 300)
        lines = card_detail(desk.plan, "long", TODAY, width=width, height=height, glyphs=UNICODE)
        assert len(lines) <= height
