"""`pmtui status`: how the plan stands, on one screen of plain text or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pmtui.domain.facts import Health, LastChange, ObjectiveFacts, PromiseFacts, Standing, StatusFacts
from pmtui.domain.text import clean
from pmtui.report.fit import cells, fit, pad, plain

MIN_WIDTH = 44
"""Columns that the text needs at least; a narrower terminal wraps it."""
MAX_WIDTH = 100
"""Columns that the text uses at most: longer lines read badly."""
MAX_LINES = 18
"""Lines that the text has at most."""

MARKS: dict[Standing, str] = {"late": "!", "at risk": "~", "on track": "·", "unknown": "?"}
"""How each standing is shown; the meaning never depends on colour."""
EXIT_CODES: dict[Health, int] = {"on track": 0, "at risk": 1, "late": 2}

STALE = "dates are older than the plan: pmtui status --fresh"

_REASONS = 2
_TITLE = 16
"""Columns that the title of a promised card has before words are left out for it."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def exit_code(facts: StatusFacts) -> int:
    """What a script is told: 0 on track, 1 at risk, 2 late."""
    return EXIT_CODES[facts.health]


def status_text(facts: StatusFacts, width: int, *, ascii: bool, today: date) -> str:  # noqa: A002 - as the option
    """At most 18 lines of at most *width* columns (44 where it is less), ending with a newline.

    *today* decides how days are written: without the year where it is the same.
    """
    width = min(max(width, MIN_WIDTH), MAX_WIDTH)
    above = [_head(facts, width), *_reasons(facts), *_counts(facts, width)]
    below = ["", _last(facts.last, today)] if facts.last else []
    lines = [*above, *_sections(facts, today, width, MAX_LINES - len(above) - len(below)), *below]
    fitted = [fit(clean(line), width).rstrip() for line in lines]
    text = "\n".join(fitted) + "\n"
    return plain(text) if ascii else text


def _head(facts: StatusFacts, width: int) -> str:
    day = f"{_DAYS[facts.today.weekday()]} {_day(facts.today, None)}"
    name = ", ".join(facts.products) or "Plan"
    standing = f"{MARKS[facts.health]} {facts.health}"
    room = width - len(day) - len(standing) - 4
    return f"{pad(f'{fit(name, room)}  {standing}', width - len(day) - 1)} {day}"


def _reasons(facts: StatusFacts) -> list[str]:
    """One line a reason as long as there are two; more than that stand as marks below anyway."""
    if len(facts.reasons) > _REASONS:
        return [facts.reasons[0], f"and {len(facts.reasons) - 1} more"]
    return list(facts.reasons)


def _counts(facts: StatusFacts, width: int) -> list[str]:
    if not facts.items and not facts.archived:
        return ["", "No items yet.", 'Add one: pmtui add "Approval inbox" value:8 effort:2']
    archive = f", {facts.archived} more in the archive" if facts.archived else ""
    states = [f"{state} {count}" for state, count in facts.states if count]
    return [
        "",
        f"{_number(facts.items, 'item')}, {facts.open} open{archive}",
        f"open: {facts.scored} scored, {facts.unscored} unscored, {facts.blocked} blocked",
        *_wrap(states, width),
    ]


