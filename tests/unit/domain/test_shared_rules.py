from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import (
    AddObjective,
    AddProduct,
    Archive,
    EditFields,
    FieldEdit,
    ImportEntities,
    RemoveView,
    Restore,
    SaveView,
)
from pmtui.domain.entities import KINDS, link_id
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.common import ItemTag, Tag
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.rules import RULES, decide


def edit(item_id: str, field: str, seen, value, kind: str = "backlog_item") -> EditFields:
    return EditFields((FieldEdit(kind, item_id, field, seen, value),))


def test_every_command_has_its_rule():
    from typing import get_args

    from pmtui.domain.commands import Command

    assert set(RULES) == set(get_args(Command))


class TestEditing:
    def test_a_field_gets_its_value(self, desk):
        one = desk.item(value=3.0)
        desk.do(edit(one, "value", 3.0, 8))
        assert desk[one].value == 8.0
        assert type(desk[one].value) is float
        assert desk.last.label == "F-1: value 3 to 8"

    def test_what_another_window_changed_is_a_conflict_that_names_all_three_values(self, desk):
        one = desk.item("Thing", value=3.0)
        with pytest.raises(Conflict) as caught:
            decide(desk.plan, edit(one, "value", 5.0, 8.0), desk.today)
        assert (caught.value.entity_id, caught.value.field, caught.value.current) == (one, "value", 3.0)
        assert 'The value of F-1 "Thing" is 3 now; you saw 5 and typed 8.' in caught.value.sentence

    def test_when_both_typed_the_same_there_is_no_conflict_and_no_change(self, desk):
        one = desk.item(value=8.0)
        assert not desk.do(edit(one, "value", 5.0, 8.0))

    def test_references_are_named_in_a_conflict(self, desk):
        parent, one = desk.item("Parent"), desk.item("Child")
        sentence = desk.refused(edit(one, "parent_id", "gone", parent))
        assert 'is empty now; you saw a backlog item and typed F-1 "Parent"' in sentence

    def test_all_or_nothing(self, desk):
        one, two = desk.item(), desk.item()
        good = FieldEdit("backlog_item", one, "value", None, 5.0)
        bad = FieldEdit("backlog_item", two, "value", None, 50.0)
        assert "outside" in desk.refused(EditFields((good, bad)))
        assert desk[one].value is None

    def test_many_things_are_one_step(self, desk):
        ids = [desk.item() for _ in range(20)]
        desk.do(EditFields(tuple(FieldEdit("backlog_item", i, "priority", "", "high") for i in ids)))
        assert {desk[i].priority for i in ids} == {"high"}
        assert desk.last.label == "20 things: priority to high"

    @pytest.mark.parametrize("field", ["id", "key", "colour"])
    def test_fields_that_nobody_edits(self, desk, field):
        assert "no field" in desk.refused(edit(desk.item(), field, "x", "y"))

    def test_a_title_cannot_be_emptied(self, desk):
        one = desk.item("Thing")
        assert "title is empty" in desk.refused(edit(one, "title", "Thing", ""))

    def test_nothing_is_hung_below_the_archive(self, desk):
        old, one = desk.item("Old"), desk.item()
        desk.do(Archive("backlog_item", (old,)))
        assert "in the archive" in desk.refused(edit(one, "parent_id", None, old))

    def test_nothing_refers_to_what_does_not_exist(self, desk):
        assert "is not in the plan" in desk.refused(edit(desk.item(), "objective_id", None, "gone"))

    def test_declining_in_a_form_asks_for_the_reason_too(self, desk):
        one = desk.item()
        state = FieldEdit("backlog_item", one, "state", "idea", "declined")
        assert "Say why" in desk.refused(EditFields((state,)))
        desk.do(EditFields((state, FieldEdit("backlog_item", one, "state_reason", "", "Physics"))))
        assert desk[one].state == "declined"

    def test_a_renamed_tag_stays_a_tag(self, desk):
        one = desk.item(tags=["ui"])
        tag = next(iter(desk.plan.tags))
        desk.do(edit(tag, "name", "ui", "User Interface", kind="tag"))
        assert desk.tags(one) == ("user-interface",)

    def test_a_tag_cannot_take_the_name_of_another(self, desk):
        desk.item(tags=["ops", "ui"])
        tag = next(tag.id for tag in desk.plan.tags.values() if tag.name == "ui")
        assert 'tag "ops" would belong to' in desk.refused(edit(tag, "name", "ui", "OPS", kind="tag"))


