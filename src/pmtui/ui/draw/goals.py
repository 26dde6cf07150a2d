"""Products, objectives and key results as lines: what is wanted, how far it is, and how much work stands behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pmtui.domain.entities.vision import KeyResult, Objective, Product
from pmtui.domain.fields import shown
from pmtui.domain.numbers import half_up
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.relations import key_results_of, objectives_of
from pmtui.domain.words import fold
from pmtui.planning.okr import Grade, Work, band, objective_grade, result_grade, work_for
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fit

BAND_MARKS = {"red": "!", "yellow": "~", "": "?"}
"""How a band is shown beside its colour; green has the glyph for fine."""
BAND_STYLES = {"red": "bad", "yellow": "warn", "green": "good", "": "dim"}
BAR = 10
"""Cells of a progress bar."""


class GoalRow(NamedTuple):
    """One line: a product, an objective or a key result."""

    kind: str
    id: str
    depth: int


def goal_rows(plan: Plan, wanted: str = "") -> list[GoalRow]:
    """All live products with their objectives and key results, those without a product last.

    *wanted* is a filter: words, `@owner`, `grade:red`, `is:committed`. A line that matches brings the
    lines above it along, and a product or objective those below it.
    """
    products = sorted((p for p in plan.products.values() if not p.archived), key=lambda p: key_order(p.key))
    goals = objectives_of(plan)
    rows: list[GoalRow] = []
    live = {product.id for product in products}
    for product in products:
        rows.append(GoalRow("product", product.id, 0))
        rows += _below(plan, goals.get(product.id, ()), 1)
    for owner, ids in goals.items():
        if owner not in live:
            rows += _below(plan, ids, 0)
    return _filtered(plan, rows, wanted) if wanted.strip() else rows


def _below(plan: Plan, ids: Iterable[str], depth: int) -> list[GoalRow]:
    rows: list[GoalRow] = []
    for objective_id in ids:
        rows.append(GoalRow("objective", objective_id, depth))
        rows += [GoalRow("key_result", id_, depth + 1) for id_ in key_results_of(plan).get(objective_id, ())]
    return rows


def _filtered(plan: Plan, rows: list[GoalRow], wanted: str) -> list[GoalRow]:
    words = [fold(word) for word in wanted.split()]
    hits = [all(_matches(plan, row, word) for word in words) for row in rows]
    kept = list(hits)
    for index, row in enumerate(rows):
        if not hits[index]:
            continue
        depth = row.depth
        for above in range(index - 1, -1, -1):
            if rows[above].depth < depth:
                kept[above], depth = True, rows[above].depth
        for below in range(index + 1, len(rows)):
            if rows[below].depth <= row.depth:
                break
            kept[below] = True
    return [row for row, keep in zip(rows, kept, strict=True) if keep]


def _matches(plan: Plan, row: GoalRow, word: str) -> bool:
    if word.startswith("-") and len(word) > 1:
        return not _matches(plan, row, word[1:])
    entity = plan.of(row.kind)[row.id]
    if word.startswith("@"):
        return fold(getattr(entity, "owner", "")).startswith(word[1:])
    if word.startswith("grade:"):
        return row.kind != "product" and (_band_of(plan, row) or "none").startswith(word[6:])
    if word.startswith("is:"):
        return getattr(entity, "ambition", "").startswith(word[3:]) and row.kind == "objective"
    title = getattr(entity, "title", "") or getattr(entity, "name", "")
    return word in fold(f"{entity.key} {title} {getattr(entity, 'external_id', '') or ''}")


def _band_of(plan: Plan, row: GoalRow) -> str:
    if row.kind == "objective":
        return objective_grade(plan, row.id).band
    return result_band(plan, plan.key_results[row.id])[1]


def result_band(plan: Plan, result: KeyResult) -> tuple[float | None, str]:
    """The grade of a key result and its band by the ambition of its objective; None and "" where it has no grade."""
    value, _ = result_grade(result)
    ambition = plan.objectives[result.objective_id].ambition
    return value, band(value, ambition) if value is not None else ""


@dataclass(frozen=True, slots=True)
class GoalColumns:
    """What fits a width; the title takes what the others leave."""

    width: int
    title: int
    owner: int
    due: int
    work: int


def goal_columns(width: int) -> GoalColumns:
    """The columns for a list of *width* cells: grade always, then work, due and owner where there is room."""
    left = width - 2 - 6 - 7 - BAR - 2
    work = 20 if left >= 48 else 0
    left -= work
    due = 12 if left >= 40 else 0
    left -= due
    owner = 10 if left >= 44 else 0
    return GoalColumns(width, max(4, left - owner), owner, due, work)


def goal_header(layout: GoalColumns) -> Line:
    """The titles of the columns."""
    text = "  " + fit("", 6) + fit("objective, key result", layout.title) + fit("grade", 7, right=True)
    text += fit("", BAR + 2) + fit("work behind it", layout.work) + fit("due", layout.due) + fit("who", layout.owner)
    return (("dim", text),)


@dataclass(frozen=True, slots=True)
class GoalLook:
    """How the rows are shown."""

    columns: GoalColumns
    cursor: str
    marks: Collection[str]
    glyphs: Glyphs


def goal_line(row: GoalRow, plan: Plan, look: GoalLook) -> Line:
    """One row. The cursor colours no more than sign, key and title, so that it moves in few bytes."""
    layout, glyphs = look.columns, look.glyphs
    entity = plan.of(row.kind)[row.id]
    here = row.id == look.cursor
    style = "cursor" if here else ""
    title = "  " * row.depth + (entity.name if row.kind == "product" else entity.title)
    marked = row.id in look.marks
    head: list[Span] = [
        (style or "dim", glyphs.cursor if here else " "),
        (style or ("mark" if marked else "dim"), glyphs.mark if marked else " "),
        (
            style or ("strong" if row.kind != "key_result" else ""),
            fit(entity.key, 6) + fit(title, layout.title, ellipsis=glyphs.ellipsis),
        ),
    ]
    match row.kind:
        case "product":
            return (*head, ("dim", fit(f"  {_stage(entity)}", layout.width - 8 - layout.title)))
        case "objective":
            return (*head, *_objective_spans(plan, entity, layout, glyphs))
        case _:
            return (*head, *_result_spans(plan, entity, layout, glyphs))


def _stage(product: Product) -> str:
    words = [product.stage, product.target_market]
    return " · ".join(word for word in words if word)


def _objective_spans(plan: Plan, goal: Objective, layout: GoalColumns, glyphs: Glyphs) -> list[Span]:
    grade = objective_grade(plan, goal.id)
    due = goal.due_on.isoformat() if goal.due_on else goal.period
    return [
        *grade_spans(grade.value, grade.band, glyphs),
        ("", fit(work_words(work_for(plan, goal.id)), layout.work, ellipsis=glyphs.ellipsis)),
        ("dim", fit(due, layout.due) + fit(goal.owner, layout.owner, ellipsis=glyphs.ellipsis)),
    ]


def _result_spans(plan: Plan, result: KeyResult, layout: GoalColumns, glyphs: Glyphs) -> list[Span]:
    room = layout.work + layout.due
    return [
        *grade_spans(*result_band(plan, result), glyphs),
        ("dim", fit(measure_words(result, glyphs), room, ellipsis=glyphs.ellipsis)),
        ("dim", fit(result.owner, layout.owner, ellipsis=glyphs.ellipsis)),
    ]


def grade_spans(value: float | None, band_name: str, glyphs: Glyphs) -> list[Span]:
    """A grade as mark, number and bar, in nineteen cells."""
    style = BAND_STYLES[band_name]
    number = glyphs.dash if value is None else half_up(value, 2)
    filled = 0 if value is None else round(value * BAR)
    bar = glyphs.full * filled + glyphs.empty * (BAR - filled)
    return [
        (style, f" {BAND_MARKS.get(band_name, glyphs.fine)}{fit(number, 5, right=True)} "),
        (style, bar),
        ("", "  "),
    ]


def measure_words(result: KeyResult, glyphs: Glyphs) -> str:
    """Where a key result started, stands and should go: `12 → 18 → 25 teams`."""
    arrow = f" {glyphs.arrow} "
    return arrow.join(shown(value) for value in (result.start, result.current, result.target)) + (
        f" {result.unit}" if result.unit else ""
    )


def work_words(work: Work) -> str:
    """How much work stands behind an objective: cards, items done of all, tasks done of all; `none` where none."""
    items = work.items_open + work.items_done
    parts = [f"{work.cards} card{'' if work.cards == 1 else 's'}"] if work.cards else []
    parts += [f"{work.items_done}/{items} items"] if items else []
    parts += [f"{work.tasks_done}/{work.tasks} tasks"] if work.tasks and len(parts) < 2 else []
    return " ".join(parts) or "none yet"


def grade_words(goal: Objective, grade: Grade) -> str:
    """A grade in a sentence: what it is, of how many key results, and what that means for this ambition."""
    if grade.value is None:
        return f"no grade: {grade.reason}"
    count = f"mean of {grade.results} key result{'' if grade.results == 1 else 's'}"
    meaning = "committed: expected at 1.0" if goal.ambition == "committed" else "aspirational: 0.7 is good"
    return f"{half_up(grade.value, 2)} ({grade.band}), {count}; {meaning}" + (
        f"; {grade.reason}" if grade.reason else ""
    )
