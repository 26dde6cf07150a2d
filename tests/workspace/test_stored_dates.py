"""The dates that a plan leads to are stored behind its edits: seen by nobody's undo, in nobody's way."""

import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import (
    AddInitiative,
    AddItem,
    AddProject,
    AddTask,
    EditFields,
    FieldEdit,
    NudgeDuration,
    SaveView,
)
from pmtui.store.doctor import examine
from pmtui.store.facts import load_facts
from pmtui.workspace import Actor, Workspace, dating

TODAY = date(2026, 3, 2)


def stored(path):
    """What is stored, as rows of day, entity, step, first and last day."""
    sql = "SELECT day, entity_id, seq, start_on, finish_on FROM forecast_snapshot ORDER BY seq, entity_id"
    with closing(sqlite3.connect(path)) as found:
        return found.execute(sql).fetchall()


def head(path):
    with closing(sqlite3.connect(path)) as found:
        return found.execute("SELECT max(seq) FROM journal").fetchone()[0]


@pytest.fixture
def planned(plan_file, clock):
    """The plan with a card, and a task of five days behind it in a project that starts on 9 March."""
    with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
        workspace.do(AddInitiative("card", "Card"))
        workspace.do(AddProject("site", "Site", {"start_on": date(2026, 3, 9)}))
        workspace.do(AddTask("task", "Task", "site", fields={"initiative_id": "card", "duration": 2400}))
    return plan_file


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(dating, "QUIET_SECONDS", 0.0)


def wait_for(condition):
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "nothing was stored"
        time.sleep(0.01)


def test_the_dates_of_cards_and_projects_are_there_when_the_workspace_has_closed(planned):
    seq = head(planned)
    assert stored(planned) == [
        ("2026-03-02", "card", seq, "2026-03-09", "2026-03-13"),
        ("2026-03-02", "plan", seq, None, None),
        ("2026-03-02", "site", seq, "2026-03-09", "2026-03-13"),
    ]
    assert not load_facts(planned, TODAY).forecast_stale
    assert examine(planned) == []


def test_they_come_by_themselves_once_the_edits_pause(planned, clock, at_once):
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        outcome = workspace.do(NudgeDuration(("task",), 480))
        wait_for(lambda: stored(planned)[0][2] == outcome.seq)
        assert stored(planned)[0][4] == "2026-03-16"


def test_of_several_quick_edits_only_the_newest_is_stored(planned, clock, monkeypatch):
    written = []
    real = dating.store_dates
    monkeypatch.setattr(dating, "store_dates", lambda *arguments: (written.append(arguments[1].seq), real(*arguments)))
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        seqs = [future.result().seq for future in [workspace.submit(NudgeDuration(("task",), 480)) for _ in range(8)]]
    assert written == [seqs[-1]]


def test_an_edit_does_not_wait_for_the_dates(planned, clock, at_once, monkeypatch):
    import threading

    let_go = threading.Event()
    monkeypatch.setattr(dating, "store_dates", lambda *_: let_go.wait(5))
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        assert workspace.do(NudgeDuration(("task",), 480)).seq
        assert not let_go.is_set()
        let_go.set()


def test_the_day_has_its_newest_dates_and_earlier_days_keep_theirs(planned):
    for days, minutes in ((1, 480), (1, 480), (2, 480)):
        with Workspace(planned, fixed_clock(TODAY + timedelta(days=days)), Actor("ann", "desk")) as workspace:
            workspace.do(NudgeDuration(("task",), minutes))
    finishes = [(day, finish) for day, entity, _, _, finish in stored(planned) if entity == "card"]
    assert finishes == [("2026-03-02", "2026-03-13"), ("2026-03-03", "2026-03-17"), ("2026-03-04", "2026-03-18")]


def test_a_step_that_moves_no_date_stores_none_and_leaves_the_stored_ones_fresh(planned, clock):
    before = stored(planned)
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        workspace.do(SaveView("view", "Open", "state:idea"))
    assert stored(planned) == before
    assert not load_facts(planned, TODAY).forecast_stale


