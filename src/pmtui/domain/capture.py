"""Capture: one line of text that says what a new backlog item is, for `pmtui add` and `:add`.

    Approval inbox value:8 effort:3 #ops @ann !high parent:F-3 notes:"two words"

Words of the form `field:value` and words behind `#`, `@` and `!` are fields; all others are the title.
What only looks like a field is refused in words, because a typing error must not end in a title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pmtui.domain.commands.backlog import AddItem
from pmtui.domain.entities import KEY_LETTERS
from pmtui.domain.entities.backlog import PRIORITIES, STATES, BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, specs
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.rules.backlog import tag_name
from pmtui.domain.text import clean_line, quoted
from pmtui.domain.values import read_value
from pmtui.domain.words import ITEM_WORDS, fold

COMPLETIONS = 50
"""How many completions are offered at most."""

_KIND = "backlog_item"
_FIXED = frozenset(("id", "key", "archived"))
_WORDS: dict[str, str] = {name: name for name in specs(BacklogItem) if name not in _FIXED} | ITEM_WORDS
_TAG_WORDS = frozenset(("tag", "tags"))
_SHOWN_WORDS = (
    "value",
    "effort",
    "reach",
    "impact",
    "confidence",
    "months",
    "bv",
    "tc",
    "rr",
    "size",
    "state",
    "priority",
    "owner",
    "tag",
    "parent",
    "objective",
    "product",
    "notes",
    "created",
)
_SIGNS = {"#": "tag", "@": "owner", "!": "priority"}
_LATER = frozenset(("due", "deadline", "start", "starts", "end", "finish", "until", "estimate", "duration", "work"))
_TOKEN = re.compile(
    r"""(?:(?P<name>[^\W\d][\w-]*):|(?P<sign>[#@!])(?=["\w]))?(?:"(?P<quote>[^"]*)"(?=\s|$)|(?P<rest>\S*))"""
)


@dataclass(frozen=True, slots=True)
class _Token:
    raw: str
    name: str
    """The field's word, folded; "" for a word of the title."""
    value: str
    quoted: bool


def parse_capture(text: str, plan: Plan, today: date, new_id: Callable[[], str]) -> AddItem:
    """The command that a line of text means. Raises `Refused` with a sentence; *new_id* gives fresh ids.

    Quotation marks around the whole title keep fields in it from being read; within a title they stay.
    """
    return _item(list(_tokens(text)), plan, today, new_id)


def parse_arguments(words: Sequence[str], plan: Plan, today: date, new_id: Callable[[], str]) -> AddItem:
    """As `parse_capture`, for words that a shell has taken apart already: blanks inside one belong to it.

    A single word is a whole line, so `add "Approval inbox value:8"` and `add Approval inbox value:8`
    mean the same.
    """
    if len(words) == 1:
        return parse_capture(words[0], plan, today, new_id)
    return _item([_argument(word) for word in words if word.strip()], plan, today, new_id)


def parse_fields(text: str, plan: Plan, today: date) -> dict[str, Scalar]:
    """The fields and values in `value:8 effort:3 owner:`; an empty value empties the field.

    Raises `Refused` for anything that is no field of a backlog item, and where nothing is said.
    """
    values: dict[str, Scalar] = {}
    for token in _tokens(text):
        if token.name in _TAG_WORDS:
            raise Refused("Tags are put on and taken off with t, not set like a field.")
        field = _WORDS.get(token.name)
        if field is None:
            raise Refused(f"{quoted(token.raw)} sets no field. Type field:value, as value:8 or owner:ann.")
        _put(values, field, token, plan, today)
    if not values:
        raise Refused("Say what to set, as value:8 effort:3.")
    return values


def complete(text: str, plan: Plan) -> list[str]:
    """What the last word of a line may become: whole words in place of it, in a sensible order.

    Field names for a plain word; behind a field's colon or behind `#`, `@`, `!` what the plan knows.
    """
    last = re.search(r"""(?:[^\s"]|"[^"]*"?)*$""", text)
    word = last[0] if last else ""
    if word[:1] in _SIGNS:
        name, prefix, typed = _SIGNS[word[0]], word[0], word[1:]
    elif ":" in word:
        name, _, typed = word.partition(":")
        name, prefix = fold(name), f"{name}:"
    else:
        typed = fold(word)
        return [f"{name}:" for name in _SHOWN_WORDS if name.startswith(typed)]
    start = fold(typed.strip('"'))
    found = [known for known in _known(name, plan) if fold(known).startswith(start)]
    return [prefix + (f'"{known}"' if " " in known else known) for known in found[:COMPLETIONS]]


def _known(name: str, plan: Plan) -> list[str]:
    match _WORDS.get(name, name):
        case "state":
            return [state.replace(" ", "-") for state in STATES]
        case "priority":
            return list(reversed(PRIORITIES[1:]))
        case "tag" | "tags":
            return sorted(tag.name for tag in plan.tags.values())
        case "owner":
            return sorted({item.owner for item in plan.backlog_items.values() if item.owner and not item.archived})
        case field if field in specs(BacklogItem):
            spec = specs(BacklogItem)[field]
            if spec.to in KEY_LETTERS:
                live = [thing for thing in plan.of(spec.to).values() if not thing.archived]
                return sorted((thing.key for thing in live), key=key_order)
            return [f"{choice:g}" for choice in spec.choices]
    return []


def _item(tokens: Sequence[_Token], plan: Plan, today: date, new_id: Callable[[], str]) -> AddItem:
    title: list[_Token] = []
    values: dict[str, Scalar] = {}
    tags: dict[str, str] = {}
    for token in tokens:
        if token.name in _TAG_WORDS:
            for word in re.split(r"[,;]", token.value):
                tags[tag_name(word)] = ""
        elif token.name in _WORDS:
            if not token.value.strip():
                raise Refused(
                    f"Nothing stands behind {quoted(token.raw)}. Type the {token.name} without a blank, "
                    "or put quotation marks around the whole title."
                )
            _put(values, _WORDS[token.name], token, plan, today)
        else:
            _refuse_lookalike(token)
            title.append(token)
    words = " ".join(token.value if len(title) == 1 else token.raw for token in title)
    if title and "title" in values:
        raise Refused(f"The title is said twice: {quoted(str(values['title']))} and {quoted(words)}. Leave one out.")
    name = clean_line(str(values.pop("title", "")) or words)
    if not name:
        raise Refused("There is no title. Type what the item is, as: Approval inbox value:8 effort:3")
    item_id = new_id()
    return AddItem(item_id, name, values, {tag: new_id() for tag in tags})


def _put(values: dict[str, Scalar], field: str, token: _Token, plan: Plan, today: date) -> None:
    if field in values:
        raise Refused(f"The {specs(BacklogItem)[field].title} is said twice. Leave one of the two out.")
    if token.value.startswith('"') and not token.quoted:
        raise Refused(f"The quotation mark in {quoted(token.raw)} is not closed. Type one behind its last word.")
    values[field] = read_value(_KIND, field, token.value, plan, today)


def _refuse_lookalike(token: _Token) -> None:
    name, colon, value = token.raw.partition(":")
    word = fold(name)
    if not colon or not value or token.quoted:
        return
    if word in _LATER:
        raise Refused(
            f"{quoted(token.raw)} cannot be kept: dates and work come with tasks, a backlog item has none. "
            "Leave it out, or put quotation marks around the title."
        )
    meant = next((known for known in _SHOWN_WORDS if len(known) > 3 and _one_slip(word, known)), None)
    if meant:
        raise Refused(
            f"There is no field {quoted(name)}. Type {meant}:{clean_line(value, 40)} if you meant that, "
            "or put quotation marks around the title."
        )


def _one_slip(typed: str, known: str) -> bool:
    """Whether one letter too many, too few, wrong, or two letters swapped lie between the words."""
    if abs(len(typed) - len(known)) > 1 or typed == known:
        return False
    at = next((i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), min(len(typed), len(known)))
    rest, aim = typed[at:], known[at:]
    swapped = rest[:2] == aim[1::-1] and rest[2:] == aim[2:]
    return rest[1:] == aim[1:] or rest[1:] == aim or rest == aim[1:] or swapped


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            return
        at = match.end()
        yield _token(match[0], match["name"], match["sign"], match["quote"], match["rest"])


def _argument(word: str) -> _Token:
    match = re.fullmatch(r"(?:(?P<name>[^\W\d][\w-]*):|(?P<sign>[#@!])(?=\w))?(?P<rest>.*)", word, re.DOTALL)
    if match is None or (" " in word and not match["name"]):
        return _Token(word, "", word, quoted=True)
    return _token(word, match["name"], match["sign"], None, match["rest"])


def _token(raw: str, name: str | None, sign: str | None, quote: str | None, rest: str | None) -> _Token:
    value = rest or "" if quote is None else quote
    word = fold(name).replace("-", "_") if name else _SIGNS[sign] if sign else ""
    # A number behind # is another tool's issue, as in "Follow up on #12"; tag:12 still makes a tag.
    if sign == "#" and value.isdecimal():
        word = ""
    if word not in _WORDS and word not in _TAG_WORDS:
        return _Token(raw, "", quote if quote is not None and not name and not sign else raw, quote is not None)
    return _Token(raw, word, value, quote is not None)
