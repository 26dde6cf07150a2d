"""The app: the shell around the tabs, and the one place where views, workspace and user meet."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from pmtui.domain.clock import Clock, system_clock
from pmtui.domain.plan import kind_of
from pmtui.domain.text import clean
from pmtui.ui.clipboard import copy_sequence
from pmtui.ui.config import Config, load_config
from pmtui.ui.draw.glyphs import ASCII, UNICODE, Glyphs
from pmtui.ui.draw.line import Line
from pmtui.ui.keyboard import PATIENCE
from pmtui.ui.keys import TABLE, bindings, footer_keys
from pmtui.ui.lean.driver import LeanDriver, lean
from pmtui.ui.pasting import tame_pastes
from pmtui.ui.question import Choice, Place, Question
from pmtui.ui.tab_view import TabView
from pmtui.ui.tabs import HOMES, START, TABS, make_view
from pmtui.ui.themes import DARK, LIGHT
from pmtui.ui.widgets.bars import KeyLine, TabStrip
from pmtui.ui.widgets.shell import Shell
from pmtui.ui.widgets.surface import Surface
from pmtui.ui.working import WorkingApp, sentence_of
from pmtui.workspace import Workspace

if TYPE_CHECKING:
    from pmtui.ui.matrix.view import MatrixView
    from pmtui.ui.widgets.prompt import Prompt

FIRST_TAB = "matrix"
"""Where the app opens if nothing else is asked for."""
OPEN_DEMO = -1
"""The code with which the app ends to be opened again on the demo plan."""
POLL_SECONDS = 1.0
"""How often the file is asked whether another program wrote to it."""


class PmtuiApp(WorkingApp):
    """The shell: tabs above, keys below, one view between them."""

    TITLE = "pmtui"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    CSS = """
    ModalScreen { background: transparent; }
    Toast { max-width: 90%; }
    """
    COMMAND_PALETTE_BINDING: ClassVar[str] = "ctrl+p"

    def __init__(self, workspace: Workspace, clock: Clock, config: Config, *, ascii_only: bool = False) -> None:
        super().__init__(workspace, clock)
        self.config = config
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = config.theme if config.theme in self.available_themes else DARK.name
        self._showing = asyncio.Lock()
        self._glyphs = ASCII if ascii_only or config.ascii else UNICODE
        self._ascii_filter: list[LineFilter] = []
        if self._glyphs is ASCII:
            from pmtui.ui.ascii_only import AsciiFilter

            self._ascii_filter = [AsciiFilter()]
        self.tab = config.tab or (START if self.plan.is_empty else FIRST_TAB)
        """The id of the tab in front."""
        self._views: dict[str, TabView] = {}
        """The views that somebody has been to."""
        self._prompt: Prompt | None = None
        self._questions: list[tuple[Question, Place | None]] = []
        """What was asked before the prompt was there."""

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, or in its place the one that sends less."""
        return lean(super().get_driver_class(), os.environ)

    def get_default_screen(self) -> Screen[Any]:
        """The screen that the tabs live on."""
        return Shell(id="_default")

    def compose(self) -> ComposeResult:
        """Tabs, the view, the keys. The prompt comes right behind the first picture."""
        yield TabStrip(TABS, self.tab, self._plan_name())
        self._views[self.tab] = make_view(self.tab, self, self.size)
        self.workspace.derives |= set(self._views[self.tab].DERIVES)
        yield self._views[self.tab]
        yield KeyLine(footer_keys(self.tab, self.config.keys))

    @property
    def glyphs(self) -> Glyphs:
        """The characters to draw with."""
        return self._glyphs

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the one that keeps its frames and arrows within ASCII where that is asked for."""
        return [*super().get_line_filters(), *self._ascii_filter]

    @property
    def current(self) -> TabView:
        """The view in front."""
        return self._views[self.tab]

    @property
    def matrix(self) -> MatrixView:
        """The Matrix tab. Raises KeyError before somebody has been there."""
        return cast("MatrixView", self._views["matrix"])

    def on_mount(self) -> None:
        """Paint first; import what writing needs behind the first picture."""
        if os.environ.get("SSH_CONNECTION"):
            self.animation_level = "none"
        self.set_keymap(self.config.keys)
        # Textual counts on the terminal to bring its picture back after fg; tmux and others do not.
        self.app_resume_signal.subscribe(self.screen, lambda _app: self.call_later(self.action_repaint))
        for problem in self.config.problems:
            self.say(problem, problem=True)
        self.current.focus()
        self.call_after_refresh(self._warm)
        self.set_interval(POLL_SECONDS, self._tick)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """No cursor blinks, Textual's own palette included: over SSH one costs 25 kB in ten seconds."""
        if getattr(event.widget, "cursor_blink", False):
            cast("Any", event.widget).cursor_blink = False

    def _plan_name(self) -> str:
        live = [product.name for product in self.plan.products.values() if not product.archived]
        name = ", ".join(live[:3]) if live else self.workspace.path.stem
        return f"{name} (read only)" if self.workspace.read_only else name

    # What happens beside the keys

    async def _warm(self) -> None:
        from pmtui.ui.widgets.prompt import Prompt

        prompt = Prompt()
        await self.mount(prompt)
        self._prompt = prompt
        for question, at in self._questions:
            prompt.ask(question, at)
        self._questions.clear()
        gc.freeze()
        gc.enable()
        future = self.workspace.warm()
        future.add_done_callback(lambda done: self._from_thread(self._warmed, done))

    def _warmed(self, done: Future[None]) -> None:
        self.patience = PATIENCE
        error = done.exception()
        if error is not None:
            self.say(sentence_of(error), problem=True)
        elif self.workspace.read_only:
            self.say(self.workspace.read_only, problem=True)
            self.screen_stack[0].query_one(TabStrip).show(self.tab, self._plan_name())
        else:
            if self.workspace.warning:
                self.say(self.workspace.warning, problem=True)
            self._spawn(self._offer_drafts())

    async def _offer_drafts(self) -> None:
        drafts = await asyncio.to_thread(self.workspace.drafts)
        if drafts:
            self.say(f"Unfinished text from before is kept ({len(drafts)}). D shows it.")

    def _announce(self, ids: frozenset[str]) -> None:  # noqa: ARG002 - one look at the plan answers for all
        self._plan = self.workspace.plan
        for view in self._views.values():
            view.plan_changed()
        if self.tab == START and not self.plan.is_empty:
            self.action_tab(FIRST_TAB)
        self._place_prompt()
        self.screen_stack[0].query_one(TabStrip).show(self.tab, self._plan_name())

    def is_opening(self) -> bool:
        """Whether something that is to get the next key is about to appear."""
        return super().is_opening() or bool(self._questions)

    def is_answering(self) -> bool:
        """Whether the prompt or the form may be about to close."""
        return any(getattr(asked, "is_busy", False) for asked in (self._prompt, self.screen))

    def keep_unfinished(self) -> None:
        """Keep what is being typed, also what was typed a moment ago."""
        for writer in (self._prompt, *self.screen_stack):
            unfinished = getattr(writer, "unfinished", None)
            self._drafts.update(unfinished() if unfinished else ())
        for key, text in self._drafts.items():
            self._submit_draft(key, text)
        self._drafts.clear()

    # Acting

    def _place_prompt(self) -> None:
        if self._prompt is not None:
            self._prompt.place()

    def on_resize(self) -> None:
        """A title that is edited in its row goes with the row."""
        self.call_after_refresh(self._place_prompt)

    # Asking and showing

    def ask(self, question: Question, at: Place | None = None) -> None:
        """Put a question into the prompt."""
        if self._prompt is None:
            self._questions = [(question, at)]
        else:
            self._prompt.ask(question, at)

    def choose(
        self,
        title: str,
        find: Callable[[str], Sequence[Choice]],
        done: Callable[[str], None],
        hint: str = "",
        begin: int = 0,
    ) -> None:
        """Let the user choose one of what *find* answers for the text typed; *done* hears its id."""
        self._hush()
        from pmtui.ui.dialogs.picker import Picker

        self.push_screen(Picker(title, find, hint, begin), lambda answer: self.told(done, answer) if answer else None)

    def read(self, title: str, lines: list[Line]) -> None:
        """Show lines to read."""
        self._hush()
        from pmtui.ui.dialogs.reader import Reader

        self.push_screen(Reader(title, lines))

    def say(self, text: str, *, problem: bool = False) -> None:
        """Tell the user something in passing; what was said before goes, unless it was another problem."""
        text = clean(text)
        self._hush(text)
        self.notify(text, severity="error" if problem else "information", markup=False, timeout=8 if problem else 3)

    def _hush(self, text: str = "") -> None:
        """Take away what was said in passing, which would lie over what comes now; of problems only *text* itself."""
        gone = [one for one in self._notifications if one.severity == "information" or one.message == text]
        for one in gone:
            self._unnotify(one, refresh=one is gone[-1])

    def copy(self, text: str) -> None:
        """Put text on the clipboard of the user's terminal."""
        if self._driver is not None:
            self._driver.write(copy_sequence(clean(text, multiline=True), dict(os.environ)))
        self.say("Copied.")

    def open_form(self, entity_id: str, start: str = "") -> None:
        """Show the whole record of a thing."""
        self._hush()
        from pmtui.ui.records import record_form

        self._spawn(record_form(self, entity_id, start), opens=True)

    def open_thread(self, kind: str, entity_id: str) -> None:
        """Show why a thing is there and what it leads to."""
        from pmtui.ui.thread import open_thread

        open_thread(self, kind, entity_id)

    def promote(self, kind: str, ids: tuple[str, ...]) -> None:
        """Ask what to make of items or cards."""
        from pmtui.ui.promoting import promote

        promote(self, kind, ids)

    def go(self, entity_id: str) -> None:
        """Put the cursor on a thing, in the tab where it is at home."""

        async def there() -> None:
            await self.show_tab(HOMES[kind_of(self.plan, entity_id)])
            self.current.put_cursor(entity_id)

        if kind_of(self.plan, entity_id) in HOMES:
            self.go_on_with(there)

    def go_on_with(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do what ends in another place of the app; keys typed meanwhile are for that place."""
        self._spawn(work(), opens=True)

    def open_demo(self) -> None:
        """Leave this plan and open the demo plan in its place."""
        self.leave(OPEN_DEMO)

    async def show_tab(self, name: str) -> None:
        """Bring a tab to the front. The one that was there keeps its cursor, filter and marks, the prompt its text."""
        # One at a time: of two that overlap, the slower one would have the last word in the bars.
        async with self._showing:
            await self._show(name)

    async def _show(self, name: str) -> None:
        with self.batch_update():
            if name != self.tab:
                await self._bring(name)
            if self._prompt is not None and self._prompt.is_open:
                self._prompt.return_to(self.current)
                self._place_prompt()
            else:
                self.current.focus()

    async def _bring(self, name: str) -> None:
        left, self.tab = self.current, name
        left.display = False
        view = self._views.get(name)
        if view is None:
            view = self._views[name] = make_view(name, self, self.size)
            self.workspace.derives |= set(view.DERIVES)
            await self.screen_stack[0].mount(view, after=left)
        else:
            view.display = True
        view.shown_again()
        self.screen_stack[0].query_one(TabStrip).show(name, self._plan_name())
        self.screen_stack[0].query_one(KeyLine).show(footer_keys(name, self.config.keys))

    # Keys that hold everywhere

    def action_tab(self, name: str) -> None:
        """Go to a tab by its name."""
        self.go_on_with(lambda: self.show_tab(name))

    def action_next_tab(self, by: int) -> None:
        """The tab beside this one; behind the last one comes the first."""
        names = [tab.id for tab in TABS]
        at = names.index(self.tab) if self.tab in names else -1
        self.action_tab(names[(at + by) % len(names)])

    @on(TabStrip.Chosen)
    def _tab_clicked(self, event: TabStrip.Chosen) -> None:
        self.action_tab(event.tab)

    def action_jump(self) -> None:
        """Jump to anything."""
        from pmtui.ui.finding import jump_finder

        self.choose("jump to", *jump_finder(self))

    def action_command_line(self, text: str = "") -> None:
        """Type a command."""
        from pmtui.ui.command_line import command_question

        self.ask(command_question(self, text))

    def action_history(self) -> None:
        """Who changed what, when."""
        from pmtui.ui.finding import history_lines

        found = self.current.thing()
        entity = found[1] if found else None

        async def show() -> None:
            entries = await asyncio.to_thread(self.workspace.history, entity.id if entity else None, 500)
            everything = await asyncio.to_thread(self.workspace.history, None, 500)
            self.read("history", history_lines(self.plan, entity, entries, everything))

        self._spawn(show(), opens=True)

    def action_drafts(self) -> None:
        """Unfinished text that was kept."""
        from pmtui.ui.unfinished import drafts_dialog

        self._spawn(drafts_dialog(self), opens=True)

    def action_repaint(self) -> None:
        """Everything anew."""
        if isinstance(self._driver, LeanDriver):
            self._driver.forget()
        for surface in self.screen.query(Surface):
            surface.forget()
        self.screen.refresh(layout=True)

    def action_help_quit(self) -> None:
        """What ctrl+c says: it stops nothing here."""
        self.say("q leaves pmtui. Everything is stored already.")

    def action_help(self) -> None:
        """Every key of this view, and the rules behind its numbers."""
        from pmtui.ui.finding import help_lines

        title = next((tab.name for tab in TABS if tab.id == self.tab), "Start")
        self.read(f"{title}: keys and rules", help_lines(self.tab, title, self.current.help_lines(), self.config.keys))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: every key of the table by its name, then Textual's own."""
        for key in TABLE:
            if key.where not in ("app", self.tab):
                continue
            target = self if key.where == "app" else self.current
            yield SystemCommand(key.title, key.help, lambda key=key, target=target: self._run(key.action, target))
        for command in super().get_system_commands(screen):
            if command.title == "Theme":
                yield command

    def _run(self, action: str, target: Any) -> None:
        self._spawn(self._run_action(action, target))

    async def _run_action(self, action: str, target: Any) -> None:
        await self.run_action(action, target)

    def edit_in_editor(self, text: str) -> str:
        """*text* as the user's own editor leaves it."""
        from pmtui.ui.editor import edit_text

        with self.suspend():
            return edit_text(text)


def run(path: Path, *, clock: Clock | None = None, ascii_only: bool = False, config_path: Path | None = None) -> int:
    """Open the app on the plan in *path*; the exit code. Raises StoreError where the file is no plan."""
    tame_pastes()
    clock = clock or system_clock()
    config = load_config(config_path)
    code = _run_once(path, clock, config, ascii_only=ascii_only)
    if code == OPEN_DEMO:
        from pmtui.workspace.demo import private_demo

        code = _run_once(private_demo(clock), clock, config, ascii_only=ascii_only)
    return code


def _run_once(path: Path, clock: Clock, config: Config, *, ascii_only: bool) -> int:
    workspace = Workspace(path, clock)
    try:
        app = PmtuiApp(workspace, clock, config, ascii_only=ascii_only)
        code = app.run()
    finally:
        workspace.close()
    app.left()
    if app.crash is not None:
        raise app.crash
    return code or app.return_code or 0
