from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import (
    AddKeyResult,
    AddObjective,
    AddProduct,
    Archive,
    EditFields,
    FieldEdit,
    NudgeKeyResult,
)


@pytest.fixture
def goal(desk) -> str:
    return desk.objective("Less waiting")


def result(desk, goal: str, title: str = "Teams", /, **fields) -> str:
    new = desk.clock.new_id()
    desk.do(AddKeyResult(new, title, goal, fields))
    return new


class TestAdding:
    def test_a_product_takes_further_fields(self, desk):
        desk.do(AddProduct("p", " Fieldnote ", " Less paper ", {"stage": "growth", "category": "app"}))
        product = desk.plan.products["p"]
        assert (product.key, product.name, product.vision) == ("P-1", "Fieldnote", "Less paper")
        assert (product.stage, product.category) == ("growth", "app")
        assert desk.last.label == 'added P-1 "Fieldnote"'

    def test_an_objective_takes_further_fields_and_the_only_product(self, desk):
        product = desk.product()
        goal = desk.objective("Less waiting", fields={"ambition": "committed", "period": "2027 Q1"})
        found = desk.plan.objectives[goal]
        assert (found.product_id, found.ambition, found.period) == (product, "committed", "2027 Q1")

    def test_with_two_products_an_objective_belongs_to_the_one_that_is_said(self, desk):
        first = desk.product()
        desk.product("Another")
        goals = [desk.objective(), desk.objective(product_id=first), desk.objective(fields={"product_id": first})]
        assert [desk.plan.objectives[goal].product_id for goal in goals] == [None, first, first]

    def test_a_key_result_belongs_to_its_objective(self, desk, goal):
        one = result(desk, goal, start=12, target=25.0, unit="teams")
        found = desk.plan.key_results[one]
        assert (found.key, found.objective_id, found.start, found.current) == ("K-1", goal, 12.0, None)
        assert type(found.start) is float
        assert desk.last.label == 'added K-1 "Teams" to O-1'

    def test_a_key_result_of_nothing_is_refused(self, desk):
        assert "objective is no longer in the plan" in desk.refused(AddKeyResult("k", "Teams", "gone"))

    @pytest.mark.parametrize("field", ["id", "key", "archived", "colour"])
    def test_fields_that_nobody_sets_this_way(self, desk, goal, field):
        assert desk.refused(AddProduct("a", "A", "", {field: "x"})) == f'A product has no field "{field}".'
        assert desk.refused(AddObjective("a", "A", fields={field: "x"})) == f'An objective has no field "{field}".'
        assert desk.refused(AddKeyResult("a", "A", goal, {field: "x"})) == f'A key result has no field "{field}".'

    def test_what_the_command_says_itself_is_no_further_field(self, desk, goal):
        assert 'no field "name"' in desk.refused(AddProduct("a", "A", "", {"name": "B"}))
        assert 'no field "title"' in desk.refused(AddObjective("a", "A", fields={"title": "B"}))
        assert 'no field "objective_id"' in desk.refused(AddKeyResult("a", "A", goal, {"objective_id": goal}))

    def test_values_are_checked(self, desk, goal):
        assert "is no lifecycle stage" in desk.refused(AddProduct("a", "A", "", {"stage": "young"}))
        assert "is no ambition" in desk.refused(AddObjective("a", "A", fields={"ambition": "wild"}))
        assert "outside" in desk.refused(AddKeyResult("a", "A", goal, {"target": 1e13}))
        assert "is a number" in desk.refused(AddKeyResult("a", "A", goal, {"target": float("nan")}))
        assert "title is empty" in desk.refused(AddKeyResult("a", " ", goal))

    def test_targets_in_the_archive_are_refused(self, desk, goal):
        product = desk.product("Old")
        desk.do(Archive("product", (product,)))
        desk.do(Archive("objective", (goal,)))
        assert '"Old" is in the archive' in desk.refused(AddObjective("a", "A", product))
        assert '"Old" is in the archive' in desk.refused(AddObjective("a", "A", fields={"product_id": product}))
        assert '"Less waiting" is in the archive' in desk.refused(AddKeyResult("a", "A", goal))

    def test_due_day_and_notes(self, desk):
        desk.do(AddObjective("o", "A", due_on=date(2027, 3, 31), notes=" a\r\nb "))
        found = desk.plan.objectives["o"]
        assert (found.due_on, found.notes) == (date(2027, 3, 31), "a\nb")


