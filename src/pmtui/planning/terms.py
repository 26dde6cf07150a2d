"""The terms of a filter: `#ops`, `state:idea`, `value>5`, each read once and then asked of many items."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from pmtui.domain.entities.backlog import OPEN_STATES, STATES, BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.fields import specs
from pmtui.domain.numbers import parse_day, parse_number, parse_share
from pmtui.domain.plan import Plan, by_key, children, derived, tags_of
from pmtui.domain.text import quoted
from pmtui.domain.words import ITEM_WORDS, beginning, find_priority, find_state, fold
from pmtui.planning.scoring import score

Test = Callable[[BacklogItem], bool]
Value = str | float | date

_SIGNS = {"#": "tag", "@": "owner", "!": "priority"}
_TERM = re.compile(r"([^\W\d][\w-]*)(<=|>=|=|<|>|:)(.*)", re.DOTALL)
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    ":": operator.eq,
}
_SCORES = {"score": "", "rice": "RICE", "wsjf": "WSJF", "ratio": "value/effort"}
_NUMBERS: Mapping[str, str] = {
    word: field
    for word, field in [*ITEM_WORDS.items(), *((name, name) for name in specs(BacklogItem))]
    if specs(BacklogItem)[field].type == "number"
}
_WORDS = ("tag", "owner", "priority", "state", "parent", "card", "objective", "product", "is", "no")
_IS = (
    "open",
    "scored",
    "unscored",
    "archived",
    "launched",
    "declined",
    "parent",
    "leaf",
    "blocked",
    "ready",
    "any",
)
_EMPTY: Mapping[str, str] = {
    "owner": "owner",
    "priority": "priority",
    "parent": "parent_id",
    "card": "initiative_id",
    "objective": "objective_id",
    "product": "product_id",
    "notes": "notes",
    "created": "created_on",
}


class TermError(Exception):
    """A term that cannot be understood, with a sentence for the heading."""

    def __init__(self, sentence: str, *, unfinished: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.unfinished = unfinished
        """Whether the term has only been begun: then it asks for nothing yet."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what is asked of an item, and whether it must be false."""

    name: str
    operator: str
    value: Value
    negated: bool = False

    @staticmethod
    def read(head: str, quote: str | None, *, negated: bool) -> Term | None:
        """The term in a word as typed, with the text in quotation marks behind it; None for a plain word.

        Raises `TermError` where it looks like a term and is none.
        """
        if head[:1] in _SIGNS:
            name, raw = _SIGNS[head[0]], head[1:] + (quote or "")
            if not raw.strip():
                raise TermError(f"Type the {name} behind the {head[0]}", unfinished=True)
            return Term(name, ":", _word_value(name, raw), negated)
        parts = _TERM.fullmatch(head)
        if parts is None:
            return None
        name, sign, raw = fold(parts[1]).replace("-", "_"), parts[2], parts[3] + (quote or "")
        if not (name in _WORDS or name in _NUMBERS or name in _SCORES or name == "created"):
            raise TermError(f"There is no field {quoted(parts[1])} to filter by; it is searched for as text.")
        if not raw.strip():
            raise TermError(f"Type what {parts[1]} should be, behind the {sign}", unfinished=True)
        if name in _WORDS:
            if sign not in (":", "="):
                raise TermError(f"{parts[1]} cannot be compared with {sign}; type {parts[1]}:{raw}.")
            return Term(name, ":", _word_value(name, raw), negated)
        return Term(name, sign, _number_value(name, raw), negated)


def _word_value(name: str, raw: str) -> str:
    word = fold(raw.strip())
    found: str | None = word
    match name:
        case "state":
            found = find_state(raw)
        case "priority":
            found = find_priority(raw)
        case "is":
            found = beginning(word, _IS)
        case "no":
            found = word if word == "tag" or word in _EMPTY or word in _NUMBERS else None
        case "tag":
            found = word.lstrip("#")
    if found is None:
        begun = {"state": STATES, "is": _IS}.get(name, ())
        if any(known.startswith(word) for known in begun):
            raise TermError(f"Type more of what {name} should be: {', '.join(begun)}", unfinished=True)
        raise TermError(f"{quoted(raw)} is nothing that {name}: knows; it is searched for as text.")
    return found


