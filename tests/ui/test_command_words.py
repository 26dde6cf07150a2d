"""Every word of the command line, as a person types it behind the colon."""

from __future__ import annotations

import json

import pytest

from pmtui.ui.command_line import WORDS, completions
from pmtui.ui.draw.arrangement import SORTS

INBOX = "Approval inbox"


DOES = {
    "add": ('add "New one" value:8 effort:2 #fresh', lambda at: at.item("New one").value == 8),
    "set": ("set value:3 effort:4 owner:zoe", lambda at: (at.item(INBOX).value, at.item(INBOX).owner) == (3, "zoe")),
    "score": ("score 1 9", lambda at: (at.item(INBOX).value, at.item(INBOX).effort) == (1, 9)),
    "tag": ("tag fresh -desk", lambda at: at.tags(INBOX) == ("fresh", "mobile")),
    "state": ("state planned", lambda at: at.item(INBOX).state == "planned"),
    "card": ("card Approvals lane:Trust", lambda at: at.app.current.here.title == "Approvals"),
    "task": (
        "task Write it down project:J-1 duration:3d",
        lambda at: at.plan.tasks[at.app.current.cursor].title == "Write it down",
    ),
    "project": ("project Autumn", lambda at: at.plan.projects[at.app.current.cursor].name == "Autumn"),
    "result": (
        "result Crews start:0 target:9 objective:O-1",
        lambda at: at.plan.key_results[at.app.current.cursor].target == 9,
    ),
    "after": ("after T-1", lambda at: at.shows("That is for a task, and a backlog item is under the cursor")),
    "unlink": ("unlink T-1", lambda at: at.shows("That is for a task, and a backlog item is under the cursor")),
    "needs": ("needs F-10", lambda at: "Export to a spreadsheet" in at.needs(INBOX)),
    "free": ("free F-13", lambda at: at.needs(INBOX) == []),
    "product": ("product Second", lambda at: "Second" in [p.name for p in at.plan.products.values()]),
    "objective": ("objective Calm", lambda at: "Calm" in [o.title for o in at.plan.objectives.values()]),
    "filter": ("filter tag:maps", lambda at: at.matrix.choices.filter == "tag:maps"),
    "sort": ("sort newest", lambda at: at.matrix.choices.sort == "newest"),
    "method": ("method rice", lambda at: at.matrix.choices.method == "RICE"),
    "view": ("view Mine", lambda at: [view.name for view in at.plan.views.values()] == ["Mine"]),
    "forget": ("forget nothing", lambda at: at.shows('There is no saved view "nothing"')),
    "go": ("go F-29", lambda at: at.here().key == "F-29"),
    "import": ("import", lambda at: at.shows("Type the name of a file")),
    "export": ("export", lambda at: at.shows("Type the name of the file")),
    "backup": ("backup", lambda at: at.said[-1].startswith("A verified backup is at ")),
    "theme": ("theme pmtui-light", lambda at: at.app.theme == "pmtui-light"),
    "undo": ("undo", lambda at: len(at.said) == 1),
    "redo": ("redo", lambda at: "nothing" in at.said[0].casefold()),
    "help": ("help", lambda at: at.shows("keys and rules")),
    "quit": ("quit", lambda at: at.app._exit),
}


def test_every_word_is_tried():
    assert DOES.keys() == {word.name for word in WORDS}


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.name)
def test_a_word_does_what_it_says(sit, word):
    typed, done = DOES[word.name]

    async def steps(at):
        at.go(INBOX)
        await at.command(typed)
        assert done(at), (at.said, at.text())

    sit(steps)


@pytest.mark.parametrize("word", [word for word in WORDS if word.usage != word.name], ids=lambda word: word.name)
def test_a_word_without_what_belongs_behind_it_harms_nothing(sit, word):

    async def steps(at):
        at.go(INBOX)
        before = at.plan
        await at.command(word.name)
        assert at.plan.seq == before.seq

    sit(steps)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.name)
