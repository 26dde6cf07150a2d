"""The keys of the Roadmap tab that change the plan."""

from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.relations import items_of
from pmtui.ui.unfinished import drafts_dialog as unfinished
from roadmaps import ORDER, TODAY, write_roadmap


@pytest.fixture
def look(sit, tmp_path, clock):
    """Run steps in the Roadmap tab of the small roadmap, or of another file."""

    def run(steps, path=None, **more):
        async def there(at):
            await at.press("4")
            await steps(at, at.app.current)

        sit(there, path or write_roadmap(tmp_path / "roadmap.db", clock), **more)

    return run


def titles(view):
    return [view.plan.initiatives[id_].title for id_ in view.board.order]


def here(view):
    return view.here.title


def go(view, title):
    view.put_cursor(next(card.id for card in view.plan.initiatives.values() if card.title == title))


class TestAdding:
    def test_a_card_in_the_lane_and_column_of_the_cursor(self, look):
        async def steps(at, view):
            await at.press("j", "j", "l", "a")
            assert at.shows("add to Workflow, LATER")
            await at.paste("Reminders that help @ann")
            await at.press("enter", "escape")
            assert (view.here.title, view.here.lane, view.here.horizon) == ("Reminders that help", "Workflow", "later")
            assert (view.here.owner, view.here.product_id) == ("ann", "product")

        look(steps)

    def test_what_is_typed_goes_before_the_place(self, look):
        async def steps(at, view):
            await at.press("insert")
            await at.paste("Offline maps lane:Field horizon:next objective:O-1")
            await at.press("enter", "escape")
            card = view.here
            assert (card.title, card.lane, card.horizon, card.objective_id) == (
                "Offline maps",
                "Field",
                "next",
                "large",
            )

        look(steps)

    def test_in_the_calendar_it_gets_the_window_of_its_column(self, look):
        async def steps(at, view):
            await at.press("c", "a")
            await at.paste("New one")
            await at.press("enter", "escape")
            assert (view.here.window_start, view.here.window_end) == (date(2026, 1, 1), date(2026, 3, 31))
            assert view.here.lane == "Trust"

        look(steps)

    def test_what_cannot_be_understood_stays_in_the_prompt(self, look):
        async def steps(at, view):
            await at.press("a")
            await at.paste("New one horizon:soon")
            await at.press("enter")
            assert at.prompt.is_open
            assert at.prompt.input.value == "New one horizon:soon"
            assert titles(view) == ORDER

        look(steps)

    def test_an_item_into_the_card(self, look):
        async def steps(at, view):
            go(view, "Loose end")
            await at.press("A")
            await at.paste("A first item value:8")
            await at.press("enter", "escape")
            (item_id,) = items_of(view.plan)["loose"]
            item = view.plan.backlog_items[item_id]
            assert (item.title, item.value, item.objective_id) == ("A first item", 8.0, "large")
            assert here(view) == "Loose end"

        look(steps)

    def test_unfinished_text_goes_on_where_it_was_typed(self, look):
        async def steps(at, view):
            await at.press("l")
            view.action_add("Half a card")
            await at.settle()
            assert at.prompt.input.value == "Half a card"
            assert at.prompt.question.draft_key == "add:roadmap"
            await at.press("enter", "escape")
            assert (view.here.title, view.here.horizon) == ("Half a card", "next")

        look(steps)


