"""The outline beside the chart, and what there is to say of a row."""

from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.entities.vision import Objective
from pmtui.planning.wbs import outline_of
from pmtui.ui.draw.glyphs import ASCII, UNICODE
from pmtui.ui.draw.line import plain, width_of
from pmtui.ui.draw.task_detail import detail_columns, task_detail
from pmtui.ui.draw.tasks import TaskLook, short_day, short_work, task_columns, task_header, task_line
from schedules import MONDAY, Work


@pytest.fixture
def work():
    """From Monday 23 November: Talk 4d, Draw 2d in Shape for a card promised until the 27th; Build 5d; Live; Docs."""
    made = Work("Inbox")
    made.others["objective"] = {"O": Objective(id="O", key="O-1", title="Nobody waits")}
    made.card(
        "Approvals",
        promise_end=date(2026, 11, 27),
        confidence=0.8,
        promised_on=MONDAY,
        objective_id="O",
        outcome="An approval takes a minute.",
    )
    made.item("Hand on")
    made.task("Shape", initiative_id="Approvals", item_id="Hand on")
    made.task("Talk", 4, below="Shape", percent_complete=0.5, owner="Ann")
    made.task("Draw", 2, below="Shape")
    made.task("Build", 5)
    made.task("Live", 0)
    made.task("Docs", 1.5)
    made.chain("Talk", "Draw", "Build", "Live")
    made.link("Talk", "Docs", "SS", 1)
    return made


def outline(work, width, today=MONDAY, glyphs=UNICODE, years=False, **more):
    plan = work.plan
    values = {"cursor": "", "active": True, "marks": (), "folded": (), "signs": {}, **more}
    look = TaskLook(task_columns(width, years=years), today=today, glyphs=glyphs, **values)
    lines = [task_header(look.columns), *(task_line(row, plan, work.schedule, look) for row in outline_of(plan))]
    assert all(width_of(line) == width for line in lines)
    return [plain(line).rstrip() for line in lines]


class TestTheOutline:
    def test_all_columns(self, work):
        assert outline(work, 90) == [
            "  wbs      key    task                             who      work   % start  finish slack",
            "           J-1    ▾ Inbox                                    11d  16 23 Nov  7 Dec",
            "  1        T-1      ▾ Shape                                   6d  33 23 Nov 30 Nov    0d !",
            "  1.1      T-2          Talk                       Ann        4d  50 23 Nov 26 Nov    0d !",
            "  1.2      T-3          Draw                                  2d     27 Nov 30 Nov    0d !",
            "  2        T-4        Build                                   5d      1 Dec  7 Dec    0d !",
            "  3        T-5        Live                                     ◆      7 Dec  7 Dec    0d !",
            "  4        T-6        Docs                                  1.5d     24 Nov 25 Nov  8.5d",
        ]

    def test_beside_a_chart(self, work):
        assert outline(work, 46) == [
            "  task                       % start  finish",
            "  ▾ Inbox                   16 23 Nov  7 Dec",
            "    ▾ Shape                 33 23 Nov 30 Nov !",
            "        Talk                50 23 Nov 26 Nov !",
            "        Draw                   27 Nov 30 Nov !",
            "      Build                     1 Dec  7 Dec !",
            "      Live                      7 Dec  7 Dec !",
            "      Docs                     24 Nov 25 Nov",
        ]

    def test_a_project_without_tasks_has_a_start_alone(self):
        assert outline(Work("P"), 90)[1].split() == ["J-1", "P", "23", "Nov"]

    def test_the_years_are_said_where_they_are_others(self, work):
        assert outline(work, 50, today=date(2027, 3, 1), years=True)[3] == (
            "        Talk                 23 Nov 26 26 Nov 26 !"
        )

    @pytest.mark.parametrize("width", [12, 20, 30, 44, 46, 64, 70, 90, 104, 200])
    @pytest.mark.parametrize("years", [True, False])
    def test_every_width_keeps_a_title(self, work, width, years):
        outline(work, width, years=years)
        layout = task_columns(width, years=years)
        assert layout.title >= min(16, width - 3)

    def test_start_and_finish_stay_longest(self):
        assert task_columns(46).shown == ("title", "start", "finish")
        assert task_columns(46, years=False).shown == ("title", "%", "start", "finish")
        assert task_columns(30, years=False).shown == ("title", "finish")
        assert "wbs" in task_columns(104).shown

    def test_signs_of_marks_folding_and_links(self, work):
        found = outline(work, 46, cursor="Draw", marks={"Docs"}, folded={"Shape"}, signs={"Talk": "←", "Build": "→"})
        assert [line[:2] for line in found[3:]] == [" ←", "▌ ", " →", "  ", " ✓"]
        assert found[2].startswith("    ▸ Shape")

    def test_ascii(self, work):
        assert all(line.isascii() for line in outline(work, 104, glyphs=ASCII, cursor="Draw", marks={"Docs"}))

    def test_what_is_late_and_what_is_critical_is_marked(self, work):
        plan = work.plan
        look = TaskLook(task_columns(46), "", True, (), (), {}, date(2026, 12, 1), UNICODE)
        rows = {row.id: row for row in outline_of(plan)}
        assert ("bad", "26 Nov    ") in task_line(rows["Talk"], plan, work.schedule, look)
        assert ("", " 7 Dec    ") in task_line(rows["Build"], plan, work.schedule, look)
        assert task_line(rows["Docs"], plan, work.schedule, look)[-1] == ("bad", " ")

    def test_tasks_in_a_circle_have_question_marks(self, work):
        work.link("Build", "Talk")
        found = outline(work, 46)
        assert found[3] == "        Talk                 ? ?      ?"
        assert "?" not in found[-1]


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0d"), (60, "1h"), (90, "1h30m"), (480, "1d"), (600, "1.3d"), (4799, "10.0d"), (4800, "10d"), (5040, "11d")],
)
def test_work_in_five_cells(minutes, text):
    assert short_work(minutes) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 1), " 1 Mar"),
        (date(2027, 3, 12), "12 Mar 27"),
        (date(1999, 3, 12), "Mar 1999"),
        (date(2199, 12, 31), "Dec 2199"),
    ],
)
def test_days(day, text):
    assert short_day(day, date(2026, 11, 23)) == text


