"""What a rule says when it cannot do what was asked."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - named for what the rules do, not for a fault
    """The plan stays as it is. The message is a whole sentence for the user."""

    @property
    def sentence(self) -> str:
        """What is wrong and what to do next, in words."""
        return str(self.args[0])


class Conflict(Refused):
    """The field has another value than the user saw: somebody changed it in the meantime."""

    def __init__(self, sentence: str, *, entity_id: str, field: str, current: object) -> None:
        super().__init__(sentence)
        self.entity_id = entity_id
        self.field = field
        self.current = current
        """The value that the plan holds now."""
