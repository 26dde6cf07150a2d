"""The panes of the Timeline: outline, chart, detail. They draw; the view decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from pmtui.ui.draw.gantt import ChartLook, chart_line
from pmtui.ui.draw.line import Line
from pmtui.ui.draw.scale import heading
from pmtui.ui.draw.task_detail import detail_columns, task_detail
from pmtui.ui.draw.tasks import TaskLook, task_columns, task_header, task_line
from pmtui.ui.timeline.wording import nothing_words
from pmtui.ui.widgets.surface import Surface

if TYPE_CHECKING:
    from pmtui.ui.timeline.view import TimelineView

HEAD = 2
"""Lines above the rows, in outline and chart alike."""


class TaskPane(Surface):
    """A pane that has a line for each row in view."""

    @dataclass
    class Clicked(Message):
        """A click on a row."""

        id: str
        pane: str

    def __init__(self, view: TimelineView, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.view = view

    def on_click(self, event: events.Click) -> None:
        """The row under the click."""
        index = self.view.top + event.y - HEAD
        if event.y >= HEAD and index < len(self.view.rows):
            self.post_message(self.Clicked(self.view.rows[index].id, self.id or ""))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.view.action_move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.view.action_move(-3)


class OutlinePane(TaskPane):
    """Projects and tasks, one line each."""

    def build(self, width: int, height: int) -> list[Line]:
        """Titles, then the rows around the cursor."""
        view = self.view
        if not view.rows:
            return [(("dim", f" {text}"),) for text in nothing_words(view)]
        rows = view.rows_in_view(height - HEAD)
        look = TaskLook(
            task_columns(width, years=view.years),
            view.cursor,
            view.active == "outline",
            frozenset(view.marks),
            view.folded,
            view.neighbours(),
            view.desk.today(),
            view.glyphs,
        )
        return [
            (),
            task_header(look.columns),
            *(task_line(row, view.plan, view.dates, look) for row in rows),
        ]


class ChartPane(TaskPane):
    """Bars on a time scale. It is a pane of its own because a repaint starts at the pane's left edge."""

    def build(self, width: int, height: int) -> list[Line]:
        """The scale, then the bars of the rows in view."""
        view = self.view
        if not view.rows:
            return []
        look = ChartLook(
            view.scale_of(width),
            view.desk.today(),
            view.glyphs,
            view.cursor,
            labels=not view.outline_pane.display,
        )
        rows = view.rows_in_view(height - HEAD)
        return [
            *heading(look.scale, look.today, view.glyphs.unfolded),
            *(chart_line(row, view.plan, view.dates, look) for row in rows),
        ]


class TaskDetailPane(Horizontal):
    """What is under the cursor: one column, or two of them where it is wide.

    Each is a surface of its own, so that one line of the second does not cost the whole width.
    """

    DEFAULT_CSS = """
    TaskDetailPane { height: 9; border-top: solid $foreground 25%; }
    """

    def __init__(self, view: TimelineView) -> None:
        super().__init__(id="task-detail")
        self.view = view

    def compose(self) -> ComposeResult:
        """Both columns; the second is out of sight where it is narrow."""
        yield DetailColumn(self.view, "task-facts")
        yield DetailColumn(self.view, "task-reasons")

    def redraw(self) -> None:
        """Show what changed."""
        for column in self.query(DetailColumn):
            if column.display:
                column.redraw()


class DetailColumn(Surface):
    """What there is to say, or a half of it."""

    DEFAULT_CSS = "DetailColumn { width: 1fr; }"

    def __init__(self, view: TimelineView, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.view = view

    def build(self, width: int, height: int) -> list[Line]:
        """Facts, reasons, or both below each other."""
        view = self.view
        row = view.here
        if row is None:
            return []
        today, glyphs = view.desk.today(), view.glyphs
        if not view.has_class("-two"):
            return task_detail(view.plan, row, width=width, height=height, today=today, glyphs=glyphs)
        columns = detail_columns(view.plan, row, width=width, height=height, today=today, glyphs=glyphs)
        return columns[self.id == "task-reasons"]
