"""The thin bars around a view: the strip of tabs above, the line of keys below."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from pmtui.ui.draw.line import Line, Span, fit, width_of
from pmtui.ui.keys import key_named
from pmtui.ui.tabs import TabName
from pmtui.ui.widgets.surface import Surface


class TabStrip(Surface):
    """The tabs that exist, and the plan's name at the right."""

    DEFAULT_CSS = "TabStrip { height: 1; dock: top; background: $surface; }"
    divider = "│"

    @dataclass
    class Chosen(Message):
        """Somebody clicked on a tab."""

        tab: str

    def __init__(self, tabs: tuple[TabName, ...], current: str, title: str) -> None:
        super().__init__(id="tabs")
        self.tabs = tabs
        self.title = title
        self.current = current
        self._ends: list[tuple[int, str]] = []

    def show(self, current: str, title: str) -> None:
        """Highlight another tab, or say another plan's name."""
        self.current, self.title = current, title
        self.redraw()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line, whatever the height
        """Names, with digits where there is room; a line between the product and the project side."""
        digits = sum(len(tab.name) + 4 for tab in self.tabs) + 1 <= width * 2 // 3
        spans: list[Span] = []
        self._ends = []
        side = self.tabs[0].side
        for tab in self.tabs:
            if tab.side != side:
                spans.append(("rule", self.divider))
                side = tab.side
            name = f" {tab.digit} {tab.name} " if digits else f" {tab.name} "
            spans.append(("tab" if tab.id == self.current else "dim", name))
            self._ends.append((width_of(tuple(spans)), tab.id))
        used = width_of(tuple(spans))
        return [(*spans, ("dim", fit(f"{self.title} ", width - used, right=True)))]

    def on_click(self, event: events.Click) -> None:
        """A click goes to the tab under it."""
        for end, tab in self._ends:
            if event.x < end:
                self.post_message(self.Chosen(tab))
                return


class KeyLine(Surface):
    """The keys that matter most here and now; a click presses the key."""

    DEFAULT_CSS = "KeyLine { height: 1; dock: bottom; background: $surface; }"

    def __init__(self, keys: list[tuple[str, str]]) -> None:
        super().__init__(id="keys")
        self.keys = keys
        self._ends: list[tuple[int, str]] = []

    def show(self, keys: list[tuple[str, str]]) -> None:
        """Say other keys: pairs of key and title."""
        self.keys = keys
        self.redraw()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line, whatever the height
        """As many as fit; the help key stays in sight at the right."""
        last = self.keys[-1:] if self.keys else []
        tail = width_of(tuple(_key_spans(last)))
        spans: list[Span] = []
        self._ends = []
        for key, title in self.keys[:-1]:
            more = _key_spans([(key, title)])
            if width_of((*spans, *more)) + tail > width:
                break
            spans += more
            self._ends.append((width_of(tuple(spans)), key))
        if last:
            spans.append(("", " " * max(0, width - tail - width_of(tuple(spans)))))
            spans += _key_spans(last)
            self._ends.append((width, last[0][0]))
        return [tuple(spans)]

    async def on_click(self, event: events.Click) -> None:
        """A click on a key's title does what the key does."""
        for end, key in self._ends:
            if event.x < end:
                self.app.simulate_key(key_named(key))
                return


def _key_spans(keys: list[tuple[str, str]]) -> list[Span]:
    return [span for key, title in keys for span in (("accent", f" {key} "), ("dim", f"{title} "))]


class Heading(Surface):
    """One line that says what is shown: counts, method, filter, and what is wrong."""

    DEFAULT_CSS = "Heading { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.spans: Line = ()

    def show(self, spans: Line) -> None:
        """Say something else."""
        self.spans = spans
        self.redraw()

    def build(self, width: int, height: int) -> list[Line]:  # noqa: ARG002 - one line, whatever the height
        """The spans as they are."""
        return [self.spans]
