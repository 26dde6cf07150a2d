from __future__ import annotations

import math
from datetime import date

import pytest

from pmtui.domain.entities import KINDS
from pmtui.domain.entities.backlog import PRIORITIES, RICE_IMPACTS, STATES, WSJF_SCALE, BacklogItem
from pmtui.domain.entities.vision import Objective
from pmtui.domain.errors import Refused
from pmtui.domain.fields import check, shown, specs

ITEM = specs(BacklogItem)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("value", [None, 0.0, 10.0, 7.25]),
        ("effort", [None, 0.0, 10.0]),
        ("reach", [None, 0.0, 1e9]),
        ("impact", [None, *RICE_IMPACTS]),
        ("confidence", [None, 0.0, 0.2, 1.0]),
        ("person_months", [None, 0.5, 1e4]),
        ("job_size", [None, *WSJF_SCALE]),
        ("state", STATES),
        ("priority", PRIORITIES),
        ("title", ["x", "x" * 500, "[/]", "日本語"]),
        ("owner", ["", "Ann"]),
        ("notes", ["", "a\nb", "x" * 200_000]),
        ("created_on", [None, date(1970, 1, 1), date(2200, 12, 31)]),
        ("external_id", [None, "jira:1"]),
        ("parent_id", [None, "abc"]),
        ("archived", [True, False]),
    ],
)
def test_what_fits(field, values):
    for value in values:
        check(ITEM[field], value)


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("value", -0.1, "goes from 0 to 10"),
        ("value", 10.1, "10.1 is outside"),
        ("value", math.nan, "is a number"),
        ("value", math.inf, "is a number"),
        ("value", "8", "is a number"),
        ("value", True, "is a number"),
        ("reach", 1e9 + 1, "outside"),
        ("impact", 1.5, "one of 0.25, 0.5, 1, 2, 3"),
        ("confidence", 80.0, "goes from 0 to 1"),
        ("person_months", 0.4, "goes from 0.5"),
        ("job_size", 4.0, "one of 1, 2, 3, 5, 8, 13, 20"),
        ("state", "open", "It is one of: idea, candidate"),
        ("state", None, "is no state"),
        ("priority", "urgent", "(none), low"),
        ("title", "", "title is empty"),
        ("title", "   ", "title is empty"),
        ("title", None, "title is empty"),
        ("title", "x" * 501, "501 characters"),
        ("title", "a\nb", "control characters"),
        ("title", "a\x1b", "control characters"),
        ("title", 8.0, "is text"),
        ("owner", "x" * 81, "at most 80"),
        ("owner", None, "is text"),
        ("notes", "a\x00", "control characters"),
        ("created_on", date(1969, 12, 31), "1970-01-01 to 2200-12-31"),
        ("created_on", date(2201, 1, 1), "1970-01-01 to 2200-12-31"),
        ("created_on", "2026-01-01", "is a day"),
        ("archived", None, "yes or no"),
        ("archived", 1.0, "yes or no"),
        ("parent_id", 7.0, "is text"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(field, value, part):
    with pytest.raises(Refused) as caught:
        check(ITEM[field], value)
    sentence = caught.value.sentence
    assert part in sentence
    assert sentence[0].isupper() or sentence[0] == '"'
    assert sentence.endswith(".")


def test_a_field_can_be_empty_exactly_where_none_is_a_value():
    for entity in KINDS.values():
        for spec in specs(entity).values():
            if spec.nullable:
                check(spec, None)
            else:
                with pytest.raises(Refused):
                    check(spec, None)


def test_the_default_of_every_optional_field_fits():
    item = BacklogItem(id="a", key="F-1", title="Thing")
    for name, spec in ITEM.items():
        check(spec, getattr(item, name))
    goal = Objective(id="a", key="O-1", title="Goal")
    for name, spec in specs(Objective).items():
        check(spec, getattr(goal, name))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        (8.0, "8"),
        (0.25, "0.25"),
        (0.1 + 0.2, "0.3"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 1, 2), "2026-01-02"),
        ("word", "word"),
    ],
)
def test_values_as_people_read_them(value, text):
    assert shown(value) == text