def test_its_usage_begins_with_it_and_its_help_says_something(word):
    assert word.usage.split()[0] == word.name
    assert word.help


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("fly", 'There is no command "fly"'),
        ("s", "score"),
        ("set value:lots", "lots"),
        ("set nothing", "nothing"),
        ("score 1 2 3", "Type up to 2 numbers"),
        ("state flying", "is no state"),
        ("state declined", "reason"),
        ("needs F-999", 'There is no backlog item "F-999"'),
        ("needs F-9", "F-9"),
        ("go T-999", 'There is nothing with the key "T-999"'),
        ("sort sideways", "Sort by one of"),
        ("method guess", "A method is one of"),
        ("theme plaid", "A theme is one of"),
        ("import no-such-file.csv", "no-such-file.csv"),
        ('import "open', "quotation mark"),
        ("export /no/such/folder/plan.json", "there is no folder"),
        ("product", "title"),
        ("task", "title"),
        ("card x promise:2w", "a promise is made with P"),
        ("add", "title"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_text_stays(sit, typed, sentence):
    async def steps(at):
        at.go(INBOX)
        before = at.plan
        await at.command(typed)
        shown = " ".join(at.text().split())
        assert sentence.casefold() in shown.casefold()
        assert at.prompt.is_open
        assert at.prompt.input.value == typed
        assert at.plan.seq == before.seq

    sit(steps)


def test_the_beginning_of_a_word_is_enough_where_only_one_begins_so(sit):
    async def steps(at):
        await at.command("me wsjf")
        assert at.matrix.choices.method == "WSJF"
        await at.command(":go F-29")
        assert at.here().key == "F-29"
        await at.command("")
        assert not at.prompt.is_open

    sit(steps)


def test_words_on_items_without_an_item_say_what_to_do(sit, tmp_path):
    async def steps(at):
        for typed in ("set value:3", "score 1 2", "tag ui", "state idea", "needs F-1", "free F-1"):
            await at.command(typed)
            assert at.shows("There is nothing under the cursor"), typed
            await at.press("escape")

    sit(steps, path=tmp_path / "new.db")


def test_reasons_stay_with_the_state(sit):
    async def steps(at):
        at.go(INBOX)
        await at.command("state declined nobody asked")
        assert (at.item(INBOX).state, at.item(INBOX).state_reason) == ("declined", "nobody asked")

    sit(steps)


def test_a_file_comes_in_as_one_step_with_a_report(sit, tmp_path):
    file = tmp_path / "more items.csv"
    file.write_text("id,title,value,effort\nA-1,[/] From a file,7,3\nA-2,Second,,\n", "utf-8")

    async def steps(at):
        before = at.plan
        await at.command(f"import '{file}'")
        assert at.shows("import of more items.csv")
        assert at.plan.seq == before.seq + 1
        assert at.item("[/] From a file").value == 7
        assert len(at.app.workspace.backups()) >= 1
        await at.press("escape", "u")
        assert at.plan.backlog_items == before.backlog_items

    sit(steps)


@pytest.mark.parametrize("name", ["plan.json", "backlog.csv"])
def test_the_plan_goes_out(sit, tmp_path, name):
    file = tmp_path / name

    async def steps(at):
        await at.command(f"export {file}")
        assert at.said[-1] == f"Written to {file}."
        text = file.read_text("utf-8")
        assert "Approval inbox" in text
        if name.endswith(".json"):
            assert json.loads(text)["format"] == "pmtui"

    sit(steps)


def test_completions(sit, tmp_path):
    (tmp_path / "one.csv").write_text("")
    (tmp_path / "folder").mkdir()
    (tmp_path / ".hidden").write_text("")

    async def steps(at):
        def offered(typed):
            return completions(at.app, typed)

        assert offered("imp") == ["import "]
        assert offered("und") == ["undo"]
        assert set(offered("s")) == {"set ", "score ", "state ", "sort "}
        assert offered("sort ") == [f"sort {name}" for name in SORTS]
        assert offered("method W") == ["method WSJF"]
        assert offered("tag ui sec") == ["tag ui security"]
        assert offered("theme pmtui-l") == ["theme pmtui-light"]
        assert f"import {tmp_path}/folder/" in offered(f"import {tmp_path}/")
        assert not [line for line in offered(f"import {tmp_path}/") if "hidden" in line]
        assert offered(f"export {tmp_path}/o") == [f"export {tmp_path}/one.csv"]
        assert offered("import /no/such/folder/") == []
        assert offered("quit now") == []
        assert all(line.startswith("add X pri") for line in offered("add X pri"))

    sit(steps)


def test_tab_takes_the_completion(sit):
    async def steps(at):
        await at.press("colon", *"met", "tab", *"W", "tab", "enter")
        assert at.matrix.choices.method == "WSJF"

    sit(steps)


def test_escape_leaves_and_drops_the_draft(sit):
    async def steps(at):
        await at.press("colon", *"add half")
        at.prompt.keep_draft()
        await at.settle()
        await at.press("escape")
        assert not at.prompt.is_open
        assert at.app.workspace.drafts() == []

    sit(steps)
