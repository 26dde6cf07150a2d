"""The life of a backlog item, in words that need no entity, so that the fast path can count them."""

from __future__ import annotations

from typing import Literal

State = Literal["idea", "candidate", "planned", "in progress", "launched", "retired", "declined"]

STATES: tuple[State, ...] = ("idea", "candidate", "planned", "in progress", "launched", "retired", "declined")
"""The life of an item in its order; `declined` is the way out that keeps its reason."""

OPEN_STATES: frozenset[str] = frozenset(("idea", "candidate", "planned", "in progress"))
"""States in which there is still something to decide or to do."""

DONE_STATES: frozenset[str] = frozenset(("launched", "retired"))
"""States of an item that has reached its users."""
