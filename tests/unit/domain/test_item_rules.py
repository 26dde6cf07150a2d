from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import (
    AddDependency,
    AddItem,
    AdvanceState,
    Archive,
    NudgeScore,
    RemoveDependency,
    SetDependencies,
    SetState,
    TagItems,
)
from pmtui.domain.entities import link_id
from pmtui.domain.entities.backlog import STATES, WSJF_SCALE
from pmtui.domain.plan import needed_by, needs_of
from pmtui.domain.rules.backlog import SCORE_FIELDS, nudged, tag_name


class TestAdding:
    def test_a_new_item_is_an_idea_of_today_with_the_next_key(self, desk):
        first, second = desk.item("One"), desk.item("Two")
        assert (desk[first].key, desk[first].state, desk[first].created_on) == ("F-1", "idea", desk.today)
        assert desk[second].key == "F-2"
        assert desk.last.label == 'added F-2 "Two"'

    def test_the_day_can_be_said(self, desk):
        assert desk[desk.item(created_on=date(2020, 2, 29))].created_on == date(2020, 2, 29)

    def test_the_title_is_cleaned_and_cut(self, desk):
        assert desk[desk.item("  a\x1b\nb  ")].title == "a\ufffd b"
        assert len(desk[desk.item("x" * 900)].title) == 500

    @pytest.mark.parametrize("title", ["", "   ", "\n", "\u200b"])
    def test_a_title_is_needed(self, desk, title):
        assert "title is empty" in desk.refused(AddItem("a", title))

    def test_it_belongs_to_the_only_product(self, desk):
        assert desk[desk.item()].product_id is None
        product = desk.product()
        assert desk[desk.item()].product_id == product
        desk.product("Another")
        assert desk[desk.item()].product_id is None

    def test_it_belongs_to_the_product_of_its_parent(self, desk):
        product = desk.product()
        parent = desk.item()
        desk.product("Another")
        assert desk[desk.item(parent_id=parent)].product_id == product

    @pytest.mark.parametrize("field", ["id", "key", "title", "archived", "colour"])
    def test_fields_that_nobody_sets_this_way(self, desk, field):
        assert "no field" in desk.refused(AddItem("a", "Thing", {field: "x"}))

    def test_a_value_that_does_not_fit_adds_nothing(self, desk):
        assert "outside" in desk.refused(AddItem("a", "Thing", {"value": 11.0}))
        assert "notes" in desk.refused(AddItem("a", "Thing", {"notes": "a\x00"}))

    def test_a_whole_number_is_kept_as_a_float(self, desk):
        assert type(desk[desk.item(value=8)].value) is float

    def test_the_same_id_is_never_used_twice(self, desk):
        one = desk.item()
        assert "in the plan already" in desk.refused(AddItem(one, "Other"))

    def test_a_parent_in_the_archive_or_gone_is_refused(self, desk):
        parent = desk.item("Old")
        desk.do(Archive("backlog_item", (parent,)))
        assert '"Old" is in the archive' in desk.refused(AddItem("a", "Thing", {"parent_id": parent}))
        assert "no longer in the plan" in desk.refused(AddItem("a", "Thing", {"parent_id": "gone"}))

    def test_an_objective_in_the_archive_is_refused(self, desk):
        goal = desk.objective("Old goal")
        desk.do(Archive("objective", (goal,)))
        assert '"Old goal" is in the archive' in desk.refused(AddItem("a", "Thing", {"objective_id": goal}))

    def test_tags_come_with_it(self, desk):
        one = desk.item(tags=["Ops", "UI"])
        two = desk.item(tags=["ops"])
        assert desk.tags(one) == ("ops", "ui")
        assert desk.tags(two) == ("ops",)
        assert len(desk.plan.tags) == 2

    def test_two_spellings_of_one_tag_are_one(self, desk):
        one = desk.item(tags=["UI", "ui", "#ui"])
        assert desk.tags(one) == ("ui",)
        assert len(desk.plan.tags) == 1

    def test_declined_needs_its_reason_from_the_start(self, desk):
        assert "Say why" in desk.refused(AddItem("a", "Thing", {"state": "declined"}))
        one = desk.item(state="declined", state_reason="Physics")
        assert desk[one].state_reason == "Physics"


