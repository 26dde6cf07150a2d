"""Titles that are markup, terminal commands or wide: shown as what they are, on every screen."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from rich.cells import cell_len

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import AddItem, AddObjective, AddProduct, SaveView
from pmtui.domain.text import MAX_TITLE, REPLACEMENT, clean_line, clean_notes
from pmtui.ui.draw.line import cells
from pmtui.workspace import Actor, Workspace
from screens import DEMO_DAY

MARKUP = (
    "a [/] b",
    "[@click=app.quit]x[/]",
    "[a='1",
    "[b]bold[/b]",
    "[/b]",
    "[link=http://x]l[/link]",
    "tail\\",
    "\\[x]",
    "[b + c",
    "$t %s {x} {{y}}",
)
CONTROL = (
    "clip\x1b]52;c;aGk=\x07board",
    "win\x1b]0;title\x07dow",
    "red\x1b[31mcolour\x1b[0m",
    "c1\x9b31m\x85next",
    "nul\x00end",
    "bell\x07\x08back",
    "two\r\nlines\tand tab",
    "bidi\u202eevil\u2066x\u2069",
    "del\x7f",
)
WIDE = (
    "family 👨‍👩‍👧‍👦 home",
    "flag 🇩🇪 skin 👍🏽 key 1️⃣",
    "日本語の題名 と 漢字",
    "한국어 제목",
    "עברית וערבית العربية",
    "z" + "\u0301\u0302\u0303\u0304\u0305\u0306" * 4 + "algo e\u0301",
    "ไทย हिन्दी",
    "ﷺ ⭘ ｆｕｌｌ",
)
LONG = ("long " * 150, "漢" * 600, "x" * 700)
ALL = (*MARKUP, *CONTROL, *WIDE, *LONG)
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@pytest.fixture(scope="session")
def hostile_original(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    clock = fixed_clock(DEMO_DAY)
    with Workspace(path, clock, Actor("ann [/]", "desk")) as workspace:
        workspace.do(AddProduct("product", "[/] Product"))
        workspace.do(AddObjective("objective", "[@click=app.quit]O[/]"))
        for number, title in enumerate(ALL):
            tag = re.sub(r"\s", "", clean_line(title))[:30] or "t"
            fields = {
                "owner": clean_line(title, 60),
                "notes": clean_notes(f"{title}\n\n{title}"),
                "value": float(number % 11),
                "effort": float(number * 3 % 10 + 1),
                "objective_id": "objective",
                "parent_id": "item0" if number else None,
                "state": "declined" if number == 3 else "idea",
                "state_reason": clean_line(title) if number == 3 else "",
                "external_id": f"x:{clean_line(title, 40)}{number}",
            }
            workspace.do(AddItem(f"item{number}", title, fields, {tag: f"tag{number}"}))
            workspace.do(SaveView(f"view{number}", clean_line(title, 100), clean_line(title, 200)))
    return path


@pytest.fixture
def hostile_file(hostile_original, tmp_path):
    return Path(shutil.copy(hostile_original, tmp_path))


def strips(at):
    screens = [at.app.screen, *at.app._background_screens]
    return [strip for screen in screens for strip in screen._compositor.render_strips()]


def sound(at):
    """No raw control byte on any screen, and every line exactly as wide as the terminal."""
    width = at.app.size.width
    for strip in strips(at):
        assert not RAW.search(strip.text), repr(strip.text)
    for screen in (at.app.screen, *at.app._background_screens):
        for pane in screen.query("Surface"):
            for line in pane._lines if pane.size.area else ():
                assert sum(cell_len(text) for _, text in line) == pane.size.width, line
    assert all(cell_len(line) <= width for line in at.lines())


VERBS = ("e", "E", "o", "U", "b", "v", "t", "@", "X", "!", "'", "colon", "slash", "comma", "D", "?")
GROUPS = {"markup": MARKUP, "control": CONTROL, "wide": WIDE, "long": LONG}


async def leave(at):
    while len(at.app.screen_stack) > 1 or at.prompt.is_open:
        await at.press("escape")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (44, 20)])
def test_every_screen_stands_every_title(sit, hostile_file, size):
    async def steps(at):
        for key in ("f", "s", "F", "tab"):
            for item_id in at.matrix.arrangement.ids:
                at.matrix.put_cursor(item_id)
                sound(at)
            await at.press(key)
        at.matrix.put_cursor("item1")
        for key in VERBS:
            await at.press(key)
            sound(at)
            await leave(at)
        assert at.app.is_running

    sit(steps, path=hostile_file, size=size)


@pytest.mark.parametrize("group", GROUPS)
def test_titles_are_shown_literally_wherever_they_appear(sit, hostile_file, group):
    async def steps(at):
        at.matrix.choose(view="all", base="is:any")
        for title in GROUPS[group]:
            number = ALL.index(title)
            start = clean_line(title)[:11].rstrip()
            at.matrix.put_cursor(f"item{number}")
            await at.pilot.pause()
            assert start in at.text(), title
            for key in "EeoUd":
                await at.press(key)
                sound(at)
                assert start in at.text(), (key, title)
                await leave(at)
            at.app.say(title, problem=True)
            await at.settle()
            sound(at)
            assert at.app.screen.query("Toast")
            at.app.clear_notifications()
            await at.press("'")
            await at.paste(f"F-{number + 1}")
            assert start in at.text(), title
            sound(at)
            await leave(at)

    sit(steps, path=hostile_file, toasts=True)


def test_a_click_on_every_cell_of_a_title_runs_nothing(sit, hostile_file):
    title = "[@click=app.quit]x[/]"

    async def click_on_it(at):
        found = [(line.index(title[:9]), y) for y, line in enumerate(at.lines()) if title[:9] in line]
        assert found
        for x, y in [(x, y) for start, y in found for x in range(start, start + len(title), 4)]:
            await at.pilot.click(offset=(x, y))
            assert at.app.is_running
            assert not at.app._exit

    async def steps(at):
        at.matrix.choose(view="all", base="is:any")
        at.matrix.put_cursor(f"item{ALL.index(title)}")
        await at.settle()
        await click_on_it(at)
        await leave(at)
        for key in "EoU":
            at.matrix.put_cursor(f"item{ALL.index(title)}")
            await at.press(key)
            await click_on_it(at)
            await leave(at)
        at.app.say(title, problem=True)
        await at.settle()
        await at.pilot.click("Toast")
        assert at.app.is_running
        assert not at.app._exit

    sit(steps, path=hostile_file, toasts=True)


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_typed_or_pasted_is_cleaned_at_the_border(sit, group):
    async def steps(at):
        for text in GROUPS[group]:
            for key in "e@t":
                await at.press(key, "ctrl+u")
                await at.paste(text)
                sound(at)
                await at.press("enter", "escape")
                sound(at)
            here = at.here()
            assert not RAW.search(here.title + here.owner)
            assert here.title == clean_line(text)
            assert len(here.title) <= MAX_TITLE

    sit(steps)


def test_the_palette_and_its_search_stand_it(sit):
    async def steps(at):
        for text in (*MARKUP, *WIDE):
            await at.press("ctrl+p")
            await at.paste(text)
            await at.press("escape")
            assert at.app.is_running

    sit(steps)


def test_a_file_that_others_filled_with_raw_bytes_is_shown_without_them(sit, hostile_file):
    with sqlite3.connect(hostile_file) as raw:
        for number, title in enumerate(CONTROL):
            raw.execute("UPDATE backlog_item SET title = ?, owner = ? WHERE id = ?", (title, title, f"item{number}"))
    raw.close()

    async def steps(at):
        sound(at)
        assert REPLACEMENT in at.text()
        for number in range(len(CONTROL)):
            at.matrix.put_cursor(f"item{number}")
            for key in "Eeo@b":
                await at.press(key)
                sound(at)
                await leave(at)

    sit(steps, path=hostile_file)


class TestMuchText:
    """Fault 61."""

    def test_100_kb_into_a_title_is_cut_with_a_notice(self, sit):
        async def steps(at):
            await at.press("e", "ctrl+u")
            await at.paste("word " * 20_000)
            assert at.shows("Cut to")
            await at.press("enter")
            assert at.here().title.startswith("word word")
            assert len(at.here().title) <= MAX_TITLE

        sit(steps)

    def test_100_kb_into_a_title_of_the_form(self, sit):
        async def steps(at):
            await at.press("E", "ctrl+u")
            await at.paste("word " * 20_000)
            await at.press("enter")
            assert len(at.here().title) <= MAX_TITLE
            assert at.here().title.startswith("word word")

        sit(steps)

    def test_100_kb_into_notes_are_kept(self, sit):
        async def steps(at):
            text = "A line of notes.\n" * 6_000
            await at.press("E")
            at.app.screen.query_one("#field-notes").focus_input()
            await at.settle()
            await at.press("ctrl+a", "delete")
            await at.paste(text)
            await at.press("escape")
            assert at.here().notes.count("A line of notes.") == 6_000

        sit(steps)


def test_cells_of_a_line_are_as_many_as_it_is_wide():
    for text in (*WIDE, *MARKUP):
        shown = clean_line(text)
        assert len(cells((("", shown),))) == cell_len(shown)
