"""Rules on the links between tasks: who waits for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pmtui.domain.changes import Changes
from pmtui.domain.commands.schedule import LinkTasks, SetPredecessors, UnlinkTasks
from pmtui.domain.entities import link_id
from pmtui.domain.entities.schedule import Dependency, LinkType, Task
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.links import Link, link_text, links_text
from pmtui.domain.plan import Plan
from pmtui.domain.relations import predecessors
from pmtui.domain.rules.draft import Draft
from pmtui.domain.rules.names import name_of
from pmtui.domain.rules.outline import live_tasks


def waits_for(plan: Plan, task_id: str) -> dict[str, Link]:
    """The ids of the tasks that a task waits for, each with its link: what `SetPredecessors` asks for as seen."""
    return {link.predecessor_id: (link.type, link.lag) for link in predecessors(plan).get(task_id, ())}


def put_link(draft: Draft, predecessor_id: str, successor_id: str, how: Link) -> bool:
    """Draft a link between two tasks, or its new type and lag; says whether anything differs."""
    link = link_id(predecessor_id, successor_id)
    if not draft.has("dependency", link):
        draft.insert(
            Dependency(id=link, predecessor_id=predecessor_id, successor_id=successor_id, type=how[0], lag=how[1])
        )
        return True
    known = draft.get(Dependency, link)
    draft.update(known, type=how[0], lag=how[1])
    return (known.type, known.lag) != how


def link_tasks(draft: Draft, command: LinkTasks, _today: date) -> Changes:
    """Refused with the names where nothing could ever start, and where every one waits just like that already."""
    predecessor = live_tasks(draft, (command.predecessor_id,))[0]
    waiting = live_tasks(draft, command.successor_ids)
    how: Link = (command.type, command.lag)
    if command.only_new:
        waiting = [task for task in waiting if not draft.has("dependency", link_id(predecessor.id, task.id))]
    changed = [task for task in waiting if put_link(draft, predecessor.id, task.id, how)]
    if command.successor_ids and not waiting:
        raise Refused(f"All of them wait for {name_of(predecessor)} already.")
    if waiting and not changed:
        raise Refused(f"{name_of(waiting[0])} waits for {name_of(predecessor)} already ({link_text(*how)}).")
    verb = "waits" if len(changed) == 1 else "wait"
    return draft.finish(f"{_who(changed)} {verb} for {predecessor.key} ({link_text(*how)})")


def unlink_tasks(draft: Draft, command: UnlinkTasks, _today: date) -> Changes:
    """Tasks that did not wait for it stay as they are."""
    predecessor = draft.get(Task, command.predecessor_id)
    waiting = [draft.get(Task, task_id) for task_id in dict.fromkeys(command.successor_ids)]
    bound = [task for task in waiting if draft.has("dependency", link_id(predecessor.id, task.id))]
    if waiting and not bound:
        raise Refused(f"{name_of(waiting[0])} does not wait for {name_of(predecessor)}.")
    for task in bound:
        draft.delete(draft.get(Dependency, link_id(predecessor.id, task.id)))
    return draft.finish(f"{_who(bound)} no longer {'waits' if len(bound) == 1 else 'wait'} for {predecessor.key}")


def set_predecessors(draft: Draft, command: SetPredecessors, _today: date) -> Changes:
    """Absolute: it holds only if the task still waits for what the user saw.

    A link into the archive may stay, but none is made or changed.
    """
    task = draft.get(Task, command.task_id)
    had = waits_for(draft.plan, task.id)
    if had == command.links:
        return draft.finish("no change")
    if had != command.seen:
        current = links_text(draft.plan, had)
        raise Conflict(
            f"{name_of(task)} waits for {current or 'nothing'} now: another window changed it. "
            "Your text is kept; open the form again.",
            entity_id=task.id,
            field="predecessors",
            current=current,
        )
    live_tasks(draft, [task.id, *(other for other, how in command.links.items() if had.get(other) != how)])
    for other in had:
        if other not in command.links:
            draft.delete(draft.get(Dependency, link_id(other, task.id)))
    for other, how in command.links.items():
        put_link(draft, other, task.id, how)
    return draft.finish(f"{task.key} waits for {links_text(draft.plan, command.links) or 'nothing'}")


def add_predecessors(draft: Draft, task_id: str, links: Mapping[str, tuple[LinkType, int]]) -> None:
    """Draft the links of a new task."""
    for other in live_tasks(draft, links):
        put_link(draft, other.id, task_id, links[other.id])


def _who(tasks: Sequence[Task]) -> str:
    return tasks[0].key if len(tasks) == 1 else f"{len(tasks)} tasks"
