"""Two windows on one plan: what the other one does is seen, and nothing that is typed is lost."""

from __future__ import annotations

import asyncio

import pytest

from pmtui.domain.commands import AddItem, Archive, EditFields, FieldEdit, TagItems
from pmtui.domain.plan import tags_of
from pmtui.workspace import Actor, Workspace

INBOX = "Approval inbox"


@pytest.fixture
def other(demo_file, clock):
    with Workspace(demo_file, clock, Actor("bo", "laptop")) as workspace:
        yield workspace


def edit(workspace, item_id, field, value):
    seen = getattr(workspace.plan.backlog_items[item_id], field)
    return EditFields((FieldEdit("backlog_item", item_id, field, seen, value),))


async def they(other, command):
    """The other window does it."""
    await asyncio.to_thread(other.poll)
    await asyncio.to_thread(other.do, command)


async def title_box(at):
    box = at.app.screen.query_one("#field-title")
    box.focus_input()
    await at.settle()
    return box


class TestSeeing:
    def test_their_edit_comes_without_a_key(self, sit, other):
        async def steps(at):
            item = at.item(INBOX)
            await they(other, edit(other, item.id, "title", "Inbox of theirs"))
            await at.poll()
            assert at.shows("Inbox of theirs")

        sit(steps)

    def test_within_two_seconds_by_itself(self, sit, other):
        async def steps(at):
            await they(other, AddItem("theirs", "A new one of theirs", {"value": 9.0, "effort": 1.0}))
            for _ in range(40):
                await asyncio.sleep(0.05)
                if at.shows("A new one of theirs"):
                    break
            assert at.shows("A new one of theirs")

        sit(steps)

    def test_cursor_filter_and_marks_stay(self, sit, other):
        async def steps(at):
            await at.command("filter tag:desk")
            at.go(INBOX)
            await at.press("space")
            at.go("Charts from form answers")
            marks, cursor = set(at.matrix.marks), at.matrix.cursor
            await they(other, AddItem("theirs", "Theirs", {"value": 10.0, "effort": 1.0}, {"desk": "x"}))
            await they(other, edit(other, at.item("Comment on a photo").id, "value", 9.0))
            await at.poll()
            assert at.matrix.cursor == cursor
            assert at.matrix.marks == marks
            assert at.matrix.choices.filter == "tag:desk"
            assert at.shows("Theirs")

        sit(steps)

    def test_the_item_under_the_cursor_goes_and_the_row_stays(self, sit, other):
        async def steps(at):
            at.go(INBOX)
            row = at.matrix.arrangement.index[at.matrix.cursor]
            await they(other, Archive("backlog_item", (at.matrix.cursor,)))
            await at.poll()
            assert at.matrix.arrangement.index[at.matrix.cursor] == row
            assert not at.here().archived

        sit(steps)

    def test_marks_on_what_they_archive_do_not_lead_a_verb_astray(self, sit, other):
        async def steps(at):
            item = at.go(INBOX)
            await at.press("space")
            await they(other, Archive("backlog_item", (item.id,)))
            await at.poll()
            await at.press("t")
            await at.paste("mine")
            await at.press("enter", "escape")
            assert "desk" in tags_of(at.plan)[item.id]

        sit(steps)

    def test_half_a_title_stays_in_its_row(self, sit, other):
        async def steps(at):
            at.go(INBOX)
            await at.press("e", *" and mo")
            await they(other, AddItem("theirs", "Theirs", {"value": 10.0, "effort": 1.0}))
            await at.poll()
            assert at.prompt.input.value == "Approval inbox and mo"
            assert at.prompt.input.has_focus
            assert at.shows("Theirs")
            row = next(y for y, line in enumerate(at.lines()) if "F-9  " in line)
            assert at.prompt.input.region.y == row
            await at.press(*"re", "enter")
            assert at.item("Approval inbox and more").key == "F-9"

        sit(steps)

    def test_half_a_field_of_the_form_stays(self, sit, other):
        async def steps(at):
            item = at.go(INBOX)
            await at.press("E")
            box = await title_box(at)
            await at.press(*" and mo")
            await they(other, edit(other, item.id, "value", 3.0))
            await at.poll()
            assert box.text == "Approval inbox and mo"
            assert at.app.focused.has_focus
            await at.press(*"re", "enter")
            assert at.item("Approval inbox and more").value == 3

        sit(steps)

    def test_nudges_of_both_count(self, sit, other):
        async def steps(at):
            item = at.go("Comment on a photo")
            await they(other, edit(other, item.id, "value", 6.0))
            await at.press("K")
            assert at.item(item.title).value == 7

        sit(steps)


