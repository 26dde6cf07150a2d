from __future__ import annotations

import pytest

from pmtui.domain.commands import AddInitiative, AddKeyResult, AddProject, AddTask, Archive, SaveView
from pmtui.domain.entities import KEY_LETTERS
from pmtui.planning.jump import find


@pytest.fixture
def backlog(desk):
    desk.product("Fieldnote")
    desk.objective("Reports arrive the same day")
    desk.item("Approval inbox", tags=["workflow"], external_id="jira:PROJ-12")
    desk.item("Single sign-on")
    desk.item("Inspect in bulk")
    desk.do(SaveView(desk.clock.new_id(), "My inbox", "@ann"))
    return desk


def titles(desk, text: str) -> list[str]:
    return [hit.title for hit in find(desk.plan, text)]


def test_a_key_finds_its_thing_first(backlog):
    hit = find(backlog.plan, "f-2")[0]
    assert (hit.kind, hit.key, hit.title, hit.spans) == ("backlog_item", "F-2", "Single sign-on", ())
    assert find(backlog.plan, "O-1")[0].kind == "objective"
    assert find(backlog.plan, "p-1")[0].kind == "product"


def test_every_kind_with_a_key_is_found_by_key_and_by_title_in_the_order_of_the_thread(desk):
    desk.product("Same")
    goal = desk.objective("Same")
    desk.do(AddKeyResult("k", "Same", goal))
    desk.do(AddInitiative("c", "Same"))
    desk.item("Same")
    desk.do(AddProject("j", "Same"))
    desk.do(AddTask("t", "Same", "j"))
    desk.do(SaveView("v", "Same", ""))
    assert [hit.kind for hit in find(desk.plan, "same")] == [*KEY_LETTERS, "view"]
    for kind, letter in KEY_LETTERS.items():
        hit = find(desk.plan, f"{letter}-1")[0]
        assert (hit.kind, hit.key, hit.title) == (kind, f"{letter}-1", "Same")


@pytest.mark.parametrize("text", ["jira:proj-12", "PROJ-12", "proj-1"])
def test_an_external_id_finds_with_and_without_its_source(backlog, text):
    assert titles(backlog, text)[0] == "Approval inbox"


def test_tags_and_views_are_found_too(backlog):
    assert [(hit.kind, hit.title) for hit in find(backlog.plan, "workf")] == [("tag", "workflow")]
    assert ("view", "My inbox") in [(hit.kind, hit.title) for hit in find(backlog.plan, "my inbox")]


def test_the_beginning_of_a_title_beats_the_beginning_of_a_word_beats_scattered_letters(backlog):
    backlog.item("Rain bow: print")
    assert titles(backlog, "in")[:3] == ["Inspect in bulk", "My inbox", "Approval inbox"]
    assert titles(backlog, "in").index("Rain bow: print") > 2
    assert titles(backlog, "ain")[0] == "Rain bow: print"


def test_first_letters_of_words_find_a_title_and_show_where(backlog):
    hit = find(backlog.plan, "sso")[0]
    assert hit.title == "Single sign-on"
    assert [hit.title[start:end] for start, end in hit.spans] == ["S", "s", "o"]


def test_every_word_must_match_in_any_order(backlog):
    assert titles(backlog, "inbox appr") == ["Approval inbox"]
    assert titles(backlog, "inbox zebra") == []


def test_spans_point_into_the_title_even_where_case_folding_changes_its_length(desk):
    desk.item("Straße und Maß, İzmir inbox")
    hit = find(desk.plan, "inbox")[0]
    assert [hit.title[start:end] for start, end in hit.spans] == ["inbox"]


def test_spans_do_not_overlap(backlog):
    for text in ("in inb", "a ap app", "sign on"):
        for hit in find(backlog.plan, text):
            ends = [0, *(place for span in hit.spans for place in span)]
            assert ends == sorted(ends)


def test_archived_things_come_after_their_like(desk):
    first = desk.item("Approval inbox")
    desk.item("Approval inbox again")
    desk.do(Archive("backlog_item", (first,)))
    assert titles(desk, "approval") == ["Approval inbox again", "Approval inbox"]


@pytest.mark.parametrize("text", ["", "   ", "[", "(.*", "\\", "]]^-", "zzzz"])
def test_odd_text_finds_nothing_and_breaks_nothing(backlog, text):
    assert find(backlog.plan, text) == []


def test_no_more_than_the_limit(desk):
    for _ in range(8):
        desk.item("Same")
    assert [hit.key for hit in find(desk.plan, "same", limit=3)] == ["F-1", "F-2", "F-3"]
