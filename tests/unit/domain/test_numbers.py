from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.errors import Refused
from pmtui.domain.numbers import add_months, half_up, parse_day, parse_number, parse_share

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "number"),
    [("8", 8), ("7.5", 7.5), (" 8 ", 8), ("+3", 3), ("-2", -2), (".5", 0.5), ("2.", 2), ("80%", 0.8), ("55 %", 0.55)],
)
def test_numbers(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "%",
        "1_0",
        "1e3",
        "nan",
        "inf",
        "-inf",
        "0x1F",
        "٨",
        "８",
        "½",
        "1,5",
        "1 000",
        "8a",
        "--8",
        ".",
        "9" * 400,
    ],
)
def test_what_is_no_number_is_named_in_a_sentence(text):
    with pytest.raises(Refused, match=r"The reach is a number, not .* Type digits"):
        parse_number(text, "reach")


@pytest.mark.parametrize(
    ("text", "share"),
    [("0.8", 0.8), ("80%", 0.8), ("80", 0.8), ("100", 1), ("1", 1), ("0", 0), ("0.5%", 0.005), ("1.5%", 0.015)],
)
def test_eighty_means_eighty_per_cent_once(text, share):
    assert parse_share(text) == share


@pytest.mark.parametrize(
    ("text", "part"), [("1.5", "two ways"), ("101", "outside"), ("-1", "outside"), ("120%", "outside")]
)
def test_shares_that_are_none(text, part):
    with pytest.raises(Refused, match=part):
        parse_share(text, "confidence")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("2026-1-2", date(2026, 1, 2)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("3d", date(2026, 11, 26)),
        ("2w", date(2026, 12, 7)),
        ("+2W", date(2026, 12, 7)),
        ("-1w", date(2026, 11, 16)),
        ("3m", date(2027, 2, 23)),
        ("1y", date(2027, 11, 23)),
        ("1970-01-01", date(1970, 1, 1)),
        ("2200-12-31", date(2200, 12, 31)),
    ],
)
def test_days(text, day):
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is no day"),
        ("soon", "is no day"),
        ("12/24/2026", "Type it as 2026-12-24"),
        ("24.12.2026", "is no day"),
        ("20261224", "is no day"),
        ("２０２６-12-24", "is no day"),
        ("2026-02-30", "not in the calendar"),
        ("2026-13-01", "not in the calendar"),
        ("0000-01-01", "not in the calendar"),
        ("1969-12-31", "outside"),
        ("2201-01-01", "outside"),
        ("99999w", "outside"),
        ("99999y", "outside"),
        ("-99999y", "outside"),
    ],
)
def test_what_is_no_day_is_named_in_a_sentence(text, part):
    with pytest.raises(Refused) as caught:
        parse_day(text, TODAY, "due day")
    assert part in caught.value.sentence
    assert caught.value.sentence.endswith(".")


def test_without_a_today_nothing_is_relative():
    assert parse_day("2026-12-24", None) == date(2026, 12, 24)
    with pytest.raises(Refused, match="is no day"):
        parse_day("2w", None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(2026, 5, 15), -17, date(2024, 12, 15)),
    ],
)
def test_months_end_where_they_end(day, months, later):
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (2.25, 1, "2.3"),
        (0.045, 2, "0.05"),
        (-2.25, 1, "-2.3"),
        (2.675, 2, "2.68"),
        (4.0, 2, "4.00"),
        (-0.01, 1, "0.0"),
        (0.5, 0, "1"),
        (1e9, 1, "1000000000.0"),
        (1e300, 2, "1e+300"),
    ],
)
def test_halves_go_up_once(value, places, text):
    assert half_up(value, places) == text
