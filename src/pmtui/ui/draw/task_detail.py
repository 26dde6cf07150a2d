"""What there is to say of a project or a task, the most telling first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pmtui.domain.durations import duration_text
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Dependency
from pmtui.domain.links import link_text
from pmtui.domain.numbers import half_up
from pmtui.domain.plan import Plan
from pmtui.domain.relations import predecessors, successors
from pmtui.domain.rules.names import name_of
from pmtui.planning.forecast import promise_of
from pmtui.planning.okr import objective_of
from pmtui.planning.schedule import ProjectDates, TaskDates, first_day, last_day, schedule, why_here
from pmtui.planning.task_filter import is_late
from pmtui.planning.wbs import WbsRow
from pmtui.ui.draw.detail import wrap_paragraphs
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fit
from pmtui.ui.draw.tasks import short_day

SHOWN = 4
"""Links of each direction that are named; the others are counted."""
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def task_detail(plan: Plan, row: WbsRow, *, width: int, height: int, today: date, glyphs: Glyphs) -> list[Line]:
    """The row in at most *height* lines of *width* cells."""
    if width < 8 or plan.find(row.kind, row.id) is None:
        return []
    if row.kind == "project":
        facts, reasons = _project(plan, row.id, width - 2, today)
    else:
        facts, reasons = _task(plan, row, width - 2, today, glyphs, wide=False)
    return [*facts, *reasons][:height]


def detail_columns(
    plan: Plan, row: WbsRow, *, width: int, height: int, today: date, glyphs: Glyphs
) -> tuple[list[Line], list[Line]]:
    """The row in two columns of *width* cells: what it is, and what it is for and waits for."""
    if width < 8 or plan.find(row.kind, row.id) is None:
        return [], []
    if row.kind == "project":
        facts, reasons = _project(plan, row.id, width - 2, today)
    else:
        facts, reasons = _task(plan, row, width - 2, today, glyphs, wide=True)
    return facts[:height], reasons[:height]


def _text(text: str, width: int, limit: int, style: str = "") -> list[Line]:
    return [((style, f" {part}"),) for part in wrap_paragraphs(text, width, limit)]


def _facts(facts: Iterable[Span], width: int) -> list[Line]:
    """Short facts, as many on a line as fit."""
    lines: list[Line] = []
    spans: list[Span] = []
    used = 0
    for style, text in facts:
        if spans and used + len(text) + 3 > width:
            lines.append(tuple(spans))
            spans, used = [], 0
        spans += [("", "   " if spans else " "), (style, text)]
        used += len(text) + 3
    return [*lines, tuple(spans)] if spans else lines


def _project(plan: Plan, project_id: str, width: int, today: date) -> tuple[list[Line], list[Line]]:
    project = plan.projects[project_id]
    lines = _text(f"{project.key} {project.name}", width, 2, "strong")
    dates = schedule(plan).projects.get(project_id)
    facts: list[Span] = []
    if dates is None:
        facts.append(("warn", "in the archive: d brings it back"))
    elif dates.tasks:
        facts.append(("", _span(dates, today)))
        facts.append(("", f"{half_up(dates.percent * 100, 0)} % done"))
        facts.append(("", f"{dates.done} of {dates.tasks} tasks done"))
        open_ones = "" if dates.percent >= 1 else f"{dates.critical} critical"
        facts.append(("", open_ones))
    else:
        facts.append(("", f"starts {_day(project.start_on, today)}"))
        facts.append(("dim", "no tasks yet: A adds the first one"))
    facts.append(("", f"@{project.manager}" if project.manager else ""))
    lines += _facts([fact for fact in facts if fact[1]], width)
    product = plan.products.get(project.product_id or "")
    texts: list[Line] = []
    if product:
        texts.append((("dim", " for "), ("accent", f"{product.key} "), ("", product.name)))
    for title, text in (("goal", project.goal), ("scope", project.scope), ("success", project.success_metrics)):
        if text:
            texts += _text(f"{title}: {text}", width, 4)
    return lines, texts


def _task(
    plan: Plan, row: WbsRow, width: int, today: date, glyphs: Glyphs, *, wide: bool
) -> tuple[list[Line], list[Line]]:
    task = plan.tasks[row.id]
    found = schedule(plan)
    dates = found.tasks.get(task.id)
    lines = _text(f"{task.key} {task.title}", width, 2, "strong")
    why = why_here(plan, task.id).removeprefix(f"{name_of(task)} ")
    promise = _promise(plan, row, width, today)
    reasons = _reasons(plan, row, width)
    links = _links(plan, task.id, "waits for", predecessors(plan).get(task.id, ()), glyphs)
    links += _links(plan, task.id, "then", successors(plan).get(task.id, ()), glyphs)
    if dates is None:
        mark, style = ("? ", "bad") if task.id in found.circle else ("", "warn")
        lines += _text(f"{mark}{why}", width, 6, style)
        lines += [(("", " d brings it back"),)] if task.archived else []
    else:
        lines += _facts(_task_facts(plan, row, dates, today), width)
        lines += ([] if wide else promise) + _text(why, width, 3, "dim")
    # side by side, what a task has in common with those around it stays where it is when the cursor moves
    beside = [*promise, *reasons, *links] if wide else [*links, *reasons]
    if task.notes:
        beside += [(), *_text(task.notes, width, 8)] if beside else _text(task.notes, width, 8)
    return lines, beside


def _task_facts(plan: Plan, row: WbsRow, dates: TaskDates, today: date) -> list[Span]:
    task = plan.tasks[row.id]
    facts: list[Span] = []
    if dates.milestone:
        facts.append(("", f"milestone on {_day(last_day(dates), today)}"))
    else:
        facts += [("", _span(dates, today)), ("", f"{duration_text(dates.finish - dates.start)} long")]
    if task.owner:
        facts.append(("", f"@{task.owner}"))
    elif not row.has_parts:
        facts.append(("dim", "nobody does it yet"))
    if dates.percent >= 1:
        facts.append(("good", "done"))
    else:
        facts.append(("", f"{half_up(dates.percent * 100, 0)} % done" if dates.percent else "not started"))
        if is_late(schedule(plan), task.id, today):
            facts.append(("bad", "! late: it should be done by now"))
        if dates.critical:
            facts.append(("bad", "! critical: a day lost here is a day lost for the project"))
        else:
            facts.append(("", f"slack {duration_text(dates.total_slack)}"))
    if task.start_no_earlier:
        facts.append(("", f"not before {task.start_no_earlier}"))
    return facts


def _span(dates: TaskDates | ProjectDates, today: date) -> str:
    first, last = first_day(dates), last_day(dates)
    return f"{_day(first, today)} to {_day(last, today)}" if first != last else _day(first, today)


def _day(day: date, today: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {short_day(day, today).strip()}"


def _links(plan: Plan, task_id: str, title: str, links: Sequence[Dependency], glyphs: Glyphs) -> list[Line]:
    lines: list[Line] = []
    for link in links[:SHOWN]:
        other = plan.tasks[link.predecessor_id if link.successor_id == task_id else link.successor_id]
        how = link_text(link.type, link.lag)
        spans: list[Span] = [("dim", f" {fit(title, 9)} "), ("accent", f"{other.key} "), ("", other.title)]
        spans.append(("dim", "" if how == "FS" else f" ({how})"))
        lines.append(tuple(spans))
    if len(links) > SHOWN:
        lines.append((("dim", f" {fit(title, 9)} {len(links) - SHOWN} more {glyphs.arrow} W"),))
    return lines


def _promise(plan: Plan, row: WbsRow, width: int, today: date) -> list[Line]:
    """How the promise of its card stands."""
    card = _served(plan, row.id)[1]
    standing = promise_of(plan, card.id, today) if card else None
    if card is None or standing is None or standing.state == "none":
        return []
    sentence = card.key + standing.sentence.removeprefix(name_of(card))
    style = {"broken": "bad", "kept": "good"}.get(standing.state, "warn")
    mark = {"broken": "! ", "unbacked": "? "}.get(standing.state, "")
    return _text(f"{mark}{sentence}", width, 3, style)


def _served(plan: Plan, task_id: str) -> tuple[BacklogItem | None, Initiative | None]:
    """The item that a task brings and the card that it is for: its own, or those of the nearest task above it."""
    item: BacklogItem | None = None
    passed: set[str] = set()
    at: str | None = task_id
    while at is not None and at in plan.tasks and at not in passed:
        passed.add(at)
        task = plan.tasks[at]
        item = item or plan.backlog_items.get(task.item_id or "")
        card = plan.initiatives.get(task.initiative_id or (item.initiative_id if item else None) or "")
        if card is not None:
            return item, card
        at = task.parent_id
    return item, None


def _reasons(plan: Plan, row: WbsRow, width: int) -> list[Line]:
    """Why it is done: card with what will be different for users, objective, item."""
    item, card = _served(plan, row.id)
    goal = plan.objectives.get(objective_of(plan, "task", row.id) or "")
    lines: list[Line] = []
    for title, thing in (("for", card), ("why", goal), ("brings", item)):
        if thing is not None:
            lines.append((("dim", f" {fit(title, 9)} "), ("accent", f"{thing.key} "), ("", thing.title)))
        if thing is not None and thing is card:
            lines += _text(card.outcome, width, 2, "dim")
    return lines
