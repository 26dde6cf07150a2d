"""Working time as people write it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmtui.domain.durations import DAY, HOUR, WEEK, duration_text, parse_duration
from pmtui.domain.errors import Refused
from pmtui.domain.fields import MAX_MINUTES
from pmtui.domain.values import read_value


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3d", 3 * DAY),
        ("3d 4h", 3 * DAY + 4 * HOUR),
        ("3d4h", 3 * DAY + 4 * HOUR),
        ("2w", 2 * WEEK),
        ("1.5d", 720),
        ("0.5h", 30),
        ("90m", 90),
        ("90min", 90),
        ("1w 2d 3h 4m", WEEK + 2 * DAY + 3 * HOUR + 4),
        ("4 h", 4 * HOUR),
        ("  3D ", 3 * DAY),
        ("3", 3 * DAY),
        ("0.25", 2 * HOUR),
        ("0", 0),
        ("0d", 0),
        ("1d 1d", 2 * DAY),
        ("9999999w", 9_999_999 * WEEK),
    ],
)
def test_working_time_is_read(text, minutes):
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["", " ", "d", "3x", "3 d h", "d3", "1e3d", "1_0d", "nan", "inf", "three days", "3d!", "3,5d", "3..5d", "3.d",
     ".5d", "٣d", "３d", "3ｄ", "²d", "1.12345d", "3d\x00", "--3d", "3d -4h"],
)  # fmt: skip
def test_what_is_no_working_time_is_refused_with_its_words_and_an_example(text):
    with pytest.raises(Refused, match=r"The duration is working time, not .*Type it as 3d, 4h, 30m, 2w or 1d 4h"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["-3d", "+3d", "- 3d"])
def test_only_a_lag_has_a_sign(text):
    with pytest.raises(Refused, match="The duration is working time"):
        parse_duration(text)
    assert abs(parse_duration(text, "lag", signed=True)) == 3 * DAY


def test_a_lead_is_negative():
    assert parse_duration("-1d 4h", "lag", signed=True) == -(DAY + 4 * HOUR)
    assert parse_duration("+1d", "lag", signed=True) == DAY
    assert parse_duration("-0", "lag", signed=True) == 0


@pytest.mark.parametrize("text", ["0.3m", "0.0001d", "1.0001w"])
def test_a_fraction_that_is_no_whole_minute_is_refused(text):
    with pytest.raises(Refused, match="is no whole number of minutes"):
        parse_duration(text)


def test_the_sentence_names_what_is_meant():
    with pytest.raises(Refused, match='The lag of "T-3" is working time, not "soon"'):
        parse_duration("soon", 'lag of "T-3"')


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0d"), (1, "1m"), (60, "1h"), (480, "1d"), (90, "1h 30m"), (1681, "3d 4h 1m"), (-720, "-1d 4h"), (2400, "5d")],
)
def test_working_time_is_written_in_days_hours_and_minutes(minutes, text):
    assert duration_text(minutes) == text


@given(st.integers(-MAX_MINUTES, MAX_MINUTES))
def test_what_is_written_is_read_back(minutes):
    assert parse_duration(duration_text(minutes), signed=True) == minutes


@given(st.text(max_size=12))
def test_any_text_is_minutes_or_a_sentence(text):
    with suppress(Refused):
        assert type(parse_duration(text, signed=True)) is int


def test_more_than_a_field_can_hold_is_said_with_the_most_it_can(desk):
    with pytest.raises(Refused, match="is at most 10000d"):
        read_value("task", "duration", "99999999d", desk.plan, desk.today)
