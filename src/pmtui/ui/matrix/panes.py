"""The three panes of the Matrix: plane, list, detail. They draw; the view decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from pmtui.ui.draw.detail import detail_lines
from pmtui.ui.draw.line import Line
from pmtui.ui.draw.plane import Plane, axis_lines, grid_lines, plane
from pmtui.ui.draw.ranking import Look, columns, header_line, row_line
from pmtui.ui.widgets.surface import Surface

if TYPE_CHECKING:
    from pmtui.ui.matrix.view import MatrixView


class Pane(Surface):
    """A pane of the Matrix that knows its view."""

    @dataclass
    class Clicked(Message):
        """A click on an item; *again* where it was under the cursor already."""

        pane: str
        id: str

    @dataclass
    class Wheeled(Message):
        """The wheel turned over a pane."""

        by: int

    def __init__(self, view: MatrixView, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.view = view

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.post_message(self.Wheeled(3))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.post_message(self.Wheeled(-3))


class AxisPane(Pane):
    """The vertical axis. It is a pane of its own because a repaint in the plane starts at the pane's edge."""

    DEFAULT_CSS = "AxisPane { width: 6; }"

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view, "axis")

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - as high as the plane beside it
        """Numbers and ticks."""
        model = self.view.plane_pane.prepare()
        return axis_lines(model, self.view.glyphs) if model else []


class PlanePane(Pane):
    """Items as dots, value upward and effort to the right."""

    DEFAULT_CSS = "PlanePane { width: 1fr; }"

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view, "plane")
        self.model: Plane | None = None
        self._key: tuple[object, ...] = ()

    def prepare(self) -> Plane | None:
        """The plane for the rows and the size of now; None where there is no room for it."""
        view = self.view
        key = (view.arrangement, self.size)
        if key != self._key:
            best = view.arrangement.best
            self.model = plane(view.plan, view.choices.method, best, self.size.width, self.size.height)
            self._key = key
        return self.model

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - the plane is made for the pane's size
        """The plane, or a word where there is no room for it."""
        view = self.view
        model = self.prepare()
        if model is None:
            return [(("dim", " no room for the plane: c shows the list"),)]
        return grid_lines(
            model,
            view.plan,
            cursor=view.cursor,
            marks=view.marks,
            active=view.active == "plane",
            glyphs=view.glyphs,
        )

    def neighbour(self, across: int, up: int) -> str:
        """The best item of the nearest dot in a direction; "" where there is none."""
        model = self.model
        here = model.place.get(self.view.cursor) if model else None
        if model is None or here is None:
            return ""
        best: tuple[int, int] | None = None
        found = ""
        for (column, row), ids in model.cells.items():
            ahead = (column - here[0]) * across + (row - here[1]) * up
            beside = abs((column - here[0]) * up) + abs((row - here[1]) * across)
            # A row of text is about twice as high as a column is wide.
            distance = (ahead * (1 if across else 2) + 2 * beside * (2 if across else 1), beside)
            if ahead > 0 and (best is None or distance < best):
                best, found = distance, ids[0]
        return found

    def crowd(self, item_id: str) -> tuple[str, ...]:
        """All items of the cell that an item is in."""
        if self.model is None or item_id not in self.model.place:
            return ()
        return self.model.cells[self.model.place[item_id]]

    def on_click(self, event: events.Click) -> None:
        """The dot nearest to the click."""
        if self.model is None or not self.model.cells:
            return
        column, row = event.x, event.y - 1
        cell = min(self.model.cells, key=lambda c: abs(c[0] - column) + 2 * abs(c[1] - row))
        if abs(cell[0] - column) <= 8 and abs(cell[1] - row) <= 1:
            self.post_message(self.Clicked("plane", self.model.cells[cell][0]))


class ListPane(Pane):
    """Items in their order, one line each."""

    DEFAULT_CSS = "ListPane { height: 1fr; }"

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view, "list")
        self.top = 0

    @property
    def page(self) -> int:
        """Rows in view, the column titles taken off."""
        return max(1, self.size.height - 1)

    def build(self, width: int, height: int) -> list[Line]:
        """Titles, then the rows around the cursor."""
        view = self.view
        rows = view.arrangement.rows
        if not rows:
            return [(("dim", f" {text}"),) for text in view.nothing_words()]
        at = view.arrangement.index.get(view.cursor, 0)
        page = max(1, height - 1)
        self.top = max(0, min(self.top, at, len(rows) - page))
        if at >= self.top + page:
            self.top = at - page + 1
        if at <= 1:
            self.top = 0
        look = Look(
            columns(width, view.choices.method, view.columns),
            view.cursor,
            view.active == "list",
            frozenset(view.marks),
            view.glyphs,
        )
        lines = [header_line(look.columns)]
        lines += [row_line(row, view.plan, view.arrangement, look) for row in rows[self.top : self.top + page]]
        return lines

    def line_of(self, item_id: str) -> int | None:
        """The line of the pane on which an item is, or None where it is out of view."""
        index = self.view.arrangement.index.get(item_id)
        if index is None or not self.top <= index < self.top + self.page:
            return None
        return index - self.top + 1

    def on_click(self, event: events.Click) -> None:
        """The row under the click."""
        index = self.top + event.y - 1
        rows = self.view.arrangement.rows
        if event.y > 0 and index < len(rows) and rows[index].id:
            self.post_message(self.Clicked("list", rows[index].id))


class DetailPane(Pane):
    """The item under the cursor in some lines."""

    DEFAULT_CSS = """
    DetailPane { height: 7; border-top: solid $foreground 25%; }
    """

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view, "detail")

    def build(self, width: int, height: int) -> list[Line]:
        """What there is to say of it."""
        view = self.view
        return detail_lines(view.plan, view.cursor, view.choices.method, width=width, height=height, glyphs=view.glyphs)