class TestTheSameField:
    @pytest.fixture
    def meeting(self, sit, other):
        """Both have edited the title; ours is in the form, and what *way* types is next."""

        def run(way, check):
            async def steps(at):
                item = at.go(INBOX)
                await way(at)
                await they(other, edit(other, item.id, "title", "Theirs [/]"))
                await at.poll()
                await at.press(*" of mine", "enter")
                assert type(at.app.screen).__name__ == "ConflictDialog"
                assert at.shows("Theirs [/]")
                await check(at)

            sit(steps)

        return run

    async def form(self, at):
        await at.press("E")
        await title_box(at)

    async def row(self, at):
        await at.press("e")

    def test_another_field_of_theirs_is_shown_before_ours_can_hide_it(self, sit, other):
        async def steps(at):
            item = at.go(INBOX)
            await self.form(at)
            await they(other, edit(other, item.id, "owner", "Their owner"))
            await at.press(*" of mine", "enter")
            assert at.app.screen.query_one("#field-owner").text == "Their owner"

        sit(steps)

    def test_a_tag_of_theirs_survives_tags_of_ours(self, sit, other):
        async def steps(at):
            item = at.go(INBOX)
            await at.press("E")
            await they(other, TagItems((item.id,), {"theirs": "t"}))
            await at.poll()
            at.app.screen.query_one("#field-item-tags").focus_input()
            await at.settle()
            await at.press(*" mine", "enter")
            assert set(at.tags(INBOX)) == {"desk", "mobile", "mine", "theirs"}

        sit(steps)

    @pytest.mark.parametrize("way", ["form", "row"])
    def test_mine(self, meeting, way):
        async def check(at):
            await at.press("m")
            assert at.item("Approval inbox of mine").key == "F-9"

        meeting(getattr(self, way), check)

    @pytest.mark.parametrize("way", ["form", "row"])
    def test_theirs(self, meeting, way):
        async def check(at):
            await at.press("t")
            assert at.item("Theirs [/]").key == "F-9"
            await at.press("escape")
            assert len(at.app.screen_stack) == 1
            assert at.item("Theirs [/]").key == "F-9"

        meeting(getattr(self, way), check)

    def test_theirs_is_what_the_form_shows_then(self, meeting):
        async def check(at):
            await at.press("t")
            assert at.app.screen.query_one("#field-title").text == "Theirs [/]"

        meeting(self.form, check)

    @pytest.mark.parametrize("way", ["form", "row"])
    def test_back_goes_on_with_what_is_typed(self, meeting, way):
        async def check(at):
            await at.press("escape")
            assert at.item("Theirs [/]").key == "F-9"
            assert at.app.focused.value == "Approval inbox of mine"
            assert at.app.focused.has_focus

        meeting(getattr(self, way), check)

    def test_mine_can_be_taken_back(self, meeting):
        async def check(at):
            await at.press("m")
            await at.press("escape", "u")
            assert at.item("Theirs [/]").key == "F-9"

        meeting(self.form, check)


class TestWhatTheyTookAway:
    def test_an_item_that_is_archived_while_its_title_is_typed(self, sit, other):
        async def steps(at):
            item = at.go(INBOX)
            await at.press("e", *" mine")
            await they(other, Archive("backlog_item", (item.id,)))
            await at.poll()
            assert at.prompt.input.value == "Approval inbox mine"
            await at.press("enter")
            assert not at.prompt.is_open
            renamed = at.plan.backlog_items[item.id]
            assert (renamed.title, renamed.archived) == ("Approval inbox mine", True)

        sit(steps)

    @pytest.mark.parametrize("way", ["row", "form"])
    def test_an_item_that_is_undone_while_its_title_is_typed(self, sit, other, way):
        async def steps(at):
            await they(other, AddItem("theirs", "Theirs", {"value": 9.0, "effort": 1.0}))
            await at.poll()
            at.go("Theirs")
            await at.press("e" if way == "row" else "E")
            await at.press(*" mine")
            await asyncio.to_thread(other.undo)
            await at.poll()
            await at.press("enter")
            assert "theirs" not in at.plan.backlog_items
            assert at.app.focused.value == "Theirs mine"
            assert at.shows("That backlog item is no longer in the plan.")
            drafts = await asyncio.to_thread(at.app.workspace.drafts)
            assert [draft.text for draft in drafts] == ["Theirs mine"]
            await at.press("escape")
            await at.press("escape")
            assert len(at.app.screen_stack) == 1

        sit(steps)

    @pytest.mark.parametrize(
        ("keys", "asked"),
        [
            (("K",), False),
            (("x",), False),
            (("d",), False),
            (("comma", "1", "enter"), True),
            (("@", "z", "enter"), True),
        ],
    )
    def test_verbs_on_an_item_that_is_gone_say_so(self, sit, other, keys, asked):
        async def steps(at):
            await they(other, AddItem("theirs", "Theirs", {"value": 9.0, "effort": 1.0}))
            await at.poll()
            at.go("Theirs")
            await asyncio.to_thread(other.undo)
            await at.press(*keys)
            sentence = "That backlog item is no longer in the plan. Another window may have removed it."
            assert at.said == ([] if asked else [sentence])
            assert at.shows(sentence) is asked
            await at.press("escape")
            assert "theirs" not in at.plan.backlog_items
            assert at.matrix.cursor in at.plan.backlog_items

        sit(steps)

    def test_the_screen_keeps_its_plan_until_it_is_told_of_the_next(self, sit, other):
        async def steps(at):
            await they(other, AddItem("theirs", "Theirs", {"value": 9.0, "effort": 1.0}))
            await at.poll()
            at.go("Theirs")
            await asyncio.to_thread(other.undo)
            # the workspace takes the step in on a thread of its own before the views hear of it
            await asyncio.to_thread(at.app.workspace.poll)
            at.matrix.step(1)
            at.matrix.step(-1)
            assert at.here().title == "Theirs"

        sit(steps)

    def test_their_undo_of_a_step_of_ours_is_not_theirs_to_make(self, sit, other):
        async def steps(at):
            at.go(INBOX)
            await at.press("K")
            await asyncio.to_thread(other.poll)
            await they(other, TagItems((at.matrix.cursor,), {"theirs": "t"}))
            await asyncio.to_thread(other.undo)
            await at.poll()
            assert at.item(INBOX).value == 9
            assert "theirs" not in at.tags(INBOX)

        sit(steps)

    def test_undo_is_refused_where_they_changed_the_same_field(self, sit, other):
        async def steps(at):
            item = at.go(INBOX)
            await at.press("K")
            await they(other, edit(other, item.id, "value", 2.0))
            await at.poll()
            await at.press("u")
            assert at.item(INBOX).value == 2
            assert "bo" in at.said[-1]

        sit(steps)
