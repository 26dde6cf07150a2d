"""Schedule: projects, their tasks as a work breakdown structure, and the dependencies that order them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pmtui.domain.durations import DAY
from pmtui.domain.fields import MAX_MINUTES, choice, day, duration, flag, identity, notes, number, ref, short_key, text

LinkType = Literal["FS", "SS", "FF", "SF"]
LINK_TYPES: tuple[LinkType, ...] = ("FS", "SS", "FF", "SF")
"""Finish-to-start, start-to-start, finish-to-finish, start-to-finish: first the predecessor, then the successor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Work with a beginning, an end and somebody who answers for it."""

    id: str = identity()
    key: str = short_key()
    product_id: str | None = ref("product", "product")
    name: str = text("name", required=True)
    manager: str = text("manager", limit=80, note="who answers for it")
    start_on: date = day("start", "no task starts before this day", required=True)
    goal: str = notes("goal", "what is different when it is done")
    scope: str = notes("scope", "what belongs to it, and what does not")
    success_metrics: str = notes("success metrics", "how we will know that it was worth it")
    external_id: str | None = text("external id", unique=True, absent=True)
    archived: bool = flag("archived")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work. One with tasks below it is a summary: its dates and progress come from them.

    No start and no finish is stored: they are computed from durations, dependencies and calendar.
    """

    id: str = identity()
    key: str = short_key()
    project_id: str = ref("project", "project", required=True)
    parent_id: str | None = ref("parent", "task", note="the task that this one is a part of")
    position: float | None = number("position", -1e9, 1e9, note="its place among the tasks beside it")
    title: str = text("title", required=True)
    duration: int = duration("duration", DAY, note="working time as 3d, 4h, 2w; 0 makes it a milestone")
    percent_complete: float | None = number("percent complete", 0, 1, share=True, note="the share of its duration done")
    start_no_earlier: date | None = day("earliest start", "it starts on this day or later (start no earlier than)")
    owner: str = text("owner", limit=80, note="who does it")
    item_id: str | None = ref("item", "backlog_item", note="why: the backlog item that it brings")
    initiative_id: str | None = ref("card", "initiative", note="why: the roadmap card that it serves")
    notes: str = notes("notes", "what it is about; Markdown is welcome")
    external_id: str | None = text("external id", unique=True, absent=True)
    archived: bool = flag("archived")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """The successor waits for the predecessor; a lag is working time between them, a lead is a negative one."""

    id: str = identity()
    predecessor_id: str = ref("predecessor", "task", required=True)
    successor_id: str = ref("successor", "task", required=True)
    type: LinkType = choice("link", LINK_TYPES, "FS", "FS, SS, FF or SF")
    lag: int = duration("lag", 0, low=-MAX_MINUTES, note="working time between them; a lead is negative")
