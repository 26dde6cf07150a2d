"""What a field of an entity may hold: said once, beside the field.

The rules, the tables, the reader, the forms and the exchange formats all derive from these specs,
so a new field is one line here (and one migration).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any, Literal

from pmtui.domain.durations import duration_text
from pmtui.domain.errors import Refused
from pmtui.domain.text import MAX_NOTES, MAX_TITLE, clean, quoted

Scalar = str | int | float | bool | date | None
"""Every value that an entity's field can hold."""

FieldType = Literal["text", "notes", "choice", "number", "duration", "day", "flag", "ref", "key", "id"]

FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2200, 12, 31)
MAX_MINUTES = 4_800_000
"""The longest working time of one field: 10,000 days of 8 hours, some 38 years."""


@dataclass(frozen=True, slots=True)
class Spec:
    """The type, range and meaning of one field."""

    type: FieldType
    title: str
    """The field's name for people, lower case."""
    help: str = ""
    """What to put there, and its unit."""
    required: bool = False
    """Whether the field can never be empty (NULL or '')."""
    low: float | None = None
    high: float | None = None
    choices: tuple[Any, ...] = ()
    """The only values allowed, in their order; a number field may have choices too."""
    max_length: int = MAX_TITLE
    to: str = ""
    """The kind that a reference points to."""
    unique: bool = False
    absent: bool = False
    """Whether a text that is not said is None instead of ""."""
    share: bool = False
    """Whether the number is a share of 0 to 1, which people type and read as a percentage."""

    @property
    def nullable(self) -> bool:
        """Whether None is a value of the field."""
        return self.absent or (self.type in ("number", "day", "ref") and not self.required)


def _spec(spec: Spec, default: Any = MISSING) -> Any:
    if default is MISSING:
        return field(metadata={"spec": spec})
    return field(default=default, metadata={"spec": spec})


def identity() -> Any:
    """The opaque id of the entity: text that never changes."""
    return _spec(Spec("id", "id", required=True, unique=True, max_length=40), MISSING)


def short_key() -> Any:
    """The key that people see, as `F-31`; given by the rules, unique in the plan."""
    return _spec(Spec("key", "key", required=True, unique=True, max_length=20), "")


def text(
    title: str,
    *,
    required: bool = False,
    limit: int = MAX_TITLE,
    unique: bool = False,
    absent: bool = False,
    note: str = "",
) -> Any:
    """One line of text. What is not said is "", or None if *absent* (so that it can be unique)."""
    spec = Spec("text", title, note, required=required, max_length=limit, unique=unique, absent=absent)
    return _spec(spec, MISSING if required else None if absent else "")


def notes(title: str, note: str = "") -> Any:
    """Text of several lines."""
    return _spec(Spec("notes", title, note, max_length=MAX_NOTES), "")


def choice(title: str, choices: tuple[str, ...], default: str, note: str = "") -> Any:
    """One of *choices*; "" among them means not said."""
    return _spec(Spec("choice", title, note, choices=choices), default)


def number(
    title: str, low: float, high: float, *, choices: tuple[float, ...] = (), share: bool = False, note: str = ""
) -> Any:
    """A finite number within a range, or None when nobody has said it."""
    return _spec(Spec("number", title, note, low=low, high=high, choices=choices, share=share), None)


def duration(title: str, default: int, *, low: int = 0, note: str = "") -> Any:
    """Whole minutes of working time, from *low* to `MAX_MINUTES`; never empty."""
    return _spec(Spec("duration", title, note, low=low, high=MAX_MINUTES), default)


def day(title: str, note: str = "", *, required: bool = False) -> Any:
    """A plan day; None where nobody has said it, unless it is *required*."""
    return _spec(Spec("day", title, note, required=required), MISSING if required else None)


def flag(title: str) -> Any:
    """Yes or no, no by default."""
    return _spec(Spec("flag", title), default=False)


def ref(title: str, to: str, *, required: bool = False, note: str = "") -> Any:
    """The id of an entity of kind *to*, or None."""
    return _spec(Spec("ref", title, note, required=required, to=to), MISSING if required else None)


_SPECS: dict[type, Mapping[str, Spec]] = {}


def specs(entity: type) -> Mapping[str, Spec]:
    """The specs of an entity class by field name, in the order of its definition."""
    known = _SPECS.get(entity)
    if known is None:
        known = _SPECS[entity] = {f.name: f.metadata["spec"] for f in fields(entity)}
    return known


def shown(value: Scalar) -> str:
    """A value for a sentence or a cell: numbers without needless zeros, nothing as a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def shown_as(spec: Spec, value: Scalar) -> str:
    """A value of that field for a sentence or a cell: working time as `3d 4h`, a share as `80%`."""
    if spec.type == "duration" and isinstance(value, int):
        return duration_text(value)
    if spec.share and isinstance(value, float):
        return f"{value * 100:.6g}%"
    return shown(value)


def check(spec: Spec, value: Scalar) -> None:
    """Raise `Refused` with a sentence unless *value* fits *spec*."""
    if spec.required and (value is None or (isinstance(value, str) and not value.strip())):
        raise Refused(f"The {spec.title} is empty. Type one, or press Esc to leave it as it was.")
    match spec.type:
        case "number":
            _check_number(spec, value)
        case "duration":
            _check_duration(spec, value)
        case "day":
            _check_day(spec, value)
        case "flag":
            if not isinstance(value, bool):
                raise Refused(f"The {spec.title} is yes or no, not {shown(value)}.")
        case "choice":
            if value not in spec.choices:
                known = ", ".join(c or "(none)" for c in spec.choices)
                raise Refused(f"{quoted(str(value))} is no {spec.title}. It is one of: {known}.")
        case _ if value is None and spec.nullable:
            return
        case _:
            _check_text(spec, value)


def _check_number(spec: Spec, value: Scalar) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused(f"The {spec.title} is a number, not {quoted(str(value))}.")
    if spec.choices and value not in spec.choices:
        known = ", ".join(shown(float(c)) for c in spec.choices)
        raise Refused(f"The {spec.title} is one of {known}, not {shown(value)}.")
    if spec.low is not None and spec.high is not None and not spec.low <= value <= spec.high:
        low, high = shown(spec.low), shown(spec.high)
        raise Refused(f"The {spec.title} goes from {low} to {high}; {shown(value)} is outside.")


def _check_duration(spec: Spec, value: Scalar) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(f"The {spec.title} is working time as 3d, 4h or 30m, not {quoted(str(value))}.")
    if spec.low is not None and value < spec.low:
        least = "less than nothing" if not spec.low else f"less than {duration_text(int(spec.low))}"
        raise Refused(f"The {spec.title} cannot be {least}; {duration_text(value)} is.")
    if spec.high is not None and value > spec.high:
        raise Refused(f"The {spec.title} is at most {duration_text(int(spec.high))}; {duration_text(value)} is more.")


def _check_day(spec: Spec, value: Scalar) -> None:
    if value is None:
        return
    if not isinstance(value, date) or not FIRST_DAY <= value <= LAST_DAY:
        raise Refused(f"The {spec.title} is a day from 1970-01-01 to 2200-12-31, not {quoted(str(value))}.")


def _check_text(spec: Spec, value: Scalar) -> None:
    if not isinstance(value, str):
        raise Refused(f"The {spec.title} is text, not {quoted(str(value))}.")
    if len(value) > spec.max_length:
        raise Refused(f"The {spec.title} has {len(value)} characters; at most {spec.max_length} are kept.")
    if clean(value, multiline=spec.type == "notes") != value:
        raise Refused(f"The {spec.title} holds control characters. Paste it again as plain text.")
