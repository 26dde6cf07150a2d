from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmtui.domain.durations import DAY, WEEK
from pmtui.domain.fields import FIRST_DAY, LAST_DAY
from pmtui.planning.calendar import (
    EARLIEST,
    LAST_MINUTE,
    add_working_days,
    end_at,
    end_day,
    first_minute,
    is_working,
    start_at,
    start_day,
    working_days,
)

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)
MONDAY = date(2026, 11, 30)
LIMITS = settings(max_examples=200, deadline=None, derandomize=True)
DAYS = st.dates(FIRST_DAY, LAST_DAY)
MINUTES = st.integers(0, LAST_MINUTE)
ANY_MINUTES = st.one_of(MINUTES, st.integers(-WEEK, 0), st.integers(LAST_MINUTE - WEEK, LAST_MINUTE + WEEK))


def test_the_axis_begins_on_the_monday_before_the_first_day_of_any_plan():
    assert first_minute(date(1969, 12, 29)) == 0
    assert start_at(0).isoformat(" ", "minutes") == "1969-12-29 08:00"
    assert first_minute(FIRST_DAY) == 3 * DAY


def test_eight_hours_from_friday_morning_end_on_friday_evening_and_twelve_on_monday_noon():
    opening = first_minute(FRIDAY)
    assert end_at(opening + DAY).isoformat(" ", "minutes") == "2026-11-27 17:00"
    assert end_at(opening + DAY * 3 // 2).isoformat(" ", "minutes") == "2026-11-30 12:00"


def test_a_boundary_ends_a_day_for_what_ends_and_begins_the_next_for_what_starts():
    boundary = first_minute(MONDAY)
    assert end_at(boundary).isoformat(" ", "minutes") == "2026-11-27 17:00"
    assert start_at(boundary).isoformat(" ", "minutes") == "2026-11-30 08:00"
    assert (end_day(boundary), start_day(boundary)) == (FRIDAY, MONDAY)


def test_nobody_works_from_twelve_to_one():
    noon = first_minute(FRIDAY) + 4 * 60
    assert end_at(noon).isoformat(" ", "minutes") == "2026-11-27 12:00"
    assert start_at(noon).isoformat(" ", "minutes") == "2026-11-27 13:00"
    assert end_at(noon + 1).isoformat(" ", "minutes") == "2026-11-27 13:01"


def test_a_weekend_opens_on_monday():
    assert first_minute(SATURDAY) == first_minute(SUNDAY) == first_minute(MONDAY) == first_minute(FRIDAY) + DAY
    assert not is_working(SATURDAY)
    assert is_working(FRIDAY)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, MONDAY, 1),
        (MONDAY, FRIDAY, -1),
        (FRIDAY, SUNDAY, 0),
        (SUNDAY, MONDAY, 1),
        (MONDAY, MONDAY + timedelta(days=7), 5),
    ],
)
def test_working_days_between_two_days(first, last, count):
    assert working_days(first, last) == count


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 1, MONDAY),
        (SATURDAY, -1, FRIDAY),
        (SUNDAY, 0, SUNDAY),
        (MONDAY, -1, FRIDAY),
        (MONDAY, 5, MONDAY + timedelta(days=7)),
        (MONDAY, 10**9, LAST_DAY),
        (MONDAY, -(10**9), EARLIEST),
    ],
)
def test_so_many_working_days_later_or_earlier(day, n, found):
    assert add_working_days(day, n) == found


@LIMITS
@given(DAYS)
def test_the_first_minute_of_a_day_starts_on_it_or_on_the_monday_after(day):
    found = start_day(first_minute(day))
    assert is_working(found)
    assert 0 <= (found - day).days <= 2
    assert first_minute(found) == first_minute(day)


@LIMITS
@given(MINUTES)
def test_a_minute_is_found_again_from_its_day_and_time(minute):
    start, end = start_at(minute), end_at(minute)
    opened = (start.hour * 60 + start.minute) - (8 if start.hour < 13 else 9) * 60
    closed = (end.hour * 60 + end.minute) - (8 if end.hour < 13 else 9) * 60
    assert first_minute(end.date()) + closed == minute
    if minute < LAST_MINUTE:
        assert first_minute(start.date()) + opened == minute
    assert start.date() == start_day(minute)
    assert end.date() == end_day(minute)
    assert end <= start or minute == LAST_MINUTE


@LIMITS
@given(ANY_MINUTES, st.integers(0, WEEK))
def test_time_never_runs_backwards(minute, more):
    assert start_at(minute) <= start_at(minute + more)
    assert end_at(minute) <= end_at(minute + more)


@LIMITS
@given(DAYS, st.integers(-5000, 5000))
def test_working_days_are_what_was_added(day, n):
    found = add_working_days(day, n)
    if EARLIEST < found < LAST_DAY:
        assert working_days(day, found) == n or (n <= 0 and not is_working(day))
        assert n == 0 or is_working(found)


@LIMITS
@given(DAYS, DAYS)
def test_counting_back_is_counting_forth_the_other_way(one, other):
    assert working_days(one, other) == -working_days(other, one)
    assert (working_days(one, other) > 0) <= (one < other)


@LIMITS
@given(st.integers(-(10**18), 10**18))
def test_no_number_of_minutes_leads_out_of_the_calendar(minute):
    for day in (start_at(minute).date(), end_at(minute).date(), start_day(minute), end_day(minute)):
        assert EARLIEST <= day <= LAST_DAY
