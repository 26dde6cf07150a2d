"""The outline of tasks: one line each, with as many columns as fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pmtui.domain.durations import DAY, duration_text
from pmtui.domain.entities.schedule import Project
from pmtui.domain.numbers import half_up
from pmtui.domain.periods import MONTH_NAMES
from pmtui.domain.plan import Plan
from pmtui.planning.schedule import ProjectDates, Schedule, TaskDates, first_day, last_day
from pmtui.planning.task_filter import is_late
from pmtui.planning.wbs import WbsRow
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fit

WIDTHS: Mapping[str, int] = {"wbs": 9, "key": 7, "who": 8, "work": 6, "%": 4, "slack": 6}
"""The columns around the title, with their widths; start and finish are as wide as the days need."""
WANTED = ("finish", "start", "%", "work", "slack", "who", "wbs", "key")
"""The columns in the order in which they are given room."""
ORDER = ("wbs", "key", "title", "who", "work", "%", "start", "finish", "slack")
NUMBERS = ("work", "%", "slack")
TITLE, TITLE_BESIDE_DAYS = 24, 16
"""Cells that the title keeps at least before another column is shown, and before a start or finish is."""
DAY_WIDTH, DAY_AND_YEAR_WIDTH = 7, 10
DEEPEST = 8
"""Levels of the outline that are indented; what is deeper stands below the last of them."""


@dataclass(frozen=True, slots=True)
class TaskColumns:
    """What fits a width; the title takes what the others leave."""

    width: int
    title: int
    shown: tuple[str, ...]
    before: int
    """Cells in front of the title."""
    days: int
    """Cells of a start and of a finish."""

    def of(self, name: str) -> int:
        """The cells of a column, with the blank behind it."""
        return self.title if name == "title" else WIDTHS.get(name, self.days)


def task_columns(width: int, *, years: bool = True) -> TaskColumns:
    """The columns for an outline of *width* cells: two signs in front, the mark of the critical path at the end.

    *years* says whether days of another year than today's are to be shown, which take more room.
    """
    left = width - 3
    days = DAY_AND_YEAR_WIDTH if years else DAY_WIDTH
    chosen = set()
    for name in WANTED:
        cells = WIDTHS.get(name, days)
        if left - cells >= (TITLE if name in WIDTHS else TITLE_BESIDE_DAYS):
            chosen.add(name)
            left -= cells
    shown = tuple(name for name in ORDER if name in chosen or name == "title")
    before = 2 + sum(WIDTHS[name] for name in shown[: shown.index("title")])
    return TaskColumns(width, max(4, left), shown, before, days)


def task_header(layout: TaskColumns) -> Line:
    """The titles of the columns."""
    text = "  "
    for name in layout.shown:
        cells = layout.of(name)
        right = name in NUMBERS
        word = "task" if name == "title" else name
        text += fit(word, cells - right, right=right) + " " * right
    return (("dim", fit(text, layout.width)),)


@dataclass(frozen=True, slots=True)
class TaskLook:
    """How the rows are shown."""

    columns: TaskColumns
    cursor: str
    active: bool
    marks: Collection[str]
    folded: Collection[str]
    signs: Mapping[str, str]
    """A sign beside the tasks that the one under the cursor waits for, and those that wait for it."""
    today: date
    glyphs: Glyphs


def task_line(row: WbsRow, plan: Plan, found: Schedule, look: TaskLook) -> Line:
    """One row. The cursor colours no more than sign, code and title, so that it moves in few bytes."""
    layout, glyphs = look.columns, look.glyphs
    here = row.id == look.cursor
    style = ("cursor" if look.active else "idle-cursor") if here else ""
    entity = plan.projects[row.id] if row.kind == "project" else plan.tasks[row.id]
    dates = found.projects.get(row.id) if row.kind == "project" else found.tasks.get(row.id)
    marked = row.id in look.marks
    sign = glyphs.mark if marked else look.signs.get(row.id, " ")
    spans: list[Span] = [
        (style or "dim", glyphs.cursor if here else " "),
        (style or ("mark" if marked else "accent"), sign),
    ]
    heavy = row.kind == "project" or row.has_parts
    fold_sign = (glyphs.folded if row.id in look.folded else glyphs.unfolded) if row.has_parts else " "
    late = row.kind == "task" and is_late(found, row.id, look.today)
    critical = isinstance(dates, TaskDates) and dates.critical and dates.percent < 1
    for name in layout.shown:
        if name == "title":
            title = entity.name if isinstance(entity, Project) else entity.title
            text = "  " * min(row.depth, DEEPEST) + f"{fold_sign} " + title
            text = fit(text, layout.title - 1, ellipsis=glyphs.ellipsis) + " "
            spans.append((style or ("strong" if heavy else ""), text))
        elif name in ("wbs", "key"):
            text = row.code if name == "wbs" else entity.key
            spans.append((style or "dim", fit(text, WIDTHS[name] - 1, ellipsis=glyphs.ellipsis) + " "))
        elif name == "who":
            who = entity.manager if isinstance(entity, Project) else entity.owner
            spans.append(("dim", fit(who, WIDTHS[name] - 1, ellipsis=glyphs.ellipsis) + " "))
        else:
            text = _figure(name, dates, row, look) if dates else "?" if row.id in found.circle else ""
            if name == "finish" and late:
                spans.append(("bad", fit(text, layout.days - 1) + " "))
            elif name in ("start", "finish"):
                spans.append(("", fit(text, layout.days - 1) + " "))
            else:
                spans.append(("dim", fit(text, WIDTHS[name] - 1, right=True, ellipsis=glyphs.ellipsis) + " "))
    spans.append(("bad", "!" if critical else " "))
    return tuple(spans)


def _figure(name: str, dates: ProjectDates | TaskDates, row: WbsRow, look: TaskLook) -> str:
    if isinstance(dates, ProjectDates) and not dates.tasks and name != "start":
        return ""
    match name:
        case "start":
            return short_day(first_day(dates), look.today)
        case "finish":
            return short_day(last_day(dates), look.today)
        case "%":
            return half_up(dates.percent * 100, 0) if dates.percent else ""
        case "work":
            milestone = row.kind == "task" and not row.has_parts and dates.finish == dates.start
            return look.glyphs.milestone if milestone else short_work(dates.finish - dates.start)
        case _:
            # of what is done nobody wants to know how long it could wait
            return short_work(dates.total_slack) if isinstance(dates, TaskDates) and dates.percent < 1 else ""


def short_work(minutes: int) -> str:
    """Working time in five cells: hours below a day, days with a decimal below ten, whole days from there."""
    if abs(minutes) < DAY:
        return duration_text(minutes).replace(" ", "")
    places = 1 if minutes % DAY and abs(minutes) < 10 * DAY else 0
    return f"{half_up(minutes / DAY, places)}d"


def short_day(day: date, today: date) -> str:
    """A day in six cells: `23 Nov`, or in nine where its year is another one than today's: `23 Nov 27`.

    In another century it is the month that counts: `Nov 2199`.
    """
    month = MONTH_NAMES[day.month - 1]
    if day.year // 100 != today.year // 100:
        return f"{month} {day.year}"
    return f"{day.day:>2} {month}" if day.year == today.year else f"{day.day:>2} {month} {day.year % 100:02}"
