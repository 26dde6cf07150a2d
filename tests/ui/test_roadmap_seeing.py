"""The keys of the Roadmap tab that change nothing but what is seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pmtui.domain.commands import AddInitiative, AddProduct, Archive, SetState
from pmtui.domain.starter import CARDS
from pmtui.ui.keys import TABLE
from pmtui.workspace import Actor, Workspace
from roadmaps import ORDER, write_roadmap


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


class TestMoving:
    def test_lanes_are_in_the_order_of_their_first_card_and_those_without_one_are_last(self, look):
        async def steps(_at, view):
            assert view.board.lanes == ("Trust", "Workflow", "")
            assert titles(view) == ORDER

        look(steps)

    @pytest.mark.parametrize(
        ("keys", "title"),
        [
            ("j", "Roles"),
            ("down down", "Approval inbox"),
            ("j j j", "Loose end"),
            ("j j k up", "Single sign-on"),
            ("k", "Single sign-on"),
            ("l", "Audit trail"),
            ("right right", "Residency"),
            ("l l l", "Residency"),
            ("l l h left", "Single sign-on"),
            ("h", "Single sign-on"),
            ("l j", "Loose end"),
            ("j j l", "Automations"),
            ("G", "Loose end"),
            ("end home", "Single sign-on"),
            ("G g", "Single sign-on"),
            ("n n n", "Residency"),
            ("n n N", "Roles"),
            ("pagedown", "Loose end"),
            ("pagedown pageup", "Audit trail"),
            ("full_stop", "Single sign-on"),
            ("G full_stop", "Single sign-on"),
        ],
    )
    def test_over_the_cards(self, look, keys, title):
        async def steps(at, view):
            await at.press(*keys.split())
            assert here(view) == title

        look(steps)

    @pytest.mark.parametrize("size", [(80, 24), (44, 20), (200, 50)])
    @pytest.mark.parametrize("mode", ["horizon", "month", "quarter"])
    def test_every_card_can_be_reached_and_is_seen(self, look, size, mode):
        async def steps(at, view):
            view.choose_mode(mode)
            await at.press("g")
            seen = set()
            for _ in ORDER:
                seen.add(here(view))
                assert at.shows(here(view)[:8])
                assert view.title_region(view.cursor) is not None
                await at.press("n")
            assert seen == set(ORDER)

        look(steps, size=size)

    def test_a_click_takes_the_cursor_there_and_a_second_one_opens(self, look):
        async def steps(at, view):
            await at.pilot.click("#column-1", offset=(8, 2))
            await at.settle()
            assert here(view) == "Audit trail"
            await at.pilot.click("#column-1", offset=(8, 2))
            await at.settle()
            assert at.shows("C-4 Audit trail")
            assert len(at.app.screen_stack) == 2

        look(steps)


class TestSeeing:
    def test_calendar_and_back(self, look):
        async def steps(at, view):
            await at.press("c")
            assert at.shows("by quarter")
            assert [view.board.columns[at_].title for at_ in view.shown_columns][:2] == ["no date", "Q1 2026"]
            await at.press("plus")
            assert at.shows("Mar 2026")
            await at.press("c")
            assert at.shows("LATER")
            await at.press("c")
            assert at.shows("by month")
            await at.press("minus")
            assert at.shows("by quarter")
            await at.press("equals_sign")
            assert at.shows("by month")

        look(steps)

    def test_columns_scroll_with_the_cursor_and_what_is_aside_is_counted(self, look):
        async def steps(at, view):
            await at.press("plus")
            assert here(view) == "Single sign-on"
            assert not at.shows("Jul 2026")
            assert at.shows("1 in other columns")
            await at.press("l")
            assert here(view) == "Roles"
            assert at.shows("Jul 2026")
            assert not at.shows("Mar 2026")
            await at.press("full_stop")
            assert here(view) == "Single sign-on"
            assert at.shows("Mar 2026")

        look(steps)

    def test_filter_live_kept_and_dropped(self, look):
        async def steps(at, view):
            await at.press("l", "slash", *"trail")
            assert titles(view) == ["Audit trail"]
            await at.press("enter")
            assert at.shows("/trail")
            await at.press("escape")
            assert titles(view) == ORDER
            assert here(view) == "Audit trail"
            await at.press("slash", *"is:broken", "escape")
            assert titles(view) == ORDER

        look(steps)

    def test_what_nothing_matches_says_so(self, look):
        async def steps(at, view):
            view.choose_filter("zzz")
            await at.settle()
            assert at.shows("No card matches zzz")
            assert at.shows("Esc drops the filter")
            for key in ("j", "l", "H", "J", "x", "P", "e", "enter", "space", "d", "b", "A", "pagedown", "full_stop"):
                await at.press(key)
            await at.press("escape", "escape")
            assert titles(view) == ORDER

        look(steps)

    def test_going_to_a_card_drops_the_filter_that_hides_it(self, look):
        async def steps(at, view):
            view.choose_filter("trail")
            at.app.go("loose")
            await at.settle()
            assert here(view) == "Loose end"
            await at.do(Archive("initiative", ("roles",)))
            at.app.go("roles")
            await at.settle()
            assert here(view) == "Roles"
            assert at.shows("in the archive")

        look(steps)

    def test_marks(self, look):
        async def steps(at, view):
            await at.press("space")
            assert view.marks == {"signon"}
            assert here(view) == "Roles"
            assert at.shows("1 marked")
            await at.press("asterisk")
            assert len(view.marks) == len(ORDER)
            await at.press("asterisk")
            assert not view.marks
            await at.press("space", "escape")
            assert not view.marks

        look(steps)

    def test_detail_and_full_screen(self, look):
        async def steps(at, view):
            await at.press("z")
            assert not view.query_one("#card-detail").display
            assert not at.shows("working days late")
            await at.press("z")
            assert at.shows("working days late")
            await at.press("Z")
            assert not at.shows("working days late")
            await at.press("escape")
            assert at.shows("working days late")

        look(steps)

    def test_copy(self, look, monkeypatch):
        async def steps(at, _view):
            copied = []
            monkeypatch.setattr(at.app, "copy", copied.append)
            await at.press("y", "Y")
            assert copied[0] == "C-1 Single sign-on"
            assert copied[1].startswith("## C-1 Single sign-on")
            assert "- promised until: 2026-03-20" in copied[1]

        look(steps)

    def test_help_says_marks_promise_and_filter(self, look):
        async def steps(at, view):
            await at.press("?")
            assert at.shows("Roadmap: keys and rules")
            await at.press("escape")
            text = "\n".join("".join(span for _, span in line) for line in view.help_lines())
            assert "! broken" in text
            assert "2026-12 80% to the board" in text
            assert "is:unbacked" in text

        look(steps)

    def test_another_window_moves_a_card_and_the_cursor_stays_on_its_own(self, look):
        async def steps(at, view):
            go(view, "Audit trail")
            view.choose_filter("t")
            await at.do(SetState(("residency",), "planned"))
            await at.do(AddInitiative("before", "Trust first", {"lane": "Trust", "horizon": "now"}))
            assert here(view) == "Audit trail"
            assert view.filter == "t"

        look(steps)


class TestNothingYet:
    @pytest.fixture
    def empty_file(self, tmp_path, clock):
        path = tmp_path / "empty.db"
        with Workspace(path, clock, Actor("ann", "desk")) as workspace:
            workspace.do(AddProduct("product", "Fieldnote"))
        return path

    @pytest.mark.parametrize("size", [(120, 36), (80, 24), (44, 20)])
    def test_it_says_what_belongs_there(self, look, empty_file, size):
        async def steps(at, view):
            assert at.shows("No cards yet.")
            assert at.shows("starter roadmap")
            for key in ("j", "l", "g", "pagedown", "H", "J", "x", "X", "P", "e", "enter", "space", "c", "full_stop"):
                await at.press(key)
            assert not view.board.order

        look(steps, empty_file, size=size)

    def test_the_starter_roadmap(self, look, empty_file):
        async def steps(at, view):
            await at.press("S")
            assert len(view.board.order) == len(CARDS)
            assert here(view) == CARDS[0].title
            assert at.shows("NEXT")
            await at.press("S")
            assert "There is a roadmap already" in at.said[-1]
            await at.press("u")
            assert at.shows("No cards yet.")

        look(steps, empty_file)

    def test_a_first_card(self, look, empty_file):
        async def steps(at, view):
            await at.press("a")
            await at.paste("The first outcome")
            await at.press("enter", "escape")
            assert here(view) == "The first outcome"
            assert view.here.horizon == "now"

        look(steps, empty_file)


def test_every_key_of_the_table_is_pressed_in_these_tests():
    folder = Path(__file__).parent
    texts = [(folder / name).read_text("utf-8") for name in ("test_roadmap_keys.py", "test_roadmap_seeing.py")]
    pressed = set(re.findall(r"[\w+]+", "".join(texts)))
    untried = [key.id for key in TABLE if key.where == "roadmap" and pressed.isdisjoint(key.keys.split(","))]
    assert not untried
