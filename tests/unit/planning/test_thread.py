from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import (
    AddInitiative,
    AddKeyResult,
    AddProject,
    AddTask,
    Archive,
    EditFields,
    FieldEdit,
    MakePromise,
)
from pmtui.domain.durations import DAY
from pmtui.domain.entities import KEY_LETTERS
from pmtui.planning import thread as module
from pmtui.planning.thread import Step, thread


def sketch(desk, kind: str, entity_id: str) -> list[str]:
    """The thread as lines of a key (or what is missing), indented; the thing itself in brackets."""
    lines = []
    for step in thread(desk.plan, kind, entity_id):
        word = f"[{step.key}]" if step.relation == "this" else step.key or step.title
        lines.append("  " * step.depth + word)
    return lines


@pytest.fixture
def house(desk):
    """A product, two objectives, a key result, a card with an item and its part, tasks on three levels, a project."""
    desk.ids = {"product": desk.product()}
    desk.ids["objective"] = desk.objective("Less waiting", due_on=date(2027, 3, 31))
    desk.do(AddKeyResult("k1", "Teams", desk.ids["objective"], {"start": 12, "current": 18, "target": 25}))
    desk.do(AddInitiative("c1", "Approval", {"objective_id": desk.ids["objective"], "lane": "Flow", "horizon": "now"}))
    desk.f1 = desk.item("Inbox", initiative_id="c1")
    desk.f2 = desk.item("Inbox on the phone", parent_id=desk.f1, owner="Ann", state="planned")
    desk.do(AddProject("j1", "Approvals", {"manager": "Kim"}))
    desk.do(AddTask("t1", "Build", "j1", fields={"item_id": desk.f2}))
    desk.do(AddTask("t2", "API", "j1", fields={"parent_id": "t1", "percent_complete": 0.5, "owner": "Bo"}))
    desk.do(AddTask("t3", "Draft", "j1", fields={"parent_id": "t2", "percent_complete": 1.0}))
    desk.ids |= {"key_result": "k1", "initiative": "c1", "backlog_item": desk.f2, "project": "j1", "task": "t2"}
    return desk


class TestUpward:
    def test_from_a_task_to_the_product(self, house):
        assert sketch(house, "task", "t2") == [
            "P-1", "  O-1", "    C-1", "      F-1", "        F-2", "          T-1", "            [T-2]",
            "              T-3",
        ]  # fmt: skip

    def test_relations_are_why_this_and_how_in_this_order(self, house):
        words = [step.relation for step in thread(house.plan, "task", "t2")]
        assert words == ["why"] * 6 + ["this", "how"]

    def test_from_an_item_to_the_product(self, house):
        assert sketch(house, "backlog_item", house.f2)[:5] == ["P-1", "  O-1", "    C-1", "      F-1", "        [F-2]"]

    def test_a_task_takes_its_reason_from_the_task_above_it(self, house):
        house.do(AddTask("t4", "Loose", "j1", fields={"initiative_id": "c1"}))
        house.do(AddTask("t5", "Below", "j1", fields={"parent_id": "t4"}))
        assert sketch(house, "task", "t5") == ["P-1", "  O-1", "    C-1", "      T-4", "        [T-5]"]

    def test_an_item_that_serves_another_objective_than_its_card_shows_both(self, house):
        other = house.objective("Fewer errors")
        item = house.item("Checks", initiative_id="c1", objective_id=other)
        assert sketch(house, "backlog_item", item)[:5] == ["P-1", "  O-1", "    O-2", "      C-1", "        [F-3]"]

    def test_from_a_key_result(self, house):
        assert sketch(house, "key_result", "k1")[:3] == ["P-1", "  O-1", "    [K-1]"]

    def test_a_project_shows_what_its_tasks_are_for(self, house):
        loose = house.item("Checks")
        house.do(AddTask("t4", "Check", "j1", fields={"item_id": loose}))
        assert sketch(house, "project", "j1") == ["P-1", "  C-1", "    F-2", "  F-3", "  [J-1]", "    T-1", "    T-4"]


