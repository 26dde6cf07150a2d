"""A surface: a widget that shows lines from a pure function and repaints only the cells that changed.

Everything pmtui draws itself is a surface, so a moved cursor costs two short runs of cells over a
slow line, however large the view is.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from pmtui.domain.text import visible
from pmtui.ui.draw.line import Line, changed_runs, fill, joined, width_of
from pmtui.ui.widgets.shell import Shell


class Surface(Widget):
    """Draws `build(width, height)`. Call `redraw` when what it shows has changed."""

    DEFAULT_CSS = """
    Surface { height: 1fr; background: $background; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._lines: list[Line] = []
        self._styles: dict[str, Style] = {}

    def build(self, width: int, height: int) -> list[Line]:
        """The lines to show, at most *height* of them; shorter and longer ones are fitted."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Build the lines again and repaint the cells that differ."""
        width, height = self.size
        if not width or not height or not self.is_attached:
            return
        lines = self._fitted(width, height)
        before, self._lines = self._lines, lines
        if len(before) != height or (before and width_changed(before[0], width)):
            self.refresh()
            return
        regions = [
            Region(start, y, end - start, 1)
            for y, (old, new) in enumerate(zip(before, lines, strict=True))
            for start, end in changed_runs(old, new)
        ]
        if regions:
            self.refresh(*regions)

    def forget(self) -> None:
        """Repaint everything at the next redraw."""
        self._lines = []

    def on_resize(self) -> None:
        """Textual has painted the new size already, through `render_line`; what differs since is drawn now."""
        self.redraw()

    def notify_style_update(self) -> None:
        """Another theme: the same lines in other colours."""
        self._styles.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """The strip of one visible line."""
        # Asked for the first line of a new size already: lines of the old one would be painted and taken for new.
        if len(self._lines) != self.size.height or width_changed(self._lines[y], self.size.width):
            self.forget()
            self._build_quietly()
        if y >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        spans = joined(self._lines[y], Shell.SOLID)
        return Strip([Segment(text, self._style(name)) for name, text in spans], self.size.width)

    def _build_quietly(self) -> None:
        self._lines = self._fitted(*self.size)

    def _fitted(self, width: int, height: int) -> list[Line]:
        """The lines to show, cleaned and cut or padded to the size."""
        lines = [
            fill([(name, visible(text)) for name, text in line], width) for line in self.build(width, height)[:height]
        ]
        return lines + [fill((), width)] * (height - len(lines))

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self.rich_style
            if name:
                own = self.app.screen_stack[0].get_component_rich_style(f"surface--{name}")
                if name not in Shell.FILLED:
                    own = Style(color=own.color, bold=own.bold, reverse=own.reverse)
                style = style + own
            self._styles[name] = style
        return style


def width_changed(line: Line, width: int) -> bool:
    """Whether a line was fitted to another width."""
    return width_of(line) != width
