"""Answers that survive edits of what they do not depend on."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import Any, TypeVar, cast

from pmtui.domain.plan import Plan, Rows

T = TypeVar("T")


def derived_from(**fields: str) -> Callable[[Callable[[Plan], T]], Callable[[Plan], T]]:
    """As `derived`, but remembers for as long as the named *fields* of the rows of each kind are the same.

    The fields of a kind are words in one text, at least two, among them the id; the function must
    depend on nothing but them. So a new title or owner leaves the answer the very same object.
    """
    readers = {kind: attrgetter(*names.split()) for kind, names in fields.items()}

    def decorate(function: Callable[[Plan], T]) -> Callable[[Plan], T]:
        def remembered(plan: Plan) -> T:
            rows = tuple(plan.of(kind) for kind in readers)
            known = plan.memo.get(remembered)
            if known is not None and all(map(_alike, known[0], rows, readers.values())):
                plan.memo[remembered] = (rows, known[1])
                return cast("T", known[1])
            with _without_collecting():
                answer = function(plan)
            plan.memo[remembered] = (rows, answer)
            return answer

        remembered.__doc__ = function.__doc__
        remembered.__name__ = function.__name__
        return remembered

    return decorate


def _alike(before: Rows, now: Rows, read: Callable[[Any], object]) -> bool:
    """Whether two versions of rows, in the same order, have the same fields."""
    return before is now or (
        len(before) == len(now)
        and all(old is new or read(old) == read(new) for old, new in zip(before.values(), now.values(), strict=True))
    )


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing that is made on the way is a circle of garbage, and looking for some takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
