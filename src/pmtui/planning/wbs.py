"""The work breakdown structure as lines: projects, and below each its tasks with their codes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from pmtui.domain.memory import derived_from
from pmtui.domain.plan import Plan, key_order
from pmtui.planning.frame import IDENTITY, PROJECT, tree


class WbsRow(NamedTuple):
    """A line of the outline."""

    kind: Literal["project", "task"]
    id: str
    depth: int
    """0 for a project, 1 for its topmost tasks."""
    code: str
    """The place of a task in its project, as `1.2.3`; "" for a project. It is the same whatever is folded or hidden."""
    has_parts: bool
    """Whether anything is below it in the plan, shown or not."""


def outline_of(
    plan: Plan, collapsed: frozenset[str] = frozenset(), wanted: Collection[str] | None = None
) -> list[WbsRow]:
    """Projects in the order of their keys and their tasks in their own order, without what is in the archive.

    What is below a row in *collapsed* is left out. With *wanted*, only rows with these ids are there, and what
    is above them, so that a row never loses its place; give no *collapsed* besides, to find them in folded ones too.
    """
    rows = _everything(plan)
    if wanted is not None:
        rows = _with_those_above(rows, frozenset(wanted))
    if not collapsed:
        return list(rows)
    shown: list[WbsRow] = []
    folded = -1
    for row in rows:
        if 0 <= folded < row.depth:
            continue
        folded = row.depth if row.id in collapsed else -1
        shown.append(row)
    return shown


def codes(plan: Plan) -> dict[str, str]:
    """The code of each task that is not in the archive, by id."""
    return {row.id: row.code for row in _everything(plan) if row.kind == "task"}


def _with_those_above(rows: Sequence[WbsRow], wanted: frozenset[str]) -> list[WbsRow]:
    kept: list[WbsRow] = []
    depth = 0
    """The depth from which on the rows in front of the last kept one are not above it."""
    for row in reversed(rows):
        if row.id in wanted or row.depth < depth:
            kept.append(row)
            depth = row.depth
    kept.reverse()
    return kept


@derived_from(task=f"{IDENTITY} position key", project="id archived key")
def _everything(plan: Plan) -> Sequence[WbsRow]:
    projects, living, below = tree(plan)
    # the tree remembers who is below whom, and not where: its tasks may be older than their places
    tasks = {id_: plan.tasks[id_] for id_ in living}
    in_order = {
        above: sorted(ids, key=lambda id_: (tasks[id_].position or 0.0, key_order(tasks[id_].key)))
        for above, ids in below.items()
    }
    rows: list[WbsRow] = []
    for project in sorted((plan.projects[id_] for id_ in projects), key=lambda project: key_order(project.key)):
        _add(rows, project.id, in_order)
    if len(rows) < len(projects) + len(tasks):
        # A circle of parents in a damaged file hides nothing: its tasks stand at the end.
        seen = {row.id for row in rows if row.kind == "task"}
        rows += [WbsRow("task", id_, 1, "", has_parts=False) for id_ in tasks if id_ not in seen]
    return rows


def _add(rows: list[WbsRow], project: str, below: Mapping[str, Sequence[str]]) -> None:
    top = below[PROJECT + project]
    rows.append(WbsRow("project", project, 0, "", bool(top)))
    ahead = [(id_, 1, str(number)) for number, id_ in enumerate(top, 1)]
    ahead.reverse()
    while ahead:
        id_, depth, code = ahead.pop()
        parts = below.get(id_, ())
        rows.append(WbsRow("task", id_, depth, code, bool(parts)))
        ahead.extend((parts[number - 1], depth + 1, f"{code}.{number}") for number in range(len(parts), 0, -1))
