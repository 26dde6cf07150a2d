"""What every test gets: a home of its own, no settings of the person who runs it, and a clock that stands still."""

from __future__ import annotations

import os
import time
from datetime import date

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import AddDependency, AddItem, AddObjective, AddProduct

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch, tmp_path_factory):
    for name in list(os.environ):
        # The snapshot plugin keeps the place of its report in a variable of its own.
        if name.startswith("TEXTUAL_SNAPSHOT"):
            continue
        if name == "NO_COLOR" or name.startswith(("TEXTUAL", "PMTUI_", "XDG_", "SSH_")):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture
def clock():
    """Noon of 2 March 2026 for ever; ids follow from a seed."""
    return fixed_clock(TODAY)


@pytest.fixture
def plan_file(tmp_path, clock):
    """A plan in a file: a product, an objective, items A (value 8, tagged), B (part of A, needs C) and C."""
    from pmtui.workspace import Actor, Workspace

    path = tmp_path / "plan.db"
    with Workspace(path, clock, Actor("ann", "desk")) as workspace:
        workspace.do(AddProduct("product", "Fieldnote"))
        workspace.do(AddObjective("objective", "Less waiting"))
        workspace.do(AddItem("itema", "A", {"value": 8.0, "effort": 2.0}, {"ui": clock.new_id()}))
        workspace.do(AddItem("itemb", "B", {"parent_id": "itema", "objective_id": "objective"}))
        workspace.do(AddItem("itemc", "C"))
        workspace.do(AddDependency("itemb", "itemc"))
    return path
