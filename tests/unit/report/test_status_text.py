from datetime import UTC, date, datetime, timedelta

import pytest

from pmtui.domain.commands import ImportEntities
from pmtui.domain.entities import link_id
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.vision import Objective, Product
from pmtui.domain.facts import (
    LastChange,
    StatusFacts,
    judge,
    objective_facts,
    promise_facts,
    status_facts,
)
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


def thing(number, **fields):
    return BacklogItem(id=f"item{number}", title=f"Item {number}", **fields)


def card(number, days=None, **fields):
    promise = {"promise_end": TODAY + timedelta(days=days), "promised_on": TODAY, "confidence": 0.8} if days else {}
    return Initiative(id=f"card{number}", **{"title": f"Card {number}", **promise, **fields})


def goal_of(number, days, title):
    return Objective(id=f"goal{number}", title=title, due_on=TODAY + timedelta(days=days))


FIELDNOTE = (
    Product(id="product", name="Fieldnote"),
    goal_of(1, -38, "Ten teams every week"),
    goal_of(2, 9, "No note is lost"),
    goal_of(3, 74, "A summary within a day"),
    thing(1, objective_id="goal1", state="launched"),
    thing(2, objective_id="goal2", value=8.0, effort=2.0),
    thing(3, objective_id="goal2", state="candidate", value=8.0, effort=0.0),
    thing(4, objective_id="goal3", state="in progress"),
    thing(5, archived=True),
    ItemDependency(id=link_id("item2", "item3"), item_id="item2", needs_id="item3"),
    card(1, 22, title="Approval inbox"),
    card(2, 60, title="Offline first"),
    card(3, 30, title="Sign-on"),
    card(4, 5, state="launched"),
    card(5, 5, archived=True),
    card(6),
)
"""The 22nd day from today is 15 December."""
FINISHES = {"card1": date(2027, 1, 12), "card2": date(2026, 12, 4), "card4": TODAY, "card6": TODAY}
LAST = LastChange(datetime(2026, 11, 23, 8, 5, tzinfo=UTC), "F-9 needs F-13")


@pytest.fixture
def fieldnote():
    return status_facts(built([ImportEntities("x", FIELDNOTE)]), TODAY, LAST, FINISHES)


def facts(**changes):
    empty = status_facts(Plan(), TODAY)
    return empty._replace(**changes)


def goal(number, due, todo, done=0, title="A goal", cards=0, ends=None):
    day = TODAY + timedelta(days=due) if due is not None else None
    finish = TODAY + timedelta(days=ends) if ends is not None else None
    return objective_facts((f"O-{number}", title, day), (todo, done), (cards, 0, finish), TODAY)


def promise(number, finish, title="A card"):
    finish_on = TODAY + timedelta(days=finish) if finish is not None else None
    return promise_facts((f"C-{number}", title, TODAY + timedelta(days=20 + number), 0.8), finish_on, TODAY)


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


@pytest.mark.parametrize(
    ("due", "ends", "expected"),
    [(None, 5, "unknown"), (-1, None, "late"), (9, None, "at risk"), (30, 30, "on track"), (30, 31, "at risk")],
)
def test_its_cards_and_the_end_of_their_planned_work_count_too(due, ends, expected):
    assert goal(1, due, 0, cards=1, ends=ends).standing == expected


def test_work_that_ends_after_the_day_of_its_objective_is_a_reason():
    goals = (goal(1, 14, 0, cards=1, ends=28), goal(2, 9, 0, cards=2))
    assert judge(goals, (), TODAY) == (
        "at risk",
        ("O-1 is planned to be done 10 working days after its day", "O-2 is due in 9 days: 2 cards open"),
    )


def test_a_plan_is_as_late_as_the_worst_of_its_objectives_and_promises(fieldnote):
    assert fieldnote.health == "late"
    assert fieldnote.reasons == ("C-1 misses its promise by 20 working days", "O-2 is due in 9 days: 2 open")
    assert exit_code(fieldnote) == 2


def test_without_the_late_promise_it_is_at_risk():
    calm = status_facts(built([ImportEntities("x", FIELDNOTE)]), TODAY, LAST)
    assert (calm.health, calm.reasons) == ("at risk", ("O-2 is due in 9 days: 2 open",))
    assert exit_code(calm) == 1


def test_counts_of_a_plan(fieldnote):
    states = dict(fieldnote.states)
    assert {state: count for state, count in states.items() if count} == {
        "idea": 1,
        "candidate": 1,
        "in progress": 1,
        "launched": 1,
    }
    assert (fieldnote.items, fieldnote.open, fieldnote.scored, fieldnote.unscored) == (4, 3, 1, 2)
    assert (fieldnote.blocked, fieldnote.archived) == (1, 1)


def test_only_what_is_promised_and_not_out_yet_counts_as_a_promise(fieldnote):
    assert [(p.key, p.gap_days, p.standing) for p in fieldnote.promises] == [
        ("C-1", 20, "late"),
        ("C-3", None, "unknown"),
        ("C-2", -35, "on track"),
    ]


@pytest.mark.parametrize(
    ("until", "finish", "expected", "reason"),
    [
        (0, 0, "on track", ""),
        (0, None, "unknown", ""),
        (0, 1, "late", "C-1 misses its promise by 1 working day"),
        (-1, None, "late", "C-1 was promised until 1 day ago"),
        (-3, -3, "late", "C-1 was promised until 3 days ago"),
        (4, 7, "late", "C-1 misses its promise by 1 working day"),  # Friday to Monday
    ],
)
def test_a_promise_stands_as_its_day_and_its_work_say(until, finish, expected, reason):
    finish_on = None if finish is None else TODAY + timedelta(days=finish)
    promise = promise_facts(("C-1", "Card", TODAY + timedelta(days=until), 0.5), finish_on, TODAY)
    assert promise.standing == expected
    assert judge([], [promise], TODAY)[1] == ((reason,) if reason else ())


