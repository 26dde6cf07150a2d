"""The app's work with the plan: commands in, outcomes told, text kept, other programs noticed.

Nothing here draws. What is told to the user goes through `say`, what changed through `_announce`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from textual import on

from pmtui.domain.clock import Clock
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.plan import Plan
from pmtui.store.errors import Busy, StoreError
from pmtui.ui.leaving import LeavingApp
from pmtui.ui.question import DraftChanged
from pmtui.workspace import Outcome, Workspace

if TYPE_CHECKING:
    from pmtui.domain.changes import Changes
    from pmtui.domain.commands import Command


class WorkingApp(LeavingApp):
    """An app on one workspace, which never makes the screen wait for the file."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        super().__init__()
        self.workspace = workspace
        self.clock = clock
        self._plan = workspace.plan  # read before the terminal is changed: a file that is no plan is said there
        self._polling: Future[Outcome | None] | None = None
        self._pending: set[asyncio.Task[None]] = set()
        self._opening: set[asyncio.Task[None]] = set()
        self._drafts: dict[str, str] = {}
        """Unfinished text that waits to be written, "" for one to forget, by its key."""
        self._drafting: Future[None] | None = None

    def say(self, text: str, *, problem: bool = False) -> None:
        """Tell the user something in passing."""
        raise NotImplementedError

    def _announce(self, ids: frozenset[str]) -> None:
        """Let everything on the screen take the newest plan."""
        raise NotImplementedError

    @property
    def plan(self) -> Plan:
        """The newest plan that the views were told of; the workspace's own changes on another thread."""
        return self._plan

    def today(self) -> date:
        """The plan day."""
        return self.clock.today()

    def new_id(self) -> str:
        """A fresh id."""
        return self.clock.new_id()

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

    def told(self, done: Callable[[str], None], answer: str) -> None:
        """Hand a dialog's answer over; what goes wrong then is said to the user."""
        try:
            done(answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user hears it and the app lives on
            self.say(sentence_of(error), problem=True)
            self._announce(frozenset())

    def is_opening(self) -> bool:
        """Whether something that is to get the next key is about to appear."""
        return bool(self._opening)

    def perform(self, command: Command, done: Callable[[Changes], None] | None = None) -> None:
        """Do it behind the scenes; what goes wrong is said to the user. *done* hears what changed."""
        future = self.workspace.submit(command)
        self._spawn(self._performed(future, done))

    async def _performed(self, future: Future[Outcome], done: Callable[[Changes], None] | None) -> None:
        try:
            outcome = await asyncio.wrap_future(future)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user hears it and the app lives on
            self.say(sentence_of(error), problem=True)
            self._announce(frozenset())
            return
        self._announce(outcome.ids)
        if done and outcome.changes:
            done(outcome.changes)
        elif outcome.seq is not None and _is_worth_telling(outcome.changes):
            self.say(f"{outcome.changes.label}   u takes it back")

    async def attempt(self, command: Command) -> str:
        """Do it and wait; "" where all is well, else the sentence for the user."""
        try:
            outcome = await asyncio.wrap_future(self.workspace.submit(command))
        except Conflict as conflict:
            self._announce(frozenset())
            return await self._resolve(command, conflict)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user hears it and the text stays
            self._announce(frozenset())
            return sentence_of(error)
        self._announce(outcome.ids)
        if outcome.seq is not None and _is_worth_telling(outcome.changes):
            self.say(f"{outcome.changes.label}   u takes it back")
        return ""

    async def _resolve(self, command: Command, conflict: Conflict) -> str:
        from pmtui.domain.commands import EditFields

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

    def action_undo(self) -> None:
        """Take back the latest step."""
        self._spawn(self._performed(self.workspace.submit_undo(), lambda changes: self.say(changes.label)))

    def action_redo(self) -> None:
        """Do it again."""
        self._spawn(self._performed(self.workspace.submit_redo(), lambda changes: self.say(changes.label)))

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


def _is_worth_telling(changes: Changes) -> bool:
    """Whether a step changed what may be out of sight: several things, or the state of one."""
    things = {str(row.after.get("item_id", row.id)) if row.after else row.id for row in changes}
    return len(things) > 1 or any("state" in (row.after or {}) and row.before for row in changes)


def sentence_of(error: BaseException) -> str:
    """What went wrong, in a sentence for the user."""
    if isinstance(error, Refused):
        return error.sentence
    sentence = getattr(error, "sentence", "")
    if sentence:
        return str(sentence)
    return f"Something went wrong ({type(error).__name__}). The plan on disk is as it was; nothing else was changed."
