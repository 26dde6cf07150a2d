"""Measuring, fitting and comparing lines of styled text."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pmtui.domain.text import clean_line
from pmtui.ui.draw.line import cells, changed_runs, fill, fit, plain, width_of
from pmtui.ui.draw.wrapping import wrap_line

TEXTS = st.one_of(
    st.text(max_size=40).map(clean_line),
    st.lists(
        st.sampled_from(["a", " ", "漢", "é", "e\u0301", "👨‍👩‍👧‍👦", "🇩🇪", "👍🏽", "1️⃣", "ｆ", "ไ", "हि", "א", "…"]),
        max_size=30,
    )
    .map("".join)
    .map(clean_line),
)
LINES = st.lists(st.tuples(st.sampled_from(["", "dim", "cursor"]), TEXTS), max_size=5).map(tuple)
WIDTHS = st.integers(0, 60)


@given(TEXTS, WIDTHS, st.booleans())
def test_fit_is_exactly_as_wide_as_asked(text, width, right):
    assert cell_len(fit(text, width, right=right)) == width


@given(TEXTS, st.integers(0, 40))
def test_fit_keeps_a_text_that_fits(text, more):
    assert fit(text, cell_len(text) + more).startswith(text)
    assert fit(text, cell_len(text) + more, right=True).endswith(text)


def test_fit_says_that_it_cut():
    assert fit("Approval inbox", 9) == "Approval…"
    assert fit("Approval inbox", 9, ellipsis="~") == "Approval~"
    assert fit("漢字漢字", 6) == "漢字 …"
    assert fit("abc", 1) == "…"
    assert fit("abc", 0) == ""


@given(LINES, WIDTHS)
def test_fill_is_exactly_as_wide_as_asked(line, width):
    assert width_of(fill(line, width)) == width


@given(LINES)
def test_cells_are_as_many_as_the_line_is_wide_and_hold_its_text(line):
    found = cells(line)

    assert len(found) == sum(cell_len(text) for _, text in line)
    if plain(line) and cell_len(plain(line)):
        assert "".join(char for _, char in found) == plain(line)


@given(LINES, LINES, WIDTHS)
def test_repainting_the_changed_runs_gives_the_new_line(old, new, width):
    old, new = fill(old, width), fill(new, width)
    before, after = cells(old), cells(new)

    runs = changed_runs(old, new)

    painted = list(before)
    for start, end in runs:
        painted[start:end] = after[start:end]
    assert painted == after
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in itertools.pairwise(runs))
    for start, end in runs:
        assert after[start][1] != ""
        assert end == len(after) or after[end][1] != ""


def test_equal_lines_have_no_changes():
    assert changed_runs((("", "abc"),), (("", "abc"),)) == []


def test_changes_that_stand_close_are_one():
    old, new = (("", "a" + " " * 5 + "b" + " " * 30 + "c"),), (("", "x" + " " * 5 + "y" + " " * 30 + "z"),)

    assert changed_runs(old, new) == [(0, 7), (37, 38)]


@given(LINES, st.integers(2, 60))
def test_wrapped_lines_fit_and_lose_no_word(line, width):
    parts = wrap_line(line, width)

    if cell_len(plain(line)) <= width:
        assert parts == [line]
        return
    # a character of two cells has no half to stand in a place of one
    assert all(width_of(part) <= max(width, 3) for part in parts)
    assert "".join("".join(plain(part).split()) for part in parts) == "".join(plain(line).split())


def test_a_second_line_stands_below_its_column():
    line = (("accent", " a Ins      "), ("", "Add an item beside this one"))

    assert [plain(part) for part in wrap_line(line, 27)] == [
        " a Ins      Add an item",
        "            beside this one",
    ]
