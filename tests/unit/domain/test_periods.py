from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.domain.fields import FIRST_DAY, LAST_DAY
from pmtui.domain.periods import (
    days_name,
    month_of,
    period_columns,
    period_of,
    periods_apart,
    quarter_of,
    shifted_window,
    window_name,
)

DAYS = st.dates(FIRST_DAY, LAST_DAY)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("of", "first", "last"),
    [
        ("2026-11-23", "2026-11-01", "2026-11-30"),
        ("2026-12-31", "2026-12-01", "2026-12-31"),
        ("2028-02-01", "2028-02-01", "2028-02-29"),
        ("9999-12-31", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_month(of, first, last):
    assert month_of(day(of)) == (day(first), day(last))


@pytest.mark.parametrize(
    ("of", "first", "last", "name"),
    [
        ("2027-01-01", "2027-01-01", "2027-03-31", "Q1 2027"),
        ("2026-11-23", "2026-10-01", "2026-12-31", "Q4 2026"),
        ("2026-06-30", "2026-04-01", "2026-06-30", "Q2 2026"),
        ("2026-07-01", "2026-07-01", "2026-09-30", "Q3 2026"),
    ],
)
def test_a_quarter(of, first, last, name):
    assert quarter_of(day(of)) == (day(first), day(last))
    assert period_of(day(of), "quarter").name == name


def test_columns_follow_each_other_over_the_end_of_the_year():
    assert [column.name for column in period_columns(date(2026, 11, 23), 3, "month")] == [
        "Nov 2026",
        "Dec 2026",
        "Jan 2027",
    ]
    assert [column.name for column in period_columns(date(2026, 11, 23), 3, "quarter")] == [
        "Q4 2026",
        "Q1 2027",
        "Q2 2027",
    ]


def test_columns_end_with_the_calendar():
    assert [column.name for column in period_columns(date(9999, 11, 1), 12, "month")] == ["Nov 9999", "Dec 9999"]
    assert period_columns(date(2026, 1, 1), 0, "month") == ()


@pytest.mark.parametrize("by", ["month", "quarter"])
@given(start=DAYS, count=st.integers(1, 30))
def test_columns_have_no_gap_and_do_not_overlap(by, start, count):
    columns = period_columns(start, count, by)
    assert len(columns) == count
    assert columns[0].first <= start <= columns[0].last
    for before, after in pairwise(columns):
        assert after.first == before.last + timedelta(days=1)
    assert [periods_apart(start, column.first, by) for column in columns] == list(range(count))


@pytest.mark.parametrize(
    ("start", "end", "months", "moved"),
    [
        ("2026-11-01", "2026-11-30", 1, ("2026-12-01", "2026-12-31")),
        ("2026-12-01", "2026-12-31", 2, ("2027-02-01", "2027-02-28")),
        ("2027-02-01", "2027-02-28", -1, ("2027-01-01", "2027-01-31")),
        ("2026-10-01", "2026-12-31", 3, ("2027-01-01", "2027-03-31")),
        ("2026-11-01", "2027-01-31", 1, ("2026-12-01", "2027-02-28")),
        ("2026-11-10", "2026-11-20", 1, ("2026-12-10", "2026-12-20")),
        ("2027-04-30", "2027-04-30", 1, ("2027-05-30", "2027-05-30")),
        ("2027-01-31", "2027-03-15", 1, ("2027-02-28", "2027-04-15")),
        (None, "2027-04-30", 1, (None, "2027-05-31")),
        (None, "2027-04-15", -1, (None, "2027-03-15")),
        ("2027-04-30", None, 1, ("2027-05-30", None)),
        ("2026-11-01", "2026-11-30", 0, ("2026-11-01", "2026-11-30")),
    ],
)
def test_a_window_is_shifted_in_whole_months(start, end, months, moved):
    assert shifted_window(day(start), day(end), months) == (day(moved[0]), day(moved[1]))


@given(DAYS, DAYS, st.integers(-240, 240))
def test_a_shifted_window_never_ends_before_it_begins(one, other, months):
    start, end = shifted_window(min(one, other), max(one, other), months)
    assert start <= end


@given(DAYS, st.integers(1, 12), st.integers(-240, 240))
def test_whole_months_stay_whole_months_and_come_back(first, length, months):
    columns = period_columns(first, length, "month")
    window = columns[0].first, columns[-1].last
    moved = shifted_window(*window, months)
    assert (moved[0].day, moved[1]) == (1, month_of(moved[1])[1])
    assert shifted_window(*moved, -months) == window


@pytest.mark.parametrize("months", [10**6, -(10**6)])
def test_beyond_the_calendar_is_an_error(months):
    with pytest.raises(ValueError, match="year"):
        shifted_window(date(2026, 1, 1), date(2026, 1, 31), months)


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2026-11-01", "2026-11-30", "Nov 2026"),
        ("2026-11-01", "2027-01-31", "Nov 2026 – Jan 2027"),
        ("2027-01-01", "2027-03-31", "Q1 2027"),
        ("2027-01-01", "2027-06-30", "Q1 2027 – Q2 2027"),
        ("2026-11-03", "2026-11-30", "2026-11-03 – 2026-11-30"),
        ("2026-11-03", None, "from 2026-11-03"),
        (None, "2026-11-30", "until 2026-11-30"),
        (None, None, ""),
    ],
)
def test_names_of_windows(start, end, name):
    assert window_name(day(start), day(end)) == name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2026-11-23", "2026-11-23", "23 Nov 2026"),
        ("2026-11-23", "2026-12-04", "23 Nov – 4 Dec 2026"),
        ("2026-12-21", "2027-01-08", "21 Dec 2026 – 8 Jan 2027"),
    ],
)
def test_names_of_days(first, last, name):
    assert days_name(day(first), day(last)) == name
