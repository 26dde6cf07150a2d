"""Which column means what: by its name, or by a small mapping file of the user."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pmtui.domain.entities.backlog import PRIORITIES, STATES, BacklogItem, State
from pmtui.domain.fields import specs
from pmtui.domain.text import clean_line, quoted
from pmtui.exchange.cells import plain_word
from pmtui.exchange.files import read_text, shown_name
from pmtui.exchange.findings import BadFile, Collector

IDENTITY = "external_id"
TAGS = "tags"
NEEDS = "needs"
IGNORE = "ignore"
TAG_PREFIX = "tag:"
MANY = frozenset((TAGS, NEEDS))
"""What several columns of one file may hold together."""

OWN_ID = "pmtui id"
"""The column by which a file shows that it is an export of pmtui."""
NEEDS_TITLE = "depends on"

SYNONYMS: dict[str, tuple[str, ...]] = {
    IDENTITY: ("id", "identifier", "key", "issue key", "issue id", "task id", "ticket", "number", "external id"),
    "title": ("title", "name", "summary", "subject", "item", "feature"),
    "state": ("state", "status", "stage"),
    "state_reason": ("reason", "state reason"),
    "priority": ("priority", "prio"),
    TAGS: (TAGS, "labels", "tag", "label", "keywords"),
    "parent_id": ("parent", "parent id", "parent key", "epic", "epic link", "parent link"),
    NEEDS: ("dependencies", NEEDS_TITLE, "dependency", "blocked by", "needs", "requires", "predecessors"),
    "created_on": ("created", "created at", "created on", "created date", "creation date", "date created"),
    "notes": ("notes", "description", "body", "details"),
    "owner": ("owner", "assignee", "assigned to", "responsible"),
    "product_id": ("product",),
    "objective_id": ("objective",),
    "initiative_id": ("card", "roadmap card", "initiative"),
    "value": ("value",),
    "effort": ("effort",),
    "reach": ("reach",),
    "impact": ("impact",),
    "confidence": ("confidence",),
    "person_months": ("person months",),
    "business_value": ("business value",),
    "time_criticality": ("time criticality",),
    "risk_reduction": ("risk reduction", "risk reduction opportunity enablement"),
    "job_size": ("job size",),
    "archived": ("archived",),
}
"""What other tools call the fields, the surest name first."""
TARGETS: dict[str, str] = {name: target for target, names in SYNONYMS.items() for name in names}


def own_columns() -> dict[str, str]:
    """The header of an export of pmtui and the field that each column holds, in their order."""
    columns = {OWN_ID if name == "id" else spec.title: name for name, spec in specs(BacklogItem).items()}
    return {**columns, TAGS: TAGS, NEEDS_TITLE: NEEDS}


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a mapping file says; all of it may be missing."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """What a column means, by its name in plain words (see `plain_word`)."""
    states: Mapping[str, State] = field(default_factory=dict)
    """States by the file's own word in plain words."""
    priorities: Mapping[str, str] = field(default_factory=dict)
    references: tuple[tuple[str, str], ...] = ()
    """How a reference begins, and how the id that it means begins; the longest beginning first."""
    source: str = ""
    """What stands before the colon of the external ids."""

    def rewritten(self, reference: str) -> str:
        """A reference as the file's ids are written."""
        for start, instead in self.references:
            if reference.casefold().startswith(start.casefold()):
                return instead + reference[len(start) :]
        return reference


def read_mapping(path: Path) -> Mapped:
    """The mapping file at *path*. Raises `BadFile` with everything in it that cannot be understood."""
    name = f"The mapping file {shown_name(path)}"
    try:
        content = tomllib.loads(read_text(path).text)
    except tomllib.TOMLDecodeError as error:
        raise BadFile(name, f"It is no TOML: {quoted(str(error), 120)}.") from None
    except RecursionError:
        raise BadFile(name, "It is nested too deeply.") from None
    collector = Collector()
    mapped = Mapped(
        columns=_table(content, "columns", column_target, collector, "a field or tag:PREFIX or ignore"),
        states=_table(content, "states", _state, collector, f"one of {', '.join(STATES)}"),
        priorities=_table(content, "priorities", _priority, collector, f"one of {', '.join(filter(None, PRIORITIES))}"),
        references=_references(content, collector),
        source=source_name(str(content.get("source", ""))),
    )
    for unknown in sorted(set(content) - {"columns", "states", "priorities", "references", "source"}):
        collector.error(
            f"It has a part {quoted(unknown)}, which means nothing here. "
            "The parts are columns, states, priorities, references and source."
        )
    collector.stop_on_errors(name)
    return mapped


