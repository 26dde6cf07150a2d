"""The roadmap as a board: lanes downward, columns by horizon, month or quarter across."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from pmtui.domain.entities.roadmap import HORIZONS, Initiative
from pmtui.domain.lifecycle import STATES
from pmtui.domain.periods import Length, period_columns, period_of, periods_apart
from pmtui.domain.plan import Plan, key_order
from pmtui.planning.card_query import parse_card_query

Mode = Literal["horizon", "month", "quarter"]
"""What the columns are."""

NO_LANE = "no lane"
NO_DATE = "no date"
Cell = tuple[int, int]
"""A lane and a column by their numbers."""


class Column(NamedTuple):
    """One column of the board."""

    title: str
    first: date | None
    """First and last day of its period; None in the view by horizon, and for cards without a window."""
    last: date | None
    level: int
    """How much is drawn of its cards: 3 much, 2 less, 1 little, because what is far away is uncertain."""


@dataclass(frozen=True, slots=True)
class Board:
    """Which card stands where. Lanes without a card are not in it, columns are."""

    mode: Mode = "horizon"
    columns: tuple[Column, ...] = ()
    lanes: tuple[str, ...] = ()
    """Their names as the cards have them; "" is the last one."""
    known: tuple[str, ...] = ()
    """All lanes in their order, also those of which the filter leaves no card."""
    cells: Mapping[Cell, tuple[str, ...]] = field(default_factory=dict)
    place: Mapping[str, Cell] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    """The cards in the order of reading: lane by lane, column by column."""
    today: int = 0
    """The column of today; "now" in the view by horizon."""
    problem: str = ""
    """What of the filter could not be understood."""

    @property
    def has_tray(self) -> bool:
        """Whether the first column holds cards without a date."""
        return bool(self.columns) and self.columns[0].title == NO_DATE


def arrange_board(plan: Plan, mode: Mode, wanted: str, today: date, known: Sequence[str] = ()) -> Board:
    """The board of the cards that a filter leaves ("" leaves all that are not in the archive).

    Lanes stand in the order of their first cards' keys, but those of *known* stay in the order that they
    have there: a card that goes to another lane must not take the lane along.
    By month and quarter a card stands where its window begins, or ends where no beginning is said.
    """
    query = parse_card_query(wanted)
    cards = sorted(query.select(plan, today), key=_order)
    order_of_lanes = _lanes(plan, cards, known)
    in_sight = {card.lane for card in cards}
    lanes = tuple(lane for lane in order_of_lanes if lane in in_sight)
    columns, now = _columns(cards, mode, today)
    lane_at = {lane: number for number, lane in enumerate(lanes)}
    cells: dict[Cell, list[str]] = {}
    for card in cards:
        cells.setdefault((lane_at[card.lane], _column_of(card, columns, mode)), []).append(card.id)
    place = {card_id: cell for cell, ids in cells.items() for card_id in ids}
    order = tuple(card_id for cell in sorted(cells) for card_id in cells[cell])
    frozen = {cell: tuple(ids) for cell, ids in cells.items()}
    return Board(mode, columns, lanes, order_of_lanes, frozen, place, order, now, query.problem)


def _lanes(plan: Plan, cards: Sequence[Initiative], known: Sequence[str]) -> tuple[str, ...]:
    first: dict[str, tuple[str, int]] = {}
    for card in (*(card for card in plan.initiatives.values() if not card.archived), *cards):
        key = key_order(card.key)
        first[card.lane] = min(first.get(card.lane, key), key)
    at = {lane: number for number, lane in enumerate(known)}
    return tuple(sorted(first, key=lambda lane: (not lane, at.get(lane, len(at)), first[lane])))


def _order(card: Initiative) -> tuple[bool, date, tuple[str, int]]:
    over = STATES.index(card.state) >= STATES.index("retired") if card.state in STATES else False
    return over, card.window_start or card.window_end or date.max, key_order(card.key)


def _columns(cards: Sequence[Initiative], mode: Mode, today: date) -> tuple[tuple[Column, ...], int]:
    if mode == "horizon":
        return tuple(Column(name.upper(), None, None, 3 - at) for at, name in enumerate(HORIZONS)), 0
    days = [day for card in cards if (day := _day_of(card))]
    start, end = min([today, *days]), max([today, *days])
    count = periods_apart(start, end, mode) + 2
    periods = period_columns(start, count, mode)
    tray = len(days) < len(cards)
    columns = [Column(NO_DATE, None, None, 1)] if tray else []
    for period in periods:
        ahead = periods_apart(today, period.first, mode)
        columns.append(Column(period.name, period.first, period.last, 3 if ahead <= 1 else 2 if ahead <= 3 else 1))
    return tuple(columns), periods_apart(start, today, mode) + tray


def _day_of(card: Initiative) -> date | None:
    return card.window_start or card.window_end


def _column_of(card: Initiative, columns: Sequence[Column], mode: Mode) -> int:
    if mode == "horizon":
        return HORIZONS.index(card.horizon) if card.horizon in HORIZONS else len(HORIZONS) - 1
    day = _day_of(card)
    if day is None:
        return 0
    tray = columns[0].first is None
    first = columns[tray].first
    return periods_apart(first or day, day, mode) + tray


def lane_below(board: Board, lane: str, by: int) -> str | None:
    """The lane so many below that one (above where negative) as the board shows them; None past its edge."""
    to = board.lanes.index(lane) + by if lane in board.lanes else -1
    return board.lanes[to] if 0 <= to < len(board.lanes) else None


def beside(board: Board, card_id: str, by: int, height_of: Mapping[str, int]) -> str:
    """The card to the right (by 1) or left (-1): in the same lane at about the same height, else in the nearest lane.

    *height_of* has the line on which each card of the board begins.
    """
    lane, column = board.place[card_id]
    ahead = [cell for cell in board.cells if (cell[1] - column) * by > 0]
    if not ahead:
        return ""
    same = [cell for cell in ahead if cell[0] == lane]
    cell = min(same or ahead, key=lambda c: (abs(c[1] - column), abs(c[0] - lane), c[0]))
    here = height_of.get(card_id, 0)
    return min(board.cells[cell], key=lambda id_: abs(height_of.get(id_, 0) - here))


def above_or_below(board: Board, card_id: str, by: int) -> str:
    """The card below (by 1) or above (-1) in its column, else in the nearest lane that has one; "" at the edge."""
    lane, column = board.place[card_id]
    stack = board.cells[lane, column]
    at = stack.index(card_id) + by
    if 0 <= at < len(stack):
        return stack[at]
    further = [cell for cell in board.cells if (cell[0] - lane) * by > 0]
    if not further:
        return ""
    same = [cell for cell in further if cell[1] == column]
    cell = min(same or further, key=lambda c: (abs(c[0] - lane), abs(c[1] - column), c[1]))
    return board.cells[cell][0 if by > 0 else -1]


def spans(period: Length, start: date | None, end: date | None) -> bool:
    """Whether a window goes on beyond the period that it begins in."""
    return start is not None and end is not None and end > period_of(start, period).last


def lane_name(lane: str) -> str:
    """A lane as people read it."""
    return lane or NO_LANE


def count_of(board: Board, column: int, lanes: Iterable[int] | None = None) -> int:
    """How many cards stand in a column."""
    wanted = range(len(board.lanes)) if lanes is None else lanes
    return sum(len(board.cells.get((lane, column), ())) for lane in wanted)
