"""The prompt: one line to type into, at the bottom or on the row that is edited.

It stays open with what was typed until the text is accepted or given up, and keeps a draft of it on
disk while it is being typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from pmtui.domain.text import MAX_TITLE, clean
from pmtui.ui.question import DraftChanged, Place, Question
from pmtui.ui.working import sentence_of

DRAFT_DELAY = 0.25
"""Seconds of quiet after which what is typed is kept as a draft."""
ROOM_FOR_PROBLEM = 6
"""Lines from the row that is edited to the end of the screen, so that a problem can stand below it."""
MAX_TYPED = 4 * MAX_TITLE


class Completions(Suggester):
    """Offers the first whole line that a question's `complete` names."""

    def __init__(self, complete: Callable[[str], list[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The line to show in grey behind the cursor; the right arrow or Tab takes it."""
        found = [line for line in self._complete(value) if line.startswith(value) and line != value]
        return found[0] if found else None


class PromptInput(Input):
    """An input whose Tab takes the completion and whose pasted text is cleaned."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "cursor_right_or_complete", show=False),
        Binding("escape", "give_up", show=False),
        # a long text in a short row would be scrolled by them
        Binding("ctrl+pagedown", "app.next_tab(1)", show=False),
        Binding("ctrl+pageup", "app.next_tab(-1)", show=False),
        # what a terminal makes of Enter before the program has taken it over
        Binding("ctrl+j", "submit", show=False),
    ]

    def action_cursor_right_or_complete(self) -> None:
        """Take the completion, if there is one."""
        if self._suggestion:
            self.value = self._suggestion
            self.cursor_position = len(self.value)

    def action_give_up(self) -> None:
        """Leave without a change."""
        prompt = self.query_ancestor(Prompt)
        prompt.give_up()

    def _on_paste(self, event: events.Paste) -> None:
        text = clean(event.text[: MAX_TYPED * 2]).strip()
        cut = text[:MAX_TYPED]
        self.insert_text_at_cursor(cut)
        prompt = self.query_ancestor(Prompt)
        lines = len(event.text.strip().splitlines())
        said = ""
        if len(event.text) > len(cut) + 100:
            said = f"Cut to {MAX_TYPED} characters: a line holds no more. Notes do (E)."
        if lines > 1 and prompt.question is not None and prompt.question.again:
            said = f"{lines} lines became one. For a thing of each line: pmtui add - in a shell. {said}"
        if said:
            # behind the change of the text, which clears what was said about the old one
            self.call_after_refresh(prompt.say, said.strip())
        event.stop()
        event.prevent_default()


class Prompt(Widget):
    """Shown only while it asks."""

    DEFAULT_CSS = """
    Prompt {
        display: none;
        dock: bottom;
        height: auto;
        background: $surface;
        & Horizontal { height: 1; }
        & #label { width: auto; color: $accent; text-style: bold; padding: 0 1; }
        & Input, & Input:focus { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
        & #problem { display: none; color: $text-error; padding: 0 1; width: 1fr; height: auto; max-height: 4; }
        &.-problem #problem { display: block; }
        &.-inline { dock: none; position: absolute; layer: overlay; }
        &.-inline #label { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.question: Question | None = None
        self._timer: Timer | None = None
        self._before: Widget | None = None
        self._at: Place | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        """A label, the input, and room for a problem below."""
        yield Static("", id="problem", markup=False)
        with Horizontal(id="line"):
            yield Static("", id="label", markup=False)
            yield PromptInput(id="prompt-input", select_on_focus=False)

    @property
    def input(self) -> PromptInput:
        """The input itself."""
        return self.query_one("#prompt-input", PromptInput)

    @property
    def is_open(self) -> bool:
        """Whether it asks something now."""
        return self.question is not None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being worked on."""
        return self._busy

    def ask(self, question: Question, at: Place | None = None) -> None:
        """Show the prompt; *at* says on which cells of the screen, instead of at the bottom."""
        if self.question is None:
            self._before = self.screen.focused
        self.question = question
        self.say("")
        self.query_one("#label", Static).update(
            Content(clean(question.label) + (" (Esc ends)" if question.again else ""))
        )
        box = self.input
        box.cursor_blink = False
        box.placeholder = clean(question.placeholder)
        box.suggester = Completions(question.complete) if question.complete else None
        with self.prevent(Input.Changed):
            box.value = clean(question.value)
        box.cursor_position = len(box.value)
        self._at = at
        self.place()
        self.display = True
        box.focus()

    def return_to(self, widget: Widget) -> None:
        """Give the focus to another widget when the prompt closes: its own tab is no longer in front."""
        self._before = widget

    def place(self) -> None:
        """Go where the answer is typed now: rows move when the plan or the screen changes."""
        if self.question is None:
            return
        at = self._at() if self._at else None
        if at and self.has_class("-problem") and at.y + ROOM_FOR_PROBLEM > self.screen.size.height:
            at = None
        if self.has_class("-inline") != (at is not None):
            # what is wrong stands below a row, and above the last line of the screen
            problem, line = self.query_one("#problem"), self.query_one("#line")
            self.move_child(problem, after=line) if at else self.move_child(problem, before=line)
            self.set_class(at is not None, "-inline")
        self.styles.offset = (at.x, at.y) if at else (0, 0)
        self.styles.width = at.width if at else "100%"

    def say(self, problem: str) -> None:
        """Show what is wrong with the text, or nothing."""
        self.query_one("#problem", Static).update(Content(clean(problem)))
        if self.has_class("-problem") != bool(problem):
            self.set_class(bool(problem), "-problem")
            self.place()

    def close(self) -> None:
        """Hide, and give the focus back."""
        self.question = None
        self.display = False
        if self._timer:
            self._timer.stop()
        if self._before is not None and self._before.is_attached:
            self._before.focus()

    def give_up(self) -> None:
        """Leave without a change; the draft goes too, because the user saw it and let it go."""
        question = self.question
        self.close()
        if question and question.cancel:
            question.cancel()
        if question and question.draft_key:
            self.post_message(DraftChanged(question.draft_key, ""))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        question = self.question
        if question is None:
            return
        self.say("")
        if question.live:
            question.live(event.value)
        if question.draft_key:
            if self._timer:
                self._timer.stop()
            self._timer = self.set_timer(DRAFT_DELAY, self.keep_draft)

    def keep_draft(self) -> None:
        """Hand what is typed over to be kept."""
        for key, text in self.unfinished():
            self.post_message(DraftChanged(key, text))

    def unfinished(self) -> list[tuple[str, str]]:
        """What is typed and neither accepted nor given up, under the key of its draft."""
        question = self.question
        if not question or not question.draft_key or self.input.value == clean(question.value):
            return []
        return [(question.draft_key, self.input.value)]

    @on(Input.Submitted)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        question = self.question
        if question is None or self._busy:
            return
        self._busy = True
        self.run_worker(self._accept(question, event.value), group="prompt")

    async def _accept(self, question: Question, text: str) -> None:
        try:
            problem = await question.accept(text)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user hears it and the text stays
            problem = sentence_of(error)
        finally:
            self._busy = False
        if self.question is not question:
            return
        if problem:
            self.say(problem)
            return
        if question.draft_key:
            self.post_message(DraftChanged(question.draft_key, ""))
        if question.again and text.strip():
            # what was typed behind it in the meantime is the beginning of the next one
            self.input.value = self.input.value.removeprefix(text)
            self.input.cursor_position = len(self.input.value)
        else:
            self.close()
