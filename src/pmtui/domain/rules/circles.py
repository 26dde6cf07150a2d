"""The search for circles in anything that leads to something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence


def find_cycle(starts: Iterable[str], following: Callable[[str], Sequence[str]]) -> list[str]:
    """The first circle reachable from *starts*, beginning and ending with the same name; [] if none."""
    done: set[str] = set()
    for start in starts:
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, turn = stack.pop()
            if turn == 0:
                if node in on_path:
                    return [*path[on_path[node] :], node]
                if node in done:
                    continue
                on_path[node] = len(path)
                path.append(node)
            ahead = following(node)
            if turn < len(ahead):
                stack.append((node, turn + 1))
                stack.append((ahead[turn], 0))
            else:
                done.add(node)
                del on_path[node]
                path.pop()
    return []
