"""A promise as people type it: a window, how sure, to whom, and why it changes.

    2026-12 80% to the board
    2026-12-01..2026-12-15 60% to Brook Water because the audit comes first

The window is a day ("until then"), a month, a quarter, or two of them with two dots between. `-` takes
the promise back. What the line lacks is left to the rules, except what makes no sense without it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.errors import Refused
from pmtui.domain.fields import FIRST_DAY, LAST_DAY, shown_as, specs
from pmtui.domain.numbers import parse_day, parse_share
from pmtui.domain.periods import month_of, period_of, quarter_of
from pmtui.domain.text import clean_line, quoted

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

EXAMPLE = "2026-12 80% to the board"
"""A promise to show to somebody who types one for the first time."""

_REASON = re.compile(r"(?:^|\s)because(?:\s|$)", re.IGNORECASE)
_AUDIENCE = re.compile(r"(?:^|\s)to\s", re.IGNORECASE)
_SHARE = re.compile(r"(?:^|\s)(\S*?)\s*%(?=\s|$)")
_QUARTER = re.compile(r"(?:([0-9]{4})[- ]?q([1-4])|q([1-4])(?:[- ]?([0-9]{4}))?)")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_NAMED_MONTH = re.compile(r"([a-z]{3,9})\.?(?:[- ]?([0-9]{4}))?")


class Promise(NamedTuple):
    """What was typed. `end` is None where the promise is taken back."""

    start: date | None
    end: date | None
    confidence: float | None
    """0 to 1."""
    audience: str
    reason: str


def parse_promise(text: str, today: date) -> Promise:
    """The promise that a line means. Raises `Refused` with a sentence for what is missing or makes no sense.

    A month or quarter without a year is the next one that has not ended on *today*.
    """
    line = clean_line(text)
    line, reason = _cut(_REASON, line)
    line, audience = _cut(_AUDIENCE, line)
    window, sure = _without_share(line)
    if window == "-":
        return Promise(None, None, None, "", reason)
    if not window:
        raise Refused(f"Say until when it is promised, then how sure you are, as: {EXAMPLE}")
    start, end = parse_window(window, today)
    if sure is None:
        raise Refused(
            f"Say how sure you are of {quoted(window)}, as {quoted(f'{window} 80%')}: "
            "a day without a confidence is no promise."
        )
    return Promise(start, end, sure, audience, reason)


def parse_window(text: str, today: date) -> tuple[date | None, date]:
    """First and last day of `2026-12`, `Q1 2027`, `2026-12-15` or `A..B`; a single day has no first one.

    Raises `Refused` with a sentence.
    """
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots:
        return _span(first, today)
    if not first or not last:
        raise Refused(f"The window {quoted(text)} has one end. Type both, as 2026-12-01..2026-12-15, or one day alone.")
    opening, closing = _span(first, today), _span(last, today)
    start, end = opening[0] or opening[1], closing[1]
    if end < start:
        raise Refused(f"The window {quoted(text)} would end on {end}, before it begins on {start}.")
    return start, end


def promise_text(card: Initiative) -> str:
    """The promise of a card as it is typed; "" where it has none."""
    if card.promise_end is None:
        return ""
    words = [_window_text(card.promise_start, card.promise_end)]
    if card.confidence is not None:
        words.append(shown_as(specs(Initiative)["confidence"], card.confidence))
    if card.audience:
        words.append(f"to {card.audience}")
    return " ".join(words)


def _window_text(start: date | None, end: date) -> str:
    if start is None:
        return end.isoformat()
    if (start, end) == month_of(end):
        return f"{end:%Y-%m}"
    if (start, end) == quarter_of(end):
        return period_of(end, "quarter").name
    return f"{start}..{end}"


def _cut(word: re.Pattern[str], line: str) -> tuple[str, str]:
    """What stands before the word, and what behind it."""
    found = word.search(line)
    return (line[: found.start()].strip(), line[found.end() :].strip()) if found else (line, "")


def _without_share(line: str) -> tuple[str, float | None]:
    """The window, and the confidence with a % behind it."""
    shares = list(_SHARE.finditer(line))
    if not shares:
        return " ".join(line.split()), None
    if len(shares) > 1:
        raise Refused(f"{quoted(line)} says two confidences. Leave one of them out.")
    found = shares[0]
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    return " ".join(rest.split()), parse_share(f"{found[1]}%", "confidence")


def _span(word: str, today: date) -> tuple[date | None, date]:
    folded = word.casefold()
    if quarter := _QUARTER.fullmatch(folded):
        number = int(quarter[2] or quarter[3])
        year = quarter[1] or quarter[4]
        return _within(*quarter_of(_first_of(number * 3 - 2, year, today, 3)), word)
    if month := _MONTH.fullmatch(folded):
        return _within(*month_of(_first_of(_month_number(month[2], word), month[1], today, 1)), word)
    named = _NAMED_MONTH.fullmatch(folded)
    number = _named(named[1]) if named else 0
    if named and number:
        return _within(*month_of(_first_of(number, named[2], today, 1)), word)
    try:
        return None, parse_day(word, today, "window")
    except Refused as refused:
        if re.match(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$", folded):
            raise
        raise Refused(
            f"{quoted(word)} is no window. Type a day as 2026-12-15, a month as 2026-12, a quarter as Q1 2027, "
            "or two days with .. between them."
        ) from refused


def _month_number(digits: str, word: str) -> int:
    number = int(digits)
    if not 1 <= number <= 12:
        raise Refused(f"{quoted(word)} is not in the calendar: the months of a year go from 01 to 12.")
    return number


def _named(word: str) -> int:
    """The number of a month by its English name or the beginning of it; 0 for none."""
    return next((at for at, name in enumerate(MONTH_NAMES, 1) if name.casefold().startswith(word)), 0)


def _first_of(month: int, year: str | None, today: date, length: int) -> date:
    if year:
        return date(max(1, int(year)), month, 1)
    ended = month + length - 1 < today.month
    return date(today.year + ended, month, 1)


def _within(start: date, end: date, word: str) -> tuple[date, date]:
    if start < FIRST_DAY or end > LAST_DAY:
        raise Refused(f"{quoted(word)} is outside the plan's days, which go from {FIRST_DAY} to {LAST_DAY}.")
    return start, end
