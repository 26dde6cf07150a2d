"""The workspace: one plan file, one writer thread, and the newest plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pmtui.domain.clock import Clock
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan
from pmtui.store.connection import identity_of
from pmtui.store.errors import Busy, MissingPlan, OlderPlan, ReadOnlyPlan, StoreError, cannot_be_updated
from pmtui.store.read import load_plan, reading
from pmtui.workspace.actor import Actor, this_actor
from pmtui.workspace.dating import Dating
from pmtui.workspace.looking import Looking

if TYPE_CHECKING:
    from pmtui.domain.changes import Changes
    from pmtui.domain.commands import Command
    from pmtui.store.commit import Intend, Intended, Stamp
    from pmtui.store.engine import WriteFile
    from pmtui.store.journal import Query
    from pmtui.workspace.watch import Watch


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step has led to."""

    plan: Plan
    changes: Changes
    ids: frozenset[str]
    """Everything that differs from the plan before, steps of others that came in with it included."""
    seq: int | None
    """The number of the journal entry; None where nothing differed and nothing was written."""


class Workspace(Looking):
    """A plan file and everything that may be done to it.

    A new instance touches nothing: the file is opened, made or migrated by the first edit, or by
    `warm`. Every write happens on one thread of the workspace's own; what a future raises is
    `Refused` (with `Conflict`) or `StoreError`, both with a sentence.
    """

    def __init__(self, path: Path, clock: Clock, actor: Actor | None = None, plan: Plan | None = None) -> None:
        self.path = path
        self.actor = actor or this_actor()
        self.read_only = ""
        """Why the plan can only be looked at, as a sentence for a banner; "" if it can be changed."""
        self.warning = ""
        """What is unsafe about where the file is, as a sentence; "" if nothing is."""
        self.derives: set[Callable[[Plan], object]] = set()
        """What is computed of each new plan before it is handed over, so that who shows it finds it remembered."""
        self._clock = clock
        self._plan = plan
        self._identity = None if plan is None else identity_of(path)
        """Of the file that the plan was read from."""
        self._file: WriteFile | None = None
        self._kept_first = False
        self._lock = Lock()
        """Held while the plan and the file move from one state to the next."""
        self._writer = ThreadPoolExecutor(1, "pmtui-writer")
        self._reader = ThreadPoolExecutor(1, "pmtui-reader")
        self._watch: Watch | None = None
        """Of the reader's thread."""
        self._dating = Dating(self._ask_for_dates)
        """Of the writer's thread."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def plan(self) -> Plan:
        """The newest known plan; read from the file the first time, if it was not given. Raises StoreError."""
        if self._plan is None:
            try:
                self._load()
            except MissingPlan:
                self._plan = Plan()
            except OlderPlan as older:
                self.warm().result()
                if self._plan is None:
                    raise cannot_be_updated(self.path) from older
        return self._plan or Plan()

    def warm(self) -> Future[None]:
        """Import what writing needs and open the file, making or migrating it; a read-only one is no error."""

        def open_it() -> None:
            import pmtui.domain.rules
            import pmtui.store.commit  # noqa: F401 - both for the first edit, which need not wait for them then

            with self._lock, suppress(ReadOnlyPlan):
                self._opened()

        return self._writer.submit(open_it)

    def submit(self, command: Command) -> Future[Outcome]:
        """Have the command decided and its changes written."""
        return self._writer.submit(self._do, command)

    def do(self, command: Command) -> Outcome:
        """`submit`, and wait for it."""
        return self.submit(command).result()

    def submit_undo(self) -> Future[Outcome]:
        """Take back this actor's latest step that is not undone; Refused where later steps stand in the way."""
        return self._writer.submit(self._reverse, "undo")

    def undo(self) -> Outcome:
        """`submit_undo`, and wait for it."""
        return self.submit_undo().result()

    def submit_redo(self) -> Future[Outcome]:
        """Bring back this actor's latest undone step."""
        return self._writer.submit(self._reverse, "redo")

    def redo(self) -> Outcome:
        """`submit_redo`, and wait for it."""
        return self.submit_redo().result()

    def submit_poll(self) -> Future[Outcome | None]:
        """Look for steps of other programs; None if there is nothing new. Cheap enough for twice a second."""
        return self._reader.submit(self._poll)

    def poll(self) -> Outcome | None:
        """`submit_poll`, and wait for it."""
        return self.submit_poll().result()

    def submit_draft(self, key: str, text: str) -> Future[None]:
        """Keep unfinished text under a key of the caller's choice; it survives everything but `submit_drop_draft`."""
        return self._writer.submit(self._draft, key, text)

    def submit_drop_draft(self, key: str) -> Future[None]:
        """Forget the draft of that key; it need not exist."""
        return self._writer.submit(self._draft, key, None)

    def backup(self, reason: str = "by hand") -> Path:
        """A verified copy of the file as it is now, in the folder of its backups. Raises StoreError."""
        return self._writer.submit(self._back_up, reason).result()

    def restore(self, backup: Path) -> Path | None:
        """Put a copy of *backup* in the plan's place; where the present file is kept, None if there was none.

        Works on a file that is too damaged to open. Raises StoreError with the plan as it was.
        """
        return self._writer.submit(self._restore, backup).result()

    def close(self) -> None:
        """Finish what was submitted and let go of the file. Closing twice is fine."""
        with suppress(RuntimeError):
            self._writer.submit(self._finish)
            self._reader.submit(self._look_away)
        self._writer.shutdown()
        self._reader.shutdown()

    # all that follows but _poll runs on the writer's thread, with the lock held

    def _do(self, command: Command) -> Outcome:
        from pmtui.domain.rules import decide

        today = self._clock.today()
        name = type(command).__name__

        def intend(plan: Plan, _query: Query) -> Intended:
            from pmtui.store.commit import Intended

            return Intended(decide(plan, command, today), name)

        with self._lock:
            self._opened()
            try:
                ready = intend(self.plan, _no_journal)
            except Refused:
                # the rules may say something else of the newest plan
                ready = None
            return self._write(intend, ready)

    def _reverse(self, action: str) -> Outcome:
        from pmtui.workspace.undo import redo_of, undo_of

        def intend(plan: Plan, query: Query) -> Intended:
            from pmtui.store.commit import Intended

            if action == "undo":
                entry, changes = undo_of(plan, query, self.actor)
                return Intended(changes, entry.command, "undo", entry.seq)
            entry, changes = redo_of(plan, query, self.actor)
            return Intended(changes, entry.command, "redo", entry.seq)

        with self._lock:
            return self._write(intend, None)

    def _write(self, intend: Intend, ready: Intended | None) -> Outcome:
        from pmtui.store.commit import commit

        file = self._opened()
        if ready is None or ready.changes:
            self._back_up_first()
        try:
            with self._letting_go():
                done = commit(file, self.plan, intend, self._stamp(), ready)
        except Refused:
            self._refresh()
            raise
        self._plan = done.plan
        self._dating.stepped(done.changes)
        self._derive(done.plan)
        return Outcome(done.plan, done.changes, done.changes.ids() | done.caught_up, done.seq)

    def _derive(self, plan: Plan) -> None:
        for derived in self.derives:
            derived(plan)

    @contextmanager
    def _letting_go(self) -> Iterator[None]:
        """After a fault the file is opened anew next time, which runs the checks and reads what is there then."""
        try:
            yield
        except Busy:
            raise
        except StoreError:
            self._let_go()
            self._reload()
            raise

    def _stamp(self) -> Stamp:
        from pmtui.store.commit import Stamp

        return Stamp(self._clock.now(), self.actor.user, self.actor.machine)

    def _draft(self, key: str, text: str | None) -> None:
        from pmtui.store.drafts import write_draft

        if text is not None:
            # half a character, as a broken line can leave it, is nothing that a file can hold
            text = text.encode("utf-8", "replace").decode("utf-8")
        with self._lock:
            file = self._opened()
            with self._letting_go():
                write_draft(file, key, text, self._stamp())

    def _back_up(self, reason: str) -> Path:
        from pmtui.store.backup import back_up

        return back_up(self.path, reason, self._clock.now())

    def _restore(self, backup: Path) -> Path | None:
        from pmtui.store.restore import restore

        with self._lock:
            self._let_go()
            self._dating.forget()
            kept = restore(self.path, backup)
            self._load()
            return kept

    def _opened(self) -> WriteFile:
        if self._file is not None:
            return self._file
        from pmtui.store.checks import network_warning
        from pmtui.store.engine import WriteFile
        from pmtui.store.opening import prepare

        try:
            # a file that was there a moment ago is missed, not made anew and empty
            prepare(self.path, self._backup_before, make=self._plan is None or self._plan.seq == 0)
        except ReadOnlyPlan as refusal:
            self.read_only = refusal.sentence
            raise
        self.read_only = ""
        self.warning = network_warning(self.path)
        self._file = WriteFile(self.path)
        if self._plan is None or self._identity != identity_of(self.path):
            self._load()
        return self._file

    def _backup_before(self, path: Path, version: int) -> None:
        from pmtui.store.backup import back_up

        back_up(path, f"before v{version + 1}", self._clock.now())

    def _back_up_first(self) -> None:
        from pmtui.workspace.keeping import keep_before_change

        if not self._kept_first:
            self.warning = keep_before_change(self.path, self.plan.seq, self._clock.now()) or self.warning
            self._kept_first = True

    def _ask_for_dates(self) -> None:
        with suppress(RuntimeError):  # closed meanwhile, which has stored them
            self._writer.submit(self._store_dates)

    def _store_dates(self) -> None:
        """Keep the dates that the plan leads to, if an edit may have moved any; what fails comes with the next one."""
        file, plan = self._file, self._plan
        if not self._dating.due or file is None or plan is None:
            return
        from pmtui.workspace.dating import store_dates

        with self._lock, suppress(StoreError):
            store_dates(file, plan, self._clock.today())
            self._dating.due = False

    def _finish(self) -> None:
        self._dating.stop()
        try:
            self._store_dates()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _load(self) -> None:
        identity = identity_of(self.path)
        self._plan = load_plan(self.path)
        self._identity = identity

    def _reload(self) -> None:
        with suppress(StoreError):
            self._load()

    def _refresh(self) -> None:
        """Take in what others wrote, after a refusal that may be about it."""
        from pmtui.store import journal

        with suppress(StoreError), reading(self.path) as connection:
            self._plan, _ = journal.catch_up(connection.execute, self.plan, self.path)

    def _poll(self) -> Outcome | None:
        """On the reader's thread, without the lock while it reads, so that it never keeps a writer waiting."""
        from pmtui.workspace.watch import Watch

        plan = self._plan
        if plan is None:
            return None
        watch = self._watch = self._watch or Watch(self.path, self._identity)
        try:
            found = watch.poll(plan)
        except Busy:
            return None
        if found is None:
            return None
        with self._lock:
            if self._plan is not plan:
                # an edit of our own came first; it has taken in what was there then
                watch.look_again()
                return None
            self._plan, changes = found
            self._derive(found[0])
            return Outcome(found[0], changes, changes.ids(), found[0].seq)

    def _look_away(self) -> None:
        if self._watch is not None:
            self._watch.close()


def _no_journal(_sql: str, _parameters: tuple[Any, ...]) -> Iterable[Any]:
    raise AssertionError("a command is decided by the plan alone")