def test_a_late_objective_outweighs_one_at_risk():
    later = status_facts(built([ImportEntities("x", FIELDNOTE[:-7])]), TODAY + timedelta(days=70))
    assert later.health == "late"
    assert later.reasons == ("O-2 was due 61 days ago: 2 open", "O-3 is due in 4 days: 1 open")


def test_the_text_of_a_plan(fieldnote):
    assert status_text(fieldnote, 80, ascii=False, today=TODAY) == (
        "Fieldnote  ! late                                                Mon 23 Nov 2026\n"
        "C-1 misses its promise by 20 working days\n"
        "O-2 is due in 9 days: 2 open\n"
        "\n"
        "4 items, 3 open, 1 more in the archive\n"
        "open: 1 scored, 2 unscored, 1 blocked\n"
        "idea 1 · candidate 1 · in progress 1 · launched 1\n"
        "\n"
        "· O-1  16 Oct      1 done  Ten teams every week\n"
        "~ O-2  2 Dec       2 open  No note is lost\n"
        "· O-3  5 Feb 2027  1 open  A summary within a day\n"
        "\n"
        "! C-1  promised 15 Dec (80%)       computed 12 Jan 2027  +20 d  Approval inbox\n"
        "? C-3  promised 23 Dec (80%)       no planned work              Sign-on\n"
        "· C-2  promised 22 Jan 2027 (80%)  computed 4 Dec        -35 d  Offline first\n"
        "\n"
        f"last change {_local(fieldnote)}: F-9 needs F-13\n"
    )


def test_a_narrow_terminal_keeps_days_and_gap_of_a_promise(fieldnote):
    lines = status_text(fieldnote, 50, ascii=False, today=TODAY).splitlines()
    assert "! C-1  15 Dec       12 Jan 2027  +20 d  Approval…" in lines
    assert "? C-3  23 Dec       no work             Sign-on" in lines


def test_dates_older_than_the_plan_are_called_that_and_missing_ones_are_not_taken_for_no_work(fieldnote):
    stale = fieldnote._replace(forecast_stale=True)
    lines = status_text(stale, 80, ascii=False, today=TODAY).splitlines()
    assert lines[-3] == "dates are older than the plan: pmtui status --fresh"
    assert any("C-3  promised 23 Dec (80%)       not computed" in line for line in lines)
    assert status_text(facts(forecast_stale=True), 80, ascii=False, today=TODAY).endswith("--fresh\n")


def _local(facts):
    at = facts.last.at.astimezone()
    return f"{at.day} Nov {at:%H:%M}"


@pytest.mark.parametrize("width", [1, 44, 60, 80, 120, 400])
@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 40])
@pytest.mark.parametrize("promises", [0, 1, 3, 40])
def test_it_fits_any_terminal_and_18_lines(width, count, promises):
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
        promises=tuple(promise(n, n * 400 - 300 if n % 3 else None, "é界" * 90) for n in range(promises)),
        forecast_stale=promises > 1,
        health="late",
        reasons=("O-1 was due",) * 9,
        last=LastChange(datetime(2020, 1, 1, tzinfo=UTC), "y" * 900),
    )
    lines = status_text(crowded, width, ascii=False, today=TODAY).splitlines()
    assert len(lines) <= MAX_LINES
    assert max(cells(line) for line in lines) <= min(max(width, 44), 100)
    assert bool(count) == any(" O-" in line for line in lines[3:])
    assert bool(promises) == any(" C-" in line for line in lines[3:])


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


def test_json_is_sorted_stable_and_complete(fieldnote):
    import json

    text = status_json(fieldnote)
    body = json.loads(text)
    assert text == json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert (body["version"], body["health"], body["forecast_stale"]) == (2, "late", False)
    assert body["last_change"] == {"at": "2026-11-23T08:05:00Z", "label": "F-9 needs F-13"}
    assert body["objectives"][1] == {
        "key": "O-2",
        "title": "No note is lost",
        "due": "2026-12-02",
        "open": 2,
        "launched": 0,
        "cards": 0,
        "computed_finish": None,
        "standing": "at risk",
    }
    assert body["promises"][0] == {
        "key": "C-1",
        "title": "Approval inbox",
        "promised_until": "2026-12-15",
        "confidence": 0.8,
        "computed_finish": "2027-01-12",
        "gap_days": 20,
        "standing": "late",
    }
    assert body["promises"][1]["computed_finish"] is None
    told = set(StatusFacts._fields) - {"last"} | {"last_change", "items", "unscored", "format", "version"}
    assert set(body) == told


def test_promises_that_do_not_fit_are_counted_and_the_late_ones_stay():
    crowd = (*(promise(n, 1) for n in range(1, 40)), promise(40, 400, "Late one"))
    text = status_text(facts(promises=crowd, health="late"), 80, ascii=False, today=TODAY)
    shown = [line for line in text.splitlines() if line.startswith(("!", "·"))]
    assert any("Late one" in line for line in shown)
    assert f"  and {40 - len(shown)} more promises" in text.splitlines()


@pytest.mark.parametrize("key", ["O-1", "F-31", "P-0", "odd", "O-", "O-x", "O-²"])
def test_keys_sort_as_they_do_in_the_plan(key):
    assert fast_key_order(key)[:2] == key_order(key)
