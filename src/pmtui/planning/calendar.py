"""The working calendar: Monday to Friday, 8:00 to 12:00 and 13:00 to 17:00, and nothing else.

Everything is computed on one axis of whole working minutes, 480 a day and 2,400 a week, without gaps:
minute 0 is Monday 29 December 1969, 8:00, so that no day of a plan is below 0. A boundary is one minute with
two faces: minute 480 is Monday 17:00 to whatever ends there and Tuesday 8:00 to whatever starts
there, as in every other tool (a task starts at the next open minute and ends at the previous close).

Days and times are only for showing. They are kept within `EARLIEST` and `LAST_DAY`, so that no sum of
durations can lead out of what a date can hold.
"""

from __future__ import annotations

from datetime import date, datetime, time

from pmtui.domain.durations import DAY
from pmtui.domain.fields import LAST_DAY

EARLIEST = date(1969, 12, 26)
"""The day that is shown for everything before the axis: the Friday before it begins."""

_MONDAY = date(1969, 12, 29).toordinal()
_FIRST = EARLIEST.toordinal()
_LAST = LAST_DAY.toordinal()
_WORKDAYS = 5
_OPENS, _NOON, _AFTER_LUNCH = 8 * 60, 12 * 60, 13 * 60
_MORNING = _NOON - _OPENS


def first_minute(day: date) -> int:
    """The first working minute on or after *day*."""
    return _opened_before(day) * DAY


def start_at(minute: int) -> datetime:
    """When something that starts at *minute* starts: at the next open minute."""
    if minute >= LAST_MINUTE:
        return end_at(LAST_MINUTE)
    days, rest = divmod(max(minute, -DAY), DAY)
    clock = _OPENS + rest if rest < _MORNING else _AFTER_LUNCH + rest - _MORNING
    return _at(days, clock)


def end_at(minute: int) -> datetime:
    """When something that ends at *minute* ends: at the previous close."""
    days, rest = divmod(min(max(minute, 1 - DAY), LAST_MINUTE) - 1, DAY)
    rest += 1
    clock = _OPENS + rest if rest <= _MORNING else _AFTER_LUNCH + rest - _MORNING
    return _at(days, clock)


def start_day(minute: int) -> date:
    """The day on which something that starts at *minute* starts."""
    return _day(minute // DAY)


def end_day(minute: int) -> date:
    """The day on which something that ends at *minute* ends."""
    return _day((minute - 1) // DAY)


def is_working(day: date) -> bool:
    """Whether anybody works on that day."""
    return day.weekday() < _WORKDAYS


def working_days(first: date, last: date) -> int:
    """How many working days *last* is after *first*; 0 on the same day, negative where it is before.

    Counted are the working days after the earlier day up to and including the later one: from Friday
    or Saturday to Monday it is 1, from Friday to Sunday 0.
    """
    return _closed_by(last) - _closed_by(first)


def add_working_days(day: date, n: int) -> date:
    """The *n*-th working day after *day*, before it where *n* is negative, and *day* itself for 0.

    >>> add_working_days(date(2026, 11, 27), 1)
    datetime.date(2026, 11, 30)
    """
    if n == 0:
        return day
    return _day(_closed_by(day) + n - 1 if n > 0 else _opened_before(day) + n)


def _opened_before(day: date) -> int:
    """The working days of the axis before *day*."""
    weeks, weekday = divmod(day.toordinal() - _MONDAY, 7)
    return weeks * _WORKDAYS + min(weekday, _WORKDAYS)


def _closed_by(day: date) -> int:
    """The working days of the axis up to and including *day*."""
    weeks, weekday = divmod(day.toordinal() - _MONDAY, 7)
    return weeks * _WORKDAYS + min(weekday + 1, _WORKDAYS)


def _day(index: int) -> date:
    weeks, weekday = divmod(index, _WORKDAYS)
    return date.fromordinal(min(max(_MONDAY + weeks * 7 + weekday, _FIRST), _LAST))


def _at(index: int, clock: int) -> datetime:
    hour, minute = divmod(clock, 60)
    return datetime.combine(_day(index), time(hour, minute))


LAST_MINUTE = first_minute(LAST_DAY) + DAY
"""The close of the last day of any plan. What ends later is shown as ending on that day."""
