"""Rows of the list, lines of the detail pane, and the order in which items are shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmtui.domain.clock import fixed_clock
from pmtui.domain.demo import SEED, demo_commands
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.planning.scoring import METHODS
from pmtui.ui.draw.arrangement import SORTS, Choices, arrange
from pmtui.ui.draw.detail import detail_lines, wrap
from pmtui.ui.draw.glyphs import ASCII, UNICODE
from pmtui.ui.draw.line import fit, plain, width_of
from pmtui.ui.draw.ranking import COLUMN_SETS, Look, columns, header_line, row_line, two_digits

TODAY = date(2026, 3, 2)
METHOD_IDS = [method.id for method in METHODS]


@pytest.fixture(scope="module")
def demo():
    plan = Plan()
    for command in demo_commands(fixed_clock(TODAY, SEED)):
        plan = plan.apply(decide(plan, command, TODAY))
    return plan


def rows(plan, width, choices=None, cursor="", marks=frozenset(), glyphs=UNICODE, shown="scores"):
    choices = choices or Choices()
    found = arrange(plan, choices)
    look = Look(columns(width, choices.method, shown), cursor, active=True, marks=marks, glyphs=glyphs)
    return found, [row_line(row, plan, found, look) for row in found.rows]


@pytest.mark.parametrize("method", METHOD_IDS)
@pytest.mark.parametrize("width", [30, 38, 44, 60, 66, 80, 110, 150, 200])
@pytest.mark.parametrize("shown", COLUMN_SETS)
def test_every_row_and_the_titles_are_as_wide_as_the_list(demo, method, width, shown):
    choices = Choices(view="all", base="", method=method)
    _, lines = rows(demo, width, choices, shown=shown)

    assert {width_of(line) for line in lines} == {width}
    assert width_of(header_line(columns(width, method, shown))) == width


@pytest.mark.parametrize("method", METHOD_IDS)
def test_numbers_stand_below_their_titles(demo, method):
    titles = plain(header_line(columns(150, method)))
    found, lines = rows(demo, 150, Choices(method=method))
    end = titles.index("score") + len("score")

    for row, line in zip(found.rows, lines, strict=True):
        if row.rank:
            assert plain(line)[end - 1].isdigit()
            assert plain(line)[end - 6 : end].strip() == two_digits(found.ranked[row.id].score.value)


def test_a_row_says_rank_key_title_and_score(demo):
    _, lines = rows(demo, 80)

    assert plain(lines[1]).split()[:4] == ["2", "F-9", "Approval", "inbox"]
    assert "4.00" in plain(lines[1])


def test_the_cursor_and_marks_are_signs_not_only_colours(demo):
    found = arrange(demo, Choices())
    first, second = found.ids[:2]
    _, lines = rows(demo, 80, cursor=first, marks=frozenset((first, second)))

    assert plain(lines[0]).startswith(UNICODE.cursor + UNICODE.mark)
    assert plain(lines[1]).startswith(" " + UNICODE.mark)
    assert plain(lines[2]).startswith("  ")


def test_ascii_means_ascii(demo):
    found = arrange(demo, Choices())
    for choices in (Choices(), Choices(sort="outline", view="all", base="")):
        _, lines = rows(demo, 150, choices, cursor=found.ids[0], marks=frozenset(found.ids), glyphs=ASCII)
        assert all(plain(line).isascii() for line in lines)


class TestOrder:
    def test_unscored_items_wait_below_a_rule(self, demo):
        found = arrange(demo, Choices())
        rule = next(index for index, row in enumerate(found.rows) if not row.id)

        assert found.rows[rule].title == "unscored"
        assert all(row.rank for row in found.rows[:rule])
        assert not any(row.rank for row in found.rows[rule + 1 :])
        assert (found.scored, found.unscored) == (42, 10)

    @pytest.mark.parametrize("sort", SORTS)
    @pytest.mark.parametrize("method", METHOD_IDS)
    def test_every_order_shows_the_same_items_once(self, demo, sort, method):
        found = arrange(demo, Choices(sort=sort, method=method))

        assert len(found.ids) == len(set(found.ids)) == 52
        assert {row.id: index for index, row in enumerate(found.rows) if row.id} == found.index

    def test_orders(self, demo):
        def order(sort):
            return [demo.backlog_items[id_] for id_ in arrange(demo, Choices(sort=sort)).ids]

        assert [item.key for item in order("key")[:2]] == ["F-1", "F-3"]
        assert [item.key for item in order("newest")[:2]] == ["F-60", "F-59"]
        assert [item.title for item in order("title")] == sorted((i.title for i in order("title")), key=str.casefold)
        assert order("priority")[0].priority == "critical"
        assert order("state")[0].state == "idea"

    def test_a_filter_that_is_wrong_says_so(self, demo):
        assert "flying" in arrange(demo, Choices(filter="state:flying")).problem


class TestDetail:
    def text(self, plan, title, width=60, height=20, method="value/effort", glyphs=UNICODE):
        item = next(item for item in plan.backlog_items.values() if item.title == title)
        lines = detail_lines(plan, item.id, method, width=width, height=height, glyphs=glyphs)
        assert len(lines) <= height
        assert all(width_of(line) <= width for line in lines)
        return "\n".join(plain(line).rstrip() for line in lines)

    def test_everything_there_is_to_say(self, demo):
        text = self.text(demo, "Approval inbox", 80)

        for words in (
            "F-9 Approval inbox",
            "◇ candidate  !high  @Dora  #desk  #mobile",
            "score 4.00  quick win   value 8  effort 2",
            "why: O-3 From a visit",
            "part of: F-8",
            "needs: F-13",
            "from tracker:FN-118",
            "one window at a time",
        ):
            assert words in text

    def test_what_is_missing_is_named(self, demo):
        assert "effort" in self.text(demo, "Import from an issue tracker").split("no score:")[1]

    def test_a_reason_is_told(self, demo):
        assert "because: Three teams asked" in self.text(demo, "Slides from a visit")

    @pytest.mark.parametrize("width", [0, 5, 8, 20, 44, 100])
    @pytest.mark.parametrize("height", [0, 1, 3, 7, 30])
    @pytest.mark.parametrize("method", METHOD_IDS)
    def test_it_never_leaves_its_place(self, demo, width, height, method):
        for item_id in demo.backlog_items:
            lines = detail_lines(demo, item_id, method, width=width, height=height, glyphs=UNICODE)
            assert len(lines) <= height
            assert all(width_of(line) <= max(width, 1) for line in lines)

    def test_nothing_for_nothing(self, demo):
        assert detail_lines(demo, "no such id", "RICE", width=40, height=10, glyphs=UNICODE) == []


@settings(deadline=None)
@given(st.text("ab 漢é👍", max_size=80), st.integers(3, 30), st.integers(0, 6))
def test_wrapped_text_fits_and_says_where_it_was_cut(text, width, limit):
    lines = wrap(text, width, limit)

    assert len(lines) <= limit
    assert all(fit(line, width).rstrip() == line.rstrip() for line in lines if line)
    if "".join(lines).replace(" ", "") != text.replace(" ", "") and limit > 0 and lines:
        assert "…" in lines[-1]


@pytest.mark.parametrize(
    ("value", "shown"), [(4, "4.00"), (1.005, "1.01"), (12.55, "12.6"), (320.4, "320"), (5200, "5200"), (12_000, "12k")]
)
def test_scores_in_two_digits(value, shown):
    assert two_digits(value) == shown
