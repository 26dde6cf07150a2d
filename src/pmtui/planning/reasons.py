"""Why a task starts when it starts, in a sentence."""

from __future__ import annotations

from datetime import date

from pmtui.domain.durations import duration_text
from pmtui.domain.entities.schedule import Dependency, Task
from pmtui.domain.periods import days_name
from pmtui.domain.plan import Plan
from pmtui.domain.rules.names import name_of
from pmtui.planning.schedule import Driver, Schedule, first_day, last_day

SHOWN = 6
"""Tasks of a circle that are named."""


def why_here(plan: Plan, found: Schedule, task_id: str) -> str:
    """What decides the start of a task, or why it has no dates. Raises KeyError for an unknown id."""
    task = plan.tasks[task_id]
    dates = found.tasks.get(task_id)
    if dates is None:
        return _no_dates(plan, found, task)
    day = first_day(dates)
    subject, driver = _decided(plan, found, task_id)
    first = "" if subject == task_id else f" with its first part, {name_of(plan.tasks[subject])},"
    return f"{name_of(task)} starts on {_long(day)}{first} because {_reason(plan, found, subject, driver, day)}."


def cannot_start_before(plan: Plan, found: Schedule, task_id: str) -> str:
    """What keeps a task from an earlier start, where *found* is computed without its own day."""
    task = plan.tasks[task_id]
    dates = found.tasks.get(task_id)
    if dates is None:
        return _no_dates(plan, found, task)
    day = first_day(dates)
    subject, driver = _decided(plan, found, task_id)
    reason = _reason(plan, found, subject, driver, day)
    if subject != task_id:
        reason = f"its first part, {name_of(plan.tasks[subject])}, cannot: {reason}"
    return f"{name_of(task)} cannot start before {_long(day)} because {reason}."


def _decided(plan: Plan, found: Schedule, task_id: str) -> tuple[str, Driver]:
    """The task of which there is something to tell, and what decides its start.

    Of a summary that is its first part, unless it is the summary itself that is held back.
    """
    leaf = task_id
    driver = found.tasks[leaf].driver
    while driver.kind == "part":
        leaf = driver.id
        driver = found.tasks[leaf].driver
    if leaf == task_id or driver.kind == "project":
        return task_id, driver
    carrier = plan.dependencies[driver.id].successor_id if driver.kind == "link" else driver.id
    above: str | None = task_id
    while above is not None and above != carrier:
        above = plan.tasks[above].parent_id
    return (leaf if above is None else task_id), driver


def _reason(plan: Plan, found: Schedule, subject: str, driver: Driver, start: date) -> str:
    if driver.kind == "link":
        return _link_reason(plan, found, subject, plan.dependencies[driver.id], start)
    if driver.kind == "not before":
        summary = "" if driver.id == subject else f"is a part of {name_of(plan.tasks[driver.id])}, which "
        day = plan.tasks[driver.id].start_no_earlier
        return f"it {summary}is not to start before {_short(day or start, start)}"
    project = plan.projects[plan.tasks[subject].project_id]
    return f"project {name_of(project)} starts on {_short(project.start_on, start)}"


def _link_reason(plan: Plan, found: Schedule, subject: str, link: Dependency, start: date) -> str:
    name = name_of(plan.tasks[link.predecessor_id])
    dates = found.tasks[link.predecessor_id]
    day = _short(last_day(dates) if link.type[0] == "F" else first_day(dates), start)
    does = "ends" if link.type[0] == "F" else "starts"
    reason = f"{name} {does} on {day}"
    if link.type[1] == "F":
        reason = f"it must not end before {name} {does}, on {day}"
    if link.successor_id != subject:
        reason = f"it is a part of {name_of(plan.tasks[link.successor_id])}, and {reason}"
    lag = duration_text(link.lag)
    return f"{reason} ({link.type}{'' if not link.lag else lag if link.lag < 0 else f'+{lag}'})"


def _no_dates(plan: Plan, found: Schedule, task: Task) -> str:
    name = name_of(task)
    if task.id in found.circle:
        others = [name_of(plan.tasks[id_]) for id_ in found.circle if id_ != task.id]
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        among = f" The same is true of {', '.join(others[:SHOWN])}{more}." if others else ""
        return f"{name} has no dates, because it waits for itself.{among} Take away one of the links between them."
    project = plan.projects.get(task.project_id)
    if not task.archived and project is not None and project.archived:
        return f"{name} has no dates, because project {name_of(project)} is in the archive."
    return f"{name} has no dates, because it is in the archive."


def _long(day: date) -> str:
    return days_name(day, day)


def _short(day: date, beside: date) -> str:
    """A day without its year, where one in the same year stands in the same sentence."""
    return _long(day) if day.year != beside.year else _long(day).rpartition(" ")[0]
