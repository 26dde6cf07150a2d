"""How commands find and open a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.cli.out import Problem

if TYPE_CHECKING:
    from pmtui.workspace import Workspace


def existing_plan(argument: str | None) -> Path:
    """The path of a plan that is there. Raises `Problem` where there is none: reading makes no file."""
    from pmtui.workspace.location import plan_path

    path = plan_path(argument)
    if not path.exists():
        raise Problem(
            f"There is no plan at {path} yet. `pmtui` or `pmtui add` makes one there; "
            "`pmtui demo` shows an invented one."
        )
    return path


def open_workspace(path: Path) -> Workspace:
    """The one writer for the plan at *path*; the caller closes it."""
    from pmtui.domain.clock import system_clock
    from pmtui.workspace import Workspace

    return Workspace(path, system_clock())
