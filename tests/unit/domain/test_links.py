"""What a task waits for, as people write it."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.domain.durations import DAY, HOUR
from pmtui.domain.entities.schedule import LINK_TYPES
from pmtui.domain.errors import Refused
from pmtui.domain.fields import MAX_MINUTES
from pmtui.domain.links import link_text, links_text, parse_links


@pytest.fixture
def plan(site):
    site.tasks("a b c d e f g h i j k l")
    site.task("outside", external_id="jira:PROJ-12")
    site.task("odd", external_id="msp:T-7-2d")
    site.desk.item("An item", external_id="csv:77")
    return site.plan


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", {}),
        ("  ", {}),
        ("T-3", {"c": ("FS", 0)}),
        ("t-3", {"c": ("FS", 0)}),
        ("T-3FS", {"c": ("FS", 0)}),
        ("T-3SS", {"c": ("SS", 0)}),
        ("T-3ff", {"c": ("FF", 0)}),
        ("T-3SF+2d", {"c": ("SF", 2 * DAY)}),
        ("T-3FS+2d", {"c": ("FS", 2 * DAY)}),
        ("T-3+2d", {"c": ("FS", 2 * DAY)}),
        ("T-3-1d", {"c": ("FS", -DAY)}),
        ("T-3SS-1d4h", {"c": ("SS", -DAY - 4 * HOUR)}),
        ("T-3+1.5d", {"c": ("FS", 720)}),
        ("T-3+90min", {"c": ("FS", 90)}),
        ("T-3+2", {"c": ("FS", 2 * DAY)}),
        ("T-3-2", {"c": ("FS", -2 * DAY)}),
        ("T-1 T-2SS+2d T-3-1d", {"a": ("FS", 0), "b": ("SS", 2 * DAY), "c": ("FS", -DAY)}),
        ("T-1,T-2;T-3", {"a": ("FS", 0), "b": ("FS", 0), "c": ("FS", 0)}),
        (" T-1 , T-2 ;; ", {"a": ("FS", 0), "b": ("FS", 0)}),
        ("T-1\nT-2\tT-3", {"a": ("FS", 0), "b": ("FS", 0), "c": ("FS", 0)}),
        ("T-12", {"l": ("FS", 0)}),
        ("T-1 T-12", {"a": ("FS", 0), "l": ("FS", 0)}),
    ],
)
def test_words_are_read(plan, text, links):
    assert parse_links(text, plan) == links


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("jira:PROJ-12", ("FS", 0)),
        ("PROJ-12", ("FS", 0)),
        ("jira:PROJ-12SS+2d", ("SS", 2 * DAY)),
        ("PROJ-12-1d", ("FS", -DAY)),
        ("outside", ("FS", 0)),
        ("outsFF", ("FF", 0)),
    ],
)
def test_a_task_is_known_by_its_external_id_and_the_start_of_its_own_too(plan, text, link):
    assert parse_links(text, plan) == {"outside": link}


def test_a_name_that_looks_like_a_lag_is_a_name_where_there_is_such_a_task(plan):
    assert parse_links("msp:T-7-2d", plan) == {"odd": ("FS", 0)}
    assert parse_links("T-7-2d-2d", plan) == {"odd": ("FS", -2 * DAY)}


@pytest.mark.parametrize("word", ["T-99", "T-", "T-3XX", "T-3FS+", "T-3+2y", "T-3SS++2d", "T-3FSSS", "x", "–", "T-٣"])
def test_a_word_that_means_nothing_is_named(plan, word):
    with pytest.raises(Refused) as caught:
        parse_links(f"T-1 {word}", plan)
    assert caught.value.sentence.startswith(f'"{word}" is no task of this plan.')
    assert caught.value.sentence.endswith("Type keys with type and lag, as T-3 T-4SS+2d T-5-1d.")


@pytest.mark.parametrize(
    ("word", "what"), [("F-1", "backlog item"), ("csv:77FS+2d", "backlog item"), ("J-1", "project")]
)
def test_another_thing_is_named_with_what_it_is(plan, word, what):
    with pytest.raises(Refused, match=f'"{word.replace("+", "[+]")}" is a {what}, no task'):
        parse_links(word, plan)


@pytest.mark.parametrize("text", ["T-3 FS", "T-3 +2d", "T-3 SS+2d", "T-3 -1d"])
def test_a_type_or_lag_that_stands_alone_belongs_to_its_task(plan, text):
    with pytest.raises(Refused, match=r"stands alone\. Write it right behind its task, as T-3FS\+2d"):
        parse_links(text, plan)


@pytest.mark.parametrize("text", ["T-3 T-3", "T-3 t-3SS+2d", "outside outs", "PROJ-12 outside"])
def test_a_task_named_twice_is_named(plan, text):
    with pytest.raises(Refused, match=r"T-.* is named twice"):
        parse_links(text, plan)


def test_a_lag_of_no_whole_minute_names_its_word(plan):
    with pytest.raises(Refused, match="no whole number of minutes"):
        parse_links("T-3+0.001h", plan)


def test_a_huge_paste_is_answered_at_once(plan):
    start = time.perf_counter()
    with pytest.raises(Refused):
        parse_links("T-1+" + "9" * 100_000, plan)
    with pytest.raises(Refused):
        parse_links("T-1+" + "9" * 100_000 + "x", plan)
    with pytest.raises(Refused):
        parse_links("T-1+1d" * 20_000, plan)
    with pytest.raises(Refused):
        parse_links("T-1 " * 20_000, plan)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("how", "text"),
    [
        (("FS", 0), "FS"),
        (("SS", 960), "SS+2d"),
        (("FS", -480), "FS-1d"),
        (("FF", 720), "FF+1d4h"),
        (("SF", -1), "SF-1m"),
    ],
)
def test_a_link_in_short(how, text):
    assert link_text(*how) == text


def test_links_are_written_in_the_order_of_their_keys_and_without_what_goes_without_saying(plan):
    links = {"l": ("FS", -DAY), "c": ("FS", 0), "b": ("SS", 2 * DAY), "d": ("FF", 0)}
    assert links_text(plan, links) == "T-2SS+2d T-3 T-4FF T-12-1d"
    assert links_text(plan, {}) == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*"abcdefghijkl", "outside", "odd"]),
        st.tuples(st.sampled_from(LINK_TYPES), st.integers(-MAX_MINUTES, MAX_MINUTES)),
    )
)
def test_what_is_written_is_read_back(plan, links):
    assert parse_links(links_text(plan, links), plan) == links


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="T-123FSx+d ,;é", max_size=20))
def test_any_text_is_links_or_a_sentence(plan, text):
    with suppress(Refused):
        assert set(parse_links(text, plan)) <= set(plan.tasks)
