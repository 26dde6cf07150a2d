"""What a key is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a key does."""

    id: str
    """Stable name for the config file, as `backlog.value_up`."""
    keys: str
    """Textual names of its keys, separated by commas; the first is the one shown."""
    action: str
    title: str
    """One or two words for the line of keys."""
    help: str
    """What it does, in a sentence without its full stop."""
    where: str
    """"app" for everywhere, else the name of the tab or "dialog"."""
    foot: int = 0
    """Its place in the line of keys; 0 keeps it out of there."""
