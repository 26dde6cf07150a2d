"""Titles that are markup, terminal commands or wide, in the tabs of vision, roadmap and timeline."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from test_hostile_titles import ALL, leave, sound

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import (
    AddInitiative,
    AddItem,
    AddKeyResult,
    AddObjective,
    AddProduct,
    AddProject,
    AddTask,
    LinkTasks,
    MakePromise,
)
from pmtui.domain.text import clean_line, clean_notes
from pmtui.workspace import Actor, Workspace
from screens import DEMO_DAY

VERBS = {
    "1": ("e", "E", "o", "c", "comma", "at", "X", "slash", "U", "i", "a", "A", "?"),
    "4": ("e", "E", "enter", "o", "c", "P", "at", "X", "b", "slash", "U", "i", "a", "A", "?"),
    "5": ("e", "E", "o", "b", "W", "p", "at", "X", "c", "slash", "U", "a", "A", "?"),
}


@pytest.fixture(scope="session")
def hostile_things_original(tmp_path_factory):
    path = tmp_path_factory.mktemp("things") / "things.db"
    with Workspace(path, fixed_clock(DEMO_DAY), Actor("ann [/]", "desk")) as workspace:
        for number, title in enumerate(ALL):
            line, notes, short = clean_line(title), clean_notes(f"{title}\n\n{title}"), clean_line(title, 40)
            board = dict.fromkeys(("target_group", "needs", "features", "business_goals"), notes)
            workspace.do(AddProduct(f"p{number}", title, notes, {**board, "target_customer": line, "north_star": line}))
            goal = {"period": short, "owner": short}
            workspace.do(AddObjective(f"o{number}", title, f"p{number}", notes=notes, fields=goal))
            measured = {"start": 0.0, "target": 9.0, "current": float(number % 10), "unit": short, "owner": short}
            workspace.do(AddKeyResult(f"k{number}", title, f"o{number}", measured))
            card = {"lane": clean_line(title, 60), "outcome": notes, "owner": short, "objective_id": f"o{number}"}
            workspace.do(AddInitiative(f"c{number}", title, card))
            workspace.do(MakePromise(f"c{number}", None, date(2026, 3, 20), 0.8, line))
            workspace.do(AddItem(f"i{number}", title, {"initiative_id": f"c{number}"}))
        workspace.do(AddProject("project", ALL[0], {"manager": clean_line(ALL[1], 40), "goal": clean_notes(ALL[2])}))
        for number, title in enumerate(ALL):
            fields = {"initiative_id": f"c{number}", "owner": clean_line(title, 40), "notes": clean_notes(title)}
            workspace.do(AddTask(f"t{number}", title, "project", fields=fields))
            if number:
                workspace.do(LinkTasks(f"t{number - 1}", (f"t{number}",)))
    return path


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (44, 20)], ids=str)
@pytest.mark.parametrize("tab", VERBS)
def test_every_tab_stands_every_title(sit, hostile_things_original, tmp_path, tab, size):
    async def steps(at):
        await at.press(tab)
        view = at.app.current
        kind = {"1": "pok", "4": "c", "5": "t"}[tab]
        for letter in kind:
            for number in range(len(ALL)):
                view.put_cursor(f"{letter}{number}")
                sound(at)
        view.put_cursor(f"{kind[0]}1")
        for key in VERBS[tab]:
            await at.press(key)
            sound(at)
            await leave(at)
            assert at.app.tab == {"1": "vision", "4": "roadmap", "5": "timeline"}[tab]
        assert at.app.is_running

    sit(steps, path=Path(shutil.copy(hostile_things_original, tmp_path)), size=size)
