"""How fast a plan's dates are computed, from the rows of the plan to the dates of every task."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from pmtui.domain.durations import DAY
from pmtui.domain.entities.schedule import Dependency, Project, Task
from pmtui.domain.plan import Plan
from pmtui.planning.forecast import forecasts
from pmtui.planning.schedule import schedule
from pmtui.planning.wbs import outline_of

TYPES = ("FS", "FS", "FS", "FS", "FS", "FS", "FS", "SS", "FF", "SF")
LAGS = (0, 0, 0, DAY, -DAY // 2)


def tasks_plan(size: int) -> Plan:
    """A project of so many tasks, a tenth of them summaries, with two links a task of all four types and with lags."""
    tasks: dict[str, Task] = {}
    links: dict[str, Dependency] = {}
    for n in range(size):
        above = None if n % 10 == 0 else f"t{n // 10 * 10:06}"
        tasks[f"t{n:06}"] = Task(
            id=f"t{n:06}",
            key=f"T-{n + 1}",
            project_id="project",
            parent_id=above,
            position=float(n),
            title=f"Task {n}",
            duration=DAY // 2 * (1 + n * 7 % 6),
        )
        for step in (1 + n * 11 % 17, 1 + n * 5 % 23) if above else ():
            before = n - step
            if before > 0 and before % 10 and before // 10 >= n // 10 - 2:
                name = f"t{before:06}.t{n:06}"
                links[name] = Dependency(
                    id=name,
                    predecessor_id=f"t{before:06}",
                    successor_id=f"t{n:06}",
                    type=TYPES[(n + step) % 10],
                    lag=LAGS[(n * 3 + step) % 5],
                )
    project = Project(id="project", key="J-1", name="A project to measure with", start_on=date(2026, 3, 2))
    return Plan(0, {"project": {"project": project}, "task": tasks, "dependency": links})


def edited(plan: Plan, n: int, **fields: object) -> Plan:
    """The plan after one step that changed one task, with what the plan before remembered."""
    name = f"t{n:06}"
    tasks = {**plan.tasks, name: replace(plan.tasks[name], **fields)}
    return Plan(plan.seq + 1, {**plan.kinds, "task": tasks}, dict(plan.memo))


def milliseconds(runs: int, plans: Callable[[int], Plan], function: Callable[[Plan], object]) -> float:
    """The median time of *function* on a plan of its own in each run."""
    found: list[float] = []
    for run in range(runs * 3):
        plan = plans(run)
        start = time.perf_counter()
        function(plan)
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def engine_rows(runs: int) -> Iterator[tuple[str, str, str]]:
    """Lines for the table of `run.py`."""
    for size, goal in ((1_000, "5 ms"), (10_000, "50 ms")):
        plan = tasks_plan(size)
        schedule(plan)
        outline_of(plan)
        forecasts(plan)
        middle = size // 2 + 3

        def fresh(_run: int, plan: Plan = plan) -> Plan:
            return Plan(0, plan.kinds)

        def longer(run: int, plan: Plan = plan, middle: int = middle) -> Plan:
            return edited(plan, middle, duration=DAY * (2 + run))

        def renamed(run: int, plan: Plan = plan, middle: int = middle) -> Plan:
            return edited(plan, middle, title=f"Another {run}")

        times = [milliseconds(runs, plans, schedule) for plans in (fresh, longer, renamed)]
        links = f"{len(plan.dependencies):,} links"
        yield f"schedule of {size:,} tasks, {links}, from their rows", f"{times[0]:.1f} ms", goal
        yield f"the same after one duration changed, {size:,} tasks", f"{times[1]:.1f} ms", goal
        yield f"the same after one title changed, {size:,} tasks", f"{times[2]:.2f} ms", ""
        both = milliseconds(runs, fresh, outline_of), milliseconds(runs, longer, outline_of)
        yield f"outline of {size:,} tasks, and after an edit", f"{both[0]:.1f} ms, {both[1]:.1f} ms", ""
