"""A list of lines with a cursor or without, for dialogs: choosing, reading, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from pmtui.ui.draw.line import Line, fill
from pmtui.ui.widgets.surface import Surface


class Listing(Surface):
    """Scrolls lines; with `pick` one of them is under a cursor."""

    @dataclass
    class Picked(Message):
        """A click on a line."""

        index: int

    def __init__(self, *, pick: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.pick = pick
        self.lines: Sequence[Line] = ()
        self.cursor = 0
        self.top = 0

    def show(self, lines: Sequence[Line], cursor: int = 0) -> None:
        """Show other lines."""
        self.lines, self.cursor, self.top = lines, cursor, 0
        self.redraw()

    def move(self, by: int) -> None:
        """Move the cursor, or the text where there is none."""
        if self.pick:
            self.cursor = max(0, min(len(self.lines) - 1, self.cursor + by))
        else:
            self.top = max(0, min(len(self.lines) - self.size.height, self.top + by))
        self.redraw()

    def build(self, width: int, height: int) -> list[Line]:
        """The lines in view."""
        if self.pick:
            self.top = max(self.cursor - height + 1, min(self.top, self.cursor), 0)
        shown = self.lines[self.top : self.top + height]
        built: list[Line] = []
        for index, line in enumerate(shown, self.top):
            if self.pick and index == self.cursor:
                line = tuple(("cursor", text) for _, text in line)  # noqa: PLW2901 - the same line, highlighted
                built.append(fill(line, width, "cursor"))
            else:
                built.append(line)
        return built

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three lines down."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three lines up."""
        event.stop()
        self.move(-3)

    def on_click(self, event: events.Click) -> None:
        """A click picks its line."""
        index = self.top + event.y
        if self.pick and index < len(self.lines):
            self.cursor = index
            self.redraw()
            self.post_message(self.Picked(index))
