"""Bars of tasks on a time scale, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from pmtui.domain.durations import DAY
from pmtui.domain.plan import Plan
from pmtui.domain.text import visible
from pmtui.planning.calendar import end_day, is_working, start_day
from pmtui.planning.schedule import ProjectDates, Schedule, TaskDates, first_day, last_day
from pmtui.planning.wbs import WbsRow
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fit
from pmtui.ui.draw.line import cells as cells_of
from pmtui.ui.draw.scale import Scale

Dates = TaskDates | ProjectDates

LABEL = 40
"""Cells of a title in the chart at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a bar stands, in cells; both ends count and may be out of view."""

    first: int
    last: int
    done: int
    """Cells that are done, from the first on."""


def bar_of(dates: Dates, scale: Scale) -> Bar:
    """The bar of a task, a summary or a project; at least one cell long.

    What is begun has a done cell and what is not done an open one, wherever there is room for both.
    """
    if dates.start == dates.finish:
        day = first_day(dates)
        at = _cell_before(scale, day, DAY) if dates.starts_at_close else scale.column(day)
        return Bar(at, at, 1 if dates.percent >= 1 else 0)
    first = _cell_behind(scale, start_day(dates.start), dates.start % DAY)
    last = max(first, _cell_before(scale, end_day(dates.finish), (dates.finish - 1) % DAY + 1))
    length = last - first + 1
    done = int(dates.percent * length + 0.5)
    if 0 < dates.percent < 1 and length > 1:
        done = max(1, min(length - 1, done))
    elif dates.percent < 1 and length == 1:
        done = 0
    return Bar(first, last, done)


def _cell_behind(scale: Scale, day: date, minute: int) -> int:
    """The cell in which something begins so many working minutes into a day."""
    minutes = (day.toordinal() - scale.left.toordinal()) * DAY + minute
    return minutes * scale.zoom.cells // (scale.zoom.days * DAY)


def _cell_before(scale: Scale, day: date, minute: int) -> int:
    """The cell in which something ends so many working minutes into a day."""
    minutes = (day.toordinal() - scale.left.toordinal()) * DAY + minute
    return -(-minutes * scale.zoom.cells // (scale.zoom.days * DAY)) - 1


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How the bars are shown."""

    scale: Scale
    today: date
    glyphs: Glyphs
    cursor: str = ""
    labels: bool = False
    """Whether each bar has its title beside it, as no outline is shown."""


def chart_line(row: WbsRow, plan: Plan, found: Schedule, look: ChartLook) -> Line:
    """The bar of one row, today behind it, and above it the end of what was promised for its card."""
    scale, glyphs = look.scale, look.glyphs
    cells = _background(look)
    if not cells:
        return ()
    dates: Dates | None = found.projects.get(row.id) if row.kind == "project" else found.tasks.get(row.id)
    bar = None
    if isinstance(dates, ProjectDates) and not dates.tasks:
        dates = None  # it has a start and nothing to draw
    if dates is not None:
        bar = bar_of(dates, scale)
        _draw(cells, dates, row, bar, glyphs)
    elif row.id in found.circle:
        cells[0] = ("bad", "?")
    promised = promise_day(plan, row)
    if promised is not None:
        place = scale.column(promised)
        if 0 <= place < scale.width:
            late = dates is not None and last_day(dates) > promised
            cells[place] = ("bad" if late else "good", glyphs.promise)
    if look.labels:
        _label(cells, _title(plan, row), bar, "cursor" if row.id == look.cursor else "", glyphs)
    return _joined(cells)


def promise_day(plan: Plan, row: WbsRow) -> date | None:
    """The last day promised for the card that a task is planned for; None where nothing was.

    Only the topmost of the tasks of a card has it, so that it is not said once for each of them.
    """
    if row.kind == "project":
        return None
    task = plan.tasks[row.id]
    above = plan.tasks.get(task.parent_id or "")
    if task.initiative_id is None or (above is not None and above.initiative_id == task.initiative_id):
        return None
    card = plan.initiatives.get(task.initiative_id)
    return None if card is None or card.archived else card.promise_end


def _background(look: ChartLook) -> list[Span]:
    """Nothing but today; looked at by days, a sign in the middle of each day on which nobody works."""
    scale = look.scale
    cells: list[Span] = [("", " ")] * scale.width
    if scale.zoom.cells > 1:
        for at in range(scale.zoom.cells // 2, scale.width, scale.zoom.cells):
            if not is_working(scale.day_at(at)):
                cells[at] = ("rule", look.glyphs.fine)
    at = scale.column(look.today)
    if 0 <= at < scale.width:
        cells[at] = ("rule", look.glyphs.vertical)
    return cells


def _draw(cells: list[Span], dates: Dates, row: WbsRow, bar: Bar, glyphs: Glyphs) -> None:
    width = len(cells)
    summary = row.kind == "project" or row.has_parts
    critical = isinstance(dates, TaskDates) and dates.critical and dates.percent < 1
    style = "strong" if summary else "bad" if critical else "accent"
    if bar.last < 0:
        cells[0] = ("dim", glyphs.before)
        return
    if bar.first >= width:
        cells[width - 1] = ("dim", glyphs.behind)
        return
    if dates.start == dates.finish and not summary:
        cells[bar.first] = ("good" if bar.done else style, glyphs.milestone)
        return
    for at in range(max(0, bar.first), min(width, bar.last + 1)):
        done = at - bar.first < bar.done
        sign = glyphs.summary if summary else glyphs.full if done else glyphs.planned
        cells[at] = ("good" if done else style, sign)
    if summary and bar.first < bar.last:
        for end, sign in ((bar.first, glyphs.opens), (bar.last, glyphs.closes)):
            if 0 <= end < width:
                cells[end] = (cells[end][0], sign)


def _title(plan: Plan, row: WbsRow) -> str:
    name = plan.projects[row.id].name if row.kind == "project" else plan.tasks[row.id].title
    return visible(name)


def _label(cells: list[Span], title: str, bar: Bar | None, style: str, glyphs: Glyphs) -> None:
    """Write a title behind its bar, in front of it, or over it, where it has most room."""
    width = len(cells)
    length = min(cell_len(title), LABEL)
    start = 0 if bar is None else min(max(0, bar.last + 2), width)
    if bar is not None and width - start < length:
        if bar.first > width - start:
            length = min(length, bar.first - 1)
            start = bar.first - 1 - length
        elif width - start < min(length, 8):
            start = max(0, width - length)
    text = fit(title, min(length, width - start), ellipsis=glyphs.ellipsis)
    written = cells_of(((style, text),))
    cells[start : start + len(written)] = written


def _joined(cells: list[Span]) -> Line:
    spans: list[Span] = []
    for style, text in cells:
        if spans and spans[-1][0] == style:
            spans[-1] = (style, spans[-1][1] + text)
        else:
            spans.append((style, text))
    return tuple(spans)
