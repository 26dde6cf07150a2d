"""The time scale of a chart: which days a cell stands for, and what is written above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from pmtui.domain.fields import FIRST_DAY, LAST_DAY
from pmtui.domain.numbers import add_months
from pmtui.domain.periods import MONTH_NAMES, quarter_of
from pmtui.ui.draw.line import Line


class Zoom(NamedTuple):
    """How closely time is looked at."""

    name: str
    cells: int
    """So many cells stand for ..."""
    days: int
    """... so many calendar days."""


_Namer = Callable[[date], tuple[str, ...]]
"""What a stretch may be called, from the longest name to the shortest."""

ZOOMS = (Zoom("day", 3, 1), Zoom("week", 1, 1), Zoom("month", 1, 3), Zoom("quarter", 1, 7))
"""From the closest to the widest."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of calendar on so many cells."""

    zoom: Zoom
    left: date
    """The first day in view."""
    width: int

    def column(self, day: date, share: float = 0.0) -> int:
        """The cell in which a day stands, *share* (0 to 1) of it on; outside 0 to width-1 where it is out of view."""
        days = day.toordinal() - self.left.toordinal()
        return int((days + share) * self.zoom.cells // self.zoom.days)

    def day_at(self, column: int) -> date:
        """The first day that a cell stands for, kept within the days of a plan."""
        ordinal = self.left.toordinal() + column * self.zoom.days // self.zoom.cells
        return date.fromordinal(max(FIRST_DAY.toordinal(), min(LAST_DAY.toordinal(), ordinal)))

    def moved(self, cells: int) -> Scale:
        """The same view so many cells on."""
        return Scale(self.zoom, self.day_at(cells), self.width)

    def beginning(self, day: date, column: int) -> Scale:
        """The same view with *day* near a column; it begins on a Monday where cells are days."""
        back = column * self.zoom.days // self.zoom.cells
        ordinal = max(FIRST_DAY.toordinal(), min(LAST_DAY.toordinal(), day.toordinal() - back))
        left = date.fromordinal(ordinal)
        if self.zoom.days == 1 and left.weekday() and left > FIRST_DAY + timedelta(days=7):
            left -= timedelta(days=left.weekday())
        return Scale(self.zoom, left, self.width)

    @property
    def last(self) -> date:
        """The last day in view."""
        return self.day_at(max(0, self.width - 1))


def heading(scale: Scale, today: date, mark: str) -> list[Line]:
    """Two lines: the longer stretches above, the shorter ones below; today's cell holds *mark* or stands out."""
    if scale.width <= 0:
        return [(), ()]
    match scale.zoom.name:
        case "day":
            upper = _labels(
                scale,
                _months(scale),
                lambda day: (f"{MONTH_NAMES[day.month - 1]} {day.year}", MONTH_NAMES[day.month - 1]),
            )
            lower = _labels(scale, _days(scale, 1), lambda day: (f"{day.day:>2}",))
        case "week":
            upper = _labels(
                scale,
                _months(scale),
                lambda day: (f"{MONTH_NAMES[day.month - 1]} {day.year}", MONTH_NAMES[day.month - 1]),
            )
            lower = _labels(scale, _days(scale, 7), lambda day: (f"{day.day}",))
        case "month":
            upper = _labels(scale, _quarters(scale), lambda day: (f"{_quarter(day)} {day.year}", _quarter(day)))
            lower = _labels(scale, _months(scale), lambda day: (MONTH_NAMES[day.month - 1],))
        case _:
            upper = _labels(scale, _years(scale), lambda day: (str(day.year),))
            lower = _labels(scale, _quarters(scale), lambda day: (_quarter(day),))
    at = scale.column(today)
    lines: list[Line] = [(("dim", upper),)]
    if 0 <= at < scale.width:
        lines.append((("dim", lower[:at]), ("tab", lower[at] if lower[at] != " " else mark), ("dim", lower[at + 1 :])))
    else:
        lines.append((("dim", lower),))
    return lines


def _quarter(day: date) -> str:
    return f"Q{(day.month + 2) // 3}"


def _labels(scale: Scale, days: Iterator[date], names: _Namer) -> str:
    """A name at the first cell of each stretch that begins on one of *days*, the longest that leaves a blank behind."""
    cells = [" "] * scale.width
    marks = list(days)
    for index, day in enumerate(marks):
        start = max(0, scale.column(day))
        is_last = index + 1 == len(marks)
        end = scale.width if is_last else min(scale.width, scale.column(marks[index + 1]) - 1)
        text = next((name for name in names(day) if start + len(name) <= end), "")
        cells[start : start + len(text)] = text
    return "".join(cells)


def _days(scale: Scale, step: int) -> Iterator[date]:
    day = scale.left
    if step == 7:
        day -= timedelta(days=day.weekday())
    while day <= scale.last:
        yield day
        day += timedelta(days=step)


def _months(scale: Scale) -> Iterator[date]:
    yield from _stretches(scale, scale.left.replace(day=1), 1)


def _quarters(scale: Scale) -> Iterator[date]:
    yield from _stretches(scale, quarter_of(scale.left)[0], 3)


def _years(scale: Scale) -> Iterator[date]:
    yield from _stretches(scale, scale.left.replace(month=1, day=1), 12)


def _stretches(scale: Scale, first: date, months: int) -> Iterator[date]:
    day = first
    while day <= scale.last:
        yield day
        day = add_months(day, months)
