"""Keys of the Matrix that add, edit and score."""

from __future__ import annotations

import asyncio

import pytest

INBOX = "Approval inbox"
SHOW = "Show what has not been sent yet"
EXPORT = "Export to a spreadsheet"


class TestAdding:
    def test_one_after_the_other_beside_the_item(self, sit):
        async def steps(at):
            parent = at.go(INBOX).parent_id
            await at.press("a", *"First", "space", *"#ui", "enter", *"Second", "enter", "escape")
            assert {at.item("First").parent_id, at.item("Second").parent_id} == {parent}
            assert at.tags("First") == ("ui",)
            assert at.here().title == "Second"
            assert not at.prompt.is_open

        sit(steps)

    def test_an_empty_line_ends_it(self, sit):
        async def steps(at):
            await at.press("a", *"Only", "enter", "enter")
            assert not at.prompt.is_open
            assert len(at.plan.backlog_items) == 61

        sit(steps)

    def test_a_part(self, sit):
        async def steps(at):
            parent = at.go(INBOX)
            await at.press("A", *"Part", "enter", "escape")
            assert at.item("Part").parent_id == parent.id

        sit(steps)

    def test_a_field_that_is_wrong_keeps_the_text(self, sit):
        async def steps(at):
            await at.press("insert")
            await at.paste("Fine value:lots")
            await at.press("enter")
            assert at.prompt.input.value == "Fine value:lots"
            assert at.shows("lots")
            assert len(at.plan.backlog_items) == 60
            await at.type("Fine value:7")
            await at.press("enter")
            assert at.item("Fine").value == 7

        sit(steps)

    def test_into_an_empty_plan(self, sit, tmp_path):
        async def steps(at):
            assert at.shows("Nothing in the backlog yet.")
            await at.press("a", *"First", "enter", "escape")
            assert at.here().title == "First"
            await at.press("A", *"Part", "enter", "escape")
            assert at.item("Part").parent_id == at.item("First").id

        sit(steps, path=tmp_path / "new.db")


