"""What `pmtui status` counts by SQL is what a loaded plan holds."""

import random  # noqa: TID251 - the plans of this test follow from their seed
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmtui.domain.changes import Change
from pmtui.domain.clock import fixed_clock
from pmtui.domain.codec import encode_row, row_of
from pmtui.domain.entities import KIND_OF, link_id
from pmtui.domain.entities.backlog import STATES, BacklogItem, ItemDependency
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Project, Task
from pmtui.domain.entities.vision import Objective, Product
from pmtui.domain.facts import LastChange, status_facts
from pmtui.domain.facts import working_days as facts_days
from pmtui.domain.plan import Plan
from pmtui.planning.calendar import working_days as calendar_days
from pmtui.planning.forecast import forecasts
from pmtui.store.facts import load_facts
from pmtui.store.migrations import migrate, steps
from pmtui.store.read import load_plan

TODAY = date(2026, 11, 23)


def random_entities(seed, items=60):
    dice = random.Random(seed)
    new_id = fixed_clock(TODAY, seed).new_id
    products = [
        Product(id=new_id(), key=f"P-{n}", name=f"Product {n}", archived=dice.random() < 0.3)
        for n in dice.sample(range(1, 30), dice.randint(0, 4))
    ]
    goals = [
        Objective(
            id=new_id(),
            key=f"O-{n}",
            title=f"Goal {n} é界",
            due_on=dice.choice([None, TODAY + timedelta(days=dice.choice([-30, -1, 0, 1, 14, 15, 60]))]),
            archived=dice.random() < 0.2,
        )
        for n in dice.sample(range(1, 200), dice.randint(0, 8))
    ]
    backlog = [
        BacklogItem(
            id=new_id(),
            key=f"F-{n}",
            title=f"Item {n}",
            state=dice.choice(STATES),
            objective_id=dice.choice([None, *(goal.id for goal in goals)]),
            value=dice.choice([None, 0.0, 5.5]),
            effort=dice.choice([None, 0.0, 10.0]),
            archived=dice.random() < 0.2,
        )
        for n in range(1, dice.choice([0, 1, items]) + 1)
    ]
    ids = [item.id for item in backlog]
    pairs = {tuple(dice.sample(ids, 2)) for _ in range(len(ids) if len(ids) > 1 else 0)}
    links = [ItemDependency(id=link_id(a, b), item_id=a, needs_id=b) for a, b in sorted(pairs)]
    work = random_work(dice, new_id, [goal.id for goal in goals])
    cards = [None, *(one.id for one in work if isinstance(one, Initiative))]
    backlog = [replace(item, initiative_id=dice.choice(cards)) for item in backlog]
    return [*products, *goals, *work, *backlog, *links]


def random_work(dice, new_id, goals):
    """Cards, most of them with a promise, and the tasks behind some of them."""
    cards = []
    for n in dice.sample(range(1, 200), dice.randint(0, 8)):
        end = dice.choice([None, *(TODAY + timedelta(days=days) for days in (-3, 0, 1, 11, 12, 40))])
        card = Initiative(
            id=new_id(),
            key=f"C-{n}",
            title=f"Card {n} é界",
            state=dice.choice(("candidate", "planned", "in progress", *STATES)),
            promise_end=end,
            promised_on=end and TODAY,
            objective_id=dice.choice([None, *goals]),
            confidence=dice.choice([0.5, 1 / 3]) if end else None,
            archived=dice.random() < 0.2,
        )
        cards.append(card)
    if not cards or dice.random() < 0.2:
        return cards
    project = Project(id=new_id(), key="J-1", name="Site", start_on=TODAY, archived=dice.random() < 0.1)
    tasks = [
        Task(
            id=new_id(),
            key=f"T-{n}",
            title="Work",
            project_id=project.id,
            duration=480 * dice.choice([1, 2, 10, 11, 30]),
            initiative_id=dice.choice([None, *(card.id for card in cards)]),
            archived=project.archived or dice.random() < 0.2,
        )
        for n in range(1, dice.randint(2, 9))
    ]
    return [*cards, project, *tasks]


