"""The filter: words and terms as they are typed, and the items that they mean.

Parsing never fails, because it runs on every key: a term that cannot be understood is searched for
as plain words, and `Query.problem` says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.plan import Plan, derived, per_row
from pmtui.domain.words import fold
from pmtui.planning.terms import Term, TermError, compile_term

_TOKEN = re.compile(r"""(?P<not>-(?=\S))?(?P<head>[^\s"]*)(?:"(?P<quote>[^"]*)"?)?""")


@dataclass(frozen=True, slots=True)
class Query:
    """A filter that has been understood as far as it goes."""

    text: str
    """As it was typed."""
    words: tuple[str, ...] = ()
    """Folded words of which every one must occur."""
    without: tuple[str, ...] = ()
    """Folded words of which none may occur."""
    terms: tuple[Term, ...] = ()
    problem: str = ""
    """What could not be understood, in a sentence; "" where all was."""

    @property
    def shows_archive(self) -> bool:
        """Whether the filter asks for archived things itself; else they never match."""
        return any(term.name == "is" and not term.negated and term.value in ("archived", "any") for term in self.terms)

    def select(self, plan: Plan, method_id: str) -> list[str]:
        """The ids of the items that match, in the order of the plan.

        The method decides what `score` and `is:scored` mean.
        """
        items: Mapping[str, BacklogItem] = plan.backlog_items
        found = list(items) if self.shows_archive else list(live(plan))
        hay = haystacks(plan) if self.words or self.without else {}
        for word in self.words:
            tagged = _tagged(plan, word)
            found = [id_ for id_ in found if word in hay[id_] or id_ in tagged]
        for word in self.without:
            tagged = _tagged(plan, word)
            found = [id_ for id_ in found if word not in hay[id_] and id_ not in tagged]
        for term in self.terms:
            test, wanted = compile_term(term, plan, method_id), not term.negated
            found = [id_ for id_ in found if test(items[id_]) is wanted]
        return found


@derived("backlog_item")
def live(plan: Plan) -> tuple[str, ...]:
    """The ids of the items that are not in the archive, in the order of the plan."""
    return tuple(id_ for id_, item in plan.backlog_items.items() if not item.archived)


@per_row("backlog_item")
def haystacks(item: BacklogItem) -> str:
    """What plain words are looked for in, folded: key, title, external id and owner, a line each."""
    return fold(f"{item.key}\n{item.title}\n{item.external_id or ''}\n{item.owner}\n")


def _tagged(plan: Plan, word: str) -> frozenset[str]:
    names = {tag.id for tag in plan.tags.values() if word in fold(tag.name)}
    return frozenset(link.item_id for link in plan.item_tags.values() if link.tag_id in names) if names else frozenset()


def parse(text: str) -> Query:
    """What a filter means. Never raises; what is not understood becomes plain words and a `problem`."""
    words: list[str] = []
    without: list[str] = []
    terms: list[Term] = []
    problems: list[str] = []
    for negated, head, quote in _tokens(text):
        try:
            term = None if quote is not None and not head else Term.read(head, quote, negated=negated)
        except TermError as broken:
            problems.append(broken.sentence)
            if broken.unfinished:
                continue
            term = None
        if term is not None:
            terms.append(term)
        elif (word := fold(head + (quote or ""))) and word != "-":
            (without if negated else words).append(word)
    return Query(text, tuple(words), tuple(without), tuple(terms), problems[0] if problems else "")


def _tokens(text: str) -> list[tuple[bool, str, str | None]]:
    found: list[tuple[bool, str, str | None]] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _TOKEN.match(text, at)
        if token is None or token.end() == at:
            break
        at = token.end()
        found.append((token["not"] is not None, token["head"], token["quote"]))
    return found


HelpRow = tuple[str, str]

_HELP: tuple[HelpRow, ...] = (
    ("word other", "both words, in key, title, external id, tags or owner"),
    ('"two words"', "these words as they stand"),
    ("-word  -tag:x", "not this word, not this term"),
    ("#ops  tag:ops", "carries a tag that begins so"),
    ("@ann  owner:ann", "looked after by"),
    ("!high  priority:high", "has the priority"),
    ("state:idea", "is in the state; the beginning is enough"),
    ("parent:F-3", "is anywhere below that item"),
    ("card:C-3", "is in that card of the roadmap"),
    ("objective:O-2  product:P-1", "serves the objective, belongs to the product"),
    ("is:open", "idea, candidate, planned or in progress"),
    ("is:scored  is:unscored", "has a score by the method shown, or none"),
    ("is:blocked  is:ready", "open and waits for an open item, or does not"),
    ("is:parent  is:leaf", "has items below it, or none"),
    ("is:launched  is:declined", "is in that state"),
    ("is:archived  is:any", "in the archive; in the archive or not"),
    ("no:owner", "has no owner (or tag, priority, parent, card, objective, notes, value ...)"),
    ("value>5  effort<=3  confidence>=80%", "compares a score; what has none does not match"),
    ("score>=2  rice>100  wsjf>3", "compares the score of the method shown, or of one"),
    ("created>2026-01-01", "compares the day on which it was written down"),
)


def describe_terms() -> tuple[HelpRow, ...]:
    """What can be typed into a filter, and what it means, for the help screen."""
    return _HELP
