"""The table of keys, and everything that is derived from it."""

from __future__ import annotations

import itertools
import re

import pytest
from textual.keys import Keys

from pmtui.ui.app import PmtuiApp
from pmtui.ui.config import Config, load_config
from pmtui.ui.draw.line import plain
from pmtui.ui.finding import help_lines
from pmtui.ui.keys import NAMES, TABLE, TOGETHER, bindings, footer_keys, help_rows, key_name, key_named, keys_of
from pmtui.ui.matrix.view import MatrixView
from pmtui.ui.roadmap.view import RoadmapView
from pmtui.ui.start.view import StartView
from pmtui.ui.tabs import TABS
from pmtui.ui.timeline.view import TimelineView
from pmtui.ui.vision.view import VisionView

OWNERS = {
    "app": PmtuiApp,
    "start": StartView,
    "vision": VisionView,
    "matrix": MatrixView,
    "roadmap": RoadmapView,
    "timeline": TimelineView,
}
TAB_IDS = [tab.id for tab in TABS]
FORBIDDEN = {f"ctrl+{letter}" for letter in "imhjab"} | {"ctrl+enter", "ctrl+space"}
"""Terminals cannot tell some of these from other keys, and multiplexers take the rest for themselves."""


def names_of(key):
    return key.keys.split(",")


def test_ids_are_unique_and_say_where_they_hold():
    ids = [key.id for key in TABLE]

    assert len(ids) == len(set(ids))
    assert all(key.id.partition(".")[0] == key.where for key in TABLE)
    assert {key.where for key in TABLE} == set(OWNERS)


@pytest.mark.parametrize("where", [*TAB_IDS, "start"])
def test_no_key_is_bound_twice_in_a_tab_or_hides_one_that_holds_everywhere(where):
    names = [name for key in TABLE if key.where in (where, "app") for name in names_of(key)]

    twice = [name for name, group in itertools.groupby(sorted(names)) if len(list(group)) > 1]
    assert not twice


@pytest.mark.parametrize("key", TABLE, ids=lambda key: key.id)
def test_every_key_does_something_and_says_what(key):
    method = re.match(r"\w+", key.action)[0]

    assert callable(getattr(OWNERS[key.where], f"action_{method}"))
    assert key.help[0].isupper()
    assert not key.help.endswith(".")
    assert key.title
    assert not any(name in FORBIDDEN for name in names_of(key))


@pytest.mark.parametrize("key", TABLE, ids=lambda key: key.id)
def test_every_key_is_one_that_textual_knows(key):
    known = {str(name.value) for name in Keys}
    for name in names_of(key):
        plain_name = name.removeprefix("shift+")
        assert len(plain_name) == 1 or plain_name in known or plain_name in NAMES, name


def test_no_daily_verb_needs_a_modifier():
    verbs = [key for key in TABLE if key.where in TAB_IDS]

    assert not [key.id for key in verbs if names_of(key)[0].startswith(("ctrl+", "shift+", "alt+"))]


@pytest.mark.parametrize("where", TAB_IDS)
def test_the_line_of_keys_of_each_tab_begins_with_its_own(where):
    rows = footer_keys(where, {})

    assert len({title for _, title in rows}) == len(rows)
    assert rows[-1] == ("?", "help")
    assert rows[0][0] == "a"


SHARED = {"a", "e", "d", "o", "at", "slash", "y", "Y", "z", "n", "N", "space", "asterisk", "escape", "g", "G", "E", "c"}
"""Verbs that mean the same in every tab."""


@pytest.mark.parametrize("where", TAB_IDS)
def test_a_verb_has_the_same_letter_in_every_tab(where):
    there = {name for key in TABLE if key.where == where for name in names_of(key)}
    assert there >= SHARED


def test_places_in_the_line_of_keys_hold_each_thing_once_and_end_with_help():
    rows = footer_keys("matrix", {})

    assert len({title for _, title in rows}) == len(rows)
    assert rows[-1] == ("?", "help")
    assert ("HJKL", "nudge") in rows
    assert all(id_ in {key.id for key in TABLE} for ids, _ in TOGETHER.values() for id_ in ids)


def test_bindings_are_the_table():
    for where, owner in OWNERS.items():
        bound = {binding.id: (binding.key, binding.action) for binding in bindings(where)}
        assert bound == {key.id: (key.keys, key.action) for key in TABLE if key.where == where}
        own = {binding.id for binding in owner.BINDINGS if getattr(binding, "id", None)}
        assert own == set(bound)


def test_help_lists_every_key_with_its_sentence():
    for key in TABLE:
        where = key.where if key.where != "app" else "matrix"
        text = [plain(line) for line in help_lines(where, where, [], {})]
        line = next(line for line in text if key.help in line)
        assert all(key_name(name) in line for name in names_of(key))


def test_key_names_are_those_on_keyboards():
    shown = [key_name(name) for key in TABLE for name in names_of(key)]

    assert not [name for name in shown if "_" in name or len(name) > 6]
    assert key_name("ctrl+r") == "^R"
    assert key_name("question_mark") == "?"


@pytest.mark.parametrize("name", sorted({name for key in TABLE for name in names_of(key)}))
def test_the_name_of_a_key_leads_back_to_it(name):
    if not name.startswith("shift+"):
        assert key_named(key_name(name)).casefold() == name.casefold()


