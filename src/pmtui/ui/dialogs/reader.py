"""Read lines in peace: help, history, the golden thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmtui.domain.text import clean
from pmtui.ui.draw.line import Line
from pmtui.ui.draw.wrapping import wrap_line
from pmtui.ui.widgets.listing import Listing


class Reader(ModalScreen[None]):
    """Shows lines until the user has read them."""

    DEFAULT_CSS = """
    Reader {
        align: center middle;
        & > Vertical {
            width: 96; max-width: 98%; height: auto; max-height: 90%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & Listing { background: $surface; }
        & #hint { height: 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,U,o", "leave", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown,space", "move(15)", show=False),
        Binding("pageup", "move(-15)", show=False),
        Binding("home,g", "move(-1000000)", show=False),
        Binding("end,G", "move(1000000)", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._title = title
        self._content = lines

    def compose(self) -> ComposeResult:
        """The lines and one hint."""
        with Vertical() as box:
            box.border_title = Content(clean(self._title))  # Content is literal, a str would be markup
            yield Listing(pick=False, id="lines")
            yield Static(Content("↑↓ PgUp PgDn scroll   Esc back"), id="hint")

    def on_resize(self) -> None:
        """Break the lines for the room that there is, at first and when it changes."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        listing = self.query_one("#lines", Listing)
        top = listing.top
        lines = [part for line in self._content for part in wrap_line(line, listing.size.width)]
        listing.styles.height = max(1, min(len(lines), self.size.height * 9 // 10 - 3))
        listing.show(lines)
        listing.move(top)

    def action_move(self, by: int) -> None:
        """Scroll."""
        self.query_one("#lines", Listing).move(by)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
