"""The panes of the Roadmap: lanes, columns, detail. They draw; the view decides.

Each column is a widget of its own, because a repaint in Textual starts at the left edge of its
widget: a cursor that moves in the last column costs no more than one in the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from pmtui.ui.draw.line import Line, fit
from pmtui.ui.draw.roadmap import count_of
from pmtui.ui.draw.roadmap_detail import card_detail
from pmtui.ui.draw.roadmap_layout import column_lines, lane_lines
from pmtui.ui.roadmap.wording import nothing_lines
from pmtui.ui.widgets.surface import Surface

if TYPE_CHECKING:
    from pmtui.ui.roadmap.view import RoadmapView


class BoardPane(Surface):
    """A pane that scrolls with the board."""

    @dataclass
    class Clicked(Message):
        """A click on a card."""

        id: str

    def __init__(self, view: RoadmapView, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.view = view

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """To the card below."""
        event.stop()
        self.view.action_move(0, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """To the card above."""
        event.stop()
        self.view.action_move(0, -1)


class LanePane(BoardPane):
    """The names of the lanes; each stays in sight as long as its lane does."""

    DEFAULT_CSS = "LanePane { width: 12; }"

    def __init__(self, view: RoadmapView) -> None:
        super().__init__(view, "lanes")

    def build(self, width: int, height: int) -> list[Line]:
        """A title, then the names."""
        view = self.view
        layout = view.layout_for(height - 1)
        if layout is None:
            return []
        return [(("dim", fit(" lane", width)),), *lane_lines(layout, width, view.look(), view.lane_counts)]


class ColumnPane(BoardPane):
    """One column of the board, whichever one stands in its place now."""

    DEFAULT_CSS = "ColumnPane { width: 1fr; border-left: solid $foreground 25%; }"

    def __init__(self, view: RoadmapView, place: int) -> None:
        super().__init__(view, f"column-{place}")
        self.place = place

    @property
    def column(self) -> int | None:
        """The number of the column that is shown here; None where there is none."""
        shown = self.view.shown_columns
        return shown[self.place] if self.place < len(shown) else None

    def build(self, width: int, height: int) -> list[Line]:
        """The title with how many cards are out of sight, then the cards."""
        view = self.view
        column = self.column
        if not view.board.order:
            return nothing_lines(view) if self.place == 0 else []
        layout = view.layout_for(height - 1)
        if column is None or layout is None:
            return []
        return [self._header(column, width), *column_lines(layout, column, width, view.look())]

    def _header(self, column: int, width: int) -> Line:
        view = self.view
        board, glyphs = view.board, view.glyphs
        layout = view.layout_for(self.size.height - 1)
        shown = board.columns[column]
        more = ""
        if view.narrow:
            more = f"  column {column + 1} of {len(board.columns)}: h l"
        title = f"  {shown.title}{more}"
        style = "strong" if shown.level > 1 else "quadrant"
        if column == board.today and board.mode != "horizon":
            style = "accent"
            title = f"{glyphs.cursor} {shown.title}{more}"
        count = count_of(board, column)
        above, below = layout.out_of_sight(column) if layout else (0, 0)
        words = f"{glyphs.more_above}{above} " if above else ""
        words += f"{glyphs.more_below}{below} " if below else ""
        tail = f" {words}{count} " if count else " "
        room = max(0, width - len(tail))
        hidden = ("warn", tail) if words else ("dim", tail)
        return ((style, fit(title, room, ellipsis=glyphs.ellipsis)), hidden)

    def on_click(self, event: events.Click) -> None:
        """The card under the click."""
        layout = self.view.layout_for(self.size.height - 1)
        # A click on the border has no place in the pane.
        if layout is None or self.column is None or event.y < 1:
            return
        found = layout.card_at(self.column, layout.top + event.y - 1)
        if found:
            self.post_message(self.Clicked(found))


class CardPane(Surface):
    """The card under the cursor with everything that is known of it."""

    DEFAULT_CSS = "CardPane { height: 7; border-top: solid $foreground 25%; }"

    def __init__(self, view: RoadmapView) -> None:
        super().__init__(id="card-detail")
        self.view = view

    def build(self, width: int, height: int) -> list[Line]:
        """What there is to say of it."""
        view = self.view
        if not view.cursor:
            return []
        today = view.desk.today()
        return card_detail(view.plan, view.cursor, today, width=width, height=height, glyphs=view.glyphs)
