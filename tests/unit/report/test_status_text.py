from datetime import UTC, date, datetime, timedelta

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.demo import SEED, demo_commands
from pmtui.domain.facts import LastChange, ObjectiveFacts, StatusFacts, standing, status_facts
from pmtui.domain.facts import key_order as fast_key_order
from pmtui.domain.lifecycle import STATES
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.rules import decide
from pmtui.report.fit import cells
from pmtui.report.status import MAX_LINES, exit_code, status_json, status_text

TODAY = date(2026, 11, 23)


def built(commands, today=TODAY):
    plan = Plan()
    for command in commands:
        plan = plan.apply(decide(plan, command, today))
    return plan


@pytest.fixture
def demo():
    return status_facts(
        built(demo_commands(fixed_clock(TODAY, SEED))),
        TODAY,
        LastChange(datetime(2026, 11, 23, 8, 5, tzinfo=UTC), "F-9 needs F-13"),
    )


def facts(**changes):
    empty = status_facts(Plan(), TODAY)
    return empty._replace(**changes)


def goal(number, due, todo, done=0, title="A goal"):
    day = TODAY + timedelta(days=due) if due is not None else None
    return ObjectiveFacts(f"O-{number}", title, day, todo, done, standing(day, todo, done, TODAY))


@pytest.mark.parametrize(
    ("due", "todo", "done", "expected"),
    [
        (None, 3, 0, "unknown"),
        (-1, 1, 5, "late"),
        (-1, 0, 5, "on track"),
        (-1, 0, 0, "late"),
        (0, 1, 0, "at risk"),
        (14, 1, 0, "at risk"),
        (15, 1, 0, "on track"),
        (5, 0, 2, "on track"),
        (5, 0, 0, "unknown"),
        (100, 0, 0, "unknown"),
    ],
)
def test_an_objective_stands_as_its_day_and_its_items_say(due, todo, done, expected):
    assert goal(1, due, todo, done).standing == expected


def test_the_demo_plan_is_at_risk_because_of_the_objective_due_in_nine_days(demo):
    assert demo.health == "at risk"
    assert demo.reasons == ("O-2 is due in 9 days: 5 open",)
    assert exit_code(demo) == 1


def test_counts_of_the_demo_plan(demo):
    assert dict(demo.states) == {
        "idea": 7,
        "candidate": 7,
        "planned": 6,
        "in progress": 4,
        "launched": 3,
        "retired": 1,
        "declined": 1,
    }
    assert (demo.items, demo.open, demo.scored, demo.unscored) == (29, 24, 18, 6)
    # F-9 and F-11 wait for F-13, F-15 for F-10, F-20 for F-18, F-22 for F-19.
    assert demo.blocked == 5


def test_a_late_objective_outweighs_one_at_risk():
    plan = built(demo_commands(fixed_clock(TODAY, SEED)))
    later = status_facts(plan, TODAY + timedelta(days=70))
    assert later.health == "late"
    assert later.reasons == ("O-2 was due 61 days ago: 5 open", "O-3 is due in 4 days: 8 open")
    assert exit_code(later) == 2


def test_the_text_of_the_demo_plan(demo, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    assert status_text(demo, 80, ascii=False, today=TODAY) == (
        "Fieldnote  ~ at risk                                             Mon 23 Nov 2026\n"
        "O-2 is due in 9 days: 5 open\n"
        "\n"
        "29 items, 24 open\n"
        "open: 18 scored, 6 unscored, 5 blocked\n"
        "idea 7 · candidate 7 · planned 6 · in progress 4 · launched 3 · retired 1\n"
        "declined 1\n"
        "\n"
        "· O-1  16 Oct       3 done  Ten teams work with Fieldnote every week\n"
        "~ O-2  2 Dec        5 open  No note is lost where there is no network\n"
        "· O-3  5 Feb 2027   8 open  From a visit to a shared summary within a day\n"
        "· O-4  30 Apr 2027  6 open  Ready for organisations that have their own IT\n"
        "\n"
        f"last change {_local(demo)}: F-9 needs F-13\n"
    )


def _local(facts):
    at = facts.last.at.astimezone()
    return f"{at.day} Nov {at:%H:%M}"


@pytest.mark.parametrize("width", [1, 44, 60, 80, 120, 400])
@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 40])
def test_it_fits_any_terminal_and_18_lines(width, count):
    goals = [goal(n, n - 5, n % 3, n % 2, "界" * 80 if n % 2 else "x" * 500) for n in range(count)]
    states = tuple((state, 9_999) for state in STATES)
    crowded = facts(
        products=("Ein sehr langer Name",) * 9,
        states=states,
        open=39_996,
        scored=2,
        blocked=39_000,
        archived=5_000,
        objectives=tuple(goals),
        health="late",
        reasons=("O-1 was due",) * 9,
        last=LastChange(datetime(2020, 1, 1, tzinfo=UTC), "y" * 900),
    )
    lines = status_text(crowded, width, ascii=False, today=TODAY).splitlines()
    assert len(lines) <= MAX_LINES
    assert max(cells(line) for line in lines) <= min(max(width, 44), 100)


def test_objectives_that_do_not_fit_are_counted_and_the_late_ones_stay():
    goals = (*(goal(n, 100 + n, 1) for n in range(1, 30)), goal(30, -3, 2, title="Late one"))
    text = status_text(facts(states=(("idea", 1),), objectives=goals), 80, ascii=False, today=TODAY)
    assert "! O-30" in text
    shown = [line for line in text.splitlines() if line.startswith(("!", "·"))]
    assert f"  and {30 - len(shown)} more objectives" in text.splitlines()


def test_ascii_is_ascii_and_keeps_the_letters():
    text = status_text(
        facts(products=("Café – “Größe” 界",), objectives=(goal(1, 50, 1),), states=(("idea", 1),)),
        80,
        ascii=True,
        today=TODAY,
    )
    assert text.isascii()
    assert 'Cafe - "Gro?e" ?' in text
    assert ". O-1" in text


def test_hostile_titles_cannot_command_the_terminal():
    text = status_text(
        facts(
            products=("\x1b]52;c;aGk=\x07",),
            objectives=(goal(1, 3, 1, title="\u202eevil\x9b31m"),),
            states=(("idea", 1),),
        ),
        80,
        ascii=False,
        today=TODAY,
    )
    assert not set(text) & set("\x1b\x07\x9b\u202e")


def test_an_empty_plan_says_how_to_begin():
    assert "pmtui add" in status_text(facts(), 44, ascii=False, today=TODAY)


def test_json_is_sorted_stable_and_complete(demo):
    import json

    text = status_json(demo)
    body = json.loads(text)
    assert text == json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert body["health"] == "at risk"
    assert body["last_change"] == {"at": "2026-11-23T08:05:00Z", "label": "F-9 needs F-13"}
    assert body["objectives"][1] == {
        "key": "O-2",
        "title": "No note is lost where there is no network",
        "due": "2026-12-02",
        "open": 5,
        "launched": 1,
        "standing": "at risk",
    }
    told = set(StatusFacts._fields) - {"last"} | {"last_change", "items", "unscored", "format", "version"}
    assert set(body) == told


@pytest.mark.parametrize("key", ["O-1", "F-31", "P-0", "odd", "O-", "O-x", "O-²"])
def test_keys_sort_as_they_do_in_the_plan(key):
    assert fast_key_order(key)[:2] == key_order(key)
