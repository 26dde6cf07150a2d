"""The filter of the roadmap: words and terms as they are typed, and the cards that they mean.

Parsing never fails, because it runs on every key: a term that cannot be understood is searched for
as plain words, and `CardQuery.problem` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pmtui.domain.entities.roadmap import HORIZONS, Initiative
from pmtui.domain.lifecycle import OPEN_STATES
from pmtui.domain.plan import Plan, by_key
from pmtui.domain.text import quoted
from pmtui.domain.words import beginning, find_state, fold

Test = Callable[[Initiative], bool]

_TOKEN = re.compile(r"""(?P<not>-(?=\S))?(?:(?P<name>[^\W\d]\w*):|(?P<sign>@))?(?:"(?P<quote>[^"]*)"?|(?P<rest>\S*))""")
_NAMES = ("lane", "state", "owner", "objective", "product", "horizon", "is", "no")
_IS = ("open", "promised", "kept", "broken", "unbacked", "launched", "declined", "archived", "any")
_EMPTY = {
    "lane": "lane",
    "owner": "owner",
    "objective": "objective_id",
    "product": "product_id",
    "outcome": "outcome",
    "promise": "promise_end",
    "date": "window_start",
}

TERMS = (
    ("word other", "both words, in key, title, lane, outcome or owner"),
    ("-word  -lane:x", "not this word, not this term"),
    ('lane:trust  lane:"two words"', "in the lane; the beginning is enough"),
    ("@ann  owner:ann", "looked after by"),
    ("state:planned  horizon:now", "in the state, in the column"),
    ("objective:O-2  product:P-1", "serves the objective, belongs to the product"),
    ("is:promised", "has a promise"),
    ("is:broken", "its work ends after what was promised, or that day is past"),
    ("is:kept  is:unbacked", "ends in time; promised without planned work"),
    ("is:open  is:launched  is:declined", "by its state"),
    ("is:archived  is:any", "in the archive; in the archive or not"),
    ("no:owner", "has none (or lane, objective, product, outcome, promise, date)"),
)
"""What can be typed, and what it means."""


class _Term(NamedTuple):
    name: str
    value: str
    negated: bool


@dataclass(frozen=True, slots=True)
class CardQuery:
    """A filter that has been understood as far as it goes."""

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    terms: tuple[_Term, ...] = ()
    problem: str = ""
    """What could not be understood, in a sentence; "" where all was."""

    def select(self, plan: Plan, today: date) -> list[Initiative]:
        """The cards that match, in the order of the plan; archived ones only where the filter asks for them."""
        asks = any(term.name == "is" and term.value in ("archived", "any") for term in self.terms)
        found = [card for card in plan.initiatives.values() if asks or not card.archived]
        for word in self.words:
            found = [card for card in found if word in _hay(card)]
        for word in self.without:
            found = [card for card in found if word not in _hay(card)]
        for term in self.terms:
            test, wanted = _test(plan, term, today), not term.negated
            found = [card for card in found if test(card) is wanted]
        return found


def parse_card_query(text: str) -> CardQuery:
    """What a filter means. Never raises."""
    words: list[str] = []
    without: list[str] = []
    terms: list[_Term] = []
    problem = ""
    for token in _TOKEN.finditer(text):
        value = fold((token["quote"] if token["quote"] is not None else token["rest"] or "").strip())
        name = "owner" if token["sign"] else fold(token["name"] or "")
        if name and not value:
            problem = problem or f"Type what {name} should be"
            continue
        known = _value(name, value) if name in _NAMES else None
        if known is not None:
            terms.append(_Term(name, known, token["not"] is not None))
            continue
        if name:
            problem = problem or _not_known(name, value)
            value = f"{name}:{value}"
        if value and value != "-":
            (without if token["not"] else words).append(value)
    return CardQuery(tuple(words), tuple(without), tuple(terms), problem)


def _value(name: str, value: str) -> str | None:
    match name:
        case "state":
            return find_state(value)
        case "horizon":
            return beginning(value, HORIZONS)
        case "is":
            return beginning(value, _IS)
        case "no":
            return beginning(value, _EMPTY)
    return value


def _not_known(name: str, value: str) -> str:
    choices = {"is": _IS, "no": tuple(_EMPTY), "horizon": HORIZONS}.get(name, ())
    if choices:
        return f"{quoted(value)} is nothing that {name}: knows; it knows {', '.join(choices)}."
    return f"{quoted(f'{name}:{value}')} is no term of this filter; it is searched for as text."


def _hay(card: Initiative) -> str:
    return fold(f"{card.key}\n{card.title}\n{card.lane}\n{card.outcome}\n{card.owner}\n{card.external_id or ''}")


def _test(plan: Plan, term: _Term, today: date) -> Test:
    value = term.value
    match term.name:
        case "state":
            return lambda card: card.state == value
        case "horizon":
            return lambda card: card.horizon == value
        case "lane":
            return lambda card: fold(card.lane).startswith(value)
        case "owner":
            return lambda card: any(part.startswith(value) for part in (fold(card.owner), *fold(card.owner).split()))
        case "objective" | "product":
            known = by_key(plan).get(value.upper())
            field = f"{term.name}_id"
            return lambda card: known is not None and getattr(card, field) == known[1]
        case "no":
            return lambda card: getattr(card, _EMPTY[value]) in (None, "")
    return _is_test(plan, value, today)


def _is_test(plan: Plan, value: str, today: date) -> Test:
    match value:
        case "open":
            return lambda card: card.state in OPEN_STATES
        case "launched" | "declined":
            return lambda card: card.state == value
        case "archived":
            return lambda card: card.archived
        case "promised":
            return lambda card: card.promise_end is not None
        case "kept" | "broken" | "unbacked":
            from pmtui.planning.forecast import promise_of

            return lambda card: promise_of(plan, card.id, today).state == value
    return lambda _card: True
