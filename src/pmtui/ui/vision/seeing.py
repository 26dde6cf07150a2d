"""Keys of the Vision tab that change nothing but what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmtui.ui.question import Question

if TYPE_CHECKING:
    from pmtui.ui.vision.view import VisionView


class SeeingKeys:
    """The part of `VisionView` that moves, filters and shows."""

    def _view(self) -> VisionView:
        return cast("VisionView", self)

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        view = self._view()
        if view.rows:
            at = view.index.get(view.cursor, 0)
            view.cursor = view.rows[max(0, min(len(view.rows) - 1, at + by))].id
            view.redraw()

    def action_edge(self, end: int) -> None:
        """First or last."""
        self.action_move(end * len(self._view().rows))

    def action_page(self, by: int) -> None:
        """A page of the list."""
        self.action_move(by * max(1, self._view().list_pane.page - 1))

    def action_out(self) -> None:
        """To the line that this one is a part of."""
        view = self._view()
        row = view.here
        if row is None:
            return
        above = [entry for entry in view.rows[: view.index[row.id]] if entry.depth < row.depth]
        if above:
            view.cursor = above[-1].id
            view.redraw()

    def action_into(self) -> None:
        """To the first part of this one."""
        view = self._view()
        row = view.here
        at = view.index.get(view.cursor, 0) + 1
        if row is not None and at < len(view.rows) and view.rows[at].depth > row.depth:
            view.cursor = view.rows[at].id
            view.redraw()

    def action_layout(self) -> None:
        """The list, or the board of the product."""
        view = self._view()
        view.board = not view.board
        view.fit_layout(view.size.width, view.size.height)
        view.call_after_refresh(view.redraw)

    def action_detail(self) -> None:
        """Detail pane on and off."""
        view = self._view()
        view.detail = not view.detail
        view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_filter(self) -> None:
        """Filter while it is typed; Enter keeps it, Esc gives the old one back."""
        view = self._view()
        before, home = view.filter, view.cursor

        def show(text: str) -> None:
            view.choose_filter(text)
            if home in view.index and view.cursor != home:
                view.put_cursor(home)

        async def keep(text: str) -> str:
            show(text)
            return ""

        view.desk.ask(
            Question(
                "/",
                keep,
                value=f"{before} " if before else "",
                placeholder="words  @owner  grade:red  grade:none  is:committed  -not",
                live=show,
                cancel=lambda: show(before),
            )
        )

    def action_back(self) -> None:
        """From the board to the list, then unmark, then drop the filter."""
        view = self._view()
        if view.board:
            self.action_layout()
        elif view.marks:
            view.marks.clear()
            view.redraw()
        elif view.filter:
            view.choose_filter("")

    def action_mark(self) -> None:
        """Mark or unmark, and go on to the next row; marks are of one kind."""
        view = self._view()
        row = view.here
        if row is None:
            return
        if any(view.rows[view.index[id_]].kind != row.kind for id_ in view.marks):
            view.desk.say("Marks are of one kind: Esc takes the other ones off first.")
            return
        view.marks ^= {row.id}
        self.action_move(1)

    def action_mark_all(self) -> None:
        """All of this kind in view, or none where all are marked already."""
        view = self._view()
        row = view.here
        if row is None:
            return
        same = {entry.id for entry in view.rows if entry.kind == row.kind}
        view.marks = set() if same <= view.marks else same
        view.redraw()
