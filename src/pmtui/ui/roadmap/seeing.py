"""Keys of the Roadmap that change nothing but what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmtui.domain.relations import items_of
from pmtui.ui.draw.roadmap import above_or_below, beside
from pmtui.ui.question import Choice, Question, among

if TYPE_CHECKING:
    from pmtui.ui.roadmap.view import RoadmapView


class SeeingKeys:
    """The part of `RoadmapView` that moves, filters and shows."""

    def _view(self) -> RoadmapView:
        return cast("RoadmapView", self)

    def _go(self, card_id: str) -> None:
        view = self._view()
        if card_id:
            view.cursor = card_id
            view.redraw()

    def action_move(self, across: int, down: int) -> None:
        """To the next card in a direction."""
        view = self._view()
        if view.cursor not in view.board.place:
            return
        if down:
            self._go(above_or_below(view.board, view.cursor, down))
            return
        layout = view.placed
        begins = {id_: layout.begins(id_) for id_ in view.board.order} if layout else {}
        self._go(beside(view.board, view.cursor, across, begins))

    def action_step(self, by: int) -> None:
        """To the next card in the order of reading."""
        view = self._view()
        order = view.board.order
        if view.cursor in view.board.place:
            self._go(order[max(0, min(len(order) - 1, order.index(view.cursor) + by))])

    def action_edge(self, end: int) -> None:
        """First or last."""
        self.action_step(end * len(self._view().board.order))

    def action_page(self, by: int) -> None:
        """About a page of cards up or down in the column."""
        view = self._view()
        layout = view.placed
        if layout is None or view.cursor not in view.board.place:
            return
        here = layout.begins(view.cursor)
        found = view.cursor
        while following := above_or_below(view.board, found, by):
            if abs(layout.begins(following) - here) > layout.page and found != view.cursor:
                break
            found = following
        self._go(found)

    def action_layout(self) -> None:
        """By horizon, or by the calendar."""
        view = self._view()
        view.choose_mode(view.calendar if view.mode == "horizon" else "horizon")

    def action_zoom(self, by: int) -> None:
        """Months (closer) or quarters (further)."""
        self._view().choose_mode("month" if by > 0 else "quarter")

    def action_today(self) -> None:
        """To the cards of today, or the first ones behind it."""
        view = self._view()
        board = view.board
        if not board.order:
            return
        view.left = board.today
        ahead = [cell for cell in board.cells if cell[1] >= board.today]
        if ahead:
            view.cursor = board.cells[min(ahead, key=lambda cell: (cell[1], cell[0]))][0]
        view.redraw()

    def action_detail(self) -> None:
        """Detail pane on and off."""
        view = self._view()
        view.detail = not view.detail
        view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_full_screen(self) -> None:
        """The board alone, and back."""
        view = self._view()
        view.full = not view.full
        view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_filter(self) -> None:
        """Filter while it is typed; Enter keeps it, Esc gives the old one back."""
        view = self._view()
        before, home = view.filter, view.cursor

        def show(text: str) -> None:
            view.choose_filter(text)
            if home in view.board.place and view.cursor != home:
                view.put_cursor(home)

        async def keep(text: str) -> str:
            show(text)
            return ""

        view.desk.ask(
            Question(
                "/",
                keep,
                value=f"{before} " if before else "",
                placeholder="words  lane:trust  @owner  state:planned  is:broken  is:promised  objective:O-2  -not",
                live=show,
                cancel=lambda: show(before),
            )
        )

    def action_back(self) -> None:
        """From the full screen, then unmark, then drop the filter."""
        view = self._view()
        if view.full:
            self.action_full_screen()
        elif view.marks:
            view.marks.clear()
            view.redraw()
        elif view.filter:
            view.choose_filter("")

    def action_mark(self) -> None:
        """Mark or unmark, and go on to the card below."""
        view = self._view()
        if view.cursor:
            view.marks ^= {view.cursor}
            view.redraw()
            self.action_move(0, 1)

    def action_mark_all(self) -> None:
        """All in view, or none where all are marked already."""
        view = self._view()
        shown = set(view.board.order)
        view.marks = view.marks - shown if shown <= view.marks else view.marks | shown
        view.redraw()

    def action_open(self) -> None:
        """The items of the card to go to, or its record where it has none."""
        view = self._view()
        card = view.here
        if card is None:
            return
        items = [view.plan.backlog_items[id_] for id_ in items_of(view.plan).get(card.id, ())]
        if not items:
            view.desk.open_form(card.id)
            return
        choices = [
            Choice(item.id, f"{view.glyphs.states[item.state]} {item.key}", item.title, item.state) for item in items
        ]
        title = f"{card.key}: {len(items)} item{'' if len(items) == 1 else 's'}"
        view.desk.choose(title, among(choices), view.desk.go, "Enter goes to the item   Esc back   (E: the record)")
