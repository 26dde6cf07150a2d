"""How a reference that is not written like an id still finds the one item it can mean."""

import pytest

from pmtui.exchange.circles import circles
from pmtui.exchange.references import Resolver

NAMES = {name: name.lower() + "!" for name in ("BACK-1", "BACK-345.01", "BACK-345.10", "BACK-7", "DOC-8", "x9z")}


@pytest.mark.parametrize(
    ("reference", "means"),
    [
        ("BACK-1", "BACK-1"),
        ("back-1", "BACK-1"),
        ("task-1", "BACK-1"),
        ("1", "BACK-1"),
        ("#1", "BACK-1"),
        ("task-0007", "BACK-7"),
        ("task-345.1", "BACK-345.01"),
        ("task-345.10", "BACK-345.10"),
        ("X9Z", "x9z"),
    ],
)
def test_a_reference_finds_the_only_item_with_its_number(reference, means):
    assert Resolver(NAMES).find(reference, "parent").id == NAMES[means]


@pytest.mark.parametrize("reference", ["task-2", "DOC-1", "BACK-8", "9", "task-345", "", "task-1.0.0", "1" * 5000])
def test_a_reference_that_means_nothing_gets_a_reason(reference):
    found = Resolver(NAMES).find(reference, "parent")

    assert (found.id, "neither in the file nor in the plan" in found.reason) == ("", True)


def test_a_number_that_two_series_have_is_ambiguous():
    found = Resolver({"BACK-1": "a", "DOC-1": "b"}).find("task-1", "parent")

    assert (found.id, found.reason) == ("", 'could be "BACK-1" or "DOC-1"')


def test_readings_are_counted_by_the_way_they_are_written():
    resolver = Resolver(NAMES)
    for reference in ("task-1", "task-7", "BACK-1", "task-345.1"):
        resolver.find(reference, "parent")

    assert resolver.readings == {("parent", "task-N", "BACK-N"): 2, ("parent", "task-N.N", "BACK-N.NN"): 1}


def test_all_circles_are_found_at_once():
    links = {"a": ["b"], "b": ["c", "a"], "c": [], "d": ["e"], "e": ["f"], "f": ["d", "c"], "g": ["g"]}

    assert circles(links) == [["a", "b"], ["d", "e", "f"], ["g"]]


def test_no_circle_in_a_diamond():
    assert circles({"a": ["b", "c"], "b": ["d"], "c": ["d"]}) == []


def test_a_circle_of_ten_thousand_is_found_without_recursion():
    size = 10_000
    links = {str(index): [str((index + 1) % size)] for index in range(size)}

    assert [len(circle) for circle in circles(links)] == [size]