class TestArchive:
    @pytest.fixture
    def family(self, desk):
        top = desk.item("Top")
        child = desk.item("Child", parent_id=top)
        grandchild = desk.item("Grandchild", parent_id=child)
        desk.item("Stranger")
        return desk, top, child, grandchild

    def test_everything_below_goes_with_it_row_by_row(self, family):
        desk, top, child, grandchild = family
        changes = desk.do(Archive("backlog_item", (top,), "Too big"))
        assert changes.ids() == {top, child, grandchild}
        assert all(row.after == {"archived": True} for row in changes.rows)
        assert (changes.label, changes.reason) == ('archived F-1 "Top" and 2 more', "Too big")

    def test_restoring_brings_back_all_below_and_the_parents_above(self, family):
        desk, top, child, grandchild = family
        sibling = desk.item("Sibling", parent_id=top)
        desk.do(Archive("backlog_item", (top,)))
        desk.do(Restore("backlog_item", (child,)))
        assert [desk[i].archived for i in (top, child, grandchild, sibling)] == [False, False, False, True]

    def test_what_is_in_the_archive_already_does_not_change(self, family):
        desk, top, *_ = family
        desk.do(Archive("backlog_item", (top,)))
        assert not desk.do(Archive("backlog_item", (top,)))

    def test_parent_and_child_together_are_one_step(self, family):
        desk, top, child, _ = family
        assert len(desk.do(Archive("backlog_item", (child, top))).rows) == 3

    def test_nothing_is_named(self, desk):
        assert not desk.do(Archive("backlog_item", ()))

    def test_links_and_tags_have_no_archive(self, desk):
        for kind in ("tag", "item_tag", "item_dependency", "view"):
            assert "cannot be archived" in desk.refused(Archive(kind, ("x",)))

    def test_products_and_objectives_too(self, desk):
        product, goal = desk.product(), desk.objective()
        desk.do(Archive("product", (product,)))
        desk.do(Archive("objective", (goal,)))
        assert desk.plan.products[product].archived
        assert desk.plan.objectives[goal].archived


class TestVision:
    def test_an_objective_belongs_to_the_only_product_there_is(self, desk):
        product = desk.product()
        goal = desk.objective(due_on=date(2027, 3, 31))
        assert desk.plan.objectives[goal].product_id == product
        assert desk.plan.objectives[goal].key == "O-1"
        desk.product("Another")
        another = desk.objective()
        assert desk.plan.objectives[another].product_id is None

    def test_an_archived_product_is_not_the_only_one(self, desk):
        old, new = desk.product("Old"), desk.product("New")
        desk.do(Archive("product", (old,)))
        goal = desk.objective()
        assert desk.plan.objectives[goal].product_id == new

    def test_names_are_needed(self, desk):
        assert "name is empty" in desk.refused(AddProduct("p", " "))
        assert "title is empty" in desk.refused(AddObjective("o", ""))


class TestViews:
    def test_saving_under_a_known_name_changes_that_view(self, desk):
        desk.do(SaveView("v1", " My  view ", "@ann", "rank"))
        desk.do(SaveView("v2", "my  VIEW", "@bo", "key"))
        assert [(view.id, view.filter, view.sort) for view in desk.plan.views.values()] == [("v1", "@bo", "key")]

    def test_forgetting_one(self, desk):
        desk.do(SaveView("v1", "Mine", "@ann"))
        desk.do(RemoveView("v1"))
        assert not desk.plan.views
        assert "no longer in the plan" in desk.refused(RemoveView("v1"))

    def test_a_name_is_needed(self, desk):
        assert "view name is empty" in desk.refused(SaveView("v", "  ", "x"))


