"""From a command to the changes that follow. Every rule of the plan is here, and every rule is pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pmtui.domain import commands as c
from pmtui.domain.changes import Changes
from pmtui.domain.commands import Command
from pmtui.domain.plan import Plan
from pmtui.domain.rules import backlog, common, linking, outline, roadmap, schedule, vision, work
from pmtui.domain.rules.draft import Draft

RULES: dict[type[Command], Callable[[Draft, Any, date], Changes]] = {
    c.AddProduct: vision.add_product,
    c.AddObjective: vision.add_objective,
    c.AddKeyResult: vision.add_key_result,
    c.NudgeKeyResult: vision.nudge_key_result,
    c.AddInitiative: roadmap.add_initiative,
    c.MoveInitiatives: roadmap.move_initiatives,
    c.MakePromise: roadmap.make_promise,
    c.PromoteItems: roadmap.promote_items,
    c.StartRoadmap: roadmap.start_roadmap,
    c.AddItem: backlog.add_item,
    c.NudgeScore: backlog.nudge_score,
    c.AdvanceState: backlog.advance_state,
    c.SetState: backlog.set_state,
    c.TagItems: backlog.tag_items,
    c.AddDependency: backlog.add_dependency,
    c.RemoveDependency: backlog.remove_dependency,
    c.SetDependencies: backlog.set_dependencies,
    c.AddProject: schedule.add_project,
    c.AddTask: schedule.add_task,
    c.IndentTasks: outline.indent_tasks,
    c.MoveTasks: outline.move_tasks,
    c.NudgeDuration: schedule.nudge_duration,
    c.ShiftTasks: schedule.shift_tasks,
    c.LinkTasks: linking.link_tasks,
    c.UnlinkTasks: linking.unlink_tasks,
    c.SetPredecessors: linking.set_predecessors,
    c.AdvanceTasks: schedule.advance_tasks,
    c.PlanWork: work.plan_work,
    c.EditFields: common.edit_fields,
    c.Archive: common.archive,
    c.Restore: common.restore,
    c.SaveView: common.save_view,
    c.RemoveView: common.remove_view,
    c.ImportEntities: common.import_entities,
}
"""The rule of each command."""


def decide(plan: Plan, command: Command, today: date) -> Changes:
    """The changes that *command* means for *plan*; no rows where nothing would differ.

    Raises `Refused` (or `Conflict`) with a sentence for the user where the rules forbid it.
    """
    return RULES[type(command)](Draft(plan), command, today)
