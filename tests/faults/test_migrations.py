"""Faults 32-37: an upgrade is whole or has not begun, and a verified backup comes first."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pmtui.domain.commands import NudgeScore, PromoteItems
from pmtui.domain.errors import Refused
from pmtui.store import backup, connection, opening, read
from pmtui.store.backup_list import folder_of
from pmtui.store.errors import BackupFailed, DiskFull, OlderPlan, StoreError
from pmtui.store.format import SCHEMA_VERSION
from pmtui.store.migrations import Step, migrate, statements, steps, version_of
from pmtui.store.read import load_plan
from pmtui.store.restore import restore


def names(folder):
    return sorted(path.name for path in folder.iterdir())


RELEASED = sorted((Path(__file__).parent / "released").glob("v*.sql"))

NEXT = (
    *steps(),
    Step(
        SCHEMA_VERSION + 1,
        (
            "CREATE TABLE colour (id TEXT PRIMARY KEY, name TEXT NOT NULL)",
            "CREATE TABLE filler (text TEXT)",
            "INSERT INTO filler VALUES (hex(randomblob(60000)))",
            "INSERT INTO filler VALUES (hex(randomblob(60000)))",
            "INSERT INTO colour VALUES ('1', 'red')",
            "ALTER TABLE tag ADD COLUMN colour_id TEXT REFERENCES colour (id)",
        ),
    ),
)
"""The released steps and one that is yet to come."""


def no_backup(_path, _version):
    """For a migration that needs none."""


def version(path):
    with closing(sqlite3.connect(path)) as found:
        return version_of(found)


def columns(path, table):
    with closing(sqlite3.connect(path)) as found:
        return [row[1] for row in found.execute(f"PRAGMA table_info({table})")]


def definitions(path):
    with closing(sqlite3.connect(path)) as found:
        return sorted(found.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))


@pytest.fixture
def at_next_version(monkeypatch):
    """The program is the one after the next release, as far as opening a file goes."""
    monkeypatch.setattr(opening, "steps", lambda: NEXT)
    monkeypatch.setattr(read, "SCHEMA_VERSION", SCHEMA_VERSION + 1)


def test_an_older_file_is_backed_up_and_brought_up_to_date(plan_file, workspaces, at_next_version, content_hash):
    before = content_hash(plan_file)
    workspaces(plan_file).warm().result()
    assert version(plan_file) == SCHEMA_VERSION + 1
    assert "colour_id" in columns(plan_file, "tag")
    (kept,) = backup.backups(plan_file)
    assert kept.reason == f"before v{SCHEMA_VERSION + 1}"
    assert content_hash(kept.path) == before
    assert version(kept.path) == SCHEMA_VERSION


def test_a_full_disk_at_any_point_of_a_migration_leaves_the_old_version(plan_file, monkeypatch, content_hash):
    before = content_hash(plan_file)
    with closing(sqlite3.connect(plan_file)) as found:
        (pages,) = found.execute("PRAGMA page_count").fetchone()
    real = sqlite3.connect
    limit = pages

    def connect(*arguments, **options):
        made = real(*arguments, **options)
        made.execute(f"PRAGMA max_page_count={limit}")
        return made

    monkeypatch.setattr(connection.sqlite3, "connect", connect)
    refused = 0
    while version(plan_file) == SCHEMA_VERSION:
        try:
            opening.prepare(plan_file, no_backup, NEXT)
        except DiskFull as error:
            refused += "Nothing was changed" in error.sentence
            assert content_hash(plan_file) == before
            assert "filler" not in str(definitions(plan_file))
        limit += 1
    assert refused > 10


def test_a_migration_that_fails_at_any_statement_leaves_the_old_version(plan_file, failing, content_hash):
    before = content_hash(plan_file)
    refused = 0
    for statement in range(1, 100):
        failing.arm(statement)
        failing.code = sqlite3.SQLITE_FULL
        try:
            opening.prepare(plan_file, no_backup, NEXT)
        except StoreError:
            refused += 1
        failing.left = 0
        if version(plan_file) != SCHEMA_VERSION:
            break
        assert content_hash(plan_file) == before
    assert refused > 15
    assert "colour_id" in columns(plan_file, "tag")


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import Failing
from test_migrations import NEXT, SCHEMA_VERSION, no_backup, version
from pmtui.store import connection, opening
from pmtui.store.doctor import examine
path = Path(sys.argv[1])
real = sqlite3.connect
killed = 0
for statement in range(1, 100):
    child = os.fork()
    if child == 0:
        fault = Failing()
        fault.act = lambda: os.kill(os.getpid(), signal.SIGKILL)
        kind = fault.connection()
        connection.sqlite3.connect = lambda *a, **o: real(*a, factory=kind, **o)
        fault.arm(statement)
        opening.prepare(path, no_backup, NEXT)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == 0:
        break
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    killed += 1
    now = version(path)
    print(now)
    if now == SCHEMA_VERSION:
        assert examine(path) == []
assert version(path) == SCHEMA_VERSION + 1
assert killed > 15, killed
"""


