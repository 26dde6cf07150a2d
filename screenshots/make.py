"""Make the pictures of this folder from the real app on the demo plan: `python screenshots/make.py`.

Each is an SVG of a whole screen, without any remote font, so that it looks the same offline.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import date
from pathlib import Path

from pmtui.domain.clock import Clock, fixed_clock
from pmtui.domain.demo import SEED, demo_commands
from pmtui.ui.app import PmtuiApp
from pmtui.ui.config import Config
from pmtui.workspace import Workspace

FOLDER = Path(__file__).parent
TODAY = date(2026, 3, 2)
SIZES = {"120x36": (120, 36), "80x24": (80, 24)}
THEMES = {"dark": "pmtui-dark", "light": "pmtui-light"}
SCREENS: dict[str, tuple[str, ...]] = {
    "vision": ("1", "j", "j", "j", "j"),
    "board": ("1", "c"),
    "matrix": ("3", "j", "j"),
    "roadmap": ("4", "j"),
    "calendar": ("4", "c"),
    "timeline": ("5", *("j",) * 24, "pagedown"),
    "form": ("3", "j", "j", "E"),
}
"""The keys that lead to each screen."""


def demo_workspace(path: Path) -> tuple[Workspace, Clock]:
    """The demo plan as of `TODAY` in a new file, and its clock."""
    clock = fixed_clock(TODAY, SEED)
    workspace = Workspace(path, clock)
    for command in demo_commands(clock):
        workspace.do(command)
    return workspace, clock


async def picture(path: Path, keys: tuple[str, ...], size: tuple[int, int], theme: str) -> str:
    """The screen after *keys* as SVG text."""
    workspace, clock = demo_workspace(path)
    app = PmtuiApp(workspace, clock, Config(theme=theme))
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.5)
        for key in keys:
            await pilot.press(key)
        await pilot.pause(0.3)
        svg = app.export_screenshot(title="pmtui")
    workspace.close()
    return local(svg)


def local(svg: str) -> str:
    """The SVG without remote fonts, with a steady name for its classes and with its blanks kept."""
    svg = re.sub(r",?\s*url\(\"https?://[^)]*\) format\(\"[^\"]*\"\)", "", svg)
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    return svg.replace("<svg ", '<svg xml:space="preserve" ', 1)


def main() -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as folder:
        for name, keys in SCREENS.items():
            for size_name, size in SIZES.items():
                for theme_name, theme in THEMES.items():
                    file = f"{name}-{size_name}-{theme_name}.svg"
                    plan = Path(folder) / file.replace(".svg", ".db")
                    (FOLDER / file).write_text(asyncio.run(picture(plan, keys, size, theme)), "utf-8")


if __name__ == "__main__":
    main()
