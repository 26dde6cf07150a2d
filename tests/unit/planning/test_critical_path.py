"""The critical path method against published cases: continuous time, all types of links, lags and leads."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from pmtui.planning.network import Link, critical_path

GOLDENS = Path(__file__).parents[2] / "goldens"
MEMBERS = {
    "ES": "early_start",
    "EF": "early_finish",
    "LS": "late_start",
    "LF": "late_finish",
    "TF": "total_slack",
    "FF": "free_slack",
}
NOT_YET = "tasks have no constraint of this kind yet: they can only start no earlier than a day"


def cases():
    read = json.loads((GOLDENS / "cpm.json").read_text(encoding="utf-8"))
    assert len(read["cases"]) == read["count"]
    for case in read["cases"]:
        kinds = {kind for kind, _ in case["inputs"].get("constraints", {}).values()}
        skip = [pytest.mark.skip(reason=NOT_YET)] if kinds - {"SNET"} else []
        yield pytest.param(case["inputs"], case["expected"], id=case["id"], marks=skip)


@pytest.mark.parametrize(("inputs", "expected"), cases())
def test_published_case(inputs, expected):
    found = critical_path(
        inputs["durations"],
        [Link(link["pred"], link["succ"], link["type"], link["lag"]) for link in inputs["links"]],
        {name: day for name, (_, day) in inputs.get("constraints", {}).items()},
        inputs.get("imposed_finish"),
    )
    assert found.duration == expected["duration"]
    for short, member in MEMBERS.items():
        if short in expected:
            assert getattr(found, member) == expected[short], short
    if "critical" in expected:
        assert sorted(found.critical) == sorted(expected["critical"])
    assert found.circle == ()


def test_the_goldens_hold_every_type_of_link():
    read = json.loads((GOLDENS / "cpm.json").read_text(encoding="utf-8"))
    types = {link["type"] for case in read["cases"] for link in case["inputs"]["links"]}
    assert types == {"FS", "SS", "FF", "SF"}


def test_a_lead_does_not_bring_anything_before_the_start():
    found = critical_path({"A": 2, "B": 5}, [Link("A", "B", "FF")])
    assert (found.early_start["B"], found.early_finish["B"]) == (0, 5)
    assert critical_path({"A": 1, "B": 1}, [Link("A", "B", "FS", -9)]).early_start["B"] == 0


def test_what_only_starts_of_others_wait_for_still_ends_with_the_project():
    found = critical_path({"A": 10, "B": 1}, [Link("A", "B", "SS")])
    assert found.late_finish["A"] == 10
    assert found.critical == ("A",)


def test_a_finish_that_cannot_be_met_shows_as_negative_slack():
    found = critical_path({"A": 3, "B": 4}, [Link("A", "B")], imposed_finish=5)
    assert found.total_slack == {"A": -2, "B": -2}
    assert found.critical == ("A", "B")


def test_those_in_a_circle_are_named_and_the_others_are_computed():
    links = [Link("A", "B"), Link("B", "C"), Link("C", "B"), Link("C", "D"), Link("E", "E"), Link("D", "F")]
    found = critical_path(dict.fromkeys("ABCDEF", 2), links)
    assert set(found.circle) == {"B", "C", "E"}
    assert found.early_start == {"A": 0, "D": 0, "F": 2}


def test_two_circles_side_by_side_are_both_found():
    links = [Link("A", "B"), Link("B", "A"), Link("B", "C"), Link("C", "D"), Link("D", "C", "SS", -4)]
    found = critical_path(dict.fromkeys("ABCD", 1), links)
    assert set(found.circle) == set("ABCD")
    assert found.duration == 0


def test_a_chain_of_20000_needs_no_recursion():
    names = [f"n{i}" for i in range(20_000)]
    links = [Link(a, b) for a, b in pairwise(names)]
    assert critical_path(dict.fromkeys(names, 1), links).duration == 20_000
    ring = critical_path(dict.fromkeys(names, 1), [*links, Link(names[-1], names[0])])
    assert len(ring.circle) == 20_000


def test_a_link_to_nothing_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        critical_path({"A": 1}, [Link("A", "B")])
