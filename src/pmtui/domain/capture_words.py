"""The words of capture: which word of a line is a field of which kind, and how a line falls into words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pmtui.domain.entities import KINDS
from pmtui.domain.fields import specs
from pmtui.domain.words import ITEM_WORDS, fold

FIXED = frozenset(("id", "key", "archived", "position"))
PROMISE = frozenset(("promise_start", "promise_end", "promised_on", "audience", "confidence"))
"""Fields of a card that are no words of capture: a promise is made with a key of its own."""
TAG_WORDS = frozenset(("tag", "tags"))
LINK_WORDS = frozenset(("after", "waits"))
"""Words of a task behind which its predecessors stand."""
WINDOW_WORDS = frozenset(("window",))
"""Words of a card behind which a month, a quarter or two days stand."""

SHORT: Mapping[str, Mapping[str, str]] = {
    "product": {"title": "name", "market": "target_market", "goals": "business_goals"},
    "objective": {"product": "product_id", "due": "due_on"},
    "key_result": {"objective": "objective_id", "from": "start", "now": "current", "to": "target"},
    "initiative": {
        "objective": "objective_id",
        "product": "product_id",
        "from": "window_start",
        "to": "window_end",
        "status": "state",
        "reason": "state_reason",
    },
    "backlog_item": {**ITEM_WORDS, "card": "initiative_id"},
    "project": {
        "title": "name",
        "product": "product_id",
        "start": "start_on",
        "from": "start_on",
        "metrics": "success_metrics",
    },
    "task": {
        "project": "project_id",
        "part": "parent_id",
        "parent": "parent_id",
        "item": "item_id",
        "card": "initiative_id",
        "dur": "duration",
        "for": "duration",
        "start": "start_no_earlier",
        "from": "start_no_earlier",
        "done": "percent_complete",
        "progress": "percent_complete",
    },
}
"""Short words for fields of each kind, beside the names of the fields themselves."""

SHOWN: Mapping[str, tuple[str, ...]] = {
    "product": ("stage", "market", "vision", "target_group", "needs", "features", "goals", "north_star", "category"),
    "objective": ("due", "product", "period", "ambition", "owner", "notes"),
    "key_result": ("objective", "start", "target", "current", "unit", "owner"),
    "initiative": (
        "lane", "horizon", "objective", "product", "from", "to", "window", "state", "owner", "outcome", "notes",
    ),
    "backlog_item": (
        "value", "effort", "reach", "impact", "confidence", "months", "bv", "tc", "rr", "size", "state", "priority",
        "owner", "tag", "parent", "card", "objective", "product", "notes", "created",
    ),
    "project": ("start", "manager", "product", "goal", "scope", "metrics"),
    "task": ("duration", "after", "owner", "done", "start", "part", "item", "card", "project", "notes"),
}  # fmt: skip
"""The words that completion offers, in a sensible order."""

SIGNS: Mapping[str, Mapping[str, str]] = {
    "product": {},
    "project": {"@": "manager"},
    "backlog_item": {"#": "tag", "@": "owner", "!": "priority"},
}
"""What a sign in front of a word means for a kind; for all others `@` is the owner."""

_DATES = ("due", "deadline", "start", "starts", "end", "ends", "finish", "until")
_WORK = ("duration", "dur", "estimate", "work", "after")
_WORTH = ("value", "effort", "reach", "impact", "priority", "prio", "tag", "tags")
"""Words that people try for a day, for work, and for what a backlog item alone has."""

_TO_TASKS = "press i to plan it as tasks, or add a task"
_TO_ITEMS = "backlog items have that; add an item"

ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "product": dict.fromkeys((*_DATES, *_WORK), "a product has no dates, its objectives and projects have")
    | dict.fromkeys(_WORTH, _TO_ITEMS),
    "objective": dict.fromkeys(("deadline", "end", "ends", "until"), "say the day of an objective as due:2w")
    | dict.fromkeys(("start", "target", "current", "unit"), "numbers come with its key results; add a key result")
    | dict.fromkeys(_WORTH, _TO_ITEMS),
    "key_result": dict.fromkeys(
        ("due", "deadline", "end", "until"), "a key result has no day of its own, its objective has"
    )
    | dict.fromkeys(_WORTH, _TO_ITEMS),
    "initiative": dict.fromkeys((*_WORK, "start", "end", "finish"), f"a card has no work of its own: {_TO_TASKS}")
    | dict.fromkeys(_WORTH, _TO_ITEMS)
    | dict.fromkeys(
        ("promise", "promised", "confidence", "audience", "due", "deadline", "until"),
        "a promise is made with P on the card, so that the history keeps it",
    ),
    "backlog_item": dict.fromkeys(
        (*_DATES, *_WORK), f"dates and work come with tasks, a backlog item has none: {_TO_TASKS}"
    ),
    "project": dict.fromkeys(
        ("due", "deadline", "end", "ends", "finish", "until", *_WORK), "the end of a project is computed from its tasks"
    )
    | {"owner": "say who answers for a project as manager:ann"}
    | dict.fromkeys(_WORTH, _TO_ITEMS),
    "task": dict.fromkeys(
        ("due", "deadline", "end", "ends", "finish", "until", "to"),
        "the end of a task is computed from its duration and from what it waits for",
    )
    | dict.fromkeys(("work", "estimate", "effort"), "say the working time of a task as duration:3d")
    | dict.fromkeys(("state", "status"), "say how far a task is as done:50%")
    | dict.fromkeys(("value", "reach", "impact", "priority", "prio", "tag", "tags"), _TO_ITEMS),
}
"""Words that look like fields of a kind and are none, each with what there is instead."""


@cache
def words_of(kind: str) -> Mapping[str, str]:
    """The field that each word means for a kind, its own names included."""
    left_out = FIXED | (PROMISE if kind == "initiative" else frozenset())
    return {name: name for name in specs(KINDS[kind]) if name not in left_out} | dict(SHORT[kind])


def signs_of(kind: str) -> Mapping[str, str]:
    """The word that each sign stands for."""
    return SIGNS.get(kind, {"@": "owner"})


def is_word(kind: str, name: str) -> bool:
    """Whether a folded word in front of a colon is one of this kind."""
    return (
        name in words_of(kind)
        or (kind == "backlog_item" and name in TAG_WORDS)
        or (kind == "task" and name in LINK_WORDS)
        or (kind == "initiative" and name in WINDOW_WORDS)
    )


_TOKEN = re.compile(
    r"""(?:(?P<name>[^\W\d][\w-]*):|(?P<sign>[#@!])(?=["\w]))?(?:"(?P<quote>[^"]*)"(?=\s|$)|(?P<rest>\S*))"""
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a line, or several between quotation marks."""

    raw: str
    """As it was typed."""
    name: str
    """The field's word, folded; "" for a word of the title."""
    value: str
    quoted: bool


def tokens(text: str, kind: str) -> Iterator[Token]:
    """The words of a line, blanks between quotation marks kept."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            return
        at = match.end()
        yield _token(kind, match[0], match["name"], match["sign"], match["quote"], match["rest"])


def argument(word: str, kind: str) -> Token:
    """One word that a shell has taken apart already: blanks in it belong to it."""
    match = re.fullmatch(r"(?:(?P<name>[^\W\d][\w-]*):|(?P<sign>[#@!])(?=\w))?(?P<rest>.*)", word, re.DOTALL)
    if match is None or (" " in word and not match["name"]):
        return Token(word, "", word, quoted=True)
    return _token(kind, word, match["name"], match["sign"], None, match["rest"])


def _token(kind: str, raw: str, name: str | None, sign: str | None, quote: str | None, rest: str | None) -> Token:
    value = rest or "" if quote is None else quote
    word = fold(name).replace("-", "_") if name else signs_of(kind).get(sign, "") if sign else ""
    # A number behind # is another tool's issue, as in "Follow up on #12"; tag:12 still makes a tag.
    if sign == "#" and value.isdecimal():
        word = ""
    if not word or not is_word(kind, word):
        return Token(raw, "", quote if quote is not None and not name and not sign else raw, quote is not None)
    return Token(raw, word, value, quote is not None)


def one_slip(typed: str, known: str) -> bool:
    """Whether one letter too many, too few, wrong, or two letters swapped lie between the words."""
    if abs(len(typed) - len(known)) > 1 or typed == known:
        return False
    at = next((i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), min(len(typed), len(known)))
    rest, aim = typed[at:], known[at:]
    swapped = rest[:2] == aim[1::-1] and rest[2:] == aim[2:]
    return rest[1:] == aim[1:] or rest[1:] == aim or rest == aim[1:] or swapped
