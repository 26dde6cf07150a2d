"""The words by which people call states and priorities, and text as it is compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pmtui.domain.entities.backlog import PRIORITIES, STATES, State

STATE_WORDS: dict[State, tuple[str, ...]] = {
    "idea": ("idea", "ideas", "draft", "inbox", "triage", "proposed"),
    "candidate": ("candidate", "to do", "todo", "open", "opened", "reopened", "new", "backlog", "not started"),
    "planned": ("planned", "scheduled", "accepted", "approved", "ready", "selected for development", "next"),
    "in progress": (
        "in progress", "doing", "started", "wip", "work in progress", "active", "ongoing",
        "in development", "in review", "review", "in testing", "testing",
    ),
    "launched": (
        "launched", "done", "closed", "shipped", "released", "complete", "completed", "resolved", "fixed",
        "finished", "live", "delivered", "merged",
    ),
    "retired": ("retired", "deprecated", "sunset"),
    "declined": (
        "declined", "wontfix", "wont fix", "won t fix", "wont do", "won t do", "rejected", "cancelled", "canceled",
        "duplicate", "invalid", "not planned", "abandoned",
    ),
}  # fmt: skip
"""What other tools call the states."""
PRIORITY_WORDS: dict[str, tuple[str, ...]] = {
    "": ("none", "no priority", "unset", "not set"),
    "low": ("low", "lowest", "minor", "trivial", "p3", "p4"),
    "medium": ("medium", "normal", "moderate", "mid", "p2"),
    "high": ("high", "major", "important", "p1"),
    "critical": ("critical", "urgent", "highest", "blocker", "p0"),
}
"""What other tools call the priorities."""
STATES_BY_WORD: dict[str, State] = {word: state for state, words in STATE_WORDS.items() for word in words}
PRIORITIES_BY_WORD: dict[str, str] = {word: priority for priority, words in PRIORITY_WORDS.items() for word in words}

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
    return STATES_BY_WORD.get(word) if found is None else next(state for state in STATES if state == found)


def find_priority(text: str) -> str | None:
    """The priority that a word means, `none` for none; None where it means nothing."""
    word = _plain(text)
    return PRIORITIES_BY_WORD.get(word, beginning(word, PRIORITIES[1:]))


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").replace("_", " ").split())


def beginning(word: str, known: Iterable[str]) -> str | None:
    """The one of *known* that is *word*, or the only one that begins with it; None where none or several do."""
    names = [name for name in known if word and name.startswith(word)]
    if word in names:
        return word
    return names[0] if len(names) == 1 else None