def test_remapped_keys_are_shown_instead_of_the_old_ones():
    keymap = {"matrix.filter": "r", "matrix.value_up": "plus"}

    rows = {title: key for key, title in footer_keys("matrix", keymap)}
    assert rows["filter"] == "r"
    assert rows["nudge"] == "HJ+L"
    assert any(row[0] == "r" for row in help_rows("matrix", keymap))
    by_id = {key.id: key for key in TABLE}
    assert list(keys_of(by_id["matrix.filter"], keymap)) == ["r"]


def test_a_remapped_key_works_and_is_shown(sit):
    config = Config(keys={"matrix.value_up": "plus", "matrix.filter": "r"})

    async def steps(at):
        item = at.go("Comment on a photo")
        await at.press("plus")
        assert at.item(item.title).value == item.value + 1
        await at.press("K")
        assert at.item(item.title).value == item.value + 1
        await at.press("r")
        assert at.prompt.is_open
        await at.press("escape")
        assert " r filter" in at.lines()[-1]
        assert "/ filter" not in at.lines()[-1]
        await at.press("question_mark")
        assert " +  " in next(line for line in at.lines() if "More value" in line)

    sit(steps, config=config)


def test_a_click_on_a_remapped_key_in_the_line_of_keys_works(sit):
    async def steps(at):
        column = at.lines()[-1].index("r filter")
        await at.pilot.click("#keys", offset=(column, 0))
        await at.settle()
        assert at.prompt.is_open
        assert at.prompt.question.label == "/"

    sit(steps, config=Config(keys={"matrix.filter": "r"}))


@pytest.mark.parametrize(
    ("title", "happened"),
    [
        ("add", lambda at: at.prompt.question.label == "add"),
        ("edit", lambda at: at.prompt.question.label == "title"),
        ("mark", lambda at: len(at.matrix.marks) == 1),
        ("score", lambda at: at.prompt.is_open),
        ("filter", lambda at: at.prompt.question.label == "/"),
        ("method", lambda at: at.matrix.choices.method == "RICE"),
        ("help", lambda at: "keys and rules" in at.text()),
    ],
)
def test_a_click_on_the_line_of_keys_presses_the_key(sit, title, happened):
    async def steps(at):
        line = at.lines()[-1]
        at_column = re.search(rf"\b{title} ", line + " ").start()
        await at.pilot.click("#keys", offset=(at_column, 0))
        await at.settle()
        assert happened(at)

    sit(steps)


def test_the_palette_offers_every_key_by_its_title(sit):
    async def steps(at):
        for tab in TABS:
            await at.press(str(tab.digit))
            offered = {(command.title, command.help) for command in at.app.get_system_commands(at.app.screen)}
            assert {(key.title, key.help) for key in TABLE if key.where in ("app", tab.id)} <= offered

    sit(steps)


def test_the_palette_runs_what_is_chosen(sit):
    async def steps(at):
        await at.press("ctrl+p")
        await at.paste("full screen")
        await at.pilot.pause(0.3)
        await at.press("down", "enter")
        await at.settle()
        assert at.matrix.full

    sit(steps)


class TestConfig:
    def written(self, tmp_path, text):
        path = tmp_path / "config.toml"
        path.write_text(text, "utf-8")
        return load_config(path)

    def test_none_is_fine(self, tmp_path):
        assert load_config(tmp_path / "none.toml") == Config()
        assert load_config(None) == Config()

    def test_settings_are_read(self, tmp_path):
        config = self.written(tmp_path, 'theme = "pmtui-light"\nascii = true\n[keys]\n"matrix.filter" = "r"\n')

        assert config == Config("pmtui-light", ascii=True, keys={"matrix.filter": "r"})

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("theme = \n", "cannot be read"),
            ("colour = 1\n", '"colour"'),
            ('[keys]\n"matrix.fly" = "f"\n', '"matrix.fly"'),
            ('[keys]\n"matrix.filter" = 7\n', '"matrix.filter"'),
            ('[keys]\n"matrix.filter" = "u"\n', "app.undo"),
            ('[keys]\n"matrix.filter" = "no_such_key"\n', "no_such_key"),
            ('keys = "r"\n', "keys"),
            ("theme = 3\n", "theme"),
        ],
    )
    def test_what_is_wrong_is_said_and_left_out(self, tmp_path, text, sentence):
        config = self.written(tmp_path, text)

        assert len(config.problems) == 1
        assert sentence in config.problems[0]
        assert not config.keys

    def test_keys_may_be_written_as_on_the_keyboard(self, tmp_path):
        config = self.written(tmp_path, '[keys]\n"matrix.value_up" = "+ , ^G"\n"matrix.filter" = "r"\n')

        assert config.keys == {"matrix.value_up": "plus,ctrl+g", "matrix.filter": "r"}
        assert not config.problems

    def test_two_things_may_change_places(self, tmp_path):
        config = self.written(tmp_path, '[keys]\n"matrix.sort" = "v"\n"matrix.views" = "s"\n')

        assert config.keys == {"matrix.sort": "v", "matrix.views": "s"}

    def test_the_app_says_the_problems_and_opens(self, sit):
        async def steps(at):
            assert at.said == ["[keys] has no [/]"]
            assert at.shows("Approval inbox")

        sit(steps, config=Config(problems=("[keys] has no [/]",)))

    def test_a_theme_that_is_none_is_the_usual_one(self, sit):
        async def steps(at):
            assert at.app.theme == "pmtui-dark"

        sit(steps, config=Config(theme="no such theme"))
