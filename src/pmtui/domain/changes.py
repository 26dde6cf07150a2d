"""Changes: what a command does to the plan, row by row, with the way back.

A journal entry is a `Changes`; undo is its inverse; a live refresh applies the changes of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pmtui.domain.fields import Scalar

Row = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after.

    An insert has no `before` and a whole row `after`; a delete the other way round; an update has
    the changed fields alone on both sides.
    """

    kind: str
    id: str
    before: Row | None
    after: Row | None

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.kind, self.id, self.after, self.before)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields touched; all of them for an insert or a delete."""
        return frozenset(self.after or self.before or ())


@dataclass(frozen=True, slots=True)
class Changes:
    """All that one user action changes, and what it is called in the history."""

    rows: tuple[Change, ...]
    label: str
    """The step in words for people, as `F-31 value 7 to 8`; plain text without markup."""
    reason: str = ""
    """Why, where the user said so."""

    def inverse(self, label: str) -> Changes:
        """The changes that take these back, in the opposite order."""
        return Changes(tuple(row.inverse() for row in reversed(self.rows)), label)

    def ids(self) -> frozenset[str]:
        """The ids of everything touched."""
        return frozenset(row.id for row in self.rows)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)
