"""How commands find and open a plan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.cli.out import Problem, complain

if TYPE_CHECKING:
    from pmtui.domain.clock import Clock
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


def open_workspace(path: Path, clock: Clock | None = None) -> Workspace:
    """The one writer for the plan at *path*; the caller closes it."""
    from pmtui.domain.clock import system_clock
    from pmtui.workspace import Workspace

    return Workspace(path, clock or system_clock())


@contextmanager
def writing(path: Path, clock: Clock | None = None) -> Iterator[Workspace]:
    """The same, closed at the end; a change that no backup stands behind is told on standard error."""
    with closing(open_workspace(path, clock)) as workspace:
        yield workspace
    if workspace.warning:
        complain(workspace.warning)
