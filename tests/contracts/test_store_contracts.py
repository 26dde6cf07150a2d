"""What the rooms promise each other: one description of the data, one way to write, and a light way to read."""

import ast
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

import pmtui
from pmtui.domain.codec import entity_of
from pmtui.domain.commands import (
    AddDependency,
    AddInitiative,
    AddKeyResult,
    AddProject,
    AddTask,
    Archive,
    ImportEntities,
    LinkTasks,
    MakePromise,
    NudgeScore,
    SaveView,
    SetState,
)
from pmtui.domain.entities import KINDS
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.fields import specs
from pmtui.store import connection
from pmtui.store.backup import back_up
from pmtui.store.doctor import examine
from pmtui.store.facts import load_facts
from pmtui.store.migrations import migrate, steps
from pmtui.store.read import load_plan
from pmtui.store.tables import TABLES, table_of
from pmtui.workspace import Actor, Workspace

SOURCE = Path(pmtui.__file__).parent


PLANNED = (
    AddKeyResult("result", "Crews", "objective", {"start": -1.5, "target": 1e12, "unit": "é界"}),
    AddInitiative("card", "Card", {"lane": "Trust", "window_start": date(2026, 4, 1), "outcome": "a\nb"}),
    AddInitiative("plain", "Plain"),
    MakePromise("card", None, date(2026, 4, 30), 0.8, "the board"),
    AddProject("project", "Site", {"start_on": date(2026, 3, 9), "external_id": "msp:1"}),
    AddTask("whole", "Whole", "project", fields={"item_id": "itema"}),
    AddTask("one", "One", "project", fields={"parent_id": "whole", "duration": 90, "percent_complete": 1 / 3}),
    AddTask("two", "Two", "project", fields={"initiative_id": "card", "start_no_earlier": date(2026, 3, 20)}),
    AddTask("done", "Done", "project", fields={"duration": 0, "percent_complete": 1.0, "owner": "Ann"}),
    LinkTasks("one", ("two",), "SS", -480),
    LinkTasks("two", ("done",)),
    Archive("initiative", ("plain",)),
)
"""Cards, projects, tasks and links with every sort of value."""


@pytest.fixture
def rich_plan(plan_file, clock):
    """A plan with every kind in it, and with every sort of value."""
    with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
        workspace.do(SaveView("view", "Open", "state:idea"))
        workspace.do(SetState(("itemc",), "declined", "why é界 \ufffd '\""))
        for field in ("reach", "impact", "confidence", "person_months", "business_value", "job_size"):
            workspace.do(NudgeScore(("itema",), field, 1))
        workspace.do(
            ImportEntities(
                "more",
                tuple(BacklogItem(id=f"i{n}", title=f"I {n}", value=n / 7, archived=n % 2 == 0) for n in range(20)),
            )
        )
        workspace.do(AddDependency("i1", "i3"))
        for command in PLANNED:
            workspace.do(command)
        workspace.submit_draft("title", "typed").result()
    return plan_file


def test_the_fast_reader_reads_what_sqlmodel_reads(rich_plan):
    plan = load_plan(rich_plan)
    assert set(plan.kinds) == set(KINDS)
    engine = create_engine(f"sqlite:///{rich_plan}")
    with Session(engine) as session:
        for kind, model in TABLES.items():
            found = {row.id: entity_of(kind, row.model_dump()) for row in session.exec(select(model))}
            assert found == dict(plan.of(kind))
            for entity in plan.of(kind).values():
                twin = found[entity.id]
                assert [type(getattr(entity, name)) for name in specs(KINDS[kind])] == [
                    type(getattr(twin, name)) for name in specs(KINDS[kind])
                ]
    engine.dispose()
    assert all(plan.of(kind) for kind in KINDS), "every kind was compared"


def test_a_backup_brings_every_kind_back(rich_plan, clock):
    before = load_plan(rich_plan)
    with Workspace(rich_plan, clock, Actor("ann", "desk")) as workspace:
        kept = workspace.backup()
        while not workspace.plan.is_empty:
            workspace.undo()
        workspace.restore(kept)
        assert workspace.plan.kinds == before.kinds
    assert load_plan(rich_plan).kinds == before.kinds
    assert examine(rich_plan) == []


