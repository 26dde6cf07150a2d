"""The Roadmap at every size, with hostile titles and many cards, and what a key sends over the line."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter

import pytest
from rich.cells import cell_len
from test_hostile_titles import ALL, RAW, sound

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import AddItem, ImportEntities
from pmtui.domain.entities.roadmap import HORIZONS, Initiative
from pmtui.domain.text import clean_line, clean_notes
from pmtui.ui.config import Config
from pmtui.workspace import Actor, Workspace
from screens import DEMO_DAY

SIZES = [(1, 1), (10, 3), (30, 8), (44, 20), (59, 24), (60, 24), (80, 24), (109, 30), (110, 31), (120, 36), (200, 50)]


def card(number, title, lane, **fields):
    first = date(2026, 1, 1) + timedelta(days=number * 13 % 900)
    promised = {"promise_end": first, "confidence": 0.8, "promised_on": DEMO_DAY, "audience": clean_line(title, 60)}
    return Initiative(
        id=f"card{number}",
        key="",
        title=clean_line(title),
        lane=clean_line(lane, 60),
        horizon=HORIZONS[number * 7 % 3],
        window_start=first if number % 4 else None,
        window_end=first + timedelta(days=50) if number % 4 else None,
        **(promised if number % 3 == 0 else {}),
        **fields,
    )


def write(path, cards):
    with Workspace(path, fixed_clock(DEMO_DAY), Actor("ann", "desk")) as workspace:
        workspace.do(ImportEntities("cards", tuple(cards)))
        workspace.do(AddItem("item", "An item", {"initiative_id": "card0"}))
    return path


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    return write(
        tmp_path_factory.mktemp("cards") / "hostile.db",
        [
            card(number, title, title, outcome=clean_notes(f"{title}\n{title}"), owner=clean_line(title, 60))
            for number, title in enumerate(ALL)
        ],
    )


@pytest.fixture(scope="module")
def large_file(tmp_path_factory):
    return write(
        tmp_path_factory.mktemp("cards") / "large.db",
        [card(number, f"Outcome {number} for crews in the field", f"Lane {number % 12}") for number in range(200)],
    )


@pytest.fixture
def look(sit):
    def run(steps, path, **more):
        async def there(at):
            await at.settle()
            await steps(at, at.app.current)

        sit(there, path, config=Config(tab="roadmap"), **more)

    return run


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (44, 20)])
def test_every_title_is_shown_as_what_it_is(look, hostile_file, size):
    async def steps(at, view):
        for mode in ("horizon", "month", "quarter"):
            view.choose_mode(mode)
            for card_id in view.board.order:
                view.put_cursor(card_id)
                sound(at)
        for key in ("e", "E", "P", "X", "o", "b", "a", "A", "at", "slash", "?", "enter"):
            await at.press(key)
            sound(at)
            while len(at.app.screen_stack) > 1 or at.prompt.is_open:
                await at.press("escape")
        assert at.app.is_running

    look(steps, hostile_file, size=size)


def test_all_sizes_one_after_the_other(look, large_file):
    async def steps(at, view):
        for mode in ("horizon", "quarter"):
            view.choose_mode(mode)
            for width, height in (*SIZES, *reversed(SIZES)):
                await at.pilot.resize_terminal(width, height)
                await at.pilot.pause()
                lines = at.lines()
                assert len(lines) <= height
                assert not any(RAW.search(line) for line in lines)
                for pane in at.app.screen_stack[0].query("Surface"):
                    for line in pane._lines if pane.size.area and len(pane._lines) == pane.size.height else ():
                        assert sum(cell_len(text) for _, text in line) == pane.size.width
                await at.pilot.press("n", "l", "z")

    look(steps, large_file)


@pytest.mark.parametrize("size", [(44, 20), (80, 24), (120, 36), (200, 50)])
@pytest.mark.parametrize("mode", ["horizon", "month"])
def test_the_card_under_the_cursor_is_always_in_sight(look, large_file, size, mode):
    async def steps(at, view):
        view.choose_mode(mode)
        for card_id in view.board.order[::5]:
            view.put_cursor(card_id)
            region = view.title_region(card_id)
            assert region is not None
            await at.pilot.pause()
            line = at.lines()[region.y]
            assert view.plan.initiatives[card_id].key in line
            assert view.glyphs.cursor in line

    look(steps, large_file, size=size)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
def test_nothing_stale_stays_behind(look, large_file, size):
    async def steps(at, view):
        for key in ("j", "l", "J", "L", "c", "plus", "l", "H", "G", "space", "z", "z", "x", "c", "slash", "7", "enter"):
            await at.press(key)
            at.app.clear_notifications()
            await at.pilot.pause()
            shown = at.lines()
            await at.press("ctrl+l")
            assert shown == at.lines(), key
        assert view.filter == "7"

    look(steps, large_file, size=size)


def cells_repainted(at, view):
    """What the panes ask to be painted again, in cells, since the last time."""
    counted = []
    for pane in at.app.screen_stack[0].query("Surface"):
        refresh = type(pane).refresh

        def count(*regions, pane=pane, refresh=refresh, **more):
            counted.append(sum(region.area for region in regions) if regions else pane.size.area)
            return refresh(pane, *regions, **more)

        pane.refresh = count
    return counted


@pytest.mark.parametrize(("size", "mode"), [((80, 24), "horizon"), ((120, 36), "horizon"), ((200, 50), "month")])
def test_a_cursor_move_repaints_two_titles_and_nothing_else(look, large_file, size, mode):
    async def steps(at, view):
        view.choose_mode(mode)
        await at.press("g", "z", "j", "k")
        counted = cells_repainted(at, view)
        await at.press("j")
        assert 0 < sum(counted) <= 2 * (view.column_width + 1)
        assert len(counted) <= 2

    look(steps, large_file, size=size)


def test_two_hundred_cards_in_twelve_lanes_are_arranged_at_once(look, large_file):
    async def steps(_at, view):
        took = []
        for _ in range(5):
            begin = perf_counter()
            view.plan_changed()
            took.append(perf_counter() - begin)
        assert min(took) < 0.1

    look(steps, large_file)
