from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import (
    AddInitiative,
    AddObjective,
    AdvanceState,
    Archive,
    EditFields,
    FieldEdit,
    ImportEntities,
    MakePromise,
    MoveInitiatives,
    PromoteItems,
    SetState,
    StartRoadmap,
)
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.fields import FIRST_DAY, LAST_DAY
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.domain.rules.integrity_roadmap import PROMISE_FIELDS
from pmtui.domain.starter import CARDS

NOV = (date(2026, 11, 1), date(2026, 11, 30))
DEC = (date(2026, 12, 1), date(2026, 12, 31))


def card(desk, title: str = "Sign-on", /, **fields) -> str:
    new = desk.clock.new_id()
    desk.do(AddInitiative(new, title, fields))
    return new


def of(desk, card_id: str) -> Initiative:
    return desk.plan.initiatives[card_id]


def window(desk, card_id: str) -> tuple[date | None, date | None]:
    return of(desk, card_id).window_start, of(desk, card_id).window_end


class TestAdding:
    def test_a_new_card_is_a_candidate_for_later(self, desk):
        one = of(desk, card(desk, " Single\nsign-on "))
        assert (one.key, one.title, one.state, one.horizon) == ("C-1", "Single sign-on", "candidate", "later")
        assert desk.last.label == 'added C-1 "Single sign-on"'

    def test_further_fields(self, desk):
        one = of(desk, card(desk, lane="Trust", horizon="now", outcome="One password", window_end=DEC[1]))
        assert (one.lane, one.horizon, one.outcome, one.window_end) == ("Trust", "now", "One password", DEC[1])

    def test_it_belongs_to_the_only_product(self, desk):
        product = desk.product()
        assert of(desk, card(desk)).product_id == product
        desk.product("Another")
        assert of(desk, card(desk)).product_id is None

    def test_it_belongs_to_the_product_of_its_objective_whatever_else_is_said(self, desk):
        mine, other = desk.product(), desk.product("Another")
        goal = desk.objective(product_id=other)
        assert of(desk, card(desk, objective_id=goal)).product_id == other
        assert of(desk, card(desk, objective_id=goal, product_id=mine)).product_id == other
        assert of(desk, card(desk, product_id=mine)).product_id == mine

    def test_an_objective_without_a_product_leaves_the_one_that_is_said(self, desk):
        goal = desk.objective()
        product = desk.product()
        desk.product("Another")
        assert of(desk, card(desk, objective_id=goal, product_id=product)).product_id == product

    @pytest.mark.parametrize("field", ["id", "key", "title", "archived", "colour"])
    def test_fields_that_nobody_sets_this_way(self, desk, field):
        assert desk.refused(AddInitiative("c", "A", {field: "x"})) == f'A card has no field "{field}".'

    @pytest.mark.parametrize("field", PROMISE_FIELDS)
    def test_a_promise_is_made_apart(self, desk, field):
        assert "press P" in desk.refused(AddInitiative("c", "A", {field: None}))

    def test_targets_in_the_archive_are_refused(self, desk):
        goal = desk.objective("Old goal")
        desk.do(Archive("objective", (goal,)))
        assert '"Old goal" is in the archive' in desk.refused(AddInitiative("c", "A", {"objective_id": goal}))
        assert "objective is no longer in the plan" in desk.refused(AddInitiative("c", "A", {"objective_id": "gone"}))

    def test_declined_needs_its_reason_from_the_start(self, desk):
        assert desk.refused(AddInitiative("c", "A", {"state": "declined"})) == (
            "Say why it is declined: the reason stays with the card."
        )

    def test_a_window_that_ends_before_it_begins(self, desk):
        fields = {"window_start": DEC[0], "window_end": NOV[1]}
        assert desk.refused(AddInitiative("c", "Sign-on", fields)) == (
            'The window of C-1 "Sign-on" would end on 2026-11-30, before it begins on 2026-12-01. '
            "Give the other day first."
        )


