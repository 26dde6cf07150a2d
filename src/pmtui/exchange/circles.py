"""Circles in links: all of them at once, so that a person can mend a file in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Links = Mapping[str, Sequence[str]]


def circles(links: Links) -> list[list[str]]:
    """Each group of things that lead back to themselves, as one way round it (its first thing is not repeated).

    Groups come in the order of *links*. A thing that leads straight to itself is a circle of one.
    """
    found: list[list[str]] = []
    for group in _groups(links):
        members = set(group)
        if len(group) > 1 or group[0] in links.get(group[0], ()):
            found.append(_way_round(next(name for name in links if name in members), members, links))
    place = {name: index for index, name in enumerate(links)}
    return sorted(found, key=lambda circle: place[circle[0]])


def _way_round(start: str, members: set[str], links: Links) -> list[str]:
    came_from: dict[str, str] = {}
    queue = [start]
    for name in queue:
        for following in links.get(name, ()):
            if following == start:
                way = [name]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if following in members and following not in came_from:
                came_from[following] = name
                queue.append(following)
    return [start]


def _groups(links: Links) -> list[list[str]]:
    """Tarjan's strongly connected components, without recursion."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    on_hold: set[str] = set()
    groups: list[list[str]] = []
    for root in links:
        if root in number:
            continue
        work: list[tuple[str, int]] = [(root, 0)]
        while work:
            name, turn = work.pop()
            if turn == 0:
                number[name] = low[name] = len(number)
                waiting.append(name)
                on_hold.add(name)
            ahead = links.get(name, ())
            while turn < len(ahead) and ahead[turn] in number:
                if ahead[turn] in on_hold:
                    low[name] = min(low[name], number[ahead[turn]])
                turn += 1
            if turn < len(ahead):
                work += [(name, turn + 1), (ahead[turn], 0)]
                continue
            if low[name] == number[name]:
                cut = waiting.index(name) if waiting[-1] != name else len(waiting) - 1
                groups.append(waiting[cut:])
                on_hold.difference_update(waiting[cut:])
                del waiting[cut:]
            if work:
                above = work[-1][0]
                low[above] = min(low[above], low[name])
    return groups
