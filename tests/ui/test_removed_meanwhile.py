"""A question is open, and the thing it is about is taken back in another window: it is said, and the app lives on."""

from __future__ import annotations

import asyncio

import pytest

from pmtui.domain.commands import AddInitiative, AddItem, AddObjective, AddTask, EditFields, FieldEdit, LinkTasks
from pmtui.ui.question import Question
from pmtui.workspace import Actor, Workspace

GONE = "is no longer in the plan"
THEIRS = {
    "matrix": ("3", AddItem("theirs", "Theirs", {"value": 9.0, "effort": 1.0})),
    "roadmap": ("4", AddInitiative("theirs", "Theirs", {"horizon": "now", "lane": "Trust"})),
    "timeline": ("5", AddTask("theirs", "Theirs", "")),
    "vision": ("1", AddObjective("theirs", "Theirs")),
}


@pytest.fixture
def other(demo_file, clock):
    with Workspace(demo_file, clock, Actor("bo", "laptop")) as workspace:
        yield workspace


@pytest.fixture
def gone(sit, other):
    """Open a question on a thing that another window added, let that window take it back, then answer."""

    def run(tab, opening, answer, *, polled=True):
        digit, command = THEIRS[tab]
        if isinstance(command, AddTask):
            project = next(iter(other.plan.projects))
            command = AddTask(command.id, command.title, project)
        other.do(command)

        async def steps(at):
            await at.press(digit)
            view = at.app.current
            view.put_cursor("theirs")
            assert view.cursor == "theirs"
            await at.press(*opening)
            await asyncio.to_thread(other.undo)
            if polled:
                await at.poll()
            await at.press(*answer)
            assert at.app.is_running
            assert at.app.crash is None
            shown = " ".join(" ".join([*at.said, at.text()]).split())
            assert GONE in shown, shown
            await at.press("escape", "escape", "j", "k")
            assert view.cursor != "theirs"

        sit(steps, toasts=True)

    return run


@pytest.mark.parametrize(
    ("tab", "opening", "answer"),
    [
        ("matrix", ["@"], ["z", "enter"]),
        ("matrix", ["exclamation_mark"], ["down", "enter"]),
        ("matrix", ["comma"], ["5", "space", "2", "enter"]),
        ("matrix", ["X"], ["down", "enter"]),
        ("matrix", ["t"], ["z", "enter"]),
        ("matrix", ["b"], ["enter"]),
        ("matrix", ["i"], ["enter"]),
        ("matrix", ["A"], ["z", "enter"]),
        ("matrix", ["e"], ["z", "enter"]),
        ("matrix", ["E"], ["z", "enter"]),
        ("timeline", ["p"], ["4", "0", "enter"]),
        ("timeline", ["X"], ["down", "enter"]),
        ("timeline", ["b"], ["enter"]),
        ("timeline", ["@"], ["z", "enter"]),
        ("timeline", ["e"], ["z", "enter"]),
        ("roadmap", ["P"], ["2", "w", "space", "8", "0", "%", "enter"]),
        ("roadmap", ["X"], ["down", "enter"]),
        ("roadmap", ["@"], ["z", "enter"]),
        ("roadmap", ["e"], ["z", "enter"]),
        ("vision", ["X"], ["enter"]),
        ("vision", ["@"], ["z", "enter"]),
        ("vision", ["e"], ["z", "enter"]),
    ],
)
def test_an_answer_about_what_is_gone_is_refused_in_a_sentence(gone, tab, opening, answer):
    gone(tab, opening, answer)


@pytest.mark.parametrize(("tab", "key"), [("roadmap", "J"), ("roadmap", "L"), ("timeline", "L"), ("matrix", "K")])
def test_a_key_on_what_is_gone_is_refused_in_a_sentence(gone, tab, key):
    gone(tab, [], [key], polled=False)