class TestMoving:
    @pytest.mark.parametrize(
        ("horizon", "steps", "after"),
        [("now", 1, "next"), ("next", 1, "later"), ("later", 1, "later"), ("later", -2, "now"), ("now", -1, "now")],
    )
    def test_by_horizon(self, desk, horizon, steps, after):
        one = card(desk, horizon=horizon)
        desk.do(MoveInitiatives((one,), steps, "horizon"))
        assert of(desk, one).horizon == after

    def test_at_the_end_nothing_changes(self, desk):
        one = card(desk, horizon="later")
        assert not desk.do(MoveInitiatives((one,), 1, "horizon"))

    def test_a_move_by_horizon_leaves_the_window_and_one_by_month_the_horizon(self, desk):
        one = card(desk, horizon="next", window_start=NOV[0], window_end=NOV[1])
        desk.do(MoveInitiatives((one,), -1, "horizon"))
        assert window(desk, one) == NOV
        assert desk.last.label == "C-1: next to now"
        desk.do(MoveInitiatives((one,), 1, "month"))
        assert (window(desk, one), of(desk, one).horizon) == (DEC, "now")
        assert desk.last.label == "C-1: window Dec 2026"

    def test_by_quarter(self, desk):
        one = card(desk, window_start=date(2026, 10, 1), window_end=DEC[1])
        desk.do(MoveInitiatives((one,), 1, "quarter"))
        assert window(desk, one) == (date(2027, 1, 1), date(2027, 3, 31))
        assert desk.last.label == "C-1: window Q1 2027"

    def test_there_and_back_again(self, desk):
        one = card(desk, window_start=DEC[0], window_end=DEC[1])
        for steps in (1, 1, -1, 3, -4):
            desk.do(MoveInitiatives((one,), steps, "month"))
        assert window(desk, one) == DEC

    def test_a_card_without_a_window_gets_the_period_asked_for(self, desk):
        one, two, three = card(desk), card(desk), card(desk)
        desk.do(MoveInitiatives((one,), 1, "month", date(2026, 12, 24)))
        assert window(desk, one) == DEC
        desk.do(MoveInitiatives((two,), -3, "quarter", date(2027, 2, 2)))
        assert window(desk, two) == (date(2027, 1, 1), date(2027, 3, 31))
        desk.do(MoveInitiatives((three,), 1, "month"))
        assert window(desk, three) == NOV

    def test_a_window_with_one_end_keeps_having_one(self, desk):
        one, two = card(desk, window_end=NOV[1]), card(desk, window_start=date(2026, 11, 15))
        desk.do(MoveInitiatives((one, two), 1, "month"))
        assert window(desk, one) == (None, DEC[1])
        assert window(desk, two) == (date(2026, 12, 15), None)
        assert desk.last.label == "2 cards: 1 month later"

    def test_each_of_several_moves_from_where_it_is(self, desk):
        one = card(desk, window_start=NOV[0], window_end=NOV[1])
        two = card(desk, window_start=DEC[0], window_end=DEC[1])
        desk.do(MoveInitiatives((one, two, one), 1, "month"))
        assert window(desk, one) == DEC
        assert window(desk, two) == (date(2027, 1, 1), date(2027, 1, 31))

    @pytest.mark.parametrize("steps", [3000, -3000, 10**9, -(10**9), 10**30])
    def test_beyond_the_days_of_a_plan(self, desk, steps):
        one = card(desk, window_start=NOV[0], window_end=NOV[1])
        sentence = desk.refused(MoveInitiatives((one,), steps, "quarter"))
        assert sentence == (
            f'C-1 "Sign-on" cannot move by {steps:+d} quarters: the days of a plan go from 1970-01-01 to 2200-12-31.'
        )

    def test_the_promise_stays(self, desk):
        one = card(desk, window_start=NOV[0], window_end=NOV[1])
        desk.do(MakePromise(one, None, NOV[1], 0.8, "customers"))
        desk.do(MoveInitiatives((one,), 2, "month"))
        assert of(desk, one).promise_end == NOV[1]


def promise(desk, card_id: str, end: date | None = DEC[1], **more) -> MakePromise:
    given = {"start": None, "confidence": 0.8, "audience": "", "seen_end": of(desk, card_id).promise_end} | more
    return MakePromise(card_id, end=end, **given)


