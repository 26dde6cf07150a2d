"""Faults 17-30: whatever is found at the path, a sentence says so, and the file stays byte for byte what it was."""

import os
import signal
import socket
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pmtui.domain.clock import fixed_clock, system_clock
from pmtui.domain.commands import AddItem, NudgeScore
from pmtui.store.errors import (
    DamagedPlan,
    MissingPlan,
    NewerPlan,
    NotAPlan,
    OlderPlan,
    ReadOnlyPlan,
    StoreError,
    Unreachable,
)
from pmtui.store.facts import load_facts
from pmtui.store.format import SCHEMA_VERSION
from pmtui.store.read import load_plan
from pmtui.workspace import Actor, Workspace
from pmtui.workspace.location import config_path, plan_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def refusals(path, clock):
    """What reading, counting and writing say of the file."""
    said = []
    for attempt in (load_plan, lambda path: load_facts(path, clock.today())):
        with pytest.raises(StoreError) as caught:
            attempt(path)
        said.append(caught.value)
    with Workspace(path, clock, Actor("ann", "desk")) as workspace, pytest.raises(StoreError) as caught:
        workspace.do(AddItem(clock.new_id(), "New"))
    return [*said, caught.value]


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path, clock, workspaces):
    path = tmp_path / "one" / "two" / "plan.db"
    workspaces(path, clock=clock).do(AddItem(clock.new_id(), "New"))
    assert mode(tmp_path / "one") == mode(tmp_path / "one" / "two") == 0o700
    assert mode(path) == 0o600
    assert names(path.parent) == ["plan.db"]


def test_reading_makes_neither_file_nor_folder(tmp_path, clock):
    path = tmp_path / "none" / "plan.db"
    for attempt in (load_plan, lambda path: load_facts(path, clock.today())):
        with pytest.raises(MissingPlan, match="Nothing was created"):
            attempt(path)
    with Workspace(path, clock) as workspace:
        assert workspace.plan.is_empty
        assert workspace.history() == []
        assert workspace.drafts() == []
        assert workspace.backups() == []
        assert workspace.poll() is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_named_as_one(tmp_path, clock):
    for error in refusals(tmp_path, clock):
        assert isinstance(error, NotAPlan)
        assert "is a folder" in error.sentence
        assert "--db" in error.sentence


@pytest.mark.parametrize("content", [b"", b"Dear diary,\n" * 500, b"SQLite format 2\x00" + bytes(4096), bytes(9000)])
def test_an_empty_or_foreign_file_is_refused_and_left_alone(tmp_path, clock, content, as_it_was):
    path = tmp_path / "plan.db"
    path.write_bytes(content)
    unchanged = as_it_was(path)
    for error in refusals(path, clock):
        assert isinstance(error, NotAPlan)
        assert str(path) in error.sentence
        assert "left as it is" in error.sentence
        assert "pmtui" in error.sentence
    assert unchanged()
    assert names(tmp_path) == ["plan.db"]


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path, clock, as_it_was):
    path = tmp_path / "browser.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE backlog_item (id TEXT)")
        other.commit()
    unchanged = as_it_was(path)
    for error in refusals(path, clock):
        assert isinstance(error, NotAPlan)
        assert "another program" in error.sentence
    assert unchanged()


@pytest.mark.parametrize("kept", [0.95, 0.5, 0.05])
def test_a_truncated_file_is_refused_with_the_way_to_a_backup(plan_file, clock, kept, as_it_was):
    content = plan_file.read_bytes()
    plan_file.write_bytes(content[: int(len(content) * kept)])
    unchanged = as_it_was(plan_file)
    for error in refusals(plan_file, clock):
        assert isinstance(error, DamagedPlan)
        assert "left as it is" in error.sentence
        assert "pmtui restore" in error.sentence
    assert unchanged()


