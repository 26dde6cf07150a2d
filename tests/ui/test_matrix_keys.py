"""Keys of the Matrix that move, find and show, and those that hold everywhere."""

from __future__ import annotations

import asyncio

import pytest

from pmtui.ui.draw.arrangement import SORTS
from pmtui.ui.keys import TABLE

HERE = [key for key in TABLE if key.where in ("app", "matrix")]
INBOX = "Approval inbox"
SHOW = "Show what has not been sent yet"
COMMENT = "Comment on a photo"


def order(at):
    return [at.plan.backlog_items[id_].title for id_ in at.matrix.arrangement.ids]


class TestMoving:
    @pytest.mark.parametrize(
        ("keys", "row"),
        [
            ("j", 1),
            ("down", 1),
            ("n", 1),
            ("j j k", 1),
            ("j j up", 1),
            ("j j N", 1),
            ("k", 0),
            ("G", -1),
            ("end", -1),
            ("G j", -1),
            ("G g", 0),
            ("end home", 0),
            ("h", 0),
            ("l", 0),
        ],
    )
    def test_rows_of_the_list(self, sit, keys, row):
        async def steps(at):
            assert at.here().title == order(at)[0]
            await at.press(*keys.split())
            assert at.here().title == order(at)[row]

        sit(steps)

    def test_a_page_is_what_is_in_view_less_one_row(self, sit):
        async def steps(at):
            page = at.matrix.list_pane.page
            await at.press("pagedown")
            row = at.matrix.arrangement.index[at.matrix.cursor]
            assert row == page - 1
            await at.press("pageup")
            assert at.matrix.arrangement.index[at.matrix.cursor] == 0

        sit(steps, size=(80, 24))

    def test_the_rule_above_the_tray_is_stepped_over(self, sit):
        async def steps(at):
            scored = at.matrix.arrangement.scored
            await at.press(*["j"] * scored)
            assert at.here().title == order(at)[scored]
            await at.press("k")
            assert at.here().title == order(at)[scored - 1]

        sit(steps)

    @pytest.mark.parametrize("back", ["tab", "shift+tab"])
    def test_tab_changes_between_list_and_plane(self, sit, back):
        async def steps(at):
            await at.press("tab")
            assert at.matrix.active == "plane"
            await at.press(back)
            assert at.matrix.active == "list"

        sit(steps)

    @pytest.mark.parametrize(
        ("key", "across", "up"),
        [("h", -1, 0), ("left", -1, 0), ("l", 1, 0), ("right", 1, 0), ("k", 0, 1), ("up", 0, 1), ("j", 0, -1)],
    )
    def test_in_the_plane_the_next_dot_lies_in_that_direction(self, sit, key, across, up):
        async def steps(at):
            at.go("Link a quote to a finding")
            await at.press("tab")
            before = at.here()
            await at.press(key)
            after = at.here()
            assert after.id != before.id
            assert (after.effort - before.effort) * across + (after.value - before.value) * up > 0

        sit(steps)

    @pytest.mark.parametrize("start", ["Approval inbox", "Maps of a region to take along", "Comment on a photo"])
    def test_in_the_plane_every_dot_can_be_reached(self, sit, start):
        async def steps(at):
            await at.press("tab")
            pane = at.matrix.plane_pane
            waiting = [at.go(start).id]
            seen = set()
            while waiting:
                at.matrix.cursor = waiting.pop()
                if pane.model.place[at.matrix.cursor] in seen:
                    continue
                seen.add(pane.model.place[at.matrix.cursor])
                near = (pane.neighbour(*direction) for direction in ((-1, 0), (1, 0), (0, -1), (0, 1)))
                waiting += [found for found in near if found]
            assert seen == set(pane.model.cells)

        sit(steps)

    def test_a_click_takes_the_cursor_there_and_a_second_one_opens(self, sit):
        async def steps(at):
            await at.pilot.click("#list", offset=(20, 4))
            await at.settle()
            assert at.here().title == order(at)[3]
            await at.pilot.click("#list", offset=(20, 4))
            await at.settle()
            assert type(at.app.screen).__name__ == "Form"

        sit(steps)

    def test_a_click_on_the_plane_takes_the_nearest_dot(self, sit):
        async def steps(at):
            column, row = at.matrix.plane_pane.model.place[at.item(COMMENT).id]
            await at.pilot.click("#plane", offset=(column + 2, row + 1))
            await at.settle()
            assert at.here().title == COMMENT
            assert at.matrix.active == "plane"

        sit(steps)


