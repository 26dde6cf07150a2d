"""Faults 41-47: every step can be taken back and brought back exactly, also after a restart."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import date

import pytest

from pmtui.domain.commands import (
    AddDependency,
    AddItem,
    AddObjective,
    AddProduct,
    AdvanceState,
    Archive,
    EditFields,
    FieldEdit,
    ImportEntities,
    NudgeScore,
    RemoveDependency,
    RemoveView,
    Restore,
    SaveView,
    SetDependencies,
    SetState,
    TagItems,
)
from pmtui.domain.entities import link_id
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.common import ItemTag, Tag
from pmtui.domain.errors import Refused
from pmtui.domain.rules import RULES
from pmtui.store.doctor import examine
from pmtui.store.read import load_plan
from pmtui.workspace import Actor, Workspace

ITEM = "backlog_item"

STEPS = {
    AddProduct: lambda: [AddProduct("second", "Second", "Its vision")],
    AddObjective: lambda: [AddObjective("goal", "Goal", due_on=date(2026, 6, 1), notes="two\nlines")],
    AddItem: lambda: [AddItem("new", "New", {"parent_id": "itema", "value": 3.0}, {"ui": "unused", "fresh": "fresh"})],
    NudgeScore: lambda: [NudgeScore(("itema", "itemb", "itemc"), "value", 2)],
    AdvanceState: lambda: [AdvanceState(("itema", "itemb"))],
    SetState: lambda: [SetState(("itema", "itemc"), "declined", "no need")],
    TagItems: lambda: [TagItems(("itema", "itemb"), {"new": "newtag"}, ("ui",))],
    AddDependency: lambda: [AddDependency("itema", "itemc")],
    RemoveDependency: lambda: [RemoveDependency("itemb", "itemc")],
    SetDependencies: lambda: [SetDependencies("itemb", ("itema",), ("itemc",))],
    EditFields: lambda: [
        EditFields(
            (
                FieldEdit(ITEM, "itema", "title", "A", "É 界 \ufffd"),
                FieldEdit(ITEM, "itema", "created_on", date(2026, 3, 2), None),
                FieldEdit(ITEM, "itemb", "parent_id", "itema", "itemc"),
                FieldEdit(ITEM, "itemc", "value", None, 0.1 + 0.2),
            ),
            "because",
        )
    ],
    Archive: lambda: [Archive(ITEM, ("itema",), "done with it")],
    Restore: lambda: [Archive(ITEM, ("itema",)), Restore(ITEM, ("itemb",))],
    SaveView: lambda: [SaveView("view", "Open", "state:idea", "value")],
    RemoveView: lambda: [SaveView("view", "Open", "state:idea"), RemoveView("view")],
    ImportEntities: lambda: [
        ImportEntities(
            "a file",
            (
                Tag(id="imported", name="imported"),
                BacklogItem(id="one", title="One", parent_id="two", external_id="x:1"),
                BacklogItem(id="two", title="Two", external_id="x:2"),
                ItemDependency(id=link_id("one", "itemc"), item_id="one", needs_id="itemc"),
                ItemTag(id=link_id("one", "imported"), item_id="one", tag_id="imported"),
            ),
            (FieldEdit(ITEM, "itema", "title", "A", "A again"),),
            (("item_dependency", link_id("itemb", "itemc")),),
        )
    ],
}
"""For each command, steps of which the last is that command."""


def rows(plan):
    return {kind: dict(found) for kind, found in plan.kinds.items() if found}


def test_every_command_of_the_registry_is_tried():
    assert set(STEPS) == set(RULES)


@pytest.mark.parametrize("command", RULES, ids=lambda command: command.__name__)
def test_a_command_is_undone_and_redone_exactly_also_after_a_restart(command, plan_file, workspaces):
    workspace = workspaces(plan_file)
    *first, last = STEPS[command]()
    assert type(last) is command
    for step in first:
        workspace.do(step)
    before = rows(workspace.plan)
    outcome = workspace.do(last)
    after = rows(workspace.plan)
    assert after != before
    assert outcome.changes.label
    for turn in range(2):
        assert rows(workspace.undo().plan) == before == rows(load_plan(plan_file))
        workspace.close()
        workspace = workspaces(plan_file)
        assert rows(workspace.redo().plan) == after == rows(load_plan(plan_file))
        if turn:
            workspace.close()
            workspace = workspaces(plan_file)
            assert rows(workspace.undo().plan) == before
    assert [entry.action for entry in workspace.history(limit=6)] == ["undo", "redo", "undo", "redo", "undo", "do"]
    assert {entry.command for entry in workspace.history(limit=6)} == {command.__name__}
    assert examine(plan_file) == []


def many(count):
    return ImportEntities(
        f"{count} items",
        (
            BacklogItem(id="root", title="Root"),
            *(
                BacklogItem(id=f"i{n}", title=f"I {n}", parent_id="root" if n < 10 else f"i{n // 10}", value=5.0)
                for n in range(count)
            ),
            *(
                ItemDependency(id=link_id(f"i{n}", "root"), item_id=f"i{n}", needs_id="root")
                for n in range(0, count, 7)
            ),
        ),
    )


def test_a_cascade_over_a_whole_tree_comes_back_in_one_step(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.do(many(500))
    before = rows(workspace.plan)
    outcome = workspace.do(Archive(ITEM, ("root",)))
    assert len(outcome.changes.rows) == 501
    assert rows(workspace.undo().plan) == before == rows(load_plan(plan_file))


def test_an_import_with_links_is_taken_back_and_brought_back_in_one_step(plan_file, workspaces):
    workspace = workspaces(plan_file)
    before = rows(workspace.plan)
    workspace.do(many(600))
    after = rows(workspace.plan)
    start = time.perf_counter()
    workspace.undo()
    assert time.perf_counter() - start < 2
    assert rows(workspace.plan) == before == rows(load_plan(plan_file))
    assert rows(workspace.redo().plan) == after == rows(load_plan(plan_file))


def test_a_bulk_move_is_one_step(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.do(many(50))
    before = rows(workspace.plan)
    ids = tuple(f"i{n}" for n in range(50))
    workspace.do(NudgeScore(ids, "value", 3))
    workspace.do(
        EditFields(tuple(FieldEdit(ITEM, i, "parent_id", workspace.plan.backlog_items[i].parent_id, None) for i in ids))
    )
    workspace.undo()
    assert rows(workspace.undo().plan) == before


def test_steps_are_taken_back_in_their_order_and_brought_back_in_theirs(plan_file, workspaces):
    workspace = workspaces(plan_file)
    states = [rows(workspace.plan)]
    for field in ("value", "effort", "reach"):
        workspace.do(NudgeScore(("itemc",), field, 1))
        states.append(rows(workspace.plan))
    for expected in (2, 1, 0):
        assert rows(workspace.undo().plan) == states[expected]
    for expected in (1, 2):
        assert rows(workspace.redo().plan) == states[expected]
    assert rows(workspace.undo().plan) == states[1]
    for expected in (2, 3):
        assert rows(workspace.redo().plan) == states[expected]
    with pytest.raises(Refused, match="nothing to redo"):
        workspace.redo()


def test_a_new_edit_after_an_undo_drops_the_redo(plan_file, workspaces):
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itemc",), "value", 1))
    workspace.undo()
    workspace.do(NudgeScore(("itema",), "effort", 1))
    with pytest.raises(Refused, match="nothing to redo"):
        workspace.redo()
    workspace.undo()
    assert workspace.redo().changes.label == "redone: F-1: effort 2 to 3"


def test_an_empty_history_says_that_there_is_nothing(tmp_path, workspaces):
    workspace = workspaces(tmp_path / "new.db")
    with pytest.raises(Refused, match="nothing of yours to undo"):
        workspace.undo()
    with pytest.raises(Refused, match="nothing to redo"):
        workspace.redo()


def test_a_step_that_changes_nothing_is_no_step(plan_file, workspaces):
    workspace = workspaces(plan_file)
    seq = workspace.plan.seq
    outcome = workspace.do(EditFields((FieldEdit(ITEM, "itema", "title", "A", "A"),)))
    assert outcome.seq is None
    assert outcome.ids == frozenset()
    assert load_plan(plan_file).seq == seq


def test_the_plan_is_known_as_of_every_step(plan_file, workspaces):
    workspace = workspaces(plan_file)
    states = {workspace.plan.seq: rows(workspace.plan), 0: {}}
    for steps in STEPS.values():
        for step in steps():
            outcome = workspace.do(step)
            states[outcome.seq] = rows(outcome.plan)
            workspace.undo()
            states[workspace.plan.seq] = rows(workspace.plan)
            workspace.redo()
            states[workspace.plan.seq] = rows(workspace.plan)
        while True:
            try:
                workspace.undo()
            except Refused:
                break
            states[workspace.plan.seq] = rows(workspace.plan)
            if rows(workspace.plan) == states[6]:
                break
    assert len(states) > 40
    for seq, expected in states.items():
        found = workspace.as_of(seq)
        assert rows(found) == expected
        assert found.seq == seq


def test_undo_and_redo_are_quick_in_a_history_of_10_000_steps(plan_file, workspaces):
    with closing(sqlite3.connect(plan_file)) as other:
        numbers = range(7, 10_007)
        other.executemany(
            "INSERT INTO journal VALUES (?, ?, 'ann', 'desk', 'NudgeScore', 'a', '', 'do', NULL)",
            [(seq, "2026-03-02T12:00:00+00:00") for seq in numbers],
        )
        values = [None, *(float(n % 10) for n in numbers)]
        other.executemany(
            "INSERT INTO journal_change VALUES (?, 0, 'backlog_item', 'itemc', ?, ?)",
            [
                (seq, json.dumps({"value": was}), json.dumps({"value": now}))
                for seq, was, now in zip(numbers, values, values[1:], strict=False)
            ],
        )
        other.execute("UPDATE backlog_item SET value = ? WHERE id = 'itemc'", (values[-1],))
        other.commit()
    assert examine(plan_file) == []
    workspace = workspaces(plan_file)
    workspace.do(NudgeScore(("itema",), "effort", 1))

    def seconds(step):
        start = time.perf_counter()
        step()
        return time.perf_counter() - start

    assert min(seconds(workspace.undo) for _ in range(5)) < 0.1
    for _ in range(300):
        workspace.undo()
    assert min(seconds(workspace.undo) for _ in range(3)) < 0.1
    assert min(seconds(workspace.redo) for _ in range(3)) < 0.1
    assert min(seconds(lambda: workspace.history("itemc")) for _ in range(3)) < 0.1


def test_undo_is_refused_and_names_the_step_where_somebody_changed_the_same_field(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(NudgeScore(("itemc",), "value", 1))
    there.do(EditFields((FieldEdit(ITEM, "itemc", "value", 5.0, 9.0),)))
    with pytest.raises(Refused, match=r'"F-3: value – to 5" cannot be taken back: step 8 of bob, "F-3: value 5 to 9"'):
        here.undo()
    assert load_plan(plan_file).backlog_items["itemc"].value == 9
    there.undo()
    here.undo()
    assert load_plan(plan_file).backlog_items["itemc"].value is None


def test_undo_goes_past_what_somebody_did_to_other_fields(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(NudgeScore(("itemc",), "value", 1))
    there.do(NudgeScore(("itemc",), "effort", 1))
    item = here.undo().plan.backlog_items["itemc"]
    assert (item.value, item.effort) == (None, 5)


def test_undo_takes_back_this_users_steps_on_this_machine_only(plan_file, workspaces):
    ann, bob, laptop = workspaces(plan_file), workspaces(plan_file, "bob"), workspaces(plan_file, "ann", "laptop")
    bob.do(NudgeScore(("itemc",), "value", 1))
    with pytest.raises(Refused, match="nothing of yours"):
        laptop.undo()
    assert ann.undo().changes.label == "undone: F-2 needs F-3"
    assert bob.undo().changes.label == "undone: F-3: value – to 5"


def test_an_addition_that_others_built_on_is_not_taken_back(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(AddItem("parent", "Parent"))
    there.do(AddItem("child", "Child", {"parent_id": "parent"}))
    with pytest.raises(Refused, match='"Child" still refers to what would be removed'):
        here.undo()
    there.undo()
    here.undo()
    assert "parent" not in load_plan(plan_file).backlog_items


def test_an_addition_that_others_edited_is_not_taken_back(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(AddItem("new", "New"))
    there.do(NudgeScore(("new",), "value", 1))
    with pytest.raises(Refused, match="of bob"):
        here.undo()


def test_a_redo_whose_short_key_was_taken_since_is_refused_in_words(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(AddItem("mine", "Mine"))
    here.undo()
    there.do(AddItem("theirs", "Theirs"))
    assert there.plan.backlog_items["theirs"].key == "F-4"
    with pytest.raises(Refused, match=r'The key "F-4" would belong to .* and to .*Nothing was changed'):
        here.redo()
    assert set(load_plan(plan_file).backlog_items) == {"itema", "itemb", "itemc", "theirs"}


def test_unique_values_that_two_rows_exchange_pass_and_come_back(plan_file, workspaces):
    workspace = workspaces(plan_file)
    for item, external in (("itema", "x:1"), ("itemb", "x:2")):
        workspace.do(EditFields((FieldEdit(ITEM, item, "external_id", None, external),)))
    workspace.do(
        EditFields(
            (
                FieldEdit(ITEM, "itema", "external_id", "x:1", "x:2"),
                FieldEdit(ITEM, "itemb", "external_id", "x:2", "x:1"),
            )
        )
    )
    assert load_plan(plan_file).backlog_items["itema"].external_id == "x:2"
    workspace.undo()
    found = load_plan(plan_file).backlog_items
    assert (found["itema"].external_id, found["itemb"].external_id) == ("x:1", "x:2")


def test_the_history_of_a_thing_says_who_changed_what_when_and_why(plan_file, clock):
    with Workspace(plan_file, clock, Actor("bob", "laptop")) as workspace:
        workspace.do(SetState(("itemc",), "declined", "no need"))
        workspace.undo()
        undone, declined, *_ = workspace.history("itemc")
        assert [entry.label for entry in workspace.history("objective")] == ['added O-1 "Less waiting"']
        assert len(workspace.history(limit=3)) == 3
    assert (declined.user, declined.machine, declined.command) == ("bob", "laptop", "SetState")
    assert (declined.reason, declined.at, declined.action, declined.of_seq) == ("no need", clock.now(), "do", None)
    (change,) = declined.changes
    assert change.before == {"state": "idea", "state_reason": ""}
    assert change.after == {"state": "declined", "state_reason": "no need"}
    assert (undone.action, undone.of_seq, undone.label) == ("undo", declined.seq, f"undone: {declined.label}")