def test_the_plan_of_any_earlier_step_is_what_was_there_then(plan_file, clock):
    with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
        seen = [workspace.plan]
        seen += [workspace.do(command).plan for command in PLANNED]
        for plan in seen:
            assert {kind: rows for kind, rows in workspace.as_of(plan.seq).kinds.items() if rows} == {
                kind: rows for kind, rows in plan.kinds.items() if rows
            }


def test_an_entity_of_the_fast_reader_is_like_any_other(rich_plan):
    item = load_plan(rich_plan).backlog_items["itema"]
    twin = BacklogItem(**{name: getattr(item, name) for name in specs(BacklogItem)})
    assert item == twin
    assert hash(item) == hash(twin)
    assert repr(item) == repr(twin)
    assert type(item) is BacklogItem
    with pytest.raises(AttributeError):
        item.title = "other"  # type: ignore[misc]


def test_the_tables_have_the_fields_of_the_entities():
    assert list(TABLES) == list(KINDS)
    for kind, model in TABLES.items():
        table = table_of(model)
        assert table.name == kind
        assert [column.name for column in table.columns] == list(specs(KINDS[kind]))
        assert [c.nullable for c in table.columns] == [spec.nullable for spec in specs(KINDS[kind]).values()]


def structure(database):
    """What a schema says, whatever way it was written down in."""
    found = {}
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in names:
        if name.startswith("sqlite_"):
            continue
        (sql,) = database.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        found[name] = {
            "columns": [row[1:6] for row in database.execute(f'PRAGMA table_info("{name}")')],
            "references": sorted(row[2:] for row in database.execute(f'PRAGMA foreign_key_list("{name}")')),
            "indexes": sorted(
                (row[2], [column[2] for column in database.execute(f'PRAGMA index_info("{row[1]}")')])
                for row in database.execute(f'PRAGMA index_list("{name}")')
            ),
            "checks": sorted(checks(sql)),
            "autoincrement": "AUTOINCREMENT" in sql,
        }
    return found


def checks(sql):
    """The conditions of a definition, each from its bracket to the bracket that closes it."""
    at = sql.find("CHECK (")
    while at >= 0:
        depth, end = 0, at + len("CHECK ")
        while True:
            depth += (sql[end] == "(") - (sql[end] == ")")
            end += 1
            if depth == 0:
                break
        yield " ".join(sql[at:end].split())
        at = sql.find("CHECK (", end)


