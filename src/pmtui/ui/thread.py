"""The golden thread on the screen: why above, how below, and the way to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pmtui.planning.thread import thread
from pmtui.ui.question import Choice, among

if TYPE_CHECKING:
    from pmtui.ui.app import PmtuiApp

_WORDS = {"why": "why", "this": "▸", "how": "how"}


def open_thread(app: PmtuiApp, kind: str, entity_id: str) -> None:
    """List the thread of a thing; the line that is chosen is gone to. It begins on the nearest reason above."""
    steps = thread(app.plan, kind, entity_id)
    choices = [
        Choice(
            f"{index}:{step.id}",
            f"{_WORDS[step.relation] if not index or step.relation != steps[index - 1].relation else '':<4}"
            f"{' ' * min(step.depth, 8)}{step.key}",
            step.title,
            step.note,
        )
        for index, step in enumerate(steps)
    ]
    here = next((index for index, step in enumerate(steps) if step.relation == "this"), 0)
    above = [index for index, step in enumerate(steps[:here]) if step.id]
    begin = above[-1] if above else next((i for i, step in enumerate(steps) if i > here and step.id), here)

    def chosen(answer: str) -> None:
        target = answer.partition(":")[2]
        if target:
            app.go(target)

    def find(text: str) -> Sequence[Choice]:
        return choices if not text else among(choices)(text)

    key = getattr(app.plan.find(kind, entity_id), "key", "")
    app.choose(f"golden thread of {key}", find, chosen, "↑↓ move   Enter goes there   Esc back", begin)
