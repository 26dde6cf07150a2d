"""How fast pmtui is, as ratios of one run: `python tests/bench/run.py [--runs N] [--only NAME]`.

Baselines run in turn with what they are a baseline for, so that a machine that wanders wanders for
both. Targets are goals, not tests: nothing here fails.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pmtui

sys.path.insert(0, str(Path(__file__).parent))
from engine import engine_rows
from plans import make_plan, make_schedule
from terminal import Program

HERE = Path(__file__).parent
PYTHON = sys.executable
FIRST_ROWS = b"QUICK WINS"


def row(what: str, measured: str, target: str) -> None:
    """One line of the table."""
    print(f"| {what} | {measured} | {target} |", flush=True)  # noqa: T201 - a bench prints


def process_cpu(command: list[str]) -> float:
    """Milliseconds of processor time of a whole process."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def interleaved(runs: int, *measures: Callable[[], float]) -> list[float]:
    """The median of each, measured in turn."""
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(runs):
        for values, measure in zip(found, measures, strict=True):
            values.append(measure())
    return [statistics.median(values) for values in found]


def app(plan: Path) -> list[str]:
    """The command that opens a plan."""
    return [PYTHON, "-m", "pmtui", "--db", str(plan)]


def status(plans: dict[int, Path], runs: int) -> None:
    """Whole process of `pmtui status`."""
    command = [PYTHON, "-m", "pmtui", "status", "--db", str(plans[10_000])]
    empty, ours = interleaved(runs * 3, lambda: process_cpu([PYTHON, "-c", "pass"]), lambda: process_cpu(command))
    row("`pmtui status`, 10,000 items", f"{ours / empty:.1f} x `python -c pass` ({ours:.0f} ms CPU)", "4 x")
    if shutil.which("task") is None:
        row("`pmtui status` against Taskwarrior", "skipped: `task` is not installed", "0.5 x")
        return
    with tempfile.TemporaryDirectory() as folder:
        rc = Path(folder) / "taskrc"
        rc.write_text(f"data.location={folder}\nconfirmation=off\n")
        file = Path(folder) / "tasks.json"
        lines = [
            f'{{"uuid":"{n:08x}-0000-4000-8000-000000000000","description":"Task {n}","status":"pending",'
            '"entry":"20260101T000000Z"}' for n in range(10_000)
        ]  # fmt: skip
        file.write_text("[" + ",\n".join(lines) + "]")
        base = ["task", f"rc:{rc}", "rc.verbose=nothing"]
        subprocess.run([*base, "import", str(file)], check=True, capture_output=True)
        peer, ours = interleaved(runs, lambda: process_cpu([*base, "summary"]), lambda: process_cpu(command))
    row("`pmtui status` against Taskwarrior's `task summary`, as many tasks", f"{ours / peer:.2f} x", "0.5 x")


def opening(command: list[str], figure: Callable[[Program, float], float]) -> Callable[[], float]:
    """A measure: open, wait for the first rows, take the figure, kill."""

    def measure() -> float:
        program = Program(command)
        try:
            return figure(program, program.until(FIRST_ROWS))
        finally:
            program.stop()

    return measure


def start(plans: dict[int, Path], runs: int) -> None:
    """From the start to the first rows."""
    bare = [PYTHON, str(HERE / "bare.py")]
    for name, figure in (("time", lambda _p, s: s * 1000), ("CPU", lambda p, _s: p.cpu)):
        measures = [opening(command, figure) for command in (bare, *(app(plan) for plan in plans.values()))]
        base, *ours = interleaved(runs, *measures)
        words = ", ".join(f"{size:,}: {value / base:.2f} x" for size, value in zip(plans, ours, strict=True))
        row(f"start to first rows ({name}) against a Textual app with one line", words, "1.3 x at 2,000")


def keys(plans: dict[int, Path], _runs: int) -> None:
    """The cursor, and an edit."""
    program = Program(app(plans[2_000]))
    program.until(FIRST_ROWS)
    program.settle(1.5)
    for name, toggle, limit in (("open", "", "1,500"), ("closed", "z", "450")):
        if toggle:
            program.press(toggle)
        moves = [program.press("j") for _ in range(20)] + [program.press("k") for _ in range(20)]
        times = sorted(time for time, _ in moves)
        sizes = sorted(size for _, size in moves)
        row(
            f"cursor move, detail {name}",
            f"{statistics.median(sizes):.0f} bytes; {statistics.median(times):.0f} ms, 95 % within {times[37]:.0f} ms",
            f"{limit} bytes, 16 ms",
        )
    program.stop()
    for size, limit in ((1_000, "16 ms"), (10_000, "100 ms")):
        program = Program(app(plans[size]))
        program.until(FIRST_ROWS)
        program.settle(1.5)
        program.press("K")
        times = sorted(program.press(key)[0] for key in "JKJKJKJKJKJK")
        row(
            f"edit to repaint, {size:,} items",
            f"median {statistics.median(times):.0f} ms, worst {times[-1]:.0f} ms",
            limit,
        )
        program.stop()


