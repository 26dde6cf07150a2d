"""`pmtui schedule`: the computed dates, without Textual, SQLModel or a write to the file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pmtui.cli.out import Problem, columns, say, wants_ascii
from pmtui.cli.plans import existing_plan

if TYPE_CHECKING:
    from pmtui.domain.plan import Plan

SHOWN = 6
"""Projects that are named where one was not found."""


def run(namespace: argparse.Namespace) -> int:
    """Print the schedule of all projects, or of one."""
    from pmtui.cli import OK
    from pmtui.domain.clock import system_clock
    from pmtui.report.schedule import schedule_json, schedule_text
    from pmtui.store.read import load_plan

    plan = load_plan(existing_plan(namespace.db))
    project = "" if namespace.project is None else _project(plan, namespace.project)
    if namespace.json:
        say(schedule_json(plan, project))
    else:
        today = system_clock().today()
        ascii_only = wants_ascii(asked=namespace.ascii)
        say(schedule_text(plan, columns(), ascii=ascii_only, today=today, project_id=project))
    return OK


def _project(plan: Plan, reference: str) -> str:
    """The id of a project by its key, id, external id or name. Raises `Problem`."""
    from pmtui.domain.plan import key_order, resolve
    from pmtui.domain.rules.names import name_of
    from pmtui.domain.text import quoted
    from pmtui.domain.words import fold

    found = resolve(plan, reference)
    if found and found[0] == "project":
        project = plan.projects[found[1]]
        if project.archived:
            raise Problem(f"The project {name_of(project)} is in the archive, so it has no dates.")
        return project.id
    living = sorted((p for p in plan.projects.values() if not p.archived), key=lambda p: key_order(p.key))
    named = [project for project in living if fold(project.name) == fold(reference)]
    if len(named) == 1:
        return named[0].id
    if named:
        same = ", ".join(project.key for project in named)
        raise Problem(f"Several projects are called {quoted(reference)}: {same}. Give the key of one of them.")
    if not living:
        raise Problem(f"There is no project {quoted(reference)}; the plan has none yet.")
    known = ", ".join(name_of(project) for project in living[:SHOWN])
    more = f" and {len(living) - SHOWN} more" if len(living) > SHOWN else ""
    raise Problem(f"There is no project {quoted(reference)}. There are: {known}{more}.")
