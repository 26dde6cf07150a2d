"""Working time as people write it: `3d 4h`, `2w`, `90m`. A day has 8 hours, a week 5 days.

The lengths are Microsoft Project's defaults (MinutesPerDay 480, MinutesPerWeek 2400), which its
XML files carry too: a day is 480 working minutes, whatever the calendar of a task says.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pmtui.domain.errors import Refused
from pmtui.domain.text import quoted

HOUR = 60
DAY = 480
WEEK = 2400
"""Working minutes."""

_UNITS = {"m": 1, "min": 1, "h": HOUR, "d": DAY, "w": WEEK}
_PART = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,4})?)\s*(min|m|h|d|w)\s*")


def duration_text(minutes: int) -> str:
    """Working minutes in days, hours and minutes, as `3d 4h`; `0d` for none, with a minus for a lead."""
    sign, rest = ("-", -minutes) if minutes < 0 else ("", minutes)
    parts = []
    for unit, length in (("d", DAY), ("h", HOUR), ("m", 1)):
        count, rest = divmod(rest, length)
        if count:
            parts.append(f"{count}{unit}")
    return sign + (" ".join(parts) or "0d")


def parse_duration(text: str, title: str = "duration", *, signed: bool = False) -> int:
    """Working minutes in `3d 4h`, `2w`, `1.5d`, `90m`; a bare number counts days.

    *signed* allows a plus or minus in front, for lags. Raises `Refused` with a sentence that names
    it by *title*, also where a fraction leaves no whole minute.
    """
    word = text.strip().casefold()
    sign, body = (word[0], word[1:].lstrip()) if word[:1] in ("+", "-") else ("", word)
    minutes = _minutes(body)
    if minutes is None or (sign and not signed):
        raise Refused(f"The {title} is working time, not {quoted(text)}. Type it as 3d, 4h, 30m, 2w or 1d 4h.")
    if minutes != minutes.to_integral_value():
        raise Refused(f"The {title} {quoted(text)} is no whole number of minutes. Type it in minutes, as 90m.")
    return -int(minutes) if sign == "-" else int(minutes)


def _minutes(body: str) -> Decimal | None:
    if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,4})?", body):
        return Decimal(body) * DAY
    total, at = Decimal(0), 0
    while at < len(body):
        part = _PART.match(body, at)
        if part is None:
            return None
        total += Decimal(part[1]) * _UNITS[part[2]]
        at = part.end()
    return total if body else None