def source_name(text: str) -> str:
    """A source as it stands before the colon of an external id."""
    return "-".join(clean_line(text, 60).replace(":", " ").split())


def column_target(text: str) -> str | None:
    """What a column is mapped to, from a name of the field that people use."""
    if text.startswith(TAG_PREFIX):
        return TAG_PREFIX + clean_line(text[len(TAG_PREFIX) :], 40)
    word = plain_word(text)
    return IGNORE if word == IGNORE else TARGETS.get(word, TARGETS.get(word.removesuffix(" id")))


def _state(text: str) -> State | None:
    return next((state for state in STATES if state == plain_word(text)), None)


def _priority(text: str) -> str | None:
    return next((priority for priority in PRIORITIES if priority == plain_word(text)), None)


def _table(
    content: Mapping[str, Any], part: str, meaning: Callable[[str], Any], collector: Collector, allowed: str
) -> dict[str, Any]:
    rows = content.get(part, {})
    if not isinstance(rows, dict):
        collector.error(f'{part} is no table. Begin it with a line "[{part}]".')
        return {}
    found: dict[str, Any] = {}
    for name, value in rows.items():
        target = meaning(value) if isinstance(value, str) else None
        if target is None:
            collector.error(f"[{part}] {quoted(name)} is {quoted(str(value))}; it should be {allowed}.")
        else:
            found[plain_word(name)] = target
    return found


def _references(content: Mapping[str, Any], collector: Collector) -> tuple[tuple[str, str], ...]:
    rows = content.get("references", {})
    if not isinstance(rows, dict) or not all(isinstance(value, str) and name for name, value in rows.items()):
        collector.error('[references] holds beginnings of references, as "task-" = "BACK-".')
        return ()
    return tuple(sorted(rows.items(), key=lambda row: -len(row[0])))


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of one file mean."""

    names: tuple[str, ...]
    """The columns' names as the file writes them, cleaned."""
    targets: tuple[str, ...]
    """What each column holds, "" where that is not known."""
    own: bool = False
    """Whether the file is an export of pmtui."""

    @property
    def known(self) -> int:
        """How many columns are recognised."""
        return sum(bool(target) for target in self.targets)

    def columns_of(self, target: str) -> tuple[int, ...]:
        """The positions of the columns that hold *target*."""
        return tuple(index for index, found in enumerate(self.targets) if found == target)


def read_header(cells: Sequence[str], mapped: Mapped) -> Header:
    """What the columns named *cells* mean: by the mapping, by pmtui's own header, or by their names."""
    names = tuple(clean_line(cell, 80) for cell in cells)
    words = [plain_word(name) for name in names]
    own = OWN_ID in words
    own_targets = {plain_word(title): target for title, target in own_columns().items()} if own else {}
    targets = ["" for _ in words]
    taken: dict[str, int] = {}
    for index in sorted(range(len(words)), key=lambda i: _rank(words[i], mapped)):
        word = words[index]
        target = mapped.columns.get(word) or own_targets.get(word) or ("" if own else TARGETS.get(word, ""))
        single = target not in MANY and target != IGNORE and not target.startswith(TAG_PREFIX)
        if target and not (single and target in taken):
            targets[index] = target
            taken[target] = index
    return Header(names, tuple(targets), own)


def _rank(word: str, mapped: Mapped) -> int:
    if word in mapped.columns:
        return -1
    names = SYNONYMS.get(TARGETS.get(word, ""), ())
    return names.index(word) if word in names else len(TARGETS)
