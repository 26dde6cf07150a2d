"""Vision: the products of a plan and the objectives that work serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmtui.domain.fields import day, flag, identity, notes, ref, short_key, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is built and for whom. A plan may hold several."""

    id: str = identity()
    key: str = short_key()
    name: str = text("name", required=True)
    vision: str = notes("vision", "the change that the product is for, in a sentence or two")
    external_id: str | None = text("external id", unique=True, absent=True)
    archived: bool = flag("archived")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a product wants to reach, in words; its key results will measure it."""

    id: str = identity()
    key: str = short_key()
    product_id: str | None = ref("product", "product")
    title: str = text("title", required=True)
    notes: str = notes("notes")
    due_on: date | None = day("due", "the day by which it should be reached")
    external_id: str | None = text("external id", unique=True, absent=True)
    archived: bool = flag("archived")
