"""Keys of the Vision tab that change the plan. Each builds a command and hands it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmtui.domain.errors import Refused
from pmtui.domain.text import clean_line
from pmtui.ui.question import Choice, Question, among

if TYPE_CHECKING:
    from pmtui.ui.vision.view import VisionView

HINTS = {
    "product": "name   (Enter adds; E then fills in board and positioning)",
    "objective": "title  due:2w period:Q1 @owner ambition:committed",
    "key_result": "title  start:0 target:10 current:4 unit:teams @owner",
}
BELOW = {"product": "objective", "objective": "key_result"}
"""What is added below a thing of each kind."""


class ActingKeys:
    """The part of `VisionView` that changes things."""

    def _view(self) -> VisionView:
        return cast("VisionView", self)

    def action_add(self, text: str = "") -> None:
        """Beside this one: of the same kind and of the same parent; *text* is unfinished text to go on with."""
        view = self._view()
        row = view.here
        kind = row.kind if row else "product"
        parent = None
        if row and row.kind == "key_result":
            parent = view.plan.key_results[row.id].objective_id
        elif row and row.kind == "objective":
            parent = view.plan.objectives[row.id].product_id
        self._ask(kind, parent, text)

    def action_add_child(self) -> None:
        """Below this one."""
        view = self._view()
        row = view.here
        if row is None:
            self.action_add()
        elif row.kind in BELOW:
            self._ask(BELOW[row.kind], row.id)
        else:
            view.desk.say("Nothing stands below a key result; a adds another one beside it.")

    def _ask(self, kind: str, parent: str | None, text: str = "") -> None:
        from pmtui.domain.capture import parse_thing
        from pmtui.ui.editing import completed

        view = self._view()
        owner = {"objective": "product", "key_result": "objective"}.get(kind, "")
        context = {f"{owner}_id": parent} if owner and parent else {}

        async def add(typed: str) -> str:
            if not typed.strip():
                return ""
            try:
                command = parse_thing(kind, typed, view.plan, view.desk.today(), view.desk.new_id, **context)
            except Refused as refused:
                return refused.sentence
            problem = await view.desk.attempt(command)
            if not problem:
                view.put_cursor(command.id)
            return problem

        key = getattr(view.plan.find(owner, parent or ""), "key", "") if owner else ""
        label = f"add {kind.replace('_', ' ')}" + (f" of {key}" if key else "")
        view.desk.ask(
            Question(
                label,
                add,
                value=text,
                placeholder=HINTS[kind],
                complete=lambda typed: completed(typed, view.plan, kind),
                draft_key="add:vision",
                again=kind != "product",
            )
        )

    def action_nudge(self, steps: int) -> None:
        """A twentieth of the way of key results."""
        from pmtui.domain.commands import NudgeKeyResult

        view = self._view()
        targets = view.targets_of()
        if targets is None:
            return
        if targets.kind != "key_result":
            view.desk.say("H and L move the current value of a key result; this is none.")
            return
        view.desk.perform(NudgeKeyResult(targets.ids, steps))

    def action_measure(self) -> None:
        """Where a key result stands now; then the next one is asked for."""
        from pmtui.domain.commands import EditFields
        from pmtui.ui.editing import field_edit, field_text

        view = self._view()
        row = view.here
        if row is None or row.kind != "key_result":
            following = self._next_result(view.index.get(view.cursor, -1))
            if not following:
                view.desk.say("There is no key result below this line; A adds one to an objective.")
                return
            view.put_cursor(following)
            row = view.here
        if row is None:
            return
        result = view.plan.key_results[row.id]
        following = self._next_result(view.index[row.id])

        async def give(typed: str) -> str:
            if typed.strip():
                try:
                    edit = field_edit(view.plan, result, "key_result", "current", typed, view.desk.today())
                except Refused as refused:
                    return refused.sentence
                problem = await view.desk.attempt(EditFields((edit,)))
                if problem:
                    return problem
            if following and following in view.index:
                view.put_cursor(following)
                self.action_measure()
            return ""

        now = field_text(view.plan, result, "current") or "-"
        view.desk.ask(
            Question(
                f"{result.key} {clean_line(result.title, 30)} (Esc ends):",
                give,
                placeholder=f"now {now} {result.unit}",
            )
        )

    def _next_result(self, at: int) -> str:
        view = self._view()
        return next((row.id for row in view.rows[at + 1 :] if row.kind == "key_result"), "")

    def action_advance(self) -> None:
        """The next stage of a product's life, the other ambition of an objective."""
        from pmtui.domain.entities.vision import AMBITIONS, LIFECYCLE_STAGES

        view = self._view()
        row = view.here
        if row is None or row.kind == "key_result":
            view.desk.say("A key result has no state; , types where it stands, H and L move it.")
            return
        field, names = ("stage", LIFECYCLE_STAGES) if row.kind == "product" else ("ambition", AMBITIONS)
        now = getattr(view.plan.of(row.kind)[row.id], field)
        following = names[(names.index(now) + 1) % len(names)]
        view.desk.perform(view.set_all(row.kind, (row.id,), field, following, view.plan))

    def action_choose_stage(self) -> None:
        """Lifecycle stage of products, ambition of objectives."""
        from pmtui.domain.entities.vision import AMBITIONS, LIFECYCLE_STAGES

        view = self._view()
        targets = view.targets_of()
        if targets is None or targets.kind == "key_result":
            self.action_advance()
            return
        kind, ids = targets
        field, names = ("stage", LIFECYCLE_STAGES[1:]) if kind == "product" else ("ambition", AMBITIONS)
        choices = [Choice(name, "", name) for name in names]
        seen = view.plan

        def chosen(name: str) -> None:
            view.desk.perform(view.set_all(kind, ids, field, name, seen))

        view.desk.choose(f"{field} of {view.who(kind, ids)}", among(choices), chosen)
