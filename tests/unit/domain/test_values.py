from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.errors import Refused
from pmtui.domain.values import read_value
from pmtui.domain.words import find_priority, find_state, fold


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("value", " 7.5 ", 7.5),
        ("value", "", None),
        ("value", "–", None),
        ("confidence", "80", 0.8),
        ("created_on", "2w", date(2026, 12, 7)),
        ("created_on", "-", None),
        ("state", "cand", "candidate"),
        ("priority", "", ""),
        ("archived", "yes", True),
        ("archived", "no", False),
        ("owner", "  Ann\nLee ", "Ann Lee"),
        ("owner", "x" * 200, "x" * 80),
        ("notes", " a\r\nb ", "a\nb"),
        ("external_id", "", None),
        ("external_id", "jira:1", "jira:1"),
        ("parent_id", "", None),
    ],
)
def test_what_a_text_means_for_a_field(desk, field, text, value):
    assert read_value("backlog_item", field, text, desk.plan, desk.today) == value


def test_a_reference_is_its_key(desk):
    goal = desk.objective()
    assert read_value("backlog_item", "objective_id", "o-1", desk.plan, desk.today) == goal


@pytest.mark.parametrize(
    ("field", "text", "part"),
    [
        ("title", " ", "title is empty"),
        ("state", "", "is no state"),
        ("archived", "maybe", "yes or no"),
        ("parent_id", "F-9", "Type its key, as F-1."),
        ("reach", "1e3", "is a number"),
    ],
)
def test_what_it_cannot_mean(desk, field, text, part):
    with pytest.raises(Refused, match=part):
        read_value("backlog_item", field, text, desk.plan, desk.today)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("idea", "idea"),
        ("Idea", "idea"),
        ("in progress", "in progress"),
        ("In-Progress", "in progress"),
        ("in_progress", "in progress"),
        ("in", "in progress"),
        ("i", None),
        ("", None),
        ("Done", "launched"),
        ("To Do", "candidate"),
        ("wip", "in progress"),
        ("purple", None),
    ],
)
def test_words_for_states(word, state):
    assert find_state(word) == state


@pytest.mark.parametrize(
    ("word", "priority"), [("h", "high"), ("HIGH", "high"), ("none", ""), ("urgent", "critical"), ("", None)]
)
def test_words_for_priorities(word, priority):
    assert find_priority(word) == priority


def test_folding_forgets_case_and_accents():
    assert fold("CAFÉ Straße") == "cafe strasse"
    assert fold("Łódź") == "łodz"
