"""The critical path method on whole numbers: what waits for what, how early, how late, with what slack.

Nodes are dense numbers. A *point* is a number too: `i` is the start of node i and `~i` its finish, so that
one list of twice the length holds both, indexed from either end. A link then is one sum, whatever its type:

    FS: start >= finish + lag      SS: start >= start + lag
    FF: finish >= finish + lag     SF: finish >= start + lag

The formulas are those of the precedence diagram method with continuous time (early finish = early
start + duration). No start is before its floor (the start of the project), and every late finish is
capped, also that of a node which has only successors of its start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from pmtui.domain.entities.schedule import LinkType

Edge = tuple[int, int, str]
"""The point that is waited for, the lag, and a name that says which of several that bind equally is told: the least."""

UNBOUND = 1 << 62
"""Later than anything."""


class Network(NamedTuple):
    """What waits for what, without durations, so that a change of those keeps it."""

    into_start: Sequence[Sequence[Edge]]
    """What the start of each node waits for: for all of it."""
    into_finish: Sequence[Sequence[Edge]]
    """What the finish of each node waits for; of the nodes from `first_low` on, what they wait for the first of."""
    first_low: int
    """From this node on they have no length and are at the earliest of what they wait for, not at the latest."""
    order: Sequence[int]
    """The nodes, each behind all that it waits for; those that have no order are not among them."""
    circles: tuple[tuple[int, ...], ...]
    """The nodes that wait for each other; links from them count for nobody."""


def network(
    into_start: Sequence[Sequence[Edge]], into_finish: Sequence[Sequence[Edge]], first_low: int | None = None
) -> Network:
    """Put nodes into an order and find the circles among them."""
    low = len(into_start) if first_low is None else first_low
    order = _ordered(into_start, into_finish)
    circles: tuple[tuple[int, ...], ...] = ()
    if len(order) < len(into_start):
        circles = tuple(_circles(into_start, into_finish, set(range(len(into_start))) - set(order)))
        out = set(chain.from_iterable(circles))
        into_start, into_finish = _without(into_start, out), _without(into_finish, out)
        order = [i for i in _ordered(into_start, into_finish) if i not in out]
    return Network(into_start, into_finish, low, order, circles)


def _node(point: int) -> int:
    return point if point >= 0 else ~point


def _without(lists: Sequence[Sequence[Edge]], out: set[int]) -> list[Sequence[Edge]]:
    return [() if i in out else [edge for edge in edges if _node(edge[0]) not in out] for i, edges in enumerate(lists)]


def _ordered(into_start: Sequence[Sequence[Edge]], into_finish: Sequence[Sequence[Edge]]) -> list[int]:
    """Kahn's algorithm from the end: a node comes when all that wait for it have come.

    The newest one goes first, so that neighbours stay together: a chain is walked in memory as it is in the plan.
    """
    waiting = [0] * len(into_start)
    for edges in chain(into_start, into_finish):
        for point, _, _ in edges:
            waiting[point if point >= 0 else ~point] += 1
    ready = [i for i, count in enumerate(waiting) if not count]
    order: list[int] = []
    while ready:
        i = ready.pop()
        order.append(i)
        edges = into_start[i]
        if into_finish[i]:
            edges = [*edges, *into_finish[i]]
        for point, _, _ in edges:
            before = point if point >= 0 else ~point
            waiting[before] -= 1
            if not waiting[before]:
                ready.append(before)
    order.reverse()
    return order


def _circles(
    into_start: Sequence[Sequence[Edge]], into_finish: Sequence[Sequence[Edge]], among: set[int]
) -> Iterator[tuple[int, ...]]:
    """Tarjan's strongly connected components that hold a circle, without recursion."""

    def behind(i: int) -> list[int]:
        return [_node(edge[0]) for edge in chain(into_start[i], into_finish[i]) if _node(edge[0]) in among]

    found: dict[int, int] = {}
    lowest: dict[int, int] = {}
    path: list[int] = []
    for root in sorted(among):
        stack = [] if root in found else [(root, iter(behind(root)))]
        while stack:
            i, ahead = stack[-1]
            if i not in found:
                found[i] = lowest[i] = len(found)
                path.append(i)
            step = next((j for j in ahead if j not in found or j in lowest), None)
            if step is None:
                stack.pop()
                if stack:
                    lowest[stack[-1][0]] = min(lowest[stack[-1][0]], lowest[i])
                if lowest[i] == found[i]:
                    ring: list[int] = []
                    while not ring or ring[-1] != i:
                        ring.append(path.pop())
                        del lowest[ring[-1]]
                    if len(ring) > 1 or i in behind(i):
                        yield tuple(sorted(ring))
            elif step in found:
                lowest[i] = min(lowest[i], found[step])
            else:
                stack.append((step, iter(behind(step))))


# The innermost loops of the program: plain statements, because a call of min or max for each link costs as much as all
# the rest of them.
# ruff: noqa: PLR1730


