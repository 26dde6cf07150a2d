"""A small roadmap to sit down at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pmtui.domain.clock import Clock
from pmtui.domain.commands import AddInitiative, AddItem, AddObjective, AddProduct, AddProject, AddTask, MakePromise
from pmtui.workspace import Actor, Workspace

TODAY = date(2026, 3, 2)
MARCH = {"window_start": date(2026, 3, 1), "window_end": date(2026, 3, 31)}
JULY = {"window_start": date(2026, 7, 1), "window_end": date(2026, 7, 31)}
ORDER = ["Single sign-on", "Roles", "Audit trail", "Residency", "Approval inbox", "Automations", "Loose end"]
"""The cards lane by lane, column by column."""


def write_roadmap(path: Path, clock: Clock) -> Path:
    """Two lanes and a card without one; sign-on is promised and planned too late, the inbox has items."""
    with Workspace(path, clock, Actor("ann", "desk")) as workspace:
        workspace.do(AddProduct("product", "Fieldnote"))
        workspace.do(AddObjective("large", "Ready for large organisations", "product"))
        for card_id, title, lane, horizon, more in (
            ("signon", "Single sign-on", "Trust", "now", MARCH),
            ("roles", "Roles", "Trust", "now", JULY),
            ("inbox", "Approval inbox", "Workflow", "now", {}),
            ("audit", "Audit trail", "Trust", "next", {}),
            ("residency", "Residency", "Trust", "later", {}),
            ("auto", "Automations", "Workflow", "later", {"owner": "Bo"}),
            ("loose", "Loose end", "", "next", {"objective_id": "large"}),
        ):
            workspace.do(AddInitiative(card_id, title, {"lane": lane, "horizon": horizon, **more}))
        workspace.do(AddItem("item1", "One list", {"initiative_id": "inbox", "state": "launched"}))
        workspace.do(AddItem("item2", "Hand on", {"initiative_id": "inbox"}))
        workspace.do(AddItem("item3", "No card yet"))
        workspace.do(AddProject("project", "Build", {"start_on": TODAY}))
        workspace.do(AddTask("task", "Sign-on", "project", fields={"duration": 20 * 480, "initiative_id": "signon"}))
        workspace.do(MakePromise("signon", None, date(2026, 3, 20), 0.8, "the board"))
        workspace.do(MakePromise("roles", None, date(2026, 6, 30), 0.6, ""))
    return path
