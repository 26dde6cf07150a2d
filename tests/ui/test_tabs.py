"""Going from tab to tab: nothing that somebody has set up there is lost."""

from __future__ import annotations

import pytest

from pmtui.ui.config import Config
from pmtui.ui.tabs import TABS


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.id)
def test_a_digit_leads_to_each_tab_and_its_keys_stand_below(sit, tab):
    async def steps(at):
        await at.press(str(tab.digit))
        assert at.app.tab == tab.id
        assert at.app.focused is at.app.current
        assert tab.id == at.app.current.TAB
        assert "add" in at.lines()[-1]
        await at.press("question_mark")
        assert at.shows(f"{tab.name}: keys and rules")

    sit(steps)


def test_brackets_go_round(sit):
    async def steps(at):
        seen = []
        for _ in TABS:
            await at.press("right_square_bracket")
            seen.append(at.app.tab)
        assert set(seen) == {tab.id for tab in TABS}
        assert seen[-1] == "matrix"
        await at.press("left_square_bracket")
        assert at.app.tab == "vision"
        await at.press("ctrl+pagedown")
        assert at.app.tab == "matrix"

    sit(steps)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.id)
def test_switching_loses_neither_cursor_nor_filter(sit, tab):
    async def steps(at):
        await at.press(str(tab.digit))
        view = at.app.current
        await at.press("j", "j", "slash", *"no", "enter", "j")
        cursor, shown = view.cursor, at.lines()
        assert cursor
        for other in TABS:
            if other is not tab:
                await at.press(str(other.digit), "j")
        await at.press(str(tab.digit))
        assert at.app.current is view
        assert view.cursor == cursor
        assert at.lines() == shown

    sit(steps)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.id)
def test_switching_loses_no_open_editor(sit, tab):
    async def steps(at):
        await at.press(str(tab.digit))
        await at.press("j", "j", "e")
        assert at.prompt.is_open
        await at.paste(" and more")
        typed, edited = at.prompt.input.value, at.app.current.cursor
        await at.press("ctrl+pagedown", "ctrl+pagedown")
        assert at.app.tab != tab.id
        assert at.prompt.is_open
        assert at.prompt.input.value == typed
        assert at.prompt.input.has_focus
        await at.press("enter")
        thing = next(rows[edited] for rows in at.plan.kinds.values() if edited in rows)
        assert typed in (getattr(thing, "title", ""), getattr(thing, "name", ""))
        assert at.app.focused is at.app.current

    sit(steps)


def test_keys_typed_right_behind_a_digit_are_for_the_new_tab(sit):
    async def steps(at):
        await at.pilot.press("1", "j", "4")
        await at.settle()
        assert at.app.tab == "roadmap"

    sit(steps)


def test_a_click_on_a_tab(sit):
    async def steps(at):
        await at.pilot.click("#tabs", offset=(3, 0))
        await at.settle()
        assert at.app.tab == "vision"

    sit(steps)


def test_the_config_says_where_the_app_opens(sit):
    async def steps(at):
        assert at.app.tab == "vision"

    sit(steps, config=Config(tab="vision"))


def test_jump_goes_to_the_tab_where_a_thing_is_at_home(sit):
    async def steps(at):
        goal = next(iter(at.plan.objectives.values()))
        await at.press("apostrophe")
        await at.paste(goal.key)
        await at.press("enter")
        assert at.app.tab == "vision"
        assert at.app.current.cursor == goal.id

    sit(steps)


class TestStart:
    """The start screen of an empty plan."""

    def test_it_has_three_ways_on(self, sit, tmp_path):
        async def steps(at):
            assert at.app.tab == "start"
            for word in ("demo", "import", "begin"):
                assert at.shows(word)

        sit(steps, tmp_path / "new.db", config=Config(), size=(80, 24))

    def test_begin_names_the_product_and_goes_to_the_vision(self, sit, tmp_path):
        async def steps(at):
            await at.press("b")
            await at.press("enter")
            assert at.shows("Type the name of your product")
            await at.paste("Fieldnote")
            await at.press("enter")
            assert [product.name for product in at.plan.products.values()] == ["Fieldnote"]
            assert at.app.tab == "vision"
            assert at.app.current.thing()[1].name == "Fieldnote"

        sit(steps, tmp_path / "new.db", config=Config())

    def test_import_asks_for_the_file(self, sit, tmp_path):
        file = tmp_path / "backlog.csv"
        file.write_text("title,value,effort\nApproval inbox,8,2\n")

        async def steps(at):
            await at.press("i")
            await at.paste(str(file))
            await at.press("enter", "escape")
            assert [item.title for item in at.plan.backlog_items.values()] == ["Approval inbox"]
            assert at.app.tab == "matrix"

        sit(steps, tmp_path / "new.db", config=Config())

    def test_the_demo_opens_in_its_place(self, sit, tmp_path):
        async def steps(at):
            await at.press("d")
            assert at.app._exit
            assert at.app.return_value == -1

        sit(steps, tmp_path / "new.db", config=Config())

    def test_tabs_and_help_work_from_there(self, sit, tmp_path):
        async def steps(at):
            await at.press("question_mark", "escape", "3")
            assert at.app.tab == "matrix"
            assert at.shows("Nothing in the backlog yet")

        sit(steps, tmp_path / "new.db", config=Config())

    def test_what_another_window_writes_opens_the_plan(self, sit, tmp_path, clock):
        from pmtui.domain.commands import AddItem

        async def steps(at):
            await at.do(AddItem("item", "Approval inbox"))
            assert at.app.tab == "matrix"

        sit(steps, tmp_path / "new.db", config=Config())

    @pytest.mark.parametrize("size", [(80, 24), (44, 20), (30, 10), (10, 3), (200, 50)])
    def test_every_size(self, sit, tmp_path, size):
        async def steps(at):
            assert all(len(line) <= size[0] for line in at.lines())

        sit(steps, tmp_path / "new.db", config=Config(), size=size)
