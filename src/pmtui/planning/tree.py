"""The hierarchy of items as lines: parents before their children."""

from __future__ import annotations

from collections.abc import Sequence

from pmtui.domain.plan import Plan


def outline(plan: Plan, ids: Sequence[str]) -> list[tuple[str, int]]:
    """Each of *ids* once, with its depth, every item under its nearest ancestor among them.

    Those under the same ancestor keep the order of *ids*. An item without an ancestor among *ids*
    has depth 0. Ids that the plan does not know are left out.
    """
    items = plan.backlog_items
    wanted = dict.fromkeys(item_id for item_id in ids if item_id in items)
    below: dict[str | None, list[str]] = {}
    nearest: dict[str, str | None] = {}
    for item_id in wanted:
        below.setdefault(_shown_above(plan, item_id, wanted, nearest), []).append(item_id)
    lines: list[tuple[str, int]] = []
    stack = [(item_id, 0) for item_id in reversed(below.get(None, ()))]
    while stack:
        item_id, depth = stack.pop()
        lines.append((item_id, depth))
        stack.extend((child, depth + 1) for child in reversed(below.get(item_id, ())))
    # Nothing is ever hidden, not even by a circle of parents in a damaged file.
    lines.extend((item_id, 0) for item_id in wanted.keys() - dict(lines).keys())
    return lines


def _shown_above(plan: Plan, item_id: str, wanted: dict[str, None], nearest: dict[str, str | None]) -> str | None:
    passed: dict[str, None] = {}
    found = plan.backlog_items[item_id].parent_id
    while found is not None and found not in wanted and found not in passed:
        if found in nearest:
            found = nearest[found]
            break
        passed[found] = None
        found = plan.backlog_items[found].parent_id
    found = None if found in passed else found
    for hidden in passed:
        nearest[hidden] = found
    return found
