"""The text of one cell as a value: strict, and never a guess that cannot be told from a mistake."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from pmtui.domain.durations import parse_duration
from pmtui.domain.errors import Refused
from pmtui.domain.fields import FIRST_DAY, LAST_DAY
from pmtui.domain.numbers import parse_share
from pmtui.domain.text import quoted

LONGEST_DAY = 60
"""Characters of the longest way to write a day and a time."""

DayOrder = Literal["day first", "month first", ""]

_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]{1,15},[0-9]{1,20}")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+")
_TIME = re.compile(
    r"[T ]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?\s*([AaPp][Mm])?\s*(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?$"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_NAMED = re.compile(r"([0-9]{1,2})\.?[ /-]([A-Za-z]{3,9})[ /,-]+([0-9]{4})")
_NAMED_US = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

FLAG_WORDS: dict[bool, tuple[str, ...]] = {
    True: ("yes", "true", "y", "1", "x"),
    False: ("no", "false", "n", "0"),
}

FLAGS_BY_WORD = {word: value for value, words in FLAG_WORDS.items() for word in words}


def plain_word(text: str) -> str:
    """A word as it is compared: lower case, every run of other signs than letters and digits one blank."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def number(text: str, *, decimal_comma: bool = False) -> float:
    """The number that *text* is. Raises `Refused` for anything that could mean something else."""
    bare = text.strip()
    if decimal_comma and _DECIMAL_COMMA.fullmatch(bare) and not _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare) or not math.isfinite(float(bare)):
        raise Refused(f"{quoted(text)} is no number. Write it as 8 or 0.5.")
    return float(bare)


def share(text: str, *, decimal_comma: bool = False) -> float:
    """The share of 0 to 1 that *text* is, as `0.8`, `80%` or `80`. Raises `Refused` with a sentence.

    A number within 0 and 1 is itself to its last digit, as our own exports write it.
    """
    try:
        exact = number(text, decimal_comma=decimal_comma)
    except Refused:
        exact = -1.0
    if 0 <= exact <= 1:
        return exact
    bare = text.strip()
    comma = decimal_comma and _DECIMAL_COMMA.fullmatch(bare.removesuffix("%").rstrip())
    return parse_share(bare.replace(",", ".") if comma else bare)


_UNIT_WORDS = re.compile(r"([0-9])\s*(minutes?|mins?|hours?|hrs?|days?|weeks?|wks?)(?![a-z])", re.IGNORECASE)


def short_units(text: str) -> str:
    """*text* with working time as `3d 4h` where other tools write `3 days 4 hrs`."""
    return _UNIT_WORDS.sub(lambda found: found[1] + found[2][0].lower(), text)


def working_time(text: str, title: str) -> int:
    """The working minutes that *text* says, as `3d 4h`, `3 days` or `2 wks`. Raises `Refused`.

    The question mark of an estimate is left out; a bare number could be days or hours, so it is refused.
    """
    bare = short_units(text.strip().removesuffix("?"))
    if re.fullmatch(r"[0-9.,]+", bare) and bare.strip("0.,"):
        raise Refused(f"The {title} {quoted(text)} has no unit. Write it as 3d, 4h or 2w.")
    return parse_duration(bare, title)


def day(text: str, order: DayOrder = "") -> date:
    """The day that *text* names; a time of day after it is left out.

    *order* says which of two numbers the day is where the text itself leaves it open. Raises `Refused`.
    """
    parts = _day_parts(_without_time(text), order)
    if parts is None:
        raise Refused(f"{quoted(text)} is no day that can be read. Write it as 2026-01-31.")
    if parts == "open":
        raise Refused(f"{quoted(text)} could mean two different days. Write it as 2026-01-31.")
    try:
        found = date(*parts)
    except ValueError:
        raise Refused(f"{quoted(text)} is no day of the calendar.") from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Refused(f"{quoted(text)} is outside 1970 to 2200.")
    return found


def _without_time(text: str) -> str:
    bare = text.strip()
    # The patterns take time that grows faster than the text, and no day is as long as that.
    return _TIME.sub("", bare).strip() if len(bare) <= LONGEST_DAY else ""


def _day_parts(bare: str, order: DayOrder) -> tuple[int, int, int] | Literal["open"] | None:
    if match := _YEAR_FIRST.fullmatch(bare):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _YEAR_LAST.fullmatch(bare):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first > 12 or first == second:
            return year, second, first
        if second > 12:
            return year, first, second
        if not order:
            return "open"
        return (year, second, first) if order == "day first" else (year, first, second)
    if match := _NAMED.fullmatch(bare):
        month = _month(match[2])
        return (int(match[3]), month, int(match[1])) if month else None
    if match := _NAMED_US.fullmatch(bare):
        month = _month(match[1])
        return (int(match[3]), month, int(match[2])) if month else None
    return None


def _month(word: str) -> int:
    lower = word.lower()
    return next((index for index, name in enumerate(_MONTHS, 1) if lower in (name, name[:3])), 0)


def day_order(texts: Iterable[str]) -> DayOrder:
    """Which number comes first in a column of days, where some of them can be read in one way only and all agree."""
    seen: set[DayOrder] = set()
    for text in texts:
        match = _YEAR_LAST.fullmatch(_without_time(text))
        if match and int(match[1]) > 12 >= int(match[3]):
            seen.add("day first")
        elif match and int(match[3]) > 12 >= int(match[1]):
            seen.add("month first")
    return seen.pop() if len(seen) == 1 else ""


_FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")


def guard_formula(text: str) -> str:
    """*text* as a spreadsheet shows it instead of computing it: `'=1+1` for `=1+1`.

    A text that looks guarded already is guarded again, so that `unguard_formula` brings each back.
    """
    return "'" + text if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """*text* without the guard that `guard_formula` gave it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
