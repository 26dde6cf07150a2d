from dataclasses import replace
from datetime import date, timedelta

import pytest

from pmtui.planning.forecast import Forecast, forecasts, promise_of
from schedules import MONDAY, Work

FRIDAY, NEXT_MONDAY, NEXT_TUESDAY = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)


@pytest.fixture
def work():
    return Work()


def test_a_project_and_a_card_have_the_dates_of_the_work_behind_them(work):
    card = work.card("C")
    work.task("A", 4, percent_complete=1.0)
    work.task("B", 2, initiative_id=card)
    work.link("A", "B")
    assert forecasts(work.plan) == {
        "P": Forecast("project", MONDAY, NEXT_MONDAY, 4 / 6, 2),
        "C": Forecast("initiative", FRIDAY, NEXT_MONDAY, 0.0, 1),
    }


def test_the_work_of_a_card_is_also_that_of_its_items_and_all_that_is_below_and_counts_once(work):
    card = work.card("C")
    item = work.item("F", initiative_id=card)
    work.task("S", 1, item_id=item, initiative_id=card)
    work.task("T", 1, "S")
    work.task("A", 1, "T", initiative_id=card, percent_complete=1.0)
    work.task("B", 3, "T", item_id=item)
    work.task("other", 9)
    assert forecasts(work.plan)["C"] == Forecast("initiative", MONDAY, date(2026, 11, 25), 0.25, 2)


def test_what_is_in_the_archive_or_not_planned_has_no_forecast(work):
    for title, fields in {"done": {"archived": True}, "empty": {}, "gone": {}, "item": {}}.items():
        work.card(title, **fields)
    item = work.item("F", initiative_id="item", archived=True)
    work.task("A", 1, initiative_id="done")
    work.task("B", 1, initiative_id="gone", archived=True)
    work.task("C", 1, item_id=item)
    work.project("Q")
    assert set(forecasts(work.plan)) == {"P"}


def test_progress_of_milestones_alone_is_counted(work):
    card = work.card("C")
    work.task("A", 0, initiative_id=card, percent_complete=1.0)
    work.task("B", 0, initiative_id=card)
    assert forecasts(work.plan)["C"] == Forecast("initiative", MONDAY, MONDAY, 0.5, 2)


def test_a_task_of_a_damaged_file_that_has_no_dates_is_no_work(work):
    card = work.card("C")
    work.task("A", 1, initiative_id=card)
    work.link("A", "A")
    assert forecasts(work.plan) == {}
    work.task("B", 1, initiative_id=card)
    work.task("D", 1, "B")
    work.tasks["B"] = replace(work.tasks["B"], parent_id="D")
    assert promise_of(work.plan, card, MONDAY).state == "none"


@pytest.mark.parametrize(
    ("days", "state", "gap", "said"),
    [
        (3, "kept", -2, "by the plan it is done on 25 Nov 2026, 2 working days before that."),
        (5, "kept", 0, "by the plan it is done on 27 Nov 2026."),
        (6, "broken", 1, "by the plan it is done on 30 Nov 2026, 1 working day late."),
        (7, "broken", 2, "by the plan it is done on 1 Dec 2026, 2 working days late."),
    ],
)
def test_a_promise_is_kept_on_its_last_day_and_broken_after_it(work, days, state, gap, said):
    card = work.card("Inbox", promise_end=FRIDAY)
    work.task("A", days, initiative_id=card)
    found = promise_of(work.plan, card, MONDAY)
    assert (found.state, found.gap_days) == (state, gap)
    assert found.sentence == f'C-1 "Inbox" is promised until 27 Nov 2026; {said}'


def test_a_promise_that_ends_on_a_sunday_is_broken_on_monday(work):
    card = work.card("Inbox", promise_end=date(2026, 11, 29))
    work.task("A", 5, initiative_id=card)
    assert promise_of(work.plan, card, MONDAY)[:2] == ("kept", 0)
    work.tasks["A"] = replace(work.tasks["A"], duration=6 * 480)
    assert promise_of(work.plan, card, MONDAY)[:2] == ("broken", 1)


def test_a_card_without_promise_and_a_promise_without_work(work):
    work.card("A")
    work.card("B", promise_end=FRIDAY, promise_start=MONDAY)
    work.task("T", 1, initiative_id="A")
    assert promise_of(work.plan, "A", MONDAY) == ("none", None, 'C-1 "A" has no promise.')
    assert promise_of(work.plan, "B", MONDAY) == (
        "unbacked",
        None,
        'C-2 "B" is promised until 27 Nov 2026, but no work is planned behind it.',
    )
    with pytest.raises(KeyError):
        promise_of(work.plan, "gone", MONDAY)


class TestToday:
    """A promise is an open card's word about days that are to come."""

    def stands(self, today, state="in progress", done=0.0):
        work = Work()
        card = work.card("A", promise_end=FRIDAY, promised_on=MONDAY, confidence=0.8, state=state)
        work.task("T", 2, initiative_id=card, percent_complete=done)
        return promise_of(work.plan, card, today)

    def test_planned_work_whose_end_is_past_keeps_no_promise(self):
        assert self.stands(MONDAY).state == "kept"
        found = self.stands(MONDAY + timedelta(days=2))
        assert found.state == "unbacked"
        assert found.sentence.endswith(
            "its planned work was to end on 24 Nov 2026, which is past, and it is still open."
        )

    def test_a_promised_day_that_is_past_is_broken_whatever_the_plan_says(self):
        found = self.stands(FRIDAY + timedelta(days=1), done=1.0)
        assert found.state == "broken"
        assert found.sentence.endswith("until 27 Nov 2026, which is past, and it is still open.")

    @pytest.mark.parametrize("state", ["launched", "declined", "retired"])
    def test_the_promise_of_a_card_that_is_closed_is_over(self, state):
        assert self.stands(FRIDAY + timedelta(days=9), state)[:2] == ("none", None)
