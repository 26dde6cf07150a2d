"""The Vision tab: one cursor over products, objectives and key results."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Region, Size

from pmtui.domain.entities.vision import Product
from pmtui.domain.numbers import counted
from pmtui.ui.desk import Desk
from pmtui.ui.draw.goals import GoalRow, goal_rows
from pmtui.ui.draw.line import Line, Span
from pmtui.ui.keys import bindings
from pmtui.ui.tab_view import TabView, Targets
from pmtui.ui.vision.acting import ActingKeys
from pmtui.ui.vision.panes import BoardPane, GoalDetailPane, GoalPane
from pmtui.ui.vision.seeing import SeeingKeys
from pmtui.ui.widgets.bars import Heading

WIDE = 110
"""Columns from which the detail pane stands at the right."""


class VisionView(SeeingKeys, ActingKeys, TabView):
    """Products with objectives and key results, or one product's vision board."""

    TAB = "vision"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("vision")]
    DEFAULT_CSS = """
    VisionView {
        height: 1fr;
        & #goal-panes { height: 1fr; layout: vertical; }
        &.-wide #goal-panes { layout: horizontal; }
        & GoalPane { width: 1fr; }
        &.-wide GoalDetailPane { width: 35%; height: 1fr; border-top: none; border-left: solid $foreground 25%; }
        &.-low GoalDetailPane { height: 6; }
        &.-no-detail GoalDetailPane { display: none; }
        & BoardPane { display: none; }
        &.-board BoardPane { display: block; }
        &.-board #goal-panes { display: none; }
    }
    """

    def __init__(self, desk: Desk, size: Size) -> None:
        """*size* is that of the screen, so that the first picture fits it."""
        super().__init__(desk, size)
        self.rows: list[GoalRow] = []
        self.index: dict[str, int] = {}
        self.filter = ""
        self.detail = True
        self.board = False
        """Whether the board of the product has the screen."""
        self.fit_layout(size.width, size.height - 2)

    def compose(self) -> ComposeResult:
        """Heading above; list and detail, or the board, below."""
        yield Heading()
        with Horizontal(id="goal-panes"):
            yield GoalPane(self)
            yield GoalDetailPane(self)
        yield BoardPane(self)

    @property
    def list_pane(self) -> GoalPane:
        """The list."""
        return self.query_one(GoalPane)

    @property
    def here(self) -> GoalRow | None:
        """The row under the cursor."""
        at = self.index.get(self.cursor)
        return self.rows[at] if at is not None else None

    def product(self) -> Product | None:
        """The product that the line under the cursor is or belongs to."""
        row = self.here
        if row is None:
            return None
        plan = self.plan
        if row.kind == "product":
            return plan.products[row.id]
        objective_id = plan.key_results[row.id].objective_id if row.kind == "key_result" else row.id
        return plan.products.get(plan.objectives[objective_id].product_id or "")

    def on_mount(self) -> None:
        """The first rows."""
        self.plan_changed()

    def on_resize(self, event: events.Resize) -> None:
        """What fits changes with the size."""
        self.fit_layout(event.size.width, event.size.height)
        self.redraw()

    def fit_layout(self, width: int, height: int) -> None:
        """Show the panes that the size and the user's choice allow."""
        names = {
            "-wide": width >= WIDE,
            "-low": height < 18,
            "-no-detail": not self.detail or height < 12,
            "-board": self.board,
        }
        wanted = {css for css, holds in names.items() if holds}
        if wanted != set(self.classes):
            self.set_classes(wanted)

    def take_plan(self) -> None:
        """Arrange the rows again; the cursor stays on its thing, or on the row where that was."""
        before = self.index.get(self.cursor, 0)
        self.rows = goal_rows(self.plan, self.filter)
        self.index = {row.id: at for at, row in enumerate(self.rows)}
        self.marks &= self.index.keys()
        if self.cursor not in self.index:
            self.cursor = self.rows[min(before, len(self.rows) - 1)].id if self.rows else ""

    def redraw(self) -> None:
        """Show what changed, in every pane."""
        if not self.is_mounted:
            return
        if self.board:
            self.query_one(BoardPane).redraw()
        else:
            self.list_pane.redraw()
            self.query_one(GoalDetailPane).redraw()
        self.query_one(Heading).show(self._heading())

    def put_cursor(self, entity_id: str) -> None:
        """Move the cursor to a thing, dropping a filter that hides it."""
        if entity_id not in self.index and self.filter:
            self.choose_filter("")
        if entity_id in self.index:
            self.cursor = entity_id
            self.redraw()

    def choose_filter(self, text: str) -> None:
        """Show what a filter leaves."""
        self.filter = text.strip()
        self.plan_changed()

    def targets_of(self) -> Targets | None:
        """The marked things, all of one kind, else the one under the cursor."""
        row = self.here
        marked = [entry for entry in self.rows if entry.id in self.marks]
        if marked:
            return Targets(marked[0].kind, tuple(entry.id for entry in marked))
        return Targets(row.kind, (row.id,)) if row else None

    def title_region(self, entity_id: str) -> Region | None:
        """The title's place in its row."""
        pane = self.list_pane
        line = pane.line_of(entity_id) if not self.board and pane.size.width else None
        if line is None:
            return None
        return Region(pane.region.x + 8, pane.region.y + line, max(12, pane.region.width - 9), 1)

    def help_lines(self) -> list[Line]:
        """Grades and filter."""
        from pmtui.ui.vision.helping import help_lines

        return help_lines()

    def nothing_words(self) -> list[str]:
        """What an empty list says, and which key helps."""
        if self.filter:
            return ["", f"Nothing matches {self.filter}", "", "Esc drops the filter"]
        return [
            "",
            "No product yet. A product says what is built, for whom, and why:",
            "its vision, its objectives, and the key results that measure them.",
            "",
            "a   add the product   then E fills in vision board and positioning",
            "A   add an objective below it, and a key result below that",
            "?   every key",
        ]

    def _heading(self) -> Line:
        plan = self.plan
        goals = sum(not goal.archived for goal in plan.objectives.values())
        results = sum(not result.archived for result in plan.key_results.values())
        spans: list[Span] = [("strong", " Vision ")]
        product = self.product()
        if self.board and product:
            spans.append(("accent", f" {product.key} {product.name} "))
        spans.append(("", f" {counted(goals, 'objective')}  {counted(results, 'key result')} "))
        if self.marks:
            spans.append(("mark", f" {len(self.marks)} marked "))
        if self.filter:
            spans.append(("accent", f" /{self.filter} "))
        return tuple(spans)

    @on(GoalPane.Clicked)
    def _clicked(self, event: GoalPane.Clicked) -> None:
        event.stop()
        self.focus()
        if event.id == self.cursor:
            self.action_form()
        else:
            self.cursor = event.id
            self.redraw()