class TestNudging:
    @pytest.mark.parametrize(
        ("field", "before", "steps", "after"),
        [
            ("value", 5.0, 1, 6.0),
            ("value", 5.5, -1, 4.5),
            ("value", 10.0, 1, 10.0),
            ("value", 9.5, 1, 10.0),
            ("value", 0.0, -3, 0.0),
            ("effort", None, 1, 5.0),
            ("effort", None, -1, 5.0),
            ("reach", 400.0, 2, 600.0),
            ("reach", 50.0, -1, 0.0),
            ("person_months", 0.5, -1, 0.5),
            ("person_months", 1.5, 1, 2.0),
            ("impact", 1.0, 1, 2.0),
            ("impact", 3.0, 1, 3.0),
            ("impact", 0.25, -1, 0.25),
            ("impact", None, 1, 1.0),
            ("confidence", 0.8, 1, 1.0),
            ("confidence", 0.8, -1, 0.5),
            ("confidence", 0.7, 1, 0.8),
            ("confidence", 0.7, -1, 0.5),
            ("confidence", 0.7, 0, 0.7),
            ("confidence", 0.3, 1, 0.5),
            ("confidence", 0.3, -1, 0.3),
            ("confidence", None, -1, 0.8),
            ("job_size", 5.0, 1, 8.0),
            ("job_size", 5.0, 2, 13.0),
            ("job_size", 20.0, 1, 20.0),
            ("job_size", None, 1, 5.0),
        ],
    )
    def test_one_step(self, field, before, steps, after):
        assert nudged(field, before, steps) == after

    @pytest.mark.parametrize("field", SCORE_FIELDS)
    def test_every_score_stays_inside_its_scale(self, desk, field):
        one = desk.item()
        for steps in (1, 30, -60, 1):
            desk.do(NudgeScore((one,), field, steps))
        assert getattr(desk[one], field) is not None

    def test_up_and_down_the_fibonacci_ladder(self):
        climbed = [1.0]
        while len(climbed) < len(WSJF_SCALE):
            climbed.append(nudged("job_size", climbed[-1], 1))
        assert tuple(climbed) == WSJF_SCALE
        assert nudged("job_size", 20.0, -6) == 1.0

    def test_two_nudges_of_one_item_both_count(self, desk):
        one = desk.item(value=5.0)
        desk.do(NudgeScore((one,), "value", 1))
        desk.do(NudgeScore((one,), "value", 1))
        assert desk[one].value == 7.0
        assert desk.last.label == "F-1: value 6 to 7"

    def test_many_items_are_one_step_and_the_same_id_twice_counts_once(self, desk):
        one, two = desk.item(value=5.0), desk.item()
        changes = desk.do(NudgeScore((one, two, one), "value", 2))
        assert (desk[one].value, desk[two].value) == (7.0, 5.0)
        assert len(changes.rows) == 2

    def test_at_the_end_of_the_scale_nothing_changes(self, desk):
        one = desk.item(value=10.0)
        assert not desk.do(NudgeScore((one,), "value", 1))

    def test_only_scores(self, desk):
        assert "is not a score" in desk.refused(NudgeScore((desk.item(),), "title", 1))

    def test_a_thing_that_is_gone(self, desk):
        assert "no longer in the plan" in desk.refused(NudgeScore(("gone",), "value", 1))


class TestLife:
    def test_from_idea_to_retired(self, desk):
        one = desk.item()
        seen = [desk[one].state]
        for _ in range(5):
            desk.do(AdvanceState((one,)))
            seen.append(desk[one].state)
        assert tuple(seen) == STATES[:6]
        assert "no state after retired" in desk.refused(AdvanceState((one,)))

    def test_those_that_can_move_do_and_the_others_stay(self, desk):
        one, end = desk.item(), desk.item(state="retired")
        desk.do(AdvanceState((one, end)))
        assert (desk[one].state, desk[end].state) == ("candidate", "retired")
        assert desk.last.label == "F-1: now candidate"

    def test_declined_keeps_its_reason_and_leaving_it_clears_it(self, desk):
        one = desk.item()
        assert "Say why" in desk.refused(SetState((one,), "declined"))
        assert "Say why" in desk.refused(SetState((one,), "declined", "  \n "))
        desk.do(SetState((one,), "declined", " Physics\x1b "))
        assert (desk[one].state, desk[one].state_reason) == ("declined", "Physics\ufffd")
        assert desk.last.reason == "Physics\ufffd"
        desk.do(SetState((one,), "idea"))
        assert (desk[one].state, desk[one].state_reason) == ("idea", "")

    def test_a_declined_item_does_not_move_on_by_itself(self, desk):
        one = desk.item(state="declined", state_reason="Physics")
        assert "no state after declined" in desk.refused(AdvanceState((one,)))

    def test_a_word_that_is_no_state(self, desk):
        assert "is no state" in desk.refused(SetState((desk.item(),), "open"))


