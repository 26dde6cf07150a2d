"""Faults 1-16: processes killed, disks cut off, other programs in the way. No acknowledged edit is lost."""

import sqlite3
import textwrap
import threading
import time
from contextlib import closing

import pytest

from pmtui.domain.commands import (
    AddDependency,
    AddItem,
    EditFields,
    FieldEdit,
    ImportEntities,
    NudgeScore,
)
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.errors import Conflict, Refused
from pmtui.store import checks, connection
from pmtui.store.errors import Busy, DiskFull, FileReplaced, MissingPlan, StoreError
from pmtui.store.read import load_plan

KILLING = """
import os, random, select, signal, sys, time
from pathlib import Path
from pmtui.domain.clock import system_clock
from pmtui.domain.commands import Archive, NudgeScore, Restore
from pmtui.store import backup, checks, commit, opening  # imported once, before the forks
from pmtui.store.doctor import examine
from pmtui.store.read import load_plan
from pmtui.workspace import Actor, Workspace

path, kind, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
dice = random.Random(7)
for _ in range(rounds):
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        workspace = Workspace(path, system_clock(), Actor("ann", "desk"))
        if kind == "cascade" and workspace.plan.backlog_items["root"].archived:
            workspace.do(Restore("backlog_item", ("root", *(f"part{n}" for n in range(500)))))
        else:
            workspace.do(NudgeScore(("itema",), "reach", 1))
        os.write(send, b"0\\n")
        while True:
            if kind == "cascade":
                outcome = workspace.do(Archive("backlog_item", ("root",)))
                os.write(send, b"%d\\n" % outcome.seq)
                outcome = workspace.do(Restore("backlog_item", ("root", *(f"part{n}" for n in range(500)))))
            else:
                outcome = workspace.do(NudgeScore(("itema",), "reach", 1))
            os.write(send, b"%d\\n" % outcome.seq)
    os.close(send)
    os.read(receive, 2)
    time.sleep(dice.random() * 0.08)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    acknowledged = b"0"
    while chunk := os.read(receive, 65536):
        acknowledged = chunk.split()[-1]
    os.close(receive)
    assert examine(path) == [], examine(path)
    plan = load_plan(path)
    assert plan.seq >= int(acknowledged), (plan.seq, acknowledged)
    if kind == "cascade":
        parts = [item for item in plan.backlog_items.values() if item.id == "root" or item.parent_id == "root"]
        assert len(parts) == 501
        assert len({item.archived for item in parts}) == 1
    else:
        print(int(acknowledged))
"""


@pytest.mark.process
def test_kill_9_at_any_moment_of_an_edit_loop_loses_no_acknowledged_edit(plan_file, script):
    acknowledged = [int(line) for line in script(KILLING, plan_file, "edits", 20).split()]
    assert len(acknowledged) == 20
    assert max(acknowledged) > 30, "the loops were killed before they did anything"


@pytest.mark.process
def test_kill_9_in_a_cascade_of_500_leaves_all_of_it_or_nothing(plan_file, script, workspaces):
    workspaces(plan_file).do(
        ImportEntities(
            "five hundred",
            (
                BacklogItem(id="root", title="Root"),
                *(BacklogItem(id=f"part{n}", title=f"Part {n}", parent_id="root") for n in range(500)),
            ),
        )
    )
    script(KILLING, plan_file, "cascade", 10)


WRITES = {
    "an edit": lambda w: w.do(EditFields((FieldEdit("backlog_item", "itema", "title", "A", "New"),))),
    "an addition": lambda w: w.do(AddItem("itemd", "D", {"parent_id": "itema"}, {"new": "newtag"})),
    "an import": lambda w: w.do(
        ImportEntities("ten", tuple(BacklogItem(id=f"i{n}", title=f"I {n}") for n in range(10)))
    ),
    "a bulk edit": lambda w: w.do(NudgeScore(("itema", "itemb", "itemc"), "value", 1)),
    "an undo": lambda w: w.undo(),
    "a draft": lambda w: w.submit_draft("title", "typed").result(),
    "a backup": lambda w: w.backup("by hand"),
}


@pytest.mark.parametrize("what", WRITES)
def test_when_any_statement_fails_the_state_is_unchanged_and_the_next_edit_works(
    what, plan_file, failing, workspaces, content_hash, sound, clock
):
    workspace = workspaces(plan_file, clock=clock)
    workspace.backup("start")  # so that the one before the first change is not among the statements that fail
    sentences = set()
    for statement in range(1, 200):
        before = content_hash(plan_file)
        kept = len(workspace.backups())
        failing.arm(statement)
        try:
            WRITES[what](workspace)
        except StoreError as error:
            sentences.add(error.sentence)
        failing.left = 0
        if not failing.failed:
            break
        assert content_hash(plan_file) == before
        assert len(workspace.backups()) == kept
        assert {**workspace.plan.backlog_items} == {**load_plan(plan_file).backlog_items}
    else:
        pytest.fail("the write never got through")
    assert statement > 3
    assert all("safe" in said or "nothing was" in said.lower() for said in sentences), sentences
    assert workspace.do(NudgeScore(("itemc",), "effort", 1)).seq
    sound(plan_file)


