"""`pmtui add`: new things from one line of words, or many items from lines of standard input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date

from pmtui.cli import OK
from pmtui.cli.out import Problem, say, wants_ascii
from pmtui.domain.capture import parse_arguments, parse_capture
from pmtui.domain.clock import Clock, system_clock
from pmtui.domain.codec import entity_of
from pmtui.domain.commands import AddObjective, AddProduct, Command, ImportEntities
from pmtui.domain.entities import KEY_LETTERS, Entity
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.domain.text import clean, quoted
from pmtui.domain.values import read_value
from pmtui.report.fit import plain

MAX_LINES = 10_000
"""Lines of standard input that one burst may have."""
MAX_CHARACTERS = 20_000_000
"""Characters of standard input that are read at most."""

_WORDS = {
    "objective": {"due": "due_on", "product": "product_id", "notes": "notes"},
    "product": {"vision": "vision"},
}


def run(namespace: argparse.Namespace) -> int:
    """Add what the words say and print key and title of each new thing, one a line."""
    from pmtui.workspace import Workspace
    from pmtui.workspace.location import plan_path

    words: list[str] = namespace.text
    burst = words == ["-"]
    if burst and namespace.kind != "item":
        raise Problem("Only items are read from standard input. Nothing was added.")
    lines = _lines() if burst else []
    clock = system_clock()
    with closing(Workspace(plan_path(namespace.db), clock)) as workspace:
        plan = workspace.plan
        command = _burst(lines, plan, clock) if burst else _single(namespace.kind, words, plan, clock)
        try:
            outcome = workspace.do(command)
        except Refused:
            if not burst or workspace.plan.seq == plan.seq:
                raise
            # Another window has added the same new tag meanwhile: now it is known, and its id is used.
            command = _burst(lines, workspace.plan, clock)
            outcome = workspace.do(command)
        for name in _names(outcome.plan, _new_ids(command)):
            say(plain(name) if wants_ascii(asked=namespace.ascii) else name)
    return OK


def _lines() -> list[tuple[int, str]]:
    """The lines of standard input that say something, numbered from 1. Raises `Problem` for no text."""
    if sys.stdin is None:
        raise Problem("Standard input is closed, so there are no lines to read. Nothing was added.")
    try:
        text = sys.stdin.buffer.read(MAX_CHARACTERS * 4 + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(
            "Standard input is not UTF-8 text. Convert it (iconv) and try again; nothing was added."
        ) from None
    found = [(number, line) for number, line in enumerate(clean(text, multiline=True).split("\n"), 1) if line.strip()]
    if not found:
        raise Problem("Standard input has no line with text. Nothing was added.")
    if len(found) > MAX_LINES or len(text) > MAX_CHARACTERS:
        raise Problem(f"That is more than {MAX_LINES} lines. Use `pmtui import` for so much; nothing was added.")
    return found


def _burst(lines: Sequence[tuple[int, str]], plan: Plan, clock: Clock) -> ImportEntities:
    """All lines as one step. Raises `Refused` with the number of the first line that is wrong."""
    inserts: list[Entity] = []
    for number, line in lines:
        try:
            changes = decide(plan, parse_capture(line, plan, clock.today(), clock.new_id), clock.today())
        except Refused as refused:
            raise Refused(f"Line {number}: {refused.sentence} Nothing was added.") from None
        plan = plan.apply(changes)
        for change in changes:
            row = dict(change.after or {})
            if change.kind in KEY_LETTERS:
                # The key is given when the step is stored: another window may have added things by then.
                row["key"] = ""
            inserts.append(entity_of(change.kind, row))
    count = "1 item" if len(lines) == 1 else f"{len(lines)} items"
    return ImportEntities(f"added {count}", tuple(inserts))


def _single(kind: str, words: Sequence[str], plan: Plan, clock: Clock) -> Command:
    if kind == "item":
        return parse_arguments(words, plan, clock.today(), clock.new_id)
    title, values = _goal(kind, words, plan, clock.today())
    if kind == "product":
        return AddProduct(clock.new_id(), title, str(values.get("vision") or ""))
    due, product = values.get("due_on"), values.get("product_id")
    return AddObjective(
        clock.new_id(),
        title,
        product_id=str(product) if product else None,
        due_on=due if isinstance(due, date) else None,
        notes=str(values.get("notes") or ""),
    )


def _goal(kind: str, words: Sequence[str], plan: Plan, today: date) -> tuple[str, dict[str, Scalar]]:
    """Title and fields of an objective or a product, from words that the shell has taken apart."""
    title: list[str] = []
    values: dict[str, Scalar] = {}
    for word in words:
        name, colon, text = word.partition(":")
        field = _WORDS[kind].get(name.casefold()) if colon else None
        if field:
            values[field] = read_value(kind, field, text, plan, today)
        else:
            title.append(word)
    if not " ".join(title).strip():
        raise Refused(f"There is no title in {quoted(' '.join(words))}. Say what the {kind} is. Nothing was added.")
    return " ".join(title), values


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