def test_the_migrations_lead_to_the_tables():
    """When this fails after a new field: write the next step. A released step never changes."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as migrated:
        migrate(migrated, steps())
        engine = create_engine("sqlite://")
        SQLModel.metadata.create_all(engine)
        with engine.connect() as made:
            wanted = structure(made.connection.driver_connection)
        engine.dispose()
        assert structure(migrated) == wanted
    assert any(table["checks"] for table in wanted.values())


BAD_ROWS = [
    ("number out of its range", "UPDATE backlog_item SET value = 10.5"),
    ("text for a number", "UPDATE backlog_item SET value = 'much'"),
    ("infinity", "UPDATE backlog_item SET reach = 9e999"),
    ("number off its ladder", "UPDATE backlog_item SET impact = 0.3"),
    ("unknown state", "UPDATE backlog_item SET state = 'lost'"),
    ("empty title", "UPDATE backlog_item SET title = ''"),
    ("no title", "UPDATE backlog_item SET title = NULL"),
    ("title too long", "UPDATE backlog_item SET title = printf('%0501d', 1)"),
    ("bytes for text", "UPDATE backlog_item SET title = x'ff'"),
    ("day that is none", "UPDATE backlog_item SET created_on = '2026-02-30'"),
    ("day in another spelling", "UPDATE backlog_item SET created_on = '20260202'"),
    ("day out of range", "UPDATE backlog_item SET created_on = '2201-01-01'"),
    ("flag of two", "UPDATE backlog_item SET archived = 2"),
    ("second of a unique key", "UPDATE backlog_item SET key = 'F-1'"),
    ("missing parent", "UPDATE backlog_item SET parent_id = 'nobody'"),
    ("parent that is taken away", "DELETE FROM backlog_item WHERE id = 'itemc'"),
    ("link to itself", "UPDATE item_dependency SET needs_id = item_id"),
    ("second of a pair", "INSERT INTO item_dependency SELECT 'other', item_id, needs_id FROM item_dependency"),
    ("undo of nothing", "UPDATE journal SET action = 'undo'"),
    ("change of nothing", "UPDATE journal_change SET before = NULL, after = NULL"),
]


@pytest.mark.parametrize(("what", "sql"), BAD_ROWS, ids=[what for what, _ in BAD_ROWS])
def test_the_tables_are_the_last_wall(plan_file, what, sql):
    with closing(connection.connect(plan_file, "rw")) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(sql)


BAD_PLANNED = [
    ("time that is no whole minute", "UPDATE task SET duration = 1.5"),
    ("time as text", "UPDATE task SET duration = '3d'"),
    ("time below none", "UPDATE task SET duration = -1"),
    ("more than done", "UPDATE task SET percent_complete = 1.01"),
    ("task of no project", "UPDATE task SET project_id = NULL"),
    ("task of a missing card", "UPDATE task SET initiative_id = 'nobody'"),
    ("project without a start", "UPDATE project SET start_on = NULL"),
    ("link of an unknown type", "UPDATE dependency SET type = 'FX'"),
    ("link of a task with itself", "UPDATE dependency SET successor_id = predecessor_id"),
    (
        "second link of a pair",
        "INSERT INTO dependency SELECT 'x', predecessor_id, successor_id, 'FF', 0 FROM dependency",
    ),
    ("unknown horizon", "UPDATE initiative SET horizon = 'soon'"),
    ("promise on no day", "UPDATE initiative SET promise_end = 'Q3'"),
    ("target that is infinite", "UPDATE key_result SET target = 9e999"),
    ("key result of nothing", "UPDATE key_result SET objective_id = NULL"),
    ("unknown stage of life", "UPDATE product SET stage = 'old'"),
    ("unknown ambition", "UPDATE objective SET ambition = ''"),
]


@pytest.mark.parametrize(("what", "sql"), BAD_PLANNED, ids=[what for what, _ in BAD_PLANNED])
def test_the_last_wall_stands_around_tasks_and_cards_too(rich_plan, what, sql):
    with closing(connection.connect(rich_plan, "rw")) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(sql)


def test_every_connection_that_is_opened_anywhere_is_set_up_alike(plan_file, tmp_path, clock, monkeypatch):
    audit = []

    class Audited(sqlite3.Connection):
        def close(self):
            names = ("foreign_keys", "synchronous", "recursive_triggers", "busy_timeout", "cell_size_check")
            audit.append([sqlite3.Connection.execute(self, f"PRAGMA {name}").fetchone()[0] for name in names])
            super().close()

    opened = []
    real = sqlite3.connect

    def connect(*arguments, **options):
        opened.append(real(*arguments, **{**options, "factory": Audited}))
        return opened[-1]

    monkeypatch.setattr(connection.sqlite3, "connect", connect)
    with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
        workspace.warm().result()
        workspace.do(NudgeScore(("itemc",), "value", 1))
        workspace.undo()
        workspace.poll()
        workspace.history()
        workspace.submit_draft("title", "typed").result()
        workspace.drafts()
        workspace.restore(workspace.backup("by hand"))
        workspace.backups()
    load_facts(plan_file, clock.today())
    examine(plan_file)
    with Workspace(tmp_path / "new.db", clock) as workspace:
        workspace.warm().result()
    opened = [one for one in opened if isinstance(one, sqlite3.Connection)]
    in_memory = sum(setting[0] == 0 for setting in audit)
    files = [setting for setting in audit if setting[0] == 1]
    assert len(audit) == len(opened) > 15, "each connection is closed, and by us"
    assert in_memory <= 6, "only the empty database whose definitions are compared"
    assert all(setting[1:3] == [2, 1] and setting[3] >= 5000 and setting[4] == 1 for setting in files)


def modules():
    return [(path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text("utf-8"))) for path in SOURCE.rglob("*.py")]


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nobody_but_the_store_can_open_a_connection():
    makers = {
        name for name, tree in modules() if any(call in ("sqlite3.connect", "create_engine") for call in calls(tree))
    }
    assert makers == {"store/connection.py", "store/engine.py", "store/checks.py"}
    users = {
        name
        for name, tree in modules()
        if {"pmtui.store.connection.connect", "pmtui.store.engine.WriteFile"} & set(imports(tree))
    }
    assert {name for name in users if not name.startswith("store/")} == {
        "workspace/dating.py",
        "workspace/watch.py",
        "workspace/workspace.py",
    }
    watch = (SOURCE / "workspace" / "watch.py").read_text("utf-8")
    assert watch.count("connect(self._path") == watch.count('connect(self._path, "ro"') == 1


def test_only_commit_drafts_and_computed_dates_write_through_a_transaction():
    users = {name for name, tree in modules() if any(call.endswith(".transaction") for call in calls(tree))}
    assert users == {"store/commit.py", "store/drafts.py", "store/forecasts.py"}


def test_every_write_of_the_plan_leaves_its_entry_in_the_journal(rich_plan):
    assert examine(rich_plan) == [], "replaying the journal gives every row"


def test_reading_opens_nothing_that_can_write(rich_plan, clock, monkeypatch):
    modes = []
    real = connection.sqlite3.connect

    def connect(target, *arguments, **options):
        modes.append(target.partition("?mode=")[2])
        return real(target, *arguments, **options)

    monkeypatch.setattr(connection.sqlite3, "connect", connect)
    before = rich_plan.read_bytes(), rich_plan.stat().st_mtime_ns
    load_plan(rich_plan)
    load_facts(rich_plan, clock.today())
    with Workspace(rich_plan, clock) as workspace:
        workspace.history()
        workspace.drafts()
        workspace.as_of(3)
        workspace.poll()
    assert set(modes) == {"ro"}
    assert (rich_plan.read_bytes(), rich_plan.stat().st_mtime_ns) == before


@pytest.mark.process
@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("pmtui.workspace", {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "platformdirs"}),
        ("pmtui.store.read", {"sqlmodel", "sqlalchemy", "pydantic", "dataclasses", "pmtui.domain.entities", "pathlib"}),
        ("pmtui.store.facts", {"sqlmodel", "sqlalchemy", "dataclasses", "pmtui.domain.entities", "pathlib", "json"}),
        ("pmtui.store.backup", {"sqlmodel", "sqlalchemy", "pydantic"}),
        ("pmtui.store.doctor", {"sqlmodel", "sqlalchemy", "pydantic"}),
        ("pmtui.domain.rules", {"sqlite3", "sqlmodel", "textual", "json"}),
    ],
)
def test_importing_a_room_loads_only_what_it_needs(module, forbidden):
    code = f"import {module}, sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env={
        **os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE.parent), *sys.path[1:]]),
    })  # fmt: skip
    assert forbidden.isdisjoint(done.stdout.split())


@pytest.mark.process
def test_a_workspace_that_only_looks_never_imports_sqlmodel(plan_file):
    code = """
import sys
from pathlib import Path
from pmtui.domain.clock import system_clock
from pmtui.workspace import Workspace
with Workspace(Path(sys.argv[1]), system_clock()) as workspace:
    assert len(workspace.plan.backlog_items) == 3
    workspace.poll(); workspace.history(); workspace.as_of(2); workspace.drafts(); workspace.backups()
assert "sqlmodel" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code, plan_file], check=True)


def test_a_backup_needs_no_sqlmodel_and_no_lock(plan_file, clock):
    with closing(sqlite3.connect(plan_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert back_up(plan_file, "by hand", clock.now()).exists()
        other.execute("ROLLBACK")