class TestEditing:
    def test_the_title_in_its_card(self, look):
        async def steps(at, view):
            await at.press("l", "e")
            region = view.title_region(view.cursor)
            assert "Audit trail" in at.lines()[region.y][region.x :]
            await at.type("Audit trail of all")
            await at.press("enter")
            assert here(view) == "Audit trail of all"

        look(steps)

    def test_the_record(self, look):
        async def steps(at, _view):
            await at.press("E")
            assert at.shows("outcome")
            assert at.shows("horizon")
            await at.press("escape")

        look(steps)

    def test_enter_lists_the_items_and_goes_to_one(self, look):
        async def steps(at, view):
            go(view, "Approval inbox")
            await at.press("enter")
            assert at.shows("C-3: 2 items")
            assert at.shows("launched")
            await at.press("down", "enter")
            assert at.app.tab == "matrix"
            assert at.here().title == "Hand on"

        look(steps)

    def test_enter_opens_the_record_of_a_card_without_items(self, look):
        async def steps(at, _view):
            await at.press("enter")
            assert at.shows("C-1 Single sign-on")
            assert len(at.app.screen_stack) == 2

        look(steps)

    def test_owner_of_all_marked(self, look):
        async def steps(at, view):
            await at.press("space", "space", "at")
            await at.paste("Kim")
            await at.press("enter")
            assert [card.title for card in view.plan.initiatives.values() if card.owner == "Kim"] == ORDER[:2]

        look(steps)

    def test_states(self, look):
        async def steps(at, view):
            await at.press("x")
            assert view.here.state == "planned"
            await at.press("X")
            await at.paste("in progress")
            await at.press("enter")
            assert view.here.state == "in progress"

        look(steps)

    def test_declined_asks_for_the_reason_and_the_card_stays_with_it(self, look):
        async def steps(at, view):
            await at.press("l", "X")
            await at.paste("declined")
            await at.press("enter", "enter")
            assert at.prompt.is_open
            assert at.shows("Say why it is declined")
            await at.paste("nobody asks for it")
            await at.press("enter")
            assert (view.here.state, view.here.state_reason) == ("declined", "nobody asks for it")
            assert at.shows("declined: nobody")

        look(steps)

    def test_archive_and_undo(self, look):
        async def steps(at, view):
            await at.press("d")
            assert titles(view) == ORDER[1:]
            assert here(view) == "Roles"
            await at.press("u")
            assert titles(view) == ORDER

        look(steps)

    def test_items_are_put_in_and_taken_out(self, look):
        async def steps(at, view):
            await at.press("b")
            assert at.shows("which item belongs into C-1?")
            await at.paste("No card yet")
            await at.press("enter")
            assert items_of(view.plan)["signon"] == ("item3",)
            await at.press("b")
            await at.paste("No card")
            assert at.shows("in this card: Enter takes it out")
            await at.press("enter")
            assert "signon" not in items_of(view.plan)

        look(steps)

    def test_plan_it_as_tasks(self, look):
        async def steps(at, _view):
            await at.press("i")
            assert at.shows("plan C-1 as")
            await at.press("escape")

        look(steps)

    def test_the_thread(self, look):
        async def steps(at, _view):
            await at.press("o")
            assert at.shows("golden thread of C-1")
            await at.press("escape")

        look(steps)


class TestMovingCards:
    @pytest.mark.parametrize(
        ("keys", "horizon"), [("L", "next"), ("L L", "later"), ("L L H", "next"), ("shift+right shift+left", "now")]
    )
    def test_by_horizon(self, look, keys, horizon):
        async def steps(at, view):
            await at.press(*keys.split())
            assert (here(view), view.here.horizon) == ("Single sign-on", horizon)
            assert view.here.promise_end == date(2026, 3, 20)

        look(steps)

    def test_nothing_is_earlier_than_now(self, look):
        async def steps(at, view):
            seq = view.plan.seq
            await at.press("H")
            assert at.said[-1] == "Nothing is earlier than now."
            assert view.plan.seq == seq

        look(steps)

    def test_by_quarter_and_by_month_the_window_moves(self, look):
        async def steps(at, view):
            await at.press("c", "L")
            assert (view.here.window_start, view.here.window_end) == (date(2026, 6, 1), date(2026, 6, 30))
            await at.press("plus", "H")
            assert (view.here.window_start, view.here.window_end) == (date(2026, 5, 1), date(2026, 5, 31))
            assert here(view) == "Single sign-on"

        look(steps)

    def test_a_card_without_a_date_gets_the_period_of_today(self, look):
        async def steps(at, view):
            go(view, "Audit trail")
            await at.press("plus")
            assert view.board.columns[view.board.place["audit"][1]].title == "no date"
            await at.press("L")
            assert (view.here.window_start, view.here.window_end) == (date(2026, 3, 1), date(2026, 3, 31))

        look(steps)

    def test_marked_cards_move_as_one_step(self, look):
        async def steps(at, view):
            await at.press("space", "space", "L")
            assert [view.plan.initiatives[id_].horizon for id_ in ("signon", "roles")] == ["next", "next"]
            await at.press("u")
            assert [view.plan.initiatives[id_].horizon for id_ in ("signon", "roles")] == ["now", "now"]

        look(steps)

    @pytest.mark.parametrize(
        ("keys", "lane"), [("J", "Workflow"), ("J J", ""), ("J K", "Trust"), ("shift+down shift+up", "Trust")]
    )
    def test_lanes(self, look, keys, lane):
        async def steps(at, view):
            await at.press(*keys.split())
            assert (here(view), view.here.lane) == ("Single sign-on", lane)

        look(steps)

    def test_each_marked_card_goes_to_the_lane_below_its_own(self, look):
        async def steps(at, view):
            view.marks = {"signon", "inbox"}
            await at.press("J")
            assert [view.plan.initiatives[id_].lane for id_ in ("signon", "inbox")] == ["Workflow", ""]

        look(steps)

    def test_the_last_lane_says_so(self, look):
        async def steps(at, view):
            await at.press("G", "J")
            assert "last lane" in at.said[-1]
            assert view.here.lane == ""

        look(steps)


