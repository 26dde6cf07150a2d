"""Vision: the products of a plan, the objectives that work serves, and the key results that measure them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pmtui.domain.fields import choice, day, flag, identity, notes, number, ref, short_key, text

LIFECYCLE_STAGES = ("", "development", "introduction", "growth", "maturity", "decline")
"""The stages of a product's life, from the first idea of it to its end; "" where nobody has said."""

Ambition = Literal["aspirational", "committed"]
AMBITIONS: tuple[Ambition, ...] = ("aspirational", "committed")
"""Kinds of objectives: 0.6 to 0.7 is a good grade for an aspirational one, a committed one is expected at 1.0."""

MEASURE = 1e12
"""The largest number that a key result may be measured in, either side of 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is built and for whom. A plan may hold several.

    `vision`, `target_group`, `needs`, `features` and `business_goals` are the five boxes of Roman
    Pichler's product vision board; `target_customer` to `differentiation`, with the name, are the
    seven blanks of Geoffrey Moore's positioning statement.
    """

    id: str = identity()
    key: str = short_key()
    name: str = text("name", required=True)
    stage: str = choice("lifecycle stage", LIFECYCLE_STAGES, "")
    target_market: str = text("target market", note="who could buy it: region, industry, size")
    vision: str = notes("vision", "the change that the product is for, in a sentence or two")
    target_group: str = notes("target group", "who uses it and who buys it")
    needs: str = notes("needs", "the problem that it solves, or the benefit that it brings")
    features: str = notes("product", "the three to five things that make it stand out")
    business_goals: str = notes("business goals", "what it does for the company that makes it")
    target_customer: str = text("for", note="positioning: For ...")
    customer_need: str = text("who", note="positioning: who need or want to ...")
    category: str = text("is a", note="positioning: the product is a ...")
    key_benefit: str = text("that", note="positioning: that ... (the reason to buy)")
    alternative: str = text("unlike", note="positioning: Unlike ... (what they would use instead)")
    differentiation: str = text("our product", note="positioning: our product ... (what makes it different)")
    north_star: str = text("north star", note="the one metric that says whether users get what they came for")
    external_id: str | None = text("external id", unique=True, absent=True)
    archived: bool = flag("archived")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a product wants to reach, in words; its key results measure it."""

    id: str = identity()
    key: str = short_key()
    product_id: str | None = ref("product", "product")
    title: str = text("title", required=True)
    ambition: Ambition = choice("ambition", AMBITIONS, "aspirational", "aspirational: 0.7 is good; committed: 1.0")
    period: str = text("period", limit=40, note="for which it holds, as 2027 Q1")
    owner: str = text("owner", limit=80, note="who answers for it")
    notes: str = notes("notes")
    due_on: date | None = day("due", "the day by which it should be reached")
    external_id: str | None = text("external id", unique=True, absent=True)
    archived: bool = flag("archived")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult:
    """A number that shows whether its objective is being reached; falling targets are as good as rising ones."""

    id: str = identity()
    key: str = short_key()
    objective_id: str = ref("objective", "objective", required=True)
    title: str = text("title", required=True)
    unit: str = text("unit", limit=40, note="what is counted, as %, teams or minutes")
    start: float | None = number("start", -MEASURE, MEASURE, note="where it stood at the beginning")
    current: float | None = number("current", -MEASURE, MEASURE, note="where it stands now")
    target: float | None = number("target", -MEASURE, MEASURE, note="where it should stand at the end")
    owner: str = text("owner", limit=80, note="who answers for it")
    external_id: str | None = text("external id", unique=True, absent=True)
    archived: bool = flag("archived")