@pytest.mark.parametrize("seed", range(50))
def test_a_page_of_rubbish_never_ends_in_a_traceback_or_in_a_plan_that_lost_rows(plan_file, clock, seed):
    import random  # noqa: TID251 - the page follows from the seed

    before = load_plan(plan_file)
    dice = random.Random(seed)
    content = bytearray(plan_file.read_bytes())
    page = dice.randrange(len(content) // 4096) * 4096
    content[page : page + 4096] = dice.randbytes(4096)
    plan_file.write_bytes(content)
    try:
        found = load_plan(plan_file)
    except StoreError as error:
        sentence = error.sentence
    else:
        assert {kind: len(found.of(kind)) for kind in found.kinds} == {k: len(before.of(k)) for k in before.kinds}
        sentence = "pmtui restore"
    with Workspace(plan_file, clock) as workspace:
        try:
            workspace.do(AddItem(clock.new_id(), "New"))
        except StoreError as error:
            sentence += error.sentence
    assert "pmtui restore" in sentence or "--db" in sentence


@pytest.mark.parametrize("definition", [
    "CREATE TRIGGER spy AFTER UPDATE ON backlog_item BEGIN DELETE FROM tag; END",
    "CREATE VIEW extra AS SELECT 1",
    "DROP TABLE item_tag",
    "ALTER TABLE tag ADD COLUMN colour TEXT",
])  # fmt: skip
def test_definitions_that_pmtui_did_not_make_are_not_trusted_with_edits(plan_file, clock, definition, as_it_was):
    with closing(sqlite3.connect(plan_file)) as other:
        other.execute(definition)
        other.commit()
    unchanged = as_it_was(plan_file)
    with Workspace(plan_file, clock) as workspace, pytest.raises(DamagedPlan, match=r"pmtui (did not make|made it)"):
        workspace.do(AddItem(clock.new_id(), "New"))
    assert unchanged()


def test_a_row_that_refers_to_nothing_is_found_before_the_first_edit(plan_file, clock):
    with closing(sqlite3.connect(plan_file)) as other:
        other.execute("UPDATE backlog_item SET parent_id = 'nobody' WHERE id = 'itemc'")
        other.commit()
    with Workspace(plan_file, clock) as workspace, pytest.raises(DamagedPlan, match="refers to one that is not there"):
        workspace.do(AddItem(clock.new_id(), "New"))


def test_a_file_of_a_newer_version_is_refused_and_left_alone(plan_file, clock, as_it_was):
    with closing(sqlite3.connect(plan_file)) as other:
        other.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
        other.execute("PRAGMA journal_mode=WAL")
    unchanged = as_it_was(plan_file)
    for error in refusals(plan_file, clock):
        assert isinstance(error, NewerPlan)
        assert f"format {SCHEMA_VERSION + 1}" in error.sentence
        assert "Update pmtui" in error.sentence
    assert unchanged()


@pytest.mark.parametrize("position", [18, 19])
def test_a_file_of_a_newer_sqlite_is_refused_or_read_only(plan_file, clock, position, as_it_was):
    content = bytearray(plan_file.read_bytes())
    content[position] = 5
    plan_file.write_bytes(content)
    unchanged = as_it_was(plan_file)
    with Workspace(plan_file, clock) as workspace, pytest.raises(StoreError):
        workspace.do(AddItem(clock.new_id(), "New"))
    assert unchanged()


@pytest.fixture
def shared_plan(open_folder, clock):
    """A plan where any account can come by; opened once, so that everything is imported before a fork."""
    path = open_folder / "plan.db"
    with Workspace(path, clock, Actor("ann", "desk")) as workspace:
        workspace.do(AddItem("itema", "A"))
    path.chmod(0o666)
    return path


def look_and_try(path):
    """What an ordinary account finds: the titles, the banner, and what an edit says."""
    clock = fixed_clock(fixed_clock.__globals__["date"](2026, 3, 2))
    titles = [item.title for item in load_plan(path).backlog_items.values()]
    workspace = Workspace(path, clock, Actor("nobody", "desk"), load_plan(path))
    workspace.warm().result()
    banner = workspace.read_only
    try:
        workspace.do(AddItem(clock.new_id(), "New"))
    except StoreError as error:
        said = (type(error), error.sentence)
    workspace.close()
    return titles, banner, said


def test_a_read_only_file_is_shown_with_a_banner(shared_plan, as_nobody, as_it_was):
    shared_plan.chmod(0o444)
    unchanged = as_it_was(shared_plan)
    titles, banner, (kind, sentence) = as_nobody(lambda: look_and_try(shared_plan))
    assert titles == ["A"]
    assert kind is ReadOnlyPlan
    assert banner == sentence
    assert str(shared_plan) in banner
    assert "writable" in banner
    assert unchanged()


def test_an_older_plan_that_can_only_be_read_is_never_shown_empty(shared_plan, as_nobody, as_it_was):
    shared_plan.unlink()
    with closing(sqlite3.connect(shared_plan)) as old:
        old.executescript((Path(__file__).parent / "released" / "v1.sql").read_text("utf-8"))
    shared_plan.chmod(0o444)
    shared_plan.parent.chmod(0o555)
    unchanged = as_it_was(shared_plan)

    def look():
        with Workspace(shared_plan, system_clock(), Actor("a", "b")) as workspace:
            return workspace.plan

    with pytest.raises(OlderPlan, match="copy it to a folder of your own and open the copy with --db"):
        as_nobody(look)
    assert unchanged()


def test_a_file_in_a_read_only_folder_is_shown_with_a_banner(shared_plan, as_nobody, as_it_was):
    shared_plan.parent.chmod(0o555)
    unchanged = as_it_was(shared_plan)
    titles, banner, (kind, _) = as_nobody(lambda: look_and_try(shared_plan))
    assert titles == ["A"]
    assert kind is ReadOnlyPlan
    assert "its folder writable" in banner
    assert unchanged()


def test_an_unreadable_file_is_named(shared_plan, as_nobody, as_it_was):
    shared_plan.chmod(0o000)
    unchanged = as_it_was(shared_plan)
    with pytest.raises(Unreachable, match=r"may not read .*Ask its owner"):
        as_nobody(lambda: load_plan(shared_plan))
    assert unchanged()


def test_a_folder_that_may_not_be_entered_is_named(shared_plan, as_nobody):
    shared_plan.parent.chmod(0o000)
    with pytest.raises(Unreachable, match=r"permission denied.*Check the path"):
        as_nobody(lambda: load_plan(shared_plan))


def test_a_folder_in_which_nothing_can_be_made_is_named(open_folder, as_nobody, clock):
    open_folder.chmod(0o555)
    path = open_folder / "sub" / "plan.db"

    def attempt():
        workspace = Workspace(path, fixed_clock(clock.today()), Actor("nobody", "desk"))
        try:
            workspace.do(AddItem("x", "X"))
        finally:
            workspace.close()

    with pytest.raises(Unreachable, match="permission denied"):
        as_nobody(attempt)


def test_whatever_the_umask_everything_is_readable_by_its_owner_alone(tmp_path, clock, workspaces, monkeypatch):
    from pmtui.store.engine import WriteFile

    before = os.umask(0)
    try:
        path = tmp_path / "plan.db"
        workspace = workspaces(path, clock=clock)
        workspace.do(AddItem("itema", "A"))
        workspace.backup("by hand")
        kept = workspace.restore(workspace.backups()[0].path)
        file = WriteFile(path)
        with file.transaction() as session:
            session.connection().exec_driver_sql("UPDATE backlog_item SET value = 1")
            modes = {found.name: mode(found) for found in tmp_path.rglob("*") if found.is_file()}
            session.rollback()
        file.close()
    finally:
        os.umask(before)
    assert kept
    assert set(modes) == {"plan.db", "plan.db-journal", "plan.db.before-restore", "000001-by-hand.db"}
    assert set(modes.values()) == {0o600}
    assert mode(tmp_path / "plan.db.backups") == 0o700


NAMES = [
    "a b.db",
    "é界😀.db",
    "what?.db",
    "a#b.db",
    "100%.db",
    "%41.db",
    "file:x.db",
    "a&mode=rwc.db",
    "'\"\\.db",
    "~.db",
]


@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"\xff\xfe.db"), "x" * 200 + ".db"])
def test_any_name_that_a_file_can_have_is_opened_as_that_file(tmp_path, clock, workspaces, name):
    path = tmp_path / name
    workspace = workspaces(path, clock=clock)
    workspace.do(AddItem("itema", "A"))
    assert names(tmp_path) == [name]
    assert set(load_plan(path).backlog_items) == {"itema"}
    assert workspace.backup("by hand").exists()