def _number_value(name: str, raw: str) -> Value:
    try:
        if name == "created":
            return parse_day(raw, None, name)
        return parse_share(raw, name) if _NUMBERS.get(name) == "confidence" else parse_number(raw, name)
    except Refused as refused:
        raise TermError(refused.sentence) from None


def compile_term(term: Term, plan: Plan, method_id: str) -> Test:
    """The question that a term asks of each item of this plan, its negation left aside."""
    if term.name in _NUMBERS or term.name in _SCORES or term.name == "created":
        return _comparison(term, method_id)
    word = str(term.value)
    match term.name:
        case "state":
            return lambda item: item.state == word
        case "priority":
            return lambda item: item.priority == word
        case "owner":
            return lambda item: any(part.startswith(word) for part in _parts(item.owner))
        case "tag":
            return _tag_test(plan, word)
        case "parent":
            below = _below(plan, word)
            return lambda item: item.id in below
        case "card" | "objective" | "product":
            known = by_key(plan).get(word.upper())
            name = _EMPTY[term.name]
            return lambda item: known is not None and getattr(item, name) == known[1]
        case "no":
            return _empty_test(plan, word)
        case _:
            return _is_test(plan, word, method_id)


def _parts(owner: str) -> tuple[str, ...]:
    folded = fold(owner)
    return (folded, *folded.split())


def _comparison(term: Term, method_id: str) -> Test:
    compare = _COMPARE[term.operator]
    wanted = cast("float", term.value)
    if term.name in _SCORES:
        method = _SCORES[term.name] or method_id
        return lambda item: (value := score(method, item).value) is not None and compare(value, wanted)
    field = "created_on" if term.name == "created" else _NUMBERS[term.name]
    get = operator.attrgetter(field)
    return lambda item: (value := get(item)) is not None and compare(value, wanted)


def _tag_test(plan: Plan, word: str) -> Test:
    names = {tag.name for tag in plan.tags.values()}
    # A whole tag is meant exactly; the beginning of one finds all that begin so, while it is typed.
    wanted = {name for name in names if fold(name) == word} or {name for name in names if fold(name).startswith(word)}
    tagged = {item_id for item_id, found in tags_of(plan).items() if not wanted.isdisjoint(found)}
    return lambda item: item.id in tagged


def _below(plan: Plan, key: str) -> set[str]:
    known = by_key(plan).get(key.upper())
    tree = children(plan)
    found: set[str] = set()
    stack = [known[1]] if known and known[0] == "backlog_item" else []
    while stack:
        for child in tree.get(stack.pop(), ()):
            if child not in found:
                found.add(child)
                stack.append(child)
    return found


def _empty_test(plan: Plan, word: str) -> Test:
    if word == "tag":
        tags = tags_of(plan)
        return lambda item: item.id not in tags
    get = operator.attrgetter(_EMPTY.get(word) or _NUMBERS[word])
    return lambda item: get(item) in (None, "")


def _is_test(plan: Plan, word: str, method_id: str) -> Test:
    match word:
        case "open":
            return lambda item: item.state in OPEN_STATES
        case "scored" | "unscored":
            wanted = word == "scored"
            return lambda item: (score(method_id, item).value is not None) is wanted
        case "archived":
            return lambda item: item.archived
        case "launched" | "declined":
            return lambda item: item.state == word
        case "parent" | "leaf":
            parents, is_parent = _parents(plan), word == "parent"
            return lambda item: (item.id in parents) is is_parent
        case "blocked":
            waiting = blocked(plan)
            return lambda item: item.id in waiting
        case "ready":
            held = blocked(plan)
            return lambda item: item.state in OPEN_STATES and item.id not in held
        case _:
            return lambda _item: True


@derived("backlog_item")
def _parents(plan: Plan) -> frozenset[str | None]:
    return frozenset(item.parent_id for item in plan.backlog_items.values() if not item.archived)


@derived("backlog_item", "item_dependency")
def blocked(plan: Plan) -> frozenset[str]:
    """The open items that need another open item first; archived items neither wait nor hold anything up."""
    items = plan.backlog_items
    opened = {id_ for id_, item in items.items() if item.state in OPEN_STATES and not item.archived}
    links = plan.item_dependencies.values()
    return frozenset(link.item_id for link in links if link.item_id in opened and link.needs_id in opened)
