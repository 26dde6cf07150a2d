"""Choose one of many by typing a few letters: jump, state, view, parent, draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from pmtui.domain.text import clean
from pmtui.ui.draw.line import Line
from pmtui.ui.question import Choice
from pmtui.ui.widgets.listing import Listing


class Picker(ModalScreen[str]):
    """Answers the id of the choice, or "" where the user gave up."""

    DEFAULT_CSS = """
    Picker {
        align: center middle;
        & > Vertical {
            width: 84; max-width: 96%; height: auto; max-height: 90%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & Input, & Input:focus { height: 1; border: none; padding: 0; background: $surface; }
        & Listing { background: $surface; }
        & #hint { height: 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(10)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False, priority=True),
        Binding("enter", "choose", show=False, priority=True),
    ]

    def __init__(self, title: str, find: Callable[[str], Sequence[Choice]], hint: str = "", begin: int = 0) -> None:
        """*find* answers the choices for the text typed, best first; *begin* is the one to begin on."""
        super().__init__()
        self._begin = begin
        self._title = title
        self._find = find
        self._hint = hint or "type to narrow   ↑↓ move   Enter choose   Esc back"
        self.choices: Sequence[Choice] = ()

    def compose(self) -> ComposeResult:
        """An input above, the choices below."""
        with Vertical() as box:
            box.border_title = Content(clean(self._title))  # Content is literal, a str would be markup
            yield Input(placeholder="…", id="narrow")
            yield Listing(pick=True, id="choices")
            yield Static(Content(self._hint), id="hint")

    def on_mount(self) -> None:
        """Start with everything."""
        box = self.query_one("#narrow", Input)
        box.cursor_blink = False
        box.focus()
        # at once: keys that were typed ahead come before the first picture
        self._narrow("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    def _narrow(self, text: str) -> None:
        self.choices = self._find(text)
        width = max((len(choice.key) for choice in self.choices[:200]), default=0)
        lines: list[Line] = [
            (("accent", f" {clean(c.key):<{width}} "), ("", clean(c.title)), ("dim", f"  {clean(c.note)}"))
            for c in self.choices
        ]
        listing = self.query_one("#choices", Listing)
        if text == "":
            listing.styles.height = max(5, min(16, len(lines), self.app.size.height - 8))
        listing.show(lines or [(("dim", " nothing matches"),)], self._begin if text == "" and lines else 0)

    def action_move(self, by: int) -> None:
        """Up or down the list."""
        self.query_one("#choices", Listing).move(by)

    def action_choose(self) -> None:
        """Answer the line under the cursor."""
        index = self.query_one("#choices", Listing).cursor
        if index < len(self.choices):
            self.dismiss(self.choices[index].id)

    @on(Listing.Picked)
    def _clicked(self) -> None:
        self.action_choose()

    def action_leave(self) -> None:
        """Answer nothing."""
        self.dismiss("")
