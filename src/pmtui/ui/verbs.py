"""Verbs that are the same in every tab: edit, open the record, give away, archive, copy, follow the thread.

Commands are imported by the verbs that use them: the first picture does without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmtui.domain.plan import Plan
from pmtui.domain.text import clean_line
from pmtui.ui.question import Question

if TYPE_CHECKING:
    from pmtui.domain.changes import Changes
    from pmtui.domain.commands import EditFields
    from pmtui.domain.entities import Entity
    from pmtui.domain.fields import Scalar
    from pmtui.ui.tab_view import TabView

OWNER_FIELDS = {"project": "manager", "product": ""}
"""The field that says who looks after a thing, where it is not `owner`; "" where there is none."""
PLURALS = {"backlog_item": "items", "initiative": "cards", "key_result": "key results"}


def title_field(kind: str) -> str:
    """The field that is the name of a thing."""
    return "name" if kind in ("product", "project", "tag", "view") else "title"


def counted(kind: str, count: int) -> str:
    """Several things in words, as `3 items`."""
    return f"{count} {PLURALS.get(kind, f'{kind}s')}"


class Verbs:
    """The part of a view that acts on the things under its cursor or its marks."""

    def _tab(self) -> TabView:
        return cast("TabView", self)

    def thing(self) -> tuple[str, Entity] | None:
        """Kind and entity under the cursor."""
        from pmtui.domain.plan import kind_of

        plan, here = self._tab().plan, self._tab().cursor
        kind = kind_of(plan, here)
        entity = plan.find(kind, here) if kind else None
        return (kind, entity) if entity is not None else None

    def who(self, kind: str, ids: tuple[str, ...]) -> str:
        """The targets in a few words: a key, or how many there are."""
        if len(ids) > 1:
            return counted(kind, len(ids))
        return str(getattr(self._tab().plan.find(kind, ids[0]), "key", ""))

    def set_all(self, kind: str, ids: tuple[str, ...], field: str, value: Scalar, seen: Plan) -> EditFields:
        """The command that gives all of them a value, as long as each is as in the plan that the user has *seen*.

        Raises `Refused` where none of them is in the plan any more.
        """
        from pmtui.domain.commands import EditFields, FieldEdit
        from pmtui.ui.editing import still_there

        rows, left = seen.of(kind), still_there(self._tab().plan, kind, ids)
        return EditFields(tuple(FieldEdit(kind, id_, field, getattr(rows[id_], field), value) for id_ in left))

    def action_edit(self, text: str = "") -> None:
        """The title, in its row; *text* is unfinished text to go on with."""
        found = self.thing()
        if found is None:
            return
        kind, entity = found
        field = title_field(kind)
        seen = str(getattr(entity, field))
        view = self._tab()

        async def rename(typed: str) -> str:
            from pmtui.domain.commands import EditFields, FieldEdit

            return await view.desk.attempt(EditFields((FieldEdit(kind, entity.id, field, seen, clean_line(typed)),)))

        view.desk.ask(
            Question(field, rename, value=text or seen, draft_key=f"item:{entity.id}:{field}"),
            at=lambda: view.title_region(entity.id) if view.display else None,
        )

    def action_form(self) -> None:
        """The whole record."""
        if self.thing():
            self._tab().desk.open_form(self._tab().cursor)

    def action_owner(self) -> None:
        """One owner for all; a new name is typed."""
        view = self._tab()
        targets = view.targets_of()
        if targets is None:
            return
        kind, ids = targets
        field = OWNER_FIELDS.get(kind, "owner")
        if not field:
            view.desk.say("A product has no owner here; its objectives and key results have.")
            return
        people = owners(view.plan)
        seen = view.plan

        async def give(typed: str) -> str:
            return await view.desk.attempt(self.set_all(kind, ids, field, clean_line(typed.lstrip("@"), 80), seen))

        now = {str(getattr(view.plan.find(kind, id_), field)) for id_ in ids}
        view.desk.ask(
            Question(
                f"{field} of {self.who(kind, ids)}",
                give,
                value=now.pop() if len(now) == 1 else "",
                placeholder="a name; empty takes it off",
                complete=lambda text: [name for name in people if name.startswith(text)] if text else [],
            )
        )

    def action_archive(self) -> None:
        """Into the archive, or out of it where all of them are there already."""
        from pmtui.domain.commands import Archive, Restore

        view = self._tab()
        targets = view.targets_of()
        if targets is None:
            return
        kind, ids = targets
        archived = all(getattr(view.plan.find(kind, id_), "archived", False) for id_ in ids)

        def done(changes: Changes) -> None:
            view.marks.difference_update(ids)
            view.desk.say(f"{changes.label}   u takes it back")

        view.desk.perform(Restore(kind, ids) if archived else Archive(kind, ids), done)

    def action_thread(self) -> None:
        """Why above, how below; from there to any of it."""
        found = self.thing()
        if found:
            self._tab().desk.open_thread(found[0], found[1].id)

    def action_promote(self) -> None:
        """The next step of its life: an item becomes a card, a card or an item becomes tasks."""
        targets = self._tab().targets_of()
        if targets is not None:
            self._tab().desk.promote(*targets)

    def action_copy(self) -> None:
        """Key and title, a line each."""
        view = self._tab()
        targets = view.targets_of()
        if targets is not None:
            kind, ids = targets
            found = [view.plan.find(kind, id_) for id_ in ids]
            view.desk.copy("\n".join(f"{getattr(one, 'key', '')} {getattr(one, title_field(kind))}" for one in found))

    def action_copy_markdown(self) -> None:
        """The records as Markdown."""
        from pmtui.ui.records import markdown

        view = self._tab()
        targets = view.targets_of()
        if targets is not None:
            view.desk.copy("\n\n".join(markdown(view.plan, targets.kind, id_) for id_ in targets.ids))


def owners(plan: Plan) -> list[str]:
    """Everybody who looks after something that is not in the archive, in alphabetical order."""
    kinds = ("objective", "key_result", "initiative", "backlog_item", "task")
    names = {thing.owner for kind in kinds for thing in plan.of(kind).values() if not thing.archived}
    names |= {project.manager for project in plan.projects.values() if not project.archived}
    return sorted(names - {""})
