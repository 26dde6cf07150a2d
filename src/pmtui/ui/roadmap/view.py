"""The Roadmap tab: one cursor over the cards of a board."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Region, Size

from pmtui.domain.entities.roadmap import Initiative
from pmtui.planning.forecast import forecasts
from pmtui.ui.desk import Desk
from pmtui.ui.draw.line import Line
from pmtui.ui.draw.roadmap import Board, Mode, arrange_board
from pmtui.ui.draw.roadmap_cards import HEAD, CardLook, Drawn, Facts, draw_card, facts_of
from pmtui.ui.draw.roadmap_layout import Layout, Look, lay_out
from pmtui.ui.keys import bindings
from pmtui.ui.roadmap.acting import ActingKeys
from pmtui.ui.roadmap.panes import BoardPane, CardPane, ColumnPane, LanePane
from pmtui.ui.roadmap.seeing import SeeingKeys
from pmtui.ui.roadmap.wording import heading
from pmtui.ui.tab_view import TabView, Targets
from pmtui.ui.widgets.bars import Heading

WIDE = 110
"""Columns from which the detail pane stands at the right."""
NARROW = 60
"""Columns below which one column of the board is shown at a time."""
COLUMN = 22
"""Cells that a column needs."""
MOST_COLUMNS = 8
LOW = 30
"""Lines of the screen below which cards are drawn with fewer lines."""


class RoadmapView(SeeingKeys, ActingKeys, TabView):
    """Cards in lanes, by now, next and later or by month and quarter."""

    TAB = "roadmap"
    DERIVES = (forecasts,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("roadmap")]
    DEFAULT_CSS = """
    RoadmapView {
        height: 1fr;
        & #board-side { height: 1fr; layout: vertical; }
        &.-wide #board-side { layout: horizontal; }
        & #board { width: 1fr; height: 1fr; }
        &.-low CardPane { height: 6; }
        &.-wide CardPane { width: 38; height: 1fr; border-top: none; border-left: solid $foreground 25%; }
        &.-huge CardPane { width: 56; }
        &.-no-detail CardPane { display: none; }
        &.-narrow LanePane { display: none; }
        &.-huge LanePane { width: 18; }
        & ColumnPane.-unused { display: none; }
        & #column-0.-edge { border-left: none; }
        &.-empty CardPane { display: none; }
    }
    """

    def __init__(self, desk: Desk, size: Size) -> None:
        """*size* is that of the screen, so that the first picture fits it."""
        super().__init__(desk, size)
        self.board = Board()
        self.mode: Mode = "horizon"
        self.calendar: Mode = "quarter"
        """The columns that `c` goes to from the view by horizon."""
        self.filter = ""
        self.detail = True
        self.full = False
        """Whether the board fills the screen."""
        self.left = 0
        """The first column in view, the one of cards without a date left aside."""
        self.shown_columns: tuple[int, ...] = ()
        self.lane_counts: tuple[int, ...] = ()
        self.column_width = COLUMN
        self.room = 3
        """Columns that fit."""
        self.narrow = False
        self.low = False
        """Whether there are few lines: no blank ones between cards."""
        self.compact = False
        """Whether titles are cut and words left out, because not all cards are in view otherwise."""
        self._facts: dict[str, Facts] = {}
        self._drawn: dict[tuple[str, int], Drawn] = {}
        self.placed: Layout | None = None
        """Where the cards stand; None until they have been drawn once."""
        self._is_placed = False
        self.standings: Counter[str] = Counter()
        """How many promises in view are kept, broken, unbacked."""
        self._shown = 0
        self.fit_layout(size.width, size.height - 2)

    def compose(self) -> ComposeResult:
        """Heading above; lanes and columns, and the card under the cursor."""
        yield Heading()
        with Horizontal(id="board-side"):
            with Horizontal(id="board"):
                yield LanePane(self)
                for place in range(MOST_COLUMNS):
                    pane = ColumnPane(self, place)
                    pane.set_class(place >= 3, "-unused")
                    yield pane
            yield CardPane(self)

    def on_mount(self) -> None:
        """The first cards."""
        self.plan_changed()

    def on_resize(self, event: events.Resize) -> None:
        """What fits changes with the size."""
        self.fit_layout(event.size.width, event.size.height)
        self.redraw()

    def fit_layout(self, width: int, height: int) -> None:
        """Show the panes that the size and the user's choice allow."""
        detail = self.detail and not self.full and height >= 14
        self.narrow = width < NARROW
        self.low = height < LOW - 2
        names = {
            "-wide": width >= WIDE,
            "-huge": width >= 180,
            "-low": height < 24,
            "-no-detail": not detail,
            "-narrow": self.narrow,
        }
        wanted = {css for css, holds in names.items() if holds} | ({"-empty"} & set(self.classes))
        if wanted != set(self.classes):
            self.set_classes(wanted)
        lanes = 0 if self.narrow else 18 if width >= 180 else 12
        right = (56 if width >= 180 else 38) if detail and width >= WIDE else 0
        room = max(1, width - lanes - right)
        self.room = 1 if self.narrow else max(1, min(MOST_COLUMNS, room // COLUMN))
        if self.mode == "horizon" and not self.narrow:
            self.room = 3
        self.column_width = max(1, room // self.room - (not self.narrow))
        self._forget_drawn()
        self._choose_columns()

    def take_plan(self) -> None:
        """Arrange the cards again; the cursor stays on its card, or near where that was."""
        before = self.board
        self.board = arrange_board(self.plan, self.mode, self.filter, self.desk.today(), before.known)
        self.marks &= self.plan.initiatives.keys()
        today = self.desk.today()
        self._facts = {id_: facts_of(self.plan, self.plan.initiatives[id_], today) for id_ in self.board.order}
        self.standings = Counter(facts.standing.state for facts in self._facts.values())
        counts = Counter(lane for lane, _ in self.board.place.values())
        self.lane_counts = tuple(counts[lane] for lane in range(len(self.board.lanes)))
        if self.cursor not in self.board.place:
            self.cursor = self._near(before)
        if before.mode != self.board.mode or not before.order:
            self.left = self.board.today
        self._forget_drawn()
        self._choose_columns()

    def _near(self, before: Board) -> str:
        """The card that stood after the cursor's, else before it, else the first one."""
        if self.cursor in before.place:
            at = before.order.index(self.cursor)
            for card_id in (*before.order[at + 1 :], *reversed(before.order[:at])):
                if card_id in self.board.place:
                    return card_id
        return self.board.order[0] if self.board.order else ""

    def _forget_drawn(self) -> None:
        self._drawn.clear()
        self._is_placed = False

    def draw(self, card_id: str) -> Drawn:
        """The lines of a card in its column."""
        column = self.board.columns[self.board.place[card_id][1]]
        key = (card_id, column.level)
        drawn = self._drawn.get(key)
        if drawn is None:
            look = CardLook(self.column_width, column.level, self.compact, self.mode, self.desk.today(), self.glyphs)
            drawn = self._drawn[key] = draw_card(self._facts[card_id], look)
        return drawn

    def layout_for(self, page: int) -> Layout | None:
        """Where the cards stand in a view of *page* lines, scrolled to the cursor; None where there is no room."""
        if page < 1 or not self.board.order:
            return None
        layout = self.placed
        if layout is None or not self._is_placed or layout.page != page:
            before = layout
            layout = self._laid_out(page)
            if before is not None and before.board.mode == self.board.mode:
                layout.take_scroll(before)
            self.placed, self._is_placed = layout, True
        layout.follow(self.cursor)
        return layout

    def _laid_out(self, page: int) -> Layout:
        least = 1 if self.narrow else 2
        self.compact = False
        self._drawn.clear()
        layout = lay_out(self.board, self.draw, page, 0 if self.low else 1, least)
        if self.low and layout.height > page:
            self.compact = True
            self._drawn.clear()
            layout = lay_out(self.board, self.draw, page, 0, least)
        return layout

    def look(self) -> Look:
        """How the cards are shown now."""
        return Look(self.cursor, self.marks, self.narrow, self.glyphs)

    def _choose_columns(self) -> None:
        """Which columns are in view: that of the cursor always, and the one without dates where there is room."""
        board = self.board
        if not board.columns:
            self.shown_columns = ()
            return
        tray = int(board.has_tray)
        here = board.place[self.cursor][1] if self.cursor in board.place else board.today
        if self.room == 1:
            self.shown_columns = (here,)
            return
        free = self.room - tray
        last = max(tray, len(board.columns) - free)
        if here >= tray:
            self.left = max(here - free + 1, min(self.left, here))
        self.left = max(tray, min(self.left, last))
        shown = range(self.left, min(len(board.columns), self.left + free))
        self.shown_columns = (*range(tray), *shown)

    def redraw(self) -> None:
        """Show what changed, in every pane."""
        if not self.is_mounted:
            return
        self._choose_columns()
        panes = list(self.query(ColumnPane))
        used = max(1, len(self.shown_columns)) if self.board.order else 1
        if used != self._shown:
            self._shown = used
            for pane in panes:
                pane.set_class(pane.place >= used, "-unused")
        panes[0].set_class(self.narrow or not self.board.order, "-edge")
        lanes = self.query_one(LanePane)
        lanes.display = bool(self.board.order) and not self.narrow
        self.set_class(not self.board.order, "-empty")
        lanes.redraw()
        for pane in panes[:used]:
            pane.redraw()
        self.query_one(CardPane).redraw()
        self.query_one(Heading).show(heading(self))

    @property
    def here(self) -> Initiative | None:
        """The card under the cursor."""
        return self.plan.initiatives.get(self.cursor)

    def put_cursor(self, entity_id: str) -> None:
        """Move the cursor to a card, dropping what hides it."""
        card = self.plan.initiatives.get(entity_id)
        if card is None:
            return
        if entity_id not in self.board.place:
            self.choose_filter("is:any" if card.archived else "")
        if entity_id in self.board.place:
            self.cursor = entity_id
            self.redraw()

    def choose_filter(self, text: str) -> None:
        """Show what a filter leaves."""
        self.filter = text.strip()
        self.plan_changed()

    def choose_mode(self, mode: Mode) -> None:
        """See the cards by horizon, month or quarter."""
        self.mode = mode
        if mode != "horizon":
            self.calendar = mode
        self.take_plan()
        self.fit_layout(self.size.width, self.size.height)
        self.redraw()

    def targets(self) -> tuple[str, ...]:
        """The cards that a verb acts on: the marked ones in the order of reading, else the one under the cursor."""
        if self.marks:
            shown = [id_ for id_ in self.board.order if id_ in self.marks]
            return (*shown, *sorted(self.marks.difference(shown)))
        return (self.cursor,) if self.cursor else ()

    def targets_of(self) -> Targets | None:
        """The same with their kind."""
        ids = self.targets()
        return Targets("initiative", ids) if ids else None

    def title_region(self, entity_id: str) -> Region | None:
        """The title's place in its card."""
        column = self.board.place.get(entity_id, (0, -1))[1]
        pane = next((pane for pane in self.query(ColumnPane) if pane.column == column and pane.display), None)
        if pane is None or not pane.size.width:
            return None
        layout = self.layout_for(pane.size.height - 1)
        found = layout.lines_of(entity_id) if layout else None
        if layout is None or found is None or not 0 <= found[0] - layout.top < layout.page:
            return None
        region = pane.content_region
        indent = HEAD + len(self.plan.initiatives[entity_id].key) + 2
        return Region(region.x + indent, region.y + 1 + found[0] - layout.top, max(12, region.width - indent), 1)

    def help_lines(self) -> list[Line]:
        """Marks, promises and filter."""
        from pmtui.ui.roadmap.helping import help_lines

        return help_lines(self.glyphs)

    @on(BoardPane.Clicked)
    def _clicked(self, event: BoardPane.Clicked) -> None:
        event.stop()
        self.focus()
        if event.id == self.cursor:
            self.action_open()
        else:
            self.cursor = event.id
            self.redraw()
