"""The panes of the Vision tab: list, board, detail. They draw; the view decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from pmtui.ui.draw.board import board_lines
from pmtui.ui.draw.goal_detail import goal_detail
from pmtui.ui.draw.goals import GoalLook, goal_columns, goal_header, goal_line
from pmtui.ui.draw.line import Line
from pmtui.ui.widgets.surface import Surface

if TYPE_CHECKING:
    from pmtui.ui.vision.view import VisionView


class GoalPane(Surface):
    """Products, objectives and key results, one line each."""

    DEFAULT_CSS = "GoalPane { height: 1fr; }"

    @dataclass
    class Clicked(Message):
        """A click on a line."""

        id: str

    def __init__(self, view: VisionView) -> None:
        super().__init__(id="goals")
        self.view = view
        self.top = 0

    @property
    def page(self) -> int:
        """Rows in view, the column titles taken off."""
        return max(1, self.size.height - 1)

    def build(self, width: int, height: int) -> list[Line]:
        """Titles, then the rows around the cursor."""
        view = self.view
        rows = view.rows
        if not rows:
            return [(("dim", f" {text}"),) for text in view.nothing_words()]
        at = view.index.get(view.cursor, 0)
        page = max(1, height - 1)
        self.top = max(0, min(self.top, at, len(rows) - page))
        if at >= self.top + page:
            self.top = at - page + 1
        look = GoalLook(goal_columns(width), view.cursor, frozenset(view.marks), view.glyphs)
        return [
            goal_header(look.columns),
            *(goal_line(row, view.plan, look) for row in rows[self.top : self.top + page]),
        ]

    def line_of(self, entity_id: str) -> int | None:
        """The line of the pane on which a thing is, or None where it is out of view."""
        index = self.view.index.get(entity_id)
        if index is None or not self.top <= index < self.top + self.page:
            return None
        return index - self.top + 1

    def on_click(self, event: events.Click) -> None:
        """The row under the click."""
        index = self.top + event.y - 1
        if event.y > 0 and index < len(self.view.rows):
            self.post_message(self.Clicked(self.view.rows[index].id))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.view.action_move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.view.action_move(-3)


class BoardPane(Surface):
    """The vision board of the product that the cursor is in."""

    DEFAULT_CSS = "BoardPane { height: 1fr; }"

    def __init__(self, view: VisionView) -> None:
        super().__init__(id="board")
        self.view = view

    def build(self, width: int, height: int) -> list[Line]:
        """The board, or what to press where there is no product."""
        product = self.view.product()
        if product is None:
            return [(("dim", " No product here: a adds one, c goes back to the list."),)]
        return board_lines(product, width, height, self.view.glyphs)


class GoalDetailPane(Surface):
    """What is under the cursor, in some lines."""

    DEFAULT_CSS = "GoalDetailPane { height: 10; border-top: solid $foreground 25%; }"

    def __init__(self, view: VisionView) -> None:
        super().__init__(id="goal-detail")
        self.view = view

    def build(self, width: int, height: int) -> list[Line]:
        """What there is to say of it."""
        row = self.view.here
        if row is None:
            return []
        return goal_detail(self.view.plan, row.kind, row.id, width=width, height=height, glyphs=self.view.glyphs)
