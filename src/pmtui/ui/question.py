"""A question for the prompt, as views put it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from textual.geometry import Region
from textual.message import Message

Place = Callable[[], Region | None]
"""Where on the screen an answer is typed now; None where there is no room, and for the bottom."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the prompt asks for and what becomes of the answer."""

    label: str
    accept: Callable[[str], Awaitable[str]]
    """Takes the text; answers "" where all is well, else the sentence to show while the text stays."""
    value: str = ""
    placeholder: str = ""
    live: Callable[[str], None] | None = None
    """Called at every change of the text."""
    cancel: Callable[[], None] | None = None
    """Called when the user gives up."""
    complete: Callable[[str], list[str]] | None = None
    """Whole lines that the text could become, best first."""
    draft_key: str = ""
    """Under which the unfinished text is kept; "" keeps none."""
    again: bool = False
    """Whether the prompt stays open for the next text after each accepted one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose in a picker."""

    id: str
    """What the dialog answers."""
    key: str
    """A short word at the left, dimmer than the title."""
    title: str
    note: str = ""


def among(choices: Sequence[Choice]) -> Callable[[str], Sequence[Choice]]:
    """A finder over a fixed list: every word must be in key, title or note; key or title come first."""

    def find(text: str) -> Sequence[Choice]:
        words = text.casefold().split()
        typed = " ".join(words)
        found = [c for c in choices if all(w in f"{c.key} {c.title} {c.note}".casefold() for w in words)]
        return sorted(
            found, key=lambda c: not (c.key.casefold().startswith(typed) or c.title.casefold().startswith(typed))
        )

    return find


@dataclass
class DraftChanged(Message):
    """Unfinished text to keep under a key; "" means that it is finished."""

    key: str
    text: str
