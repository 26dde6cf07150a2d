"""pmtui's own JSON: everything, sorted, one entity a line, the same bytes for the same plan."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from pmtui.domain.entities import KEY_LETTERS, KINDS, LINK_ENDS, Entity, kind_name, link_id
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, Spec, check, specs
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.text import REPLACEMENT, clean, quoted
from pmtui.exchange.findings import BadFile, Collector, Finding
from pmtui.exchange.merge import Brought, Merged, complete, merge, report_circles

FORMAT = "pmtui"
VERSION = 2
"""Of the files that are written; those of every earlier version are read: what they lack, they say nothing about."""
MAX_DIGITS = 20
"""Digits that a whole number may have; no field needs as many."""


def export_json(plan: Plan) -> str:
    """The whole plan as JSON: one array a kind, one entity a line, things with keys in the order of their keys."""
    parts = [f'"format": "{FORMAT}"', f'"version": {VERSION}']
    for kind in KINDS:
        rows = sorted(plan.of(kind).values(), key=_order)
        body = ",\n".join(_line(kind, entity) for entity in rows)
        parts.append(f'"{kind}": [\n{body}\n]' if body else f'"{kind}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _order(entity: Entity) -> tuple[str, int, str]:
    return (*key_order(getattr(entity, "key", "")), entity.id)


def _line(kind: str, entity: Entity) -> str:
    row = {name: _plain(spec, getattr(entity, name)) for name, spec in specs(KINDS[kind]).items()}
    return json.dumps(row, ensure_ascii=False, allow_nan=False)


def _plain(spec: Spec, value: Scalar) -> str | float | bool | None:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if spec.type == "number" and value is not None else value


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A number of the file that no field can hold, as it is written there."""

    written: str


