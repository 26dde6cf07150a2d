"""The whole record in a form. There is nothing to save: each field that is left is a command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from pmtui.domain.errors import Refused
from pmtui.domain.text import clean
from pmtui.ui.question import DraftChanged
from pmtui.ui.working import sentence_of

DRAFT_DELAY = 0.25


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a record."""

    name: str
    title: str
    help: str
    text: str
    """What it holds now, as it is typed."""
    multiline: bool = False


class FieldBox(Widget):
    """A field's title, its input, and what is wrong with it."""

    DEFAULT_CSS = """
    FieldBox {
        height: auto;
        & Horizontal { height: auto; }
        & .title { width: 19; height: 1; color: $text-muted; }
        & Input, & Input:focus { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; }
        & Input:focus { background: $panel; }
        & TextArea, & TextArea:focus { width: 1fr; height: 9; border: none; padding: 0 1; background: $surface; }
        & TextArea:focus { background: $panel; }
        & .note { height: auto; margin: 0 0 0 20; color: $text-muted; display: none; }
        &.-note:focus-within .note { display: block; }
        &.-problem .note { display: block; color: $text-error; }
    }
    """

    def __init__(self, spec: FormField) -> None:
        super().__init__(id=f"field-{spec.name.replace('_', '-')}", classes="-note" if spec.help else None)
        self.spec = spec
        self.stored = clean(spec.text, multiline=spec.multiline)
        """The text that the plan holds, as far as this form knows."""

    def compose(self) -> ComposeResult:
        """Title, input, note."""
        with Horizontal():
            yield Static(Content(self.spec.title), classes="title")
            if self.spec.multiline:
                area = TextArea(self.stored, soft_wrap=True, tab_behavior="focus")
                area.cursor_blink = False
                yield area
            else:
                box = Input(self.stored, placeholder="–", select_on_focus=False)
                box.cursor_blink = False
                yield box
        yield Static(Content(self.spec.help), classes="note")

    @property
    def text(self) -> str:
        """What is typed."""
        box = self.query_one("Input, TextArea")
        return box.text if isinstance(box, TextArea) else box.value if isinstance(box, Input) else ""

    @text.setter
    def text(self, text: str) -> None:
        box = self.query_one("Input, TextArea")
        if isinstance(box, TextArea):
            box.text = text
            box.move_cursor(box.document.end)
        elif isinstance(box, Input):
            box.value = text
            box.cursor_position = len(text)

    def say(self, problem: str) -> None:
        """Show what is wrong, or the field's help again."""
        self.query_one(".note", Static).update(Content(clean(problem or self.spec.help)))
        self.set_class(bool(problem), "-problem")
        self.set_class(bool(problem or self.spec.help), "-note")
        if self.has_focus_within:
            self.show_whole()

    def show_whole(self) -> None:
        """Bring the field into view with the note below it."""
        self.call_after_refresh(self.scroll_visible, animate=False)

    def focus_input(self) -> None:
        """Put the cursor into the field."""
        self.query_one("Input, TextArea").focus()


class Fields(VerticalScroll, inherit_bindings=False):
    """The fields below each other. Arrows go from field to field, so it has no keys of its own to scroll with."""