class TestOpening:
    def test_enter_opens_the_record(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("enter")
            assert at.shows("F-9 Approval inbox")
            assert at.shows("time criticality")

        sit(steps)

    def test_a_crowded_dot_opens_the_items_to_choose_from(self, sit):
        async def steps(at):
            await at.press("tab")
            at.go(INBOX)
            await at.press("enter")
            assert at.shows("2 items in one place")
            await at.press("down", "enter")
            assert at.here().title == SHOW

        sit(steps)


class TestFiltering:
    def test_live_and_kept(self, sit):
        async def steps(at):
            await at.press("slash", *"photo")
            assert set(order(at)) == {"Photos wait for Wi-Fi", COMMENT}
            await at.press("enter")
            assert at.matrix.choices.filter == "photo"
            assert at.shows("/photo")
            await at.press("n")
            assert at.here().title == order(at)[1]
            await at.press("N")
            assert at.here().title == order(at)[0]

        sit(steps)

    def test_escape_gives_the_old_one_back(self, sit):
        async def steps(at):
            await at.command("filter tag:desk")
            await at.press("slash", "ctrl+u", *"zzz")
            assert at.shows("No item matches zzz")
            await at.press("escape")
            assert at.matrix.choices.filter == "tag:desk"

        sit(steps)

    def test_a_term_that_is_wrong_is_said(self, sit):
        async def steps(at):
            await at.command("filter state:flying")
            assert at.shows("flying")
            assert at.matrix.arrangement.problem

        sit(steps)


class TestViews:
    @pytest.mark.parametrize(
        ("name", "holds"),
        [
            ("all", lambda at: len(order(at)) == 60),
            ("unscored", lambda at: at.matrix.arrangement.scored == 0),
            ("launched", lambda at: all(at.item(t).state == "launched" for t in order(at))),
            ("archive", lambda at: order(at) == []),
        ],
    )
    def test_built_in(self, sit, name, holds):
        async def steps(at):
            await at.press("v", *name, "enter")
            assert at.matrix.choices.view == name
            assert holds(at)
            assert at.shows(f"view {name}")

        sit(steps)

    def test_saved_and_forgotten(self, sit):
        async def steps(at):
            await at.command("filter tag:desk")
            await at.command("sort title")
            await at.command("view Desk things")
            wanted = order(at)
            await at.press("escape", "s")
            await at.press("v", *"Desk", "enter")
            assert order(at) == wanted
            assert at.matrix.choices.sort == "title"
            await at.command("forget desk things")
            assert not at.plan.views

        sit(steps)


class TestLooking:
    def test_methods_go_round(self, sit):
        async def steps(at):
            for name in ("RICE", "WSJF", "value/effort"):
                await at.press("F")
                assert at.matrix.choices.method == name
                assert at.shows(name)

        sit(steps)

    def test_sorts_go_round(self, sit):
        async def steps(at):
            shown = set(order(at))
            for name in (*SORTS[1:], SORTS[0]):
                await at.press("s")
                assert at.matrix.choices.sort == name
                assert set(order(at)) == shown
            assert not at.shows("by rank")

        sit(steps)

    def test_layouts_go_round(self, sit):
        async def steps(at):
            shown = []
            for _ in range(3):
                await at.press("c")
                shown.append((at.matrix.list_pane.region.area > 0, at.matrix.plane_pane.region.area > 0))
            assert shown == [(True, False), (False, True), (True, True)]

        sit(steps)

    def test_the_detail_pane_comes_and_goes(self, sit):
        async def steps(at):
            at.go(INBOX)
            assert at.shows("one window at a time")
            await at.press("z")
            assert not at.shows("one window at a time")
            await at.press("z")
            assert at.shows("one window at a time")

        sit(steps)

    def test_the_pane_fills_the_screen_and_back(self, sit):
        async def steps(at):
            await at.press("tab", "Z")
            assert at.matrix.plane_pane.region.width >= 110
            await at.press("escape")
            assert at.matrix.list_pane.region.width > 0
            await at.press("Z")
            await at.press("Z")
            assert not at.matrix.full

        sit(steps)

    def test_the_columns_change(self, sit):
        async def steps(at):
            before = at.lines()
            await at.press("f")
            assert at.lines() != before

        sit(steps)


class TestFinding:
    def test_jump_to_an_item(self, sit):
        async def steps(at):
            await at.press("'", *"gloved", "enter")
            assert at.here().title == "Larger buttons for gloved hands"

        sit(steps)

    def test_jump_to_one_that_the_view_hides(self, sit):
        async def steps(at):
            await at.press("ctrl+f", *"old pdf", "enter")
            assert at.here().title == "The old PDF report"
            assert at.matrix.choices.view == "all"

        sit(steps)

    @pytest.mark.parametrize(
        ("typed", "wanted"),
        [("privacy", "tag:privacy")],
    )
    def test_jump_to_a_tag_shows_its_items(self, sit, typed, wanted):
        async def steps(at):
            await at.press("'")
            await at.paste(typed)
            await at.press("enter")
            assert at.matrix.choices.filter == wanted
            assert order(at)

        sit(steps)

    def test_nothing_found(self, sit):
        async def steps(at):
            before = at.matrix.cursor
            await at.press("'", *"qqqq")
            assert at.shows("nothing matches")
            await at.press("enter", "escape")
            assert at.matrix.cursor == before

        sit(steps)


class TestTheRest:
    def test_help_lists_the_keys(self, sit):
        async def steps(at):
            await at.press("f1")
            assert at.shows("keys and rules")
            seen = at.text()
            for _ in range(12):
                await at.press("pagedown")
                seen += at.text()
            words = " ".join(seen.replace("│", " ").split())
            assert all(" ".join(key.help.split()[:6]) in words for key in HERE)
            assert "METHODS" in seen
            assert "SAFETY" in seen

        sit(steps, size=(120, 50))

    def test_no_help_line_is_cut_off_at_80_columns(self, sit):
        async def steps(at):
            await at.press("?")
            seen = at.text()
            for _ in range(12):
                await at.press("pagedown")
                seen += at.text()
            words = " ".join(seen.replace("│", " ").split())
            for key in HERE:
                assert " ".join(key.help.split()[-2:]) in words

        sit(steps, size=(80, 24))

    def test_drafts_are_offered_and_taken_up_again(self, sit, demo_file):
        async def typing(at):
            await at.press("a", *"Half an id")
            await asyncio.sleep(0.4)
            await at.settle()
            at.app.exit(0)

        async def later(at):
            assert any("Unfinished text" in text for text in at.said)
            await at.press("D")
            assert at.shows("Half an id")
            await at.press("enter", *"ea", "enter", "escape")
            assert at.item("Half an idea")
            await at.press("D")
            assert at.said[-1] == "There is no unfinished text."

        sit(typing, path=demo_file)
        sit(later, path=demo_file)

    @pytest.mark.parametrize("key", ["q", "ctrl+q"])
    def test_quit(self, sit, key):
        async def steps(at):
            await at.pilot.press(key)
            await at.pilot.pause()
            assert at.app.return_code == 0
            assert not at.app.is_running or at.app._exit

        sit(steps)

    def test_keys_do_nothing_bad_in_an_empty_plan(self, sit, tmp_path):
        async def steps(at):
            for key in HERE:
                if key.action.startswith("tab(") or key.id in ("app.quit", "app.suspend"):
                    continue
                await at.press(key.keys.split(",")[0])
                while len(at.app.screen_stack) > 1 or at.prompt.is_open:
                    await at.press("escape")
            assert not at.plan.backlog_items

        sit(steps, path=tmp_path / "new.db")
