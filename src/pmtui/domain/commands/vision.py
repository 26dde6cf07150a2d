"""Commands on products, objectives and key results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pmtui.domain.fields import Scalar


@dataclass(frozen=True, slots=True)
class AddProduct:
    """A new product of the plan."""

    id: str
    name: str
    vision: str = ""
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    """Further fields of the product by name."""


@dataclass(frozen=True, slots=True)
class AddObjective:
    """A new objective; without a product it belongs to the plan's only one, if there is just one."""

    id: str
    title: str
    product_id: str | None = None
    due_on: date | None = None
    notes: str = ""
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    """Further fields of the objective by name."""


@dataclass(frozen=True, slots=True)
class AddKeyResult:
    """A new key result of an objective."""

    id: str
    title: str
    objective_id: str
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    """Further fields of the key result by name, as `{"start": 0.0, "target": 10.0}`."""


@dataclass(frozen=True, slots=True)
class NudgeKeyResult:
    """Move the current value of key results by twentieths of the way from start to target, forward or back."""

    ids: tuple[str, ...]
    steps: int
