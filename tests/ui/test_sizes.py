"""Every size of terminal, with and without a dialog over the view."""

from __future__ import annotations

import random  # noqa: TID251 - seeded: the same sizes in every run

import pytest

SIZES = [(1, 1), (10, 3), (40, 10), (44, 20), (80, 24), (120, 36), (200, 50), (500, 200)]
OPENINGS = {
    "nothing": (),
    "filter": ("slash", "x"),
    "title in its row": ("e", "x"),
    "form": ("E",),
    "picker": ("X",),
    "jump": ("'", "a"),
    "help": ("?",),
    "history": ("U",),
    "thread": ("o",),
    "palette": ("ctrl+p",),
    "plane alone": ("c", "c"),
    "full screen": ("Z",),
}


def whole(at):
    """The screen is as large as the terminal and every pane's line as wide as its pane."""
    lines = at.lines()
    assert len(lines) <= at.app.size.height
    for pane in at.app.screen_stack[0].query("Surface"):
        for line in pane._lines if pane.size.area and len(pane._lines) == pane.size.height else ():
            assert sum(len(text) for _, text in line) == pane.size.width


@pytest.mark.parametrize("opening", OPENINGS)
def test_all_sizes_one_after_the_other(sit, opening):
    async def steps(at):
        await at.press(*OPENINGS[opening])
        deep = len(at.app.screen_stack)
        for width, height in (*SIZES, *reversed(SIZES)):
            await at.pilot.resize_terminal(width, height)
            await at.pilot.pause()
            whole(at)
        assert len(at.app.screen_stack) == deep
        await at.press("escape")
        await at.press("escape")
        assert len(at.app.screen_stack) == 1
        assert at.app.is_running

    sit(steps)


@pytest.mark.parametrize("size", SIZES)
def test_opening_and_moving_at_every_size(sit, size):
    async def steps(at):
        whole(at)
        await at.press("j", "tab", "l", "c", "c", "F", "space", "Z", "Z", "G")
        whole(at)
        await at.press("K")
        assert at.plan.seq > 5

    sit(steps, size=size)


@pytest.mark.parametrize("tab", ["1", "4", "5"])
def test_random_sizes_and_all_sizes_in_each_tab(sit, tab):
    draw = random.Random(57)

    async def steps(at):
        await at.press(tab, "j")
        sizes = [(draw.randint(1, 160), draw.randint(1, 60)) for _ in range(30)]
        for width, height in (*SIZES, *sizes):
            await at.pilot.resize_terminal(width, height)
            await at.pilot.pause()
            whole(at)
        await at.press("j", "c", "j", "c", "z")
        whole(at)
        await at.pilot.resize_terminal(120, 36)
        await at.settle()
        assert at.shows("? help")

    sit(steps)


def test_thirty_random_sizes_with_each_dialog_open(sit):
    draw = random.Random(57)

    async def steps(at):
        for opening in ("form", "picker", "help", "title in its row", "filter"):
            await at.press(*OPENINGS[opening])
            for _ in range(30):
                await at.pilot.resize_terminal(draw.randint(1, 160), draw.randint(1, 60))
            await at.pilot.pause()
            whole(at)
            await at.press("escape")
            await at.press("escape")
        await at.pilot.resize_terminal(120, 36)
        await at.settle()
        assert at.shows("Approval inbox")

    sit(steps)


class TestLayout:
    def panes(self, at):
        shown = {pane.id for pane in at.matrix.query("Pane") if pane.region.area}
        return shown - {"axis"}

    @pytest.mark.parametrize(
        ("size", "panes"),
        [
            ((44, 20), {"list", "detail"}),
            ((59, 24), {"list", "detail"}),
            ((60, 24), {"plane", "list", "detail"}),
            ((80, 24), {"plane", "list", "detail"}),
            ((200, 50), {"plane", "list", "detail"}),
            ((80, 10), {"plane", "list"}),
        ],
    )
    def test_panes_that_fit(self, sit, size, panes):
        async def steps(at):
            assert self.panes(at) == panes

        sit(steps, size=size)

    def test_below_60_columns_tab_shows_the_other_pane(self, sit):
        async def steps(at):
            await at.press("tab")
            assert "plane" in self.panes(at)
            assert "list" not in self.panes(at)
            await at.press("tab")
            assert "list" in self.panes(at)

        sit(steps, size=(44, 20))

    @pytest.mark.parametrize(("size", "name"), [((64, 24), " Vision  Matrix "), ((80, 24), " 1 Vision  3 Matrix ")])
    def test_tabs_have_their_digits_where_there_is_room(self, sit, size, name):
        async def steps(at):
            assert at.lines()[0].startswith(name)

        sit(steps, size=size)

    @pytest.mark.parametrize("size", [(44, 20), (80, 24), (200, 50)])
    def test_tabs_and_keys_are_always_in_sight(self, sit, size):
        async def steps(at):
            for keys in ((), ("G",), ("c",), ("c",), ("Z",)):
                await at.press(*keys)
                lines = at.lines()
                assert "Matrix" in lines[0]
                assert lines[-1].rstrip().endswith("? help")
                assert len(lines) == size[1]

        sit(steps, size=size)

    def test_the_cursor_stays_in_view_when_the_terminal_shrinks(self, sit):
        async def steps(at):
            await at.press("G")
            key = at.here().key
            await at.pilot.resize_terminal(80, 14)
            await at.settle()
            assert any(f"{key} " in line and "▌" in line for line in at.lines())

        sit(steps)
