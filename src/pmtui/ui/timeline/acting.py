"""Keys of the Timeline that change the plan. Each builds a command and hands it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from pmtui.domain.durations import DAY
from pmtui.domain.entities.schedule import Task
from pmtui.domain.errors import Refused
from pmtui.domain.relations import predecessors, subtasks, successors
from pmtui.domain.text import clean_line
from pmtui.planning.calendar import add_working_days
from pmtui.planning.schedule import first_day, no_earlier_than, why_here
from pmtui.ui.question import Choice, Question, among

if TYPE_CHECKING:
    from pmtui.domain.commands import Command
    from pmtui.domain.fields import Scalar
    from pmtui.domain.plan import Plan
    from pmtui.ui.timeline.view import TimelineView

TASK_HINT = "title  duration:3d after:T-3 @owner"
PROJECT_HINT = "name  start:2027-01-11 manager:ann   (Enter adds it)"
CHOSEN = 60
"""Tasks that a picker offers before anything is typed."""


class ActingKeys:
    """The part of `TimelineView` that changes things."""

    def _view(self) -> TimelineView:
        return cast("TimelineView", self)

    def action_add(self, text: str = "") -> None:
        """A task behind this one; on a project another project. *text* is unfinished text to go on with."""
        view = self._view()
        row = view.here
        if row is None or row.kind == "project":
            self._ask("project", "add a project", PROJECT_HINT, text)
        else:
            self._ask("task", "add a task", TASK_HINT, text)

    def action_add_child(self) -> None:
        """A task as a part of this one, or into this project."""
        view = self._view()
        row = view.here
        if row is None:
            self.action_add()
            return
        key = getattr(view.plan.find(row.kind, row.id), "key", "")
        what = "add a task to" if row.kind == "project" else "add a part of"
        below: dict[str, Scalar] = {"project_id" if row.kind == "project" else "parent_id": row.id}
        self._ask("task", f"{what} {key}", TASK_HINT, "", below)

    def _ask(self, kind: str, label: str, hint: str, text: str, below: dict[str, Scalar] | None = None) -> None:
        from pmtui.domain.capture import parse_thing
        from pmtui.ui.editing import completed

        view = self._view()

        async def add(typed: str) -> str:
            if not typed.strip():
                return ""
            # below what was chosen first; each further one beside the last
            context = dict(below or {})
            row = view.here
            if below is None and kind == "task" and row is not None and row.kind == "task":
                context = {"after_id": row.id}
            try:
                command = parse_thing(kind, typed, view.plan, view.desk.today(), view.desk.new_id, **context)
            except Refused as refused:
                return refused.sentence
            problem = await view.desk.attempt(command)
            if not problem:
                view.put_cursor(command.id)
            return problem

        view.desk.ask(
            Question(
                label,
                add,
                value=text,
                placeholder=hint,
                complete=lambda typed: completed(typed, view.plan, kind),
                draft_key="add:timeline",
                again=kind == "task",
            )
        )

    def _tasks(self) -> tuple[str, ...]:
        """The tasks to act on; says so where a project is under the cursor."""
        view = self._view()
        found = view.targets()
        if not found and view.rows:
            view.desk.say("That is for tasks, and a project is under the cursor.")
        return found

    def _do(self, command: Command) -> None:
        self._view().desk.perform(command)

    def action_stretch(self, days: int) -> None:
        """Longer or shorter by a day."""
        from pmtui.domain.commands import NudgeDuration

        if targets := self._tasks():
            self._do(NudgeDuration(targets, days * DAY))

    def action_indent(self, steps: Literal[1, -1]) -> None:
        """A level in or out."""
        from pmtui.domain.commands import IndentTasks

        if targets := self._tasks():
            self._do(IndentTasks(targets, steps))

    def action_reorder(self, steps: int) -> None:
        """Up or down among the tasks beside it."""
        from pmtui.domain.commands import MoveTasks

        if targets := self._tasks():
            self._do(MoveTasks(targets, steps))

    def action_shift(self, days: int) -> None:
        """Earlier or later by a working day; what links forbid is said with its reason."""
        from pmtui.domain.commands import ShiftTasks

        view = self._view()
        targets = self._tasks()
        starts = {id_: first_day(view.dates.tasks[id_]) for id_ in targets if id_ in view.dates.tasks}
        if targets and not starts:
            view.desk.say(why_here(view.plan, targets[0]), problem=True)
            return
        if days < 0:
            starts = self._can_be_earlier(starts, days)
        if starts:
            seen = {id_: view.plan.tasks[id_].start_no_earlier for id_ in starts}
            self._do(ShiftTasks(tuple(starts), days, starts, seen))

    def _can_be_earlier(self, starts: dict[str, date], days: int) -> dict[str, date]:
        """Those that can move so many days; says what forbids it where none can.

        Of several, those can that have a day of their own: the others start as early as links allow already.
        """
        view = self._view()
        if not starts:
            return {}
        first, start = next(iter(starts.items()))
        earliest, reason = no_earlier_than(view.plan, first)
        if len(starts) == 1:
            free = starts if add_working_days(start, days) >= earliest else {}
        else:
            free = {id_: day for id_, day in starts.items() if view.plan.tasks[id_].start_no_earlier is not None}
        if not free:
            view.desk.say(reason, problem=True)
        return free

    def action_advance(self) -> None:
        """Half done, then done."""
        from pmtui.domain.commands import AdvanceTasks

        if targets := self._tasks():
            self._do(AdvanceTasks(targets))

    def action_choose_progress(self) -> None:
        """One share for all."""
        view = self._view()
        targets = self._tasks()
        if not targets:
            return
        words = ("not started", "a quarter", "half", "three quarters", "done")
        choices = [Choice(f"{share}", f"{share} %", word) for share, word in zip(range(0, 101, 25), words, strict=True)]
        title = f"percent complete of {view.who('task', targets)}"
        seen = view.plan

        def chosen(share: str) -> None:
            self._do(view.set_all("task", targets, "percent_complete", int(share) / 100, seen))

        view.desk.choose(title, among(choices), chosen)

    def action_progress(self) -> None:
        """Type the percent complete."""
        from pmtui.domain.numbers import parse_number

        view = self._view()
        targets = self._tasks()
        if not targets:
            return

        seen = view.plan

        async def give(typed: str) -> str:
            if not typed.strip():
                return ""
            try:
                share = parse_number(typed.strip().removesuffix("%").rstrip(), "percent complete")
            except Refused as refused:
                return refused.sentence
            if not 0 <= share <= 100:
                return f"The percent complete goes from 0 to 100; {typed.strip()} is outside."
            return await view.desk.attempt(view.set_all("task", targets, "percent_complete", share / 100, seen))

        now = {view.plan.tasks[id_].percent_complete or 0.0 for id_ in targets}
        view.desk.ask(
            Question(
                f"{view.who('task', targets)} is done to",
                give,
                value=f"{now.pop() * 100:.6g}" if len(now) == 1 else "",
                placeholder="0 to 100 percent",
            )
        )

    def action_bind_to(self) -> None:
        """Choose a task that comes first; one that does so already is set free."""
        from pmtui.domain.commands import LinkTasks, UnlinkTasks

        view = self._view()
        targets = self._tasks()
        if not targets:
            return
        links = predecessors(view.plan)
        waiting = [{link.predecessor_id for link in links.get(target, ())} for target in targets]
        bound = set.intersection(*waiting)
        behind = _behind(view.plan, targets) - bound

        def choice(task: Task) -> Choice:
            return Choice(
                task.id, task.key, task.title, "waits for it now: Enter takes it away" if task.id in bound else ""
            )

        def offered(text: str) -> list[Choice]:
            from pmtui.planning.jump import find

            tasks = view.plan.tasks
            if not text:
                here = view.index.get(targets[0], 0)
                near = sorted(range(len(view.rows)), key=lambda at: (abs(at - here), at))[:CHOSEN]
                ids = [*bound, *(view.rows[at].id for at in near if view.rows[at].kind == "task")]
            else:
                ids = [hit.id for hit in find(view.plan, text, CHOSEN) if hit.kind == "task"]
            there = [tasks[id_] for id_ in dict.fromkeys(ids) if id_ in tasks and id_ not in behind]
            return [choice(task) for task in there if not task.archived]

        def chosen(first: str) -> None:
            self._do(UnlinkTasks(first, targets) if first in bound else LinkTasks(first, targets, only_new=True))

        hint = "finish to start; others: :after T-3SS+2d   Enter choose   Esc back"
        view.desk.choose(f"what does {clean_line(view.who('task', targets))} wait for?", offered, chosen, hint)


def _behind(plan: Plan, targets: Sequence[str]) -> set[str]:
    """What none of *targets* can wait for: themselves, what they are parts of, their parts, and what waits for them."""
    found = set(targets)
    for task_id in targets:
        above = plan.tasks[task_id].parent_id
        while above is not None and above not in found:
            found.add(above)
            above = plan.tasks[above].parent_id
    stack = list(targets)
    while stack:
        task_id = stack.pop()
        waiting = [link.successor_id for link in successors(plan).get(task_id, ())]
        new = [id_ for id_ in (*subtasks(plan).get(task_id, ()), *waiting) if id_ not in found]
        found |= set(new)
        stack += new
    return found
