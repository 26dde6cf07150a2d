"""Faults 38-40: a backup is whole, verified and as good as the plan, or it is not in the list."""

import os
import resource
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmtui.domain.clock import Clock
from pmtui.domain.commands import AddItem, ImportEntities, NudgeScore
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.store import backup, connection
from pmtui.store.backup_list import folder_of
from pmtui.store.errors import BackupFailed, Busy, DiskFull, NotAPlan, StoreError
from pmtui.store.read import load_plan
from pmtui.workspace import Actor, Workspace


def names(folder):
    return sorted(path.name for path in folder.iterdir())


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_backup_has_the_same_rows_and_the_same_hash(plan_file, workspaces, content_hash, clock):
    workspace = workspaces(plan_file, clock=clock)
    workspace.backup("by hand")
    (kept,) = workspace.backups()
    assert content_hash(kept.path) == content_hash(plan_file)
    assert (kept.number, kept.reason, kept.items, kept.at) == (1, "by hand", 3, NOON)
    assert kept.size == kept.path.stat().st_size
    assert backup.examine_backup(kept.path) == ""
    with closing(sqlite3.connect(kept.path)) as found:
        assert found.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.process
def test_kill_9_at_any_statement_of_a_backup_leaves_no_half_file_in_the_list(plan_file, script, tmp_path, content_hash):
    code = """
        import os, signal, sqlite3, sys
        from datetime import UTC, datetime
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from conftest import Failing
        from pmtui.store import backup, connection
        path, real, killed = Path(sys.argv[1]), sqlite3.connect, 0
        for statement in range(1, 100):
            child = os.fork()
            if child == 0:
                fault = Failing()
                fault.act = lambda: os.kill(os.getpid(), signal.SIGKILL)
                kind = fault.connection()
                connection.sqlite3.connect = lambda *a, **o: real(*a, factory=kind, **o)
                fault.arm(statement)
                backup.back_up(path, "by hand", datetime(2026, 3, 2, tzinfo=UTC))
                os._exit(0)
            if os.waitpid(child, 0)[1] == 0:
                break
            killed += 1
            assert backup.backups(path) == []
        assert killed > 8, killed
    """
    script(code, plan_file, Path(__file__).parent)
    (kept,) = backup.backups(plan_file)
    assert content_hash(kept.path) == content_hash(plan_file)


def test_a_full_disk_during_a_backup_leaves_no_half_file_and_the_older_ones(plan_file, workspaces, monkeypatch):
    workspace = workspaces(plan_file)
    workspace.do(ImportEntities("many", tuple(BacklogItem(id=f"i{n}", title="x" * 400) for n in range(300))))
    workspace.backup("by hand")
    before = names(folder_of(plan_file))
    real = sqlite3.connect

    def connect(*arguments, **options):
        made = real(*arguments, **options)
        if ".part" in str(arguments[0]):
            made.execute("PRAGMA max_page_count=20")
        return made

    monkeypatch.setattr(connection.sqlite3, "connect", connect)
    with pytest.raises(DiskFull, match="Free some space"):
        workspace.backup("by hand")
    assert names(folder_of(plan_file)) == before


@pytest.mark.process
def test_a_file_size_limit_stands_for_a_disk_that_takes_no_more(plan_file, script):
    code = """
        import os, resource, sys
        from pathlib import Path
        from pmtui.domain.clock import system_clock
        from pmtui.domain.commands import ImportEntities, NudgeScore
        from pmtui.domain.entities.backlog import BacklogItem
        from pmtui.store.doctor import examine
        from pmtui.store.errors import DiskFull
        from pmtui.workspace import Actor, Workspace
        path = Path(sys.argv[1])
        with Workspace(path, system_clock(), Actor("ann", "desk")) as workspace:
            workspace.do(NudgeScore(("itemc",), "value", 1))
            many = ImportEntities("many", tuple(BacklogItem(id=f"i{n}", title="x" * 400) for n in range(500)))
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 4096, resource.RLIM_INFINITY))
            for what in (lambda: workspace.do(many), lambda: workspace.do(many)):
                try:
                    what()
                except DiskFull as error:
                    print(error.sentence)
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size - 8192, resource.RLIM_INFINITY))
            try:
                workspace.backup("by hand")
            except DiskFull as error:
                print(error.sentence)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            assert len(workspace.plan.backlog_items) == 3
            workspace.do(many)
            workspace.backup("by hand")
        assert examine(path) == []
    """
    said = script(code, plan_file).splitlines()
    assert len(said) == 3
    assert all("full or fails" in sentence and "Free some space" in sentence for sentence in said)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_damaged_plan_is_not_kept_as_a_backup_and_pushes_none_out(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.backup("by hand")
    with closing(sqlite3.connect(plan_file)) as other:
        (page,) = other.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_backlog_item_parent_id'"
        ).fetchone()
    content = bytearray(plan_file.read_bytes())
    content[(page - 1) * 4096 + 100 : page * 4096] = bytes(4096 - 100)
    plan_file.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        workspace.backup("by hand")
    assert "pmtui restore" in caught.value.sentence
    assert [kept.number for kept in workspace.backups()] == [1]


