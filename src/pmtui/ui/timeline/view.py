"""The Timeline: one cursor over the outline of all projects, and the bars beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Region, Size

from pmtui.domain.durations import DAY
from pmtui.domain.plan import kind_of
from pmtui.domain.relations import predecessors, successors
from pmtui.planning.calendar import first_minute
from pmtui.planning.schedule import Schedule, first_day, last_day, schedule
from pmtui.planning.task_filter import TaskFilter, archived_outline, is_late, parse
from pmtui.planning.wbs import WbsRow, outline_of
from pmtui.ui.desk import Desk
from pmtui.ui.draw.line import Line
from pmtui.ui.draw.scale import ZOOMS, Scale
from pmtui.ui.draw.tasks import DEEPEST, task_columns
from pmtui.ui.keys import bindings
from pmtui.ui.tab_view import TabView, Targets
from pmtui.ui.timeline.acting import ActingKeys
from pmtui.ui.timeline.panes import HEAD, ChartPane, OutlinePane, TaskDetailPane, TaskPane
from pmtui.ui.timeline.seeing import SeeingKeys
from pmtui.ui.timeline.wording import heading_line
from pmtui.ui.widgets.bars import Heading

NARROW = 60
"""Columns below which there is one panel at a time."""
MODES = ("all", "critical", "table")
"""What `c` goes through: everything, the critical path alone, the outline without the chart."""


class TimelineView(SeeingKeys, ActingKeys, TabView):
    """Work breakdown structure and Gantt chart of all projects."""

    TAB = "timeline"
    DERIVES = (schedule, outline_of)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("timeline")]
    DEFAULT_CSS = """
    TimelineView {
        height: 1fr;
        & #task-panes { height: 1fr; }
        & OutlinePane { width: 50; height: 1fr; }
        & ChartPane { width: 1fr; height: 1fr; border-left: solid $foreground 25%; }
        & #task-reasons { display: none; }
        &.-two #task-reasons { display: block; }
        &.-wide OutlinePane { width: 70; }
        &.-huge OutlinePane { width: 104; }
        &.-full OutlinePane { width: 30; }
        &.-table OutlinePane { width: 1fr; }
        &.-table ChartPane { display: none; }
        &.-chart OutlinePane { display: none; }
        &.-chart ChartPane { border-left: none; }
        &.-low TaskDetailPane { height: 7; }
        &.-high TaskDetailPane { height: 10; }
        &.-no-detail TaskDetailPane { display: none; }
    }
    """

    def __init__(self, desk: Desk, size: Size) -> None:
        """*size* is that of the screen, so that the first picture fits it."""
        super().__init__(desk, size)
        self.rows: Sequence[WbsRow] = ()
        self.index: Mapping[str, int] = {}
        self.dates: Schedule = schedule(self.plan)
        self.counts: tuple[int, int] | None = None
        """Tasks without parts, and those of them that are late."""
        self.years = True
        """Whether some project is not wholly in this year, so that days are shown with theirs."""
        self.filter = ""
        self.query_text = TaskFilter()
        self.folded: frozenset[str] = frozenset()
        """The projects and tasks whose parts are out of sight."""
        self.top = 0
        """The first row in view."""
        self.active = "outline"
        """The pane that the arrows move in: "outline" or "chart"."""
        self.mode = "all"
        self.zoom = 1
        self.left: date | None = None
        """The first day of the chart; None until it has been drawn."""
        self.detail = True
        self.full = False
        self.fit_layout(size.width, size.height - 2)

    def compose(self) -> ComposeResult:
        """Heading above; outline and chart, and the detail below them."""
        yield Heading()
        with Horizontal(id="task-panes"):
            yield OutlinePane(self, "outline")
            yield ChartPane(self, "chart")
        yield TaskDetailPane(self)

    @property
    def outline_pane(self) -> OutlinePane:
        """The outline."""
        return self.query_one(OutlinePane)

    @property
    def chart_pane(self) -> ChartPane:
        """The chart."""
        return self.query_one(ChartPane)

    @property
    def here(self) -> WbsRow | None:
        """The row under the cursor."""
        at = self.index.get(self.cursor)
        return self.rows[at] if at is not None else None

    def on_mount(self) -> None:
        """The first rows."""
        self.plan_changed()

    def on_resize(self, event: events.Resize) -> None:
        """What fits changes with the size."""
        self.fit_layout(event.size.width, event.size.height)
        self.redraw()

    def fit_layout(self, width: int, height: int) -> None:
        """Show the panes that the size and the user's choice allow."""
        narrow = width < NARROW
        chart_alone = narrow and self.active == "chart"
        names = {
            "-wide": width >= 110,
            "-huge": width >= 170,
            "-two": width >= 96,
            "-full": self.full and not narrow,
            "-table": (self.mode == "table" or narrow) and not chart_alone and not (self.full and not narrow),
            "-chart": chart_alone,
            "-low": height < 24,
            "-high": height >= 40,
            "-no-detail": not self.detail or self.full or height < 14,
        }
        wanted = {css for css, holds in names.items() if holds}
        if wanted != set(self.classes):
            self.set_classes(wanted)

    def take_plan(self) -> None:
        """Arrange the rows again; the cursor stays on its task, or on the row where that was."""
        before = self.index.get(self.cursor, 0)
        before_dates, self.dates = self.dates, schedule(self.plan)
        if self.dates is not before_dates or self.counts is None:
            self.counts = self._counted()
            year = self.desk.today().year
            spans = self.dates.projects.values()
            self.years = any(first_day(dates).year != year or last_day(dates).year != year for dates in spans)
        text = f"{self.filter} is:critical -is:done" if self.mode == "critical" else self.filter
        self.query_text = parse(text)
        if text.strip():
            wanted = self.query_text.select(self.plan, self.desk.today())
            archive = self.query_text.of_archive
            self.rows = archived_outline(self.plan, wanted) if archive else outline_of(self.plan, wanted=wanted)
        else:
            self.rows = outline_of(self.plan, self.folded)
        self.index = {row.id: at for at, row in enumerate(self.rows)}
        self.marks = {id_ for id_ in self.marks if id_ in self.plan.tasks}
        if self.cursor not in self.index:
            near = self.rows[min(before, len(self.rows) - 1)].id if self.rows else ""
            self.cursor = self._shown_above(self.cursor) or near

    def _counted(self) -> tuple[int, int]:
        """How many tasks have no parts, and how many of them should be done by now and are not."""
        found, today = self.dates, self.desk.today()
        limit = first_minute(today) + DAY
        leaves, late = 0, 0
        for id_, dates in found.tasks.items():
            if not dates.summary:
                leaves += 1
                # minutes are compared first: days cost a hundred times as much
                late += dates.finish <= limit and dates.percent < 1 and is_late(found, id_, today)
        return leaves, late

    def _shown_above(self, entity_id: str) -> str:
        """The nearest row in view that a task is a part of, where it was folded away; else ""."""
        passed: set[str] = set()
        while entity_id in self.plan.tasks and entity_id not in passed:
            passed.add(entity_id)
            task = self.plan.tasks[entity_id]
            entity_id = task.parent_id or task.project_id
            if entity_id in self.index:
                return entity_id
        return ""

    def rows_in_view(self, page: int) -> Sequence[WbsRow]:
        """The rows that *page* lines show, scrolled so that the cursor is among them."""
        page = max(1, page)
        at = self.index.get(self.cursor, 0)
        self.top = max(0, min(self.top, at, len(self.rows) - page))
        if at >= self.top + page:
            self.top = at - page + 1
        return self.rows[self.top : self.top + page]

    def scale_of(self, width: int) -> Scale:
        """The time scale for a chart of that width; the first time it begins where there is something to see."""
        left = self.left or self._begin(width)
        return Scale(ZOOMS[self.zoom], left, max(0, width))

    def _begin(self, width: int) -> date:
        """Choose zoom and first day so that the projects of today are in view, else those that there are."""
        today = self.desk.today()
        live = [dates for dates in self.dates.projects.values() if dates.tasks]
        shown = [dates for dates in live if first_day(dates) <= today <= last_day(dates)] or live
        first = min((first_day(dates) for dates in shown), default=today)
        days = (max((last_day(dates) for dates in shown), default=today) - first).days
        fitting = [at for at in range(1, len(ZOOMS)) if days * ZOOMS[at].cells <= (width - 1) * ZOOMS[at].days]
        self.zoom = fitting[0] if fitting else self.zoom
        scale = Scale(ZOOMS[self.zoom], today, max(1, width))
        left = scale.beginning(first, 0).left if fitting else scale.beginning(today, width // 5).left
        if width > 1:
            self.left = left
        return left

    def neighbours(self) -> Mapping[str, str]:
        """A sign for each task that the one under the cursor waits for, or that waits for it."""
        signs = {link.successor_id: self.glyphs.arrow for link in successors(self.plan).get(self.cursor, ())}
        signs |= {link.predecessor_id: self.glyphs.back for link in predecessors(self.plan).get(self.cursor, ())}
        return signs

    def redraw(self) -> None:
        """Show what changed, in every pane."""
        if not self.is_mounted:
            return
        for pane in self.query(TaskPane):
            if pane.display:
                pane.redraw()
        self.query_one(TaskDetailPane).redraw()
        self.query_one(Heading).show(heading_line(self))

    def put_cursor(self, entity_id: str) -> None:
        """Move the cursor to a project or a task, dropping what hides it."""
        if entity_id not in self.index and entity_id in self.plan.tasks:
            above: set[str] = set()
            parent = self.plan.tasks[entity_id].parent_id
            while parent is not None and parent not in above:
                above.add(parent)
                parent = self.plan.tasks[parent].parent_id
            self.folded -= above | {self.plan.tasks[entity_id].project_id}
        if entity_id not in self.index:
            self.filter, self.mode = "", "all" if self.mode == "critical" else self.mode
            kind = kind_of(self.plan, entity_id)
            if kind in ("project", "task") and getattr(self.plan.find(kind, entity_id), "archived", False):
                self.filter = "is:archived"
            self.plan_changed()
        if entity_id in self.index:
            self.cursor = entity_id
            self.redraw()

    def choose_filter(self, text: str) -> None:
        """Show what a filter leaves."""
        self.filter = text.strip()
        self.plan_changed()

    def targets(self) -> tuple[str, ...]:
        """The marked tasks in the order of the outline, else the one under the cursor; none on a project."""
        if self.marks:
            shown = [row.id for row in self.rows if row.id in self.marks]
            return (*shown, *sorted(self.marks.difference(shown)))
        row = self.here
        return (row.id,) if row is not None and row.kind == "task" else ()

    def targets_of(self) -> Targets | None:
        """The same with their kind, or the project under the cursor."""
        ids = self.targets()
        if ids:
            return Targets("task", ids)
        row = self.here
        return Targets(row.kind, (row.id,)) if row else None

    def title_region(self, entity_id: str) -> Region | None:
        """The title's place in its row."""
        pane = self.outline_pane
        at = self.index.get(entity_id)
        if at is None or not pane.display or not pane.size.width:
            return None
        line = at - self.top + HEAD
        if not HEAD <= line < pane.size.height:
            return None
        layout = task_columns(pane.size.width, years=self.years)
        indent = layout.before + 2 * min(self.rows[at].depth, DEEPEST) + 2
        return Region(pane.region.x + indent, pane.region.y + line, max(12, pane.region.width - indent), 1)

    def help_lines(self) -> list[Line]:
        """Marks, typing and filter."""
        from pmtui.ui.timeline.helping import help_lines

        return help_lines(self.glyphs)

    @on(TaskPane.Clicked)
    def _clicked(self, event: TaskPane.Clicked) -> None:
        event.stop()
        self.focus()
        again = event.id == self.cursor
        self.cursor = event.id
        self.active = event.pane
        if again:
            self.action_form()
        else:
            self.redraw()
