"""Published worked cases, run through the public functions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pmtui.planning import quadrant, scoring

GOLDENS = Path(__file__).parents[2] / "goldens"


def cases(topic: str, *names: str) -> list[object]:
    """The cases of a topic, or only those that expect something of these *names*.

    Sums that are made before anything is typed, as people × weeks, are cases too: nothing here makes them.
    """
    read = json.loads((GOLDENS / f"{topic}.json").read_text(encoding="utf-8"))
    assert len(read["cases"]) == read["count"]
    return [pytest.param(case, id=case["id"]) for case in read["cases"] if not names or {*names} & {*case["expected"]}]


def check(case: dict, name: str, answer: float | None) -> None:
    expected = case["expected"][name]
    if expected is None:
        assert answer is None
    else:
        assert answer == pytest.approx(expected, abs=case["tolerance"]["abs"])


@pytest.mark.parametrize("case", cases("rice", "score"))
def test_rice(case):
    check(case, "score", scoring.rice(**case["inputs"]))


@pytest.mark.parametrize("case", cases("wsjf"))
def test_wsjf(case):
    given = case["inputs"]
    upper = given["user_business_value"], given["time_criticality"], given["rr_oe"]
    if "cost_of_delay" in case["expected"]:
        check(case, "cost_of_delay", scoring.cost_of_delay(*upper))
    check(case, "wsjf", scoring.wsjf(*upper, given["job_size"]))


@pytest.mark.parametrize("case", cases("quadrant"))
def test_quadrant(case):
    given = case["inputs"]
    if "points" in given:
        found = [quadrant.quadrant(v, e, given["cut_value"], given["cut_effort"]) for v, e in given["points"]]
        assert found == ["quick win", "quick win", "quick win"]
    else:
        expected = case["expected"]["quadrant"]
        found = quadrant.quadrant(
            given["value"], given["effort"], given.get("cut_value", 5), given.get("cut_effort", 5)
        )
        assert found == (expected.split(" / ")[0] if expected else None)
