"""From a reference as somebody wrote it to the item that it means, or to the reason why it means none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pmtui.domain.text import quoted

_NUMBERED = re.compile(r"([A-Za-z][A-Za-z _]*[-_ :#]?|#)?\s*([0-9]{1,18}(?:\.[0-9]{1,18}){0,20})")
LONGEST_NUMBERED = 120
"""Characters of the longest id that is looked at as a number path."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An id that is a number path, as `BACK-345.01`."""

    prefix: str
    """What stands before the number, in lower case."""
    path: tuple[int, ...]


def numbered(name: str) -> Numbered | None:
    """The number path of an id, or None where the id is made otherwise."""
    match = _NUMBERED.fullmatch(name.strip()) if len(name) <= LONGEST_NUMBERED else None
    if match is None:
        return None
    return Numbered((match[1] or "").casefold(), tuple(int(part) for part in match[2].split(".")))


def style_of(name: str) -> str:
    """How an id is written, for people, as `BACK-N.NN`: one N a digit after a dot, one for all digits before it."""
    head, dot, tail = name.partition(".")
    return re.sub(r"[0-9]+", "N", head) + dot + re.sub(r"[0-9]", "N", tail)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a reference means: an item's id, or a reason why it means none."""

    id: str = ""
    reason: str = ""
    """What follows the reference in a sentence, as `is neither in the file nor in the plan`."""


@dataclass(slots=True)
class Resolver:
    """Finds items by their names: as written, then in any case, then by their number path where that is unique."""

    names: Mapping[str, str]
    """Ids of items by the name that the file (or the plan, for the same source) gives them."""
    loose: bool = True
    """Whether another prefix or other leading zeros may name the same number path."""
    readings: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How often a way of writing was read as another one: what was referred to, and both styles."""
    _folded: dict[str, list[str]] = field(default_factory=dict)
    _by_path: dict[tuple[int, ...], list[str]] = field(default_factory=dict)
    _prefixes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for name in self.names:
            self._folded.setdefault(name.casefold(), []).append(name)
            number = numbered(name)
            if number:
                self._by_path.setdefault(number.path, []).append(name)
                self._prefixes.add(number.prefix)

    def find(self, reference: str, what: str) -> Resolved:
        """The item that *reference* means; *what* is what it is there, as `parent`."""
        if reference in self.names:
            return Resolved(self.names[reference])
        candidates = self._folded.get(reference.casefold(), [])
        if not candidates and self.loose:
            candidates = self._by_number(reference)
        if not candidates:
            return Resolved(reason="is neither in the file nor in the plan")
        if len(candidates) > 1:
            return Resolved(reason=f"could be {_either(candidates)}")
        self.readings[what, style_of(reference), style_of(candidates[0])] += 1
        return Resolved(self.names[candidates[0]])

    def _by_number(self, reference: str) -> list[str]:
        number = numbered(reference)
        if number is None:
            return []
        same = self._by_path.get(number.path, [])
        if number.prefix in self._prefixes:
            # The prefix names a series of its own here, so it is not another one's number.
            return [name for name in same if (found := numbered(name)) and found.prefix == number.prefix]
        return same


def _either(names: Iterable[str]) -> str:
    shown = [quoted(name) for name in names]
    return " or ".join(shown[:3]) + (f" or {len(shown) - 3} others" if len(shown) > 3 else "")
