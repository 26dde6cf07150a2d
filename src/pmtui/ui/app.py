"""The app: the shell around the tabs, and the one place where views, workspace and user meet."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.signal import Signal

from pmtui.domain.changes import Changes
from pmtui.domain.clock import Clock, system_clock
from pmtui.domain.commands import Command, EditFields
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.plan import Plan
from pmtui.domain.text import clean
from pmtui.store.errors import Busy, StoreError
from pmtui.ui.clipboard import copy_sequence
from pmtui.ui.config import Config, load_config
from pmtui.ui.draw.glyphs import ASCII, UNICODE, Glyphs
from pmtui.ui.draw.line import Line
from pmtui.ui.keyboard import PATIENCE
from pmtui.ui.keys import TABLE, bindings, footer_keys
from pmtui.ui.leaving import LeavingApp
from pmtui.ui.matrix.view import MatrixView
from pmtui.ui.question import Choice, DraftChanged, Place, Question
from pmtui.ui.themes import DARK, LIGHT
from pmtui.ui.widgets.bars import KeyLine, TabName, TabStrip
from pmtui.ui.widgets.shell import Shell
from pmtui.workspace import Outcome, Workspace

if TYPE_CHECKING:
    from pmtui.ui.widgets.prompt import Prompt

TABS = (TabName("matrix", 3, "Matrix"),)
"""The tabs that exist. A digit belongs to its tab for ever."""
POLL_SECONDS = 1.0
"""How often the file is asked whether another program wrote to it."""


class PmtuiApp(LeavingApp):
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
        super().__init__()
        self.workspace = workspace
        self.clock = clock
        self.config = config
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = config.theme if config.theme in self.available_themes else DARK.name
        self._glyphs = ASCII if ascii_only or config.ascii else UNICODE
        self._ascii_filter: list[LineFilter] = []
        if self._glyphs is ASCII:
            from pmtui.ui.ascii_only import AsciiFilter

            self._ascii_filter = [AsciiFilter()]
        self.plan_changed: Signal[frozenset[str]] = Signal(self, "plan changed")
        self._plan: Plan | None = None
        self._polling: Future[Outcome | None] | None = None
        self._prompt: Prompt | None = None
        self._questions: list[tuple[Question, Place | None]] = []
        """What was asked before the prompt was there."""
        self._pending: set[asyncio.Task[None]] = set()
        self._opening: set[asyncio.Task[None]] = set()
        self._drafts: dict[str, str] = {}
        """Unfinished text that waits to be written, "" for one to forget, by its key."""
        self._drafting: Future[None] | None = None

    def get_default_screen(self) -> Screen[Any]:
        """The screen that the tabs live on."""
        return Shell(id="_default")

    def compose(self) -> ComposeResult:
        """Tabs, the view, the keys. The prompt comes right behind the first picture."""
        yield TabStrip(TABS, self._plan_name())
        yield MatrixView(self, self.size)
        yield KeyLine(footer_keys("matrix", self.config.keys))

    @property
    def plan(self) -> Plan:
        """The newest plan that the views were told of; the workspace's own changes on another thread."""
        if self._plan is None:
            self._plan = self.workspace.plan
        return self._plan

    @property
    def glyphs(self) -> Glyphs:
        """The characters to draw with."""
        return self._glyphs

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the one that keeps its frames and arrows within ASCII where that is asked for."""
        return [*super().get_line_filters(), *self._ascii_filter]

    @property
    def matrix(self) -> MatrixView:
        """The Matrix tab."""
        return self.screen_stack[0].query_one(MatrixView)

    def today(self) -> date:
        """The plan day."""
        return self.clock.today()

    def new_id(self) -> str:
        """A fresh id."""
        return self.clock.new_id()

    def on_mount(self) -> None:
        """Paint first; import what writing needs behind the first picture."""
        if os.environ.get("SSH_CONNECTION"):
            self.animation_level = "none"
        self.set_keymap(self.config.keys)
        for problem in self.config.problems:
            self.say(problem, problem=True)
        self.matrix.focus()
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
            self.say(_sentence(error), problem=True)
        elif self.workspace.read_only:
            self.say(self.workspace.read_only, problem=True)
            self.screen_stack[0].query_one(TabStrip).show("matrix", self._plan_name())
        else:
            if self.workspace.warning:
                self.say(self.workspace.warning, problem=True)
            self._spawn(self._offer_drafts())

    async def _offer_drafts(self) -> None:
        drafts = await asyncio.to_thread(self.workspace.drafts)
        if drafts:
            self.say(f"Unfinished text from before is kept ({len(drafts)}). D shows it.")

    def _tick(self) -> None:
        self.check_terminal()
        self._write_drafts()
        if self._polling is None or self._polling.done():
            self._polling = self.workspace.submit_poll()
            self._polling.add_done_callback(lambda done: self._from_thread(self._polled, done))

    def _polled(self, done: Future[Outcome | None]) -> None:
        if done.cancelled() or done.exception() is not None:
            return
        outcome = done.result()
        if outcome is not None:
            self._announce(outcome.ids)

    def _announce(self, ids: frozenset[str]) -> None:
        self._plan = self.workspace.plan
        self.plan_changed.publish(ids)
        self.matrix.plan_changed()
        self._place_prompt()
        self.screen_stack[0].query_one(TabStrip).show("matrix", self._plan_name())

    def _from_thread(self, call: Callable[[Any], None], argument: object) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed() and self.is_running:
            loop.call_soon_threadsafe(call, argument)

    def _spawn(self, work: Awaitable[None], *, opens: bool = False) -> None:
        """*opens* is for work that ends in a dialog, which is to get the keys typed meanwhile."""
        task = asyncio.ensure_future(cast("Any", work))
        tasks = self._opening if opens else self._pending
        tasks.add(task)

        def done(task: asyncio.Task[None]) -> None:
            tasks.discard(task)
            error = None if task.cancelled() else task.exception()
            if isinstance(error, (Refused, StoreError)):
                self.say(error.sentence, problem=True)
            elif isinstance(error, Exception):
                self._handle_exception(error)

        task.add_done_callback(done)

    def is_opening(self) -> bool:
        """Whether something that is to get the next key is about to appear."""
        return bool(self._opening or self._questions)

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

    def perform(self, command: Command, done: Callable[[Changes], None] | None = None) -> None:
        """Do it behind the scenes; what goes wrong is said to the user. *done* hears what changed."""
        future = self.workspace.submit(command)
        self._spawn(self._performed(future, done))

    async def _performed(self, future: Future[Outcome], done: Callable[[Changes], None] | None) -> None:
        try:
            outcome = await asyncio.wrap_future(future)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user hears it and the app lives on
            self.say(_sentence(error), problem=True)
            self._announce(frozenset())
            return
        self._announce(outcome.ids)
        if done and outcome.changes:
            done(outcome.changes)

    async def attempt(self, command: Command) -> str:
        """Do it and wait; "" where all is well, else the sentence for the user."""
        try:
            outcome = await asyncio.wrap_future(self.workspace.submit(command))
        except Conflict as conflict:
            self._announce(frozenset())
            return await self._resolve(command, conflict)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user hears it and the text stays
            self._announce(frozenset())
            return _sentence(error)
        self._announce(outcome.ids)
        return ""

    async def _resolve(self, command: Command, conflict: Conflict) -> str:
        if not isinstance(command, EditFields):
            return conflict.sentence
        from pmtui.ui.dialogs.conflict import ConflictDialog

        answered: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.push_screen(ConflictDialog(conflict.sentence), answered.set_result)
        answer = await answered
        if answer == "theirs":
            return ""
        if answer != "mine":
            return conflict.sentence
        edits = tuple(
            type(edit)(edit.kind, edit.id, edit.field, cast("Any", conflict.current), edit.value)
            if (edit.id, edit.field) == (conflict.entity_id, conflict.field)
            else edit
            for edit in command.edits
        )
        return await self.attempt(EditFields(edits, command.reason))

    def _place_prompt(self) -> None:
        if self._prompt is not None:
            self._prompt.place()

    def on_resize(self) -> None:
        """A title that is edited in its row goes with the row."""
        self.call_after_refresh(self._place_prompt)

    def action_undo(self) -> None:
        """Take back the latest step."""
        self._spawn(self._performed(self.workspace.submit_undo(), lambda changes: self.say(changes.label)))

    def action_redo(self) -> None:
        """Do it again."""
        self._spawn(self._performed(self.workspace.submit_redo(), lambda changes: self.say(changes.label)))

    # Asking and showing

    def ask(self, question: Question, at: Place | None = None) -> None:
        """Put a question into the prompt."""
        if self._prompt is None:
            self._questions = [(question, at)]
        else:
            self._prompt.ask(question, at)

    def choose(
        self, title: str, find: Callable[[str], Sequence[Choice]], done: Callable[[str], None], hint: str = ""
    ) -> None:
        """Let the user choose one of what *find* answers for the text typed; *done* hears its id."""
        from pmtui.ui.dialogs.picker import Picker

        self.push_screen(Picker(title, find, hint), lambda answer: done(answer) if answer else None)

    def read(self, title: str, lines: list[Line]) -> None:
        """Show lines to read."""
        from pmtui.ui.dialogs.reader import Reader

        self.push_screen(Reader(title, lines))

    def say(self, text: str, *, problem: bool = False) -> None:
        """Tell the user something in passing."""
        self.notify(
            clean(text), severity="error" if problem else "information", markup=False, timeout=8 if problem else 3
        )

    def copy(self, text: str) -> None:
        """Put text on the clipboard of the user's terminal."""
        if self._driver is not None:
            self._driver.write(copy_sequence(clean(text, multiline=True), dict(os.environ)))
        self.say("Copied.")

    def wait_for(self, work: Awaitable[None]) -> None:
        """Run something in the background."""
        self._spawn(work)

    def open_form(self, item_id: str, start: str = "") -> None:
        """Show the whole record of an item."""
        from pmtui.ui.records import record_form

        self._spawn(record_form(self, item_id, start), opens=True)

    @on(DraftChanged)
    def _keep_draft(self, event: DraftChanged) -> None:
        self._drafts[event.key] = event.text
        self._write_drafts()

    def _write_drafts(self) -> None:
        """One at a time and the newest text alone: on a locked file each would wait as long as an edit does."""
        if not self._drafts or (self._drafting is not None and not self._drafting.done()):
            return
        key, text = next(iter(self._drafts.items()))
        del self._drafts[key]
        self._drafting = self._submit_draft(key, text)

        def written(done: Future[None]) -> None:
            if not done.cancelled() and isinstance(done.exception(), Busy):
                self._drafts.setdefault(key, text)  # the next tick tries again
            else:
                self._write_drafts()

        self._drafting.add_done_callback(lambda done: self._from_thread(written, done))

    def _submit_draft(self, key: str, text: str) -> Future[None]:
        return self.workspace.submit_draft(key, text) if text else self.workspace.submit_drop_draft(key)

    # Keys that hold everywhere

    def action_tab(self, name: str) -> None:
        """Go to a tab by its name."""
        if name in {tab.id for tab in TABS}:
            self.matrix.focus()
            self.matrix.shown_again()

    def action_next_tab(self, _by: int) -> None:
        """There is one tab so far."""
        self.action_tab("matrix")

    @on(TabStrip.Chosen)
    def _tab_clicked(self, event: TabStrip.Chosen) -> None:
        self.action_tab(event.tab)

    def action_jump(self) -> None:
        """Jump to anything."""
        from pmtui.ui.finding import jump_finder

        self.choose("jump to", *jump_finder(self.plan, self.matrix))

    def action_command_line(self, text: str = "") -> None:
        """Type a command."""
        from pmtui.ui.command_line import command_question

        self.ask(command_question(self, text))

    def action_history(self) -> None:
        """Who changed what, when."""
        from pmtui.ui.finding import history_lines

        item = self.plan.backlog_items.get(self.matrix.cursor)

        async def show() -> None:
            entries = await asyncio.to_thread(self.workspace.history, item.id if item else None, 500)
            everything = await asyncio.to_thread(self.workspace.history, None, 500)
            self.read("history", history_lines(self.plan, item, entries, everything))

        self._spawn(show(), opens=True)

    def action_drafts(self) -> None:
        """Unfinished text that was kept."""
        from pmtui.ui.records import drafts_dialog

        self._spawn(drafts_dialog(self), opens=True)

    def action_help(self) -> None:
        """Every key of this view, and the rules behind its numbers."""
        from pmtui.ui.finding import help_lines

        self.read("Matrix: keys and rules", help_lines(self.config.keys))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: every key of the table by its name, then Textual's own."""
        for key in TABLE:
            target = self if key.where == "app" else self.matrix
            yield SystemCommand(key.title, key.help, lambda key=key, target=target: self._run(key.action, target))
        for command in super().get_system_commands(screen):
            if command.title in ("Theme", "Screenshot", "Maximize", "Minimize"):
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


def _sentence(error: BaseException) -> str:
    if isinstance(error, Refused):
        return error.sentence
    sentence = getattr(error, "sentence", "")
    if sentence:
        return str(sentence)
    return f"Something went wrong ({type(error).__name__}). The plan on disk is as it was; nothing else was changed."


def run(path: Path, *, clock: Clock | None = None, ascii_only: bool = False, config_path: Path | None = None) -> int:
    """Open the app on the plan in *path*; the exit code. Raises StoreError where the file is no plan."""
    clock = clock or system_clock()
    config = load_config(config_path)
    workspace = Workspace(path, clock)
    try:
        if workspace.plan is None:  # pragma: no cover - reading the plan is what can raise
            return 3
        app = PmtuiApp(workspace, clock, config, ascii_only=ascii_only)
        code = app.run()
    finally:
        workspace.close()
    app.left()
    if app.crash is not None:
        raise app.crash
    return code or app.return_code or 0
