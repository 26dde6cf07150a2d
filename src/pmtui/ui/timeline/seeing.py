"""Keys of the Timeline that change nothing but what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmtui.domain.durations import duration_text
from pmtui.domain.links import link_text
from pmtui.domain.relations import predecessors, successors
from pmtui.planning.schedule import first_day, last_day, why_here
from pmtui.planning.wbs import WbsRow, outline_of
from pmtui.ui.draw.line import Line
from pmtui.ui.draw.scale import ZOOMS, Scale
from pmtui.ui.draw.tasks import short_day
from pmtui.ui.question import Question

if TYPE_CHECKING:
    from pmtui.domain.entities.schedule import Dependency
    from pmtui.ui.timeline.view import TimelineView

PAN = 8
"""Cells by which the chart moves at a time."""


class SeeingKeys:
    """The part of `TimelineView` that moves, folds, filters and shows."""

    def _view(self) -> TimelineView:
        return cast("TimelineView", self)

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        view = self._view()
        if view.rows:
            at = view.index.get(view.cursor, 0)
            view.cursor = view.rows[max(0, min(len(view.rows) - 1, at + by))].id
            view.redraw()

    def action_edge(self, end: int) -> None:
        """First or last."""
        self.action_move(end * len(self._view().rows))

    def action_page(self, by: int) -> None:
        """A page of the outline."""
        view = self._view()
        pane = view.outline_pane if view.outline_pane.display else view.chart_pane
        self.action_move(by * max(1, pane.size.height - 3))

    def action_sideways(self, by: int) -> None:
        """In the outline fold and unfold, or go a level up and down; in the chart go through time."""
        view = self._view()
        row = view.here
        if view.active == "chart":
            self._pan(by * PAN)
        elif row is None:
            return
        elif by > 0:
            self._unfold(row.id, has_parts=row.has_parts)
        elif row.has_parts and row.id not in view.folded and not view.filter:
            view.folded |= {row.id}
            view.plan_changed()
        else:
            above = [other for other in view.rows[: view.index[row.id]] if other.depth < row.depth]
            if above:
                view.cursor = above[-1].id
                view.redraw()

    def _unfold(self, row_id: str, *, has_parts: bool) -> None:
        view = self._view()
        if row_id in view.folded:
            view.folded -= {row_id}
            view.plan_changed()
        elif has_parts:
            self.action_move(1)

    def _pan(self, cells: int) -> None:
        view = self._view()
        view.left = view.scale_of(view.chart_pane.size.width).moved(cells).left
        view.redraw()

    def action_other_pane(self) -> None:
        """Between outline and chart; where only one is shown, the other one comes in its place."""
        view = self._view()
        view.active = "chart" if view.active == "outline" else "outline"
        if view.active == "chart" and view.mode == "table":
            view.mode = "all"
        view.fit_layout(view.size.width, view.size.height)
        view.call_after_refresh(view.redraw)

    def action_layout(self) -> None:
        """Everything, the critical path alone, the table without the chart."""
        from pmtui.ui.timeline.view import MODES, NARROW

        view = self._view()
        modes = MODES[:2] if view.size.width < NARROW else MODES  # there the table alone is shown anyway
        view.mode = modes[(modes.index(view.mode) + 1) % len(modes)] if view.mode in modes else modes[0]
        view.full = False
        view.fit_layout(view.size.width, view.size.height)
        view.plan_changed()

    def action_depth(self) -> None:
        """Projects alone, their phases, everything."""
        view = self._view()
        everything: frozenset[str] = frozenset()
        rows = [row for row in _all_rows(view) if row.has_parts]
        projects = frozenset(row.id for row in rows if row.kind == "project")
        phases = frozenset(row.id for row in rows if row.kind == "task")
        steps = (everything, projects, phases)
        now = steps.index(view.folded) if view.folded in steps else -1
        home = view.cursor
        view.folded = steps[(now + 1) % len(steps)]
        view.plan_changed()
        if home in view.index:
            view.put_cursor(home)

    def action_detail(self) -> None:
        """Detail pane on and off."""
        view = self._view()
        view.detail = not view.detail
        view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_full_screen(self) -> None:
        """The chart with short titles alone, and back."""
        view = self._view()
        view.full = not view.full
        view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_zoom(self, by: int) -> None:
        """Closer or wider; what is in view of the start of the task under the cursor and today stays where it is."""
        view = self._view()
        width = view.chart_pane.size.width
        scale = view.scale_of(width)
        zoom = max(0, min(len(ZOOMS) - 1, view.zoom + by))
        if zoom == view.zoom:
            view.desk.say(f"That is the {'closest' if by < 0 else 'widest'} there is: by {ZOOMS[zoom].name}.")
            return
        dates = view.dates.tasks.get(view.cursor) or view.dates.projects.get(view.cursor)
        days = ([first_day(dates)] if dates else []) + [view.desk.today()]
        seen = [day for day in days if 0 <= scale.column(day) < width]
        day = seen[0] if seen else scale.day_at(width // 2)
        at = scale.column(day) if seen else width // 2
        view.zoom = zoom
        view.left = Scale(ZOOMS[zoom], scale.left, width).beginning(day, at).left
        view.redraw()

    def action_today(self) -> None:
        """Today into the chart; where it is there already, the task under the cursor."""
        view = self._view()
        width = view.chart_pane.size.width
        scale = view.scale_of(width)
        day = view.desk.today()
        left = scale.beginning(day, width // 5).left
        dates = view.dates.tasks.get(view.cursor) or view.dates.projects.get(view.cursor)
        if left == scale.left and dates is not None:
            left = scale.beginning(first_day(dates), width // 8).left
        view.left = left
        view.redraw()

    def action_why(self) -> None:
        """Why it stands where it stands, and what hangs on it."""
        view = self._view()
        row = view.here
        if row is None or row.kind == "project":
            view.desk.say("W says why a task stands where it stands: move the cursor to a task.")
            return
        task = view.plan.tasks[row.id]
        dates = view.dates.tasks.get(task.id)
        lines: list[Line] = [(("", f" {why_here(view.plan, task.id)}"),), ()]
        if dates is not None:
            slack = "no slack: it is critical" if dates.critical else f"slack {duration_text(dates.total_slack)}"
            free = f"{duration_text(dates.free_slack)} of it moves no other task" if dates.total_slack else ""
            lines += [(("", f" {slack}   {free}"),), ()]
        for title, links, end in (
            ("it waits for", predecessors(view.plan).get(task.id, ()), "predecessor_id"),
            ("waiting for it", successors(view.plan).get(task.id, ()), "successor_id"),
        ):
            lines.append((("strong", f" {title}"),))
            lines += [self._link_line(link, end) for link in links] or [(("dim", "   nothing"),)]
            lines.append(())
        view.desk.read(f"{task.key} {task.title}", lines)

    def _link_line(self, link: Dependency, end: str) -> Line:
        view = self._view()
        other = view.plan.tasks[getattr(link, end)]
        dates = view.dates.tasks.get(other.id)
        today = view.desk.today()
        when = f"{short_day(first_day(dates), today)} to {short_day(last_day(dates), today)}" if dates else "no dates"
        return (
            ("accent", f"   {other.key:<6} "),
            ("", other.title),
            ("dim", f"   {link_text(link.type, link.lag)}   {when}"),
        )

    def action_filter(self) -> None:
        """Filter while it is typed; Enter keeps it, Esc gives the old one back."""
        view = self._view()
        before, home = view.filter, view.cursor

        def show(text: str) -> None:
            view.choose_filter(text)
            if home in view.index and view.cursor != home:
                view.put_cursor(home)

        async def keep(text: str) -> str:
            show(text)
            return ""

        view.desk.ask(
            Question(
                "/",
                keep,
                value=f"{before} " if before else "",
                placeholder="words  @owner  is:critical  is:late  is:open  project:J-1  card:C-3  -not",
                live=show,
                cancel=lambda: show(before),
            )
        )

    def action_back(self) -> None:
        """Out of the full screen, then unmark, then drop the filter, then everything again."""
        view = self._view()
        if view.full:
            self.action_full_screen()
        elif view.marks:
            view.marks.clear()
            view.redraw()
        elif view.filter:
            view.choose_filter("")
        elif view.mode != "all":
            view.mode = "all"
            view.fit_layout(view.size.width, view.size.height)
            view.plan_changed()

    def action_mark(self) -> None:
        """Mark or unmark a task, and go on to the next row."""
        view = self._view()
        row = view.here
        if row is None:
            return
        if row.kind == "project":
            view.desk.say("Tasks can be marked, projects not.")
            return
        view.marks ^= {row.id}
        self.action_move(1)
        view.redraw()

    def action_mark_all(self) -> None:
        """All tasks in view, or none where all are marked already."""
        view = self._view()
        shown = {row.id for row in view.rows if row.kind == "task"}
        view.marks = view.marks - shown if shown <= view.marks else view.marks | shown
        view.redraw()


def _all_rows(view: TimelineView) -> list[WbsRow]:
    return outline_of(view.plan)
