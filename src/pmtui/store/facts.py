"""The numbers of `pmtui status` by SQL alone: no row becomes an entity on the way.

A contract test holds them equal to `status_facts` of the loaded plan.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime

from pmtui.domain.facts import (
    LastChange,
    ObjectiveFacts,
    PromiseFacts,
    StatusFacts,
    judge,
    key_order,
    objective_facts,
    objective_order,
    promise_facts,
    promise_order,
)
from pmtui.domain.lifecycle import DONE_STATES, OPEN_STATES, STATES
from pmtui.store.errors import Path, damaged
from pmtui.store.read import reading

# All of it comes from the index backlog_item_counts, in its order; char(31) is in no id, because no text has it.
_ITEMS = """
SELECT objective_id, state, archived, count(*), sum(value IS NOT NULL AND coalesce(effort, 0) > 0),
group_concat(id, char(31))
FROM backlog_item GROUP BY archived, state, objective_id
"""
_LINKS = "SELECT item_id, needs_id FROM item_dependency"
_BY_CARDS = """
SELECT initiative.objective_id, backlog_item.state, count(*)
FROM initiative JOIN backlog_item ON backlog_item.initiative_id = initiative.id
WHERE initiative.objective_id IS NOT NULL AND backlog_item.objective_id IS NULL AND NOT backlog_item.archived
GROUP BY 1, 2
"""
_CARDS = """
SELECT objective_id, state, count(*), max(finish_on) FROM initiative
LEFT JOIN forecast_snapshot ON day = ? AND entity_id = id AND kind = 'initiative'
WHERE objective_id IS NOT NULL AND NOT archived GROUP BY 1, 2
"""
_OBJECTIVES = "SELECT id, key, title, due_on FROM objective WHERE NOT archived"
_PRODUCTS = "SELECT key, name FROM product WHERE NOT archived"
_PROMISES = """
SELECT key, title, promise_end, confidence, state, finish_on FROM initiative
LEFT JOIN forecast_snapshot ON day = ? AND entity_id = id AND kind = 'initiative'
WHERE promise_end IS NOT NULL AND NOT archived
"""
_NEWEST = "SELECT seq, day FROM forecast_snapshot WHERE kind = 'plan' ORDER BY seq DESC, day DESC LIMIT 1"
_MOVED = """
SELECT EXISTS (SELECT 1 FROM journal_change WHERE seq > ?
AND kind IN ('project', 'task', 'dependency', 'initiative', 'backlog_item'))
"""
_PLANNED = """
SELECT EXISTS (SELECT 1 FROM task JOIN project ON project.id = project_id WHERE NOT task.archived
AND NOT project.archived)
"""
_LAST = "SELECT at, label FROM journal ORDER BY seq DESC LIMIT 1"


def load_facts(path: Path, today: date) -> StatusFacts:
    """The facts of the plan in the file on *today*. Raises StoreError; never writes."""
    with reading(path) as connection:
        try:
            return facts_from(connection, today)
        except (KeyError, TypeError, ValueError) as error:
            raise damaged(path, f"a value that no plan has: {error}") from error


def facts_from(connection: sqlite3.Connection, today: date) -> StatusFacts:
    """The facts that an open read transaction sees.

    Raises sqlite3.Error, and KeyError, TypeError or ValueError where a stored value makes no sense.
    """
    states: dict[str, int] = dict.fromkeys(STATES, 0)
    serving: dict[str | None, tuple[int, int]] = {}
    scored = archived = 0
    opened: set[str] = set()
    for objective_id, state, is_archived, count, with_scores, ids in connection.execute(_ITEMS):
        if is_archived:
            archived += count
            continue
        states[state] += count
        todo, done = serving.get(objective_id, (0, 0))
        if state in OPEN_STATES:
            scored += with_scores
            opened.update(ids.split("\x1f"))
            todo += count
        elif state in DONE_STATES:
            done += count
        serving[objective_id] = todo, done
    for objective_id, state, count in connection.execute(_BY_CARDS):
        todo, done = serving.get(objective_id, (0, 0))
        serving[objective_id] = todo + count * (state in OPEN_STATES), done + count * (state in DONE_STATES)
    newest = connection.execute(_NEWEST).fetchone()
    objectives = _objectives(connection, serving, newest[1] if newest else "", today)
    promises, stale = _promises(connection, newest, today)
    health, reasons = judge(objectives, promises, today)
    products = sorted((key_order(key), name) for key, name in connection.execute(_PRODUCTS))
    return StatusFacts(
        today=today,
        products=tuple(name for _, name in products),
        states=tuple(states.items()),
        open=sum(states[state] for state in STATES if state in OPEN_STATES),
        scored=scored,
        blocked=_blocked(connection, opened),
        archived=archived,
        objectives=tuple(objectives),
        health=health,
        reasons=reasons,
        last=last_change(connection),
        promises=promises,
        forecast_stale=stale,
    )


def last_change(connection: sqlite3.Connection) -> LastChange | None:
    """The newest step of the journal."""
    last = connection.execute(_LAST).fetchone()
    return LastChange(datetime.fromisoformat(last[0]), last[1]) if last else None


def _objectives(
    connection: sqlite3.Connection, serving: Mapping[str | None, tuple[int, int]], day: str, today: date
) -> list[ObjectiveFacts]:
    """The objectives with the items that serve them, and with their cards as of the dates that were stored on *day*."""
    cards: dict[str, tuple[int, int, date | None]] = {}
    for objective_id, state, count, finish in connection.execute(_CARDS, (day,)):
        todo, launched, latest = cards.get(objective_id, (0, 0, None))
        if state in OPEN_STATES:
            end = date.fromisoformat(finish) if finish is not None else None
            latest = max((one for one in (latest, end) if one is not None), default=None)
            todo += count
        elif state in DONE_STATES:
            launched += count
        cards[objective_id] = todo, launched, latest
    found = []
    for objective_id, key, title, due_text in connection.execute(_OBJECTIVES):
        due = date.fromisoformat(due_text) if due_text is not None else None
        behind = cards.get(objective_id, (0, 0, None))
        found.append(objective_facts((key, title, due), serving.get(objective_id, (0, 0)), behind, today))
    found.sort(key=objective_order)
    return found


def _promises(
    connection: sqlite3.Connection, newest: tuple[int, str] | None, today: date
) -> tuple[tuple[PromiseFacts, ...], bool]:
    """The promises, with the dates that were stored last, and whether those are older than the plan."""
    seq, day = newest or (0, "")
    (stale,) = connection.execute(_MOVED, (seq,)).fetchone() if newest else connection.execute(_PLANNED).fetchone()
    promises = []
    for key, title, until, confidence, state, finish in connection.execute(_PROMISES, (day,)):
        if state in OPEN_STATES:
            finish_on = date.fromisoformat(finish) if finish is not None else None
            promises.append(promise_facts((key, title, date.fromisoformat(until), confidence), finish_on, today))
    promises.sort(key=promise_order)
    return tuple(promises), bool(stale)


def _blocked(connection: sqlite3.Connection, opened: set[str]) -> int:
    # A set takes half the time of the same join in SQL, which looks every end up one by one.
    links = connection.execute(_LINKS)
    return len({item_id for item_id, needs_id in links if item_id in opened and needs_id in opened})