def _wrap(words: list[str], width: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and cells(f"{lines[-1]} · {word}") <= width:
            lines[-1] += f" · {word}"
        else:
            lines.append(word)
    return lines


def _sections(facts: StatusFacts, today: date, width: int, room: int) -> list[str]:
    """Objectives and promises in *room* lines: where both do not fit, each has half of them at least."""
    note = [STALE] if facts.forecast_stale else []
    room -= len(note)
    goals, promises = len(facts.objectives), len(facts.promises)
    if not goals and not promises:
        quiet = ["", "No objectives yet, so nothing can be late."] if facts.items else []
        return [*quiet, *note]
    for_promises = min(promises + 1, max(room // 2, room - goals - 1)) if promises else 0
    for_goals = min(goals + 1, room - for_promises) if goals else 0
    return [*_objectives(facts, today, for_goals - 1), *_promises(facts, today, width, for_promises - 1), *note]


def _objectives(facts: StatusFacts, today: date, room: int) -> list[str]:
    if not facts.objectives:
        return []
    worst = sorted(facts.objectives, key=lambda o: list(MARKS).index(o.standing))
    chosen = set(worst[: room if len(worst) <= room else room - 1])
    shown = [objective for objective in facts.objectives if objective in chosen]
    rows = [(objective, _due(objective, today), _work(objective)) for objective in shown]
    columns = [max(map(len, column), default=0) for column in zip(*((o.key, d, w) for o, d, w in rows), strict=True)]
    lines = [
        f"{MARKS[o.standing]} {o.key:<{columns[0]}}  {due:<{columns[1]}}  {work:>{columns[2]}}  {o.title}"
        for o, due, work in rows
    ]
    hidden = len(facts.objectives) - len(shown)
    return ["", *lines, *([f"  and {_number(hidden, 'more objective')}"] if hidden else [])]


def _promises(facts: StatusFacts, today: date, width: int, room: int) -> list[str]:
    if not facts.promises:
        return []
    worst = sorted(facts.promises, key=lambda p: list(MARKS).index(p.standing))
    chosen = set(worst[: room if len(worst) <= room else room - 1])
    shown = [promise for promise in facts.promises if promise in chosen]
    rows, columns = _promise_table(facts, shown, today, width)
    lines = []
    for promise, (key, promised, computed, gap) in zip(shown, rows, strict=True):
        said = f"{key:<{columns[0]}}  {promised:<{columns[1]}}  {computed:<{columns[2]}}  {gap:>{columns[3]}}"
        lines.append(f"{MARKS[promise.standing]} {said}  {promise.title}")
    hidden = len(facts.promises) - len(shown)
    return ["", *lines, *([f"  and {_number(hidden, 'more promise')}"] if hidden else [])]


def _promise_table(
    facts: StatusFacts, shown: Sequence[PromiseFacts], today: date, width: int
) -> tuple[list[tuple[str, str, str, str]], list[int]]:
    """The cells in front of the titles, with words as far as the titles keep room, and how wide they are."""

    def table(level: int) -> tuple[list[tuple[str, str, str, str]], list[int]]:
        rows = [_promise_cells(promise, today, level, stale=facts.forecast_stale) for promise in shown]
        return rows, [max(map(len, column)) for column in zip(*rows, strict=True)]

    tables = (table(level) for level in (2, 1))
    fits = (found for found in tables if sum(found[1]) + 2 * len(found[1]) + 2 + _TITLE <= width)
    return next(fits, None) or table(0)


def _promise_cells(promise: PromiseFacts, today: date, level: int, *, stale: bool) -> tuple[str, str, str, str]:
    """Key, promised day with its confidence, computed day, and the working days between them; *level* 2 is wordy."""
    promised = ("promised " if level == 2 else "") + _day(promise.promised_until, today)
    if promise.confidence is not None and level:
        promised += f" ({promise.confidence * 100:.6g}%)"
    if promise.computed_finish is None:
        lacking = "not computed" if stale else "no planned work"
        return promise.key, promised, lacking if level else lacking.replace("planned ", ""), ""
    gap = f"{promise.gap_days:+d} d" if promise.gap_days else "0 d"
    return promise.key, promised, ("computed " if level == 2 else "") + _day(promise.computed_finish, today), gap


def _due(objective: ObjectiveFacts, today: date) -> str:
    return _day(objective.due_on, today) if objective.due_on else "no day"


def _work(objective: ObjectiveFacts) -> str:
    if objective.open:
        return f"{objective.open} open"
    if objective.cards:
        return _number(objective.cards, "card")
    return f"{objective.launched} done" if objective.launched else "no work"


def _last(last: LastChange, today: date) -> str:
    at = last.at.astimezone()
    return f"last change {_day(at.date(), today)} {at:%H:%M}: {last.label}"


def _day(day: date, today: date | None) -> str:
    year = "" if today and day.year == today.year else f" {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def status_json(facts: StatusFacts) -> str:
    """The facts as JSON with sorted keys, days and instants as ISO text, ending with a newline."""
    import json

    body = {
        "format": "pmtui-status",
        "version": 2,
        "today": facts.today.isoformat(),
        "health": facts.health,
        "reasons": list(facts.reasons),
        "products": list(facts.products),
        "items": facts.items,
        "states": dict(facts.states),
        "open": facts.open,
        "scored": facts.scored,
        "unscored": facts.unscored,
        "blocked": facts.blocked,
        "archived": facts.archived,
        "objectives": [
            {
                "key": o.key,
                "title": o.title,
                "due": o.due_on.isoformat() if o.due_on else None,
                "open": o.open,
                "launched": o.launched,
                "cards": o.cards,
                "computed_finish": o.computed_finish.isoformat() if o.computed_finish else None,
                "standing": o.standing,
            }
            for o in facts.objectives
        ],
        "promises": [
            {
                "key": p.key,
                "title": p.title,
                "promised_until": p.promised_until.isoformat(),
                "confidence": p.confidence,
                "computed_finish": p.computed_finish.isoformat() if p.computed_finish else None,
                "gap_days": p.gap_days,
                "standing": p.standing,
            }
            for p in facts.promises
        ],
        "forecast_stale": facts.forecast_stale,
        "last_change": {"at": _utc(facts.last.at), "label": facts.last.label} if facts.last else None,
    }
    return json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _utc(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
