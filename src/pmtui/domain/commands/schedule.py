"""Commands on projects, tasks and their dependencies. Those that name ids act on all of them as one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pmtui.domain.entities.schedule import LinkType
from pmtui.domain.fields import Scalar


@dataclass(frozen=True, slots=True)
class AddProject:
    """A new project, which starts today unless its fields say otherwise."""

    id: str
    name: str
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    """Further fields of the project by name, as `{"start_on": date(2026, 12, 1)}`."""


@dataclass(frozen=True, slots=True)
class AddTask:
    """A new task of a project, behind `after_id`, or last among the tasks that `fields["parent_id"]` has."""

    id: str
    title: str
    project_id: str
    after_id: str | None = None
    """The task beside which it stands, right behind it; its parent is taken over."""
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    """Further fields of the task by name, as `{"duration": 960, "owner": "Ann"}`."""
    predecessors: Mapping[str, tuple[LinkType, int]] = field(default_factory=dict)
    """Ids of the tasks that it waits for, each with the type of the link and its lag in working minutes."""


@dataclass(frozen=True, slots=True)
class IndentTasks:
    """Make tasks parts of the task above them (steps 1), or parts of what their parent is part of (steps -1)."""

    ids: tuple[str, ...]
    steps: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class MoveTasks:
    """Move tasks with all their parts down (positive) or up among the tasks beside them."""

    ids: tuple[str, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class NudgeDuration:
    """Make tasks longer or shorter by working minutes from whatever they are now, down to the length of a step."""

    ids: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class ShiftTasks:
    """Start tasks so many working days later or (negative) earlier than they start now.

    It sets `start_no_earlier`, which everybody can see. Counted from the start that the schedule has
    computed, or from `start_no_earlier` where another step has moved that since, so that two quick
    keys move by two days. What links forbid is for the caller to see first: dates are computed by
    `pmtui.planning.schedule`.
    """

    ids: tuple[str, ...]
    days: int
    starts: Mapping[str, date]
    """The day on which each task starts, as its schedule has it."""
    seen: Mapping[str, date | None]
    """The `start_no_earlier` of each task that the schedule was computed with."""


@dataclass(frozen=True, slots=True)
class LinkTasks:
    """Tasks wait for a predecessor. A link that is there already gets the new type and lag."""

    predecessor_id: str
    successor_ids: tuple[str, ...]
    type: LinkType = "FS"
    lag: int = 0
    """Working minutes; negative is a lead."""
    only_new: bool = False
    """Whether tasks that wait for it in whatever way stay as they are."""


@dataclass(frozen=True, slots=True)
class UnlinkTasks:
    """Tasks no longer wait for a predecessor."""

    predecessor_id: str
    successor_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetPredecessors:
    """A task waits for exactly these others."""

    task_id: str
    links: Mapping[str, tuple[LinkType, int]]
    """Ids of predecessors, each with the type of the link and its lag in working minutes."""
    seen: Mapping[str, tuple[LinkType, int]]
    """What it waited for when the user looked; a conflict arises where that is gone."""


@dataclass(frozen=True, slots=True)
class AdvanceTasks:
    """Take tasks to the next state: not started becomes half done, half done becomes done.

    A milestone is done at once. A summary is refused: its progress comes from its parts.
    """

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanWork:
    """Plan a card or an item as tasks of a project, from a template.

    A card becomes a summary task with a summary for each open item in it that has no tasks yet, and the
    template's tasks below each; a card without items, and an item, get the template's tasks right below
    their summary.
    """

    kind: Literal["initiative", "backlog_item"]
    id: str
    template: str
    """The name of one of `pmtui.domain.templates.TEMPLATES`."""
    project_id: str
    project_name: str = ""
    """The name of a new project, which then gets `project_id`; "" where the project is there."""
    new_ids: tuple[str, ...] = ()
    """New ids for its tasks, at least as many as `pmtui.domain.templates.tasks_needed` says."""
