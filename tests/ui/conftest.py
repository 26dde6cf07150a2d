"""The demo plan in a file of each test's own, and a way to sit down at it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from screens import Seat, seat, write_demo

Steps = Callable[[Seat], Awaitable[None]]


@pytest.fixture(scope="session")
def demo_original(tmp_path_factory):
    return write_demo(tmp_path_factory.mktemp("demo") / "plan.db")


@pytest.fixture
def demo_file(demo_original, tmp_path):
    path: Path = tmp_path / "plan.db"
    shutil.copy(demo_original, path)
    return path


@pytest.fixture
def sit(demo_file, clock):
    """Run an async function with a seat at the demo plan, or at another file."""

    def run(steps: Steps, path: Path | None = None, **more: Any) -> None:
        async def go() -> None:
            async with seat(path or demo_file, clock, **more) as at:
                await steps(at)

        asyncio.run(go())

    return run