def timeline(_plans: dict[int, Path], _runs: int) -> None:
    """The cursor of the Timeline, a day more for a task, and going from tab to tab."""
    with tempfile.TemporaryDirectory() as folder:
        for size, limit in ((1_000, "16 ms"), (10_000, "100 ms")):
            path = Path(folder) / f"schedule-{size}.db"
            make_schedule(path, size)
            program = Program(app(path))
            program.until(FIRST_ROWS)
            program.settle(1.5)
            program.press("5")
            program.press("l")
            for name, toggle, most in (("open", "", "1,500"), ("closed", "z", "450")):
                if toggle:
                    program.press(toggle)
                moves = [program.press("j") for _ in range(20)] + [program.press("k") for _ in range(20)]
                times, sizes = sorted(t for t, _ in moves), sorted(s for _, s in moves)
                row(
                    f"Timeline of {size:,} tasks: cursor move, detail {name}",
                    f"{statistics.median(sizes):.0f} bytes; {statistics.median(times):.0f} ms, "
                    f"95 % within {times[37]:.0f} ms",
                    f"{most} bytes, 16 ms",
                )
            program.press("j")
            program.press("j")
            program.press(">")
            times = sorted(program.press(key)[0] for key in "<><><><><><>")
            row(
                f"edit, schedule, repaint, {size:,} tasks",
                f"median {statistics.median(times):.0f} ms, worst {times[-1]:.0f} ms",
                limit,
            )
            program.settle(1)
            os.write(program.master, b">")
            waits = sorted(program.press("j")[0] for _ in range(3))
            row(f"cursor right behind an edit, {size:,} tasks", f"worst of three {waits[-1]:.0f} ms", "never waits")
            switches = [program.press(key) for key in "3535"]
            row(
                f"tab switch, {size:,} tasks",
                f"{statistics.median(s for _, s in switches) / 1000:.0f} kB, "
                f"{statistics.median(t for t, _ in switches):.0f} ms",
                "8 kB",
            )
            program.stop()


def memory(plans: dict[int, Path], _runs: int) -> None:
    """Peak memory with the models loaded."""
    found = []
    for command in ([PYTHON, str(HERE / "bare.py")], app(plans[10_000])):
        program = Program(command)
        program.until(FIRST_ROWS)
        program.settle(1.5)
        program.press("K")
        found.append(program.memory)
        program.stop()
    row("memory, 10,000 items, models loaded", f"{found[1] / found[0]:.1f} x a bare app ({found[1]:.0f} MB)", "2.5 x")


def idle(plans: dict[int, Path], _runs: int) -> None:
    """Ten seconds of nothing."""
    found = []
    for command in ([PYTHON, str(HERE / "bare.py")], app(plans[2_000])):
        program = Program(command)
        program.until(FIRST_ROWS)
        program.settle(3)
        before = program.cpu
        quiet = 0
        end = time.perf_counter() + 10
        while time.perf_counter() < end:
            quiet += len(program.read(0.5))
        found.append((quiet, program.cpu - before))
        program.stop()
    (_, base), (sent, ours) = found
    row("idle for 10 s", f"{sent} bytes; {ours:.0f} ms CPU, a bare app {base:.0f} ms", "0 bytes, 1.2 x")


def engine(_plans: dict[int, Path], runs: int) -> None:
    """The dates of a plan."""
    for line in engine_rows(runs):
        row(*line)


BENCHES = {
    "engine": engine,
    "status": status,
    "start": start,
    "keys": keys,
    "timeline": timeline,
    "memory": memory,
    "idle": idle,
}


def main() -> None:
    """Make the plans, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each measure (5)")
    parser.add_argument("--only", choices=BENCHES, help="one bench alone")
    options = parser.parse_args()
    compileall.compile_dir(str(Path(pmtui.__file__).parent), quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        plans = {size: Path(folder) / f"plan-{size}.db" for size in (100, 1_000, 2_000, 10_000)}
        for size, path in plans.items():
            make_plan(path, size)
        print("| what | measured | goal |\n|---|---|---|")  # noqa: T201 - a bench prints
        for name, bench in BENCHES.items():
            if options.only in (None, name):
                bench(plans, options.runs)


if __name__ == "__main__":
    main()