class TestGaps:
    def test_a_task_without_any_reason(self, desk):
        desk.do(AddProject("j1", "Approvals"))
        desk.do(AddTask("t1", "Build", "j1"))
        assert sketch(desk, "task", "t1") == [
            "no product yet", "  no objective yet", "    no card and no item that it serves yet", "      [T-1]"
        ]  # fmt: skip
        gaps = [step for step in thread(desk.plan, "task", "t1") if not step.id]
        assert {(gap.relation, gap.key, gap.note) for gap in gaps} == {("why", "", "")}

    def test_a_task_of_an_item_without_a_card(self, desk):
        item = desk.item("Inbox")
        desk.do(AddProject("j1", "Approvals"))
        desk.do(AddTask("t1", "Build", "j1", fields={"item_id": item}))
        assert sketch(desk, "task", "t1") == [
            "no product yet", "  no objective yet", "    no card yet", "      F-1", "        [T-1]"
        ]  # fmt: skip

    def test_an_item_alone(self, desk):
        item = desk.item("Inbox")
        assert sketch(desk, "backlog_item", item) == [
            "no product yet", "  no objective yet", "    no card yet", "      [F-1]", "        no task yet"
        ]  # fmt: skip

    def test_a_card_alone(self, desk):
        desk.do(AddInitiative("c1", "Approval"))
        assert sketch(desk, "initiative", "c1") == [
            "no product yet", "  no objective yet", "    [C-1]", "      no item yet", "      no task yet"
        ]  # fmt: skip

    def test_an_objective_and_a_product_alone(self, desk):
        product = desk.product()
        assert sketch(desk, "product", product) == ["[P-1]", "  no objective yet"]
        goal = desk.objective()
        assert sketch(desk, "objective", goal) == ["P-1", "  [O-1]", "    no key result yet", "    no card yet"]

    def test_a_project_alone(self, desk):
        desk.do(AddProject("j1", "Approvals"))
        assert sketch(desk, "project", "j1") == [
            "no product yet",
            "  no card and no item that it serves yet",
            "  [J-1]",
        ]


class TestDownward:
    def test_from_an_objective(self, house):
        house.item("Checks", objective_id=house.ids["objective"])
        house.do(AddTask("t4", "Roll-out", "j1", fields={"initiative_id": "c1"}))
        assert sketch(house, "objective", house.ids["objective"]) == [
            "P-1", "  [O-1]", "    K-1", "    C-1", "      F-1", "      T-4", "    F-3"
        ]  # fmt: skip

    def test_from_a_card_planned_as_tasks_each_task_stands_once(self, house):
        house.do(AddTask("t4", "Approval", "j1", fields={"initiative_id": "c1"}))
        house.do(AddTask("t5", "Inbox", "j1", fields={"parent_id": "t4", "item_id": house.f1}))
        house.do(AddTask("t6", "Roll-out", "j1", fields={"parent_id": "t4"}))
        assert sketch(house, "initiative", "c1") == [
            "P-1", "  O-1", "    [C-1]", "      F-1", "        T-5", "      T-4", "        T-6"
        ]  # fmt: skip

    def test_from_an_item_to_its_parts_and_tasks(self, house):
        assert sketch(house, "backlog_item", house.f1) == [
            "P-1", "  O-1", "    C-1", "      [F-1]", "        F-2", "          T-1"
        ]  # fmt: skip

    def test_from_a_product(self, house):
        house.do(AddInitiative("c2", "Later"))
        assert sketch(house, "product", house.ids["product"]) == [
            "[P-1]",
            "  O-1",
            "    K-1",
            "    C-1",
            "  C-2",
            "  J-1",
        ]

    def test_archived_things_below_are_left_out_and_above_are_said(self, house):
        house.do(Archive("task", ("t3",)))
        house.do(Archive("initiative", ("c1",)))
        steps = thread(house.plan, "task", "t2")
        assert [step.key for step in steps if step.relation == "how"] == []
        assert next(step for step in steps if step.key == "C-1").note == "candidate, now, archived"