class Form(ModalScreen[None]):
    """A record, field by field. Enter or Tab accepts a field, Esc closes."""

    DEFAULT_CSS = """
    Form {
        align: center middle;
        & > VerticalScroll {
            width: 96; max-width: 98%; height: auto; max-height: 94%;
            background: $surface; border: round $primary; padding: 0 1; scrollbar-size-vertical: 1;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+g", "editor", show=False, priority=True),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        fields: list[FormField],
        accept: Callable[[str, str], Awaitable[str]],
        shown: Callable[[str], str],
        *,
        draft_prefix: str,
        drafts: Mapping[str, str] | None = None,
        start: str = "",
    ) -> None:
        """*accept* takes a field's name and text and answers "" or what is wrong; *shown* is what is stored now.

        *drafts* are unfinished texts by field name, put back into their fields.
        """
        super().__init__()
        self._title = title
        self._fields = fields
        self._accept = accept
        self._shown = shown
        self._prefix = draft_prefix
        self._drafts = drafts or {}
        self._kept = {draft_prefix + name for name in self._drafts}
        """The keys of what is kept as a draft now, as far as this form knows."""
        self._start = start
        self._timer: Timer | None = None
        self._taking = 0
        self._leaving = False

    @property
    def is_busy(self) -> bool:
        """Whether a field is being accepted, or the form about to close."""
        return bool(self._taking or self._leaving)

    def compose(self) -> ComposeResult:
        """All fields below each other."""
        with Fields(can_focus=False) as box:
            box.border_title = Content(clean(self._title))  # Content is literal, a str would be markup
            box.border_subtitle = Content("Tab or Enter accepts   Esc back   ^G notes in your editor")
            for spec in self._fields:
                yield FieldBox(spec)

    def on_mount(self) -> None:
        """Put unfinished text back, and start in the wanted field."""
        boxes = {box.spec.name: box for box in self.query(FieldBox)}
        for name, text in self._drafts.items():
            if name in boxes:
                boxes[name].text = text
                boxes[name].say("This is unfinished text from before. Enter accepts it; Esc and D look again.")
        first = self._start or next(iter(self._drafts), "") or self._fields[0].name
        boxes.get(first, next(iter(boxes.values()))).focus_input()

    @property
    def current(self) -> FieldBox | None:
        """The field with the cursor."""
        focused = self.focused
        return focused.query_ancestor(FieldBox) if focused is not None else None

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Message) -> None:
        event.stop()
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(DRAFT_DELAY, self.keep_drafts)

    def keep_drafts(self) -> None:
        """Hand over what is typed and not accepted yet."""
        unfinished = self.unfinished()
        self._kept = {key for key, text in unfinished if text}
        for key, text in unfinished:
            self.post_message(DraftChanged(key, text))

    def unfinished(self) -> list[tuple[str, str]]:
        """What is typed and not accepted yet, under the keys of its drafts; "" for what was typed and taken back."""
        texts = {self._prefix + box.spec.name: box.text for box in self.query(FieldBox) if box.text != box.stored}
        taken_back = [(key, "") for key in sorted(self._kept - texts.keys())]
        return [*texts.items(), *taken_back]

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        box = self.current
        if box is not None:
            # beside the messages: a file that is locked must not keep the form from showing what is typed
            self.run_worker(self._take_and_go_on(box), group="form")

    async def _take_and_go_on(self, box: FieldBox) -> None:
        if await self._take(box) and self.current is box:
            self.focus_next()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The note of the field appears with the cursor; it must not be below the edge."""
        for box in event.widget.ancestors:
            if isinstance(box, FieldBox):
                box.show_whole()

    async def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that is left is accepted, unless it is wrong."""
        try:
            box = event.widget.query_ancestor(FieldBox)
        except Exception:  # noqa: BLE001 - a widget on its way out has no ancestors any more
            return
        self.run_worker(self._take(box), group="form")

    async def _take(self, box: FieldBox) -> bool:
        text = box.text
        if text == box.stored:
            box.say("")
            return True
        self._taking += 1
        try:
            problem = await self._accept(box.spec.name, text)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user hears it and the text stays
            problem = sentence_of(error)
        finally:
            self._taking -= 1
        box.say(problem)
        if problem:
            return False
        if box.text == text:
            box.text = text = self._stored(box)
        box.stored = text
        self._show_stored()
        self._kept.discard(self._prefix + box.spec.name)
        self.post_message(DraftChanged(self._prefix + box.spec.name, ""))
        return True

    def _stored(self, box: FieldBox) -> str:
        return clean(self._shown(box.spec.name), multiline=box.spec.multiline)

    def _show_stored(self) -> None:
        """What nobody typed into shows what is stored: one field can change another, and so can another window."""
        for box in self.query(FieldBox):
            if box.text == box.stored:
                stored = self._stored(box)
                if stored != box.stored:
                    box.text = box.stored = stored

    def action_step(self, by: int) -> None:
        """To the next or previous field; inside notes the arrows belong to the text."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_leave(self) -> None:
        """Close; a field that cannot be accepted keeps the form open once, with its reason."""
        if not self._leaving:
            self._leaving = True
            self.run_worker(self._leave(), group="form")

    async def _leave(self) -> None:
        box = self.current
        try:
            if box is not None and not box.has_class("-problem") and not await self._take(box):
                return
        finally:
            self._leaving = False
        self.keep_drafts()
        self.dismiss(None)

    def action_editor(self) -> None:
        """The notes in the user's own editor."""
        box = next((box for box in self.query(FieldBox) if box.spec.multiline), None)
        edit = getattr(self.app, "edit_in_editor", None)
        if box is not None and edit is not None:
            try:
                box.text = edit(box.text)
            except Refused as refused:
                box.focus_input()
                box.say(refused.sentence)
                return
            self.run_worker(self._take(box), group="form")
