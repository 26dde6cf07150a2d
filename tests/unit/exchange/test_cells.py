"""One cell at a time: strict numbers, days that mean one day, and text that no spreadsheet computes."""

from datetime import date

import pytest

from pmtui.domain import words
from pmtui.domain.entities.backlog import PRIORITIES, STATES
from pmtui.domain.errors import Refused
from pmtui.exchange import cells

LAST_OF_JANUARY = date(2026, 1, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "2026-1-31",
        " 2026-01-31 ",
        "2026/01/31",
        "2026-01-31 10:00",
        "2026-01-31T10:00:00Z",
        "2026-01-31T23:59:59.123+02:00",
        "2026-01-31 10:00 PM",
        "31.01.2026",
        "31.1.2026",
        "31/01/2026",
        "01/31/2026",
        "31 Jan 2026",
        "31. January 2026",
        "Jan 31, 2026",
    ],
)
def test_every_usual_spelling_of_a_day_is_read(text):
    assert cells.day(text) == LAST_OF_JANUARY


@pytest.mark.parametrize(
    "text",
    [
        "0000-01-01",
        "9999-12-31",
        "1969-12-31",
        "2201-01-01",
        "2026-02-30",
        "31.02.2026",
        "20260131",
        "2026-W05-6",
        "0",
        "86400",
        "soon",
        "31.01.26",
        "31 Foo 2026",
        "2026-01-31-01",
        "٢٠٢٦-01-31",
        "",
    ],
)
def test_what_is_no_day_from_1970_to_2200_is_refused_in_words(text):
    with pytest.raises(Refused) as refusal:
        cells.day(text)

    assert refusal.value.sentence.endswith(".")


def test_a_day_that_could_be_two_days_needs_a_proof():
    with pytest.raises(Refused, match="could mean two different days"):
        cells.day("02/03/2026")

    assert cells.day("02/03/2026", "day first") == date(2026, 3, 2)
    assert cells.day("02/03/2026", "month first") == date(2026, 2, 3)
    assert cells.day("03.03.2026") == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["31/01/2026", "02/03/2026"], "day first"),
        (["01/31/2026", "02/03/2026 10:00"], "month first"),
        (["31/01/2026", "01/31/2026"], ""),
        (["02/03/2026"], ""),
        (["2026-01-31", ""], ""),
    ],
)
def test_a_column_proves_its_order_only_when_all_agree(column, order):
    assert cells.day_order(column) == order


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("8", False, 8.0),
        ("-0.5", False, -0.5),
        ("1e-05", False, 1e-05),
        ("0,5", True, 0.5),
    ],
)
def test_plain_numbers_are_read(text, comma, value):
    assert cells.number(text, decimal_comma=comma) == value


@pytest.mark.parametrize(
    "text", ["0,5", "1,000", "1_000", "١٢", "nan", "inf", "1e999", "0x10", "", "8 points", "9" * 40]
)
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(Refused):
        cells.number(text)


def test_a_thousand_is_not_taken_for_a_decimal():
    with pytest.raises(Refused):
        cells.number("1,000", decimal_comma=True)


def test_no_word_means_two_states_or_priorities():
    assert len(words.STATES_BY_WORD) == sum(len(words) for words in words.STATE_WORDS.values())
    assert len(words.PRIORITIES_BY_WORD) == sum(len(words) for words in words.PRIORITY_WORDS.values())
    assert all(words.STATES_BY_WORD[state] == state for state in STATES)
    assert all(words.PRIORITIES_BY_WORD[priority] == priority for priority in PRIORITIES if priority)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-5", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1", "'=1", "''=1"])
def test_a_text_that_a_spreadsheet_would_compute_is_guarded_and_comes_back(text):
    guarded = cells.guard_formula(text)

    assert guarded == "'" + text
    assert cells.unguard_formula(guarded) == text


@pytest.mark.parametrize("text", ["", "plain", "it's", "'quoted'", "a=b", "5-4", "'", "''"])
def test_other_text_is_left_alone(text):
    assert cells.guard_formula(text) == text
    assert cells.unguard_formula(text) == text
