"""`pmtui roadmap`: the cards lane by lane and period by period, as lines of plain text or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pmtui.domain.commands.roadmap import Period
from pmtui.domain.entities.roadmap import HORIZONS, Initiative
from pmtui.domain.fields import shown_as, specs
from pmtui.domain.lifecycle import STATES
from pmtui.domain.periods import days_name, period_of
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.text import clean
from pmtui.planning.forecast import PromiseState, forecasts, promise_of
from pmtui.report.fit import cells, fit, pad, plain

MIN_WIDTH = 44
"""Columns that the text needs at least; a narrower terminal wraps it."""
MAX_WIDTH = 120
"""Columns that it uses at most."""
NO_LANE = "No lane"
NO_DATE = "no date"

MARKS: dict[PromiseState, str] = {"broken": "!", "unbacked": "?", "kept": "·", "none": " "}
"""How the promise of a card stands; the meaning never depends on colour."""
_MEANINGS: dict[PromiseState, str] = {
    "broken": "later than promised, or the promised day is past",
    "unbacked": "promised, but no work is planned ahead of it",
    "kept": "as promised",
    "none": "",
}
_TITLE = 20
"""Columns that a title should have before the state is left out."""


class Group(NamedTuple):
    """The cards of one lane in one period."""

    lane: str
    period: str
    """`now`, `Nov 2026`, `Q1 2027`, or `no date`."""
    cards: tuple[Initiative, ...]


class _Line(NamedTuple):
    mark: str
    key: str
    title: str
    state: str
    promised: str
    computed: str


_HEAD = _Line("", "key", "card", "state", "promised", "computed")


def arranged(plan: Plan, by: Period) -> list[Group]:
    """The cards that are not in the archive, as the Roadmap shows them: lanes by their lowest key, then periods.

    By month and quarter a card stands where its window begins, or ends where no beginning is said.
    """
    cards = sorted((card for card in plan.initiatives.values() if not card.archived), key=_order)
    lanes: dict[str, tuple[str, int]] = {}
    groups: dict[tuple[str, tuple[int, str]], list[Initiative]] = {}
    for card in cards:
        lanes[card.lane] = min(lanes.get(card.lane, key_order(card.key)), key_order(card.key))
        groups.setdefault((card.lane, _period(card, by)), []).append(card)
    order = sorted(groups, key=lambda group: (not group[0], lanes[group[0]], group[1]))
    return [Group(lane, period[1], tuple(groups[lane, period])) for lane, period in order]


def _order(card: Initiative) -> tuple[bool, date, tuple[str, int]]:
    over = STATES.index(card.state) >= STATES.index("retired")
    return over, card.window_start or card.window_end or date.max, key_order(card.key)


def _period(card: Initiative, by: Period) -> tuple[int, str]:
    """What sorts a period among the others, and its name."""
    if by == "horizon":
        return HORIZONS.index(card.horizon), card.horizon
    day = card.window_start or card.window_end
    if day is None:
        return 0, NO_DATE
    period = period_of(day, by)
    return period.first.toordinal(), period.name


def roadmap_text(plan: Plan, by: Period, width: int, *, ascii: bool, today: date) -> str:  # noqa: A002 - as the option
    """Lines of at most *width* columns (44 where it is less), ending with a newline.

    *today* decides how days are written: without the year where it is the same.
    """
    width = min(max(width, MIN_WIDTH), MAX_WIDTH)
    groups = arranged(plan, by)
    lines = _listed(plan, groups, by, width, today) if groups else _NOTHING
    fitted = [fit(clean(line).rstrip(), width) for line in lines]
    text = "\n".join(fitted) + "\n"
    return plain(text) if ascii else text


_NOTHING = ["No cards yet.", 'Add one: pmtui add --kind card "Approvals without e-mail" lane:Trust horizon:next']


def _listed(plan: Plan, groups: Sequence[Group], by: Period, width: int, today: date) -> list[str]:
    rows = {card.id: _line(plan, card, today) for group in groups for card in group.cards}
    widths = _widths(list(rows.values()), width)
    lines = [_drawn(_HEAD, widths)]
    lane = None
    for group in groups:
        if group.lane != lane:
            lines += ["", clean(group.lane) or NO_LANE]
            lane = group.lane
        lines.append(f"  {group.period.upper() if by == 'horizon' else group.period}")
        lines += [_drawn(rows[card.id], widths) for card in group.cards]
    return [*lines, *_legend(list(rows.values()))]


def _line(plan: Plan, card: Initiative, today: date) -> _Line:
    standing = promise_of(plan, card.id, today)
    forecast = forecasts(plan).get(card.id)
    promised = _promise(card, today)
    computed = _day(forecast.finish, today) if forecast else ""
    if standing.gap_days and standing.gap_days > 0:
        computed += f" +{standing.gap_days} d"
    if standing.state == "unbacked" and not forecast:
        computed = "no planned work"
    return _Line(MARKS[standing.state], card.key, clean(card.title), card.state, promised, computed)


def _promise(card: Initiative, today: date) -> str:
    if card.promise_end is None:
        return ""
    sure = shown_as(specs(Initiative)["confidence"], card.confidence) if card.confidence is not None else ""
    return f"{_day(card.promise_end, today)} {sure}".rstrip()


def _day(day: date, today: date) -> str:
    name = days_name(day, day)
    return name.rpartition(" ")[0] if day.year == today.year else name


def _widths(lines: Sequence[_Line], width: int) -> list[int]:
    """The columns of each part; 0 leaves it out. What is left belongs to the title."""
    natural = [max(map(cells, (head, *column))) for head, column in zip(_HEAD, zip(*lines, strict=True), strict=True)]
    widths = natural
    for left in ((1, 1, 1), (0, 1, 1), (0, 0, 1), (0, 0, 0)):
        widths = [*natural[:2], 0, *(size * kept for size, kept in zip(natural[3:], left, strict=True))]
        room = width - 4 - sum(size + 2 for size in widths[1:] if size)
        widths[2] = min(natural[2], max(room, 1))
        if room >= min(natural[2], _TITLE):
            break
    return widths


def _drawn(line: _Line, widths: Sequence[int]) -> str:
    words = "  ".join(pad(word, size) for word, size in zip(line[1:], widths[1:], strict=True) if size)
    return f"  {line.mark or ' '} {words}"


def _legend(lines: Sequence[_Line]) -> list[str]:
    used = {line.mark for line in lines}
    meanings = [f"{MARKS[state]} {meaning}" for state, meaning in _MEANINGS.items() if meaning and MARKS[state] in used]
    return ["", *meanings] if meanings else []


def roadmap_json(plan: Plan, by: Period, today: date) -> str:
    """All of it as JSON with sorted keys, the cards in the order of the text, ending with a newline.

    How each promise stands is that of *today*.
    """
    import json

    groups = arranged(plan, by)
    body = {
        "format": "pmtui-roadmap",
        "version": 1,
        "by": by,
        "lanes": list(dict.fromkeys(group.lane for group in groups)),
        "cards": [_card_json(plan, group, card, today) for group in groups for card in group.cards],
    }
    return json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _card_json(plan: Plan, group: Group, card: Initiative, today: date) -> dict[str, object]:
    standing = promise_of(plan, card.id, today)
    forecast = forecasts(plan).get(card.id)
    objective = plan.objectives.get(card.objective_id or "")
    return {
        "key": card.key,
        "external_id": card.external_id,
        "title": card.title,
        "lane": group.lane,
        "period": group.period,
        "horizon": card.horizon,
        "state": card.state,
        "objective": objective.key if objective else None,
        "owner": card.owner,
        **{name: _iso(getattr(card, name)) for name in ("window_start", "window_end", "promise_start", "promise_end")},
        "promised_on": _iso(card.promised_on),
        "confidence": card.confidence,
        "audience": card.audience,
        "computed_start": _iso(forecast.start if forecast else None),
        "computed_finish": _iso(forecast.finish if forecast else None),
        "percent_complete": forecast.percent if forecast else None,
        "tasks": forecast.tasks if forecast else 0,
        "standing": standing.state,
        "gap_days": standing.gap_days,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
