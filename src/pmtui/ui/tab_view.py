"""What every tab's view is: a widget with one cursor and, where it has lists, marks.

The app asks its views for these few things and for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.geometry import Region, Size
from textual.widget import Widget

from pmtui.domain.plan import Plan
from pmtui.ui.desk import Desk
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line
from pmtui.ui.verbs import Verbs


class Targets(NamedTuple):
    """The things that a verb acts on, all of one kind."""

    kind: str
    ids: tuple[str, ...]


class TabView(Verbs, Widget, can_focus=True):
    """The base of all views. What it shows is chosen by the subclass; the verbs all tabs share are here."""

    TAB: ClassVar[str]
    """The id of the tab, which is also the `where` of its keys."""
    DERIVES: ClassVar[tuple[Callable[[Plan], object], ...]] = ()
    """What the view needs of every plan and what takes long: it is computed beside the screen's thread."""

    def __init__(self, desk: Desk, size: Size) -> None:
        """*size* is that of the screen, so that the first picture fits it."""
        super().__init__(id=self.TAB)
        self.desk = desk
        self.cursor = ""
        """The id of the thing under the cursor; "" where there is none."""
        self.marks: set[str] = set()
        self.stale = True
        """Whether the plan has changed since the view was last arranged."""
        self.first_size = size

    @property
    def plan(self) -> Plan:
        """The newest plan."""
        return self.desk.plan

    @property
    def glyphs(self) -> Glyphs:
        """The characters to draw with."""
        return self.desk.glyphs

    def targets_of(self) -> Targets | None:
        """The things that a verb acts on: the marked ones in view order, else the one under the cursor."""
        raise NotImplementedError

    def take_plan(self) -> None:
        """Take the newest plan: the cursor stays on its thing, or near where that was; filter and marks stay."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Show what changed, in every pane."""
        raise NotImplementedError

    def put_cursor(self, entity_id: str) -> None:
        """Move the cursor to a thing, dropping what hides it; nothing happens where the view has no such thing."""
        raise NotImplementedError

    def action_add(self, text: str = "") -> None:
        """Ask for a new thing beside the one under the cursor; *text* is unfinished text to go on with."""
        raise NotImplementedError

    def title_region(self, entity_id: str) -> Region | None:
        """Where on the screen its title stands now; None where it is out of sight."""
        raise NotImplementedError

    def choose_filter(self, text: str) -> None:
        """Show what a filter leaves; "" shows everything."""
        raise NotImplementedError

    def help_lines(self) -> list[Line]:
        """What `?` says below the keys: the marks, rules and formulas behind the picture."""
        return []

    def plan_changed(self) -> None:
        """Arrange again, now or when the tab is next in front."""
        if not self.display:
            self.stale = True
            return
        self.stale = False
        self.take_plan()
        self.redraw()

    def shown_again(self) -> None:
        """The tab is in front again."""
        if self.stale:
            self.plan_changed()
