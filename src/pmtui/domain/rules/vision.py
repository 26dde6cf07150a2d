"""Rules on products, objectives and key results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pmtui.domain.changes import Changes
from pmtui.domain.commands.vision import AddKeyResult, AddObjective, AddProduct, NudgeKeyResult
from pmtui.domain.entities.vision import KeyResult, Objective, Product
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, shown, specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules.adding import check_given
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.integrity import name_of
from pmtui.domain.text import clean_line, clean_notes

NUDGES = 20
"""Steps from the start of a key result to its target: each is 5 % of the way."""


def add_product(draft: Draft, command: AddProduct, _today: date) -> Changes:
    """A product needs a name and nothing else."""
    check_given(draft, Product, command.fields, "name")
    values: dict[str, Scalar] = {"vision": clean_notes(command.vision), **command.fields}
    draft.insert(Product(id=command.id, name=clean_line(command.name), **values))  # type: ignore[arg-type]
    return draft.finish(f"added {name_of(draft.get(Product, command.id))}")


def add_objective(draft: Draft, command: AddObjective, _today: date) -> Changes:
    """An objective belongs to the only product where there is just one."""
    check_given(draft, Objective, command.fields, "title")
    if command.product_id is not None:
        draft.refuse_archived(specs(Objective)["product_id"], command.product_id)
    values: dict[str, Scalar] = {
        "product_id": command.product_id or only_product(draft.plan),
        "due_on": command.due_on,
        "notes": clean_notes(command.notes),
        **command.fields,
    }
    draft.insert(Objective(id=command.id, title=clean_line(command.title), **values))  # type: ignore[arg-type]
    return draft.finish(f"added {name_of(draft.get(Objective, command.id))}")


def add_key_result(draft: Draft, command: AddKeyResult, _today: date) -> Changes:
    """A key result measures one objective; its numbers can be said later."""
    check_given(draft, KeyResult, command.fields, "title", "objective_id")
    objective = draft.get(Objective, command.objective_id)
    draft.refuse_archived(specs(KeyResult)["objective_id"], objective.id)
    result = KeyResult(
        id=command.id,
        title=clean_line(command.title),
        objective_id=objective.id,
        **command.fields,  # type: ignore[arg-type]  # the specs check each value
    )
    draft.insert(result)
    return draft.finish(f"added {name_of(draft.get(KeyResult, command.id))} to {objective.key}")


def nudge_key_result(draft: Draft, command: NudgeKeyResult, _today: date) -> Changes:
    """Relative on purpose: two quick keys count twice. What has not been measured yet stands at its start.

    A nudge may go beyond the target and behind the start, because the world does.
    """
    ids = tuple(dict.fromkeys(command.ids))
    label = f"{len(ids)} key results: {command.steps:+d} step{'' if abs(command.steps) == 1 else 's'}"
    for result_id in ids:
        result = draft.get(KeyResult, result_id)
        after = _nudged(result, command.steps)
        draft.update(result, current=after)
        if len(ids) == 1:
            label = f"{result.key}: current {shown(result.current)} to {shown(after)}"
    return draft.finish(label)


def _nudged(result: KeyResult, steps: int) -> float:
    if result.start is None or result.target is None:
        lacking = " and ".join(name for name in ("start", "target") if getattr(result, name) is None)
        raise Refused(f"{name_of(result)} has no {lacking} yet, so there are no steps. Type it, then nudge.")
    if result.start == result.target:
        raise Refused(
            f"{name_of(result)} starts at its target, {shown(result.target)}, so there are no steps between them. "
            "Type where it stands now."
        )
    # Through decimals, because three steps of 0.1 are 0.3 for a person and 0.30000000000000004 for floats.
    start, target = _decimal(result.start), _decimal(result.target)
    current = start if result.current is None else _decimal(result.current)
    return float(current + steps * (target - start) / NUDGES)


def _decimal(number: float) -> Decimal:
    return Decimal(repr(number))


def only_product(plan: Plan) -> str | None:
    """The id of the one product that is not archived, or None where there are none or several."""
    live = [product.id for product in plan.products.values() if not product.archived]
    return live[0] if len(live) == 1 else None
