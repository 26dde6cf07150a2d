from __future__ import annotations

from itertools import product

import pytest

from pmtui.domain.entities.backlog import BacklogItem
from pmtui.planning.quadrant import QUADRANTS, axes, quadrant_of, round_above
from pmtui.planning.scoring import METHODS


def rice_item(name: str, reach: float, months: float) -> BacklogItem:
    return BacklogItem(id=name, title=name, reach=reach, impact=1.0, confidence=1.0, person_months=months)


@pytest.mark.parametrize(
    ("effort", "value", "name"),
    [
        (5, 5, "quick win"),
        (5.5, 5, "big bet"),
        (5, 4.5, "fill-in"),
        (5.5, 4.5, "time sink"),
        (0, 10, "quick win"),
        (10, 10, "big bet"),
        (0, 0, "fill-in"),
        (10, 0, "time sink"),
    ],
)
def test_value_at_the_cut_is_high_and_effort_at_the_cut_is_low(effort, value, name):
    assert quadrant_of(axes("value/effort"), effort, value) == name


def test_every_point_of_the_scale_is_in_one_quadrant():
    scale = axes("value/effort")
    names = {quadrant_of(scale, x / 2, y / 2) for x, y in product(range(21), range(21))}
    assert names == set(QUADRANTS)


@pytest.mark.parametrize(("x", "y"), [(None, 5.0), (5.0, None), (None, None)])
def test_what_is_not_scored_is_in_none(x, y):
    assert quadrant_of(axes("value/effort"), x, y) is None


def test_the_scales_of_points_are_fixed():
    crowd = [BacklogItem(id="a", title="A", value=9.0, effort=9.0)]
    assert axes("value/effort", crowd) == axes("value/effort")
    scale = axes("value/effort")
    assert (scale.x_low, scale.x_cut, scale.x_high) == (0, 5, 10)
    scale = axes("WSJF")
    assert (scale.x_low, scale.x_cut, scale.x_high) == (1, 10.5, 20)
    assert (scale.y_low, scale.y_cut, scale.y_high) == (3, 31.5, 60)


def test_rice_ends_at_a_round_number_that_holds_every_item():
    scale = axes("RICE", [rice_item("a", 730, 3), rice_item("b", 90, 12)])
    assert (scale.x_high, scale.x_cut) == (20, 10)
    assert (scale.y_high, scale.y_cut) == (1000, 500)


def test_rice_without_scored_items_has_a_scale_too():
    scale = axes("RICE", [BacklogItem(id="a", title="A", reach=1e9)])
    assert 0 < scale.x_cut < scale.x_high
    assert 0 < scale.y_cut < scale.y_high == 10


@pytest.mark.parametrize("method", [method.id for method in METHODS])
def test_a_cut_lies_between_the_ends(method):
    scale = axes(method)
    assert scale.x_low < scale.x_cut < scale.x_high
    assert scale.y_low < scale.y_cut < scale.y_high


@pytest.mark.parametrize(
    ("value", "rounded"), [(0, 2), (2, 2), (2.1, 5), (10, 10), (11, 20), (999.9, 1000), (1000, 1000), (3e9, 5e9)]
)
def test_round_above(value, rounded):
    assert round_above(value, least=2) == rounded
