"""What `pmtui status` counts by SQL is what a loaded plan holds."""

import random  # noqa: TID251 - the plans of this test follow from their seed
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.codec import encode_row, row_of
from pmtui.domain.entities import KIND_OF, link_id
from pmtui.domain.entities.backlog import STATES, BacklogItem, ItemDependency
from pmtui.domain.entities.vision import Objective, Product
from pmtui.domain.facts import LastChange, status_facts
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
    return [*products, *goals, *backlog, *links]


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
        connection.execute("COMMIT")


@pytest.mark.parametrize("seed", range(30))
def test_facts_by_sql_are_the_facts_of_the_loaded_plan(tmp_path, seed):
    path = tmp_path / "plan.db"
    write(path, random_entities(seed), seed % 4)
    last = LastChange(datetime(2026, 11, seed % 4, 9, 30, 15, tzinfo=UTC), f"step {seed % 4 - 1}") if seed % 4 else None

    facts = load_facts(path, TODAY)

    assert facts == status_facts(load_plan(path), TODAY, last)


def test_the_random_plans_reach_every_standing_and_count():
    seen = [status_facts(_plan(seed), TODAY) for seed in range(30)]
    assert {facts.health for facts in seen} == {"on track", "at risk", "late"}
    assert {goal.standing for facts in seen for goal in facts.objectives} == {"late", "at risk", "on track", "unknown"}
    assert all(any(getattr(facts, name) for facts in seen) for name in ("open", "scored", "blocked", "archived"))


def _plan(seed):
    from pmtui.domain.changes import Change
    from pmtui.domain.plan import Plan

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