class Members(dict[str, Any]):
    """An object of the file, with the names that it has twice."""

    __slots__ = ("doubled",)

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        self.doubled = [name for name, _ in pairs if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


def _whole(digits: str) -> int | Unreadable:
    return int(digits) if len(digits) <= MAX_DIGITS else Unreadable(digits[:12] + "…")


def _fraction(digits: str) -> float | Unreadable:
    value = float(digits)
    return value if math.isfinite(value) else Unreadable(digits[:20])


def load(name: str, text: str) -> Members:
    """The object that the file is. Raises `BadFile` where it is no JSON, not pmtui's, or newer than this program."""
    try:
        content = json.loads(
            text,
            object_pairs_hook=Members,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=Unreadable,
        )
    except json.JSONDecodeError as error:
        problem = f"It is no JSON from here on: {error.msg} at column {error.colno}. It may be cut off."
        raise BadFile(name, (Finding(error.lineno, "error", problem),)) from None
    except RecursionError:
        raise BadFile(name, "It is nested too deeply to be a plan.") from None
    if not isinstance(content, Members) or content.get("format") != FORMAT:
        raise BadFile(
            name,
            'It is JSON, but no export of pmtui ("format": "pmtui" is missing). '
            "Export it from the other tool as CSV, then import that.",
        )
    version = content.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BadFile(name, "It does not say its version as a whole number from 1.")
    if version > VERSION:
        raise BadFile(
            name, f"It was written by a newer pmtui (format {version}; this one reads {VERSION}). Update pmtui first."
        )
    return content


@dataclass(slots=True)
class _Reading:
    """One JSON file on its way into a plan."""

    plan: Plan
    text: str
    collector: Collector = field(default_factory=Collector)
    rows: dict[str, list[Brought]] = field(default_factory=dict)
    """The file's entities with the file's ids."""
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """The id in the plan of each kind and id of the file."""
    _lines: dict[str, list[int]] | None = None

    def lines_of(self, entity_id: object) -> list[int]:
        """The lines on which an entity with this id stands, of whatever kind."""
        if self._lines is None:
            self._lines = {}
            line, at = 1, 0
            for match in re.finditer(r'"id"\s*:\s*"((?:[^"\\]|\\.)*)"', self.text):
                line += self.text.count("\n", at, match.start())
                at = match.start()
                self._lines.setdefault(match[1], []).append(line)
        return self._lines.get(entity_id, []) if isinstance(entity_id, str) else []

    def line_of(self, entity_id: object) -> int | None:
        """The first of them."""
        lines = self.lines_of(entity_id)
        return lines[0] if lines else None

    def error(self, text: str, entity_id: object, turn: int = 0) -> None:
        """Report an error at the line where the entity stands for the *turn*-th time."""
        lines = self.lines_of(entity_id)
        self.collector.error(text, lines[min(turn, len(lines) - 1)] if lines else None)


def import_json(name: str, text: str, plan: Plan) -> tuple[Merged, Collector, int]:
    """What the file changes in *plan*, the findings, and how many things (no tags, no links) the file holds.

    Ids of the file are kept; where the plan knows the same thing by its external id, tag or view name, that one is
    meant. Raises `BadFile` with every problem found.
    """
    reading = _Reading(plan, text)
    content = load(name, text)
    _check_members(reading, content)
    for kind in KINDS:
        _read_kind(reading, kind, content.get(kind, []))
    reading.collector.stop_on_errors(name)
    for kind in KINDS:
        _match_kind(reading, kind)
    brought = [_translated(reading, one) for kind in KINDS for one in reading.rows[kind]]
    reading.collector.stop_on_errors(name)
    brought = _once_each(reading, brought)
    reading.collector.stop_on_errors(name)
    merged = merge(plan, brought, reading.collector)
    lines = {one.id: reading.line_of(one.id) for one in reading.rows["backlog_item"]}
    report_circles(plan, merged, lines, reading.collector)
    reading.collector.stop_on_errors(name)
    return merged, reading.collector, sum(len(reading.rows[kind]) for kind in (*KEY_LETTERS, "view"))


def _check_members(reading: _Reading, content: Members) -> None:
    for doubled in dict.fromkeys(content.doubled):
        reading.collector.error(f"The part {quoted(doubled)} is there more than once.")
    for unknown in content:
        if unknown not in KINDS and unknown not in ("format", "version"):
            reading.collector.error(
                f"The part {quoted(unknown)} is unknown to this version, and nothing is dropped in silence. "
                "Take it out, or update pmtui."
            )


def _read_kind(reading: _Reading, kind: str, array: Any) -> None:
    rows = reading.rows[kind] = []
    if not isinstance(array, list):
        reading.collector.error(f"{quoted(kind)} is no list.")
        return
    seen: dict[str, int] = {}
    for index, raw in enumerate(array, 1):
        if not isinstance(raw, Members):
            reading.collector.error(f"Entry {index} of {quoted(kind)} is no object.")
            continue
        entity_id = raw.get("id")
        what = f"{kind_name(kind)} {quoted(entity_id) if isinstance(entity_id, str) else index}"
        before = len(reading.collector.findings)
        values = _values(reading, kind, raw, what)
        missing = complete(kind, values) if len(reading.collector.findings) == before else []
        if missing and (kind in LINK_ENDS or not _known(reading.plan, kind, entity_id)):
            reading.error(f"The {what} has no {missing[0]}.", entity_id)
        if not isinstance(entity_id, str) or not entity_id:
            reading.collector.error(f"Entry {index} of {quoted(kind)} has no id.")
            continue
        turn = seen[entity_id] = seen.get(entity_id, -1) + 1
        if turn:
            first = reading.line_of(entity_id)
            reading.error(f"The {what} is there already on line {first}. Keep one of them.", entity_id, turn)
            continue
        rows.append(Brought(kind, entity_id, values, reading.line_of(entity_id)))


def _known(plan: Plan, kind: str, entity_id: object) -> bool:
    return isinstance(entity_id, str) and plan.find(kind, entity_id) is not None


def _values(reading: _Reading, kind: str, raw: Members, what: str) -> dict[str, Scalar]:
    known = specs(KINDS[kind])
    for doubled in dict.fromkeys(raw.doubled):
        reading.error(f"The {what} has {quoted(doubled)} more than once.", raw.get("id"))
    values: dict[str, Scalar] = {}
    for name, value in raw.items():
        spec = known.get(name)
        if spec is None:
            reading.error(f"The {what} has a field {quoted(name)} that this version does not know.", raw.get("id"))
            continue
        try:
            values[name] = _value(reading, spec, value, what, raw.get("id"))
        except Refused as refusal:
            reading.error(f"The {what}: {refusal.sentence}", raw.get("id"))
    return values


def _value(reading: _Reading, spec: Spec, value: Any, what: str, entity_id: object) -> Scalar:
    if value is None and spec.nullable:
        return None
    if isinstance(value, Unreadable):
        raise Refused(f"The {spec.title} is {quoted(value.written)}, which is no number that can be kept.")
    if isinstance(value, list | dict):
        raise Refused(f"The {spec.title} is a list or an object, where one value belongs.")
    if spec.type == "key" and value == "":
        return ""
    if spec.required and (value is None or value == ""):
        raise Refused(f"The {spec.title} is empty.")
    if spec.type == "day" and value is not None:
        value = _day(spec, value)
    elif spec.type == "number" and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    elif spec.type in ("text", "notes") and isinstance(value, str):
        value = _tidy(reading, spec, value, what, entity_id)
    elif spec.type == "choice" and not isinstance(value, str):
        raise Refused(f"The {spec.title} is text, not {quoted(str(value))}.")
    check(spec, value)
    return value  # type: ignore[no-any-return]  # `check` has seen that it is a scalar of this field


def _day(spec: Spec, value: Any) -> date:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise Refused(f"The {spec.title} is a day as 2026-01-31, not {quoted(str(value))}.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(f"The {spec.title} {quoted(value)} is no day of the calendar.") from None


def _tidy(reading: _Reading, spec: Spec, value: str, what: str, entity_id: object) -> str:
    cleaned = clean(value, multiline=spec.type == "notes")
    line = reading.line_of(entity_id) if cleaned != value or len(value) > spec.max_length else None
    if cleaned != value:
        reading.collector.note(f"The {spec.title} of the {what} held signs that were replaced by {REPLACEMENT}.", line)
    if len(cleaned) > spec.max_length:
        reading.collector.note(
            f"The {spec.title} of the {what} has {len(cleaned)} characters; the first {spec.max_length} were kept.",
            line,
        )
        cleaned = cleaned[: spec.max_length]
    return cleaned


def _match_kind(reading: _Reading, kind: str) -> None:
    """Find out which things of the file the plan knows already under another id."""
    plan_rows = reading.plan.of(kind)
    field_name = "external_id" if kind in KEY_LETTERS else "name"
    known = {} if kind in LINK_ENDS else {_folded(kind, getattr(e, field_name)): e.id for e in plan_rows.values()}
    known.pop(None, None)
    matched = 0
    for one in reading.rows[kind]:
        name = _folded(kind, one.values.get(field_name)) if kind not in LINK_ENDS else None
        other = known.get(name, one.id)
        if one.id in plan_rows and other != one.id:
            title = specs(KINDS[kind])[field_name].title
            reading.error(f"The {title} {quoted(str(name))} belongs to another {kind_name(kind)} here.", one.id)
        matched += other != one.id
        reading.ids[kind, one.id] = other
    if matched and kind in KEY_LETTERS:
        reading.collector.note(f"{matched} with an id of another plan are known here by their external ids.")


def _folded(kind: str, value: Scalar) -> str | None:
    if value is None or value == "":
        return None
    return str(value).casefold() if kind == "view" else str(value)


@cache
def _refs(kind: str) -> tuple[tuple[str, Spec], ...]:
    return tuple((name, spec) for name, spec in specs(KINDS[kind]).items() if spec.to)


@cache
def _names(kind: str) -> tuple[tuple[str, Spec], ...]:
    """The fields by which people and other tools tell things apart."""
    return tuple((n, spec) for n, spec in specs(KINDS[kind]).items() if spec.unique and n not in ("id", "key"))


def _translated(reading: _Reading, one: Brought) -> Brought:
    """The entity with the plan's ids; what it refers to must be in the file or in the plan."""
    values = dict(one.values)
    for name, spec in _refs(one.kind):
        target = values.get(name)
        if not isinstance(target, str):
            continue
        if (spec.to, target) in reading.ids:
            values[name] = reading.ids[spec.to, target]
        elif target not in reading.plan.of(spec.to):
            what = f"{kind_name(one.kind)} {quoted(one.id)}"
            reading.error(
                f"The {spec.title} of the {what} is {quoted(target)}, which is neither here nor in the plan.", one.id
            )
    ends = LINK_ENDS.get(one.kind)
    if ends is None:
        return Brought(one.kind, reading.ids[one.kind, one.id], values, one.line)
    first, second = str(values[ends[0]]), str(values[ends[1]])
    if first == second:
        reading.error(f"The {kind_name(one.kind)} {quoted(one.id)} leads from a thing to itself.", one.id)
    return Brought(one.kind, link_id(first, second), values, one.line)


def _once_each(reading: _Reading, brought: Sequence[Brought]) -> list[Brought]:
    """Two entities of the file that are one in the plan are an error; a link said twice is said once."""
    kept: dict[tuple[str, str], Brought] = {}
    names: dict[tuple[str, str, str], Brought] = {}
    for one in brought:
        other = kept.setdefault((one.kind, one.id), one)
        if other is not one and (one.kind not in LINK_ENDS or _said(other) != _said(one)):
            what = kind_name(one.kind)
            reading.collector.error(f"Two entries of the file are the same {what} of the plan.", one.line)
        for name, spec in _names(one.kind):
            value = one.values.get(name)
            if value in (None, ""):
                continue
            twin = names.setdefault((one.kind, name, str(value)), one)
            if twin is not one:
                reading.collector.error(
                    f"The {spec.title} {quoted(str(value))} stands on line {twin.line} already. Keep one of them.",
                    one.line,
                )
    return list(kept.values())


def _said(link: Brought) -> dict[str, Scalar]:
    """What is said about a link beside its ends and its id."""
    return {name: value for name, value in link.values.items() if name != "id"}
