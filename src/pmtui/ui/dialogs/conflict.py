"""Somebody else changed the field in the meantime: look at both, then choose."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmtui.domain.text import clean

Answer = Literal["mine", "theirs", "back"]


class ConflictDialog(ModalScreen[Answer]):
    """Answers which text stays, or `back` to go on editing."""

    DEFAULT_CSS = """
    ConflictDialog {
        align: center middle;
        & > Vertical {
            width: 76; max-width: 96%; height: auto; max-height: 90%;
            background: $surface; border: round $warning; padding: 0 1;
        }
        & Static { height: auto; margin: 0 0 1 0; }
        & #choices { margin: 0; color: $accent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "answer('mine')", show=False),
        Binding("t", "answer('theirs')", show=False),
        Binding("escape", "answer('back')", show=False),
    ]

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        """The sentence and three ways on."""
        with Vertical() as box:
            box.border_title = Content("changed in another window")  # Content is literal, a str would be markup
            yield Static(Content(clean(self._sentence)))
            yield Static(Content("m keep mine   t take theirs   Esc go on editing"), id="choices")

    def action_answer(self, answer: Answer) -> None:
        """Close with the choice."""
        self.dismiss(answer)
