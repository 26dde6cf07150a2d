from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from pmtui.domain.clock import CROCKFORD, fixed_clock, system_clock
from pmtui.domain.codec import decode_row, encode_row, entity_of, row_of
from pmtui.domain.commands import Archive, NudgeScore
from pmtui.domain.entities import KIND_OF, KINDS
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.fields import specs
from pmtui.domain.plan import Plan, by_key, children, derived, key_order, per_row, resolve, tags_of


def test_an_empty_plan_is_empty_for_every_kind():
    assert Plan().is_empty
    assert all(not Plan().of(kind) for kind in KINDS)


def test_applying_leaves_the_old_plan_alone_and_shares_what_did_not_change(desk):
    desk.product()
    one = desk.item(value=1.0)
    before = desk.plan
    desk.do(NudgeScore((one,), "value", 1))
    assert before.backlog_items[one].value == 1.0
    assert desk.plan.of("product") is before.of("product")


def test_a_kind_refers_only_to_itself_and_those_before_it():
    seen: set[str] = set()
    for kind, entity in KINDS.items():
        seen.add(kind)
        assert {spec.to for spec in specs(entity).values() if spec.to} <= seen
        assert KIND_OF[entity] == kind


def test_entities_cannot_be_changed_in_place():
    with pytest.raises(dataclasses.FrozenInstanceError):
        BacklogItem(id="a", title="A").title = "B"


def test_a_row_comes_back_as_it_was():
    item = BacklogItem(id="a", key="F-1", title="A", value=0.1 + 0.2, created_on=date(2026, 1, 2), archived=True)
    plain = encode_row(row_of(item))
    assert plain["created_on"] == "2026-01-02"
    assert plain["archived"] == 1
    assert entity_of("backlog_item", decode_row("backlog_item", plain)) == item


def test_children_come_in_the_order_of_their_keys(desk):
    parent = desk.item()
    below = [desk.item(parent_id=parent) for _ in range(11)]
    assert children(desk.plan)[parent] == tuple(below)
    assert children(desk.plan)[None] == (parent,)


@pytest.mark.parametrize(
    ("keys", "order"),
    [
        (["F-10", "F-9", "F-1"], ["F-1", "F-9", "F-10"]),
        (["P-1", "F-2", "O-3"], ["F-2", "O-3", "P-1"]),
        (["", "x"], ["", "x"]),
    ],
)
def test_keys_sort_by_number(keys, order):
    assert sorted(keys, key=key_order) == order


class TestDerived:
    def test_it_is_worked_out_once_for_the_same_rows(self, desk):
        calls = []

        @derived("backlog_item")
        def count(plan: Plan) -> int:
            calls.append(plan)
            return len(plan.backlog_items)

        desk.item()
        assert count(desk.plan) == count(desk.plan) == 1
        desk.product()
        assert count(desk.plan) == 1
        assert len(calls) == 1
        desk.item()
        assert count(desk.plan) == 2

    def test_old_plans_keep_their_own_answers(self, desk):
        one = desk.item(tags=["ui"])
        before = desk.plan
        assert tags_of(before)[one] == ("ui",)
        desk.tag(one, "ops")
        assert tags_of(desk.plan)[one] == ("ops", "ui")
        assert tags_of(before)[one] == ("ui",)

    def test_a_function_of_rows_asks_again_only_for_what_changed(self, desk):
        asked = []

        @per_row("backlog_item")
        def shout(item: BacklogItem) -> str:
            asked.append(item.id)
            return item.title.upper()

        one, two = desk.item("one"), desk.item("two", value=1.0)
        before = desk.plan
        assert shout(before) == {one: "ONE", two: "TWO"}
        desk.do(NudgeScore((two,), "value", 1))
        three = desk.item("three")
        asked.clear()
        assert list(shout(desk.plan)) == [one, two, three]
        assert asked == [two, three]
        assert shout(before) == {one: "ONE", two: "TWO"}


class TestResolve:
    @pytest.fixture
    def plan(self, desk):
        desk.product()
        desk.objective()
        desk.item(external_id="jira:PROJ-12")
        desk.item(external_id="jira:X")
        desk.item(external_id="msp:X")
        return desk

    def test_keys_in_any_case(self, plan):
        assert resolve(plan.plan, "f-1")[0] == "backlog_item"
        assert resolve(plan.plan, "O-1")[0] == "objective"
        assert resolve(plan.plan, "P-1") == by_key(plan.plan)["P-1"]

    def test_external_ids_with_and_without_their_source(self, plan):
        found = resolve(plan.plan, "F-1")
        assert resolve(plan.plan, "jira:PROJ-12") == found
        assert resolve(plan.plan, "PROJ-12") == found

    def test_what_is_not_unique_is_nothing(self, plan):
        assert resolve(plan.plan, "X") is None
        assert resolve(plan.plan, "jira:X") == resolve(plan.plan, "F-2")

    def test_the_start_of_an_id_from_four_letters_on(self, plan):
        kind, item_id = resolve(plan.plan, "F-1")
        assert resolve(plan.plan, item_id) == (kind, item_id)
        assert resolve(plan.plan, item_id[:6].upper()) == (kind, item_id)
        assert resolve(plan.plan, item_id[:3]) is None

    @pytest.mark.parametrize("text", ["", " ", "F-99", "F", "nothing", "\x00"])
    def test_nothing(self, plan, text):
        assert resolve(plan.plan, text) is None

    def test_the_archive_is_still_known(self, plan):
        found = resolve(plan.plan, "F-1")
        plan.do(Archive("backlog_item", (found[1],)))
        assert resolve(plan.plan, "F-1") == found


class TestClocks:
    def test_ids_of_a_fixed_clock_follow_from_its_seed(self):
        day = date(2026, 11, 23)
        first, again, other = fixed_clock(day, 1), fixed_clock(day, 1), fixed_clock(day, 2)
        assert first.new_id() == again.new_id() != other.new_id()
        assert first.today() == day
        assert first.now().tzname() == "UTC"

    def test_ids_are_twelve_letters_of_crockford(self):
        for clock in (system_clock(), fixed_clock(date(2026, 1, 1))):
            ids = {clock.new_id() for _ in range(100)}
            assert len(ids) == 100
            assert all(len(found) == 12 and set(found) <= set(CROCKFORD) for found in ids)
