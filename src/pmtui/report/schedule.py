"""`pmtui schedule`: what starts and ends when, as a table of plain text or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pmtui.domain.durations import duration_text
from pmtui.domain.entities.schedule import Project
from pmtui.domain.numbers import half_up
from pmtui.domain.periods import days_name
from pmtui.domain.plan import Plan
from pmtui.domain.text import clean
from pmtui.planning.calendar import end_at, first_minute, start_at
from pmtui.planning.schedule import ProjectDates, Schedule, TaskDates, first_day, last_day, schedule, why_here
from pmtui.planning.wbs import WbsRow, outline_of
from pmtui.report.fit import cells, fit, pad, plain

MIN_WIDTH = 44
"""Columns that the table needs at least; a narrower terminal wraps it."""
MAX_WIDTH = 160
"""Columns that it uses at most."""
CRITICAL = "!"
"""The mark of a task without slack."""

_TITLE = 18
"""Columns that a title should have before who does it, the code and the start are left out."""
_OWNER = 10
"""Columns that a name gets at most."""


class _Line(NamedTuple):
    code: str
    key: str
    task: str
    who: str
    start: str
    finish: str
    slack: str
    mark: str


_HEAD = _Line("WBS", "key", "task", "who", "start", "finish", "slack", "")


def schedule_text(plan: Plan, width: int, *, ascii: bool, today: date, project_id: str = "") -> str:  # noqa: A002 - as the option
    """Lines of at most *width* columns (44 where it is less), ending with a newline: of one project, or of all.

    *today* decides how days are written: without the year where it is the same.
    """
    width = min(max(width, MIN_WIDTH), MAX_WIDTH)
    found = schedule(plan)
    rows = _rows(plan, project_id)
    if not rows:
        lines = ["No projects yet.", 'Add one: pmtui add --kind project "Approval inbox"']
    else:
        lines = [*_table(plan, found, rows, width, today), *_remarks(plan, found, rows)]
    fitted = [fit(clean(line), width).rstrip() for line in lines]
    text = "\n".join(fitted) + "\n"
    return plain(text) if ascii else text


def _rows(plan: Plan, project_id: str) -> list[WbsRow]:
    rows = outline_of(plan)
    if project_id:
        of_project = {task.id for task in plan.tasks.values() if task.project_id == project_id}
        rows = [row for row in rows if (row.id == project_id if row.kind == "project" else row.id in of_project)]
    return rows


def _table(plan: Plan, found: Schedule, rows: Sequence[WbsRow], width: int, today: date) -> list[str]:
    table: list[_Line | str] = []
    for row in rows:
        if row.kind == "task":
            table.append(_line(plan, found, row, today))
        else:
            dates = found.projects[row.id]
            table += [*([""] if table else []), _project_line(plan.projects[row.id], dates)]
    lines = [line for line in table if isinstance(line, _Line)]
    if not lines:
        return [line for line in table if isinstance(line, str)]
    widths = _widths(lines, width)
    return [_drawn(_HEAD, widths), *(line if isinstance(line, str) else _drawn(line, widths) for line in table)]


def _project_line(project: Project, dates: ProjectDates) -> str:
    if not dates.tasks:
        return f"{project.key} {project.name}: no tasks yet"
    span = days_name(first_day(dates), last_day(dates))
    tasks = f"{dates.tasks} task{'' if dates.tasks == 1 else 's'}"
    return f"{project.key} {project.name}: {span}, {tasks}, {half_up(dates.percent * 100, 0)}% done"


def _line(plan: Plan, found: Schedule, row: WbsRow, today: date) -> _Line:
    task = plan.tasks[row.id]
    title = "  " * (row.depth - 1) + clean(task.title)
    dates = found.tasks.get(row.id)
    if dates is None:
        return _Line(row.code, task.key, title, clean(task.owner), "–", "–", "–", "")
    start, finish = _day(first_day(dates), today), _day(last_day(dates), today)
    mark = CRITICAL if dates.critical else ""
    return _Line(row.code, task.key, title, clean(task.owner), start, finish, duration_text(dates.total_slack), mark)


def _widths(lines: Sequence[_Line], width: int) -> list[int]:
    """The columns of each part; 0 leaves it out. What is left belongs to the title."""
    natural = [max(map(cells, (head, *column))) for head, column in zip(_HEAD, zip(*lines, strict=True), strict=True)]
    code, key, title, who, start, finish, slack, mark = natural
    who = min(who, _OWNER) if any(line.who for line in lines) else 0
    widths: list[int] = []
    for left in ((code, who, start), (code, 0, start), (0, 0, start), (0, 0, 0)):
        widths = [left[0], key, 0, left[1], left[2], finish, slack, mark]
        room = width - sum(size + 2 for size in widths if size)
        widths[2] = min(title, max(room, 1))
        if room >= min(title, _TITLE):
            break
    return widths


def _drawn(line: _Line, widths: Sequence[int]) -> str:
    words = [pad(word, size) for word, size in zip(line, widths, strict=True)]
    words[6] = " " * (widths[6] - cells(line.slack)) + line.slack
    return "  ".join(word for word, size in zip(words, widths, strict=True) if size)


def _remarks(plan: Plan, found: Schedule, rows: Sequence[WbsRow]) -> list[str]:
    shown = {row.id for row in rows}
    remarks = []
    if any(id_ in shown and dates.critical for id_, dates in found.tasks.items()):
        remarks.append(f"{CRITICAL} critical: it has no slack.")
    lost = [plan.tasks[id_].key for id_ in found.circle if id_ in shown]
    if lost:
        more = f" and {len(lost) - 6} more" if len(lost) > 6 else ""
        remarks.append(f"No dates, because they wait for themselves: {', '.join(lost[:6])}{more}.")
    if found.beyond:
        remarks.append("Days after 31 Dec 2200 are shown as that day.")
    return ["", *remarks] if remarks else []


def _day(day: date, today: date) -> str:
    name = days_name(day, day)
    return name.rpartition(" ")[0] if day.year == today.year else name


def schedule_json(plan: Plan, project_id: str = "") -> str:
    """All of it as JSON with sorted keys, in the order of the outline, ending with a newline.

    Times are ISO text without a zone, because plan days have none. Early and late times are working
    minutes from the first working minute of the task's project, as is usual with the method.
    """
    import json

    found = schedule(plan)
    rows = _rows(plan, project_id)
    body = {
        "format": "pmtui-schedule",
        "version": 1,
        "beyond": found.beyond,
        "circle": sorted(plan.tasks[row.id].key for row in rows if row.id in set(found.circle)),
        "projects": [_project_json(plan, row.id, found) for row in rows if row.kind == "project"],
        "tasks": [_task_json(plan, row, found.tasks[row.id]) for row in rows if row.id in found.tasks],
    }
    return json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _project_json(plan: Plan, project_id: str, found: Schedule) -> dict[str, object]:
    project, dates = plan.projects[project_id], found.projects[project_id]
    return {
        "key": project.key,
        "external_id": project.external_id,
        "name": project.name,
        **_span(dates),
        "percent_complete": dates.percent,
        "tasks": dates.tasks,
        "done": dates.done,
        "critical": dates.critical,
    }


def _task_json(plan: Plan, row: WbsRow, dates: TaskDates) -> dict[str, object]:
    task = plan.tasks[row.id]
    project = plan.projects[task.project_id]
    zero = first_minute(project.start_on)
    return {
        "key": task.key,
        "external_id": task.external_id,
        "name": task.title,
        "project": project.key,
        "owner": task.owner,
        "wbs": row.code,
        **_span(dates),
        "duration": dates.finish - dates.start,
        "early_start": dates.start - zero,
        "early_finish": dates.finish - zero,
        "late_start": dates.late_start - zero,
        "late_finish": dates.late_finish - zero,
        "slack_minutes": dates.total_slack,
        "free_slack_minutes": dates.free_slack,
        "critical": dates.critical,
        "percent_complete": dates.percent,
        "summary": dates.summary,
        "milestone": dates.milestone,
        "driver": why_here(plan, row.id),
    }


def _span(dates: TaskDates | ProjectDates) -> dict[str, str]:
    start = end_at(dates.start) if dates.starts_at_close else start_at(dates.start)
    finish = start_at(dates.finish) if dates.ends_at_open else end_at(dates.finish)
    return {"start": start.isoformat(), "finish": finish.isoformat()}
