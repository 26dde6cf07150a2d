"""What an import would do, before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from pmtui.domain.commands import ImportEntities
from pmtui.exchange.findings import Finding


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The one command that a file leads to, and everything to say about it."""

    name: str
    """The file's name, safe to show."""
    format: str
    """`CSV` or `JSON`."""
    encoding: str
    rows: int
    """Things in the file: rows of a CSV, entities of a JSON file that are neither tags nor links."""
    command: ImportEntities
    findings: tuple[Finding, ...]
    """In the order of severity, then of lines."""
    created: int
    updated: int
    unchanged: int
    links: int
    """New parents and dependencies."""
    unplaced: int
    """Rows, values and links that have no place in the plan; the warnings say why."""

    @property
    def is_empty(self) -> bool:
        """Whether the plan has all of it already."""
        return not (self.command.inserts or self.command.edits or self.command.removes)

    @property
    def headline(self) -> str:
        """The outcome in one line."""
        if self.is_empty:
            return f"nothing new: {_count(self.unchanged, 'thing')} already in the plan as the file has them"
        return (
            f"{self.created} new, {self.updated} changed, {self.unchanged} as they were; "
            f"{_count(self.links, 'new link')}; {self.unplaced} not placed"
        )

    def summary(self, limit: int = 60) -> tuple[str, ...]:
        """The report as lines of plain text, at most *limit* findings of each sort."""
        rows = _count(self.rows, "row" if self.format == "CSV" else "thing")
        lines = [f"{self.name} ({self.format}, {self.encoding}): {rows}", self.headline]
        for severity, title in (("note", "How it was read:"), ("warning", "What was left out, and why:")):
            found = [str(finding) for finding in self.findings if finding.severity == severity]
            if found:
                lines += [title, *(f"  {text}" for text in found[:limit])]
            if len(found) > limit:
                lines.append(f"  … and {len(found) - limit} more")
        return tuple(lines)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