class TestPromises:
    def test_the_first_promise_needs_no_reason_and_keeps_its_day(self, desk):
        one = card(desk)
        desk.do(promise(desk, one, start=DEC[0], audience=" the board\n"))
        found = of(desk, one)
        assert (found.promise_start, found.promise_end) == DEC
        assert (found.confidence, found.promised_on, found.audience) == (0.8, desk.today, "the board")
        assert desk.last.label == "C-1: promised until 2026-12-31, 80% sure, to the board"

    def test_never_a_day_without_a_confidence(self, desk):
        one = card(desk)
        assert desk.refused(promise(desk, one, confidence=None)) == (
            'Say how sure you are that C-1 "Sign-on" is there by 2026-12-31, as 80%: '
            "a day without a confidence is no promise."
        )

    def test_a_later_promise_needs_a_reason_which_the_history_keeps(self, desk):
        one = card(desk)
        desk.do(promise(desk, one))
        sentence = desk.refused(promise(desk, one, date(2027, 1, 31)))
        assert sentence == (
            'C-1 "Sign-on" was promised until 2026-12-31. Say why that changes: the reason stays in the history.'
        )
        desk.today = date(2026, 12, 1)
        changes = desk.do(promise(desk, one, date(2027, 1, 31), reason=" the audit\n"))
        assert (changes.reason, of(desk, one).promised_on) == ("the audit", date(2026, 12, 1))
        assert changes.label == "C-1: promised until 2026-12-31 now 2027-01-31, 80% sure"

    @pytest.mark.parametrize("change", [{"confidence": 0.5}, {"audience": "all"}, {"start": NOV[0]}])
    def test_whatever_changes_is_a_change_of_the_promise(self, desk, change):
        one = card(desk)
        desk.do(promise(desk, one))
        assert "Say why that changes" in desk.refused(promise(desk, one, **change))
        assert desk.do(promise(desk, one, **change, reason="because"))

    def test_the_same_promise_again_is_no_change(self, desk):
        one = card(desk)
        desk.do(promise(desk, one))
        desk.today = date(2026, 12, 1)
        assert not desk.do(promise(desk, one))

    def test_taking_it_back_empties_all_of_it(self, desk):
        one = card(desk)
        desk.do(promise(desk, one, start=DEC[0], audience="all"))
        assert "Say why that changes" in desk.refused(promise(desk, one, None))
        changes = desk.do(promise(desk, one, None, reason="not needed"))
        assert {getattr(of(desk, one), name) for name in PROMISE_FIELDS} == {None, ""}
        assert (changes.label, changes.reason) == ("C-1: promise until 2026-12-31 taken back", "not needed")
        assert "has no promise to take back" in desk.refused(promise(desk, one, None, reason="again"))

    def test_it_holds_only_for_the_promise_that_was_seen(self, desk):
        one = card(desk)
        desk.do(promise(desk, one))
        with pytest.raises(Conflict) as caught:
            decide(desk.plan, promise(desk, one, date(2027, 1, 31), seen_end=None, reason="x"), desk.today)
        assert caught.value.sentence.startswith(
            'C-1 "Sign-on" is promised until 2026-12-31 now; you saw it promised nothing.'
        )
        assert (caught.value.field, caught.value.current) == ("promise_end", DEC[1])

    def test_it_cannot_end_before_it_begins(self, desk):
        one = card(desk)
        assert desk.refused(promise(desk, one, NOV[1], start=DEC[0])) == (
            'The promise of C-1 "Sign-on" would end on 2026-11-30, before it begins on 2026-12-01. Look at both days.'
        )

    @pytest.mark.parametrize("confidence", [1.01, -0.1, float("nan")])
    def test_a_confidence_is_a_share(self, desk, confidence):
        assert "confidence" in desk.refused(promise(desk, card(desk), confidence=confidence))

    def test_an_archived_card_promises_nothing(self, desk):
        one = card(desk)
        desk.do(Archive("initiative", (one,)))
        assert "is in the archive" in desk.refused(promise(desk, one))

    @pytest.mark.parametrize("field", PROMISE_FIELDS)
    def test_people_do_not_edit_it_like_a_field(self, desk, field):
        one = card(desk)
        sentence = desk.refused(EditFields((FieldEdit("initiative", one, field, getattr(of(desk, one), field), None),)))
        assert sentence.startswith('The promise of C-1 "Sign-on" is no field to edit. Press P')

    def test_a_confidence_of_an_item_is_another_field(self, desk):
        item = desk.item()
        desk.do(EditFields((FieldEdit("backlog_item", item, "confidence", None, 0.8),)))
        assert desk[item].confidence == 0.8


