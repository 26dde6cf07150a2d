"""Faults 41-47: every step can be taken back and brought back exactly, also after a restart."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import date

import pytest

from pmtui.domain.commands import (
    AddDependency,
    AddInitiative,
    AddItem,
    AddKeyResult,
    AddObjective,
    AddProduct,
    AddProject,
    AddTask,
    AdvanceState,
    AdvanceTasks,
    Archive,
    EditFields,
    FieldEdit,
    ImportEntities,
    IndentTasks,
    LinkTasks,
    MakePromise,
    MoveInitiatives,
    MoveTasks,
    NudgeDuration,
    NudgeKeyResult,
    NudgeScore,
    PlanWork,
    PromoteItems,
    RemoveDependency,
    RemoveView,
    Restore,
    SaveView,
    SetDependencies,
    SetPredecessors,
    SetState,
    ShiftTasks,
    StartRoadmap,
    TagItems,
    UnlinkTasks,
)
from pmtui.domain.entities import link_id
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.common import ItemTag, Tag
from pmtui.domain.errors import Refused
from pmtui.domain.rules import RULES
from pmtui.domain.starter import CARDS
from pmtui.store.doctor import examine
from pmtui.store.read import load_plan
from pmtui.workspace import Actor, Workspace

ITEM = "backlog_item"

SITE = (AddProject("site", "Site"), *(AddTask(f"t{n}", f"T {n}", "site") for n in range(1, 5)))
"""A project with four tasks."""

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
    AddKeyResult: lambda: [AddKeyResult("result", "Teams", "objective", {"start": 0, "target": 0.3})],
    NudgeKeyResult: lambda: [
        AddKeyResult("result", "Teams", "objective", {"start": 0, "target": 0.3}),
        AddKeyResult("other", "Hours", "objective", {"start": 8, "current": 7.9, "target": 2}),
        NudgeKeyResult(("result", "other"), 7),
    ],
    AddInitiative: lambda: [
        AddInitiative("card", "Card", {"objective_id": "objective", "lane": "É 界", "window_end": date(2026, 6, 30)})
    ],
    MoveInitiatives: lambda: [
        AddInitiative("card", "Card", {"window_start": date(2026, 3, 1), "window_end": date(2026, 3, 31)}),
        AddInitiative("empty", "Empty"),
        MoveInitiatives(("card", "empty"), 1, "quarter"),
    ],
    MakePromise: lambda: [
        AddInitiative("card", "Card"),
        MakePromise("card", None, date(2026, 6, 30), 0.8, "all"),
        MakePromise("card", date(2026, 7, 1), date(2026, 7, 31), 0.6, "", "the audit", date(2026, 6, 30)),
    ],
    PromoteItems: lambda: [PromoteItems(("itemb", "itema"), "card", {"horizon": "next"})],
    StartRoadmap: lambda: [StartRoadmap(tuple(f"card{n}" for n in range(len(CARDS))))],
    AddProject: lambda: [AddProject("project", "Project", {"manager": "Ann", "start_on": date(2026, 3, 9)})],
    AddTask: lambda: [
        *SITE,
        AddTask("new", "New", "site", "t1", {"duration": 90, "item_id": "itema"}, {"t3": ("SS", -60)}),
    ],
    IndentTasks: lambda: [*SITE, IndentTasks(("t2", "t3"), 1)],
    MoveTasks: lambda: [*SITE, MoveTasks(("t1", "t2"), 1)],
    NudgeDuration: lambda: [*SITE, NudgeDuration(("t1", "t2"), 480)],
    ShiftTasks: lambda: [*SITE, ShiftTasks(("t1", "t2"), 3, dict.fromkeys(("t1", "t2"), date(2026, 3, 2)), {})],
    LinkTasks: lambda: [*SITE, LinkTasks("t1", ("t2", "t3")), LinkTasks("t1", ("t2", "t4"), "SS", -480)],
    UnlinkTasks: lambda: [*SITE, LinkTasks("t1", ("t2", "t3"), "FF", 30), UnlinkTasks("t1", ("t2", "t3"))],
    SetPredecessors: lambda: [
        *SITE,
        LinkTasks("t1", ("t4",)),
        LinkTasks("t2", ("t4",)),
        SetPredecessors("t4", {"t2": ("SF", 1), "t3": ("FS", 0)}, {"t1": ("FS", 0), "t2": ("FS", 0)}),
    ],
    AdvanceTasks: lambda: [*SITE, AdvanceTasks(("t1", "t2"))],
    PlanWork: lambda: [PlanWork("backlog_item", "itema", "feature", "fresh", "Fresh", tuple("pqrstu"))],
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


def test_a_planned_card_is_linked_renumbered_archived_and_taken_back_step_by_step(plan_file, workspaces):
    workspace = workspaces(plan_file)
    states = [rows(workspace.plan)]
    steps = [
        PlanWork("backlog_item", "itema", "feature", "fresh", "Fresh", tuple("pqrst")),
        *(AddTask(f"n{n}", f"N {n}", "fresh", after_id="q") for n in range(25)),
        IndentTasks(("n3", "n4"), 1),
        LinkTasks("t", ("n7",), "SS", -480),
        EditFields((FieldEdit("task", "n7", "parent_id", "p", None),)),
        Archive("project", ("fresh",)),
        Restore("task", ("n7",)),
    ]
    states += [rows(workspace.do(step).plan) for step in steps]
    for expected in reversed(states[:-1]):
        assert rows(workspace.undo().plan) == expected
    for expected in states[1:]:
        assert rows(workspace.redo().plan) == expected
    assert rows(load_plan(plan_file)) == states[-1]
    assert examine(plan_file) == []


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
    with pytest.raises(Refused, match="cannot be taken back") as refused:
        here.undo()
    assert refused.value.sentence == (
        'Step 7 (F-3: value – to 5) cannot be taken back: bob changed the same fields of F-3 "C" since, '
        "in step 8 (F-3: value 5 to 9). Nothing was changed. Ask bob to undo that step, or edit the field."
    )
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
    with pytest.raises(Refused, match="cannot be taken back") as refused:
        here.undo()
    assert refused.value.sentence == (
        'Step 7 (added F-4 "Parent") cannot be taken back. '
        'The parent of F-5 "Child" is F-4 "Parent". Change that first.'
    )
    there.undo()
    here.undo()
    assert "parent" not in load_plan(plan_file).backlog_items


def test_an_addition_that_others_edited_is_not_taken_back(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(AddItem("new", "New"))
    there.do(NudgeScore(("new",), "value", 1))
    with pytest.raises(Refused, match=r"Ask bob to undo that step, or archive it\."):
        here.undo()


def test_a_step_of_ones_own_on_another_machine_is_undone_there(plan_file, workspaces):
    here, laptop = workspaces(plan_file), workspaces(plan_file, "ann", "laptop")
    here.do(NudgeScore(("itemc",), "value", 1))
    laptop.do(EditFields((FieldEdit(ITEM, "itemc", "value", 5.0, 9.0),)))
    with pytest.raises(Refused, match="Undo that step on the machine where it was made, or edit the field"):
        here.undo()


def test_a_label_with_quotation_marks_stays_readable(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(EditFields((FieldEdit(ITEM, "itemc", "title", "C", "Mine"),)))
    there.do(EditFields((FieldEdit(ITEM, "itemc", "title", "Mine", "Theirs"),)))
    with pytest.raises(Refused) as refused:
        here.undo()
    assert refused.value.sentence.startswith('Step 7 (F-3: title "C" to "Mine") cannot be taken back: bob changed')
    assert 'in step 8 (F-3: title "Mine" to "Theirs")' in refused.value.sentence


def test_an_addition_that_others_put_a_tag_on_is_not_taken_back(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(AddItem("new", "New"))
    there.do(TagItems(("new",), {"ops": "ops"}))
    with pytest.raises(Refused, match=r'cannot be taken back\. F-4 "New" carries the tag "ops"\. Take it off first\.'):
        here.undo()


def test_a_tag_that_others_use_is_not_taken_back(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(TagItems(("itema",), {"ops": "ops"}))
    there.do(TagItems(("itemb",), {"ops": "unused"}))
    with pytest.raises(Refused, match=r'F-2 "B" carries the tag "ops"\. Take it off first\.'):
        here.undo()


def test_a_redo_whose_short_key_was_taken_since_is_refused_in_words(plan_file, workspaces):
    here, there = workspaces(plan_file), workspaces(plan_file, "bob")
    here.do(AddItem("mine", "Mine"))
    here.undo()
    there.do(AddItem("theirs", "Theirs"))
    assert there.plan.backlog_items["theirs"].key == "F-4"
    with pytest.raises(Refused, match=r'The key "F-4" would belong to .* and to .*Nothing was changed') as refused:
        here.redo()
    assert refused.value.sentence.startswith('Step 7 (added F-4 "Mine") cannot be redone. ')
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
