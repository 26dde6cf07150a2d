"""A desk to work at: a plan in memory, changed by commands alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from pmtui.domain.changes import Changes
from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import AddDependency, AddItem, AddObjective, AddProduct, Command, TagItems
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan, tags_of
from pmtui.domain.rules import decide

TODAY = date(2026, 11, 23)


class Desk:
    """Adds things in one word each and remembers the newest plan."""

    def __init__(self) -> None:
        self.clock = fixed_clock(TODAY)
        self.today = TODAY
        self.plan = Plan()
        self.last = Changes((), "")

    def do(self, command: Command) -> Changes:
        self.last = decide(self.plan, command, self.today)
        self.plan = self.plan.apply(self.last)
        return self.last

    def refused(self, command: Command) -> str:
        """The sentence with which a command is refused; the plan stays the same object."""
        with pytest.raises(Refused) as caught:
            decide(self.plan, command, self.today)
        return caught.value.sentence

    def item(self, title: str = "Thing", /, *, tags: Sequence[str] = (), **fields) -> str:
        """A new item's id."""
        new = self.clock.new_id()
        self.do(AddItem(new, title, fields, {tag: self.clock.new_id() for tag in tags}))
        return new

    def product(self, name: str = "Fieldnote") -> str:
        new = self.clock.new_id()
        self.do(AddProduct(new, name))
        return new

    def objective(self, title: str = "Less waiting", **fields) -> str:
        new = self.clock.new_id()
        self.do(AddObjective(new, title, **fields))
        return new

    def needs(self, item_id: str, needed_id: str) -> None:
        self.do(AddDependency(item_id, needed_id))

    def tag(self, item_id: str, *names: str) -> None:
        self.do(TagItems((item_id,), {name: self.clock.new_id() for name in names}))

    def tags(self, item_id: str) -> tuple[str, ...]:
        return tags_of(self.plan).get(item_id, ())

    def __getitem__(self, item_id: str) -> BacklogItem:
        return self.plan.backlog_items[item_id]


@pytest.fixture
def desk() -> Desk:
    return Desk()