def test_those_of_several_that_are_left_get_the_value(sit, other):
    other.do(AddItem("theirs", "Theirs", {"value": 9.0, "effort": 1.0}))

    async def steps(at):
        at.go("Approval inbox")
        await at.press("space")
        at.go("Theirs")
        await at.press("space", "@")
        await asyncio.to_thread(other.undo)
        await at.poll()
        await at.type("Zoe")
        await at.press("enter")
        assert at.item("Approval inbox").owner == "Zoe"
        assert not at.prompt.is_open

    sit(steps)


def test_all_of_several_that_are_gone_are_counted(sit, other):
    for name in ("one", "two"):
        other.do(AddItem(name, name, {"value": 9.0, "effort": 1.0}))

    async def steps(at):
        for name in ("one", "two"):
            at.go(name)
            await at.press("space")
        await at.press("exclamation_mark")
        await asyncio.to_thread(other.undo)
        await asyncio.to_thread(other.undo)
        await at.poll()
        await at.press("down", "enter")
        assert at.said[-1].startswith("These 2 items are no longer in the plan.")

    sit(steps)


def test_a_predecessor_that_is_gone_is_offered_no_more(sit, other):
    first = next(id_ for id_, task in other.plan.tasks.items() if not task.archived)
    other.do(AddTask("theirs", "Theirs", other.plan.tasks[first].project_id))
    other.do(LinkTasks("theirs", (first,)))

    async def steps(at):
        await at.press("5")
        at.app.current.put_cursor(first)
        await at.press("b")
        assert "theirs" in [choice.id for choice in at.app.screen.choices]
        await asyncio.to_thread(other.undo)
        await asyncio.to_thread(other.undo)
        await at.poll()
        await at.press("z", "backspace")
        assert at.app.screen.choices
        assert "theirs" not in [choice.id for choice in at.app.screen.choices]

    sit(steps)


def test_an_item_that_is_gone_is_not_put_into_a_card(sit, other):
    other.do(AddItem("theirs", "Theirs"))

    async def steps(at):
        await at.press("4", "b")
        await at.paste("Theirs")
        assert [choice.id for choice in at.app.screen.choices][0:1] == ["theirs"]
        await asyncio.to_thread(other.undo)
        await at.poll()
        await at.press("enter")
        assert at.said[-1].startswith("That backlog item is no longer in the plan.")

    sit(steps)


def test_an_error_that_nobody_foresaw_leaves_the_text_where_it_is(sit):
    async def broken(_text):
        raise ZeroDivisionError

    async def steps(at):
        at.app.ask(Question("try", broken))
        await at.paste("half an hour of thought")
        await at.press("enter")
        assert at.app.crash is None
        assert at.shows("Something went wrong (ZeroDivisionError)")
        assert at.prompt.input.value == "half an hour of thought"

    sit(steps)


@pytest.mark.parametrize(
    ("tab", "opening", "answer", "theirs", "kept"),
    [
        ("timeline", ("p",), "25", ("percent_complete", None, 0.9), 0.9),
        ("timeline", ("at",), "Ann", ("owner", "", "Kim"), "Kim"),
        ("matrix", ("at",), "Ann", ("owner", "", "Kim"), "Kim"),
        ("matrix", ("comma",), "3 3", ("value", 9.0, 8.0), 8.0),
    ],
)
def test_what_was_changed_meanwhile_is_not_overwritten_by_an_answer(sit, other, tab, opening, answer, theirs, kept):
    digit, command = THEIRS[tab]
    if isinstance(command, AddTask):
        command = AddTask(command.id, command.title, next(iter(other.plan.projects)))
    other.do(command)
    kind = "task" if tab == "timeline" else "backlog_item"

    async def steps(at):
        await at.press(digit)
        at.app.current.put_cursor("theirs")
        await at.press(*opening)
        edit = FieldEdit(kind, "theirs", *theirs)
        await asyncio.to_thread(other.do, EditFields((edit,)))
        await at.poll()
        await at.press("ctrl+u")
        await at.paste(answer)
        await at.press("enter")
        await at.settle()
        assert getattr(at.plan.of(kind)["theirs"], theirs[0]) == kept
        assert at.shows("changed in another window")

    sit(steps)