def detail(work, title, *, width=80, height=12, today=MONDAY, glyphs=UNICODE):
    row = next(row for row in outline_of(work.plan) if row.id == title)
    lines = task_detail(work.plan, row, width=width, height=height, today=today, glyphs=glyphs)
    assert len(lines) <= height
    return [plain(line).strip() for line in lines]


class TestTheDetail:
    def test_a_task(self, work):
        assert detail(work, "Draw") == [
            "T-3 Draw",
            "Fri 27 Nov to Mon 30 Nov   2d long   nobody does it yet   not started",
            "! critical: a day lost here is a day lost for the project",
            "! C-1 is promised until 27 Nov 2026; by the plan it is done on 30 Nov 2026, 1",
            "working day late.",
            'starts on 27 Nov 2026 because T-2 "Talk" ends on 26 Nov (FS).',
            "waits for T-2 Talk",
            "then      T-4 Build",
            "for       C-1 Approvals",
            "An approval takes a minute.",
            "why       O-1 Nobody waits",
            "brings    F-1 Hand on",
        ]

    def test_links_of_other_types_are_said(self, work):
        assert "waits for T-2 Talk (SS+1d)" in detail(work, "Docs")

    def test_slack_of_what_is_not_critical(self, work):
        assert "slack" in detail(work, "Docs")[1] + detail(work, "Docs")[2]

    def test_late_is_said_in_words(self, work):
        assert any("! late" in line for line in detail(work, "Talk", today=date(2026, 12, 1)))

    def test_a_milestone_and_what_is_done(self, work):
        assert detail(work, "Live")[1].startswith("milestone on Mon 7 Dec")
        work.tasks["Talk"] = work.tasks["Talk"].__class__(
            id="Talk", key="T-2", project_id="Inbox", parent_id="Shape", title="Talk", percent_complete=1.0
        )
        assert "done" in detail(work, "Talk")[1]
        assert not any("slack" in line or "critical" in line for line in detail(work, "Talk")[:3])

    def test_a_project(self, work):
        work.project("Inbox", goal="Less waiting", manager="Ann")
        assert detail(work, "Inbox")[1] == "Mon 23 Nov to Mon 7 Dec   16 % done   0 of 5 tasks done   4 critical   @Ann"
        assert "goal: Less waiting" in detail(work, "Inbox")

    def test_a_project_without_tasks_says_which_key_adds_one(self):
        assert "no tasks yet: A adds the first one" in detail(Work("P"), "P")[1]

    def test_a_task_in_a_circle_says_why_it_has_no_dates(self, work):
        work.link("Build", "Talk")
        found = " ".join(detail(work, "Talk"))
        assert "? has no dates, because it waits for itself" in found
        assert "Take away one of the links" in found

    def test_beside_each_other_what_is_common_comes_first(self, work):
        row = next(row for row in outline_of(work.plan) if row.id == "Talk")
        facts, reasons = detail_columns(work.plan, row, width=60, height=8, today=MONDAY, glyphs=UNICODE)
        assert plain(facts[0]).strip() == "T-2 Talk"
        assert [plain(line).split()[0] for line in reasons] == [
            "!",
            "done",
            "for",
            "An",
            "why",
            "brings",
            "then",
            "then",
        ]

    @pytest.mark.parametrize("width", [1, 8, 20, 44, 80, 200])
    @pytest.mark.parametrize("height", [1, 3, 20])
    def test_every_size(self, work, width, height):
        for title in ("Inbox", "Shape", "Talk", "Live"):
            detail(work, title, width=width, height=height)

    def test_tasks_that_are_parts_of_each_other_end_it(self, work):
        work.tasks["Docs"] = work.tasks["Docs"].__class__(
            id="Docs", key="T-6", project_id="Inbox", title="Docs", parent_id="Knot"
        )
        work.task("Knot", below="Docs")
        assert "T-6 Docs" in detail(work, "Docs")[0]