class TestNudging:
    @pytest.mark.parametrize(
        ("start", "current", "target", "steps", "after"),
        [
            (0, 0, 100, 1, 5.0),
            (0, 70, 100, -2, 60.0),
            (0, None, 100, 1, 5.0),
            (20, None, 10, 1, 19.5),
            (50, 30, 10, 2, 26.0),
            (0, 98, 100, 1, 103.0),
            (0, 0, 100, -1, -5.0),
            (0.0, 0.1, 2.0, 2, 0.3),
            (0.0, 0.2, 2.0, 1, 0.3),
            (0.0, 0.7, 2.0, 1, 0.8),
            (1.1, 1.1, 1.3, 1, 1.11),
            (12, 12, 25, 1, 12.65),
            (-1e12, 0, 1e12, 1, 1e11),
        ],
    )
    def test_a_step_is_a_twentieth_of_the_way(self, desk, goal, start, current, target, steps, after):
        one = result(desk, goal, start=start, current=current, target=target)
        desk.do(NudgeKeyResult((one,), steps))
        assert desk.plan.key_results[one].current == after

    def test_twenty_steps_lead_exactly_to_the_target(self, desk, goal):
        one = result(desk, goal, start=0.1, target=0.7)
        for _ in range(20):
            desk.do(NudgeKeyResult((one,), 1))
        assert desk.plan.key_results[one].current == 0.7
        desk.do(NudgeKeyResult((one,), -20))
        assert desk.plan.key_results[one].current == 0.1

    def test_several_are_one_step_and_the_same_twice_counts_once(self, desk, goal):
        one, two = result(desk, goal, start=0, target=20), result(desk, goal, start=20, target=0)
        changes = desk.do(NudgeKeyResult((one, two, one), 1))
        assert len(changes.rows) == 2
        assert [desk.plan.key_results[id_].current for id_ in (one, two)] == [1.0, 19.0]
        assert changes.label == "2 key results: +1 step"

    def test_the_history_says_from_where_to_where(self, desk, goal):
        one = result(desk, goal, start=0, current=1.5, target=10)
        assert desk.do(NudgeKeyResult((one,), 2)).label == "K-1: current 1.5 to 2.5"

    @pytest.mark.parametrize(
        ("fields", "lacking"),
        [({}, "start and target"), ({"start": 1}, "target"), ({"target": 1, "current": 1}, "start")],
    )
    def test_without_start_or_target_there_are_no_steps(self, desk, goal, fields, lacking):
        one = result(desk, goal, **fields)
        sentence = desk.refused(NudgeKeyResult((one,), 1))
        assert sentence == f'K-1 "Teams" has no {lacking} yet, so there are no steps. Type it, then nudge.'

    def test_where_start_and_target_are_the_same_there_are_no_steps(self, desk, goal):
        one = result(desk, goal, start=99.5, target=99.5)
        assert 'K-1 "Teams" starts at its target, 99.5,' in desk.refused(NudgeKeyResult((one,), 1))

    def test_one_that_cannot_be_nudged_stops_all(self, desk, goal):
        good, bad = result(desk, goal, start=0, target=1), result(desk, goal, "No numbers")
        assert '"No numbers" has no start' in desk.refused(NudgeKeyResult((good, bad), 1))

    def test_the_scale_has_an_end(self, desk, goal):
        one = result(desk, goal, start=0, current=1e12, target=1e12)
        assert "outside" in desk.refused(NudgeKeyResult((one,), 1))

    def test_current_can_be_typed_too(self, desk, goal):
        one = result(desk, goal)
        desk.do(EditFields((FieldEdit("key_result", one, "current", None, 4),)))
        assert desk.plan.key_results[one].current == 4.0
        assert desk.last.label == "K-1: current empty to 4"
