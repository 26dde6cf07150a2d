"""Months and quarters of the calendar: the columns of a dated roadmap, and windows that move through them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from pmtui.domain.numbers import add_months

Length = Literal["month", "quarter"]
"""How long a period is."""

MONTHS: dict[Length, int] = {"month": 1, "quarter": 3}
"""Months of a period."""

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Period(NamedTuple):
    """A month or a quarter, both days included."""

    first: date
    last: date
    name: str
    """As people write it: `Nov 2026`, `Q1 2027`."""


def month_of(day: date) -> tuple[date, date]:
    """The first and last day of the month that *day* is in."""
    return _span(day, 1)


def quarter_of(day: date) -> tuple[date, date]:
    """The first and last day of the calendar quarter that *day* is in; the first one begins in January."""
    return _span(day, 3)


def period_of(day: date, by: Length) -> Period:
    """The period that *day* is in."""
    first, last = _span(day, MONTHS[by])
    name = f"Q{first.month // 3 + 1}" if by == "quarter" else MONTH_NAMES[first.month - 1]
    return Period(first, last, f"{name} {first.year}")


def period_columns(start: date, count: int, by: Length) -> tuple[Period, ...]:
    """So many periods one after the other, the one of *start* first; fewer where the calendar ends."""
    columns: list[Period] = []
    day = start
    while len(columns) < count:
        columns.append(period_of(day, by))
        if columns[-1].last == date.max:
            break
        day = columns[-1].last + timedelta(days=1)
    return tuple(columns)


def periods_apart(day: date, other: date, by: Length) -> int:
    """How many periods *other* is behind that of *day*; negative where it is before it."""
    months = MONTHS[by]
    return (other.year * 12 + other.month - 1) // months - (day.year * 12 + day.month - 1) // months


def window_name(start: date | None, end: date | None) -> str:
    """A window as people write it: `Nov 2026`, `Nov 2026 – Jan 2027`, `Q1 2027`, or its days; "" for none.

    A window of whole quarters is named by them, one of other whole months by months.
    """
    if start is None or end is None:
        return f"from {start}" if start else f"until {end}" if end else ""
    for by in ("quarter", "month"):
        first, last = period_of(start, by), period_of(end, by)
        if (start, end) == (first.first, last.last):
            return first.name if first == last else f"{first.name} – {last.name}"
    return f"{start} – {end}"


def days_name(first: date, last: date) -> str:
    """Days as people write them: `23 Nov 2026`, `23 Nov – 4 Dec 2026`, `21 Dec 2026 – 8 Jan 2027`."""
    end = _day_name(last)
    if first == last:
        return end
    return f"{_day_name(first) if first.year != last.year else _day_name(first)[:-5]} – {end}"


def _day_name(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def shifted_window(start: date | None, end: date | None, months: int) -> tuple[date | None, date | None]:
    """A window so many months later, or earlier where negative; an end that is not said stays so.

    One of whole months stays one: 1 to 30 November becomes 1 to 31 December. Else both days keep their
    number, or become the last day of a shorter month. Raises ValueError outside the calendar.
    """
    moved_start = add_months(start, months) if start else None
    if end is None:
        return moved_start, None
    moved_end = add_months(end, months)
    is_whole = (start is None or start.day == 1) and end == month_of(end)[1]
    return moved_start, month_of(moved_end)[1] if is_whole else moved_end


def _span(day: date, months: int) -> tuple[date, date]:
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    last_month = first.month + months - 1
    if last_month == 12:
        return first, date(day.year, 12, 31)
    return first, date(day.year, last_month + 1, 1) - timedelta(days=1)
