"""What there is to say of a product, an objective or a key result, the most telling first."""

from __future__ import annotations

from pmtui.domain.fields import shown
from pmtui.domain.numbers import half_up
from pmtui.domain.plan import Plan
from pmtui.domain.relations import initiatives_of, items_for, key_results_of, objectives_of
from pmtui.planning.okr import objective_grade, work_for
from pmtui.ui.draw.board import missing_blanks, statement_lines
from pmtui.ui.draw.detail import wrap_paragraphs
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.goals import BAND_STYLES, grade_words, measure_words, result_band, work_words
from pmtui.ui.draw.line import Line

SHOWN = 8
"""Cards or items that are named; the others are counted."""


def goal_detail(plan: Plan, kind: str, entity_id: str, *, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """At most *height* lines of *width* cells on the thing."""
    if width < 8 or plan.find(kind, entity_id) is None:
        return []
    inner = width - 2
    match kind:
        case "product":
            lines = _product(plan, entity_id, inner, height)
        case "objective":
            lines = _objective(plan, entity_id, inner, glyphs)
        case _:
            lines = _key_result(plan, entity_id, inner, glyphs)
    return lines[:height]


def _text(text: str, width: int, limit: int, style: str = "") -> list[Line]:
    return [((style, f" {part}"),) for part in wrap_paragraphs(text, width, limit)]


def _product(plan: Plan, product_id: str, width: int, height: int) -> list[Line]:
    product = plan.products[product_id]
    lines = _text(f"{product.key} {product.name}", width, 2, "strong")
    facts = [("stage", product.stage), ("market", product.target_market), ("north star", product.north_star)]
    room = 2 if height <= 12 else 3 if height <= 28 else 6
    for title, text in facts:
        lines += _text(f"{title}: {text}" if text else "", width, 2)
    lines += _text(product.vision, width, room, "accent")
    if height > 12:
        for title, text in (
            ("for", product.target_group),
            ("needs", product.needs),
            ("product", product.features),
            ("goals", product.business_goals),
        ):
            if text:
                lines += [(), (("dim", f" {title}"),), *_text(text, width, room)]
        lines.append(())
    missing = missing_blanks(product)
    if len(missing) < 6:
        lines += [((("", " "), *line)) for line in statement_lines(product, width, room + 3)]
    else:
        lines.append((("dim", " no positioning statement yet: E fills it in, c shows the board"),))
    goals = objectives_of(plan).get(product_id, ())
    lines.append((("dim", f" {len(goals)} objective{'' if len(goals) == 1 else 's'}"),))
    return lines


def _objective(plan: Plan, objective_id: str, width: int, glyphs: Glyphs) -> list[Line]:
    goal = plan.objectives[objective_id]
    grade = objective_grade(plan, objective_id)
    lines = _text(f"{goal.key} {goal.title}", width, 2, "strong")
    when = [goal.period] if goal.period else []
    when += [f"due {goal.due_on}"] if goal.due_on else []
    when += [f"@{goal.owner}"] if goal.owner else []
    words = grade_words(goal, grade)
    lines += _text(words if grade.value is None else f"grade {words}", width, 2, BAND_STYLES[grade.band])
    lines += _text("  ".join(when), width, 1)
    lines.append((("", f" work: {work_words(work_for(plan, objective_id))}"),))
    cards = [plan.initiatives[id_] for id_ in initiatives_of(plan).get(objective_id, ())]
    lines += [(("accent", f" {card.key} "), ("", card.title), ("dim", f"  {card.horizon}")) for card in cards[:SHOWN]]
    if len(cards) > SHOWN:
        lines.append((("dim", f" and {len(cards) - SHOWN} more cards"),))
    loose = [
        item
        for item in (plan.backlog_items[id_] for id_ in items_for(plan).get(objective_id, ()))
        if item.initiative_id is None
    ]
    lines += [
        (("accent", f" {item.key} "), ("", item.title), ("dim", f"  {glyphs.states[item.state]} no card"))
        for item in loose[: max(0, SHOWN - len(cards))]
    ]
    if goal.notes:
        lines += [(), *_text(goal.notes, width, 8)]
    if not key_results_of(plan).get(objective_id):
        lines.append((("warn", " ? no key result yet: A adds one"),))
    return lines


def _key_result(plan: Plan, result_id: str, width: int, glyphs: Glyphs) -> list[Line]:
    result = plan.key_results[result_id]
    goal = plan.objectives[result.objective_id]
    value, name = result_band(plan, result)
    lines = _text(f"{result.key} {result.title}", width, 2, "strong")
    lines.append((("", f" {measure_words(result, glyphs)}"),))
    if value is None:
        lacking = [field for field in ("start", "current", "target") if getattr(result, field) is None]
        lines.append((("warn", f" ? no grade: {', '.join(lacking)} missing; , types where it stands"),))
    else:
        lines.append(((BAND_STYLES[name], f" grade {half_up(value, 2)} ({name})"),))
    lines.append((("dim", f" start {shown(result.start)}   target {shown(result.target)}"),))
    lines.append((("dim", " measures: "), ("", f"{goal.key} {goal.title}")))
    lines += [(("dim", f" @{result.owner}"),)] if result.owner else []
    return lines
