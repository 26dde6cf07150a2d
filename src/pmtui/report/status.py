"""`pmtui status`: how the plan stands, on one screen of plain text or as JSON."""

from __future__ import annotations

from datetime import date, datetime

from pmtui.domain.facts import Health, LastChange, ObjectiveFacts, Standing, StatusFacts
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

_REASONS = 2
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
    room = MAX_LINES - len(above) - len(below) - 1
    lines = [*above, *_objectives(facts, today, room), *below]
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


def _objectives(facts: StatusFacts, today: date, room: int) -> list[str]:
    if not facts.objectives:
        return ["", "No objectives yet, so nothing can be late."] if facts.items else []
    worst = sorted(facts.objectives, key=lambda o: list(MARKS).index(o.standing))
    chosen = set(worst[: room if len(worst) <= room else room - 1])
    shown = [objective for objective in facts.objectives if objective in chosen]
    rows = [(objective, _due(objective, today), _work(objective)) for objective in shown]
    columns = [max(len(o.key) for o, _, _ in rows), max(len(d) for _, d, _ in rows), max(len(w) for _, _, w in rows)]
    lines = [
        f"{MARKS[o.standing]} {o.key:<{columns[0]}}  {due:<{columns[1]}}  {work:>{columns[2]}}  {o.title}"
        for o, due, work in rows
    ]
    hidden = len(facts.objectives) - len(shown)
    return ["", *lines, *([f"  and {_number(hidden, 'more objective')}"] if hidden else [])]


def _due(objective: ObjectiveFacts, today: date) -> str:
    return _day(objective.due_on, today) if objective.due_on else "no day"


def _work(objective: ObjectiveFacts) -> str:
    if objective.open:
        return f"{objective.open} open"
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
        "version": 1,
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
                "standing": o.standing,
            }
            for o in facts.objectives
        ],
        "last_change": {"at": _utc(facts.last.at), "label": facts.last.label} if facts.last else None,
    }
    return json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _utc(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
