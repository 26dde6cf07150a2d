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
from pmtui.domain.commands.vision import AddObjective, AddProduct

Command = (
    AddProduct
    | AddObjective
    | AddItem
    | NudgeScore
    | AdvanceState
    | SetState
    | TagItems
    | AddDependency
    | RemoveDependency
    | SetDependencies
    | EditFields
    | Archive
    | Restore
    | SaveView
    | RemoveView
    | ImportEntities
)

__all__ = [
    "AddDependency",
    "AddItem",
    "AddObjective",
    "AddProduct",
    "AdvanceState",
    "Archive",
    "Command",
    "EditFields",
    "FieldEdit",
    "ImportEntities",
    "NudgeScore",
    "RemoveDependency",
    "RemoveView",
    "Restore",
    "SaveView",
    "SetDependencies",
    "SetState",
    "TagItems",
]
