"""A promise as it is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.errors import Refused
from pmtui.domain.promises import Promise, parse_promise, promise_text

TODAY = date(2026, 11, 23)


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("window", "start", "end"),
    [
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2027-2", "2027-02-01", "2027-02-28"),
        ("Q1 2027", "2027-01-01", "2027-03-31"),
        ("2027-Q1", "2027-01-01", "2027-03-31"),
        ("2027q4", "2027-10-01", "2027-12-31"),
        ("q4", "2026-10-01", "2026-12-31"),
        ("Q3", "2027-07-01", "2027-09-30"),
        ("Dec", "2026-12-01", "2026-12-31"),
        ("nov", "2026-11-01", "2026-11-30"),
        ("Oct", "2027-10-01", "2027-10-31"),
        ("December 2027", "2027-12-01", "2027-12-31"),
        ("2026-12-15", None, "2026-12-15"),
        ("3w", None, "2026-12-14"),
        ("2026-12-01..2026-12-15", "2026-12-01", "2026-12-15"),
        ("2026-12 .. 2027-01", "2026-12-01", "2027-01-31"),
        ("Q1 2027..Q2 2027", "2027-01-01", "2027-06-30"),
        ("2026-12-15..2026-12-15", "2026-12-15", "2026-12-15"),
    ],
)
def test_windows(window, start, end):
    found = parse_promise(f"{window} 80%", TODAY)
    assert (found.start, found.end) == (start and d(start), d(end))
    assert found.confidence == 0.8


def test_a_whole_line():
    assert parse_promise("2026-12-15 80% to the board because Bo is ill to the end of the week", TODAY) == Promise(
        None, d("2026-12-15"), 0.8, "the board", "Bo is ill to the end of the week"
    )


@pytest.mark.parametrize(
    "line", ["80% 2026-12 to the board", "2026-12 80 % to the board", "  2026-12  80%  to the board "]
)
def test_order_and_blanks_around_the_confidence_do_not_matter(line):
    assert parse_promise(line, TODAY) == Promise(d("2026-12-01"), d("2026-12-31"), 0.8, "the board", "")


def test_a_minus_takes_it_back():
    assert parse_promise("- because nobody waits for it", TODAY) == Promise(None, None, None, "", "nobody waits for it")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Say until when"),
        ("80%", "Say until when"),
        ("to the board", "Say until when"),
        ("2026-12", 'Say how sure you are of "2026-12", as "2026-12 80%"'),
        ("2026-12 to the board", "Say how sure you are"),
        ("2026-12 80% 60%", "two confidences"),
        ("2026-12 180%", "0 to 100 %"),
        ("2026-12 sure%", "confidence is a number"),
        ("soon 80%", '"soon" is no window. Type a day as 2026-12-15, a month as 2026-12'),
        ("2026-13 80%", '"2026-13" is not in the calendar'),
        ("2026-02-30 80%", "not in the calendar"),
        ("2026-12-15..2026-12-01 80%", "would end on 2026-12-01, before it begins on 2026-12-15"),
        ("2026-12-15.. 80%", "has one end"),
        ("2300-01 80%", "outside the plan's days"),
        ("0000-01 80%", "outside the plan's days"),
        ("Q5 2027 80%", "is no window"),
        ("2026-12 80% board", '"2026-12 board" is no window'),
    ],
)
def test_what_is_missing_or_makes_no_sense_is_said(line, words):
    with pytest.raises(Refused) as caught:
        parse_promise(line, TODAY)
    assert words.casefold() in caught.value.sentence.casefold()


CARD = Initiative(
    id="c", key="C-5", title="Approval inbox", confidence=0.8, promised_on=TODAY, promise_end=d("2026-12-15")
)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "2026-12-15 80%"),
        ({"promise_start": d("2026-12-01"), "audience": "the board"}, "2026-12-01..2026-12-15 80% to the board"),
        ({"promise_start": d("2026-12-01"), "promise_end": d("2026-12-31")}, "2026-12 80%"),
        ({"promise_start": d("2027-01-01"), "promise_end": d("2027-03-31")}, "Q1 2027 80%"),
        ({"promise_start": d("2026-12-01"), "promise_end": d("2027-01-31")}, "2026-12-01..2027-01-31 80%"),
        ({"confidence": 0.625}, "2026-12-15 62.5%"),
    ],
)
def test_a_promise_is_shown_as_it_would_be_typed(changes, text):
    card = replace(CARD, **changes)
    assert promise_text(card) == text
    again = parse_promise(text, TODAY)
    assert (again.start, again.end, again.confidence, again.audience) == (
        card.promise_start,
        card.promise_end,
        card.confidence,
        card.audience,
    )


def test_a_card_without_a_promise_has_no_text():
    assert promise_text(replace(CARD, promise_end=None, confidence=None)) == ""
