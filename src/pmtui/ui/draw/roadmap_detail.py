"""What there is to say of a card of the roadmap, the most telling first."""

from __future__ import annotations

from datetime import date

from pmtui.domain.lifecycle import DONE_STATES
from pmtui.domain.periods import window_name
from pmtui.domain.plan import Plan
from pmtui.domain.relations import items_of, tasks_of_initiative, tasks_of_item
from pmtui.planning.okr import objective_grade
from pmtui.ui.draw.detail import wrap_paragraphs
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.goals import BAND_STYLES, grade_words
from pmtui.ui.draw.line import Line, Span, fit
from pmtui.ui.draw.roadmap import lane_name
from pmtui.ui.draw.roadmap_cards import (
    STANDING_STYLES,
    Facts,
    facts_of,
    promised_window,
    share_words,
    short_day,
)

BAR = 12
"""Cells of the progress bar."""


def card_detail(plan: Plan, card_id: str, today: date, *, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The card in at most *height* lines of *width* cells."""
    card = plan.initiatives.get(card_id)
    if card is None or width < 8:
        return []
    inner = width - 2
    facts = facts_of(plan, card, today)
    tall = height > 10
    lines = _text(f"{card.key} {card.title}", inner, 3 if tall else 1, "strong")
    lines += _text(_where(facts, glyphs), inner, 2 if tall else 1)
    if card.state_reason:
        lines += _text(f"because: {card.state_reason}", inner, 2, "dim")
    lines += _promise(facts, today, inner, tall=tall)
    lines += (
        _text(card.outcome, inner, 5 if tall else 1, "accent")
        if card.outcome
        else _text("? no outcome yet: E says what will be different for users", inner, 2, "warn")
    )
    lines += _why(plan, facts, inner, glyphs)
    lines += _work(facts, today, inner, glyphs)
    lines += _items(plan, card_id, inner, max(3, height // 3), glyphs)
    lines += _tasks(plan, card_id, today, inner, max(3, height // 3), glyphs)
    if card.notes:
        lines += [(), *_text(card.notes, inner, max(0, height - len(lines) - 1))]
    return lines[:height]


def _text(text: str, width: int, limit: int, style: str = "") -> list[Line]:
    return [((style, f" {part}"),) for part in wrap_paragraphs(text, width, limit)]


def _where(facts: Facts, glyphs: Glyphs) -> str:
    card = facts.card
    words = [f"{glyphs.states.get(card.state, '?')} {card.state}", lane_name(card.lane), card.horizon]
    words += [window_name(card.window_start, card.window_end)]
    words += [f"@{card.owner}"] if card.owner else []
    words[:0] = ["in the archive"] if card.archived else []
    return ", ".join(word for word in words if word)


def _promise(facts: Facts, today: date, width: int, *, tall: bool) -> list[Line]:
    card, standing = facts.card, facts.standing
    if card.promise_end is None:
        finish = f"; the plan ends {short_day(facts.forecast.finish, today)}" if facts.forecast else ""
        return _text(f"no promise yet: P makes one{finish}", width, 2, "dim")
    made = f" on {short_day(card.promised_on, today)}" if card.promised_on else ""
    whom = f" to {card.audience}" if card.audience else ""
    lines = _text(f"promised {promised_window(card, today)} ({share_words(card)}){whom}{made}", width, 2)
    return lines + _text(_standing(facts, today), width, 3 if tall else 1, STANDING_STYLES[standing.state])


def _standing(facts: Facts, today: date) -> str:
    """What the plan says to the promise of a card that has one."""
    standing, forecast = facts.standing, facts.forecast
    if forecast is None:
        return "? unbacked: no planned work stands behind it; i plans it"
    gap = abs(standing.gap_days or 0)
    days = f"{gap} working day{'' if gap == 1 else 's'}"
    finish = short_day(forecast.finish, today)
    if standing.state == "broken":
        return f"! broken: by the plan done on {finish}, {days} late"
    return f"kept: by the plan done on {finish}" + (f", {days} early" if gap else "")


def _why(plan: Plan, facts: Facts, width: int, glyphs: Glyphs) -> list[Line]:
    goal = plan.objectives.get(facts.card.objective_id or "")
    if goal is None:
        return _text("? no objective yet: E says which one it serves", width, 2, "warn")
    grade = objective_grade(plan, goal.id)
    lines: list[Line] = [
        (("dim", " why: "), ("", fit(f"{goal.key} {goal.title}", width - 5, ellipsis=glyphs.ellipsis)))
    ]
    lines.append(((BAND_STYLES[grade.band], f"      {fit(grade_words(goal, grade), width - 5).rstrip()}"),))
    return lines


def _work(facts: Facts, today: date, width: int, glyphs: Glyphs) -> list[Line]:
    progress, forecast = facts.progress, facts.forecast
    if progress.share is None:
        return _text("no work yet: A adds an item, b puts items in, i plans it as tasks", width, 2, "dim")
    filled = round(progress.share * BAR)
    spans: list[Span] = [("accent", f" {glyphs.full * filled}{glyphs.empty * (BAR - filled)}")]
    words = [f"{progress.share * 100:.0f} %"]
    words += [f"{progress.done}/{progress.items} items"] if progress.items else []
    lines: list[Line] = [(*spans, ("", f" {'  '.join(words)}"))]
    if forecast is not None:
        days = f" plan {short_day(forecast.start, today)} {glyphs.dash} {short_day(forecast.finish, today)}"
        days += f", {progress.tasks} task{'' if progress.tasks == 1 else 's'}"
        lines.append((("", days),))
    return lines


def _items(plan: Plan, card_id: str, width: int, limit: int, glyphs: Glyphs) -> list[Line]:
    items = [plan.backlog_items[id_] for id_ in items_of(plan).get(card_id, ())]
    items.sort(key=lambda item: item.state in DONE_STATES or item.state == "declined")
    lines: list[Line] = [
        (
            ("accent", f" {glyphs.states[item.state]} {item.key} "),
            ("", fit(item.title, width - len(item.key) - 3, ellipsis=glyphs.ellipsis).rstrip()),
        )
        for item in items[:limit]
    ]
    return lines + _rest(len(items) - limit, "item")


def _tasks(plan: Plan, card_id: str, today: date, width: int, limit: int, glyphs: Glyphs) -> list[Line]:
    """The topmost of its tasks with their computed dates."""
    from pmtui.planning.schedule import first_day, last_day, schedule

    ids = list(tasks_of_initiative(plan).get(card_id, ()))
    for item_id in items_of(plan).get(card_id, ()):
        ids += tasks_of_item(plan).get(item_id, ())
    own = set(ids)
    top = [plan.tasks[id_] for id_ in dict.fromkeys(ids) if plan.tasks[id_].parent_id not in own]
    found = schedule(plan).tasks
    dated = sorted(((found[task.id], task) for task in top if task.id in found), key=lambda pair: pair[0][:2])
    lines: list[Line] = []
    for dates, task in dated[:limit]:
        days = f"{short_day(first_day(dates), today)} {glyphs.dash} {short_day(last_day(dates), today)}"
        percent = f"{dates.percent * 100:.0f} %"
        late: Span = ("bad", " !") if dates.critical and dates.percent < 1 else ("", "")
        tail = f"  {days}  {percent}"
        title = fit(task.title, width - len(task.key) - len(tail) - 3, ellipsis=glyphs.ellipsis).rstrip()
        lines.append((("accent", f" {task.key} "), ("", title), ("dim", tail), late))
    return lines + _rest(len(dated) - limit, "task")


def _rest(count: int, what: str) -> list[Line]:
    return [(("dim", f"   +{count} more {what}{'' if count == 1 else 's'}"),)] if count > 0 else []
