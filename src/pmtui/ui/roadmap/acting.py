"""Keys of the Roadmap that change the plan. Each builds a command and hands it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pmtui.domain.entities.backlog import STATES, State
from pmtui.domain.entities.roadmap import HORIZONS
from pmtui.domain.errors import Refused
from pmtui.domain.plan import key_order
from pmtui.domain.relations import items_of
from pmtui.ui.draw.roadmap import lane_below, lane_name
from pmtui.ui.question import Choice, Question, among

if TYPE_CHECKING:
    from pmtui.domain.fields import Scalar
    from pmtui.ui.roadmap.view import RoadmapView


class ActingKeys:
    """The part of `RoadmapView` that changes things."""

    def _view(self) -> RoadmapView:
        return cast("RoadmapView", self)

    def action_add(self, text: str = "") -> None:
        """In the lane and the column of the cursor; *text* is unfinished text to go on with."""
        from pmtui.domain.capture import parse_thing
        from pmtui.ui.editing import completed

        view = self._view()
        context = self._place_says()

        async def add(typed: str) -> str:
            if not typed.strip():
                return ""
            try:
                command = parse_thing("initiative", typed, view.plan, view.desk.today(), view.desk.new_id, **context)
            except Refused as refused:
                return refused.sentence
            problem = await view.desk.attempt(command)
            if not problem:
                view.put_cursor(command.id)
            return problem

        view.desk.ask(
            Question(
                self._where(context),
                add,
                value=text,
                placeholder="outcome  lane:Trust horizon:next objective:O-2 @owner",
                complete=lambda typed: completed(typed, view.plan, "initiative"),
                draft_key="add:roadmap",
                again=True,
            )
        )

    def _place_says(self) -> dict[str, Scalar]:
        """What the place of the cursor says about a new card there."""
        view = self._view()
        card, board = view.here, view.board
        context: dict[str, Scalar] = {}
        if card is not None:
            context = {name: value for name in ("lane", "product_id") if (value := getattr(card, name))}
        column = board.columns[board.place[view.cursor][1] if view.cursor in board.place else board.today]
        if view.mode == "horizon":
            context["horizon"] = HORIZONS[board.columns.index(column)]
        elif column.first and column.last:
            context |= {"window_start": column.first, "window_end": column.last}
        return context

    def _where(self, context: dict[str, Scalar]) -> str:
        view = self._view()
        board = view.board
        column = board.columns[board.place[view.cursor][1] if view.cursor in board.place else board.today]
        return f"add to {lane_name(str(context.get('lane', '')))[:20]}, {column.title}"

    def action_add_child(self, text: str = "") -> None:
        """An item into this card."""
        from pmtui.domain.capture import parse_thing
        from pmtui.ui.editing import completed

        view = self._view()
        card = view.here
        if card is None:
            view.desk.say("There is no card to put an item into: a adds one.")
            return
        context: dict[str, Scalar] = {"initiative_id": card.id}
        context |= {name: value for name in ("product_id", "objective_id") if (value := getattr(card, name))}

        async def add(typed: str) -> str:
            if not typed.strip():
                return ""
            try:
                command = parse_thing("backlog_item", typed, view.plan, view.desk.today(), view.desk.new_id, **context)
            except Refused as refused:
                return refused.sentence
            return await view.desk.attempt(command)

        view.desk.ask(
            Question(
                f"add an item to {card.key}",
                add,
                value=text,
                placeholder="title  value:8 effort:3 #tag @owner",
                complete=lambda typed: completed(typed, view.plan, "backlog_item"),
                draft_key="add",
                again=True,
            )
        )

    def action_shift(self, steps: int) -> None:
        """Earlier or later by columns of the present view."""
        from pmtui.domain.commands import MoveInitiatives

        view = self._view()
        targets = view.targets()
        if not targets:
            return
        if view.mode == "horizon":
            ends = {HORIZONS[0] if steps < 0 else HORIZONS[-1]}
            if {view.plan.initiatives[id_].horizon for id_ in targets} == ends:
                view.desk.say(f"Nothing is {'earlier than now' if steps < 0 else 'later than later'}.")
                return
        view.desk.perform(MoveInitiatives(targets, steps, view.mode, view.desk.today()))

    def action_lane(self, by: int) -> None:
        """To the lane below or above, as they are seen."""
        from pmtui.domain.commands import EditFields, FieldEdit

        view = self._view()
        cards = [view.plan.initiatives[id_] for id_ in view.targets()]
        if not cards:
            return
        moves = [(card, lane) for card in cards if (lane := lane_below(view.board, card.lane, by)) is not None]
        if not moves:
            where = "last" if by > 0 else "first"
            view.desk.say(f"That is the {where} lane. A new lane is typed into the record: E, or a ... lane:Name.")
            return
        edits = tuple(FieldEdit("initiative", card.id, "lane", card.lane, lane) for card, lane in moves)
        view.desk.perform(EditFields(edits))

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
        view.desk.choose(f"state of {view.who('initiative', targets)}", among(choices), chosen)

    def _ask_reason(self, targets: tuple[str, ...], state: State) -> None:
        from pmtui.domain.commands import SetState

        view = self._view()

        async def with_reason(reason: str) -> str:
            return await view.desk.attempt(SetState(targets, state, reason))

        view.desk.ask(Question(f"{state} because", with_reason, placeholder="the reason stays with the card"))

    def action_promise(self, text: str = "") -> None:
        """Make the promise of a card, change it with a reason, or take it back; *text* is unfinished text."""
        from pmtui.domain.commands import MakePromise
        from pmtui.domain.promises import EXAMPLE, parse_promise, promise_text

        view = self._view()
        card = view.here
        if card is None:
            return
        if len(view.marks) > 1:
            view.desk.say("A promise is made for one card at a time: unmark the others with Esc first.", problem=True)
            return
        if view.marks:
            card = view.plan.initiatives[view.targets()[0]]
        seen, card_id = card.promise_end, card.id
        rest = (card.promise_start, card.confidence, card.audience)

        async def promise(typed: str) -> str:
            try:
                made = parse_promise(typed, view.desk.today())
            except Refused as refused:
                return refused.sentence
            return await view.desk.attempt(
                MakePromise(card_id, made.start, made.end, made.confidence, made.audience, made.reason, seen, rest)
            )

        now = promise_text(card)
        label = f"promise of {card.key}"
        if now:
            label += " (change it ... because WHY; - takes it back)"
        view.desk.ask(
            Question(
                label if view.size.width >= 100 else f"promise {card.key}",
                promise,
                value=text or now,
                placeholder=f"until when, how sure, to whom: {EXAMPLE}",
                draft_key=f"promise:{card.id}:promise_end",
            )
        )

    def action_bind_to(self) -> None:
        """Put an item into the card, or take one out."""
        from pmtui.domain.commands import EditFields, FieldEdit
        from pmtui.planning.jump import find
        from pmtui.ui.editing import still_there

        view = self._view()
        card = view.here
        if card is None:
            view.desk.say("There is no card to put an item into: a adds one.")
            return
        own = items_of(view.plan).get(card.id, ())

        def choice(item_id: str) -> Choice:
            item = view.plan.backlog_items[item_id]
            other = view.plan.initiatives.get(item.initiative_id or "")
            note = "in this card: Enter takes it out" if item_id in own else f"now in {other.key}" if other else ""
            return Choice(item.id, item.key, item.title, note)

        loose = [
            item.id
            for item in sorted(view.plan.backlog_items.values(), key=lambda item: key_order(item.key))
            if not item.archived and item.initiative_id is None and item.state in STATES[:4]
        ]

        def choices(text: str) -> list[Choice]:
            if not text:
                return [choice(id_) for id_ in (*loose[:200], *own) if id_ in view.plan.backlog_items]
            return [choice(hit.id) for hit in find(view.plan, text, 60) if hit.kind == "backlog_item"]

        def chosen(item_id: str) -> None:
            (item_id,) = still_there(view.plan, "backlog_item", (item_id,))
            item = view.plan.backlog_items[item_id]
            to = None if item_id in own else card.id
            edit = FieldEdit("backlog_item", item_id, "initiative_id", item.initiative_id, to)
            view.desk.perform(EditFields((edit,)))

        view.desk.choose(f"which item belongs into {card.key}?", choices, chosen)

    def action_starter(self) -> None:
        """A starter roadmap, where there is none yet."""
        from pmtui.domain.commands import StartRoadmap
        from pmtui.domain.starter import CARDS

        view = self._view()
        ids = tuple(view.desk.new_id() for _ in CARDS)
        view.desk.perform(StartRoadmap(ids), lambda _changes: view.put_cursor(ids[0]))
