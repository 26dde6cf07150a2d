"""A card of the roadmap as a few lines: what it is, what was promised, and what the plan says to that.

What is far away is drawn with less detail than what is near (the cone of certainty); a promise is
always shown, however far away it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.fields import shown_as, specs
from pmtui.domain.lifecycle import DONE_STATES
from pmtui.domain.periods import month_of, period_of, quarter_of, window_name
from pmtui.domain.plan import Plan
from pmtui.domain.relations import items_of
from pmtui.ui.draw.detail import wrap
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fit
from pmtui.ui.draw.roadmap import Mode, spans

if TYPE_CHECKING:
    from pmtui.planning.forecast import Forecast, PromiseStanding

MARKS = {"broken": "!", "unbacked": "?", "none": " "}
"""How a promise stands, in one cell; "kept" has the glyph for fine."""
STANDING_STYLES = {"broken": "bad", "unbacked": "warn", "kept": "good", "none": "dim"}
TITLE_LINES = {3: 3, 2: 2, 1: 2}
"""The most lines of a title, by how much is drawn of a card."""
HEAD = 4
"""Cells before the key: cursor, mark, standing, state."""
NEAR = 300
"""Days from today within which a day is written without its year."""


class Progress(NamedTuple):
    """How far the work behind a card is."""

    share: float | None
    """0 to 1: of its tasks by duration, of its items by count where it has no tasks; None without work."""
    done: int
    items: int
    """Its items that are not declined, and how many of them have reached their users."""
    tasks: int


class Facts(NamedTuple):
    """What is said about a card, computed once per plan."""

    card: Initiative
    standing: PromiseStanding
    forecast: Forecast | None
    progress: Progress


class Drawn(NamedTuple):
    """The lines of a card; the first *titles* of them are its title, which the cursor colours."""

    lines: tuple[Line, ...]
    titles: int


def facts_of(plan: Plan, card: Initiative, today: date) -> Facts:
    """What the card, its items and its tasks say."""
    from pmtui.planning.forecast import forecasts, promise_of

    forecast = forecasts(plan).get(card.id)
    return Facts(card, promise_of(plan, card.id, today), forecast, progress_of(plan, card.id, forecast))


def progress_of(plan: Plan, card_id: str, forecast: Forecast | None) -> Progress:
    """How far the work behind a card is."""
    items = [plan.backlog_items[id_] for id_ in items_of(plan).get(card_id, ())]
    wanted = [item for item in items if item.state != "declined"]
    done = sum(item.state in DONE_STATES for item in wanted)
    if forecast is not None:
        return Progress(forecast.percent, done, len(wanted), forecast.tasks)
    return Progress(done / len(wanted) if wanted else None, done, len(wanted), 0)


class CardLook(NamedTuple):
    """How cards are drawn in a column."""

    width: int
    level: int
    compact: bool
    """Whether there are few lines: titles are cut instead of wrapped."""
    mode: Mode
    today: date
    glyphs: Glyphs


def draw_card(facts: Facts, look: CardLook) -> Drawn:
    """The card without cursor and marks, in lines of at most the column's width."""
    titles = _title(facts, look)
    body: list[Line] = []
    if facts.card.state in ("declined", "retired"):
        reason = facts.card.state_reason
        body.append(_inset("dim", f"{facts.card.state}{': ' if reason else ''}{reason}", look))
    elif look.level == 3 and not look.compact:
        body += _whole(facts, look)
    else:
        body += _short(facts, look)
    return Drawn((*titles, *body), len(titles))


def _title(facts: Facts, look: CardLook) -> list[Line]:
    card, glyphs = facts.card, look.glyphs
    style = STANDING_STYLES[facts.standing.state]
    mark = MARKS.get(facts.standing.state, glyphs.fine)
    over = card.state in ("declined", "retired")
    name = "dim" if over else "strong" if look.level > 1 else ""
    head: list[Span] = [("", "  "), (style, mark), ("dim" if over else "accent", glyphs.states.get(card.state, "?"))]
    room = max(1, look.width - HEAD)
    limit = 1 if look.compact or over else TITLE_LINES[look.level]
    parts = wrap(f"{card.key} {card.title}", max(2, room - 1), 99) or [card.key]
    parts[limit - 1 :] = [" ".join(parts[limit - 1 :])] if len(parts) >= limit else []
    first, *rest = (fit(f" {part}", room, ellipsis=glyphs.ellipsis) for part in parts)
    return [(*head, (name, first)), *((("", " " * HEAD), (name, text)) for text in rest)]


def _first_that_fits(texts: Sequence[str], look: CardLook) -> str:
    """The longest wording that there is room for; they are given from long to short."""
    return next((text for text in texts if len(text) <= look.width - HEAD - 1), texts[-1])


def _inset(style: str, text: str, look: CardLook) -> Line:
    return (("", " " * HEAD), (style, " " + fit(text, look.width - HEAD - 1, ellipsis=look.glyphs.ellipsis).rstrip()))


