"""What happened in the demo plan after its import, step by step, so that its history has something to show."""

from __future__ import annotations

from pmtui.domain.commands import (
    AddDependency,
    AdvanceTasks,
    Command,
    EditFields,
    FieldEdit,
    LinkTasks,
    MakePromise,
    NudgeDuration,
    NudgeKeyResult,
    NudgeScore,
    SetState,
)
from pmtui.domain.demo.content_roadmap import PROMISE_MOVED, PROMISED_TODAY
from pmtui.domain.demo.making import Making
from pmtui.domain.durations import DAY
from pmtui.domain.fields import Scalar


def afterthoughts(making: Making) -> list[Command]:
    """The steps in their order."""
    items, tasks = making.items, making.tasks

    def edit(slug: str, field: str, value: Scalar) -> FieldEdit:
        return FieldEdit("backlog_item", items[slug], field, "", value)

    card, promise = PROMISED_TODAY
    start, end = making.promised_window(promise)
    later = making.day(promise.end + 7)
    return [
        NudgeKeyResult((making.results["sameday"],), 1),
        AdvanceTasks((tasks["recordings"],)),
        LinkTasks(tasks["everybody"], (tasks["tenant"],)),
        MakePromise(making.cards[card], start, end, promise.confidence, promise.audience),
        NudgeDuration((tasks["firstweeks"],), -DAY),
        MakePromise(making.cards[card], None, later, promise.confidence, promise.audience, PROMISE_MOVED, end),
        NudgeScore((items["export"],), "value", 1),
        SetState((items["export"],), "planned"),
        AddDependency(items["inbox"], items["link"]),
        EditFields((edit("maps", "priority", "low"), edit("dark", "priority", "low"))),
    ]
