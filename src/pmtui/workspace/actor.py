"""Who is at the keyboard, for the journal."""

from __future__ import annotations

import os
from dataclasses import dataclass

from pmtui.domain.text import clean_line

NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Actor:
    """A person on a machine; undo takes back this actor's own steps."""

    user: str
    machine: str


def this_actor() -> Actor:
    """The user and machine of this process; `PMTUI_USER` names another user. Never raises."""
    return Actor(clean_line(os.environ.get("PMTUI_USER", ""), NAME_LENGTH) or _account(), _machine())


def _account() -> str:
    import getpass

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = ""
    return clean_line(name, NAME_LENGTH) or f"user {os.getuid()}"


def _machine() -> str:
    return clean_line(os.uname().nodename, NAME_LENGTH) or "localhost"
