"""Lines that are typed mean the same wherever they are typed: tags, states, and the fields of a new thing."""

from __future__ import annotations

import asyncio
import sys

import pytest

INBOX = "Approval inbox"


async def field(at, name):
    box = at.app.screen.query_one(f"#field-{name}")
    box.focus_input()
    await at.settle()
    return box


async def in_the_form(at, text):
    await at.press("E")
    await field(at, "item-tags")
    await at.type(text)
    await at.press("enter", "escape")


async def with_its_key(at, text):
    await at.press("t")
    await at.paste(text)
    await at.press("enter")


async def behind_the_colon(at, text):
    await at.command(f"tag {text}")


class TestTags:
    @pytest.mark.parametrize("text", ["ops, ui", "#Ops;UI,"])
    @pytest.mark.parametrize("way", [in_the_form, with_its_key, behind_the_colon])
    def test_commas_and_blanks_stand_between_two_tags(self, sit, way, text):
        async def steps(at):
            at.go(INBOX)
            await way(at, text)
            assert {"ops", "ui"} <= set(at.tags(INBOX)) <= {"ops", "ui", "desk", "mobile"}

        sit(steps)

    @pytest.mark.parametrize("text", ["desk, mobile, new", "#Desk;MOBILE new"])
    def test_the_form_takes_off_only_what_is_not_there_any_more(self, sit, text):
        async def steps(at):
            at.go(INBOX)
            assert at.tags(INBOX) == ("desk", "mobile")
            await in_the_form(at, text)
            assert at.tags(INBOX) == ("desk", "mobile", "new")

        sit(steps)


class TestStates:
    @pytest.mark.parametrize(
        ("typed", "state", "reason"),
        [
            ("in progress", "in progress", ""),
            ("in-progress", "in progress", ""),
            ("prog", "candidate", ""),
            ("plan", "planned", ""),
            ("declined nobody asked", "declined", "nobody asked"),
            ("decl nobody asked", "declined", "nobody asked"),
            ("retired  its time is over", "retired", "its time is over"),
        ],
    )
    def test_as_many_words_as_mean_a_state_and_a_reason_behind_them(self, sit, typed, state, reason):
        async def steps(at):
            at.go(INBOX)
            await at.command(f"state {typed}")
            assert (at.item(INBOX).state, at.item(INBOX).state_reason) == (state, reason)

        sit(steps)

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("declinedly", "is no state"),
            ("ideally so", "is no state"),
            ("plannedly", "is no state"),
            ("launched last week", "A reason is kept with declined and retired only"),
        ],
    )
    def test_what_only_begins_with_a_state_is_none(self, sit, typed, sentence):
        async def steps(at):
            at.go(INBOX)
            before = at.plan.seq
            await at.command(f"state {typed}")
            assert sentence in " ".join(at.text().split())
            assert at.plan.seq == before
            assert at.prompt.is_open

        sit(steps)


class TestCompletion:
    @pytest.mark.parametrize(
        ("tab", "key", "typed", "line"),
        [
            ("3", "a", "New one val", "New one value:"),
            ("3", "A", "New one #secu", "New one #security"),
            ("4", "a", "New one hori", "New one horizon:"),
            ("4", "A", "New one eff", "New one effort:"),
            ("5", "a", "New one dur", "New one duration:"),
            ("5", "A", "New one dur", "New one duration:"),
            ("1", "a", "New one sta", "New one stage:"),
            ("1", "A", "New one amb", "New one ambition:"),
        ],
    )
    def test_the_line_of_a_new_thing_is_completed_in_every_tab(self, sit, tab, key, typed, line):
        async def steps(at):
            await at.press(tab)
            if tab == "5":
                await at.press("j")
            await at.press(key)
            await at.paste(typed)
            await at.press("tab")
            assert at.prompt.input.value == line

        sit(steps)

    def test_the_first_word_belongs_to_the_title(self, sit):
        async def steps(at):
            await at.press("a")
            await at.paste("val")
            await at.press("tab")
            assert at.prompt.input.value == "val"

        sit(steps)


class TestTheForm:
    async def kept(self, at):
        return [
            (draft.key.rpartition(":")[2], draft.text) for draft in await asyncio.to_thread(at.app.workspace.drafts)
        ]

    def test_a_draft_that_is_typed_and_taken_back_is_kept_no_more(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("E")
            await field(at, "title")
            await at.press("x")
            at.app.screen.keep_drafts()
            await at.settle()
            assert await self.kept(at) == [("title", "Approval inboxx")]
            await at.press("backspace")
            at.app.screen.keep_drafts()
            await at.settle()
            assert await self.kept(at) == []

        sit(steps)

    def test_a_draft_from_before_is_kept_no_more_once_the_text_is_as_stored(self, sit):
        async def steps(at):
            item = at.go(INBOX)
            await asyncio.to_thread(at.app.workspace.submit_draft(f"form:{item.id}:title", "Approval inboxx").result)
            await at.press("E")
            await field(at, "title")
            await at.press("backspace", "escape")
            assert len(at.app.screen_stack) == 1
            assert await self.kept(at) == []

        sit(steps)

    def test_what_the_editor_has_to_say_stands_below_the_notes(self, sit, monkeypatch):
        monkeypatch.setenv("VISUAL", '"half open')
        monkeypatch.setattr("pmtui.ui.app.PmtuiApp.suspend", lambda _app: _Nothing())

        async def steps(at):
            at.go(INBOX)
            notes = at.item(INBOX).notes
            await at.press("E", "ctrl+g")
            assert "A quotation mark is not closed in VISUAL or EDITOR" in " ".join(at.text().split())
            await at.press("escape")
            assert at.item(INBOX).notes == notes

        sit(steps)

    def test_what_the_editor_writes_is_stored(self, sit, monkeypatch, tmp_path):
        script = tmp_path / "editor.py"
        script.write_text("import sys, pathlib; pathlib.Path(sys.argv[1]).write_text('by the editor')", "utf-8")
        monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
        monkeypatch.setattr("pmtui.ui.app.PmtuiApp.suspend", lambda _app: _Nothing())

        async def steps(at):
            at.go(INBOX)
            await at.press("E", "ctrl+g")
            assert at.item(INBOX).notes == "by the editor"

        sit(steps)


class _Nothing:
    """In place of the suspended terminal, which a test has not."""

    def __enter__(self):
        return None

    def __exit__(self, *_error):
        return None
