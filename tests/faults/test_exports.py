"""Exports on bad days: the old file stays whole, and nothing that a spreadsheet would run gets out."""

import csv
import io
import os
import resource
import signal
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import AddItem
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.exchange.files import NotWritten, write_file
from pmtui.exchange.read import plan_import
from pmtui.exchange.write import export_csv, export_json

TODAY = date(2026, 3, 2)
FORMULAS = ["=1+1", "+1", "-5", "@SUM(A1)", " =cmd|' /C calc'!A0", "'=1", "＝1+1", "-", '=HYPERLINK("http://x")']


def hostile_plan():
    plan = Plan()
    new_id = fixed_clock(TODAY).new_id
    for text in FORMULAS:
        fields = {"notes": f"{text}\n=2", "owner": text, "value": 5.0}
        plan = plan.apply(decide(plan, AddItem(new_id(), f"{text}", fields, {"@tag": new_id()}), TODAY))
    return plan


# 70


def test_no_cell_of_a_csv_is_a_formula():
    rows = csv.reader(io.StringIO(export_csv(hostile_plan()), newline=""))

    for cell in (cell for row in rows for cell in row):
        assert cell.lstrip()[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝"), cell


def test_importing_the_csv_restores_the_originals(tmp_path):
    plan = hostile_plan()
    path = tmp_path / "backlog.csv"
    path.write_text(export_csv(plan), newline="")
    report = plan_import(path, Plan(), new_id=fixed_clock(TODAY, seed=5).new_id, today=TODAY)
    again = Plan().apply(decide(Plan(), report.command, TODAY))

    assert again.backlog_items == plan.backlog_items
    assert report.findings == ()


# 71


def test_json_comes_back_to_the_same_bytes(tmp_path):
    content = export_json(hostile_plan())
    path = tmp_path / "plan.json"
    write_file(path, content)
    report = plan_import(path, Plan(), new_id=fixed_clock(TODAY).new_id, today=TODAY)

    assert export_json(Plan().apply(decide(Plan(), report.command, TODAY))) == content


# 74

WRITER = """
import resource, signal, sys
from pathlib import Path
from pmtui.exchange.files import NotWritten, write_file

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_file(Path(sys.argv[1]), "x" * 100_000)
except NotWritten as refusal:
    print(refusal.sentence)
"""


@pytest.mark.process
def test_an_export_that_does_not_fit_on_the_disk_leaves_the_old_file(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text("the old file")
    done = subprocess.run([sys.executable, "-c", WRITER, str(path)], check=True, capture_output=True, text=True)

    assert "the disk is full. What was there before is as it was. Free some space" in done.stdout
    assert path.read_text() == "the old file"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.geteuid() != 0 or not hasattr(resource, "RLIMIT_FSIZE"), reason="only root may mount a disk")
@pytest.mark.process
def test_an_export_onto_a_truly_full_disk_leaves_the_old_file(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        path = disk / "plan.json"
        path.write_text("the old file")
        with pytest.raises(NotWritten, match="the disk is full"):
            write_file(path, "x" * 1_000_000)
        assert path.read_text() == "the old file"
        assert list(disk.iterdir()) == [path]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_sync_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "plan.json"
    path.write_text("the old file")

    def broken(_handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(NotWritten, match=r"Input/output error\. What was there before is as it was"):
        write_file(path, "new")
    assert path.read_text() == "the old file"
    assert list(tmp_path.iterdir()) == [path]


def test_a_readable_old_file_becomes_private_when_it_is_replaced(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text("the old file")
    path.chmod(0o644)
    write_file(path, "new")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("target", ["/dev/null", "/dev/full"])
def test_a_device_is_never_replaced_by_a_file(target):
    with pytest.raises(NotWritten, match="is a pipe or a device"):
        write_file(Path(target), "x")
    assert not stat.S_ISREG(Path(target).stat().st_mode)


def test_a_pipe_is_refused_without_waiting_for_its_reader(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    signal.alarm(5)
    try:
        with pytest.raises(NotWritten):
            write_file(path, "x")
    finally:
        signal.alarm(0)