class TestImport:
    def test_things_may_refer_to_each_other_in_any_order(self, desk):
        child = BacklogItem(id="c", title="Child", parent_id="p")
        link = ItemDependency(id=link_id("c", "n"), item_id="c", needs_id="n")
        tagged = ItemTag(id=link_id("c", "t"), item_id="c", tag_id="t")
        rest = (BacklogItem(id="p", title="P"), BacklogItem(id="n", title="N"), Tag(id="t", name="ops"))
        desk.do(ImportEntities("import of x.csv", (link, tagged, child, *rest)))
        assert desk["c"].parent_id == "p"
        assert desk.tags("c") == ("ops",)
        assert desk.last.label == "import of x.csv"

    def test_keys_are_given_behind_those_that_the_file_brings(self, desk):
        rows = (
            BacklogItem(id="a", title="No key"),
            BacklogItem(id="b", title="Key", key="F-1"),
            BacklogItem(id="c", title="High", key="F-41"),
        )
        desk.do(ImportEntities("import", rows))
        assert [desk[i].key for i in "abc"] == ["F-42", "F-1", "F-41"]
        assert desk[desk.item()].key == "F-43"

    @pytest.mark.parametrize(
        "key", ["P-1", "f-1", "F1", "F-", "F-0", "F-01", "F-1x", "F--1", "F-٣", "x", "F-1234567890"]
    )
    def test_a_key_of_another_form_is_refused(self, desk, key):
        thing = BacklogItem(id="a", title="Thing", key=key)
        assert "is no key. Keys look like F-31." in desk.refused(ImportEntities("import", (thing,)))

    @pytest.mark.parametrize(
        ("rows", "part"),
        [
            (
                (BacklogItem(id="a", title="A", key="F-1"), BacklogItem(id="b", title="B", key="F-1")),
                'key "F-1" would belong',
            ),
            (
                (
                    BacklogItem(id="a", title="A", external_id="x:1"),
                    BacklogItem(id="b", title="B", external_id="x:1"),
                ),
                'external id "x:1" would belong to F-1 "A" and to F-2 "B"',
            ),
            ((Tag(id="a", name="ui"), Tag(id="b", name="ui")), 'tag "ui" would belong'),
            ((BacklogItem(id="a", title="A"), BacklogItem(id="a", title="B")), "in the plan already"),
            ((BacklogItem(id="a", title="A", parent_id="gone"),), "The parent of F-1"),
            ((ItemTag(id="a.b", item_id="a", tag_id="b"),), "is not in the plan"),
            ((BacklogItem(id="a", title="A", value=80.0),), "outside"),
            ((BacklogItem(id="", title="A"),), "id is empty"),
            ((BacklogItem(id="a", title="A", parent_id="a"),), "part of itself"),
        ],
    )
    def test_a_file_in_contradiction_brings_nothing(self, desk, rows, part):
        assert part in desk.refused(ImportEntities("import", rows))

    def test_several_items_may_have_no_external_id(self, desk):
        desk.do(ImportEntities("import", (BacklogItem(id="a", title="A"), BacklogItem(id="b", title="B"))))
        assert len(desk.plan.backlog_items) == 2

    def test_links_can_go(self, desk):
        one, two = desk.item(), desk.item()
        desk.needs(one, two)
        desk.do(ImportEntities("import", (), removes=(("item_dependency", link_id(one, two)),)))
        assert not desk.plan.item_dependencies

    def test_what_others_refer_to_cannot_go(self, desk):
        one, two = desk.item("A"), desk.item("B", tags=["ui"])
        desk.needs(one, two)
        sentence = desk.refused(ImportEntities("import", (), removes=(("backlog_item", two),)))
        assert sentence == 'F-1 "A" needs F-2 "B". Take that link off first.'
        tag = next(iter(desk.plan.tags))
        sentence = desk.refused(ImportEntities("import", (), removes=(("tag", tag),)))
        assert sentence == 'F-2 "B" carries the tag "ui". Take it off first.'

    def test_a_declined_item_without_a_reason_may_come_from_a_file(self, desk):
        desk.do(ImportEntities("import", (BacklogItem(id="a", title="A", state="declined"),)))
        assert desk["a"].state == "declined"


def test_no_rule_changes_the_plan_that_it_is_given(desk):
    one = desk.item(tags=["ui"])
    before = {kind: dict(desk.plan.of(kind)) for kind in KINDS}
    decide(desk.plan, Archive("backlog_item", (one,)), desk.today)
    with pytest.raises(Refused):
        decide(desk.plan, edit(one, "value", None, 99.0), desk.today)
    assert {kind: dict(desk.plan.of(kind)) for kind in KINDS} == before


def test_long_texts_of_one_sentence_show_where_they_differ(desk):
    long = "Improve the viewer of the web interface in all of its sizes and places "
    desk.product()
    item = desk.item(long + "now")
    other = desk.do(EditFields((FieldEdit("backlog_item", item, "title", long + "now", long + "later"),)))
    assert other.label.endswith('title "…places now" to "…places later"')
    with pytest.raises(Conflict) as caught:
        desk.do(EditFields((FieldEdit("backlog_item", item, "title", long + "now", long + "never"),)))
    assert 'is "…places later" now; you saw "…places now" and typed "…places never"' in (caught.value.sentence)
