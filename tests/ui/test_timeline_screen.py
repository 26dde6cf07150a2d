"""The Timeline at every size, with hostile titles, damaged files and many tasks, and what a key sends over the line."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from rich.cells import cell_len
from test_hostile_titles import ALL, RAW, sound

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import AddProject, AddTask, ImportEntities, LinkTasks
from pmtui.domain.durations import DAY
from pmtui.domain.entities import link_id
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Dependency, Project, Task
from pmtui.domain.text import clean_line, clean_notes
from pmtui.ui.config import Config
from pmtui.ui.timeline import panes
from pmtui.workspace import Actor, Workspace
from screens import DEMO_DAY

SIZES = [(1, 1), (10, 3), (30, 8), (44, 20), (59, 24), (60, 24), (80, 24), (109, 30), (110, 31), (120, 36), (200, 50)]


def write(path, *things):
    with Workspace(path, fixed_clock(DEMO_DAY), Actor("ann", "desk")) as workspace:
        workspace.do(ImportEntities("things", things))
    return path


def chain(titles, **fields):
    """A project in which each task waits for the one before; every fifth one has the next four as parts."""
    tasks, links = [], []
    for number, title in enumerate(titles):
        above = f"t{number // 5 * 5}" if number % 5 else None
        extra = {name: value(title) for name, value in fields.items()}
        tasks.append(
            Task(
                id=f"t{number}",
                project_id="p",
                parent_id=above,
                position=float(number),
                title=clean_line(title),
                duration=(number % 4) * DAY,
                **extra,
            )
        )
        if number % 5 > 1:
            pair = f"t{number - 1}", f"t{number}"
            links.append(Dependency(id=link_id(*pair), predecessor_id=pair[0], successor_id=pair[1]))
    return [*tasks, *links]


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    card = Initiative(
        id="card", title=clean_line(ALL[0]), outcome=clean_notes(ALL[2]), promise_end=DEMO_DAY, confidence=0.5,
        promised_on=DEMO_DAY,
    )  # fmt: skip
    work = chain(
        ALL,
        owner=lambda title: clean_line(title, 60),
        notes=lambda title: clean_notes(f"{title}\n\n{title}"),
        initiative_id=lambda _title: "card",
    )
    project = Project(
        id="p", name=clean_line(ALL[1]), manager=clean_line(ALL[5], 60), start_on=DEMO_DAY, goal=clean_notes(ALL[12])
    )
    return write(tmp_path_factory.mktemp("tasks") / "hostile.db", card, project, *work)


@pytest.fixture(scope="module")
def large_file(tmp_path_factory):
    project = Project(id="p", name="A project of many tasks", start_on=DEMO_DAY)
    work = chain([f"Task {number} for crews in the field" for number in range(1_000)])
    return write(tmp_path_factory.mktemp("tasks") / "large.db", project, *work)


@pytest.fixture
def look(sit):
    def run(steps, path, **more):
        async def there(at):
            await at.settle()
            await steps(at, at.app.current)

        sit(there, path, config=Config(tab="timeline"), **more)

    return run


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (44, 20)])
def test_every_title_is_shown_as_what_it_is(look, hostile_file, size):
    async def steps(at, view):
        for mode in ("c", "c", "c", "Z"):
            for row in view.rows:
                view.put_cursor(row.id)
                sound(at)
            await at.press(mode)
        view.put_cursor("t1")
        for key in ("tab", "minus", "e", "E", "p", "X", "o", "b", "a", "A", "at", "W", "slash", "?", "enter"):
            await at.press(key)
            sound(at)
            while len(at.app.screen_stack) > 1 or at.prompt.is_open:
                await at.press("escape")
        assert at.app.is_running

    look(steps, hostile_file, size=size)


def test_all_sizes_one_after_the_other(look, large_file):
    async def steps(at, view):
        for keys in (("n", "z"), ("tab", "l"), ("minus", "c"), ("Z", "G")):
            await at.press(*keys)
            for width, height in (*SIZES, *reversed(SIZES)):
                await at.pilot.resize_terminal(width, height)
                await at.pilot.pause()
                lines = at.lines()
                assert len(lines) <= height
                assert not any(RAW.search(line) for line in lines)
                for pane in at.app.screen_stack[0].query("Surface"):
                    for line in pane._lines if pane.size.area and len(pane._lines) == pane.size.height else ():
                        assert sum(cell_len(text) for _, text in line) == pane.size.width

    look(steps, large_file)


@pytest.mark.parametrize("size", [(44, 20), (80, 24), (120, 36), (200, 50)])
def test_the_row_under_the_cursor_is_always_in_sight(look, large_file, size):
    async def steps(at, view):
        for row in view.rows[::97]:
            view.put_cursor(row.id)
            region = view.title_region(row.id)
            assert region is not None
            await at.pilot.pause()
            line = at.lines()[region.y]
            thing = view.plan.find(row.kind, row.id)
            title = thing.title if row.kind == "task" else thing.name
            assert line[region.x :].startswith(title[:8])
            assert view.glyphs.cursor in line

    look(steps, large_file, size=size)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
def test_nothing_stale_stays_behind(look, large_file, size):
    async def steps(at, view):
        keys = ("j", "l", "greater_than_sign", "L", "c", "plus", "tab", "l", "H", "tab", "G", "space", "z", "z", "x")
        for key in (*keys, "c", "Z", "Z", "f", "f", "slash", "7", "enter"):
            await at.press(key)
            at.app.clear_notifications()
            await at.pilot.pause()
            shown = at.lines()
            await at.press("ctrl+l")
            assert shown == at.lines(), key
        assert view.filter == "7"

    look(steps, large_file, size=size)


def cells_repainted(at):
    """What the panes ask to be painted again, in cells, from now on."""
    counted = []
    for pane in at.app.screen_stack[0].query("Surface"):
        refresh = type(pane).refresh

        def count(*regions, pane=pane, refresh=refresh, **more):
            counted.append(sum(region.area for region in regions) if regions else pane.size.area)
            return refresh(pane, *regions, **more)

        pane.refresh = count
    return counted


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
def test_a_cursor_move_repaints_two_titles_and_the_signs_of_their_links(look, large_file, size):
    async def steps(at, view):
        await at.press("z", "j", "j", "j")
        counted = cells_repainted(at)
        await at.press("j")
        links = 4
        assert 0 < sum(counted) <= 2 * view.outline_pane.size.width + links * 3
        assert len(counted) == 1

    look(steps, large_file, size=size)


def test_rows_out_of_view_are_not_drawn(look, large_file, monkeypatch):
    async def steps(at, view):
        drawn = []
        for name in ("task_line", "chart_line"):
            line = getattr(panes, name)
            monkeypatch.setattr(panes, name, lambda *args, line=line: (drawn.append(args[0].id), line(*args))[1])
        await at.press("j", "greater_than_sign", "G")
        assert len(view.rows) == 1_001
        assert len(set(drawn)) < 2 * view.size.height

    look(steps, large_file)


class TestDamagedFiles:
    @pytest.fixture
    def small_file(self, tmp_path):
        path = tmp_path / "small.db"
        with Workspace(path, fixed_clock(DEMO_DAY), Actor("ann", "desk")) as workspace:
            workspace.do(AddProject("p", "Inbox", {"start_on": DEMO_DAY}))
            for title in ("One", "Two", "Three", "Four"):
                workspace.do(AddTask(title, title, "p", fields={"duration": DAY}))
            workspace.do(LinkTasks("One", ("Two",)))
        return path

    def spoil(self, path, statement):
        with sqlite3.connect(path) as raw:
            raw.execute(statement)
        raw.close()

    def test_tasks_that_wait_for_each_other_are_shown_with_the_reason(self, look, small_file):
        self.spoil(
            small_file,
            "INSERT INTO dependency (id, predecessor_id, successor_id, type, lag) VALUES ('x', 'Two', 'One', 'FS', 0)",
        )

        async def steps(at, view):
            assert at.shows("? 2 in a circle")
            view.put_cursor("One")
            await at.settle()
            assert at.shows("it waits for itself")
            for key in ("greater_than_sign", "L", "H", "x", "p", "W", "c", "c", "c", "minus", "full_stop", "o"):
                await at.press(key)
                assert at.app.is_running
                while len(at.app.screen_stack) > 1 or at.prompt.is_open:
                    await at.press("escape")
            view.put_cursor("Two")
            await at.press("b")
            await at.paste("One")
            await at.press("enter")
            assert not at.shows("in a circle")

        look(steps, small_file)

    def test_tasks_that_are_parts_of_each_other(self, look, small_file):
        self.spoil(small_file, "UPDATE task SET parent_id = 'Three' WHERE id = 'Four'")
        self.spoil(small_file, "UPDATE task SET parent_id = 'Four' WHERE id = 'Three'")

        async def steps(at, view):
            assert {row.id for row in view.rows} == {"p", "One", "Two", "Three", "Four"}
            view.put_cursor("Three")
            for key in ("h", "l", "W", "escape", "f", "f", "f", "d", "slash"):
                await at.press(key)
            await at.paste("card:C-1")
            await at.press("escape")
            assert at.app.is_running

        look(steps, small_file)

    def test_the_last_day_of_all_plans(self, look, small_file):
        self.spoil(small_file, "UPDATE task SET start_no_earlier = '2199-12-30', duration = 4800000 WHERE id = 'Four'")

        async def steps(at, view):
            view.put_cursor("Four")
            assert at.shows("ends after 2200")
            for key in ("full_stop", "full_stop", "tab", *"llllhhh", "minus", "minus", "minus", "L", *"lll", "plus"):
                await at.press(key)
            assert at.app.is_running
            assert date(1970, 1, 1) <= view.left <= date(2200, 12, 31)

        look(steps, small_file)
