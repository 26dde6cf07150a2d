"""Rules on products and objectives."""

from __future__ import annotations

from datetime import date

from pmtui.domain.changes import Changes
from pmtui.domain.commands.vision import AddObjective, AddProduct
from pmtui.domain.entities.vision import Objective, Product
from pmtui.domain.plan import Plan
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.integrity import name_of
from pmtui.domain.text import clean_line, clean_notes


def add_product(draft: Draft, command: AddProduct, _today: date) -> Changes:
    """A product needs a name and nothing else."""
    draft.insert(Product(id=command.id, name=clean_line(command.name), vision=clean_notes(command.vision)))
    return draft.finish(f"added {name_of(draft.get(Product, command.id))}")


def add_objective(draft: Draft, command: AddObjective, _today: date) -> Changes:
    """An objective belongs to the only product where there is just one."""
    draft.insert(
        Objective(
            id=command.id,
            title=clean_line(command.title),
            product_id=command.product_id or only_product(draft.plan),
            due_on=command.due_on,
            notes=clean_notes(command.notes),
        )
    )
    return draft.finish(f"added {name_of(draft.get(Objective, command.id))}")


def only_product(plan: Plan) -> str | None:
    """The id of the one product that is not archived, or None where there are none or several."""
    live = [product.id for product in plan.products.values() if not product.archived]
    return live[0] if len(live) == 1 else None