class TestFiles:
    def test_may_bring_a_promise_as_it_is(self, desk):
        whole = Initiative(id="c", title="A", promise_end=DEC[1], confidence=0.6, promised_on=NOV[0], audience="all")
        desk.do(ImportEntities("a file", (whole,)))
        desk.do(ImportEntities("a file", (), (FieldEdit("initiative", "c", "confidence", 0.6, 0.5),)))
        assert of(desk, "c").confidence == 0.5

    @pytest.mark.parametrize(
        ("fields", "part"),
        [
            ({"promise_end": DEC[1]}, "but not with which confidence"),
            ({"confidence": 0.8}, "says confidence 80%, but not until when"),
            ({"promised_on": NOV[0]}, "says promised on 2026-11-01, but not until when"),
            ({"promise_start": NOV[0]}, "says promised from 2026-11-01, but not until when"),
            ({"audience": "all"}, "says promised to all, but not until when"),
            ({"promise_end": DEC[1], "confidence": 0.8}, "but not on which day"),
            ({"promise_end": DEC[1], "promised_on": NOV[0]}, "but not with which confidence"),
        ],
    )
    def test_never_bring_half_a_promise(self, desk, fields, part):
        sentence = desk.refused(ImportEntities("a file", (Initiative(id="c", title="A", **fields),)))
        assert sentence.startswith('C-1 "A" says ')
        assert part in sentence

    def test_never_take_half_of_one_away(self, desk):
        one = card(desk)
        desk.do(promise(desk, one))
        edit = FieldEdit("initiative", one, "confidence", 0.8, None)
        assert "but not with which confidence" in desk.refused(ImportEntities("a file", (), (edit,)))

    def test_an_edit_elsewhere_does_not_ask_again(self, desk):
        one = card(desk)
        kinds = dict(desk.plan.kinds)
        broken = Initiative(id=one, key="C-1", title="Sign-on", promise_end=DEC[1])
        desk.plan = type(desk.plan)(desk.plan.seq, {**kinds, "initiative": {one: broken}})
        desk.do(EditFields((FieldEdit("initiative", one, "title", "Sign-on", "One login"),)))
        assert of(desk, one).title == "One login"

    def test_a_window_is_looked_at_when_either_day_changes(self, desk):
        one = card(desk, window_start=DEC[0], window_end=DEC[1])
        late = EditFields((FieldEdit("initiative", one, "window_start", DEC[0], date(2027, 1, 1)),))
        assert "would end on 2026-12-31, before it begins on 2027-01-01" in desk.refused(late)
        early = EditFields((FieldEdit("initiative", one, "window_end", DEC[1], NOV[1]),))
        assert "would end on 2026-11-30, before it begins on 2026-12-01" in desk.refused(early)


class TestPromoting:
    def test_a_card_takes_over_what_the_first_item_knows(self, desk):
        product = desk.product()
        goal = desk.objective()
        first = desk.item("Approval inbox", objective_id=goal, state="planned")
        second = desk.item("Bulk approval")
        desk.product("Another")
        desk.do(PromoteItems((first, second, first), "c", {"lane": "Trust"}))
        found = of(desk, "c")
        assert (found.key, found.title, found.objective_id, found.product_id) == (
            "C-1",
            "Approval inbox",
            goal,
            product,
        )
        assert (found.lane, found.state) == ("Trust", "candidate")
        assert [desk[id_].initiative_id for id_ in (first, second)] == ["c", "c"]
        assert [desk[id_].state for id_ in (first, second)] == ["planned", "candidate"]
        assert desk.last.label == '2 items became C-1 "Approval inbox"'

    def test_an_item_changes_to_the_new_card(self, desk):
        item = desk.item("Approval inbox")
        desk.do(PromoteItems((item,), "c"))
        desk.do(PromoteItems((item,), "d", {"title": " Faster approval "}))
        assert (desk[item].initiative_id, of(desk, "d").title) == ("d", "Faster approval")
        assert desk.last.label == 'F-1 became C-2 "Faster approval"'

    def test_a_reason_in_the_archive_is_not_taken_over(self, desk):
        goal = desk.objective()
        item = desk.item(objective_id=goal)
        desk.do(Archive("objective", (goal,)))
        desk.do(PromoteItems((item,), "c"))
        assert of(desk, "c").objective_id is None

    def test_nothing_and_what_is_archived_makes_no_card(self, desk):
        assert "Choose the items" in desk.refused(PromoteItems((), "c"))
        item = desk.item("Old")
        desk.do(Archive("backlog_item", (item,)))
        assert '"Old" is in the archive' in desk.refused(PromoteItems((item,), "c"))
        assert "no longer in the plan" in desk.refused(PromoteItems(("gone",), "c"))

    def test_fields_are_checked(self, desk):
        item = desk.item()
        assert desk.refused(PromoteItems((item,), "c", {"colour": "red"})) == 'A card has no field "colour".'
        assert "press P" in desk.refused(PromoteItems((item,), "c", {"confidence": 0.5}))