@pytest.mark.process
def test_kill_9_at_any_statement_of_a_migration_leaves_one_version_or_the_other(plan_file, script):
    versions = script(KILLED, plan_file, Path(__file__).parent).split()
    assert set(versions) <= {str(SCHEMA_VERSION), str(SCHEMA_VERSION + 1)}
    assert versions == sorted(versions), "a version that was reached is never lost again"


TOGETHER = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_migrations import NEXT, no_backup
from pmtui.store import opening
gate = os.pipe()
children = []
for _ in range(4):
    child = os.fork()
    if child == 0:
        os.read(gate[0], 1)
        opening.prepare(Path(sys.argv[1]), no_backup, NEXT)
        os._exit(0)
    children.append(child)
os.write(gate[1], b"gogo")
for child in children:
    assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.process
def test_processes_that_start_the_migration_together_run_it_once(plan_file, script):
    script(TOGETHER, plan_file, Path(__file__).parent)
    with closing(sqlite3.connect(plan_file)) as found:
        assert found.execute("SELECT count(*) FROM colour").fetchone() == (1,)
    assert version(plan_file) == SCHEMA_VERSION + 1


CREATED = """
import os, sys
from pathlib import Path
from pmtui.domain.clock import system_clock
from pmtui.domain.commands import AddItem
from pmtui.store import backup, checks, commit, opening
from pmtui.workspace import Actor, Workspace
gate = os.pipe()
children = []
for number in range(4):
    child = os.fork()
    if child == 0:
        os.read(gate[0], 1)
        with Workspace(Path(sys.argv[1]), system_clock(), Actor(str(number), "desk")) as workspace:
            workspace.do(AddItem(f"item{number}", "New"))
        os._exit(0)
    children.append(child)
os.write(gate[1], b"gogo")
for child in children:
    assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.process
def test_processes_that_make_the_file_together_make_one(tmp_path, script, sound):
    path = tmp_path / "new" / "plan.db"
    script(CREATED, path)
    assert set(load_plan(path).backlog_items) == {f"item{n}" for n in range(4)}
    assert {item.key for item in load_plan(path).backlog_items.values()} == {"F-1", "F-2", "F-3", "F-4"}
    assert [name for name in names(path.parent) if "new-" in name] == []
    sound(path)


def content(path, columns):
    """The rows of each table in these columns, in an order of their own."""
    with closing(sqlite3.connect(path)) as found:
        return {
            table: sorted(map(repr, found.execute(f'SELECT {", ".join(names)} FROM "{table}"')))
            for table, names in columns.items()
        }


def all_columns(path):
    with closing(sqlite3.connect(path)) as found:
        tables = [row[0] for row in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: [f'"{name}"' for name in columns(path, table)] for table in tables}


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request, tmp_path):
    """A file that a released version has written."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(request.param.read_text("utf-8"))
    return path


def test_every_released_version_migrates_to_the_schema_of_a_fresh_file(old, tmp_path, workspaces):
    written = all_columns(old)
    before = content(old, written)
    fresh = tmp_path / "fresh.db"
    opening.create(fresh, steps())
    opening.prepare(old, no_backup)
    assert definitions(old) == definitions(fresh)
    assert content(old, written) == before
    assert workspaces(old).do(NudgeScore(("itemc",), "value", 1)).seq


