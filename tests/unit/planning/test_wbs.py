from dataclasses import replace

import pytest

from pmtui.domain.plan import Plan
from pmtui.planning.wbs import WbsRow, codes, outline_of
from schedules import Work


@pytest.fixture
def work():
    work = Work("P", "Q")
    work.task("A")
    work.task("B")
    work.task("B1", 1, "B")
    work.task("B2", 1, "B")
    work.task("B21", 1, "B2")
    work.task("C")
    work.task("Z", project_id="Q")
    return work


def lines(rows):
    return [f"{'  ' * row.depth}{row.code or '-'} {row.id}" for row in rows]


def test_projects_and_their_tasks_with_codes(work):
    assert lines(outline_of(work.plan)) == [
        "- P",
        "  1 A",
        "  2 B",
        "    2.1 B1",
        "    2.2 B2",
        "      2.2.1 B21",
        "  3 C",
        "- Q",
        "  1 Z",
    ]
    assert outline_of(work.plan)[2] == WbsRow("task", "B", 1, "2", has_parts=True)
    assert codes(work.plan)["B21"] == "2.2.1"


def test_an_empty_plan_has_no_lines_and_an_empty_project_one():
    assert outline_of(Plan()) == []
    assert outline_of(Work().plan) == [WbsRow("project", "P", 0, "", has_parts=False)]


def test_positions_decide_and_keys_where_they_are_equal(work):
    for title, position in {"C": 0.5, "A": 7.0, "B": 7.0}.items():
        work.tasks[title] = replace(work.tasks[title], position=position)
    assert [row.id for row in outline_of(work.plan) if row.depth == 1] == ["C", "A", "B", "Z"]


def test_what_is_folded_is_left_out_and_codes_stay(work):
    assert lines(outline_of(work.plan, frozenset({"B", "Q"}))) == ["- P", "  1 A", "  2 B", "  3 C", "- Q"]
    assert lines(outline_of(work.plan, frozenset({"B2"})))[3:6] == ["    2.1 B1", "    2.2 B2", "  3 C"]
    assert lines(outline_of(work.plan, frozenset({"P"}))) == ["- P", "- Q", "  1 Z"]


def test_wanted_rows_keep_their_place_below_what_is_above_them(work):
    assert lines(outline_of(work.plan, wanted={"B21", "C"})) == [
        "- P",
        "  2 B",
        "    2.2 B2",
        "      2.2.1 B21",
        "  3 C",
    ]
    assert lines(outline_of(work.plan, wanted=["Q"])) == ["- Q"]
    assert outline_of(work.plan, wanted=()) == []
    assert lines(outline_of(work.plan, frozenset({"B"}), {"B21"})) == ["- P", "  2 B"]


def test_the_archive_takes_no_part_and_no_number(work):
    work.tasks["A"] = replace(work.tasks["A"], archived=True)
    work.tasks["B21"] = replace(work.tasks["B21"], archived=True)
    work.projects["Q"] = replace(work.projects["Q"], archived=True)
    rows = outline_of(work.plan)
    assert lines(rows) == ["- P", "  1 B", "    1.1 B1", "    1.2 B2", "  2 C"]
    assert not next(row for row in rows if row.id == "B2").has_parts


def test_a_circle_of_parents_in_a_damaged_file_hides_nothing(work):
    work.tasks["B"] = replace(work.tasks["B"], parent_id="B2")
    rows = outline_of(work.plan)
    assert {row.id for row in rows} == {*work.tasks, *work.projects}
    assert codes(work.plan)["B2"] == ""


def test_the_answer_belongs_to_the_caller(work):
    plan = work.plan
    outline_of(plan).clear()
    assert len(outline_of(plan)) == 9


def test_a_chain_of_3000_needs_no_recursion():
    work = Work()
    above = None
    for number in range(3000):
        above = work.task(f"T{number}", 1, above)
    rows = outline_of(work.plan)
    assert (len(rows), rows[-1].depth) == (3001, 3000)
    assert work.days("T0") == (0, 1)


def test_a_task_that_is_moved_has_another_place_at_once():
    from datetime import date

    from pmtui.domain.commands import AddProject, AddTask, MoveTasks
    from pmtui.domain.plan import Plan
    from pmtui.domain.rules import decide

    plan, today = Plan(), date(2026, 3, 2)
    for command in (AddProject("p", "P"), AddTask("a", "A", "p"), AddTask("b", "B", "p")):
        plan = plan.apply(decide(plan, command, today))
    assert [row.id for row in outline_of(plan)] == ["p", "a", "b"]
    plan = plan.apply(decide(plan, MoveTasks(("a",), 1), today))
    assert [row.id for row in outline_of(plan)] == ["p", "b", "a"]
