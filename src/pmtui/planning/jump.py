"""Jump to anything: letters in their order find keys, titles, external ids, tags and views.

A match is better the earlier and the more connected its letters are: the key itself, the beginning of
a title, the beginning of a word, inside a word, first letters of words, letters far apart.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from pmtui.domain.entities import KEY_LETTERS, KINDS
from pmtui.domain.fields import specs
from pmtui.domain.plan import Plan, key_order, per_row

Span = tuple[int, int]


class Hit(NamedTuple):
    """Something that the letters mean."""

    kind: str
    id: str
    key: str
    """Its short key; "" for tags and views."""
    title: str
    score: int
    """Higher is better; comparable within one search only."""
    spans: tuple[Span, ...]
    """The matched parts of the title, start and end, in order; none where the key or external id matched."""


class _Entry(NamedTuple):
    kind: str
    id: str
    key: str
    title: str
    plain: str
    """The title for comparing; as long as the title itself."""
    names: tuple[str, ...]
    """Key and external ids for comparing."""
    order: tuple[int, tuple[str, int], str]
    """What decides between equal matches: the kind, the key, the id."""
    archived: bool


def find(plan: Plan, text: str, limit: int = 50) -> list[Hit]:
    """The best *limit* things for *text*, best first; every word of it must match. Nothing for no text."""
    words = _plain(text).split()
    if not words:
        return []
    patterns = [(word, _subsequence(word)) for word in words]
    found: list[tuple[int, tuple[int, tuple[str, int], str], _Entry]] = []
    for entry in chain.from_iterable(entries(plan).values() for entries in _ENTRIES):
        total = 0
        for word, pattern in patterns:
            points = _points(entry, word, pattern)
            if not points:
                break
            total += points
        else:
            found.append(((_ARCHIVED if entry.archived else 0) - total, entry.order, entry))
    best = heapq.nsmallest(limit, found)
    return [Hit(entry.kind, entry.id, entry.key, entry.title, -cost, _spans(entry, words)) for cost, _, entry in best]


_ARCHIVED = 150
"""What a thing in the archive loses: it is found, but behind its like."""
_EXACT, _KEY, _TITLE, _WORD, _INSIDE, _LETTERS = 1000, 900, 800, 700, 500, 300


def _plain(text: str) -> str:
    folded = text.casefold()
    return folded if len(folded) == len(text) else "".join(char.casefold()[0] for char in text)


def _subsequence(word: str) -> re.Pattern[str]:
    # Each class stops at the letter that it waits for, so the search is linear and never backtracks.
    return re.compile("".join(f"[^{re.escape(char)}]*{re.escape(char)}" for char in word), re.DOTALL)


def _entry(kind: str, title_field: str) -> Callable[[Plan], Mapping[str, _Entry]]:
    @per_row(kind)
    def entry(thing: Any) -> _Entry:
        title: str = getattr(thing, title_field)
        key: str = getattr(thing, "key", "")
        names = (key.casefold(), *_external(thing.external_id)) if key else ()
        order = (_ORDER[kind], key_order(key), thing.id)
        return _Entry(kind, thing.id, key, title, _plain(title), names, order, getattr(thing, "archived", False))

    return entry


_ORDER = {kind: place for place, kind in enumerate((*KEY_LETTERS, "tag", "view"))}
"""From what a plan is for to what its parts are called."""
_ENTRIES = tuple(_entry(kind, "title" if "title" in specs(KINDS[kind]) else "name") for kind in _ORDER)


def _external(external_id: str | None) -> tuple[str, ...]:
    if not external_id:
        return ()
    folded = external_id.casefold()
    return (folded, folded.partition(":")[2]) if ":" in folded else (folded,)


def _points(entry: _Entry, word: str, pattern: re.Pattern[str]) -> int:
    for name in entry.names:
        if name.startswith(word):
            return _EXACT if name == word else _KEY - min(99, len(name))
    title = entry.plain
    at = title.find(word)
    if at >= 0:
        if at == 0:
            return _TITLE
        starts = not title[at - 1].isalnum() or f" {word}" in title
        return (_WORD if starts else _INSIDE) - min(99, at)
    if not pattern.match(title):
        return 0
    spans = _scattered(title, word)
    begun = sum(start == 0 or not title[start - 1].isalnum() for start, _ in spans)
    spread = spans[-1][1] - spans[0][0] if spans else 0
    return max(1, _LETTERS - 20 * (len(spans) - begun) - 4 * begun - min(60, spread))


def _scattered(title: str, word: str) -> tuple[Span, ...]:
    """Where the letters of *word* stand in *title*, beginnings of words first where that works."""
    return _walk(title, word, prefer_starts=True) or _walk(title, word, prefer_starts=False)


def _walk(title: str, word: str, *, prefer_starts: bool) -> tuple[Span, ...]:
    spans: list[Span] = []
    at = 0
    for char in word:
        place = title.find(char, at)
        if prefer_starts and place > 0 and not (spans and spans[-1][1] == place) and title[place - 1].isalnum():
            start = title.find(f" {char}", at)
            place = start + 1 if start >= 0 else place
        if place < 0:
            return ()
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
        at = place + 1
    return tuple(spans)


def _spans(entry: _Entry, words: Sequence[str]) -> tuple[Span, ...]:
    spans: set[Span] = set()
    for word in words:
        if any(name.startswith(word) for name in entry.names):
            continue
        at = entry.plain.find(word)
        if at >= 0:
            starts = entry.plain.find(f" {word}")
            at = starts + 1 if at and starts >= 0 and entry.plain[at - 1].isalnum() else at
            spans.add((at, at + len(word)))
        else:
            spans.update(_scattered(entry.plain, word))
    return tuple(_merged(sorted(spans)))


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
