from __future__ import annotations

import pytest

from pmtui.domain.changes import Change
from pmtui.domain.codec import row_of
from pmtui.domain.commands import AddDependency, EditFields, FieldEdit, ImportEntities
from pmtui.domain.entities import KIND_OF, Entity, link_id
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan
from pmtui.domain.rules.integrity import find_cycle, verify


def plan_of(*entities: Entity) -> Plan:
    return Plan().apply(Change(KIND_OF[type(e)], e.id, None, row_of(e)) for e in entities)


def chain(length: int) -> list[BacklogItem]:
    return [
        BacklogItem(id=f"i{n}", key=f"F-{n + 1}", title=f"T{n}", parent_id=f"i{n - 1}" if n else None)
        for n in range(length)
    ]


def needs(item: str, needed: str) -> ItemDependency:
    return ItemDependency(id=link_id(item, needed), item_id=item, needs_id=needed)


def reparent(item_id: str, before: str | None, after: str) -> EditFields:
    return EditFields((FieldEdit("backlog_item", item_id, "parent_id", before, after),))


class TestParents:
    def test_an_item_is_no_part_of_itself(self, desk):
        one = desk.item("A")
        assert 'F-1 "A" in F-1 "A"' in desk.refused(reparent(one, None, one))

    def test_nor_of_its_own_child(self, desk):
        one = desk.item("A")
        two = desk.item("B", parent_id=one)
        sentence = desk.refused(reparent(one, None, two))
        assert 'F-1 "A" in F-2 "B" in F-1 "A"' in sentence
        assert sentence.endswith("Choose another parent.")

    def test_nor_of_what_is_a_thousand_levels_below_it(self):
        plan = plan_of(*chain(1000))
        with pytest.raises(Refused, match="part of itself"):
            verify(plan, [Change("backlog_item", "i0", {"parent_id": None}, {"parent_id": "i999"})])

    def test_a_chain_of_10000_is_checked_in_one_walk(self, desk):
        items = chain(10_000)
        assert len(desk.do(ImportEntities("import", tuple(items))).rows) == 10_000

    def test_a_swap_in_one_step_is_judged_by_its_end(self, desk):
        one = desk.item("A")
        two = desk.item("B", parent_id=one)
        free = FieldEdit("backlog_item", two, "parent_id", one, None)
        under = FieldEdit("backlog_item", one, "parent_id", None, two)
        desk.do(EditFields((under, free)))
        assert (desk[one].parent_id, desk[two].parent_id) == (two, None)

    def test_a_circle_that_a_file_brings(self, desk):
        rows = (BacklogItem(id="a", title="A", parent_id="b"), BacklogItem(id="b", title="B", parent_id="a"))
        assert "part of itself" in desk.refused(ImportEntities("import", rows))


class TestDependencies:
    def test_two_items_cannot_wait_for_each_other(self, desk):
        one, two = desk.item("A"), desk.item("B")
        desk.needs(one, two)
        sentence = desk.refused(AddDependency(two, one))
        assert sentence == (
            'Nothing could ever start: F-2 "B" needs F-1 "A" needs F-2 "B". Take one of these links away.'
        )

    def test_a_circle_of_a_thousand_is_found_and_told_in_short(self, desk):
        rows = [BacklogItem(id=f"i{n}", title=f"T{n}") for n in range(1000)]
        links = [needs(f"i{n}", f"i{n + 1}") for n in range(999)]
        desk.do(ImportEntities("import", (*rows, *links)))
        sentence = desk.refused(AddDependency("i999", "i0"))
        assert "(1000 items in the circle)" in sentence
        assert len(sentence) < 300

    def test_a_diamond_is_no_circle(self, desk):
        top, left, right, bottom = (desk.item(name) for name in "abcd")
        for one, two in ((top, left), (top, right), (left, bottom), (right, bottom)):
            desk.needs(one, two)
        assert len(desk.plan.item_dependencies) == 4


class TestFindCycle:
    @pytest.mark.parametrize(
        ("graph", "starts", "found"),
        [
            ({}, "a", []),
            ({"a": "b", "b": "c"}, "abc", []),
            ({"a": "bc", "b": "d", "c": "d"}, "a", []),
            ({"a": "a"}, "a", ["a", "a"]),
            ({"a": "b", "b": "a"}, "a", ["a", "b", "a"]),
            ({"a": "b", "b": "cd", "c": "", "d": "b"}, "a", ["b", "d", "b"]),
            ({"a": "b", "x": "y", "y": "x"}, "a", []),
            ({"a": "bb", "b": ""}, "a", []),
        ],
    )
    def test_known_graphs(self, graph, starts, found):
        assert find_cycle(starts, lambda node: graph.get(node, "")) == found

    def test_depth_needs_no_recursion(self):
        assert find_cycle(["0"], lambda node: [str(int(node) + 1)] if int(node) < 50_000 else []) == []


class TestUndoIsCheckedToo:
    def test_undoing_what_others_build_on_is_refused(self, desk):
        parent = desk.item("P")
        added = desk.last
        desk.item("C", parent_id=parent)
        with pytest.raises(Refused, match=r'The parent of F-2 "C" is F-1 "P"\. Change that first\.'):
            verify(desk.plan, added.inverse("undo").rows)

    def test_changing_what_is_gone_is_refused(self):
        with pytest.raises(Refused, match="no longer in the plan"):
            verify(Plan(), [Change("backlog_item", "a", {"title": "A"}, {"title": "B"})])

    def test_removing_what_is_gone_is_refused(self):
        with pytest.raises(Refused, match="no longer in the plan"):
            verify(Plan(), [Change("backlog_item", "a", {"title": "A"}, None)])

    def test_a_key_that_was_taken_since_is_named(self, desk):
        desk.item("First")
        added = desk.last
        desk.plan = desk.plan.apply(added.inverse("undo"))
        desk.item("Second")
        with pytest.raises(Refused, match='key "F-1" would belong'):
            verify(desk.plan, added.rows)
