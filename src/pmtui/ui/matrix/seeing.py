"""Keys of the Matrix that change nothing but what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from pmtui.planning.scoring import METHODS
from pmtui.ui.draw.arrangement import SORTS, VIEWS
from pmtui.ui.draw.ranking import COLUMN_SETS
from pmtui.ui.question import Choice, Question, among

if TYPE_CHECKING:
    from pmtui.ui.matrix.view import MatrixView


class SeeingKeys:
    """The part of `MatrixView` that moves, filters and shows."""

    def _view(self) -> MatrixView:
        return cast("MatrixView", self)

    def step(self, by: int) -> None:
        """Move the cursor by rows of the list."""
        view = self._view()
        rows = view.arrangement.rows
        if not view.arrangement.index:
            return
        at = view.arrangement.index.get(view.cursor, 0)
        to = max(0, min(len(rows) - 1, at + by))
        if not rows[to].id:
            to = to + 1 if by > 0 else to - 1
        if 0 <= to < len(rows):
            view.cursor = rows[to].id
            view.redraw()

    def action_move(self, across: int, up: int) -> None:
        """Row by row in the list, dot by dot in the plane."""
        view = self._view()
        if view.active == "plane":
            found = view.plane_pane.neighbour(across, up)
            if found:
                view.cursor = found
                view.redraw()
            elif view.cursor not in (view.plane_pane.model.place if view.plane_pane.model else {}):
                self.step(up or across)
        elif up:
            self.step(up)

    def action_edge(self, end: int) -> None:
        """First or last."""
        self.step(end * len(self._view().arrangement.rows))

    def action_page(self, by: int) -> None:
        """A page of the list."""
        self.step(by * max(1, self._view().list_pane.page - 1))

    def action_other_pane(self) -> None:
        """Between plane and list; where only one is shown, the other one comes in its place."""
        view = self._view()
        view.active = "list" if view.active == "plane" else "plane"
        if view.shown_layout != "both":
            view.layout_name = view.active
            view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_layout(self) -> None:
        """Both, list only, plane only."""
        view = self._view()
        names = ("both", "list", "plane") if view.size.width >= 60 else ("list", "plane")
        now = view.layout_name if view.layout_name in names else view.shown_layout
        view.layout_name = _after(names, now)
        view.full = False
        view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_detail(self) -> None:
        """Detail pane on and off."""
        view = self._view()
        view.detail = not view.detail
        view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_full_screen(self) -> None:
        """The active pane alone, and back."""
        view = self._view()
        view.full = not view.full
        view.fit_layout(view.size.width, view.size.height)
        view.redraw()

    def action_sort(self) -> None:
        """The next order."""
        view = self._view()
        view.choose(sort=_after(SORTS, view.choices.sort))

    def action_columns(self) -> None:
        """The next set of columns."""
        view = self._view()
        view.columns = _after(COLUMN_SETS, view.columns)
        view.redraw()

    def action_method(self) -> None:
        """The next method."""
        view = self._view()
        view.choose(method=_after([method.id for method in METHODS], view.choices.method))

    def action_filter(self) -> None:
        """Filter while it is typed; Enter keeps it, Esc gives the old one back."""
        view = self._view()
        before, home = view.choices.filter, view.cursor

        def show(text: str) -> None:
            view.choose(filter=text.strip())
            if home in view.arrangement.index and view.cursor != home:
                view.put_cursor(home)

        async def keep(text: str) -> str:
            show(text)
            return ""

        view.desk.ask(
            Question(
                "/",
                keep,
                value=f"{before} " if before else "",
                placeholder="words  tag:ui  state:idea  owner:ann  value>5  effort<=3  is:unscored  -not",
                live=show,
                cancel=lambda: show(before),
            )
        )

    def action_back(self) -> None:
        """Unmark first, then drop the filter, then go back to the open items."""
        view = self._view()
        if view.full:
            self.action_full_screen()
        elif view.marks:
            view.marks.clear()
            view.redraw()
        elif view.choices.filter:
            view.choose(filter="")
        elif view.choices.view != "open":
            view.choose(view="open", base=VIEWS["open"])

    def action_mark(self) -> None:
        """Mark or unmark, and go on to the next row."""
        view = self._view()
        if view.cursor:
            view.marks ^= {view.cursor}
            self.step(1)
            view.redraw()

    def action_mark_all(self) -> None:
        """All in view, or none where all are marked already."""
        view = self._view()
        shown_ids = set(view.arrangement.ids)
        view.marks = view.marks - shown_ids if shown_ids <= view.marks else view.marks | shown_ids
        view.redraw()

    def action_views(self) -> None:
        """Built-in and saved views."""
        view = self._view()
        saved = sorted(view.plan.views.values(), key=lambda entry: entry.name)
        choices = [
            Choice(f"built-in:{name}", name, base or "everything that is not in the archive")
            for name, base in VIEWS.items()
        ]
        choices += [Choice(entry.id, entry.name, entry.filter, "saved") for entry in saved]
        hint = ":view NAME saves what you see now   Enter choose   Esc back"
        view.desk.choose("views", among(choices), self.show_view, hint)

    def show_view(self, view_id: str) -> None:
        """See a built-in view (`built-in:NAME`) or a saved one by its id."""
        view = self._view()
        name = view_id.removeprefix("built-in:")
        if name in VIEWS and name != view_id:
            view.choose(view=name, base=VIEWS[name], filter="")
        elif view_id in view.plan.views:
            saved = view.plan.views[view_id]
            sort = saved.sort if saved.sort in SORTS else view.choices.sort
            view.choose(view=saved.name, base=saved.filter, filter="", sort=sort)

    def action_open(self) -> None:
        """The items of a crowded dot to choose from, else the record."""
        view = self._view()
        crowd = view.plane_pane.crowd(view.cursor) if view.active == "plane" else ()
        if len(crowd) > 1:
            items = [view.plan.backlog_items[id_] for id_ in crowd]
            choices = [Choice(item.id, item.key, item.title, item.state) for item in items]
            view.desk.choose(f"{len(items)} items in one place", among(choices), view.put_cursor)
        elif view.cursor:
            view.desk.open_form(view.cursor)


def _after(names: Sequence[str], now: str) -> str:
    """The one that follows; the first again behind the last."""
    return names[(names.index(now) + 1) % len(names)]