def test_a_link_leads_to_the_file_and_the_backups_lie_beside_that(plan_file, tmp_path, workspaces, clock):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.db"
    link.symlink_to(plan_file)
    workspace = workspaces(link, clock=clock)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    workspace.restore(workspace.backup("by hand"))
    assert link.is_symlink()
    assert names(folder) == ["link.db"]
    assert load_plan(plan_file).backlog_items["itemc"].value == 5


def test_the_plan_is_where_the_argument_the_variable_or_the_platform_says(monkeypatch, tmp_path):
    assert plan_path("here.db") == Path("here.db")
    monkeypatch.setenv("PMTUI_DB", str(tmp_path / "variable.db"))
    assert plan_path(None) == tmp_path / "variable.db"
    assert plan_path("here.db") == Path("here.db")
    monkeypatch.delenv("PMTUI_DB")
    assert plan_path() == Path(os.environ["XDG_DATA_HOME"]) / "pmtui" / "plan.db"
    assert config_path() == Path(os.environ["XDG_CONFIG_HOME"]) / "pmtui" / "config.toml"


def test_a_relative_xdg_folder_and_a_missing_home_are_no_trap(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "relative/data")
    assert plan_path().is_absolute()
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert plan_path().is_absolute()


TORN = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size=1")
c.execute("PRAGMA cache_spill=1")
c.execute("BEGIN IMMEDIATE")
c.execute("UPDATE backlog_item SET title = 'torn', notes = hex(randomblob(20000))")
c.execute("UPDATE journal_change SET before = hex(randomblob(9000)) WHERE before IS NOT NULL")
os.kill(os.getpid(), 9)
"""


def tear(path):
    """Leave the file as a program leaves it that is killed in the middle of writing."""
    import subprocess
    import sys

    before = path.read_bytes()
    done = subprocess.run([sys.executable, "-c", TORN, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() != before
    assert path.with_name(path.name + "-journal").stat().st_size > 0


@pytest.mark.process
def test_what_a_killed_program_left_half_written_is_taken_back_by_the_next_reader(plan_file, clock, sound):
    before = load_plan(plan_file)
    tear(plan_file)
    after = load_plan(plan_file)
    assert {k: dict(after.of(k)) for k in after.kinds} == {k: dict(before.of(k)) for k in before.kinds}
    sound(plan_file)


@pytest.mark.process
def test_a_new_plan_is_not_spoilt_by_the_journal_of_one_that_was_removed(plan_file, clock, sound):
    with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
        kept = workspace.backup("by hand")
    tear(plan_file)
    plan_file.unlink()
    with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
        workspace.do(AddItem("fresh", "Fresh"))
    assert set(load_plan(plan_file).backlog_items) == {"fresh"}
    sound(plan_file)
    tear(plan_file)
    plan_file.unlink()
    with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
        assert workspace.restore(kept) is None
    assert "itema" in load_plan(plan_file).backlog_items
    sound(plan_file)
    names = sorted(path.name for path in plan_file.parent.iterdir() if "journal" in path.name)
    assert names == ["plan.db.left-2-journal", "plan.db.left-journal"]


@pytest.mark.process
def test_who_may_not_take_it_back_is_told_who_can(shared_plan, as_nobody):
    with Workspace(shared_plan, fixed_clock(fixed_clock.__globals__["date"](2026, 3, 2)), Actor("a", "b")) as workspace:
        for n in range(30):
            workspace.do(AddItem(f"more{n}", "x" * 400))
    tear(shared_plan)
    shared_plan.chmod(0o444)
    shared_plan.with_name("plan.db-journal").chmod(0o444)
    shared_plan.parent.chmod(0o555)
    with pytest.raises(StoreError, match="data are safe: open the plan once as the user who owns it"):
        as_nobody(lambda: load_plan(shared_plan))


@pytest.mark.parametrize("make", ["fifo", "socket", "device"])
def test_a_pipe_a_socket_or_a_device_is_refused_at_once(tmp_path, clock, make):
    path = Path("/dev/zero") if make == "device" else tmp_path / "plan.db"
    if make == "fifo":
        os.mkfifo(path)
    if make == "socket":
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(path))
        server.close()
    watchdog = threading.Timer(10, os._exit, (9,))
    watchdog.start()
    for error in refusals(path, clock):
        assert isinstance(error, NotAPlan)
        assert "pipe or a device" in error.sentence
    watchdog.cancel()


def test_a_sentence_never_carries_what_a_terminal_would_obey(tmp_path):
    with pytest.raises(MissingPlan) as caught:
        load_plan(tmp_path / "\x1b]0;gotcha\x07.db")
    assert caught.value.sentence.isprintable()
