"""Keys of the Matrix that act on the item under the cursor or on all that are marked, and the way back."""

from __future__ import annotations

import base64

import pytest

INBOX = "Approval inbox"
EXPORT = "Export to a spreadsheet"
COMMENT = "Comment on a photo"


def order(at):
    return [at.plan.backlog_items[id_].title for id_ in at.matrix.arrangement.ids]


class TestStates:
    def test_the_next_one(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("x")
            assert at.item(INBOX).state == "planned"

        sit(steps)

    def test_one_of_all(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("X", *"prog", "enter")
            assert at.item(INBOX).state == "in progress"

        sit(steps)

    def test_declined_asks_for_the_reason(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("X", *"decl", "enter")
            assert at.prompt.question.label == "declined because"
            await at.press("enter")
            assert at.item(INBOX).state == "candidate"
            assert at.prompt.has_class("-problem")
            await at.paste("nobody asked")
            await at.press("enter")
            assert (at.item(INBOX).state, at.item(INBOX).state_reason) == ("declined", "nobody asked")

        sit(steps)

    def test_giving_up_the_reason_changes_nothing(self, sit):
        async def steps(at):
            before = at.go(INBOX)
            await at.press("X", *"decl", "enter", "escape")
            assert at.item(INBOX) == before

        sit(steps)


class TestMarks:
    def test_space_marks_and_goes_on(self, sit):
        async def steps(at):
            first, second = order(at)[:2]
            await at.press("space", "space", "k", "space")
            assert {at.plan.backlog_items[id_].title for id_ in at.matrix.marks} == {first}
            assert at.shows("1 marked")
            assert second in at.text()

        sit(steps)

    def test_all_and_none(self, sit):
        async def steps(at):
            await at.press("*")
            assert at.matrix.marks == set(at.matrix.arrangement.ids)
            await at.press("*")
            assert not at.matrix.marks

        sit(steps)

    @pytest.mark.parametrize(
        ("keys", "changed"),
        [
            (("K",), lambda item: item.value),
            (("x",), lambda item: item.state),
            (("X", *"plan", "enter"), lambda item: item.state),
            (("@", *"Zoe", "enter"), lambda item: item.owner),
            (("!", *"crit", "enter"), lambda item: item.priority),
            (("d",), lambda item: item.archived),
            (("comma", *"1", "space", *"9", "enter"), lambda item: (item.value, item.effort)),
            (("b", *"F-22", "enter"), None),
            (("t", *"bulk", "enter"), None),
        ],
        ids=lambda value: "".join(value)[:6] if isinstance(value, tuple) else "",
    )
    def test_a_verb_on_marked_items_is_one_step(self, sit, keys, changed):
        async def steps(at):
            titles = ["Show what has not been sent yet", INBOX, "Maps of a region to take along"]
            for title in titles:
                at.matrix.marks.add(at.item(title).id)
            at.go(COMMENT)
            before = at.plan
            await at.press(*keys)
            await at.press("escape")
            assert at.plan.seq == before.seq + 1
            if changed:
                values = [(changed(before.backlog_items[at.item(t).id]), changed(at.item(t))) for t in titles]
                assert any(old != new for old, new in values)
                assert changed(at.item(COMMENT)) == changed(before.backlog_items[at.item(COMMENT).id])
            await at.press("u")
            assert at.plan.backlog_items == before.backlog_items
            assert at.plan.item_tags == before.item_tags
            assert at.plan.item_dependencies == before.item_dependencies

        sit(steps)

    def test_escape_unmarks_then_drops_the_filter_then_the_view(self, sit):
        async def steps(at):
            at.matrix.choose(view="all", base="", filter="tag:desk")
            await at.press("space")
            await at.press("escape")
            assert not at.matrix.marks
            assert at.matrix.choices.filter == "tag:desk"
            await at.press("escape")
            assert at.matrix.choices.filter == ""
            assert at.matrix.choices.view == "all"
            await at.press("escape")
            assert at.matrix.choices.view == "open"
            await at.press("escape")

        sit(steps)

    def test_marks_out_of_sight_are_counted(self, sit):
        async def steps(at):
            await at.press("*")
            marked = len(at.matrix.arrangement.ids)
            await at.command("filter tag:maps")
            seen = len(at.matrix.arrangement.ids)
            assert 0 < seen < marked == len(at.matrix.marks)
            assert at.shows(f" {marked} marked ({marked - seen} out of sight) ")

        sit(steps)


class TestVerbs:
    @pytest.mark.parametrize("key", ["d", "delete"])
    def test_the_archive_and_back(self, sit, key):
        async def steps(at):
            at.go(INBOX)
            await at.press(key)
            assert at.item(INBOX).archived
            assert INBOX not in order(at)
            assert "u takes it back" in at.said[-1]
            await at.press("u")
            assert not at.item(INBOX).archived
            assert INBOX in order(at)

        sit(steps)

    def test_in_the_archive_the_same_key_brings_it_back(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("d")
            await at.command("filter is:archived")
            at.go(INBOX)
            await at.press("d")
            assert not at.item(INBOX).archived

        sit(steps)

    def test_tags_go_on_and_off(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("t")
            await at.paste("new -desk")
            await at.press("enter")
            assert at.tags(INBOX) == ("mobile", "new")

        sit(steps)

    def test_tab_completes_a_tag(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("t", *"secu")
            await at.press("tab", "enter")
            assert "security" in at.tags(INBOX)

        sit(steps)

    def test_the_owner(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("@")
            assert at.prompt.input.value == "Dora"
            await at.type("Eva")
            await at.press("enter")
            assert at.item(INBOX).owner == "Eva"
            await at.press("@", "ctrl+u", "enter")
            assert at.item(INBOX).owner == ""

        sit(steps)

    def test_the_priority(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("!", *"low", "enter")
            assert at.item(INBOX).priority == "low"
            await at.press("!", *"none", "enter")
            assert at.item(INBOX).priority == ""

        sit(steps)

    def test_needs(self, sit):
        async def steps(at):
            at.go(COMMENT)
            await at.press("b", *"F-10", "enter")
            assert at.needs(COMMENT) == [EXPORT]

        sit(steps)

    def test_a_circle_of_needs_is_refused_in_words(self, sit):
        async def steps(at):
            at.go("Link a quote to a finding")
            before = at.plan
            await at.press("b", *"F-9", "enter")
            assert at.plan.item_dependencies == before.item_dependencies
            assert any("F-9" in text for text in at.said)

        sit(steps)

    def test_the_golden_thread(self, sit):
        async def steps(at):
            at.go(INBOX)
            await at.press("o")
            for word in ("why", "Fieldnote", "From a visit to a shared summary", "From notes to decisions"):
                assert at.shows(word)
            await at.paste("link a quote")
            assert at.shows("needed first")
            await at.press("escape")
            assert len(at.app.screen_stack) == 1

        sit(steps)


class TestCopying:
    @pytest.fixture
    def written(self, monkeypatch):
        from textual.drivers.headless_driver import HeadlessDriver

        found = []
        monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: found.append(data))
        return found

    def payload(self, written):
        (sequence,) = [data for data in written if "\x1b]52" in data]
        return base64.b64decode(sequence.partition("c;")[2].partition("\x07")[0]).decode()

    def test_key_and_title(self, sit, written):
        async def steps(at):
            at.go(INBOX)
            await at.press("y")
            assert self.payload(written) == "F-9 Approval inbox"
            assert "Copied." in at.said

        sit(steps)

    def test_markdown(self, sit, written):
        async def steps(at):
            at.go(INBOX)
            await at.press("Y")
            text = self.payload(written)
            assert text.startswith("## F-9 Approval inbox\n")
            assert "- value: 8" in text
            assert "one window at a time" in text

        sit(steps)

    def test_inside_tmux_it_is_wrapped_as_well(self, sit, written, monkeypatch):
        monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")

        async def steps(at):
            await at.press("y")
            assert any("\x1bPtmux;\x1b\x1b]52" in data for data in written)

        sit(steps)


class TestGoingBack:
    def test_undo_and_redo(self, sit):
        async def steps(at):
            before = at.go(INBOX)
            await at.press("K")
            after = at.item(INBOX)
            await at.press("u")
            assert at.item(INBOX) == before
            await at.press("ctrl+r")
            assert at.item(INBOX) == after
            await at.press("u")
            await at.press("ctrl+y")
            assert at.item(INBOX) == after

        sit(steps)

    def test_nothing_to_undo_is_said(self, sit, tmp_path):
        async def steps(at):
            await at.press("u")
            await at.press("ctrl+r")
            assert len(at.said) == 2
            assert all("nothing" in text.casefold() for text in at.said)

        sit(steps, path=tmp_path / "new.db")

    def test_history_of_the_item_and_of_all(self, sit):
        async def steps(at):
            at.go(EXPORT)
            await at.press("K")
            await at.press("U")
            assert at.shows("F-10 Export to a spreadsheet")
            assert at.shows("value 7 → 8")
            assert at.shows("everything, newest first")
            assert at.shows("the demo plan")
            await at.press("U")
            assert len(at.app.screen_stack) == 1

        sit(steps)


class TestAdding:
    def test_a_new_item_is_of_the_product_of_the_item_under_the_cursor(self, sit):
        async def steps(at):
            here = at.go(INBOX)
            assert here.product_id is not None
            await at.press("a", *"Quiet hours", "enter", "escape")
            assert at.item("Quiet hours").product_id == here.product_id

        sit(steps)

    def test_so_is_one_of_the_command_line(self, sit):
        async def steps(at):
            here = at.go(INBOX)
            await at.press(":", *"add Quiet hours", "enter")
            assert at.item("Quiet hours").product_id == here.product_id

        sit(steps)