def made(plan_file, *days, reason="start"):
    for day in days:
        backup.back_up(plan_file, reason, NOON + timedelta(days=day))


def numbers(plan_file):
    return [kept.number for kept in reversed(backup.backups(plan_file))]


def test_the_last_five_stay(plan_file):
    made(plan_file, *[0] * 8)
    assert numbers(plan_file) == [4, 5, 6, 7, 8]


def test_one_a_day_stays_for_seven_days_and_one_a_week_for_four_weeks(plan_file):
    made(plan_file, *range(60))
    kept = backup.backups(plan_file)
    ages = [59 - (info.at - NOON).days for info in kept]
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(ages) <= 7 + 3
    assert len({info.at.isocalendar()[:2] for info in kept}) == 4


def test_every_backup_before_an_upgrade_stays_for_ever(plan_file):
    made(plan_file, 0, reason="before v2")
    made(plan_file, *range(1, 90))
    assert backup.backups(plan_file)[-1].reason == "before v2"


def test_a_clock_set_back_does_not_make_the_newest_backup_the_oldest(plan_file):
    made(plan_file, *range(20))
    made(plan_file, -400)
    newest = backup.backups(plan_file)[0]
    assert newest.at == NOON - timedelta(days=400)
    assert newest.number == 21
    made(plan_file, *range(20, 24))
    assert 21 in numbers(plan_file), "it is still one of the last five"


def test_the_backup_that_was_just_verified_is_never_the_one_to_go(plan_file, monkeypatch):
    monkeypatch.setattr(backup, "KEEP_OF_A_REASON", 0)
    monkeypatch.setattr(backup, "KEEP_DAYS", 0)
    monkeypatch.setattr(backup, "KEEP_WEEKS", 0)
    made(plan_file, *range(3))
    assert numbers(plan_file) == [3]


def test_what_a_killed_backup_left_is_removed_after_an_hour_and_never_listed(plan_file):
    made(plan_file, 0)
    left = folder_of(plan_file) / "000007.part"
    left.write_bytes(b"half")
    made(plan_file, 1)
    assert numbers(plan_file) == [1, 8]
    os.utime(left, (1, 1))
    made(plan_file, 2)
    assert not left.exists()


def sessions(plan_file, *minutes):
    """One session with one edit each; how many backups there are after each of them."""
    counts = []
    for minute in minutes:
        now = NOON + timedelta(minutes=minute)
        clock = Clock(today=now.date, now=lambda now=now: now, new_id=lambda minute=minute: f"new{minute}")
        with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
            workspace.do(AddItem(clock.new_id(), "New"))
            workspace.do(NudgeScore((clock.new_id(),), "value", 1))
        counts.append(len(backup.backups(plan_file)))
    return counts


def test_the_first_change_of_a_session_is_preceded_by_a_backup(plan_file):
    assert sessions(plan_file, 0, 60) == [1, 2]
    assert [kept.items for kept in backup.backups(plan_file)] == [4, 3]


@pytest.mark.parametrize("reason", ["Before Import!", "../../etc", "é界", ""])
def test_any_reason_gives_a_backup_that_is_in_the_list(plan_file, reason):
    file = backup.back_up(plan_file, reason, NOON)
    assert file.parent == folder_of(plan_file)
    assert [kept.path for kept in backup.backups(plan_file)] == [file]


def test_sessions_of_the_same_minutes_share_one(plan_file):
    assert sessions(plan_file, 0, 1, 2, 30) == [1, 1, 1, 2]


