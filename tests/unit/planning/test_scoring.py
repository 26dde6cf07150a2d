from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.entities.backlog import BacklogItem
from pmtui.planning.scoring import METHODS, coordinates, inputs, method_of, rank, rice, score, value_effort


def test_the_divisor_is_the_last_input():
    assert inputs("value/effort") == ("value", "effort")
    assert inputs("RICE") == ("reach", "impact", "confidence", "person_months")
    assert inputs("WSJF") == ("business_value", "time_criticality", "risk_reduction", "job_size")


def test_every_method_names_fields_of_an_item():
    item = BacklogItem(id="a", title="Thing")
    for method in METHODS:
        assert all(getattr(item, name) is None for name in inputs(method.id))
        assert method_of(method.id) is method


def test_an_unknown_method_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        score("guess", BacklogItem(id="a", title="Thing"))


@pytest.mark.parametrize(
    ("fields", "missing", "reason"),
    [
        ({}, ("value", "effort"), "no value or effort yet"),
        ({"value": 6.0}, ("effort",), "no effort yet"),
        ({"effort": 6.0}, ("value",), "no value yet"),
        ({"value": 6.0, "effort": 0.0}, (), "effort 0 has no ratio"),
    ],
)
def test_without_a_score_there_is_a_reason_and_no_place_on_the_plane(fields, missing, reason):
    item = BacklogItem(id="a", title="Thing", **fields)
    found = score("value/effort", item)
    assert found == (None, missing, reason)
    assert coordinates("value/effort", item) is None


def test_three_missing_inputs_are_named_as_people_name_them():
    assert (
        score("RICE", BacklogItem(id="a", title="T", reach=5.0)).reason == "no impact, confidence or person-months yet"
    )


def test_value_0_is_a_score_and_not_a_missing_one():
    item = BacklogItem(id="a", title="Thing", value=0.0, effort=4.0)
    assert score("value/effort", item) == (0.0, (), "")
    assert coordinates("value/effort", item) == (4.0, 0.0)


def test_coordinates_are_cost_to_the_right_and_worth_upward():
    item = BacklogItem(
        id="a",
        title="Thing",
        reach=400.0,
        impact=2.0,
        confidence=0.5,
        person_months=4.0,
        business_value=8.0,
        time_criticality=3.0,
        risk_reduction=1.0,
        job_size=2.0,
    )
    assert coordinates("RICE", item) == (4.0, 400.0)
    assert score("RICE", item).value == 100.0
    assert coordinates("WSJF", item) == (2.0, 12.0)
    assert score("WSJF", item).value == 6.0


@pytest.mark.parametrize("bad", [0.0, -1.0, float("nan")])
def test_a_divisor_that_is_not_above_0_gives_no_score(bad):
    assert value_effort(8.0, bad) is None
    assert rice(100, 1, 1, bad) is None


def test_a_quotient_that_no_float_holds_is_no_score():
    assert value_effort(1e308, 1e-308) is None


def test_best_first_and_the_unscored_behind(desk):
    low = desk.item(value=2.0, effort=4.0)
    none = desk.item()
    high = desk.item(value=8.0, effort=2.0)
    assert [entry.id for entry in rank(desk.plan, "value/effort", [low, none, high])] == [high, low, none]


def test_a_score_of_0_stands_before_no_score(desk):
    none, worthless = desk.item(value=9.0), desk.item(value=0.0, effort=9.0)
    assert [entry.id for entry in rank(desk.plan, "value/effort", [none, worthless])] == [worthless, none]


def test_equal_scores_go_by_cost_then_age_then_id(desk):
    dear = desk.item(value=8.0, effort=4.0)
    young = desk.item(value=4.0, effort=2.0, created_on=date(2026, 2, 2))
    old = desk.item(value=4.0, effort=2.0, created_on=date(2026, 2, 1))
    twin = desk.item(value=4.0, effort=2.0, created_on=date(2026, 2, 1))
    ageless = desk.item(value=4.0, effort=2.0, created_on=None)
    order = [entry.id for entry in rank(desk.plan, "value/effort", [ageless, twin, dear, young, old])]
    assert order == [*sorted((old, twin)), young, ageless, dear]


def test_scores_that_differ_only_by_float_noise_are_a_tie(desk):
    assert 3 * 0.1 != 1 * 0.3
    noisy = desk.item(reach=3.0, impact=1.0, confidence=0.1, person_months=1.0, created_on=date(2026, 1, 1))
    plain = desk.item(reach=1.0, impact=1.0, confidence=0.3, person_months=1.0, created_on=date(2025, 1, 1))
    assert [entry.id for entry in rank(desk.plan, "RICE", [noisy, plain])] == [plain, noisy]


def test_the_tray_goes_by_missing_inputs_then_priority_then_key(desk):
    nothing = desk.item()
    urgent = desk.item(priority="critical")
    half = desk.item(value=5.0)
    free = desk.item(value=5.0, effort=0.0)
    ninth_to_eleventh = [desk.item() for _ in range(7)]
    order = [entry.id for entry in rank(desk.plan, "value/effort", list(desk.plan.backlog_items))]
    assert order == [free, half, urgent, nothing, *ninth_to_eleventh]
    assert desk[ninth_to_eleventh[-1]].key == "F-11"


def test_the_order_does_not_depend_on_the_order_asked_for(desk):
    ids = [desk.item(value=float(i % 3), effort=float(i % 4)) for i in range(30)]
    expected = rank(desk.plan, "value/effort", ids)
    assert rank(desk.plan, "value/effort", ids[::-1]) == expected
    assert rank(desk.plan, "value/effort", ids[1::2] + ids[::2]) == expected


def test_ids_that_are_gone_are_left_out(desk):
    one = desk.item(value=1.0, effort=1.0)
    assert [entry.id for entry in rank(desk.plan, "value/effort", ["gone", one])] == [one]


def test_an_edit_is_seen_by_the_new_plan_and_not_by_the_old_one(desk):
    from pmtui.domain.commands import NudgeScore

    one, two = desk.item(value=4.0, effort=2.0), desk.item(value=5.0, effort=2.0)
    before = desk.plan
    rank(before, "value/effort", [one, two])
    desk.do(NudgeScore((one,), "value", 3))
    assert rank(desk.plan, "value/effort", [one, two])[0] == (one, (3.5, (), ""))
    assert rank(before, "value/effort", [one, two])[0].id == two
