"""Keys of the Matrix that change the plan. Each builds a command and hands it over.

Commands are imported by the keys that use them: the first picture does without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmtui.domain.entities.backlog import PRIORITIES, STATES, State
from pmtui.domain.errors import Refused
from pmtui.domain.plan import tags_of
from pmtui.ui.question import Choice, Question, among

if TYPE_CHECKING:
    from pmtui.domain.fields import Scalar
    from pmtui.ui.matrix.view import MatrixView


class ActingKeys:
    """The part of `MatrixView` that changes things."""

    def _view(self) -> MatrixView:
        return cast("MatrixView", self)

    def _who(self, targets: tuple[str, ...]) -> str:
        return self._view().who("backlog_item", targets)

    def action_add(self, text: str = "") -> None:
        """Beside this one: a part of the same parent; *text* is unfinished text to go on with."""
        view = self._view()
        item = view.plan.backlog_items.get(view.cursor)
        self.ask_for_item("add", item.parent_id if item else None, text)

    def action_add_child(self) -> None:
        """As a part of this one."""
        view = self._view()
        item = view.plan.backlog_items.get(view.cursor)
        if item is None:
            self.action_add()
            return
        self.ask_for_item(f"add a part of {item.key}", item.id)

    def ask_for_item(self, label: str, parent: str | None, text: str = "") -> None:
        """Titles one after the other, until an empty one or Esc."""
        from pmtui.domain.capture import parse_thing
        from pmtui.ui.editing import completed

        view = self._view()
        here = view.plan.backlog_items.get(view.cursor)
        said = {"parent_id": parent, "product_id": here.product_id if here else None}
        context: dict[str, Scalar] = {name: value for name, value in said.items() if value}

        async def add(typed: str) -> str:
            if not typed.strip():
                return ""
            try:
                command = parse_thing("backlog_item", typed, view.plan, view.desk.today(), view.desk.new_id, **context)
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
                placeholder="title  value:8 effort:3 #tag @owner",
                complete=lambda typed: completed(typed, view.plan, "backlog_item"),
                draft_key="add",
                again=True,
            )
        )

    def action_advance(self) -> None:
        """The next state of each."""
        from pmtui.domain.commands import AdvanceState

        view = self._view()
        if targets := view.targets():
            view.desk.perform(AdvanceState(targets))

    def action_choose_state(self) -> None:
        """One state for all; the reason is asked where it is due."""
        from pmtui.domain.commands import SetState

        view = self._view()
        targets = view.targets()
        if not targets:
            return

        def chosen(state: str) -> None:
            if state in ("declined", "retired"):
                self._ask_reason(targets, cast("State", state))
            else:
                view.desk.perform(SetState(targets, cast("State", state)))

        choices = [Choice(state, view.glyphs.states[state], state) for state in STATES]
        view.desk.choose(f"state of {view.who('backlog_item', targets)}", among(choices), chosen)

    def _ask_reason(self, targets: tuple[str, ...], state: State) -> None:
        from pmtui.domain.commands import SetState

        view = self._view()

        async def with_reason(reason: str) -> str:
            return await view.desk.attempt(SetState(targets, state, reason))

        view.desk.ask(Question(f"{state} because", with_reason, placeholder="the reason stays with the item"))

    def action_priority(self) -> None:
        """One priority for all."""
        self._choose_text("priority", [Choice(p or "none", "!", p or "none") for p in reversed(PRIORITIES)])

    def _choose_text(self, field: str, choices: list[Choice]) -> None:
        view = self._view()
        if targets := view.targets():
            seen = view.plan

            def chosen(value: str) -> None:
                view.desk.perform(view.set_all("backlog_item", targets, field, "" if value == "none" else value, seen))

            view.desk.choose(f"{field} of {view.who('backlog_item', targets)}", among(choices), chosen)

    def action_tags(self) -> None:
        """Words put tags on; a word with a minus takes one off."""
        from pmtui.domain.commands import TagItems
        from pmtui.ui.editing import tag_words

        view = self._view()
        targets = view.targets()
        if not targets:
            return
        names = sorted(tag.name for tag in view.plan.tags.values())
        common = set.intersection(*(set(tags_of(view.plan).get(id_, ())) for id_ in targets))

        async def tag(typed: str) -> str:
            words = tag_words(typed)
            add = {word: view.desk.new_id() for word in words if not word.startswith("-")}
            remove = tuple(word[1:] for word in words if word.startswith("-"))
            return await view.desk.attempt(TagItems(targets, add, remove)) if words else ""

        def complete(text: str) -> list[str]:
            start, _, word = text.rpartition(" ")
            sign = "-" if word.startswith("-") else ""
            wanted = word.lstrip("-#")
            lead = f"{start} " if start else ""
            return [f"{lead}{sign}{name}" for name in names if wanted and name.startswith(wanted)]

        has = " ".join(sorted(common)) or "none"
        where = "all have" if len(targets) > 1 else "now"
        view.desk.ask(
            Question(
                f"tags of {view.who('backlog_item', targets)}",
                tag,
                placeholder=f"{where}: {has}   type words; -word takes off",
                complete=complete,
            )
        )

    def action_bind_to(self) -> None:
        """Choose what this one needs first."""
        from pmtui.domain.commands import AddDependency
        from pmtui.planning.jump import find

        view = self._view()
        targets = view.targets()
        if not targets:
            return

        def needed(text: str) -> list[Choice]:
            if not text:
                rows = [view.plan.backlog_items[id_] for id_ in view.arrangement.ids[:200]]
                return [Choice(item.id, item.key, item.title) for item in rows if item.id not in targets]
            hits = find(view.plan, text, 60)
            return [Choice(h.id, h.key, h.title) for h in hits if h.kind == "backlog_item" and h.id not in targets]

        def chosen(needs_id: str) -> None:
            view.desk.perform(AddDependency(targets[0], needs_id, targets[1:]))

        view.desk.choose(f"what does {view.who('backlog_item', targets)} need first?", needed, chosen)
