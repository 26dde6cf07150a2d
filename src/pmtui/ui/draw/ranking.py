"""The ordered list beside the plane: one line an item."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.numbers import half_up
from pmtui.domain.plan import Plan, tags_of
from pmtui.planning.scoring import Ranked, inputs
from pmtui.ui.draw.arrangement import Arrangement, Row
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fit
from pmtui.ui.draw.plane import short_number

TITLES = {
    "value": "value",
    "effort": "effort",
    "reach": "reach",
    "impact": "imp",
    "confidence": "conf",
    "person_months": "p-m",
    "business_value": "BV",
    "time_criticality": "TC",
    "risk_reduction": "RR",
    "job_size": "size",
}
"""Column titles of the scores."""

COLUMN_SETS = ("scores", "people", "origin")
"""What the list shows behind the title, in the order in which one key goes through them."""

SETS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "people": (("priority", 9), ("owner", 9), ("tags", 18)),
    "origin": (("created", 11), ("parent", 7), ("external id", 18)),
}
"""The columns of the sets that do not depend on the method, with their widths."""

EXTRAS = (("tags", 18, 34), ("owner", 9, 40))
"""Columns that join the scores where there is room: width, and the room that the title keeps."""

STATE_WIDTH = 13


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that fit a width. The title takes what the others leave."""

    width: int
    """Cells of the whole row."""
    title: int
    fields: tuple[str, ...]
    """Scores, seven cells each."""
    state: int
    """Cells for the state: 1 for its sign alone."""
    words: tuple[tuple[str, int], ...] = ()
    """Other columns with their widths."""


def columns(width: int, method: str, shown: str = "scores") -> Columns:
    """The columns for a list of *width* cells: those of the set *shown* first, then what else fits."""
    used, state = 2 + 4 + 7 + 6 + 2, 1
    fields: tuple[str, ...] = ()
    words: list[tuple[str, int]] = []
    if shown == "scores":
        names = tuple(inputs(method))
        if width - used - 7 * len(names) >= 16:
            fields, used = names, used + 7 * len(names)
    for name, cells in SETS.get(shown, ()):
        if width - used - cells >= 12:
            words.append((name, cells))
            used += cells
    if width - used - STATE_WIDTH >= 26:
        state, used = STATE_WIDTH, used + STATE_WIDTH - 1
    for name, cells, room in EXTRAS if shown == "scores" else ():
        if width - used - cells >= room:
            words.append((name, cells))
            used += cells
    return Columns(width, max(4, width - used), fields, state, tuple(words))


def header_line(layout: Columns) -> Line:
    """The titles of the columns."""
    parts = [fit("     #", 6), " ", fit("item", 6 + layout.title)]
    parts += [fit(TITLES[name], 7, right=True) for name in layout.fields]
    parts += [fit("score", 6, right=True), " ", fit("state" if layout.state > 1 else "", layout.state)]
    parts += [" " + fit(name, cells - 1) for name, cells in layout.words]
    return (("dim", "".join(parts)),)


@dataclass(frozen=True, slots=True)
class Look:
    """How the rows of a list are shown."""

    columns: Columns
    cursor: str
    """The id of the item under the cursor."""
    active: bool
    """Whether the list is the pane that the arrows move in."""
    marks: Collection[str]
    glyphs: Glyphs


def row_line(row: Row, plan: Plan, arrangement: Arrangement, look: Look) -> Line:
    """One row. The cursor colours no more than sign, key and title, so that it moves in few bytes."""
    layout, glyphs = look.columns, look.glyphs
    if not row.id:
        rule = f" {glyphs.horizontal * 3} {row.title} "
        return (("rule", rule + glyphs.horizontal * max(0, layout.width - len(rule))),)
    item = plan.backlog_items[row.id]
    here = row.id == look.cursor
    style = ("cursor" if look.active else "idle-cursor") if here else ""
    indent = "  " * min(row.depth, 6) + (f"{glyphs.down} " if row.depth else "")
    marked = row.id in look.marks
    number = fit(str(row.rank) if row.rank else "", 4, right=True) + " "
    head = [
        # Blanks take their neighbour's style: every change of style costs a slow line forty bytes.
        (style or "dim", glyphs.cursor if here else " "),
        (style or ("mark" if marked else "dim"), glyphs.mark if marked else " "),
        (style or "dim", number),
        (style, fit(item.key, 6) + fit(indent + item.title, layout.title, ellipsis=glyphs.ellipsis)),
    ]
    return (
        *_joined(head),
        *_numbers(item, arrangement.ranked[row.id], layout, glyphs),
        *_words(item, plan, layout, glyphs),
    )


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for style, text in spans:
        if joined and joined[-1][0] == style:
            joined[-1] = (style, joined[-1][1] + text)
        else:
            joined.append((style, text))
    return joined


def _numbers(item: BacklogItem, ranked: Ranked, layout: Columns, glyphs: Glyphs) -> list[Span]:
    text = "".join(fit(_score(name, getattr(item, name), glyphs), 7, right=True) for name in layout.fields)
    value = ranked.score.value
    score = glyphs.dash if value is None else two_digits(value)
    return [("", text), ("strong" if value is not None else "dim", fit(score, 6, right=True))]


def _words(item: BacklogItem, plan: Plan, layout: Columns, glyphs: Glyphs) -> list[Span]:
    sign = glyphs.states[item.state]
    spans: list[Span] = [("dim", " " + (fit(f"{sign} {item.state}", layout.state) if layout.state > 1 else sign))]
    spans += [
        ("dim", " " + fit(_word(name, item, plan), cells - 1, ellipsis=glyphs.ellipsis)) for name, cells in layout.words
    ]
    return spans


def _word(name: str, item: BacklogItem, plan: Plan) -> str:
    match name:
        case "tags":
            return " ".join(f"#{tag}" for tag in tags_of(plan).get(item.id, ()))
        case "created":
            return item.created_on.isoformat() if item.created_on else ""
        case "parent":
            return plan.backlog_items[item.parent_id].key if item.parent_id else ""
        case "external id":
            return item.external_id or ""
        case _:
            return str(getattr(item, name))


def _score(name: str, value: float | None, glyphs: Glyphs) -> str:
    if value is None:
        return glyphs.dash
    return f"{value * 100:.0f}%" if name == "confidence" else short_number(value)


def two_digits(value: float) -> str:
    """A score for a column of five cells: 4.00, 12.5, 320, 12k. Rounded once, half up."""
    if abs(value) >= 1000:
        return short_number(value)
    return half_up(value, 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0)
