"""What a user can want, as frozen values. `pmtui.domain.rules.decide` says what follows from each."""

from __future__ import annotations

from pmtui.domain.commands.backlog import (
    AddDependency,
    AddItem,
    AdvanceState,
    NudgeScore,
    RemoveDependency,
    SetDependencies,
    SetState,
    TagItems,
)
from pmtui.domain.commands.common import (
    Archive,
    EditFields,
    FieldEdit,
    ImportEntities,
    RemoveView,
    Restore,
    SaveView,
)
from pmtui.domain.commands.roadmap import (
    AddInitiative,
    MakePromise,
    MoveInitiatives,
    PromoteItems,
    StartRoadmap,
)
from pmtui.domain.commands.schedule import (
    AddProject,
    AddTask,
    AdvanceTasks,
    IndentTasks,
    LinkTasks,
    MoveTasks,
    NudgeDuration,
    PlanWork,
    SetPredecessors,
    ShiftTasks,
    UnlinkTasks,
)
from pmtui.domain.commands.vision import AddKeyResult, AddObjective, AddProduct, NudgeKeyResult

Command = (
    AddProduct
    | AddObjective
    | AddKeyResult
    | NudgeKeyResult
    | AddInitiative
    | MoveInitiatives
    | MakePromise
    | PromoteItems
    | StartRoadmap
    | AddItem
    | NudgeScore
    | AdvanceState
    | SetState
    | TagItems
    | AddDependency
    | RemoveDependency
    | SetDependencies
    | AddProject
    | AddTask
    | IndentTasks
    | MoveTasks
    | NudgeDuration
    | ShiftTasks
    | LinkTasks
    | UnlinkTasks
    | SetPredecessors
    | AdvanceTasks
    | PlanWork
    | EditFields
    | Archive
    | Restore
    | SaveView
    | RemoveView
    | ImportEntities
)

__all__ = [
    "AddDependency",
    "AddInitiative",
    "AddItem",
    "AddKeyResult",
    "AddObjective",
    "AddProduct",
    "AddProject",
    "AddTask",
    "AdvanceState",
    "AdvanceTasks",
    "Archive",
    "Command",
    "EditFields",
    "FieldEdit",
    "ImportEntities",
    "IndentTasks",
    "LinkTasks",
    "MakePromise",
    "MoveInitiatives",
    "MoveTasks",
    "NudgeDuration",
    "NudgeKeyResult",
    "NudgeScore",
    "PlanWork",
    "PromoteItems",
    "RemoveDependency",
    "RemoveView",
    "Restore",
    "SaveView",
    "SetDependencies",
    "SetPredecessors",
    "SetState",
    "ShiftTasks",
    "StartRoadmap",
    "TagItems",
    "UnlinkTasks",
]