def write(path, entities, steps_taken):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, steps())
        connection.execute("BEGIN")
        for entity in entities:
            row = encode_row(row_of(entity))
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            connection.execute(f'INSERT INTO "{KIND_OF[type(entity)]}" ({names}) VALUES ({marks})', tuple(row.values()))
        for number in range(steps_taken):
            connection.execute(
                "INSERT INTO journal (at, user, machine, command, label, reason, action) "
                "VALUES (?, 'ann', 'here', 'AddItem', ?, '', 'do')",
                (f"2026-11-{number + 1:02d}T09:30:15+00:00", f"step {number}"),
            )
        plan = Plan().apply(Change(KIND_OF[type(e)], e.id, None, row_of(e)) for e in entities)
        dates = [(id_, one.kind, one.start, one.finish) for id_, one in forecasts(plan).items()]
        for id_, kind, start, finish in [*dates, ("plan", "plan", None, None)] if dates else []:
            days = [day and day.isoformat() for day in (start, finish)]
            row = (TODAY.isoformat(), id_, kind, steps_taken, *days)
            connection.execute("INSERT INTO forecast_snapshot VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.execute("COMMIT")


@pytest.mark.parametrize("seed", range(30))
def test_facts_by_sql_are_the_facts_of_the_loaded_plan(tmp_path, seed):
    path = tmp_path / "plan.db"
    write(path, random_entities(seed), seed % 4)
    last = LastChange(datetime(2026, 11, seed % 4, 9, 30, 15, tzinfo=UTC), f"step {seed % 4 - 1}") if seed % 4 else None

    facts = load_facts(path, TODAY)

    plan = load_plan(path)
    assert facts == status_facts(plan, TODAY, last, finishes(plan))


def finishes(plan):
    return {id_: one.finish for id_, one in forecasts(plan).items()}


@pytest.mark.parametrize("seed", range(4))
def test_facts_without_stored_dates_say_so_where_there_are_dates_to_compute(tmp_path, seed):
    path = tmp_path / "plan.db"
    write(path, random_entities(seed), 2)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM forecast_snapshot")
        connection.commit()
    facts = load_facts(path, TODAY)
    plan = load_plan(path)
    assert facts.forecast_stale == bool(forecasts(plan))
    assert facts.promises == status_facts(plan, TODAY).promises


@pytest.mark.parametrize(
    ("kind", "stale"), [("task", True), ("dependency", True), ("initiative", True), ("tag", False), ("view", False)]
)
def test_stored_dates_are_stale_after_a_step_that_may_move_them(tmp_path, kind, stale):
    path = tmp_path / "plan.db"
    write(path, random_entities(1), 3)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE forecast_snapshot SET seq = 2")
        connection.execute("INSERT INTO journal_change VALUES (2, 0, 'task', 'x', NULL, '{}')")
        connection.execute("INSERT INTO journal_change VALUES (3, 0, ?, 'x', NULL, '{}')", (kind,))
        connection.commit()
    assert load_facts(path, TODAY).forecast_stale == stale


def test_the_dates_of_the_newest_version_count_wherever_the_clock_stood(tmp_path):
    path = tmp_path / "plan.db"
    card = Initiative(id="card", key="C-1", title="Card", promise_end=TODAY, promised_on=TODAY, confidence=0.5)
    write(path, [card], 3)
    rows = [("2026-11-24", 1, "2026-11-30"), ("2026-11-23", 3, "2026-11-24"), ("2026-11-20", 2, "2026-11-27")]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM forecast_snapshot")
        for day, seq, finish in rows:
            connection.execute("INSERT INTO forecast_snapshot VALUES (?, 'plan', 'plan', ?, NULL, NULL)", (day, seq))
            connection.execute(
                "INSERT INTO forecast_snapshot VALUES (?, 'card', 'initiative', ?, '2026-11-23', ?)", (day, seq, finish)
            )
        connection.commit()
    (promise,) = load_facts(path, TODAY).promises
    assert (promise.computed_finish, promise.gap_days) == (date(2026, 11, 24), 1)


@pytest.mark.parametrize("days", range(-800, 800, 37))
def test_working_days_are_counted_as_the_calendar_counts_them(days):
    for first in (TODAY + timedelta(days=n) for n in range(7)):
        assert facts_days(first, first + timedelta(days=days)) == calendar_days(first, first + timedelta(days=days))


def test_the_random_plans_reach_every_standing_and_count():
    seen = [status_facts(_plan(seed), TODAY, None, finishes(_plan(seed))) for seed in range(30)]
    assert {facts.health for facts in seen} == {"on track", "at risk", "late"}
    assert {goal.standing for facts in seen for goal in facts.objectives} == {"late", "at risk", "on track", "unknown"}
    promises = [promise for facts in seen for promise in facts.promises]
    assert {promise.standing for promise in promises} == {"late", "on track", "unknown"}
    assert any(promise.gap_days is not None and promise.gap_days < 0 for promise in promises)
    assert all(any(getattr(facts, name) for facts in seen) for name in ("open", "scored", "blocked", "archived"))


def _plan(seed):
    return Plan().apply(Change(KIND_OF[type(e)], e.id, None, row_of(e)) for e in random_entities(seed))


def test_a_day_that_is_no_day_is_a_sentence_and_no_traceback(tmp_path):
    from pmtui.store.errors import DamagedPlan

    path = tmp_path / "plan.db"
    write(path, [Objective(id="0" * 12, key="O-1", title="Goal", due_on=TODAY)], 0)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("UPDATE objective SET due_on = 'soon'")
        connection.commit()
    with pytest.raises(DamagedPlan, match="pmtui restore"):
        load_facts(path, TODAY)


def test_the_items_are_counted_without_reading_a_row(tmp_path):
    from pmtui.store.facts import _ITEMS

    path = tmp_path / "plan.db"
    write(path, random_entities(1), 0)
    with closing(sqlite3.connect(path)) as connection:
        plan = " ".join(row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + _ITEMS))
    assert plan == "SCAN backlog_item USING COVERING INDEX backlog_item_counts"
