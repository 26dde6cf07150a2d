"""What the Matrix shows and in which order: a plan and a few choices in, rows out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count, islice
from operator import attrgetter
from typing import NamedTuple

from pmtui.domain.entities.backlog import PRIORITIES, STATES, BacklogItem
from pmtui.domain.plan import Plan, key_order
from pmtui.planning.query import Query, live, parse
from pmtui.planning.scoring import Ranked, rank
from pmtui.planning.tree import outline

SORTS = ("rank", "outline", "key", "title", "state", "priority", "newest")
"""The orders of the list, in the order in which one key goes through them."""

VIEWS: Mapping[str, str] = {
    "open": "is:open",
    "all": "",
    "unscored": "is:open is:unscored",
    "launched": "is:launched",
    "archive": "is:archived",
}
"""The views that every plan has, each with its filter."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose to see."""

    view: str = "open"
    """The name of a built-in or saved view."""
    base: str = VIEWS["open"]
    """The filter of that view."""
    filter: str = ""
    """What is typed into the filter on top of it."""
    method: str = "value/effort"
    sort: str = "rank"


class Row(NamedTuple):
    """One line of the list: an item, or a rule with a title between groups."""

    id: str
    """The item's id; "" for a rule."""
    rank: int = 0
    """Place by the method, from 1; 0 where there is no score."""
    depth: int = 0
    title: str = ""
    """The title of a rule."""


_ID = attrgetter("id")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The rows of the list and what the heading says of them."""

    rows: tuple[Row, ...] = ()
    index: Mapping[str, int] = field(default_factory=dict)
    """The position of each item's row."""
    ranked: Mapping[str, Ranked] = field(default_factory=dict)
    """What the method makes of each item, best first, those without a score behind."""
    scored: int = 0
    unscored: int = 0
    total: int = 0
    """Items of the plan that are not in the archive."""
    problem: str = ""
    """What is wrong with the filter, in a sentence."""

    @property
    def ids(self) -> list[str]:
        """The ids of the items shown, in their order."""
        return [row.id for row in self.rows if row.id]

    @property
    def best(self) -> list[str]:
        """The ids of the items that have a score, best first."""
        return list(islice(self.ranked, self.scored))


def arrange(plan: Plan, choices: Choices) -> Arrangement:
    """The rows for these choices. Unscored items come last under a rule, in the tray."""
    query: Query = parse(f"{choices.base} {choices.filter}".strip())
    ranked = rank(plan, choices.method, query.select(plan, choices.method))
    scored = bisect_left(ranked, True, key=lambda entry: entry.score.value is None)  # noqa: FBT003 - what is looked for
    ids = [entry.id for entry in ranked]
    rows = _rows(plan, ids, scored, choices.sort)
    index = dict(zip(map(_ID, rows), count(), strict=False))
    index.pop("", None)
    return Arrangement(
        rows=tuple(rows),
        index=index,
        ranked=dict(zip(ids, ranked, strict=True)),
        scored=scored,
        unscored=len(ids) - scored,
        total=len(live(plan)),
        problem=query.problem,
    )


def _rows(plan: Plan, ids: list[str], scored: int, sort: str) -> list[Row]:
    """The rows of *ids*, of which the first *scored* have a place and the others none."""
    if sort == "rank":
        rows = list(map(Row, ids[:scored], range(1, scored + 1)))
        tray = list(map(Row, ids[scored:]))
        return [*rows, Row("", title="unscored"), *tray] if tray else rows
    places = dict(zip(ids[:scored], range(1, scored + 1), strict=True))
    if sort == "outline":
        return [Row(id_, places.get(id_, 0), depth) for id_, depth in outline(plan, ids)]
    items = [plan.backlog_items[id_] for id_ in ids]
    return [Row(item.id, places.get(item.id, 0)) for item in _sorted(items, sort)]


def _sorted(items: list[BacklogItem], sort: str) -> list[BacklogItem]:
    match sort:
        case "title":
            return sorted(items, key=lambda item: (item.title.casefold(), key_order(item.key)))
        case "state":
            return sorted(items, key=lambda item: STATES.index(item.state))
        case "priority":
            return sorted(items, key=lambda item: -PRIORITIES.index(item.priority))
        case "newest":
            return sorted(items, key=lambda item: key_order(item.key), reverse=True)
        case _:
            return sorted(items, key=lambda item: key_order(item.key))