def test_a_session_that_only_looks_makes_none(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.warm().result()
    assert workspace.plan.seq
    workspace.history()
    assert backup.backups(plan_file) == []


def test_a_backup_that_fails_before_the_first_change_does_not_stop_the_edit(plan_file, workspaces):
    folder_of(plan_file).write_text("in the way")
    workspace = workspaces(plan_file)
    assert workspace.do(NudgeScore(("itemc",), "value", 1)).seq
    assert "No backup could be made" in workspace.warning


def test_restoring_keeps_what_was_there_and_another_window_sees_it(plan_file, workspaces, content_hash, sound):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    kept = here.backup("by hand")
    here.do(AddItem("late", "Late"))
    assert "late" in there.plan.backlog_items
    assert there.poll() is None
    late = content_hash(plan_file)
    aside = here.restore(kept)
    assert aside == plan_file.with_name("plan.db.before-restore")
    assert content_hash(aside) == late
    assert content_hash(plan_file) == content_hash(kept)
    assert "late" not in here.plan.backlog_items
    news = there.poll()
    assert news is not None
    assert news.ids == {"late"}
    assert "late" not in there.plan.backlog_items
    assert there.do(NudgeScore(("itemc",), "value", 1)).seq
    sound(plan_file)


def test_restoring_twice_keeps_both(plan_file, workspaces):
    workspace = workspaces(plan_file)
    kept = workspace.backup("by hand")
    assert [workspace.restore(kept).name for _ in range(3)] == [
        "plan.db.before-restore",
        "plan.db.before-restore-2",
        "plan.db.before-restore-3",
    ]


@pytest.mark.parametrize("damage", [b"", b"rubbish" * 999, None], ids=["empty", "rubbish", "truncated"])
def test_restoring_works_over_a_file_that_cannot_be_opened(plan_file, workspaces, damage, sound):
    workspace = workspaces(plan_file)
    kept = workspace.backup("by hand")
    rest = plan_file.read_bytes()[:9000] if damage is None else damage
    plan_file.write_bytes(rest)
    journal = plan_file.with_name("plan.db-journal")
    journal.write_bytes(b"not for the new file")
    aside = workspace.restore(kept)
    assert aside.read_bytes() == rest
    assert not journal.exists()
    assert set(load_plan(plan_file).backlog_items) == {"itema", "itemb", "itemc"}
    sound(plan_file)


def test_restoring_works_where_the_plan_is_gone(plan_file, workspaces):
    workspace = workspaces(plan_file)
    kept = workspace.backup("by hand")
    plan_file.unlink()
    assert workspace.restore(kept) is None
    assert load_plan(plan_file).backlog_items


def test_a_plan_that_a_group_shares_is_shared_after_a_restore(plan_file, workspaces):
    workspace = workspaces(plan_file)
    kept = workspace.backup("by hand")
    plan_file.chmod(0o664)
    workspace.restore(kept)
    assert stat.S_IMODE(plan_file.stat().st_mode) == 0o664


@pytest.mark.parametrize("content", [b"", b"rubbish" * 999])
def test_what_is_no_backup_is_not_restored(plan_file, workspaces, tmp_path, content, as_it_was):
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    unchanged = as_it_was(plan_file)
    with pytest.raises(NotAPlan):
        workspaces(plan_file).restore(bad)
    assert unchanged()
    assert names(tmp_path) == ["bad.db", "plan.db"]


def test_a_damaged_backup_is_not_restored(plan_file, workspaces, tmp_path, as_it_was):
    workspace = workspaces(plan_file)
    kept = workspace.backup("by hand")
    kept.write_bytes(kept.read_bytes()[:9000])
    unchanged = as_it_was(plan_file)
    assert backup.examine_backup(kept)
    assert workspace.backups()[0].items is None
    with pytest.raises(StoreError):
        workspace.restore(kept)
    assert unchanged()


def test_restoring_waits_for_nobody_who_is_writing(plan_file, workspaces, monkeypatch, as_it_was):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    workspace = workspaces(plan_file)
    kept = workspace.backup("by hand")
    unchanged = as_it_was(plan_file)
    with closing(sqlite3.connect(plan_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="busy with"):
            workspace.restore(kept)
        other.execute("ROLLBACK")
    assert unchanged()


def test_a_copy_in_a_place_of_choice_never_overwrites(plan_file, tmp_path, content_hash):
    target = tmp_path / "copy.db"
    backup.copy_to(plan_file, target)
    assert content_hash(target) == content_hash(plan_file)
    with pytest.raises(BackupFailed, match="already"):
        backup.copy_to(plan_file, target)
