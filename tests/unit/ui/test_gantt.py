"""Bars, time scale and the marks on them as text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pmtui.domain.fields import FIRST_DAY, LAST_DAY
from pmtui.planning.wbs import outline_of
from pmtui.ui.draw.gantt import ChartLook, bar_of, chart_line
from pmtui.ui.draw.glyphs import ASCII, UNICODE
from pmtui.ui.draw.line import plain, width_of
from pmtui.ui.draw.scale import ZOOMS, Scale, heading
from schedules import MONDAY, Work

DAY_ZOOM, WEEK_ZOOM, MONTH_ZOOM, QUARTER_ZOOM = ZOOMS
SUNDAY_BEFORE = MONDAY - timedelta(days=1)


@pytest.fixture
def work():
    """From Monday 23 November: Talk 4d half done, Draw 2d, both in Shape; Build 5d behind Draw; Live behind it."""
    made = Work("Inbox")
    made.card("Approvals", promise_end=date(2026, 11, 27), confidence=0.8, promised_on=MONDAY)
    made.task("Shape", initiative_id="Approvals")
    made.task("Talk", 4, below="Shape", percent_complete=0.5)
    made.task("Draw", 2, below="Shape", initiative_id="Approvals")
    made.task("Build", 5)
    made.task("Live", 0)
    made.task("Docs", 1, percent_complete=1.0)
    made.chain("Talk", "Draw", "Build", "Live")
    return made


def chart(work, zoom=WEEK_ZOOM, left=MONDAY, width=28, today=SUNDAY_BEFORE, glyphs=UNICODE, **more):
    """The chart as text, a line for each row by its title."""
    plan = work.plan
    look = ChartLook(Scale(zoom, left, width), today, glyphs, **more)
    lines = {row.id: chart_line(row, plan, work.schedule, look) for row in outline_of(plan)}
    assert all(width_of(line) == width for line in lines.values())
    return {name: plain(line).rstrip() for name, line in lines.items()}


class TestBars:
    def test_a_week_with_a_cell_a_day(self, work):
        assert chart(work) == {
            "Inbox": "┏━━━━━━━━━━━━━┓",
            "Shape": "┏━━━◇━━┓",
            "Talk": "██▒▒",
            "Draw": "    ▒▒▒▒",
            "Build": "        ▒▒▒▒▒▒▒",
            "Live": "              ◆",
            "Docs": "█",
        }

    def test_in_ascii_every_mark_has_its_twin(self, work):
        found = chart(work, glyphs=ASCII)
        assert found["Shape"] == "[---P--]"
        assert found["Talk"] == "##=="
        assert found["Live"] == "              *"
        assert all(line.isascii() for line in found.values())

    def test_by_days_each_takes_three_cells_and_weekends_are_dotted(self, work):
        found = chart(work, DAY_ZOOM, width=30)
        assert found["Talk"] == "██████▒▒▒▒▒▒    ·  ·"
        assert found["Draw"] == "            ▒▒▒▒▒▒▒▒▒▒▒▒"

    def test_by_months_a_cell_is_three_days_and_by_quarters_a_week(self, work):
        assert chart(work, MONTH_ZOOM, width=10)["Build"] == "  ▒▒▒"
        assert chart(work, QUARTER_ZOOM, width=10)["Build"] == " ▒▒"

    @pytest.mark.parametrize("zoom", ZOOMS)
    def test_a_milestone_stands_where_the_bar_before_it_ends(self, work, zoom):
        scale = Scale(zoom, MONDAY, 60)
        assert bar_of(work["Live"], scale).first == bar_of(work["Build"], scale).last

    @pytest.mark.parametrize("zoom", ZOOMS)
    def test_a_milestone_that_begins_something_stands_where_that_begins(self, zoom):
        work = Work("P")
        work.task("Kick-off", 0)
        work.task("First", 3)
        work.chain("Kick-off", "First")
        scale = Scale(zoom, MONDAY - timedelta(days=9), 60)
        assert bar_of(work["Kick-off"], scale).first == bar_of(work["First"], scale).first

    @pytest.mark.parametrize("days", [1, 3, 10])
    @pytest.mark.parametrize("share", [0.001, 0.5, 0.999])
    def test_what_is_begun_and_not_done_shows_both_where_there_is_room(self, days, share):
        work = Work("P")
        work.task("Task", days, percent_complete=share)
        bar = bar_of(work["Task"], Scale(WEEK_ZOOM, MONDAY, 60))
        length = bar.last - bar.first + 1
        assert bar.done == 0 if length == 1 else 0 < bar.done < length

    def test_a_project_without_tasks_has_no_bar_and_a_short_one_no_ends(self):
        work = Work("P", "Q")
        work.task("One", 0.5)
        found = chart(work)
        assert found["P"] == "━"
        assert found["Q"] == ""

    def test_hours_fill_the_cell_they_are_in(self):
        work = Work("P")
        work.task("One", 0.5)
        work.task("Two", 0.75)
        work.chain("One", "Two")
        found = chart(work)
        assert found["One"] == "▒"
        assert found["Two"] == "▒▒"


class TestOutOfView:
    @pytest.mark.parametrize("shift", [8, 9, 10, 11, 12, 13, 30])
    def test_before_the_left_edge(self, work, shift):
        assert chart(work, left=MONDAY + timedelta(days=shift))["Talk"] == "‹"

    def test_a_bar_is_cut_at_the_edge_and_not_moved(self, work):
        assert chart(work, left=MONDAY + timedelta(days=3))["Talk"] == "▒"
        assert chart(work, left=MONDAY + timedelta(days=9), width=3)["Inbox"] == "━━━"

    def test_behind_the_right_edge(self, work):
        assert chart(work, width=6)["Build"] == "     ›"

    def test_one_column_is_enough(self, work):
        found = chart(work, width=1)
        assert set(found.values()) == {"┏", "█", "›"}

    def test_no_column_is_nothing(self, work):
        assert set(chart(work, width=0).values()) == {""}

    @pytest.mark.parametrize("zoom", ZOOMS)
    @pytest.mark.parametrize("left", [FIRST_DAY, date(2000, 1, 1), LAST_DAY])
    def test_anywhere_in_the_days_of_a_plan(self, work, zoom, left):
        chart(work, zoom, left=left, width=80)
        assert all(width_of(line) <= 80 for line in heading(Scale(zoom, left, 80), MONDAY, "v"))


class TestMarks:
    def test_today_stands_behind_the_bars(self, work):
        found = chart(work, today=MONDAY + timedelta(days=5))
        assert found["Talk"] == "██▒▒ │"
        assert found["Draw"] == "    ▒▒▒▒"

    def test_a_promise_is_said_once_for_a_card(self, work):
        found = chart(work)
        assert found["Shape"][4] == "◇"
        assert "◇" not in found["Draw"]

    def test_the_promise_of_a_card_in_the_archive_is_not_shown(self, work):
        work.card("Approvals", promise_end=date(2026, 11, 27), archived=True)
        assert "◇" not in chart(work)["Shape"]

    @pytest.mark.parametrize(("title", "style"), [("Talk", "bad"), ("Docs", "good"), ("Shape", "strong")])
    def test_critical_bars_done_bars_and_summaries_differ(self, work, title, style):
        plan = work.plan
        row = next(row for row in outline_of(plan) if row.id == title)
        line = chart_line(row, plan, work.schedule, ChartLook(Scale(WEEK_ZOOM, MONDAY, 28), SUNDAY_BEFORE, UNICODE))
        assert style in {name for name, _ in line}

    def test_tasks_in_a_circle_have_a_question_mark_in_place_of_a_bar(self, work):
        work.link("Build", "Talk")
        found = chart(work)
        assert found["Talk"] == "?"
        assert found["Docs"] == "█"


class TestTitles:
    def test_behind_the_bar_or_in_front_of_it(self, work):
        found = chart(work, labels=True, cursor="Talk")
        assert found["Talk"] == "██▒▒ Talk"
        assert found["Live"] == "              ◆ Live"
        assert chart(work, labels=True, width=17)["Live"] == "         Live ◆"

    def test_over_the_bar_where_there_is_no_room(self, work):
        assert chart(work, labels=True, width=12)["Inbox"] == "┏━━━━━━Inbox"

    def test_only_the_one_under_the_cursor_is_filled(self, work):
        plan = work.plan
        look = ChartLook(Scale(WEEK_ZOOM, MONDAY, 28), SUNDAY_BEFORE, UNICODE, "Talk", labels=True)
        filled = [row.id for row in outline_of(plan) if "cursor" in dict(chart_line(row, plan, work.schedule, look))]
        assert filled == ["Talk"]

    @pytest.mark.parametrize("title", ["漢字" * 40, "family 👨‍👩‍👧‍👦 home", "bell\x07\x1b[31m", "x" * 500])
    @pytest.mark.parametrize("width", [1, 2, 3, 9, 40])
    def test_wide_and_hostile_ones_keep_the_width(self, title, width):
        work = Work("P")
        work.task(title, 3)
        found = chart(work, labels=True, width=width)
        assert "\x1b" not in found[title]


class TestTheScale:
    def head(self, zoom, left=date(2026, 11, 23), width=42, today=date(2026, 12, 1)):
        return [plain(line).rstrip() for line in heading(Scale(zoom, left, width), today, "▾")]

    def test_by_day(self):
        assert self.head(DAY_ZOOM) == [
            "Nov 2026                Dec 2026",
            "23 24 25 26 27 28 29 30 ▾1  2  3  4  5  6",
        ]

    def test_by_week(self):
        assert self.head(WEEK_ZOOM) == [
            "Nov     Dec 2026                       Jan",
            "23     30     7      14     21     28",
        ]

    def test_by_month(self):
        assert self.head(MONTH_ZOOM, left=date(2026, 10, 1)) == [
            "Q4 2026                       Q1 2027",
            "Oct       Nov       Dec       Jan",
        ]

    def test_by_quarter(self):
        assert self.head(QUARTER_ZOOM, left=date(2026, 1, 1), width=60) == [
            "2026                                                2027",
            "Q1          Q2           Q3            Q4      ▾    Q1",
        ]

    def test_today_stands_out_where_a_name_is(self):
        _, lower = heading(Scale(WEEK_ZOOM, MONDAY, 42), date(2026, 11, 30), "▾")
        assert lower[1] == ("tab", "3")

    @pytest.mark.parametrize("width", [0, 1, 2, 5])
    def test_there_is_nothing_beyond_its_width(self, width):
        for zoom in ZOOMS:
            assert all(len(line) <= width for line in self.head(zoom, width=width))