class TestTags:
    def test_on_and_off(self, desk):
        one, two = desk.item(), desk.item(tags=["old"])
        desk.do(TagItems((one, two), {"New": "t1", "x y": "t2"}, ("OLD", "never")))
        assert desk.tags(one) == desk.tags(two) == ("new", "x-y")
        assert desk.last.label == "2 items: tags +new +x-y -old -never"

    def test_what_is_there_already_changes_nothing(self, desk):
        one = desk.item(tags=["ui"])
        assert not desk.do(TagItems((one,), {"UI": "other"}))

    def test_a_tag_of_another_window_is_used_and_not_made_again(self, desk):
        one, two = desk.item(tags=["ui"]), desk.item()
        changes = desk.do(TagItems((two,), {"ui": "fresh"}))
        assert [row.kind for row in changes.rows] == ["item_tag"]
        assert desk.tags(one) == desk.tags(two)

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("UI", "ui"),
            ("#ui", "ui"),
            ("  two words ", "two-words"),
            ("a,b;c", "a-b-c"),
            ("Größe", "grösse"),
            ("日本", "日本"),
        ],
    )
    def test_names(self, text, name):
        assert tag_name(text) == name

    @pytest.mark.parametrize("text", ["\u0390", "\u01f0", "\u1e96"])
    def test_a_tag_stays_itself_when_case_folding_takes_its_letters_apart(self, desk, text):
        one = desk.item(tags=[text])
        assert len(desk.tags(one)) == 1
        assert tag_name(desk.tags(one)[0]) == desk.tags(one)[0]

    @pytest.mark.parametrize("text", ["", "#", " , ", "x" * 61])
    def test_what_is_no_tag(self, desk, text):
        assert "is no tag" in desk.refused(TagItems((desk.item(),), {text: "t"}))


class TestDependencies:
    def test_a_link_is_known_from_both_ends(self, desk):
        one, two = desk.item(), desk.item()
        desk.needs(one, two)
        assert needs_of(desk.plan)[one] == (two,)
        assert needed_by(desk.plan)[two] == (one,)
        assert link_id(one, two) in desk.plan.item_dependencies
        desk.do(RemoveDependency(one, two))
        assert not desk.plan.item_dependencies

    def test_the_same_link_twice(self, desk):
        one, two = desk.item("A"), desk.item("B")
        desk.needs(one, two)
        assert desk.refused(AddDependency(one, two)) == 'F-1 "A" needs F-2 "B" already.'

    def test_an_item_cannot_need_itself(self, desk):
        one = desk.item("A")
        assert "cannot need itself" in desk.refused(AddDependency(one, one))

    def test_a_link_that_is_not_there(self, desk):
        one, two = desk.item("A"), desk.item("B")
        assert "does not need" in desk.refused(RemoveDependency(one, two))

    def test_nobody_can_wait_for_the_archive(self, desk):
        one, old = desk.item(), desk.item("Old")
        desk.do(Archive("backlog_item", (old,)))
        assert "in the archive" in desk.refused(AddDependency(one, old))


def test_several_items_are_bound_to_one_as_one_step(desk):
    one, two, three = desk.item("A"), desk.item("B"), desk.item("C")
    changes = desk.do(AddDependency(one, three, (two,)))
    assert changes.label == "2 items need F-3"
    assert set(needs_of(desk.plan)) == {one, two}
    desk.do(RemoveDependency(one, three, (two,)))
    assert not needs_of(desk.plan)


def test_the_needs_of_an_item_are_set_as_a_whole(desk):
    one, two, three = desk.item("A"), desk.item("B"), desk.item("C")
    desk.do(SetDependencies(one, (two,), ()))
    assert desk.do(SetDependencies(one, (three,), (two,))).label == "F-1 needs F-3"
    assert needs_of(desk.plan)[one] == (three,)
    desk.do(SetDependencies(one, (), (three,)))
    assert one not in needs_of(desk.plan)


def test_needs_that_changed_since_they_were_seen_are_a_conflict(desk):
    one, two, three = desk.item("A"), desk.item("B"), desk.item("C")
    desk.do(SetDependencies(one, (two,), ()))
    assert "needs F-2 now" in desk.refused(SetDependencies(one, (three,), ()))


def test_needs_in_a_circle_are_refused_by_name(desk):
    one, two = desk.item("A"), desk.item("B")
    desk.do(SetDependencies(one, (two,), ()))
    assert "Nothing could ever start" in desk.refused(SetDependencies(two, (one,), ()))