def early(net: Network, durations: Sequence[int], floors: Sequence[int]) -> tuple[list[int], list[Edge | None]]:
    """The earliest time of each point, and the link that holds each node back (None: its floor does).

    *durations* and *floors* are by node. Where a link and the floor bind equally the link is told.
    Points of nodes without an order are 0.
    """
    into_start, into_finish, first_low = net.into_start, net.into_finish, net.first_low
    times = [0] * (2 * len(durations))
    why: list[Edge | None] = [None] * len(durations)
    for i in net.order:
        start = floors[i]
        held: Edge | None = None
        for edge in into_start[i]:
            point, lag, name = edge
            at = times[point] + lag
            if at >= start and (at > start or held is None or name < held[2]):
                start, held = at, edge
        edges = into_finish[i]
        if edges:
            length = durations[i]
            if i >= first_low:
                start = min([times[point] + lag for point, lag, _ in edges])
                edges = ()
            for edge in edges:
                point, lag, name = edge
                at = times[point] + lag - length
                if at >= start and (at > start or held is None or name < held[2]):
                    start, held = at, edge
        why[i] = held
        times[i] = start
        times[~i] = start + durations[i]
    return times, why


def late(
    net: Network, durations: Sequence[int], times: Sequence[int], caps: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The latest time of each point that keeps every cap, and the earliest time of what waits for it, less the lag.

    *times* are those of `early`; *caps* are the latest finishes by node. A node whose cap is `UNBOUND`
    is no work but a place where links meet: what waits for it counts as waiting for what it waits for.
    """
    into_start, into_finish, first_low = net.into_start, net.into_finish, net.first_low
    size = len(durations)
    latest = [UNBOUND] * size + list(reversed(caps))
    following = [UNBOUND] * (2 * size)
    for i in reversed(net.order):
        length = durations[i]
        start = latest[~i] - length
        if latest[i] < start:
            start = latest[i]
        latest[i] = start
        latest[~i] = start + length
        soonest = times[i] if caps[i] < UNBOUND else min(following[i], following[~i])
        for point, lag, _ in into_start[i]:
            at = start - lag
            if at < latest[point]:
                latest[point] = at
            at = soonest - lag
            if at < following[point]:
                following[point] = at
        edges = into_finish[i]
        if edges:
            if i >= first_low:
                # Only what is earliest now holds it back; the others have room until they would be the earliest.
                edges = [edge for edge in edges if times[edge[0]] + edge[1] == times[i]]
            start += length
            soonest += length
            for point, lag, _ in edges:
                at = start - lag
                if at < latest[point]:
                    latest[point] = at
                at = soonest - lag
                if at < following[point]:
                    following[point] = at
    return latest, following


class Link(NamedTuple):
    """A link between two named activities."""

    predecessor: str
    successor: str
    type: LinkType = "FS"
    lag: int = 0


class CriticalPath(NamedTuple):
    """What the method says of named activities; those in a circle are in `circle` and nowhere else."""

    duration: int
    early_start: Mapping[str, int]
    early_finish: Mapping[str, int]
    late_start: Mapping[str, int]
    late_finish: Mapping[str, int]
    total_slack: Mapping[str, int]
    """Late start less early start; negative where an imposed finish cannot be met."""
    free_slack: Mapping[str, int]
    """How long it can slip without moving any other: the least slack of its links, at most the total slack."""
    critical: tuple[str, ...]
    """Those whose total slack is 0 or less, in the order given."""
    circle: tuple[str, ...]


def critical_path(
    durations: Mapping[str, int],
    links: Iterable[Link] = (),
    not_before: Mapping[str, int] | None = None,
    imposed_finish: int | None = None,
) -> CriticalPath:
    """Early and late times of activities that start at 0 or at their *not_before*, and must end by *imposed_finish*.

    Without an imposed finish they must end when the last of them can. Raises KeyError where a link
    names an activity without a duration.
    """
    names = list(durations)
    index = {name: i for i, name in enumerate(names)}
    into_start: list[list[Edge]] = [[] for _ in names]
    into_finish: list[list[Edge]] = [[] for _ in names]
    for link in links:
        predecessor, successor = index[link.predecessor], index[link.successor]
        edge = (~predecessor if link.type[0] == "F" else predecessor, link.lag, link.predecessor)
        (into_start if link.type[1] == "S" else into_finish)[successor].append(edge)
    net = network(into_start, into_finish)
    lengths = list(durations.values())
    floors = [max(0, (not_before or {}).get(name, 0)) for name in names]
    times, _ = early(net, lengths, floors)
    finish = max((times[~i] for i in net.order), default=0)
    caps = [finish if imposed_finish is None else imposed_finish] * len(names)
    latest, following = late(net, lengths, times, caps)
    ordered = [i for i in range(len(names)) if i not in set(chain.from_iterable(net.circles))]
    slack = {names[i]: latest[i] - times[i] for i in ordered}
    return CriticalPath(
        finish,
        {names[i]: times[i] for i in ordered},
        {names[i]: times[~i] for i in ordered},
        {names[i]: latest[i] for i in ordered},
        {names[i]: latest[~i] for i in ordered},
        slack,
        {names[i]: free_slack(slack[names[i]], i, times, following) for i in ordered},
        tuple(name for name, value in slack.items() if value <= 0),
        tuple(names[i] for i in chain.from_iterable(net.circles)),
    )


def free_slack(total: int, i: int, times: Sequence[int], following: Sequence[int]) -> int:
    """How long node i can slip without moving any other, from its total slack and what `late` says follows it."""
    return min(total, following[i] - times[i], following[~i] - times[~i])