class TestStates:
    def test_cards_and_items_have_one_life(self, desk):
        one, item = card(desk), desk.item()
        desk.do(AdvanceState((one, item)))
        assert (of(desk, one).state, desk[item].state) == ("planned", "candidate")
        assert desk.last.label == "2 things: now planned / candidate"
        desk.do(SetState((one,), "launched"))
        assert desk.last.label == "C-1: now launched"

    def test_a_card_is_declined_with_its_reason(self, desk):
        one, two = card(desk), card(desk)
        assert desk.refused(SetState((one,), "declined")).endswith("stays with the card.")
        desk.do(SetState((one, two), "declined", "no need"))
        assert (of(desk, one).state_reason, desk.last.reason) == ("no need", "no need")
        assert desk.last.label == "2 cards: now declined"
        assert "no state after declined" in desk.refused(AdvanceState((one,)))
        desk.do(SetState((one,), "candidate"))
        assert of(desk, one).state_reason == ""

    def test_an_edit_declines_no_card_in_silence(self, desk):
        one = card(desk)
        edit = FieldEdit("initiative", one, "state", "candidate", "declined")
        assert "Say why" in desk.refused(EditFields((edit,)))

    def test_what_has_no_life_has_no_states(self, desk):
        desk.do(AddObjective("goal", "A"))
        assert "no longer in the plan" in desk.refused(SetState(("goal",), "planned"))


class TestStarter:
    def test_an_empty_roadmap_gets_cards_of_every_horizon(self, desk):
        product = desk.product()
        desk.do(StartRoadmap(tuple(f"c{n}" for n in range(len(CARDS)))))
        found = list(desk.plan.initiatives.values())
        assert [one.title for one in found] == [starter.title for starter in CARDS]
        assert {one.horizon for one in found} == {"now", "next", "later"}
        assert {one.product_id for one in found} == {product}
        assert all(one.outcome and one.lane for one in found)
        assert desk.last.label == f"added a starter roadmap of {len(CARDS)} cards"

    def test_it_is_for_a_plan_without_cards_alone(self, desk):
        one = card(desk)
        ids = tuple(f"c{n}" for n in range(len(CARDS)))
        assert 'There is a roadmap already, with C-1 "Sign-on".' in desk.refused(StartRoadmap(ids))
        desk.do(Archive("initiative", (one,)))
        assert desk.do(StartRoadmap(ids))

    def test_it_promises_nothing_and_aims_at_no_day(self, desk):
        desk.do(StartRoadmap(tuple(f"c{n}" for n in range(len(CARDS)))))
        for one in desk.plan.initiatives.values():
            assert (one.window_start, one.window_end, one.promise_end) == (None, None, None)


def test_a_refusal_leaves_the_plan_as_it_was(desk):
    one = card(desk)
    before = desk.plan
    with pytest.raises(Refused):
        desk.do(MakePromise(one, None, DEC[1], None, ""))
    assert desk.plan is before


CARD_IDS = st.sampled_from(["c0", "c1", "c2"])
SOME_DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.dates(FIRST_DAY, LAST_DAY))
SHARES = st.one_of(st.none(), st.floats(0, 1))
STEPS = st.integers(-3, 3)
ACTIONS = st.one_of(
    st.builds(
        MoveInitiatives,
        st.lists(CARD_IDS, min_size=1, max_size=3).map(tuple),
        STEPS,
        st.sampled_from(["horizon", "month", "quarter"]),
        SOME_DAYS,
    ),
    st.builds(MakePromise, CARD_IDS, SOME_DAYS, SOME_DAYS, SHARES, st.text(max_size=3), st.sampled_from(["", "why"])),
    st.tuples(CARD_IDS, st.sampled_from(["window_start", "window_end", "promise_end"]), SOME_DAYS),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTIONS, max_size=12))
def test_whatever_is_done_windows_and_promises_make_sense_and_every_step_can_be_taken_back(actions):
    today = fixed_clock(date(2026, 11, 23)).today()
    plan = Plan()
    for number in range(3):
        plan = plan.apply(decide(plan, AddInitiative(f"c{number}", f"Card {number}"), today))
    for action in actions:
        command = action
        if isinstance(action, tuple):
            card_id, field, value = action
            edit = FieldEdit("initiative", card_id, field, getattr(plan.initiatives[card_id], field), value)
            command = EditFields((edit,))
        elif isinstance(action, MakePromise):
            command = replace(action, seen_end=plan.initiatives[action.id].promise_end)
        try:
            changes = decide(plan, command, today)
        except Refused:
            continue
        after = plan.apply(changes)
        assert after.apply(changes.inverse("undo")).initiatives == plan.initiatives
        for one in after.initiatives.values():
            assert not (one.window_start and one.window_end) or one.window_start <= one.window_end
            whole = (one.promise_end is None, one.confidence is None, one.promised_on is None)
            assert whole in ((True,) * 3, (False,) * 3)
            assert whole[0] is False or not (one.promise_start or one.audience)
        plan = after
