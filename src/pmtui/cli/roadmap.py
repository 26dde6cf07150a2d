"""`pmtui roadmap`: the cards with what was promised and computed, without Textual, SQLModel or a write to the file."""

from __future__ import annotations

import argparse

from pmtui.cli import OK
from pmtui.cli.out import columns, say, wants_ascii
from pmtui.cli.plans import existing_plan


def run(namespace: argparse.Namespace) -> int:
    """Print the roadmap by horizon, month or quarter."""
    from pmtui.domain.clock import system_clock
    from pmtui.report.roadmap import roadmap_json, roadmap_text
    from pmtui.store.read import load_plan

    plan = load_plan(existing_plan(namespace.db))
    today = system_clock().today()
    if namespace.json:
        say(roadmap_json(plan, namespace.by, today))
    else:
        say(roadmap_text(plan, namespace.by, columns(), ascii=wants_ascii(asked=namespace.ascii), today=today))
    return OK
