"""Fields as people type them: a value as text, and text as a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pmtui.domain.capture import complete
from pmtui.domain.commands import FieldEdit
from pmtui.domain.entities import Entity, kind_name
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, shown_as, specs
from pmtui.domain.plan import Plan
from pmtui.domain.text import clean_line, quoted
from pmtui.domain.values import read_value
from pmtui.ui.verbs import counted


def field_text(plan: Plan, entity: Entity, name: str) -> str:
    """A field's value as it is typed: a reference as its short key, nothing as an empty text."""
    value: Scalar = getattr(entity, name)
    spec = specs(type(entity))[name]
    if value is None or value == "":
        return ""
    if spec.to:
        target = plan.find(spec.to, str(value))
        return str(getattr(target, "key", "")) or str(value)
    return value if isinstance(value, str) else shown_as(spec, value)


def completed(typed: str, plan: Plan, kind: str) -> list[str]:
    """Whole lines that the line of a new thing could become: behind the first word each one may be a field."""
    start, blank, _ = typed.rpartition(" ")
    return [f"{start} {word}" for word in complete(typed, plan, kind)] if blank else []


def tag_words(text: str) -> list[str]:
    """The tags in a line, each as it was typed: blanks, commas and semicolons stand between them."""
    return re.split(r"[\s,;]+", clean_line(text).strip(" ,;")) if text.strip(" ,;") else []


def still_there(plan: Plan, kind: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Those of *ids* that the plan still has: a question may stay open while another window takes things away.

    Raises `Refused` with a sentence where none is left.
    """
    rows = plan.of(kind)
    found = tuple(id_ for id_ in ids if id_ in rows)
    if not found:
        what = f"That {kind_name(kind)} is" if len(ids) == 1 else f"These {counted(kind, len(ids))} are"
        raise Refused(f"{what} no longer in the plan. Another window may have removed it.")
    return found


def score_edits(
    plan: Plan, seen: Plan, ids: Sequence[str], names: Sequence[str], text: str, today: date
) -> tuple[FieldEdit, ...]:
    """The edits that give items the numbers typed, in the order of the fields *names*; `-` leaves one out.

    They hold as long as the items are as in the plan that the user has *seen*.
    Raises `Refused` with a sentence where the numbers do not fit.
    """
    if re.search(r"\d,\d", text):
        raise Refused(
            f"{quoted(text)} could be one number or two. Write 7.5 with a point, and 7 5 with a blank between."
        )
    words = text.replace(",", " ").replace("/", " ").split()
    titles = ", ".join(specs(BacklogItem)[name].title for name in names)
    if not words or len(words) > len(names):
        raise Refused(f"Type up to {len(names)} numbers in this order: {titles}. - leaves one out.")
    given = [(name, word) for name, word in zip(names, words, strict=False) if word != "-"]
    values = {name: read_value("backlog_item", name, word, plan, today) for name, word in given}
    items = seen.backlog_items
    return tuple(
        FieldEdit("backlog_item", id_, name, getattr(items[id_], name), value)
        for id_ in still_there(plan, "backlog_item", ids)
        for name, value in values.items()
    )


def field_edit(plan: Plan, entity: Entity, kind: str, name: str, text: str, today: date) -> FieldEdit:
    """The edit that gives a field of *entity*, as the user saw it, the value typed. Raises `Refused`."""
    return FieldEdit(kind, entity.id, name, getattr(entity, name), read_value(kind, name, text, plan, today))