def test_the_history_of_every_released_version_goes_on_after_the_upgrade(old, workspaces, sound):
    opening.prepare(old, no_backup)
    sound(old)
    workspace = workspaces(old)
    first = workspace.plan
    assert workspace.as_of(0).is_empty
    undone = 0
    while not workspace.plan.is_empty:
        workspace.undo()
        undone += 1
    sound(old)
    for _ in range(undone):
        workspace.redo()
    assert workspace.plan.kinds == first.kinds, "and came back with the defaults of the fields that are new"
    sound(old)
    assert workspace.as_of(first.seq).kinds == first.kinds
    assert load_plan(old).kinds == first.kinds


@pytest.mark.parametrize("old", RELEASED[:1], indirect=True)  # which knew no cards
def test_an_old_step_is_not_taken_back_over_a_field_that_it_did_not_know(old, workspaces):
    opening.prepare(old, no_backup)
    workspace = workspaces(old)
    workspaces(old, "bob").do(PromoteItems(("itemc",), "card"))
    workspace.poll()
    refused = ""
    while not refused:
        try:
            workspace.undo()
        except Refused as refusal:
            refused = refusal.sentence
    assert "F-3" in refused
    assert "bob changed the same fields" in refused
    assert "itemc" in load_plan(old).backlog_items


def test_there_is_a_fixture_of_every_released_version():
    assert [path.stem for path in RELEASED] == [f"v{number}" for number in range(1, SCHEMA_VERSION + 1)]


def test_without_a_backup_there_is_no_migration(plan_file, workspaces, at_next_version, as_it_was):
    folder = folder_of(plan_file)
    folder.write_text("in the way")
    unchanged = as_it_was(plan_file)
    with pytest.raises(StoreError):
        workspaces(plan_file).warm().result()
    assert unchanged()
    folder.unlink()
    workspaces(plan_file).warm().result()
    assert version(plan_file) == SCHEMA_VERSION + 1


def test_a_backup_that_does_not_verify_stops_the_migration(plan_file, workspaces, at_next_version, monkeypatch):
    monkeypatch.setattr(backup, "_inventory", lambda found: {"rows": id(found)})
    with pytest.raises(BackupFailed, match="not kept"):
        workspaces(plan_file).warm().result()
    assert version(plan_file) == SCHEMA_VERSION
    assert backup.backups(plan_file) == []


def test_a_backup_of_an_older_version_is_migrated_on_its_way_back(plan_file, clock, tmp_path, content_hash):
    old = tmp_path / "old.db"
    shutil.copy(plan_file, old)
    opening.prepare(plan_file, no_backup, NEXT)
    kept = restore(plan_file, old, NEXT)
    assert version(plan_file) == version(kept) == SCHEMA_VERSION + 1
    assert "colour_id" in columns(plan_file, "tag")
    assert version(old) == SCHEMA_VERSION, "the backup itself stays what it is"


def test_the_reader_sends_an_older_file_to_the_program_that_upgrades_it(plan_file, as_it_was):
    with closing(sqlite3.connect(plan_file)) as found:
        found.execute(f"PRAGMA user_version={SCHEMA_VERSION - 1}")
    unchanged = as_it_was(plan_file)
    with pytest.raises(OlderPlan, match=r"data are safe.*Open it once"):
        load_plan(plan_file)
    assert unchanged()


def test_a_step_that_leaves_a_dangling_reference_is_taken_back(plan_file, content_hash):
    before = content_hash(plan_file)
    bad = (*steps(), Step(SCHEMA_VERSION + 1, ("DELETE FROM product",)))
    with pytest.raises(StoreError, match="refers to one that is not there"):
        opening.prepare(plan_file, no_backup, bad)
    assert content_hash(plan_file) == before


def test_a_script_is_cut_into_statements_and_a_trigger_stays_whole():
    script = (
        "-- about\nCREATE TABLE a (b);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\n  SELECT 1;\nEND;\n"
    )
    assert list(statements(script)) == [
        "CREATE TABLE a (b);",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM a;\n  SELECT 1;\nEND;",
    ]


def test_migrating_twice_does_nothing_the_second_time(tmp_path):
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as made:
        assert migrate(made, steps()) is True
        assert migrate(made, steps()) is False
