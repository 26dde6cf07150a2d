"""The words by which people call states and priorities, and text as it is compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pmtui.domain.entities.backlog import PRIORITIES, STATES, State

STATE_WORDS: dict[str, State] = {
    "new": "idea",
    "todo": "planned",
    "to do": "planned",
    "doing": "in progress",
    "wip": "in progress",
    "started": "in progress",
    "done": "launched",
    "shipped": "launched",
    "released": "launched",
    "rejected": "declined",
    "dropped": "declined",
    "wontfix": "declined",
}
"""Other tools' words for states."""

PRIORITY_WORDS: dict[str, str] = {
    "none": "",
    "minor": "low",
    "normal": "medium",
    "major": "high",
    "urgent": "critical",
    "blocker": "critical",
}
"""Other tools' words for priorities."""

ITEM_WORDS: dict[str, str] = {
    "months": "person_months",
    "conf": "confidence",
    "bv": "business_value",
    "tc": "time_criticality",
    "rr": "risk_reduction",
    "size": "job_size",
    "status": "state",
    "prio": "priority",
    "parent": "parent_id",
    "objective": "objective_id",
    "product": "product_id",
    "created": "created_on",
    "reason": "state_reason",
    "external": "external_id",
}
"""Short words for fields of a backlog item, beside the names of the fields themselves."""


def fold(text: str) -> str:
    """*text* as it is compared: without upper case and without accents, so that `cafe` finds `Café`."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))


def find_state(text: str) -> State | None:
    """The state that a word means: its name, its beginning, or another tool's word for it."""
    word = _plain(text)
    found = beginning(word, STATES)
    return STATE_WORDS.get(word) if found is None else next(state for state in STATES if state == found)


def find_priority(text: str) -> str | None:
    """The priority that a word means, `none` for none; None where it means nothing."""
    word = _plain(text)
    return PRIORITY_WORDS.get(word, beginning(word, PRIORITIES[1:]))


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").replace("_", " ").split())


def beginning(word: str, known: Iterable[str]) -> str | None:
    """The one of *known* that is *word*, or the only one that begins with it; None where none or several do."""
    names = [name for name in known if word and name.startswith(word)]
    if word in names:
        return word
    return names[0] if len(names) == 1 else None
