from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.domain.commands import (
    AddInitiative,
    AddKeyResult,
    AddProject,
    AddTask,
    Archive,
    EditFields,
    FieldEdit,
    SetState,
)
from pmtui.domain.entities.vision import MEASURE, KeyResult
from pmtui.planning.okr import Grade, Work, band, grade_of, objective_grade, objective_of, progress, work_for

GOLDENS = Path(__file__).parents[2] / "goldens" / "okr.json"


def cases() -> list[object]:
    read = json.loads(GOLDENS.read_text(encoding="utf-8"))
    assert len(read["cases"]) == read["count"]
    return [pytest.param(case, id=case["id"]) for case in read["cases"]]


@pytest.mark.parametrize("case", cases())
def test_published_cases(case):
    given, expected, within = case["inputs"], case["expected"], case["tolerance"]["abs"]
    if "progress" in expected:
        assert progress(given["start"], given["current"], given["target"]) == pytest.approx(
            expected["progress"], abs=within
        )
    elif "objective" in expected:
        results = [
            KeyResult(id=str(n), title="K", objective_id="o", start=0.0, current=share, target=1.0)
            for n, share in enumerate(given["key_results"])
        ]
        assert grade_of(results).value == pytest.approx(expected["objective"], abs=within)
    else:
        colour = "green" if expected["colour"].startswith("undefined") else expected["colour"]
        assert band(given["score"]) == colour


class TestProgress:
    @pytest.mark.parametrize(
        ("start", "current", "target", "share"),
        [
            (50, 30, 10, 0.5),
            (50, 60, 10, 0.0),
            (50, 5, 10, 1.0),
            (-10, 0, 10, 0.5),
            (0, -3, 10, 0.0),
            (0, 13, 10, 1.0),
        ],
    )
    def test_falling_targets_are_as_good_as_rising_ones(self, start, current, target, share):
        assert progress(start, current, target) == share

    @pytest.mark.parametrize(("current", "share"), [(99.5, 1.0), (99.9, 1.0), (99.4, 0.0)])
    def test_a_target_at_the_start_is_reached_or_not(self, current, share):
        assert progress(99.5, current, 99.5) == share

    @pytest.mark.parametrize("numbers", [(None, 1, 2), (1, None, 2), (1, 2, None), (None, None, None)])
    def test_what_is_missing_has_no_grade(self, numbers):
        assert progress(*numbers) is None

    @given(*[st.floats(-MEASURE, MEASURE)] * 3)
    def test_it_is_always_a_share(self, start, current, target):
        assert 0 <= progress(start, current, target) <= 1

    @given(*[st.integers(-1000, 1000)] * 3)
    def test_both_directions_measure_alike(self, start, current, target):
        if start != target:
            assert progress(start, current, target) == progress(-start, -current, -target)


class TestBands:
    @pytest.mark.parametrize(
        ("value", "colour"),
        [
            (0.0, "red"),
            (0.34999, "red"),
            (0.35, "yellow"),
            (0.64999, "yellow"),
            (0.65, "green"),
            (1.0, "green"),
            ((0.9 + 0.6 + 0.45) / 3, "green"),
            (0.1 + 0.25, "yellow"),
        ],
    )
    def test_between_the_published_bands_halves_go_up(self, value, colour):
        assert band(value) == colour

    @pytest.mark.parametrize(
        ("value", "colour"),
        [(1.0, "green"), (0.95, "green"), (0.94, "yellow"), (0.7, "yellow"), (0.65, "yellow"), (0.64, "red")],
    )
    def test_a_committed_objective_is_green_at_one_alone(self, value, colour):
        assert band(value, "committed") == colour


def result(desk, goal: str, *numbers: float | None) -> str:
    new = desk.clock.new_id()
    names = ("start", "current", "target")
    desk.do(AddKeyResult(new, "Teams", goal, dict(zip(names, numbers, strict=False))))
    return new


