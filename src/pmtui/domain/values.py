"""One field's value from the text that a person typed, for editors, forms, the command line and imports."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from pmtui.domain.durations import parse_duration
from pmtui.domain.entities import KEY_LETTERS, KINDS, kind_name
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, Spec, check, specs
from pmtui.domain.numbers import parse_day, parse_number, parse_share
from pmtui.domain.plan import Plan, resolve
from pmtui.domain.promises import parse_window
from pmtui.domain.text import clean_line, clean_notes, quoted
from pmtui.domain.words import beginning, find_priority, find_state, fold

_NOTHING = frozenset(("", "-", "–", "none"))
_FLAGS = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def read_value(kind: str, field: str, text: str, plan: Plan, today: date) -> Scalar:
    """The value that *text* means for a field of *kind*; empty text empties the field.

    So do `-` and `none` where they cannot be text of their own. Text is cleaned and cut to the
    field's length. A share may be typed as `80%`, a day as `2w` from *today*, a choice by its
    beginning, a reference by its short key. Raises `Refused` with a sentence, and KeyError for a
    field that the kind has not.
    """
    spec = specs(KINDS[kind])[field]
    value = _read(spec, field, text, plan, today)
    check(spec, value)
    return value


def _read(spec: Spec, field: str, text: str, plan: Plan, today: date) -> Scalar:
    nothing = text.strip().casefold() in _NOTHING
    match spec.type:
        case "number":
            return None if nothing else _number(spec, text)
        case "duration":
            return parse_duration(text, spec.title, signed=spec.low is not None and spec.low < 0)
        case "day":
            return None if nothing else _day(field, text, today, spec.title)
        case "flag":
            return _FLAGS.get(text.strip().casefold(), text)
        case "ref":
            return None if nothing else _reference(spec, text, plan)
        case "choice":
            return _choice(spec, field, "" if nothing else clean_line(text))
        case "notes":
            return clean_notes(text)
        case _:
            line = clean_line(text, spec.max_length)
            return None if spec.absent and not line else line


def _day(field: str, text: str, today: date, title: str) -> date:
    """A day; a window may also begin with a month or quarter, as `2027-01` or `Q1 2027`, or end with one."""
    end = {"window_start": 0, "window_end": 1}.get(field)
    if end is not None:
        with suppress(Refused):
            start, last = parse_window(text, today)
            return last if end or start is None else start
    return parse_day(text, today, title)


def _number(spec: Spec, text: str) -> float:
    if spec.share:
        return parse_share(text, spec.title)
    if "%" in text:
        raise Refused(f"The {spec.title} is a plain number, not a percentage. Type it as 8 or 7.5.")
    return parse_number(text, spec.title)


def _choice(spec: Spec, field: str, word: str) -> str:
    if word in spec.choices:
        return word
    if field in ("state", "priority"):
        found = find_state(word) if field == "state" else find_priority(word)
    else:
        names = {fold(choice): choice for choice in spec.choices if choice}
        found = names.get(beginning(fold(word), names) or "")
    return word if found is None else found


def _reference(spec: Spec, text: str, plan: Plan) -> str:
    word = clean_line(text)
    found = resolve(plan, word)
    if found is None:
        example = f" Type its key, as {KEY_LETTERS[spec.to]}-1." if spec.to in KEY_LETTERS else ""
        raise Refused(f"{quoted(word)} is nothing in this plan.{example}")
    if found[0] != spec.to:
        raise Refused(f"{quoted(word)} is no {kind_name(spec.to)}, so it cannot be the {spec.title}.")
    return found[1]
