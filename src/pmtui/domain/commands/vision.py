"""Commands on products and objectives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AddProduct:
    """A new product of the plan."""

    id: str
    name: str
    vision: str = ""


@dataclass(frozen=True, slots=True)
class AddObjective:
    """A new objective; without a product it belongs to the plan's only one, if there is just one."""

    id: str
    title: str
    product_id: str | None = None
    due_on: date | None = None
    notes: str = ""
