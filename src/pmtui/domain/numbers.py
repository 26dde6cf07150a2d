"""Numbers and days as people type them, read strictly: what is not plainly a number is refused in words.

Python's own `float` takes `1_0`, `1e9`, `nan`, Arabic digits and blanks inside; none of them is what
somebody meant who typed it into a field.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pmtui.domain.errors import Refused
from pmtui.domain.fields import FIRST_DAY, LAST_DAY, shown
from pmtui.domain.text import quoted

_NUMBER = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_AHEAD = re.compile(r"([+-]?)([0-9]{1,5})([dwmy])")
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}


def parse_number(text: str, title: str = "number") -> float:
    """The number in *text*; `80%` is 0.8. Raises `Refused` with a sentence that names it by *title*."""
    word = text.strip()
    digits = word.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(digits):
        raise Refused(f"The {title} is a number, not {quoted(text)}. Type digits, as 8 or 7.5.")
    # Through decimals, because 0.55 is what a person means by 55% and floats have 0.55000000000000004.
    return float(Decimal(digits) / 100) if word.endswith("%") else float(digits)


def counted(number: int, word: str) -> str:
    """A number of things: `1 card`, `3 cards`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def parse_share(text: str, title: str = "share") -> float:
    """A share of 0 to 1, typed as `0.8`, `80%` or `80`: a bare number from 2 on counts hundredths.

    Raises `Refused` where it is no number, is outside 0 to 100 %, or could be meant either way.
    """
    number = parse_number(text, title)
    bare = "%" not in text
    if bare and 1 < number < 2:
        raise Refused(f"The {title} {quoted(text)} can be read in two ways. Type it with %, as 80%, or as 0.8.")
    if bare and number >= 2:
        number = float(Decimal(text.strip()) / 100)
    if not 0 <= number <= 1:
        raise Refused(f"The {title} goes from 0 to 100 %; {quoted(text)} is outside.")
    return number


def parse_day(text: str, today: date | None, title: str = "day") -> date:
    """The day in *text*: `2026-12-24`, `today`, `tomorrow`, or so much from *today* as `3d`, `2w`, `1m`, `-1y`.

    Without a *today* only spelled-out days are read. A month on from the 31st is the last day of a
    shorter month. Raises `Refused` with a sentence.
    """
    word = text.strip().casefold()
    found = _spelled(word, text, title) or (_relative(word, today) if today else None)
    if found is None:
        ahead = ", or from today as 3d, 2w or 1m" if today else ""
        raise Refused(f"The {title} is no day: {quoted(text)}. Type it as 2026-12-24{ahead}.")
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Refused(
            f"The {title} {found.isoformat()} is outside the plan's days, "
            f"which go from {shown(FIRST_DAY)} to {shown(LAST_DAY)}."
        )
    return found


def _spelled(word: str, text: str, title: str) -> date | None:
    parts = _DAY.fullmatch(word)
    if parts is None:
        return None
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        raise Refused(f"The {title} {quoted(text)} is not in the calendar. Look at its month and day.") from None


def _relative(word: str, today: date) -> date | None:
    if word in _NAMED:
        return today + timedelta(days=_NAMED[word])
    parts = _AHEAD.fullmatch(word)
    if parts is None:
        return None
    count = int(parts[2]) * (-1 if parts[1] == "-" else 1)
    try:
        if parts[3] in _DAYS:
            return today + timedelta(days=count * _DAYS[parts[3]])
        return add_months(today, count * _MONTHS[parts[3]])
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month. Raises ValueError outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(year, month + 1, day.day - shorter)
        except ValueError:
            if day.day - shorter <= 28:
                raise
    raise AssertionError(day)


def half_up(value: float, places: int) -> str:
    """*value* with so many decimals, halves away from 0, as people round: 2.25 is 2.3.

    The decimal that the number prints as is what is rounded, so 0.045 is 0.05.
    """
    if abs(value) >= 1e15:
        return f"{value:.6g}"
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return str(rounded + 0 if rounded else abs(rounded))
