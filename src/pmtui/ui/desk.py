"""What every view asks of the app: the plan, a way to act on it, and a way to ask the user.

A view depends on this protocol and not on the app, so that views and app do not import each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from pmtui.domain.plan import Plan
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.question import Choice, Place, Question

if TYPE_CHECKING:
    from pmtui.domain.changes import Changes
    from pmtui.domain.commands import Command


class Desk(Protocol):
    """The app as a view sees it."""

    @property
    def plan(self) -> Plan:
        """The newest plan."""

    @property
    def glyphs(self) -> Glyphs:
        """The characters to draw with."""

    def today(self) -> date:
        """The plan day."""

    def new_id(self) -> str:
        """A fresh id."""

    def perform(self, command: Command, done: Callable[[Changes], None] | None = None) -> None:
        """Do it behind the scenes; what goes wrong is said to the user. *done* hears what changed."""

    async def attempt(self, command: Command) -> str:
        """Do it and wait; "" where all is well, else the sentence for the user."""

    def ask(self, question: Question, at: Place | None = None) -> None:
        """Put a question into the prompt; *at* keeps it on a place that may move."""

    def choose(
        self,
        title: str,
        find: Callable[[str], Sequence[Choice]],
        done: Callable[[str], None],
        hint: str = "",
        begin: int = 0,
    ) -> None:
        """Let the user choose one of what *find* answers for the text typed; *done* hears its id.

        *begin* is the index of the choice to begin on.
        """

    def read(self, title: str, lines: list[tuple[tuple[str, str], ...]]) -> None:
        """Show lines to read."""

    def say(self, text: str, *, problem: bool = False) -> None:
        """Tell the user something in passing."""

    def copy(self, text: str) -> None:
        """Put text on the clipboard of the user's terminal."""

    def open_form(self, entity_id: str, start: str = "") -> None:
        """Show the whole record of a thing; *start* is the field to begin in."""

    def open_thread(self, kind: str, entity_id: str) -> None:
        """Show why a thing is there and what it leads to; the user may go to any of it."""

    def promote(self, kind: str, ids: tuple[str, ...]) -> None:
        """Ask what to make of items or cards: a card, tasks."""

    def go(self, entity_id: str) -> None:
        """Put the cursor on a thing, in the tab where it is at home."""
