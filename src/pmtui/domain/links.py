"""What a task waits for, as people write it: `T-3 T-4SS+2d T-5-1d`.

Each word is a task, the type of the link (FS where it is not said), and a lag as working time; a
lead is a negative lag. Blanks, commas and semicolons separate the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pmtui.domain.durations import duration_text, parse_duration
from pmtui.domain.entities import kind_name
from pmtui.domain.entities.schedule import LINK_TYPES, LinkType
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan, key_order, resolve
from pmtui.domain.text import clean, quoted

Link = tuple[LinkType, int]
"""The type of a link and its lag in working minutes."""

_WORDS = re.compile(r"[^\s,;]+")
_LAG = re.compile(r"[+-][0-9][0-9.mindhw]*$", re.IGNORECASE)
_LINK = re.compile(rf"(?:{'|'.join(LINK_TYPES)})?(?:{_LAG.pattern})?", re.IGNORECASE)


def link_text(link_type: LinkType, lag: int) -> str:
    """A link in short, as `FS`, `SS+2d` or `FS-1d4h`."""
    return link_type + (("+" if lag > 0 else "") + duration_text(lag).replace(" ", "") if lag else "")


def links_text(plan: Plan, links: Mapping[str, Link]) -> str:
    """Predecessors by id as words, in the order of their keys: `T-3 T-4SS+2d`. `parse_links` reads them back."""
    words = []
    for task_id in sorted(links, key=lambda task_id: key_order(plan.tasks[task_id].key)):
        how = link_text(*links[task_id])
        words.append(plan.tasks[task_id].key + how.removeprefix("FS"))
    return " ".join(words)


def parse_links(text: str, plan: Plan) -> dict[str, Link]:
    """The tasks that *text* names by id, each with its link; {} for no word at all.

    A task may be named by anything that `resolve` knows: its key, its id, the start of it, or its
    external id. Raises `Refused` with a sentence that names the word that means nothing.
    """
    found: dict[str, Link] = {}
    for word in _WORDS.findall(clean(text)):
        task_id, link = _read(word, plan)
        if task_id in found:
            raise Refused(f"{plan.tasks[task_id].key} is named twice. Leave one of the two out.")
        found[task_id] = link
    return found


def _read(word: str, plan: Plan) -> tuple[str, Link]:
    other = ""
    for reference, link_type, lag in _readings(word):
        thing = resolve(plan, reference)
        if thing and thing[0] == "task":
            minutes = parse_duration(lag, f"lag of {quoted(word)}", signed=True) if lag else 0
            return thing[1], (link_type, minutes)
        other = other or (kind_name(thing[0]) if thing else "")
    if _LINK.fullmatch(word):
        raise Refused(f"{quoted(word)} stands alone. Write it right behind its task, as T-3FS+2d.")
    what = f"a {other}, no task" if other else "no task of this plan"
    raise Refused(f"{quoted(word)} is {what}. Type keys with type and lag, as T-3 T-4SS+2d T-5-1d.")


def _readings(word: str) -> Iterator[tuple[str, LinkType, str]]:
    """What a word may mean, the longest name first: names hold dashes, digits and letters too."""
    lag = _LAG.search(word)
    for body, behind in ((word, ""), (word[: lag.start()], lag[0]) if lag else ("", "")):
        yield body, "FS", behind
        link_type = next((known for known in LINK_TYPES if body.upper().endswith(known)), None)
        if link_type:
            yield body[:-2], link_type, behind
