"""The start screen of an empty plan. It makes way for the tabs as soon as the plan holds anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Region

from pmtui.domain.text import clean_line
from pmtui.ui.draw.line import Line, fit
from pmtui.ui.keys import bindings
from pmtui.ui.question import Question
from pmtui.ui.tab_view import TabView, Targets
from pmtui.ui.tabs import TABS
from pmtui.ui.widgets.surface import Surface

if TYPE_CHECKING:
    from pmtui.ui.app import PmtuiApp

WAYS: tuple[tuple[str, str, str], ...] = (
    ("d", "demo", "look around in an invented product; this plan stays empty"),
    ("i", "import", "a backlog or tasks as CSV, or a plan exported by pmtui"),
    ("b", "begin", "name your product; objectives, backlog, roadmap follow"),
)


class StartPane(Surface):
    """The words of the start screen."""

    def __init__(self, view: StartView) -> None:
        super().__init__(id="ways")
        self.view = view

    def build(self, width: int, height: int) -> list[Line]:
        """Three ways on, the tabs, and where the plan is."""
        narrow = width < 60
        lines: list[Line] = [
            (),
            (("strong", "  pmtui"), ("dim", "" if narrow else "   what and why, how and when, in one plan")),
            (),
            (("", "  This plan is empty. How do you want to begin?"),),
            (),
        ]
        for key, word, text in WAYS:
            if narrow:
                lines += [(("accent", f"  {key} "), ("strong", word))]
                lines += [(("dim", f"    {fit(text, width - 6)}"),)]
                continue
            lines.append((("accent", f"     {key}  "), ("strong", f"{word:<8}"), ("", text)))
            lines.append(())
        tabs = "  ".join(f"{tab.digit} {tab.name}" for tab in TABS)
        lines += [
            (("dim", f"  or go straight to a tab:  {tabs}"),),
            (),
            (("dim", f"  {self.view.where}"),),
            (("dim", "  Nothing to save: a change is on disk when you see it. u takes it back."),),
        ]
        return lines[:height]


class StartView(TabView):
    """Three keys; everything that holds everywhere holds here too."""

    TAB = "start"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("start")]
    DEFAULT_CSS = "StartView { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """One pane of words."""
        yield StartPane(self)

    @property
    def where(self) -> str:
        """Where the plan is kept."""
        return f"This plan is kept in {clean_line(str(self._app().workspace.path), 300)}"

    def _app(self) -> PmtuiApp:
        return cast("PmtuiApp", self.app)

    def take_plan(self) -> None:
        """The app changes to a tab when the plan is no longer empty."""

    def redraw(self) -> None:
        """Show the words."""
        if self.is_mounted:
            self.query_one(StartPane).redraw()

    def put_cursor(self, entity_id: str) -> None:
        """There is nothing to put it on."""

    def targets_of(self) -> Targets | None:
        """Nothing."""
        return None

    def title_region(self, entity_id: str) -> Region | None:  # noqa: ARG002 - no titles here
        """Nowhere."""
        return None

    def choose_filter(self, text: str) -> None:
        """There is nothing to filter."""

    def action_add(self, text: str = "") -> None:
        """The first thing of a plan is its product."""
        self.action_begin(text)

    def action_demo(self) -> None:
        """Close this plan and open the demo in its place."""
        self._app().open_demo()

    def action_import(self) -> None:
        """Ask for the file."""
        self._app().action_command_line("import ")

    def action_begin(self, text: str = "") -> None:
        """Ask for the product's name."""
        from pmtui.domain.commands import AddProduct

        desk = self.desk

        async def begin(typed: str) -> str:
            name = clean_line(typed)
            if not name:
                return "Type the name of your product, or press Esc."
            product_id = desk.new_id()
            problem = await desk.attempt(AddProduct(product_id, name))
            if not problem:
                desk.go(product_id)
                desk.say("A adds an objective below it; E fills in the vision board; 3 is the backlog.")
            return problem

        desk.ask(Question("your product", begin, value=text, placeholder="its name", draft_key="add:start"))
