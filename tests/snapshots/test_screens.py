"""Whole screens as pictures. Look at a picture before you accept it: a picture of a mistake passes for ever."""

from __future__ import annotations

import asyncio

import pytest

from pmtui.domain.commands import EditFields, FieldEdit
from pmtui.ui.config import Config
from pmtui.workspace import Actor, Workspace
from screens import Seat, make_app, settle

pytestmark = pytest.mark.snapshot
INBOX = "Approval inbox"


@pytest.fixture
def picture(snap_compare, demo_file, clock):
    """Compare the screen after some steps with its picture."""

    def compare(steps=None, *, size=(120, 36), path=demo_file, config=None, **more):
        app = make_app(path, clock, config, **more)
        app.animation_level = "none"

        async def before(pilot):
            await settle(pilot)
            if steps:
                await steps(Seat(pilot))
            app.clear_notifications()  # they leave by themselves, sooner or later than the picture
            await settle(pilot)

        try:
            return snap_compare(app, terminal_size=size, run_before=before)
        finally:
            app.workspace.close()

    return compare


def keys(*pressed, on=INBOX):
    async def steps(at):
        if on:
            at.go(on)
        await at.press(*pressed)

    return steps


def test_matrix_80x24(picture):
    assert picture(size=(80, 24))


def test_matrix_120x36(picture):
    assert picture()


def test_matrix_200x50(picture):
    assert picture(size=(200, 50))


def test_matrix_light(picture):
    assert picture(config=Config(theme="pmtui-light", tab="matrix"))


def test_matrix_44x20(picture):
    assert picture(size=(44, 20))


def test_plane_44x20(picture):
    assert picture(keys("tab"), size=(44, 20))


def test_matrix_ascii(picture):
    assert picture(size=(80, 24), ascii_only=True)


def test_plane_under_rice(picture):
    assert picture(keys("F", "tab"))


def test_outline_of_all(picture):
    async def steps(at):
        at.matrix.choose(view="all", base="")
        await at.press("s", "g")

    assert picture(steps)


def test_form(picture):
    assert picture(keys("E"))


def test_form_with_a_problem_80x24(picture):
    async def steps(at):
        at.go(INBOX)
        await at.press("E")
        at.app.screen.query_one("#field-value").focus_input()
        await at.settle()
        await at.type("lots")
        await at.press("enter")

    assert picture(steps, size=(80, 24))


def test_help(picture):
    assert picture(keys("?"))


def test_history(picture):
    assert picture(keys("K", "U", on="Export to a spreadsheet"))


def test_picker(picture):
    assert picture(keys("X"))


def test_jump(picture):
    assert picture(keys("'", "p", "h", "o"))


@pytest.mark.parametrize("size", [(80, 24), (44, 20)], ids="{0[0]}x{0[1]}".format)
def test_empty_plan(picture, tmp_path, size):
    assert picture(path=tmp_path / "new.db", size=size)


def test_wsjf_by_people(picture):
    async def steps(at):
        at.go(INBOX)
        await at.command("method wsjf")
        await at.press("f")

    assert picture(steps, size=(200, 50))


def test_the_golden_thread(picture):
    assert picture(keys("o"))


def test_a_filter_that_finds_nothing(picture):
    assert picture(keys("slash", *"zzz", on=""), size=(80, 24))


def test_a_command_with_a_problem(picture):
    async def steps(at):
        await at.command("set value:lots")

    assert picture(steps, size=(80, 24))


def test_matrix_in_the_colours_of_the_terminal(picture):
    assert picture(config=Config(theme="ansi-dark", tab="matrix"))


def test_help_80x24(picture):
    assert picture(keys("?"), size=(80, 24))


def test_conflict(picture, demo_file, clock):
    async def steps(at):
        item = at.go(INBOX)
        await at.press("E")

        def theirs():
            with Workspace(demo_file, clock, Actor("bo", "laptop")) as other:
                edit = FieldEdit("backlog_item", item.id, "title", INBOX, "Inbox for approvals [/]")
                other.do(EditFields((edit,)))

        await asyncio.to_thread(theirs)
        await at.press(*" of mine", "enter")

    assert picture(steps)


def test_filter_while_it_is_typed(picture):
    assert picture(keys("slash", *"tag:desk", on=""))


def test_title_in_its_row(picture):
    assert picture(keys("e", on="Weekly summary by e-mail"))


def test_title_with_a_problem(picture):
    assert picture(keys("e", "ctrl+u", "enter", on="Weekly summary by e-mail"), size=(80, 24))


def test_marks(picture):
    assert picture(keys("space", "space", "j", "space"))


def test_wide_titles(picture):
    async def steps(at):
        for title in ("日本語の題名 と 漢字", "family 👨‍👩‍👧‍👦 home", "한국어 제목 [/]", "e\u0301te\u0301 ✓ 👍🏽"):
            await at.command(f'add "{title}" value:9 effort:1 #wide')

    assert picture(steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("tab", ["1", "4", "5"], ids=["vision", "roadmap", "timeline"])
def test_a_tab(picture, tab, size):
    assert picture(keys(tab, *"jjjjj", on=""), size=size)


@pytest.mark.parametrize("tab", ["1", "4", "5"], ids=["vision", "roadmap", "timeline"])
def test_a_tab_light(picture, tab):
    assert picture(keys(tab, *"jjj", on=""), config=Config(theme="pmtui-light", tab="matrix"))


@pytest.mark.parametrize("tab", ["1", "4", "5"], ids=["vision", "roadmap", "timeline"])
def test_a_tab_ascii_44x20(picture, tab):
    assert picture(keys(tab, *"jjj", on=""), size=(44, 20), ascii_only=True)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_vision_board(picture, size):
    assert picture(keys("1", "c", on=""), size=size)


def test_the_roadmap_by_quarter(picture):
    assert picture(keys("4", "c", on=""))


def test_the_roadmap_by_month_200x50(picture):
    assert picture(keys("4", "c", "plus", on=""), size=(200, 50))


def test_a_promise_with_a_problem(picture):
    async def steps(at):
        await at.press("4", "P")
        await at.type("2026-04 because")
        await at.press("enter")

    assert picture(steps, size=(80, 24))


def test_the_timeline_by_day(picture):
    assert picture(keys("5", *"jjjjjj", "plus", "plus", "full_stop", on=""))


def test_the_critical_path(picture):
    assert picture(keys("5", "c", on=""))


def test_why_a_task_stands_there(picture):
    assert picture(keys("5", *"jjjjjjjjjj", "W", on=""), size=(80, 24))


def test_the_thread_from_a_task(picture):
    assert picture(keys("5", *"jjjjjjjjjj", "o", on=""))


def test_promote_an_item(picture):
    assert picture(keys("i"))


@pytest.mark.parametrize("tab", ["start", "vision", "roadmap", "timeline"])
def test_an_empty_tab(picture, tab, tmp_path, monkeypatch):
    # the folder of a test has another name each time
    monkeypatch.setattr("pmtui.ui.start.view.StartView.where", "This plan is kept in ~/plan.db")
    config = Config(tab="" if tab == "start" else tab)
    assert picture(size=(80, 24), path=tmp_path / "new.db", config=config)


def test_a_starter_roadmap(picture, tmp_path):
    assert picture(keys("S", on=""), size=(80, 24), path=tmp_path / "new.db", config=Config(tab="roadmap"))