def _whole(facts: Facts, look: CardLook) -> list[Line]:
    card, forecast = facts.card, facts.forecast
    lines: list[Line] = []
    promise = promise_words(card, look.today)
    if promise:
        lines.append(_inset("", _first_that_fits((f"promised {promise}", promise), look), look))
        style = STANDING_STYLES[facts.standing.state]
        lines.append(_inset(style, _first_that_fits(standing_words(facts, look.today), look), look))
    elif forecast is not None:
        finish = short_day(forecast.finish, look.today)
        lines.append(_inset("dim", _first_that_fits((f"no promise, plan {finish}", f"plan {finish}"), look), look))
    elif card.state not in DONE_STATES:
        lines.append(_inset("dim", _first_that_fits(("no promise, no plan yet", "no plan yet"), look), look))
    lines += _window(facts, look)
    lines += _bar(facts, look)
    return lines


def _short(facts: Facts, look: CardLook) -> list[Line]:
    card = facts.card
    promise = promise_words(card, look.today)
    lines: list[Line] = []
    if promise:
        lines.append(_short_promise(facts, promise, look))
    if look.level > 1:
        lines += _window(facts, look)
        lines += _bar(facts, look)
    return lines


def _short_promise(facts: Facts, promise: str, look: CardLook) -> Line:
    """Promise and gap on one line; where they do not fit, blanks and words give way, the confidence last."""
    standing, room = facts.standing, look.width - HEAD - 1
    gap = {"broken": f"+{standing.gap_days} d !", "unbacked": "?", "kept": look.glyphs.fine}.get(standing.state, "")
    tight = gap.replace(" ", "")
    day = short_day(facts.card.promise_end or look.today, look.today)
    sure = f"{day} {share_words(facts.card)}"
    choices = ((promise, gap), (sure, gap), (sure, tight), (day, tight))
    words, sign = next((pair for pair in choices if len(pair[0]) + 1 + len(pair[1]) <= room), choices[-1])
    words = fit(words, max(0, min(len(words), room - len(sign) - 1)))
    return (("", " " * (HEAD + 1)), ("", words), (STANDING_STYLES[standing.state], f" {sign}"))


def share_words(card: Initiative) -> str:
    """The confidence of a promise, as `80%`."""
    return shown_as(specs(Initiative)["confidence"], card.confidence) if card.confidence is not None else ""


def _window(facts: Facts, look: CardLook) -> list[Line]:
    """Where it is aimed at, unless its column says that."""
    card = facts.card
    if card.window_start is None and card.window_end is None:
        return []
    if look.mode == "horizon":
        if card.promise_end is not None:
            return []
        name = window_name(card.window_start, card.window_end)
        first, dash, _ = name.partition(" – ")
        shorter = (name, f"from {first}", first) if dash else (name,)
        return [_inset("dim", _first_that_fits((f"aimed at {name}", *shorter), look), look)]
    if spans(look.mode, card.window_start, card.window_end):
        until = card.window_end or look.today
        name = period_of(until, look.mode).name
        return [_inset("dim", f"{look.glyphs.arrow} until {name}", look)]
    return []


def _bar(facts: Facts, look: CardLook) -> list[Line]:
    progress, glyphs = facts.progress, look.glyphs
    if progress.share is None:
        return []
    room = look.width - HEAD - 1
    words = f" {progress.share * 100:.0f} %"
    tasks = f"  {progress.tasks} task{'' if progress.tasks == 1 else 's'}"
    more = f"  {progress.done}/{progress.items} items" if progress.items else tasks
    cells = 8
    if room >= cells + len(words) + len(more) and look.level > 1:
        words += more
    cells = max(0, min(cells, room - len(words)))
    filled = round(progress.share * cells)
    bar = glyphs.full * filled + glyphs.empty * (cells - filled)
    return [(("", " " * (HEAD + 1)), ("accent" if filled else "dim", bar), ("dim", words))]


def promise_words(card: Initiative, today: date) -> str:
    """Window and confidence of a promise: `Dec 80%`, `until 15 Dec 80%`; "" where there is none."""
    return f"{promised_window(card, today)} {share_words(card)}".rstrip() if card.promise_end is not None else ""


def promised_window(card: Initiative, today: date) -> str:
    """The window of a promise: `Dec`, `Q1 2028`, `until 15 Dec`; "" where there is none."""
    if card.promise_end is None:
        return ""
    start, end = card.promise_start, card.promise_end
    if start is None:
        return f"until {short_day(end, today)}"
    if (start, end) == month_of(end):
        return _without_year(period_of(end, "month").name, end, today)
    if (start, end) == quarter_of(end):
        return _without_year(period_of(end, "quarter").name, end, today)
    if start == end:
        return f"on {short_day(end, today)}"
    return f"{short_day(start, today)} - {short_day(end, today)}"


def standing_words(facts: Facts, today: date) -> tuple[str, ...]:
    """What the plan says to a promise in a few words, and in fewer ones."""
    standing, forecast = facts.standing, facts.forecast
    finish = short_day(forecast.finish, today) if forecast is not None else ""
    gap = standing.gap_days or 0
    match standing.state:
        case "broken":
            return f"plan {finish}  +{gap} d !", f"{finish} +{gap} d !", f"+{gap} d !"
        case "kept":
            early = (f"plan {finish}, {-gap} d early",) if gap < 0 else ()
            return (*early, f"plan {finish}")
    return "? no planned work behind it", "? no planned work", "? no plan"


def short_day(day: date, today: date) -> str:
    """`15 Dec`, with its year where it is far from today."""
    return _without_year(f"{day.day} {period_of(day, 'month').name}", day, today)


def _without_year(name: str, day: date, today: date) -> str:
    return name.rpartition(" ")[0] if abs((day - today).days) <= NEAR else name
