"""The value/effort plane as lines of text: dots on a grid with four named quadrants."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pmtui.domain.fields import shown
from pmtui.domain.plan import Plan
from pmtui.planning.quadrant import Axes, axes
from pmtui.planning.scoring import Coordinates, points
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line, Span, fit

LEFT = 6
"""Cells to the left of the grid: the numbers of the vertical axis."""
SMALLEST = (18, 9)
"""Width (without the axis) and height below which there is no plane."""

SHORT_TITLES = {"reach × impact × confidence": "R×I×C", "cost of delay": "delay", "person-months": "months"}
"""Titles that fit beside an axis; the heading has the whole formula."""

Cell = tuple[int, int]
"""Column and row of the grid, from its upper left corner."""


@dataclass(frozen=True, slots=True)
class Plane:
    """Where each item stands on a grid of a certain size."""

    axes: Axes
    columns: int
    rows: int
    cut_column: int
    """The last column of low effort; the line is in the next one."""
    cut_row: int
    """The last row of high value, from the top; the line is in the next one."""
    cells: Mapping[Cell, tuple[str, ...]]
    """The ids of the items of each cell that has any, best first."""
    place: Mapping[str, Cell]
    """The cell of each item that is on the plane."""


def plane(plan: Plan, method: str, ids: Sequence[str], width: int, height: int) -> Plane | None:
    """The items with both scores on a plane of *width* x *height* cells; None where that is too small.

    *ids* come best first. An item exactly on a cut stands on the side that the quadrant rule says:
    value at the cut is high, effort at the cut is low.
    """
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return None
    known = points(method)(plan)
    found = {id_: point for id_ in ids if (point := known.get(id_))}
    scale = axes(method, (plan.backlog_items[id_] for id_ in ids))
    columns, rows = width - 1, height - 3
    cut_column = round((columns - 3) * (scale.x_cut - scale.x_low) / (scale.x_high - scale.x_low))
    cut_row = round((rows - 3) * (scale.y_high - scale.y_cut) / (scale.y_high - scale.y_low))

    @cache
    def cell_of(point: Coordinates) -> Cell:
        x, y = point
        return (
            _position(x, scale.x_low, scale.x_cut, scale.x_high, cut_column, columns),
            _position(-y, -scale.y_high, -scale.y_cut, -scale.y_low, cut_row, rows),
        )

    place = {id_: cell_of(point) for id_, point in found.items()}
    cells: dict[Cell, list[str]] = {}
    for id_, cell in place.items():
        cells.setdefault(cell, []).append(id_)
    return Plane(scale, columns, rows, cut_column, cut_row, {c: tuple(found) for c, found in cells.items()}, place)


def _position(value: float, low: float, cut: float, high: float, cut_at: int, count: int) -> int:
    if value <= cut:
        return round(max(0.0, (value - low) / (cut - low)) * cut_at)
    first = cut_at + 2
    return first + round(min(1.0, (value - cut) / (high - cut)) * (count - 1 - first))


def axis_lines(model: Plane, glyphs: Glyphs) -> list[Line]:
    """The vertical axis, `LEFT` cells wide, line by line from the top."""
    scale = model.axes
    title = SHORT_TITLES.get(scale.y_title, scale.y_title)
    ticks = _vertical_ticks(model)
    lines: list[Line] = [(("dim", fit(title, LEFT, right=True)),)]
    for row in range(model.rows):
        label = ticks.get(row, "")
        tick = glyphs.axis_cut if row == model.cut_row + 1 else glyphs.axis_tick if label else glyphs.vertical
        lines.append((("dim", label.rjust(LEFT - 2) + " "), ("rule", tick)))
    lines.append((("rule", glyphs.corner.rjust(LEFT)),))
    return lines


def grid_lines(
    model: Plane, plan: Plan, *, cursor: str, marks: Collection[str], active: bool, glyphs: Glyphs
) -> list[Line]:
    """The quadrants with their dots, and the horizontal axis below, line by line from the top."""
    grid = _empty_grid(model, glyphs)
    if not model.cells:
        _say(grid[: model.cut_row + 1], "no scored items yet", "K and L give scores")
    _draw_dots(grid, model, plan, cursor, marks, "cursor" if active else "idle-cursor", glyphs)
    first, second = _names(model, "QUICK WINS", "BIG BETS", " ")
    floor = [glyphs.floor] * model.columns
    floor[model.cut_column + 1] = glyphs.floor_cut
    return [
        (("quadrant", f"{first} {second}"),),
        *(tuple(_merged(cells)) for cells in grid),
        (("rule", "".join(floor)),),
        (("dim", _horizontal_ticks(model)),),
    ]


def _empty_grid(model: Plane, glyphs: Glyphs) -> list[list[Span]]:
    grid: list[list[Span]] = [[("", " ")] * model.columns for _ in range(model.rows)]
    for row in grid:
        row[model.cut_column + 1] = ("rule", glyphs.vertical)
    middle = grid[model.cut_row + 1]
    for column in range(model.columns):
        middle[column] = ("rule", glyphs.cross if column == model.cut_column + 1 else glyphs.horizontal)
    left, right = _names(model, "FILL-INS", "TIME SINKS", glyphs.horizontal)
    for start, name in ((0, left), (model.cut_column + 2, right)):
        for offset, char in enumerate(name):
            middle[start + offset] = ("rule" if char == glyphs.horizontal else "quadrant", char)
    return grid


def _say(rows: list[list[Span]], *words: str) -> None:
    for cells, text in zip(rows[1:], words, strict=False):
        for offset, char in enumerate(text[: len(cells) - 2], 1):
            cells[offset] = ("dim", char)


def _names(model: Plane, left: str, right: str, filler: str) -> tuple[str, str]:
    """The names of two quadrants side by side, each over its own columns; no dot ever hides them."""
    widths = (model.cut_column + 1, model.columns - model.cut_column - 2)
    shown = []
    for name, width in zip((left, right), widths, strict=True):
        text = f"{filler} {name} " if width >= len(name) + 4 else ""
        shown.append(text + filler * (width - len(text)))
    return shown[0], shown[1]


def _draw_dots(
    grid: list[list[Span]],
    model: Plane,
    plan: Plan,
    cursor: str,
    marks: Collection[str],
    cursor_style: str,
    glyphs: Glyphs,
) -> None:
    taken: set[Cell] = set(model.cells)
    for cell, ids in model.cells.items():
        style = "mark" if marks and any(id_ in marks for id_ in ids) else "strong" if len(ids) > 1 else ""
        sign = glyphs.states[plan.backlog_items[ids[0]].state] if len(ids) == 1 else str(min(len(ids), 99))
        _write(grid, cell, style, sign, taken)
    here = model.place.get(cursor)
    for cell, ids in model.cells.items():
        if cell != here and len(ids) == 1:
            label = plan.backlog_items[ids[0]].key
            for start in (cell[0] + 2, cell[0] - 1 - len(label)):
                if _is_free(model, cell, start, len(label), taken):
                    _write(grid, (start, cell[1]), "dim", label, taken)
                    break
    if here is not None:
        count = len(model.cells[here])
        sign = str(min(count, 99)) if count > 1 else glyphs.states[plan.backlog_items[cursor].state]
        key = plan.backlog_items[cursor].key
        text, column = f"{sign} {key}", min(here[0], model.columns - len(key) - len(sign) - 1)
        low, high = _span(model, here[0])
        if here[0] + len(text) > high and here[0] - len(key) - 1 >= low:
            text, column = f"{key} {sign}", here[0] - len(key) - 1
        for offset, char in enumerate(text):
            grid[here[1]][column + offset] = (cursor_style, char)
        rest = column + len(text)
        while rest < model.columns and grid[here[1]][rest][0] == "dim":
            grid[here[1]][rest] = ("", " ")
            rest += 1
        rest = column - 1
        while rest >= 0 and grid[here[1]][rest][0] == "dim":
            grid[here[1]][rest] = ("", " ")
            rest -= 1


def _write(grid: list[list[Span]], cell: Cell, style: str, text: str, taken: set[Cell]) -> None:
    column, row = cell
    column = min(column, len(grid[row]) - len(text))
    for offset, char in enumerate(text):
        if offset and text.isdigit() and (column + offset, row) in taken:
            grid[row][column] = (style, "+")
            return
        grid[row][column + offset] = (style, char)
        taken.add((column + offset, row))


def _is_free(model: Plane, dot: Cell, start: int, length: int, taken: set[Cell]) -> bool:
    """Whether a label fits there, in the quadrant of its dot and beside nothing else."""
    column, row = dot
    low, high = _span(model, column)
    if not low <= start <= start + length <= high:
        return False
    return not any((at, row) in taken for at in range(start - 1, start + length + 1) if at != column)


def _span(model: Plane, column: int) -> tuple[int, int]:
    """First column of the quadrant that *column* is in, and the one after its last."""
    return (0, model.cut_column + 1) if column <= model.cut_column else (model.cut_column + 2, model.columns)


def _merged(cells: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for style, char in cells:
        if merged and merged[-1][0] == style:
            merged[-1] = (style, merged[-1][1] + char)
        else:
            merged.append((style, char))
    return merged


def _vertical_ticks(model: Plane) -> dict[int, str]:
    scale = model.axes
    ticks = {0: scale.y_high, model.cut_row: scale.y_cut, model.rows - 1: scale.y_low}
    for share, needed in ((0.75, model.cut_row), (0.25, model.rows - model.cut_row - 2)):
        value = scale.y_low + share * (scale.y_high - scale.y_low)
        if needed >= 6 and (value * 2).is_integer():
            row = _position(-value, -scale.y_high, -scale.y_cut, -scale.y_low, model.cut_row, model.rows)
            ticks[row] = value
    return {row: short_number(value) for row, value in ticks.items()}


def _horizontal_ticks(model: Plane) -> str:
    scale = model.axes
    line = [" "] * model.columns
    title = f"{scale.x_title} "
    for value, column in (
        (scale.x_low, 0),
        (scale.x_cut, model.cut_column),
        (scale.x_high, model.columns - 1),
    ):
        label = short_number(value)
        start = min(max(0, column - len(label) // 2), len(line) - len(label))
        line[start : start + len(label)] = label
    start = model.cut_column // 2 - len(title) // 2
    if start > 1 and start + len(title) < model.cut_column - 2:
        line[start : start + len(title)] = title
    return "".join(line)


def short_number(value: float) -> str:
    """A number in at most four characters: 7.5, 320, 12k, 3M."""
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= limit:
            return f"{value / (1000 if unit == 'k' else limit):.3g}{unit}"
    return shown(float(f"{value:.3g}")) if abs(value) < 1000 else f"{value:.0f}"