def test_a_plan_without_tasks_stores_nothing(plan_file, clock, monkeypatch):
    import pmtui.planning.forecast

    monkeypatch.setattr(pmtui.planning.forecast, "forecasts", None)
    with Workspace(plan_file, clock, Actor("ann", "desk")) as workspace:
        workspace.do(AddItem("new", "New"))
    assert stored(plan_file) == []
    assert not load_facts(plan_file, TODAY).forecast_stale


def test_when_the_last_task_is_gone_its_dates_are_gone_too(planned, clock):
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        workspace.undo()
    assert stored(planned) == [("2026-03-02", "plan", head(planned), None, None)]


def test_undo_and_history_know_nothing_of_them(planned, clock):
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        entries = workspace.history()
        assert entries[0].command == "AddTask"
        assert workspace.undo().changes.label.startswith("undone: added T-1")
        assert workspace.as_of(0).is_empty


def test_they_are_no_news_to_another_window(planned, clock, at_once):
    with Workspace(planned, clock, Actor("bob", "desk")) as other:
        assert other.plan
        other.poll()
        with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
            seq = workspace.do(NudgeDuration(("task",), 480)).seq
            outcome = other.poll()
            wait_for(lambda: stored(planned)[0][2] == seq)
        assert outcome is None or outcome.ids == {"task"}
        if outcome is None:
            assert other.poll().ids == {"task"}
        assert other.poll() is None
        with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
            plan = other.plan
            workspace._dating.due = True
            workspace.warm().result()
        assert other.poll() is None
        assert other.plan is plan


def test_a_window_that_only_takes_in_the_steps_of_others_writes_nothing(planned, clock):
    with Workspace(planned, clock, Actor("bob", "desk")) as other:
        assert other.plan
        with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
            workspace.do(NudgeDuration(("task",), 480))
        before = planned.read_bytes()
        assert other.poll() is not None
    assert planned.read_bytes() == before


def test_a_file_that_others_hold_keeps_its_old_dates_until_the_next_step(planned, clock, at_once, monkeypatch):
    before = stored(planned)
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        asked = []
        monkeypatch.setattr(workspace, "_store_dates", lambda: asked.append(1))
        workspace.do(NudgeDuration(("task",), 480))
        wait_for(lambda: asked)
        monkeypatch.undo()
        with closing(sqlite3.connect(planned, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            workspace._writer.submit(workspace._store_dates).result()
            other.execute("ROLLBACK")
        assert stored(planned) == before
        assert load_facts(planned, TODAY).forecast_stale
        workspace.do(SaveView("view", "Open", "state:idea"))
    assert not load_facts(planned, TODAY).forecast_stale
    assert stored(planned)[0][2] == head(planned)


def test_dates_of_a_later_step_are_not_replaced_by_those_of_an_earlier_one(planned, clock, monkeypatch):
    monkeypatch.setattr(dating, "QUIET_SECONDS", 60)
    slow = Workspace(planned, clock, Actor("ann", "desk"))
    slow.do(NudgeDuration(("task",), 480))
    with Workspace(planned, clock, Actor("bob", "desk")) as quick:
        seq = quick.do(NudgeDuration(("task",), 480)).seq
    after = stored(planned)
    assert {row[2] for row in after} == {seq}
    slow.close()
    assert stored(planned) == after


def test_a_failure_to_compute_them_harms_nothing(planned, clock, monkeypatch):
    import pmtui.planning.forecast

    def fail(_plan):
        raise ArithmeticError

    monkeypatch.setattr(pmtui.planning.forecast, "forecasts", fail)
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        workspace.do(EditFields((FieldEdit("task", "task", "title", "Task", "Other"),)))
    assert load_facts(planned, TODAY).forecast_stale
    assert examine(planned) == []


def test_a_restored_plan_has_the_dates_that_belong_to_it(planned, clock):
    with Workspace(planned, clock, Actor("ann", "desk")) as workspace:
        kept = workspace.backup()
        before = stored(planned)
        workspace.do(NudgeDuration(("task",), 4800))
        workspace.restore(kept)
    assert stored(planned) == before
    assert not load_facts(planned, TODAY).forecast_stale
