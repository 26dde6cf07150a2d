"""How a cell looks, as the parameters of SGR (`1;38;5;7`), and the shortest way from one look to another."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import NamedTuple

LINK = "\0"
"""Stands between the parameters of SGR and those of OSC 8."""
END_OF_LINK = ";"

OFF = {"1": "22", "4": "24", "7": "27"}
"""What ends an attribute in every terminal. Others are ended by a reset."""
ATTRIBUTES = frozenset("1234579")
SEEN_ON_BLANKS = frozenset("479")


class Look(NamedTuple):
    """What the parameters come to."""

    attributes: frozenset[str] = frozenset()
    colour: str = "39"
    ground: str = "49"


def join(before: str, sgr: str) -> str:
    """The style after *sgr* where *before* was the style."""
    style, mark, link = before.partition(LINK)
    if sgr in ("", "0"):
        return mark + link
    style = sgr.removeprefix("0;") if sgr.startswith("0;") or not style else f"{style};{sgr}"
    return style + mark + link


def linked(before: str, link: str) -> str:
    """The style *before* with what OSC 8 said as its link."""
    sgr = before.partition(LINK)[0]
    return sgr if link.endswith(END_OF_LINK) else sgr + LINK + link


@lru_cache(4096)
def look_of(sgr: str) -> Look | None:
    """What the parameters come to; None where there is one among them that is not known here."""
    attributes: set[str] = set()
    colour, ground = "39", "49"
    parts = sgr.split(";") if sgr else []
    at = 0
    while at < len(parts):
        part = parts[at]
        size = {"5": 3, "2": 5}.get(parts[at + 1] if at + 1 < len(parts) else "", 0) if part in ("38", "48") else 1
        if not size or at + size > len(parts) or not part.isdigit():
            return None
        code, value = int(part), ";".join(parts[at : at + size])
        if part in ATTRIBUTES:
            attributes.add(part)
        elif 30 <= code <= 39 or 90 <= code <= 97:
            colour = value
        elif 40 <= code <= 49 or 100 <= code <= 107:
            ground = value
        else:
            return None
        at += size
    return Look(frozenset(attributes), colour, ground)


@lru_cache(4096)
def blank(style: str) -> str:
    """The style of a blank in *style*: its background alone, where that is all that can be seen of it."""
    look = None if LINK in style else look_of(style)
    if look is None or look.attributes & SEEN_ON_BLANKS:
        return style
    return "" if look.ground == "49" else intern(look.ground)


@lru_cache(8192)
def change(before: str, after: str) -> str:
    """What makes a terminal that draws in the style *before* draw in the style *after*."""
    old, _, old_link = before.partition(LINK)
    new, _, new_link = after.partition(LINK)
    link = "" if old_link == new_link else f"\x1b]8;{new_link or END_OF_LINK}\x1b\\"
    if old == new:
        return link
    anew = f"\x1b[0;{new}m" if new and old else f"\x1b[{new}m"
    return link + min(_steps(old, new) or anew, anew, key=len)


def _steps(old: str, new: str) -> str:
    """Only what differs; "" where that does not lead there."""
    one, two = look_of(old), look_of(new)
    if one is None or two is None:
        return ""
    gone = one.attributes - two.attributes
    if gone - OFF.keys() or ("1" in gone and "2" in two.attributes):
        return ""
    parts = [OFF[attribute] for attribute in sorted(gone)] + sorted(two.attributes - one.attributes)
    parts += [two.colour] if one.colour != two.colour else []
    parts += [two.ground] if one.ground != two.ground else []
    return f"\x1b[{';'.join(parts)}m" if parts else ""