class TestEditingTheTitle:
    def test_enter_accepts(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("e", *" of all", "enter")
            assert at.item("Approval inbox of all").key == "F-9"
            assert not at.prompt.is_open

        sit(steps)

    def test_escape_keeps_the_old_one(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("f2", *" of all", "escape")
            assert at.item(INBOX)
            assert not at.prompt.is_open
            assert not await asyncio.to_thread(at.app.workspace.drafts)

        sit(steps)

    def test_it_happens_in_the_row(self, sit):
        async def steps(at):
            at.go(INBOX)
            row = next(y for y, line in enumerate(at.lines()) if "F-9  " in line)
            await at.press("e")
            assert at.prompt.input.region.y == row
            assert at.lines()[row].index(INBOX) == at.prompt.input.region.x

        sit(steps)

    def test_a_title_needs_a_word(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("e", "ctrl+u", "enter")
            assert at.item(INBOX)
            assert at.prompt.is_open
            assert at.prompt.has_class("-problem")

        sit(steps)

    def test_the_problem_is_seen_whole_where_the_row_is_the_last_one(self, sit):
        async def steps(at):
            await at.press("G", "e", "ctrl+u", "enter")
            assert at.prompt.has_class("-problem")
            words = str(at.prompt.query_one("#problem").content).split()
            assert at.shows(" ".join(words[:3]))

        sit(steps, size=(80, 24))


class TestTheForm:
    async def field(self, at, name):
        box = at.app.screen.query_one(f"#field-{name}")
        box.focus_input()
        await at.settle()
        return box

    def test_a_field_that_is_left_is_stored(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("E")
            await self.field(at, "value")
            await at.type("3")
            await at.press("tab")
            assert at.item(INBOX).value == 3
            assert at.app.focused.query_ancestor("FieldBox").spec.name == "effort"
            await at.type("9")
            await at.press("enter")
            assert at.item(INBOX).effort == 9
            await at.press("escape")
            assert len(at.app.screen_stack) == 1

        sit(steps)

    def test_escape_stores_the_field_too(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("E")
            await self.field(at, "owner")
            await at.type("Bo")
            await at.press("escape")
            assert at.item(INBOX).owner == "Bo"

        sit(steps)

    @pytest.mark.parametrize(
        ("name", "typed", "word"),
        [
            ("value", "lots", "lots"),
            ("value", "11", "11"),
            ("confidence", "150%", "150"),
            ("created-on", "2026-02-30", "2026-02-30"),
            ("state", "flying", "flying"),
            ("title", "", "title"),
            ("parent-id", "F-999", "F-999"),
            ("item-needs", "F-999", "F-999"),
        ],
    )
    def test_a_wrong_value_stays_with_its_sentence(self, sit, name, typed, word):
        async def steps(at):
            before = at.go(INBOX)
            await at.press("E")
            box = await self.field(at, name)
            await at.type(typed)
            await at.press("enter")
            assert box.text == typed
            assert box.has_class("-problem")
            assert word.casefold() in at.text().casefold()
            assert at.item(INBOX) == before

        sit(steps)

    def test_a_wrong_value_survives_the_form_and_comes_back(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("E")
            await self.field(at, "value")
            await at.type("lots")
            await at.press("escape")
            await at.press("escape")
            assert len(at.app.screen_stack) == 1
            await at.press("D")
            assert at.shows("F-9 value")
            await at.press("enter")
            assert at.app.focused.value == "lots"

        sit(steps)

    def test_notes(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("E")
            box = await self.field(at, "notes")
            box.text = "First line\n\n[/] second"
            await at.press("escape")
            assert at.item(INBOX).notes == "First line\n\n[/] second"

        sit(steps)

    def test_tags_and_needs(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("E")
            await self.field(at, "item-tags")
            await at.type("desk new")
            await at.press("enter")
            assert at.tags(INBOX) == ("desk", "new")
            await self.field(at, "item-needs")
            await at.type("F-10 F-5")
            await at.press("enter")
            assert set(at.needs(INBOX)) == {EXPORT, SHOW}

        sit(steps)

    def test_a_parent_that_is_its_own_part_is_refused_in_words(self, sit):
        async def steps(at):
            at.go("From notes to decisions")
            await at.press("E")
            box = await self.field(at, "parent-id")
            await at.type("F-9")
            await at.press("enter")
            assert box.has_class("-problem")
            assert at.item("From notes to decisions").parent_id is None
            assert "F-9" in str(box.query_one(".note").content)

        sit(steps)

    def test_declined_asks_for_the_reason_first(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("E")
            await self.field(at, "state")
            await at.type("declined")
            await at.press("enter")
            assert at.shows("Say why")
            await self.field(at, "state-reason")
            await at.type("nobody asked")
            await at.press("enter")
            await self.field(at, "state")
            await at.press("enter")
            assert (at.item(INBOX).state, at.item(INBOX).state_reason) == ("declined", "nobody asked")

        sit(steps)

    def test_every_field_can_be_reached_with_tab_at_80_by_24(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("E")
            seen = []
            for _ in range(30):
                box = at.app.focused.query_ancestor("FieldBox")
                seen.append(box.spec.name)
                assert at.shows(box.spec.title)
                assert at.app.screen.region.contains_region(box.query_one("Input, TextArea").region)
                if box.spec.name == "notes":
                    break
                await at.pilot.press("tab")
            assert len(set(seen)) == 24

        sit(steps, size=(80, 24))


class TestNudging:
    @pytest.mark.parametrize(
        ("method", "up", "across"),
        [
            ("value/effort", "value", "effort"),
            ("RICE", "impact", "person_months"),
            ("WSJF", "business_value", "job_size"),
        ],
    )
    @pytest.mark.parametrize(
        ("keys", "axis", "sign"),
        [
            ("K shift+up", "up", 1),
            ("J shift+down", "up", -1),
            ("L shift+right", "across", 1),
            ("H shift+left", "across", -1),
        ],
    )
    def test_the_axes_of_the_method(self, sit, method, up, across, keys, axis, sign):
        name = up if axis == "up" else across

        async def steps(at):
            at.matrix.choose(method=method)
            title = "Link a quote to a finding"
            before = at.go(title)
            for key in keys.split():
                await at.press(key)
                assert (getattr(at.item(title), name) - getattr(before, name)) * sign > 0
                assert at.here().title == title
                await at.press("u")
                assert at.item(title) == before

        sit(steps)

    def test_confidence(self, sit):
        async def steps(at):
            title = "Link a quote to a finding"
            before = at.go(title).confidence
            await at.press("}")
            assert at.item(title).confidence > before
            await at.press("{", "{")
            assert at.item(title).confidence < before

        sit(steps)

    def test_an_item_without_scores_starts_in_the_middle(self, sit):
        async def steps(at):
            at.go("Dark mode")
            await at.press("K", "L")
            assert (at.item("Dark mode").value, at.item("Dark mode").effort) == (5, 5)
            assert at.item("Dark mode").id in at.matrix.plane_pane.prepare().place

        sit(steps)

    def test_the_end_of_the_scale_holds(self, sit):
        async def steps(at):
            at.go("Sound becomes text")
            await at.press("K")
            assert at.item("Sound becomes text").value == 10

        sit(steps)


class TestScoring:
    def test_numbers_item_after_item(self, sit):
        async def steps(at):
            at.go("Dark mode")
            await at.press("comma", *"3", "space", *"4", "enter")
            assert (at.item("Dark mode").value, at.item("Dark mode").effort) == (3, 4)
            assert at.prompt.is_open
            assert at.here().title != "Dark mode"
            await at.press("escape")
            assert not at.prompt.is_open

        sit(steps)

    def test_too_many_numbers_are_refused_in_words(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("comma", *"1", "space", *"2", "space", *"3", "enter")
            assert at.shows("Type up to 2 numbers")
            assert at.item(INBOX).value == 8

        sit(steps)
