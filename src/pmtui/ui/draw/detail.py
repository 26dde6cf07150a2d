"""One item in a few lines: what it is, why, what it needs, and how it scores."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, chop_cells

from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.fields import shown, specs
from pmtui.domain.plan import Plan, children, needed_by, needs_of, tags_of
from pmtui.planning.quadrant import axes, quadrant_of
from pmtui.planning.scoring import coordinates, inputs, score
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, fit
from pmtui.ui.draw.ranking import two_digits


def detail_lines(plan: Plan, item_id: str, method: str, *, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The item in at most *height* lines of *width* cells, the most telling first."""
    item = plan.backlog_items.get(item_id)
    if item is None or width < 8:
        return []
    inner = width - 2
    lines: list[Line] = [
        (("strong", f" {fit(text, inner)}"),)
        for text in wrap(f"{item.key} {item.title}", inner, 3 if height > 7 else 1)
    ]
    lines += [
        ((style, f" {fit(text, inner, ellipsis=glyphs.ellipsis)}"),)
        for style, text in _facts(plan, item, method, glyphs)
    ]
    room = height - len(lines)
    if room > 1 and item.notes:
        lines.append(())
        lines += [(("", f" {fit(text, inner)}"),) for text in wrap_paragraphs(item.notes, inner, room - 1)]
    return lines[:height]


def _facts(plan: Plan, item: BacklogItem, method: str, glyphs: Glyphs) -> Iterable[tuple[str, str]]:
    who = [f"{glyphs.states[item.state]} {item.state}"]
    who += [f"!{item.priority}"] if item.priority else []
    who += [f"@{item.owner}"] if item.owner else []
    who += [f"#{name}" for name in tags_of(plan).get(item.id, ())]
    yield "", "  ".join(who)
    if item.state_reason:
        yield "dim", f"because: {item.state_reason}"
    yield "accent", score_words(item, method, glyphs)
    if item.objective_id:
        objective = plan.objectives[item.objective_id]
        yield "", f"why: {objective.key} {objective.title}"
    if item.parent_id:
        parent = plan.backlog_items[item.parent_id]
        yield "", f"part of: {parent.key} {parent.title}"
    for title, ids in (
        ("parts", children(plan).get(item.id, ())),
        ("needs", needs_of(plan).get(item.id, ())),
        ("needed by", needed_by(plan).get(item.id, ())),
    ):
        if ids:
            yield "", f"{title}: {', '.join(_short(plan, id_) for id_ in ids[:8])}"
    trail = [f"created {item.created_on}"] if item.created_on else []
    trail += [f"from {item.external_id}"] if item.external_id else []
    trail += ["in the archive"] if item.archived else []
    if trail:
        yield "dim", "  ".join(trail)


def _short(plan: Plan, item_id: str) -> str:
    item = plan.backlog_items[item_id]
    return item.key if item.state != "launched" else f"{item.key} (launched)"


def score_words(item: BacklogItem, method: str, glyphs: Glyphs) -> str:
    """Inputs, score and quadrant of an item in one line; what is missing by its name."""
    result = score(method, item)
    known = specs(BacklogItem)
    given = [f"{known[name].title} {_percent(name, getattr(item, name), glyphs)}" for name in inputs(method)]
    if result.value is None:
        return f"no score: {result.reason}   {'  '.join(given)}"
    point = coordinates(method, item)
    quadrant = quadrant_of(axes(method, [item]), *point) if point and method != "RICE" else None
    named = f"  {quadrant}" if quadrant else ""
    return f"score {two_digits(result.value)}{named}   {'  '.join(given)}"


def _percent(name: str, value: float | None, glyphs: Glyphs) -> str:
    if value is None:
        return glyphs.dash
    return f"{value * 100:.0f} %" if name == "confidence" else shown(value)


def wrap_paragraphs(text: str, width: int, limit: int) -> list[str]:
    """Text of several lines in at most *limit* lines of *width* cells; what is left out leaves an ellipsis."""
    found: list[str] = []
    for line in text.split("\n") if text and limit > 0 else ():
        if len(found) == limit:
            found[-1] = fit(f"{found[-1]} …", width)
            break
        found += wrap(line, width, limit - len(found)) or [""]
    return found


def wrap(text: str, width: int, limit: int) -> list[str]:
    """*text* in at most *limit* lines of *width* cells, broken at blanks where there are any."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if fit(joined, width).rstrip() == joined:
            line = joined
            continue
        if cell_len(word) > width:
            word = joined  # noqa: PLW2901 - it is broken anyway, so it may begin on this line
        elif line:
            lines.append(line)
        *whole, line = chop_cells(word, width) or [""]
        lines += whole
        if len(lines) > limit:
            break
    if line:
        lines.append(line)
    if len(lines) > limit > 0:
        return [*lines[: limit - 1], fit(f"{lines[limit - 1]} …", width) if width > 2 else ""]
    return lines[: max(0, limit)]
