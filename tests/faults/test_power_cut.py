"""Fault 3: the power goes, and with it every write that was not synced. No acknowledged edit is lost."""

import os
import random  # noqa: TID251 - the cuts follow from a seed
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from pmtui.store.doctor import examine
from pmtui.store.read import load_plan

COMPILER = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(COMPILER is None, reason="no C compiler for the shim that records writes"),
    pytest.mark.skipif(sys.platform != "linux", reason="the shim is preloaded as Linux does it"),
]

EDITS = 40
CUTS = 60

EDITING = """
import os, sys
from pathlib import Path
from pmtui.domain.clock import system_clock
from pmtui.domain.commands import AddItem, NudgeScore
from pmtui.workspace import Actor, Workspace
path = Path(sys.argv[1])
told = os.open(path.with_name("acknowledged"), os.O_WRONLY | os.O_CREAT, 0o600)
with Workspace(path, system_clock(), Actor("ann", "desk")) as workspace:
    for number in range(int(sys.argv[2])):
        if number % 4 == 3:
            outcome = workspace.do(AddItem(f"new{number}", "x" * 400, {"notes": "y" * 9000}))
        else:
            outcome = workspace.do(NudgeScore(("itema", "itemb"), "reach", 1))
        os.pwrite(told, outcome.seq.to_bytes(8, "little"), 0)
"""


class Disk:
    """What is on the platter: what was synced, and of the rest whatever happened to get there."""

    def __init__(self, folder: Path) -> None:
        self.durable = {path.name: bytearray(path.read_bytes()) for path in folder.iterdir() if path.is_file()}
        self.pending: dict[str, list[tuple[int, bytes | None]]] = {}
        self.acknowledged = 0

    def play(self, what: str, name: str, offset: int, data: bytes) -> None:
        if name == "acknowledged":
            self.acknowledged = int.from_bytes(data, "little")
        elif what == "u":
            # a journalling file system keeps names in order; what it loses is content
            self.durable.pop(name, None)
            self.pending.pop(name, None)
        elif what == "s":
            for change in self.pending.pop(name, []):
                apply(self.durable.setdefault(name, bytearray()), *change)
        else:
            self.durable.setdefault(name, bytearray())
            self.pending.setdefault(name, []).append((offset, data if what == "w" else None))

    def cut(self, folder: Path, dice: random.Random) -> None:
        """Write the folder as it is found when the power is back."""
        for name, content in self.durable.items():
            found = bytearray(content)
            for offset, data in self.pending.get(name, []):
                if dice.random() < 0.5:
                    torn = data if data is None or dice.random() < 0.8 else data[: dice.randrange(len(data))]
                    apply(found, offset, torn)
            (folder / name).write_bytes(found)


def apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def operations(log: Path):
    content = log.read_bytes()
    at = 0
    while at < len(content):
        what, length = struct.unpack_from("<cQ", content, at)
        at += 9
        name = content[at : at + length].decode()
        offset, size = struct.unpack_from("<qQ", content, at + length)
        at += length + 16
        data = content[at : at + size] if what == b"w" else b""
        at += len(data)
        yield what.decode(), name, offset, data


@pytest.fixture
def recorded(plan_file, tmp_path_factory):
    """Runs the editing program and gives the disk before it and everything that it did to the plan and its journal."""

    def run(program: str):
        work = tmp_path_factory.mktemp("shim")
        shim, log = work / "recorder.so", work / "log"
        source = Path(__file__).with_name("recorder.c")
        subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-w", "-o", shim, source, "-ldl"], check=True)
        disk = Disk(plan_file.parent)
        record = {"LD_PRELOAD": shim, "PMTUI_RECORD_LOG": log, "PMTUI_RECORD_DIR": plan_file.parent}
        subprocess.run(
            [sys.executable, "-c", program, plan_file, str(EDITS)],
            check=True,
            env={**os.environ, **{name: str(value) for name, value in record.items()}},
        )
        return disk, [operation for operation in operations(log) if "/" not in operation[1]]

    return run


def test_the_power_may_go_at_any_moment(plan_file, tmp_path_factory, recorded):
    disk, done = recorded(EDITING)
    syncs = sum(what == "s" and name.startswith("plan.db") for what, name, _, _ in done)
    assert syncs >= 2 * EDITS, "each edit syncs its journal and its pages"
    dice = random.Random(3)
    played = after_edits = 0
    for moment in sorted(dice.sample(range(1, len(done)), CUTS)):
        for operation in done[played:moment]:
            disk.play(*operation)
        played = moment
        folder = tmp_path_factory.mktemp("after")
        disk.cut(folder, dice)
        found = folder / plan_file.name
        assert examine(found) == []
        assert load_plan(found).seq >= disk.acknowledged
        after_edits += disk.acknowledged > 0
    assert after_edits > CUTS / 2, "most cuts came after an acknowledged edit"


def test_the_same_cut_shows_a_program_that_does_not_sync(plan_file, tmp_path_factory, recorded):
    careless = "from pmtui.store import connection\nconnection.PRAGMAS = ('synchronous=OFF',)\n"
    disk, done = recorded(careless + EDITING)
    for operation in done:
        disk.play(*operation)
    folder = tmp_path_factory.mktemp("after")
    disk.cut(folder, random.Random(3))
    found = folder / plan_file.name
    assert examine(found) or load_plan(found).seq < disk.acknowledged