class TestPromises:
    def test_a_first_one(self, look):
        async def steps(at, view):
            await at.press("l", "P")
            await at.paste("Q2 2026 60% to Brook Water")
            await at.press("enter")
            card = view.here
            assert (card.promise_start, card.promise_end) == (date(2026, 4, 1), date(2026, 6, 30))
            assert (card.confidence, card.audience, card.promised_on) == (0.6, "Brook Water", TODAY)

        look(steps)

    def test_what_is_missing_is_said_and_the_text_stays(self, look):
        async def steps(at, view):
            await at.press("l", "P")
            await at.paste("2026-06")
            await at.press("enter")
            assert at.shows("Say how sure you are of")
            assert at.prompt.input.value == "2026-06"
            assert view.here.promise_end is None

        look(steps)

    def test_a_change_begins_with_the_present_one_and_needs_a_reason(self, look):
        async def steps(at, view):
            await at.press("P")
            assert at.prompt.input.value == "2026-03-20 80% to the board"
            await at.type("2026-04-20 80% to the board")
            await at.press("enter")
            assert at.shows("Say why that changes")
            await at.type("2026-04-20 80% to the board because Bo is ill")
            await at.press("enter")
            assert view.here.promise_end == date(2026, 4, 20)

        look(steps)

    def test_a_minus_takes_it_back(self, look):
        async def steps(at, view):
            await at.press("P")
            await at.type("- because nobody waits for it")
            await at.press("enter")
            assert (view.here.promise_end, view.here.confidence, view.here.audience) == (None, None, "")

        look(steps)

    def test_unfinished_text_of_a_promise_is_kept_and_gone_on_with(self, look):
        async def steps(at, view):
            await at.press("l", "P")
            await at.paste("2026-06 60%")
            at.app.keep_unfinished()
            await at.settle()
            view.put_cursor("signon")
            await unfinished(at.app)
            await at.settle()
            assert at.shows("C-4 promised until")
            await at.press("enter")
            assert at.prompt.input.value == "2026-06 60%"
            await at.press("enter")
            assert view.plan.initiatives["audit"].promise_end == date(2026, 6, 30)

        look(steps)

    def test_it_is_for_one_card_at_a_time(self, look):
        async def steps(at, _view):
            await at.press("asterisk", "P")
            assert not at.prompt.is_open
            assert "one card at a time" in at.said[-1]

        look(steps)

    def test_the_board_says_how_they_stand(self, look):
        async def steps(at, _view):
            # 20 working days from Monday 2 March end on Friday 27 March, five after the 20th
            assert at.shows("! 1 broken")
            assert at.shows("? 1 unbacked")
            assert at.shows("+5 d !")
            assert at.shows("5 working days late")
            assert at.shows("promised until 20 Mar (80%)")

        look(steps)