def test_the_redo_is_still_there_after_a_redo_that_failed(plan_file, failing, workspaces):
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itema",), "value", 1))
    workspace.undo()
    failing.arm(6)
    with pytest.raises(StoreError):
        workspace.redo()
    workspace.redo()
    assert workspace.plan.backlog_items["itema"].value == 9


@pytest.mark.process
def test_two_processes_add_up_to_400_increments(plan_file, script, sound):
    code = """
        import sys, threading
        from pathlib import Path
        from subprocess import Popen
        from pmtui.domain.clock import system_clock
        from pmtui.domain.commands import NudgeScore
        from pmtui.workspace import Actor, Workspace
        path, who = Path(sys.argv[1]), sys.argv[2]
        other = Popen([sys.executable, "-c", sys.argv[3], str(path), "bob", ""]) if sys.argv[3] else None
        with Workspace(path, system_clock(), Actor(who, "desk")) as workspace:
            for _ in range(200):
                workspace.do(NudgeScore(("itemc",), "reach", 1))
        assert other is None or other.wait() == 0
    """
    script(code, plan_file, "ann", textwrap.dedent(code))
    assert load_plan(plan_file).backlog_items["itemc"].reach == 400 * 100
    sound(plan_file)


class Holder:
    """Another program that holds the file's write lock until it is told to let go."""

    def __init__(self, path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.execute("BEGIN EXCLUSIVE")

    def release(self) -> None:
        self.connection.close()


def test_an_edit_waits_for_a_lock_while_the_plan_can_be_looked_at(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    holder = Holder(plan_file)
    threading.Timer(1.0, holder.release).start()
    start = time.monotonic()
    future = workspace.submit(NudgeScore(("itemc",), "value", 1))
    assert workspace.plan.backlog_items["itemc"].value == 5
    news = workspace.submit_poll()
    assert time.monotonic() - start < 0.5, "looking at the plan waited for the lock"
    assert news.result() is None
    assert future.result().plan.backlog_items["itemc"].value == 6
    assert time.monotonic() - start > 0.8


def test_a_lock_that_stays_is_said_in_words_and_the_retry_works(plan_file, workspaces, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    workspace = workspaces(plan_file)
    workspace.warm().result()
    holder = Holder(plan_file)
    with pytest.raises(Busy, match=r"busy with .* kept.* Try again"):
        workspace.do(NudgeScore(("itemc",), "value", 1))
    holder.release()
    assert workspace.do(NudgeScore(("itemc",), "value", 1)).plan.backlog_items["itemc"].value == 5


def test_the_edit_of_another_window_arrives_with_the_next_poll(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    assert here.plan.seq == there.plan.seq
    assert here.poll() is None
    there.do(NudgeScore(("itemc",), "value", 1))
    news = here.poll()
    assert news is not None
    assert news.ids == {"itemc"}
    assert here.plan.backlog_items["itemc"].value == 5
    assert here.poll() is None
    assert there.poll() is None, "its own step is no news"


def test_an_edit_brings_in_what_others_wrote_and_names_it(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    assert here.plan.seq == there.plan.seq
    there.do(NudgeScore(("itemc",), "value", 1))
    outcome = here.do(NudgeScore(("itemc", "itema"), "value", 1))
    assert outcome.plan.backlog_items["itemc"].value == 6
    there.do(NudgeScore(("itemb",), "value", 1))
    assert here.do(NudgeScore(("itema",), "value", -1)).ids == {"itema", "itemb"}


def test_the_same_field_edited_in_both_windows_is_a_conflict_with_both_values(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    assert here.plan.seq == there.plan.seq
    there.do(EditFields((FieldEdit("backlog_item", "itema", "title", "A", "Theirs"),)))
    with pytest.raises(Conflict, match=r"Theirs.*A.*Mine") as caught:
        here.do(EditFields((FieldEdit("backlog_item", "itema", "title", "A", "Mine"),)))
    assert caught.value.current == "Theirs"
    assert here.plan.backlog_items["itema"].title == "Theirs", "what is there now is known at once"
    assert load_plan(plan_file).backlog_items["itema"].title == "Theirs"
    here.do(EditFields((FieldEdit("backlog_item", "itema", "title", "Theirs", "Mine"),)))
    assert load_plan(plan_file).backlog_items["itema"].title == "Mine"


def test_an_edit_of_what_another_window_took_away_is_refused(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    there.do(AddItem("brief", "Brief"))
    assert "brief" in here.plan.backlog_items
    there.undo()
    with pytest.raises(Refused, match="no longer in the plan"):
        here.do(EditFields((FieldEdit("backlog_item", "brief", "title", "Brief", "Long"),)))
    assert "brief" not in here.plan.backlog_items


def test_a_file_that_arrives_in_wal_mode_is_switched_to_delete(plan_file, workspaces):
    with closing(sqlite3.connect(plan_file)) as other:
        assert other.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    with closing(sqlite3.connect(plan_file)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_program_that_holds_the_file_in_wal_mode_is_named_as_the_obstacle(plan_file, workspaces, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(plan_file)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT count(*) FROM tag").fetchone()
        with pytest.raises(Busy, match=r"Another program holds .* Close the other program"):
            workspaces(plan_file).do(NudgeScore(("itemc",), "value", 1))
    workspaces(plan_file).do(NudgeScore(("itemc",), "value", 1))


def test_a_journal_mode_that_sqlite_does_not_grant_is_refused():
    class Stubborn:
        def execute(self, _sql):
            return self

        def fetchone(self):
            return ("wal",)

    with pytest.raises(StoreError, match=r"journal mode wal.*Nothing was changed"):
        checks.set_rollback_journal(Stubborn(), "plan.db")


MOUNTINFO = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
90 21 0:50 / /mnt/team\\040files rw,relatime shared:2 - {kind} server:/export rw
91 90 8:2 / /mnt/team\\040files/local rw - ext4 /dev/sdb1 rw
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_a_network_file_system_is_warned_of(kind, tmp_path):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTINFO.format(kind=kind))
    warning = checks.network_warning("/mnt/team files/plan.db", mounts)
    assert f"network file system ({kind})" in warning
    assert "one person at a time" in warning
    assert checks.network_warning("/mnt/team files/local/plan.db", mounts) == ""
    assert checks.network_warning("/home/ann/plan.db", mounts) == ""
    assert checks.network_warning("/mnt/team files too/plan.db", mounts) == ""


def test_the_warning_reaches_the_workspace_and_edits_go_on(plan_file, workspaces, tmp_path, monkeypatch):
    mounts = tmp_path / "mountinfo"
    mounts.write_text("21 1 8:1 / / rw - nfs4 server:/ rw\n")
    monkeypatch.setattr(checks, "MOUNTS", mounts)
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    assert "nfs4" in workspace.warning


def test_nothing_is_written_to_a_file_that_was_removed(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    aside = plan_file.rename(plan_file.with_name("aside.db"))
    before = aside.read_bytes()
    with pytest.raises(MissingPlan, match=r"was removed while it was open.*typed is kept"):
        workspace.do(NudgeScore(("itemc",), "value", 1))
    assert aside.read_bytes() == before
    with pytest.raises(MissingPlan, match="was removed while it was open"):
        workspace.do(NudgeScore(("itemc",), "value", 1))
    assert not plan_file.exists(), "it is not made anew, with nothing in it"
    aside.rename(plan_file)
    assert workspace.do(NudgeScore(("itemc",), "value", 1)).plan.backlog_items["itemc"].value == 6


def test_nothing_is_written_when_the_file_was_replaced_and_the_new_one_is_read(plan_file, workspaces, tmp_path):
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    other = workspaces(tmp_path / "other.db", "bob")
    other.do(AddItem("elsewhere", "Elsewhere"))
    other.close()
    (tmp_path / "other.db").rename(plan_file)
    before = plan_file.read_bytes()
    with pytest.raises(FileReplaced, match=r"replaced by another one.*Nothing was saved"):
        workspace.do(NudgeScore(("itemc",), "value", 1))
    assert plan_file.read_bytes() == before
    assert set(workspace.plan.backlog_items) == {"elsewhere"}
    assert workspace.do(NudgeScore(("elsewhere",), "value", 1)).seq


def test_a_file_with_another_history_of_the_same_length_is_read_as_a_whole(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    kept = here.backup("by hand")
    here.do(AddItem("mine", "Mine"))
    there.restore(kept)
    there.do(AddItem("theirs", "Theirs"))
    assert there.plan.seq == here.plan.seq
    outcome = here.poll()
    assert outcome is not None
    assert {"mine", "theirs"} <= outcome.ids
    assert set(here.plan.backlog_items) == set(there.plan.backlog_items)
    assert here.poll() is None


def test_the_first_edit_is_of_the_file_that_is_there_then(plan_file, workspaces):
    late, other = workspaces(plan_file), workspaces(plan_file, "bob")
    kept = other.backup("by hand")
    other.do(AddItem("gone", "Gone"))
    assert "gone" in late.plan.backlog_items
    other.restore(kept)
    other.do(AddItem("theirs", "Theirs"))
    found = set(late.do(AddItem("mine", "Mine")).plan.backlog_items)
    assert {"theirs", "mine"} <= found
    assert "gone" not in found
    assert load_plan(plan_file).kinds == late.plan.kinds


def test_rows_that_something_else_changed_are_never_overwritten(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    with closing(sqlite3.connect(plan_file)) as other:
        other.execute("UPDATE backlog_item SET value = 2 WHERE id = 'itemc'")
        other.commit()
    with pytest.raises(StoreError, match="changed by something other than pmtui"):
        workspace.do(NudgeScore(("itemc",), "value", 1))
    assert load_plan(plan_file).backlog_items["itemc"].value == 2
    assert workspace.plan.backlog_items["itemc"].value == 2, "the file is read again"


@pytest.mark.process
def test_two_processes_that_close_a_circle_at_once_are_not_both_heard(plan_file, script, sound):
    code = """
        import os, sys
        from pathlib import Path
        from pmtui.domain.clock import system_clock
        from pmtui.domain.commands import AddDependency, RemoveDependency
        from pmtui.domain.errors import Refused
        from pmtui.store import commit, opening, checks, backup
        from pmtui.store.read import load_plan
        from pmtui.workspace import Actor, Workspace
        path = Path(sys.argv[1])
        for _ in range(8):
            gates = [os.pipe(), os.pipe()]
            plan = load_plan(path)
            children = []
            for gate, ends in zip(gates, (("itema", "itemc"), ("itemc", "itema"))):
                child = os.fork()
                if child == 0:
                    workspace = Workspace(path, system_clock(), Actor(ends[0], "desk"), plan)
                    workspace.warm().result()
                    os.read(gate[0], 1)
                    try:
                        workspace.do(AddDependency(*ends))
                    except Refused:
                        os._exit(1)
                    workspace.close()
                    os._exit(0)
                children.append(child)
            for gate in gates:
                os.write(gate[1], b"x")
            answers = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
            assert answers == [0, 1], answers
            (link,) = [l for l in load_plan(path).item_dependencies.values() if "itema" in (l.item_id, l.needs_id)]
            with Workspace(path, system_clock(), Actor("x", "desk")) as workspace:
                workspace.do(RemoveDependency(link.item_id, link.needs_id))
    """
    script(code, plan_file)
    sound(plan_file)


def test_a_circle_made_of_an_old_plan_is_refused_by_the_newest_one(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    assert here.plan.seq == there.plan.seq
    there.do(AddDependency("itema", "itemc"))
    with pytest.raises(Refused, match="Nothing could ever start"):
        here.do(AddDependency("itemc", "itema"))


def test_an_idle_workspace_holds_no_lock(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    workspace.submit_draft("title", "typed").result()
    workspace.poll()
    workspace.history()
    workspace.backup("by hand")
    with pytest.raises(Refused):
        workspace.do(AddDependency("itema", "itema"))
    with closing(sqlite3.connect(plan_file, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")


def test_a_full_disk_is_said_in_words_and_the_edit_works_once_there_is_space(
    plan_file, workspaces, monkeypatch, content_hash, sound
):
    """SQLite's own page limit gives the error of a full disk, with the same rollback by itself."""
    limit = 10**9
    real = sqlite3.connect

    def connect(*arguments, **options):
        made = real(*arguments, **options)
        made.execute(f"PRAGMA max_page_count={limit}")
        return made

    monkeypatch.setattr(connection.sqlite3, "connect", connect)
    workspace = workspaces(plan_file)
    command = ImportEntities(
        "many", tuple(BacklogItem(id=f"i{n}", title="x" * 400, external_id=f"x:{n}") for n in range(400))
    )
    before = content_hash(plan_file)
    limit = 48
    with pytest.raises(DiskFull, match=r"full.*saved before is safe.*Free some space"):
        workspace.do(command)
    assert content_hash(plan_file) == before
    assert len(workspace.plan.backlog_items) == 3
    with pytest.raises(DiskFull):
        workspace.do(command)
    limit = 10**9
    workspace.do(NudgeScore(("itemc",), "value", 1))
    workspace.do(command)
    assert len(load_plan(plan_file).backlog_items) == 403
    sound(plan_file)
