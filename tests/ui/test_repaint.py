"""Nothing stale stays on the screen, whatever took room from a view in between."""

from __future__ import annotations

import pytest

from screens import Seat


async def fresh_lines(at: Seat) -> list[str]:
    """The screen as it is when everything is drawn anew."""
    await at.press("ctrl+l")
    return at.lines()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_problem_in_the_prompt_leaves_no_old_lines_behind(sit, size):
    async def steps(at):
        await at.command("foo")
        assert at.shows("There is no command")
        await at.press("escape")
        shown = at.lines()
        assert shown == await fresh_lines(at)
        await at.press("F")
        shown = at.lines()
        assert shown == await fresh_lines(at)

    sit(steps, size=size)


def test_ctrl_c_names_the_key_that_leaves(sit):
    async def steps(at):
        await at.press("ctrl+c")
        assert at.said[-1] == "q leaves pmtui. Everything is stored already."

    sit(steps)


def test_a_filter_that_is_typed_goes_behind_the_one_that_is_there(sit):
    async def steps(at):
        await at.press("slash", *"tag:mobile", "enter", "slash", *"photo", "enter")
        assert at.matrix.choices.filter == "tag:mobile photo"

    sit(steps)


def test_typing_a_filter_keeps_the_item_under_the_cursor_where_it_matches(sit):
    async def steps(at):
        item = at.go("Photos wait for Wi-Fi")
        await at.press("slash", *"zz")
        await at.press("backspace", "backspace", *"photo", "enter")
        assert at.here() == item

    sit(steps)


def test_a_number_that_could_be_two_is_asked_for_again(sit):
    async def steps(at):
        before = at.here()
        await at.press("comma", *"7,5", "enter")
        assert "could be one number or two" in at.text()
        await at.press("escape")
        assert at.here() == before

    sit(steps)


def test_effort_stops_before_nothing(sit):
    async def steps(at):
        at.go("Larger buttons for gloved hands")
        await at.press("H", "H")
        assert at.here().effort == 1.0

    sit(steps)