class TestObjectives:
    def test_the_grade_is_the_mean_of_its_key_results(self, desk):
        goal = desk.objective()
        for current in (9, 6, 3):
            result(desk, goal, 0, current, 10)
        assert objective_grade(desk.plan, goal) == Grade(pytest.approx(0.6), "yellow", "", 3, 3)

    def test_what_cannot_be_graded_is_left_out_and_said(self, desk):
        goal = desk.objective()
        result(desk, goal, 0, 9, 10)
        result(desk, goal, 0, 6)
        result(desk, goal)
        grade = objective_grade(desk.plan, goal)
        assert grade[:2] == (0.9, "green")
        assert grade.reason == "1 of 3 graded: K-2 has no target value, and 1 more"
        assert (grade.results, grade.of) == (1, 3)

    def test_none_is_graded(self, desk):
        goal = desk.objective()
        result(desk, goal)
        assert objective_grade(desk.plan, goal) == Grade(
            None, "", "0 of 1 graded: K-1 has no start, current and target values", 0, 1
        )

    def test_no_key_result(self, desk):
        assert objective_grade(desk.plan, desk.objective()) == Grade(None, "", "no key result yet", 0, 0)

    def test_archived_key_results_do_not_count(self, desk):
        goal = desk.objective()
        result(desk, goal, 0, 9, 10)
        desk.do(Archive("key_result", (result(desk, goal, 0, 1, 10),)))
        assert objective_grade(desk.plan, goal).value == 0.9

    def test_its_ambition_decides_the_colour(self, desk):
        goal = desk.objective(fields={"ambition": "committed"})
        result(desk, goal, 0, 7, 10)
        assert objective_grade(desk.plan, goal).band == "yellow"

    def test_an_edit_is_seen(self, desk):
        goal = desk.objective()
        one = result(desk, goal, 0, 5, 10)
        assert objective_grade(desk.plan, goal).value == 0.5
        desk.do(EditFields((FieldEdit("key_result", one, "current", 5.0, 6.0),)))
        assert objective_grade(desk.plan, goal).value == 0.6


@pytest.fixture
def work(desk):
    """An objective with a card with two items, one of them with tasks; an item of its own; a project with tasks."""
    desk.goal, desk.other = desk.objective("Goal"), desk.objective("Other")
    desk.do(AddInitiative("card", "Card", {"objective_id": desk.goal}))
    desk.inside = desk.item("Inside", initiative_id="card")
    desk.done = desk.item("Done", initiative_id="card", state="launched")
    desk.loose = desk.item("Loose", objective_id=desk.goal)
    desk.do(AddProject("project", "Project", {"start_on": date(2026, 11, 23)}))
    return desk


def task(desk, name: str, **fields) -> None:
    desk.do(AddTask(name, name, "project", fields=fields))


class TestWork:
    def test_items_count_in_a_card_and_without_one(self, work):
        assert work_for(work.plan, work.goal) == Work(cards=1, items_open=2, items_done=1)
        assert work_for(work.plan, work.other) == work_for(work.plan, "gone") == Work()

    def test_an_item_that_says_another_objective_counts_there_alone(self, work):
        work.item("Elsewhere", initiative_id="card", objective_id=work.other)
        assert work_for(work.plan, work.goal).items_open == 2
        assert work_for(work.plan, work.other) == Work(items_open=1)

    def test_an_item_serves_what_the_item_above_it_serves(self, work):
        part = work.item("Part", parent_id=work.inside)
        deeper = work.item("Deeper", parent_id=part)
        assert objective_of(work.plan, "backlog_item", deeper) == work.goal
        assert work_for(work.plan, work.goal).items_open == 4

    def test_tasks_count_by_their_item_their_card_and_the_task_above(self, work):
        task(work, "of-card", initiative_id="card")
        task(work, "of-item", item_id=work.loose, percent_complete=1.0)
        task(work, "summary", item_id=work.inside)
        task(work, "part", parent_id="summary")
        task(work, "part-2", parent_id="summary", percent_complete=1.0)
        task(work, "nobody")
        assert work_for(work.plan, work.goal)[3:] == (4, 2)
        assert objective_of(work.plan, "task", "part") == work.goal
        assert objective_of(work.plan, "task", "nobody") is None

    def test_a_half_done_task_is_not_done(self, work):
        task(work, "half", initiative_id="card", percent_complete=0.99)
        assert work_for(work.plan, work.goal)[3:] == (1, 0)

    def test_what_is_archived_or_declined_is_no_work(self, work):
        task(work, "a", item_id=work.loose)
        work.do(SetState((work.inside,), "declined", "no"))
        work.do(Archive("backlog_item", (work.loose,)))
        work.do(Archive("initiative", ("card",)))
        assert work_for(work.plan, work.goal) == Work(items_done=1, tasks=1)
        work.do(Archive("project", ("project",)))
        assert work_for(work.plan, work.goal).tasks == 0

    def test_a_summary_whose_parts_are_archived_is_a_task(self, work):
        task(work, "summary", item_id=work.loose)
        task(work, "part", parent_id="summary")
        work.do(Archive("task", ("part",)))
        assert work_for(work.plan, work.goal).tasks == 1

    def test_each_piece_of_work_counts_for_one_objective(self, work):
        task(work, "of-card", initiative_id="card")
        task(work, "of-other", parent_id="of-card")
        elsewhere = work.item("Elsewhere", objective_id=work.other)
        task(work, "bound", parent_id="of-card", item_id=elsewhere)
        assert work_for(work.plan, work.goal).tasks == 1
        assert work_for(work.plan, work.other).tasks == 1
