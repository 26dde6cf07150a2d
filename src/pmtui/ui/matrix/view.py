"""The Matrix: one cursor over plane and list, and what is seen of the backlog."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Region, Size

from pmtui.planning.scoring import METHODS, method_of
from pmtui.ui.desk import Desk
from pmtui.ui.draw.arrangement import VIEWS, Arrangement, Choices, arrange
from pmtui.ui.draw.line import Line, Span
from pmtui.ui.keys import bindings
from pmtui.ui.matrix.acting import ActingKeys
from pmtui.ui.matrix.panes import AxisPane, DetailPane, ListPane, Pane, PlanePane
from pmtui.ui.matrix.rating import RatingKeys
from pmtui.ui.matrix.seeing import SeeingKeys
from pmtui.ui.tab_view import TabView, Targets
from pmtui.ui.widgets.bars import Heading

WIDE = 110
"""Columns from which the detail pane is tall."""
NARROW = 60
"""Columns below which there is one panel at a time."""


class MatrixView(SeeingKeys, RatingKeys, ActingKeys, TabView):
    """Backlog items on the value/effort plane with an ordered list beside it."""

    TAB = "matrix"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("matrix")]
    DEFAULT_CSS = """
    MatrixView {
        height: 1fr;
        & #panes { height: 1fr; }
        & #side { width: 1fr; border-left: solid $foreground 25%; }
        &.-list #plane-side { display: none; }
        & #plane-side { width: 1fr; height: 1fr; }
        &.-list #side { border-left: none; }
        &.-plane #panes { layout: vertical; }
        &.-plane #side { width: 100%; height: auto; border-left: none; }
        &.-plane ListPane { display: none; }
        &.-no-detail DetailPane { display: none; }
        &.-no-detail.-plane #side { display: none; }
        &.-tall DetailPane { height: 13; }
        &.-low DetailPane { height: 4; }
        &.-wide #side { width: 56%; }
    }
    """

    def __init__(self, desk: Desk, size: Size) -> None:
        """*size* is that of the screen, so that the first picture fits it."""
        super().__init__(desk, size)
        self.choices = Choices()
        self.arrangement = Arrangement()
        self.active = "list"
        """The pane that the arrows move in: "plane" or "list"."""
        self.layout_name = "both"
        self.columns = "scores"
        """The set of columns behind the title."""
        self.detail = True
        self.full = False
        self.fit_layout(size.width, size.height - 2)

    def compose(self) -> ComposeResult:
        """Heading above; plane at the left, list over detail at the right."""
        yield Heading()
        with Horizontal(id="panes"):
            with Horizontal(id="plane-side"):
                yield AxisPane(self)
                yield PlanePane(self)
            with Vertical(id="side"):
                yield ListPane(self)
                yield DetailPane(self)

    @property
    def list_pane(self) -> ListPane:
        """The list."""
        return self.query_one(ListPane)

    @property
    def plane_pane(self) -> PlanePane:
        """The plane."""
        return self.query_one(PlanePane)

    def on_mount(self) -> None:
        """The first rows."""
        self.plan_changed()

    def on_resize(self, event: events.Resize) -> None:
        """What fits changes with the size."""
        self.fit_layout(event.size.width, event.size.height)
        self.redraw()

    def fit_layout(self, width: int, height: int) -> None:
        """Show the panes that the size and the user's choice allow."""
        name = self.layout_name
        if width < NARROW and name == "both":
            name = "list"
        if self.full:
            name = self.active
        self.shown_layout = name
        if name != "both":
            self.active = name
        roomy = self.detail and not self.full and height >= 10
        names = {
            f"-{name}": True,
            "-no-detail": not roomy,
            "-tall": width >= WIDE and height >= 28 and name != "plane",
            "-low": height < 18,
            "-wide": width >= 100,
        }
        wanted = {css for css, holds in names.items() if holds}
        if wanted != set(self.classes):
            self.set_classes(wanted)

    def take_plan(self) -> None:
        """Arrange the rows again; the cursor stays on its item, or on the row where that was."""
        before = self.arrangement.index.get(self.cursor, 0)
        self.arrangement = arrange(self.plan, self.choices)
        self.marks &= self.plan.backlog_items.keys()
        if self.cursor not in self.arrangement.index:
            rows = self.arrangement.rows
            # The row where it was, else the item after a rule, else the last item.
            near = [*rows[before : before + 2], *reversed(rows)]
            self.cursor = next((row.id for row in near if row.id), "")

    def choose_filter(self, text: str) -> None:
        """Show what a filter leaves."""
        self.choose(filter=text)

    def choose(self, **changes: str) -> None:
        """See the backlog in another way."""
        self.choices = replace(self.choices, **changes)
        self.plan_changed()

    def title_region(self, entity_id: str) -> Region | None:
        """The title's place in its row."""
        pane = self.list_pane
        line = pane.line_of(entity_id) if pane.display and pane.size.width else None
        if line is None:
            return None
        region = pane.region
        return Region(region.x + 13, region.y + line, max(12, region.width - 14), 1)

    def put_cursor(self, entity_id: str) -> None:
        """Move the cursor to an item, dropping filters that hide it."""
        if entity_id not in self.arrangement.index and entity_id in self.plan.backlog_items:
            archived = self.plan.backlog_items[entity_id].archived
            name = "archive" if archived else "all"
            if entity_id in arrange(self.plan, replace(self.choices, filter="")).index:
                self.choose(filter="")
            else:
                self.choose(filter="", view=name, base=VIEWS[name])
        if entity_id in self.arrangement.index:
            self.cursor = entity_id
            self.redraw()

    def redraw(self) -> None:
        """Show what changed, in every pane."""
        if not self.is_mounted:
            return
        for pane in self.query(Pane):
            pane.redraw()
        self.query_one(Heading).show(self._heading())

    def targets(self) -> tuple[str, ...]:
        """The items that a verb acts on: the marked ones in view order, else the one under the cursor."""
        if self.marks:
            shown = [id_ for id_ in self.arrangement.ids if id_ in self.marks]
            return (*shown, *sorted(self.marks.difference(shown)))
        return (self.cursor,) if self.cursor else ()

    def targets_of(self) -> Targets | None:
        """The same with their kind; None where there are none."""
        ids = self.targets()
        return Targets("backlog_item", ids) if ids else None

    def help_lines(self) -> list[Line]:
        """The filter, the methods and the quadrants."""
        from pmtui.ui.matrix.helping import help_lines

        return help_lines()

    def nothing_words(self) -> list[str]:
        """What an empty list says, and which key helps."""
        if not self.plan.backlog_items:
            return [
                "",
                "Nothing in the backlog yet.",
                "",
                "a             add the first item",
                ":import FILE  bring CSV or JSON",
                "?             every key",
                "",
                "The demo shows a filled plan:",
                "pmtui demo",
            ]
        if self.choices.filter:
            return ["", f"No item matches {self.choices.filter}", "", "Esc drops the filter", "v     chooses a view"]
        return ["", f"Nothing in the view {self.choices.view}.", "", "v  chooses another view", "a  adds an item"]

    def _heading(self) -> Line:
        data, choices = self.arrangement, self.choices
        narrow = self.size.width < NARROW
        if narrow:
            spans: list[Span] = [("strong", f" {data.scored}"), ("warn", f"+{data.unscored} ")]
        else:
            spans = [("strong", " Backlog "), ("", f" {data.scored} scored ")]
            spans.append(("warn" if data.unscored else "dim", f" {data.unscored} unscored "))
        if choices.view == "open" and data.total > data.scored + data.unscored and not choices.filter:
            spans.append(("dim", f" open, of {data.total} " if not narrow else f" of {data.total} "))
        elif choices.view != "open":
            spans.append(("dim", f" view {choices.view} "))
        method = method_of(choices.method)
        formula = f" = {method.formula}" if self.size.width >= 110 and method is not METHODS[0] else ""
        spans.append(("accent", f" {method.title}{formula} "))
        if choices.sort != "rank":
            spans.append(("dim", f" by {choices.sort} "))
        if self.marks:
            hidden = len(self.marks - data.index.keys())
            spans.append(("mark", f" {len(self.marks)} marked{f' ({hidden} out of sight)' if hidden else ''} "))
        if choices.filter:
            spans.append(("accent", f" /{choices.filter} "))
        if data.problem:
            spans.append(("bad", f" {data.problem} "))
        return tuple(spans)

    @on(Pane.Clicked)
    def _clicked(self, event: Pane.Clicked) -> None:
        event.stop()
        self.focus()
        if event.id == self.cursor and event.pane == self.active:
            self.action_open()
            return
        self.active = event.pane
        self.cursor = event.id
        self.redraw()

    @on(Pane.Wheeled)
    def _wheeled(self, event: Pane.Wheeled) -> None:
        event.stop()
        self.step(event.by)
