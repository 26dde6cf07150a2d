"""Keys of the Matrix that score: nudging along an axis, and typing numbers item after item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.fields import specs
from pmtui.domain.text import clean_line
from pmtui.planning.scoring import inputs, score
from pmtui.ui.question import Question

if TYPE_CHECKING:
    from pmtui.ui.matrix.view import MatrixView

AXIS_FIELDS = {
    "value/effort": ("effort", "value"),
    "RICE": ("person_months", "impact"),
    "WSJF": ("job_size", "business_value"),
}
"""The fields that `HL` and `JK` nudge under each method."""


class RatingKeys:
    """The part of `MatrixView` that scores."""

    def _view(self) -> MatrixView:
        return cast("MatrixView", self)

    def action_nudge(self, across: int, up: int) -> None:
        """One step along an axis of the method, for the marked items or the one under the cursor."""
        across_field, up_field = AXIS_FIELDS[self._view().choices.method]
        self.action_nudge_field(across_field if across else up_field, across or up)

    def action_nudge_field(self, field: str, steps: int) -> None:
        """One step of any score."""
        from pmtui.domain.commands import NudgeScore

        view = self._view()
        if targets := view.targets():
            view.desk.perform(NudgeScore(targets, field, steps))

    def action_score(self) -> None:
        """The numbers of the marked items or of this one; then the next unscored item is asked for."""
        from pmtui.domain.commands import EditFields
        from pmtui.ui.editing import field_text, score_edits

        view = self._view()
        targets = view.targets()
        if not targets:
            return
        names = inputs(view.choices.method)
        item = view.plan.backlog_items[targets[0]]
        following = "" if view.marks else self._next_unscored(item.id)
        seen = view.plan

        async def give(typed: str) -> str:
            if typed.strip():
                try:
                    edits = score_edits(view.plan, seen, targets, names, typed, view.desk.today())
                except Refused as refused:
                    return refused.sentence
                problem = await view.desk.attempt(EditFields(edits))
                if problem:
                    return problem
                now = view.plan.backlog_items.get(item.id)
                missing = score(view.choices.method, now).missing if now else ()
                if missing and not view.marks:
                    view.desk.say(f"{item.key} still has {_words(missing)}: type the rest, or Enter goes on.")
                    self.action_score()
                    return ""
            if following and following in view.arrangement.index:
                view.put_cursor(following)
                self.action_score()
            return ""

        titles = " ".join(specs(BacklogItem)[name].title.replace(" ", "-") for name in names)
        who = f"{len(targets)} items" if len(targets) > 1 else f"{item.key} {clean_line(item.title, 24)}"
        has = " ".join(field_text(view.plan, item, name) or "-" for name in names)
        view.desk.ask(Question(f"{who} (Esc ends):", give, placeholder=f"{titles}   now {has}", draft_key=""))

    def _next_unscored(self, item_id: str) -> str:
        view = self._view()
        ids = view.arrangement.ids
        at = ids.index(item_id) if item_id in ids else -1
        waiting = [id_ for id_ in ids[at + 1 :] + ids[: max(0, at)] if view.arrangement.ranked[id_].score.value is None]
        return waiting[0] if waiting else ""


def _words(names: Sequence[str]) -> str:
    return " and ".join(f"no {specs(BacklogItem)[name].title}" for name in names)
