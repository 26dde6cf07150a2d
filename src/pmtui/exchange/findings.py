"""What a reader says about a file: notes, warnings, and the errors for which nothing is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pmtui.domain.errors import Refused

Severity = Literal["note", "warning", "error"]
LISTED = 20
"""Problems that the sentence of a `BadFile` spells out; the others are counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a file, in a sentence of plain text."""

    line: int | None
    """The line of the file, from 1; None where it is about the file as a whole."""
    severity: Severity
    """A note tells how something was read; a warning, what was left out; an error, why nothing is imported."""
    text: str

    def __str__(self) -> str:
        return self.text if self.line is None else f"line {self.line}: {self.text}"


class BadFile(Refused):
    """The file cannot be imported, and the plan is as it was."""

    def __init__(self, name: str, problems: Sequence[Finding] | str) -> None:
        if isinstance(problems, str):
            problems = (Finding(None, "error", problems),)
        self.problems = tuple(problems)
        """Everything that is wrong, as far as it could be seen."""
        super().__init__(_sentence(name, self.problems))


def _sentence(name: str, problems: Sequence[Finding]) -> str:
    if len(problems) == 1:
        only = problems[0]
        place = f" (line {only.line})" if only.line is not None else ""
        return f"{name} was not imported{place}. {only.text} Your plan is as it was."
    shown = [f"  {problem}" for problem in problems[:LISTED]]
    if len(problems) > LISTED:
        shown.append(f"  … and {len(problems) - LISTED} more")
    head = (
        f"{name} was not imported: {len(problems)} problems. Your plan is as it was; mend the file and import it again."
    )
    return "\n".join([head, *shown])


@dataclass(slots=True)
class Collector:
    """Findings while a file is being read."""

    findings: list[Finding] = field(default_factory=list)
    unplaced: int = 0
    """Rows, values and links of the file that have no place in the plan."""

    def note(self, text: str, line: int | None = None) -> None:
        """Say how something was read."""
        self.findings.append(Finding(line, "note", text))

    def warn(self, text: str, line: int | None = None, *, unplaced: int = 1) -> None:
        """Say what was left out; *unplaced* is how many rows, values or links that is."""
        self.findings.append(Finding(line, "warning", text))
        self.unplaced += unplaced

    def error(self, text: str, line: int | None = None) -> None:
        """Say why nothing can be imported."""
        self.findings.append(Finding(line, "error", text))

    def stop_on_errors(self, name: str) -> None:
        """Raise `BadFile` with every error found so far, if there is one."""
        errors = [finding for finding in self.findings if finding.severity == "error"]
        if errors:
            raise BadFile(name, sorted(errors, key=lambda finding: finding.line or 0))