@pytest.mark.parametrize("kind", KEY_LETTERS)
def test_every_kind_has_a_thread_in_which_each_thing_stands_once(house, kind):
    steps = thread(house.plan, kind, house.ids[kind])
    assert [step.id for step in steps if step.relation == "this"] == [house.ids[kind]]
    ids = [step.id for step in steps if step.id]
    assert len(ids) == len(set(ids))
    for step in steps:
        if step.id:
            assert house.plan.of(step.kind)[step.id].key == step.key


def test_what_matters_of_each_is_noted(house):
    house.do(MakePromise("c1", None, date(2026, 12, 31), 0.8, ""))
    house.do(AddTask("t4", "Launch", "j1", fields={"duration": 0}))
    kinds = {**house.ids, "milestone": "t4", "done": "t3"}
    notes = {
        name: next(step.note for step in thread(house.plan, kind, id_) if step.relation == "this")
        for name, id_ in kinds.items()
        for kind in (name if name in KEY_LETTERS else "task",)
    }
    assert notes == {
        "product": "",
        "objective": "grade 0.46 yellow, due 2027-03-31",
        "key_result": "18 of 25, from 12, grade 0.46",
        "initiative": "candidate, now, promised until 2026-12-31 (80%)",
        "backlog_item": "planned, @Ann",
        "project": "23 Nov 2026, done, @Kim",
        "task": "23 Nov 2026, done, @Bo, J-1",
        "milestone": "milestone, 23 Nov 2026, not started, J-1",
        "done": "23 Nov 2026, done, J-1",
    }


def test_how_far_it_is_and_when(house):
    house.do(AddTask("t4", "Roll-out", "j1", fields={"duration": 8 * DAY, "percent_complete": 0.996}))
    house.do(AddProject("j2", "Empty", {"start_on": date(2027, 1, 4)}))
    notes = {id_: thread(house.plan, kind, id_) for kind, id_ in (("task", "t4"), ("project", "j1"), ("project", "j2"))}
    found = {id_: next(step.note for step in steps if step.relation == "this") for id_, steps in notes.items()}
    assert found == {
        "t4": "23 Nov – 2 Dec 2026, 99% done, J-1",
        "j1": "23 Nov – 2 Dec 2026, 99% done, @Kim",
        "j2": "starts 4 Jan 2027",
    }
    house.do(Archive("task", ("t4",)))
    assert thread(house.plan, "task", "t4")[-1].note == "8d, 99% done, J-1, archived"


def test_what_is_gone_has_no_thread(house):
    assert thread(house.plan, "task", "gone") == []


def test_an_edit_is_seen(house):
    house.do(EditFields((FieldEdit("backlog_item", house.f1, "initiative_id", "c1", None),)))
    assert "no card yet" in [step.title for step in thread(house.plan, "task", "t2")]


def test_a_long_thread_leaves_out_the_deepest_and_counts_them(house, monkeypatch):
    monkeypatch.setattr(module, "CAP", 8)
    for n in range(5):
        house.item(f"Part {n}", initiative_id="c1")
        house.do(AddTask(f"x{n}", "Work", "j1", fields={"initiative_id": "c1"}))
        house.do(AddTask(f"y{n}", "Part", "j1", fields={"parent_id": f"x{n}"}))
    steps = [step for step in thread(house.plan, "initiative", "c1") if step.relation == "how"]
    assert len(steps) == 9
    assert {step.depth for step in steps} == {3}
    assert steps[-1] == Step("", "", "", "and 8 more", "how", 3, "")


def test_a_circle_of_parents_in_a_damaged_file_ends(house):
    rows = dict(house.plan.tasks)
    rows["t1"] = type(rows["t1"])(id="t1", key="T-1", title="Build", project_id="j1", parent_id="t3")
    house.plan = type(house.plan)(house.plan.seq, {**house.plan.kinds, "task": rows})
    keys = [step.key for step in thread(house.plan, "task", "t2")]
    assert sorted(key for key in keys if key.startswith("T")) == ["T-1", "T-2", "T-3"]
