"""`pmtui add`: new things from one line of words, or many of them from lines of standard input."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from pmtui.cli import OK
from pmtui.cli.out import Problem, say, wants_ascii
from pmtui.cli.plans import writing
from pmtui.domain.capture import parse_thing, parse_words
from pmtui.domain.clock import Clock, system_clock
from pmtui.domain.commands import Command, FieldEdit, ImportEntities
from pmtui.domain.entities import KEY_LETTERS, KINDS, Entity
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.domain.text import clean
from pmtui.report.fit import plain

MAX_LINES = 10_000
"""Lines of standard input that one burst may have."""
MAX_CHARACTERS = 20_000_000
"""Characters of standard input that are read at most."""

ADDED: dict[str, str] = {
    "item": "backlog_item",
    "card": "initiative",
    "task": "task",
    "project": "project",
    "objective": "objective",
    "key-result": "key_result",
    "product": "product",
}
"""The kind behind each word of `--kind`."""
BURSTS = ("item", "card", "task")
"""What may be read from standard input, a line each."""
NESTED = ("item", "task")
"""What lines further to the right may be parts of."""


def run(namespace: argparse.Namespace) -> int:
    """Add what the words say and print key and title of each new thing, one a line."""
    from pmtui.workspace.location import plan_path

    words: list[str] = namespace.text
    burst = words == ["-"]
    if burst and namespace.kind not in BURSTS:
        raise Problem(
            "Only items, cards and tasks are read from standard input. "
            f"Say what the {namespace.kind} is in words, one at a time; nothing was added."
        )
    lines = _lines() if burst else []
    clock = system_clock()
    with writing(plan_path(namespace.db), clock) as workspace:
        plan = workspace.plan
        command = (
            _burst(namespace.kind, lines, plan, clock)
            if burst
            else parse_words(ADDED[namespace.kind], words, plan, clock.today(), clock.new_id)
        )
        try:
            outcome = workspace.do(command)
        except Refused:
            if not burst or workspace.plan.seq == plan.seq:
                raise
            # Another window has added the same new tag meanwhile: now it is known, and its id is used.
            command = _burst(namespace.kind, lines, workspace.plan, clock)
            outcome = workspace.do(command)
        for name in _names(outcome.plan, _new_ids(command)):
            say(plain(name) if wants_ascii(asked=namespace.ascii) else name)
    return OK


def _lines() -> list[tuple[int, int, str]]:
    """The lines of standard input that say something: number from 1, indentation, text. Raises `Problem` for none."""
    if sys.stdin is None:
        raise Problem("Standard input is closed, so there are no lines to read. Nothing was added.")
    try:
        text = sys.stdin.buffer.read(MAX_CHARACTERS * 4 + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(
            "Standard input is not UTF-8 text. Convert it (iconv) and try again; nothing was added."
        ) from None
    raw = re.split(r"\r\n?|\n", text)
    found = [(number, _depth(line), clean(line)) for number, line in enumerate(raw, 1) if clean(line).strip()]
    if not found:
        raise Problem("Standard input has no line with text. Nothing was added.")
    if len(found) > MAX_LINES or len(text) > MAX_CHARACTERS:
        raise Problem(f"That is more than {MAX_LINES} lines. Use `pmtui import` for so much; nothing was added.")
    return found


def _depth(line: str) -> int:
    """How far to the right a line begins, in steps of a tab or two blanks."""
    return sum(2 if char == "\t" else 1 for char in line[: len(line) - len(line.lstrip(" \t"))]) // 2


def _burst(word: str, lines: Sequence[tuple[int, int, str]], plan: Plan, clock: Clock) -> ImportEntities:
    """All lines as one step. Raises `Refused` with the number of the first line that is wrong.

    A line is a part of the last one before it that begins further to the left, by however much.
    """
    kind, before = ADDED[word], plan
    inserts: dict[tuple[str, str], None] = {}
    edits: dict[tuple[str, str, str], Scalar] = {}
    above: list[tuple[int, str]] = []
    """Indentation and id of the lines that the next one may be a part of, from the left."""
    for number, depth, line in lines:
        while above and above[-1][0] >= depth:
            above.pop()
        context: dict[str, Scalar] = {"parent_id": above[-1][1]} if above and word in NESTED else {}
        try:
            command = parse_thing(kind, line, plan, clock.today(), clock.new_id, **context)
            changes = decide(plan, command, clock.today())
        except Refused as refused:
            raise Refused(f"Line {number}: {refused.sentence} Nothing was added.") from None
        plan = plan.apply(changes)
        above.append((depth, str(getattr(command, "id", ""))))
        for change in changes:
            if change.before is None:
                inserts[change.kind, change.id] = None
            elif (change.kind, change.id) not in inserts:
                edits |= {(change.kind, change.id, name): value for name, value in (change.after or {}).items()}
    return ImportEntities(
        f"added {len(lines)} {word}{'' if len(lines) == 1 else 's'}",
        tuple(_keyless(plan.of(kind)[entity_id]) for kind, entity_id in inserts),
        tuple(
            FieldEdit(kind, entity_id, name, getattr(before.of(kind)[entity_id], name), value)
            for (kind, entity_id, name), value in edits.items()
        ),
    )


def _keyless(entity: Entity) -> Entity:
    """The entity without its key, which is given when the step is stored: another window may have added things."""
    return replace(entity, key="") if type(entity) in _KEYED else entity  # type: ignore[arg-type]  # those have keys


_KEYED = frozenset(KINDS[kind] for kind in KEY_LETTERS)


def _new_ids(command: Command) -> list[str]:
    if isinstance(command, ImportEntities):
        return [entity.id for entity in command.inserts]
    return [getattr(command, "id", "")]


def _names(plan: Plan, ids: Sequence[str]) -> list[str]:
    find: Callable[[str, str], Entity | None] = plan.find
    found = [entity for id_ in ids for kind in KEY_LETTERS if (entity := find(kind, id_)) is not None]
    return [
        f"{getattr(thing, 'key', '')} {getattr(thing, 'title', None) or getattr(thing, 'name', '')}" for thing in found
    ]
