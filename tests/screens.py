"""A seat at the app: press keys, wait until all of them have had their effect, read the screen."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from pmtui.domain.clock import Clock, fixed_clock
from pmtui.domain.commands import Command
from pmtui.domain.demo import SEED, demo_commands
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.plan import Plan, needs_of, tags_of
from pmtui.ui.app import PmtuiApp
from pmtui.ui.config import Config
from pmtui.ui.dialogs.conflict import ConflictDialog
from pmtui.ui.matrix.view import MatrixView
from pmtui.workspace import Actor, Workspace

DEMO_DAY = date(2026, 3, 2)
PATIENCE = 30.0
"""Seconds after which what has not happened will not happen."""


def write_demo(path: Path) -> Path:
    """The demo plan, with its history, in a new file."""
    clock = fixed_clock(DEMO_DAY, SEED)
    with Workspace(path, clock, Actor("ann", "desk")) as workspace:
        for command in demo_commands(clock):
            workspace.do(command)
    return path


def make_app(path: Path, clock: Clock, config: Config | None = None, **more: Any) -> PmtuiApp:
    """The app on the plan in *path*, as Ann sees it at her desk."""
    return PmtuiApp(Workspace(path, clock, Actor("ann", "desk")), clock, config or Config(tab="matrix"), **more)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every key, command and draft has had its effect and the screen has been drawn."""
    app = pilot.app
    assert isinstance(app, PmtuiApp)
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    quiet = 0
    while quiet < 2 and app.is_running and not app._exit:
        await pilot.pause()
        await asyncio.wrap_future(app.workspace._writer.submit(int))
        busy = app._prompt is None or app._typed or app._key is not None
        if not isinstance(app.screen, ConflictDialog):
            working = [worker for worker in app.workers if not worker.is_finished]
            busy = busy or app._pending or app.is_opening() or app.is_answering() or working
        quiet = 0 if busy else quiet + 1
        assert loop.time() < until, f"never quiet: {app._pending} {app._opening} {list(app.workers)}"


class Seat:
    """One window of pmtui and the hands that use it."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        app = pilot.app
        assert isinstance(app, PmtuiApp)
        self.app = app

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await settle(self.pilot)

    async def type(self, text: str) -> None:
        """Replace what the focused field holds, as a paste over a selection does."""
        box = self.app.focused
        if isinstance(box, Input):
            box.value = ""
        await self.paste(text)

    async def paste(self, text: str) -> None:
        assert self.app._driver is not None
        self.app._driver.send_message(events.Paste(text))
        await settle(self.pilot)

    async def command(self, text: str) -> None:
        """Type it behind the colon and press Enter."""
        await self.press("colon")
        await self.paste(text)
        await self.press("enter")

    async def settle(self) -> None:
        await settle(self.pilot)

    async def do(self, command: Command) -> None:
        """Change the plan behind the keyboard's back."""
        await asyncio.to_thread(self.app.workspace.do, command)
        self.app._announce(frozenset())
        await self.settle()

    async def poll(self) -> None:
        """Let the file be asked now for what others wrote."""
        if self.app._polling is not None:
            await asyncio.wrap_future(self.app._polling)
        self.app._tick()
        assert self.app._polling is not None
        await asyncio.wrap_future(self.app._polling)
        await self.settle()

    # What there is to see

    @property
    def matrix(self) -> MatrixView:
        return self.app.matrix

    @property
    def plan(self) -> Plan:
        return self.app.plan

    @property
    def prompt(self) -> Any:
        assert self.app._prompt is not None
        return self.app._prompt

    @property
    def said(self) -> list[str]:
        """The messages in the corner, oldest first."""
        return [notification.message for notification in self.app._notifications]

    def item(self, title: str) -> BacklogItem:
        return next(item for item in self.plan.backlog_items.values() if item.title == title)

    def here(self) -> BacklogItem:
        """The item under the cursor."""
        return self.plan.backlog_items[self.matrix.cursor]

    def go(self, title: str) -> BacklogItem:
        """Put the cursor on the item of that title."""
        item = self.item(title)
        self.matrix.put_cursor(item.id)
        return item

    def tags(self, title: str) -> tuple[str, ...]:
        return tags_of(self.plan).get(self.item(title).id, ())

    def needs(self, title: str) -> list[str]:
        found = needs_of(self.plan).get(self.item(title).id, ())
        return [self.plan.backlog_items[id_].title for id_ in found]

    def lines(self) -> list[str]:
        """The screen as text, a dialog over what is behind it."""
        app = self.app
        width, height = app.size
        console = Console(width=width, height=height, file=io.StringIO(), color_system=None, legacy_windows=False)
        console.print(app.screen._compositor.render_update(full=True, screen_stack=app._background_screens))
        output = console.file
        assert isinstance(output, io.StringIO)
        return output.getvalue().splitlines()

    def text(self) -> str:
        return "\n".join(self.lines())

    def shows(self, text: str) -> bool:
        return text in self.text()


@asynccontextmanager
async def seat(
    path: Path,
    clock: Clock,
    *,
    size: tuple[int, int] = (120, 36),
    config: Config | None = None,
    toasts: bool = False,
    **more: Any,
) -> AsyncIterator[Seat]:
    """A running app on that plan, warm and quiet; closed at the end. *toasts* cover a corner of the screen."""
    app = make_app(path, clock, config, **more)
    app.animation_level = "none"
    try:
        async with app.run_test(size=size, notifications=toasts) as pilot:
            await settle(pilot)
            yield Seat(pilot)
    finally:
        await asyncio.to_thread(app.workspace.close)
