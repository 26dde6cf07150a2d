"""Rows of the database as entities, thousands at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, cast

from pmtui.domain.entities import KINDS, Entity
from pmtui.domain.fields import Spec, specs

Loader = Callable[[Iterable[tuple[Any, ...]]], dict[str, Entity]]


def select(kind: str) -> str:
    """The query for all rows of *kind*, columns in the order of its fields."""
    columns = ", ".join(f'"{name}"' for name in specs(KINDS[kind]))
    return f'SELECT {columns} FROM "{kind}"'  # noqa: S608 - names from our own source


@cache
def loader(kind: str) -> Loader:
    """A function from the rows of `select(kind)` to entities by id.

    A frozen dataclass sets its fields through `object.__setattr__`, which is most of the time of
    loading a plan. This builds a class of the same slots that is not frozen, fills an instance
    with plain assignments and hands it over to the entity's class.
    """
    entity = KINDS[kind]
    names = list(specs(entity))
    mutable = type(entity.__name__, (), {"__slots__": tuple(names)})
    lines = ["def load(rows):", " found = {}", f" for {', '.join(names)}, in rows:", "  it = new(mutable)"]
    lines += [f"  it.{name} = {_decoded(name, spec)}" for name, spec in specs(entity).items()]
    lines += ["  it.__class__ = entity", "  found[id] = it", " return found"]
    scope: dict[str, Any] = {"new": object.__new__, "mutable": mutable, "entity": entity, "day": date.fromisoformat}
    exec("\n".join(lines), scope)  # noqa: S102 - made of the names of our own fields
    return cast("Loader", scope["load"])


def _decoded(name: str, spec: Spec) -> str:
    if spec.type == "day":
        return f"None if {name} is None else day({name})"
    if spec.type == "flag":
        return f"{name} == 1"
    return name
