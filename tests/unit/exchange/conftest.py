from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import Command
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.exchange.read import ImportReport, plan_import

TODAY = date(2026, 3, 2)


@dataclass
class Desk:
    """A plan on a desk: files are imported into it, and commands done to it."""

    folder: Path
    plan: Plan = field(default_factory=Plan)
    new_id: Callable[[], str] = field(default_factory=lambda: fixed_clock(TODAY, seed=7).new_id)

    def look(self, content: str | bytes | Path, name: str = "list.csv", **options: object) -> ImportReport:
        if isinstance(content, Path):
            path = content
        else:
            path = self.folder / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return plan_import(path, self.plan, new_id=self.new_id, today=TODAY, **options)

    def bring(self, content: str | bytes | Path, name: str = "list.csv", **options: object) -> ImportReport:
        report = self.look(content, name, **options)
        self.do(report.command)
        return report

    def do(self, command: Command) -> None:
        self.plan = self.plan.apply(decide(self.plan, command, TODAY))

    def item(self, title: str):
        return next(item for item in self.plan.backlog_items.values() if item.title == title)

    def mapping(self, text: str) -> Path:
        path = self.folder / "map.toml"
        path.write_text(text)
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def wild() -> Path:
    """A small backlog with the oddities of real ones: two styles of ids, dangling links, unknown words."""
    return Path(__file__).parent / "data" / "wild.csv"
