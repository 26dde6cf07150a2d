"""The value/effort plane as text."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmtui.domain.changes import Changes
from pmtui.domain.commands import AddItem
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.planning.quadrant import quadrant
from pmtui.ui.draw.glyphs import ASCII, UNICODE
from pmtui.ui.draw.line import cells, plain, width_of
from pmtui.ui.draw.plane import LEFT, SMALLEST, axis_lines, grid_lines, plane, short_number

TODAY = date(2026, 3, 2)
NAMED = {(True, True): "quick win", (True, False): "big bet", (False, True): "fill-in", (False, False): "time sink"}
"""Names by whether the value is high and the effort low."""
SCORES = st.lists(
    st.tuples(st.integers(0, 20).map(lambda n: n / 2), st.integers(1, 20).map(lambda n: n / 2)), min_size=1, max_size=40
)
SIZES = st.tuples(st.integers(SMALLEST[0], 120), st.integers(SMALLEST[1], 50))


def planned(points):
    plan = Plan()
    for number, (value, effort) in enumerate(points):
        command = AddItem(f"i{number}", f"Item {number}", {"value": float(value), "effort": float(effort)})
        changes: Changes = decide(plan, command, TODAY)
        plan = plan.apply(changes)
    return plan


def drawn(points, width=60, height=24, cursor="", marks=(), glyphs=UNICODE):
    plan = planned(points)
    model = plane(plan, "value/effort", list(plan.backlog_items), width, height)
    assert model is not None
    return plan, model, grid_lines(model, plan, cursor=cursor, marks=marks, active=True, glyphs=glyphs)


@settings(max_examples=60, deadline=None)
@given(SCORES, SIZES)
def test_every_dot_stands_in_the_quadrant_that_the_rule_says(points, size):
    plan, model, _ = drawn(points, *size)

    for item_id, (column, row) in model.place.items():
        item = plan.backlog_items[item_id]
        high, cheap = row <= model.cut_row, column <= model.cut_column
        assert column != model.cut_column + 1
        assert row != model.cut_row + 1
        if item.value != 5 and item.effort != 5:
            assert (high, cheap) == (item.value > 5, item.effort < 5)
        assert NAMED[high, cheap] == quadrant(item.value, item.effort, 5, 5)
        assert 0 <= column < model.columns
        assert 0 <= row < model.rows


def test_exactly_at_the_cut_value_is_high_and_effort_low():
    _, model, _ = drawn([(5, 5)])
    column, row = model.place["i0"]

    assert row <= model.cut_row
    assert column <= model.cut_column


@settings(max_examples=60, deadline=None)
@given(SCORES, SIZES, st.integers(0, 39))
def test_lines_are_as_wide_as_the_grid_and_as_many_as_the_height(points, size, cursor):
    _, model, lines = drawn(points, *size, cursor=f"i{cursor}")

    assert len(lines) == size[1]
    assert {width_of(line) for line in lines} == {model.columns}
    axis = axis_lines(model, UNICODE)
    assert all(width_of(line) == LEFT for line in axis)


@settings(max_examples=60, deadline=None)
@given(SCORES, SIZES)
def test_each_cell_shows_its_item_or_their_count(points, size):
    plan, model, lines = drawn(points, *size)

    for (column, row), ids in model.cells.items():
        char = cells(lines[row + 1])[column][1]
        if len(ids) == 1:
            assert char == UNICODE.states[plan.backlog_items[ids[0]].state]
        elif len(ids) < 10:
            assert char == str(len(ids))
        else:
            has_room = column + 1 < model.columns and (column + 1, row) not in model.cells
            shown = "".join(c for _, c in cells(lines[row + 1])[max(0, column - 1) : column + 2])
            assert (str(min(len(ids), 99)) if has_room else "+") in shown


@pytest.mark.parametrize(("count", "shown"), [(9, "9"), (12, "12"), (120, "99")])
def test_a_crowd_shows_its_count_as_far_as_two_digits_go(count, shown):
    _, model, lines = drawn([(8, 3)] * count)
    (((column, row), ids),) = model.cells.items()

    assert len(ids) == count
    assert plain(lines[row + 1])[column : column + 3] == f"{shown:<3}"


def test_a_crowd_without_room_for_two_digits_shows_a_plus():
    near = next(
        effort
        for effort in (3 + step / 20 for step in range(1, 40))
        if len({column for column, _ in drawn([(8, 3), (8, effort)])[1].cells}) == 2
    )
    _, model, lines = drawn([(8, 3)] * 12 + [(8, near)])
    (column, row), (beside, _) = sorted(model.cells)

    assert beside == column + 1
    assert plain(lines[row + 1])[column] == "+"


@settings(max_examples=60, deadline=None)
@given(SCORES, SIZES)
def test_labels_name_the_dot_beside_them_and_stay_in_its_quadrant(points, size):
    plan, model, lines = drawn(points, *size)

    for row in range(model.rows):
        text = plain(lines[row + 1])
        if row == model.cut_row + 1:
            continue
        assert text[model.cut_column + 1] in (UNICODE.vertical, UNICODE.cross)
        for found in re.finditer(r"F-\d+", text):
            beside = {(found.start() - 2, row), (found.end() + 1, row)} & model.cells.keys()
            keys = {plan.backlog_items[id_].key for cell in beside for id_ in model.cells[cell]}
            assert found[0] in keys


@settings(max_examples=60, deadline=None)
@given(SCORES, SIZES, st.integers(0, 39))
def test_the_cursor_is_seen_with_its_key(points, size, cursor):
    item_id = f"i{cursor % len(points)}"
    plan, model, lines = drawn(points, *size, cursor=item_id)

    row = model.place[item_id][1]
    shown = "".join(text for style, text in lines[row + 1] if style == "cursor")
    assert plan.backlog_items[item_id].key in shown


def test_the_cursors_label_stands_on_the_left_where_the_line_is_near():
    _, model, lines = drawn([(8, 5)], cursor="i0")
    row = model.place["i0"][1]

    assert plain(lines[row + 1])[model.cut_column + 1] == UNICODE.vertical
    assert "F-1 ○" in plain(lines[row + 1])


def test_marks_are_seen():
    _, model, lines = drawn([(8, 2), (3, 8)], marks={"i1"})

    assert any(style == "mark" for style, _ in lines[model.place["i1"][1] + 1])
    assert not any(style == "mark" for style, _ in lines[model.place["i0"][1] + 1])


def test_the_names_of_the_quadrants_are_never_hidden():
    every_cell = [(value / 2, effort / 2) for value in range(21) for effort in range(1, 21)]
    _, model, lines = drawn(every_cell, 60, 24)

    assert "QUICK WINS" in plain(lines[0])
    assert "BIG BETS" in plain(lines[0])
    assert "FILL-INS" in plain(lines[model.cut_row + 2])
    assert "TIME SINKS" in plain(lines[model.cut_row + 2])


def test_ascii_means_ascii():
    _, model, lines = drawn([(8, 2), (8, 2), (3, 8)], cursor="i2", glyphs=ASCII)

    assert all(plain(line).isascii() for line in [*lines, *axis_lines(model, ASCII)])


def test_an_empty_plane_says_what_to_do():
    model = plane(Plan(), "value/effort", [], 60, 24)
    assert model is not None
    lines = grid_lines(model, Plan(), cursor="", marks=(), active=True, glyphs=UNICODE)

    assert "K and L" in "".join(plain(line) for line in lines)


@pytest.mark.parametrize("size", [(SMALLEST[0] - 1, 30), (60, SMALLEST[1] - 1), (0, 0)])
def test_there_is_no_plane_without_room(size):
    assert plane(planned([(1, 1)]), "value/effort", ["i0"], *size) is None


def test_items_without_both_scores_are_not_on_it():
    plan = Plan()
    plan = plan.apply(decide(plan, AddItem("i0", "Half", {"value": 3.0}), TODAY))
    model = plane(plan, "value/effort", ["i0"], 60, 24)

    assert model is not None
    assert not model.place


@pytest.mark.parametrize(
    ("value", "shown"),
    [(7.5, "7.5"), (0, "0"), (320, "320"), (9999, "9999"), (12_000, "12k"), (3e6, "3M"), (2.5e9, "2.5G")],
)
def test_short_numbers(value, shown):
    assert short_number(value) == shown
    assert len(shown) <= 4
