"""What the help of the Matrix says below its keys."""

from __future__ import annotations

from pmtui.planning.quadrant import RULE
from pmtui.planning.query import describe_terms
from pmtui.planning.scoring import METHODS
from pmtui.ui.draw.line import Line


def help_lines() -> list[Line]:
    """The words of the filter, the methods and the quadrants."""
    lines: list[Line] = [(("strong", " FILTER"),)]
    lines += [(("accent", f" {term:<28} "), ("", text)) for term, text in describe_terms()]
    lines += [(), (("strong", " METHODS"),)]
    lines += [(("accent", f" {method.title:<14} "), ("", method.formula)) for method in METHODS]
    lines += [
        (("", " An item that lacks an input has no score: it waits in the tray, never at 0."),),
        (("", " Equal scores: smaller effort first, then the older item."),),
        (),
        (("strong", " QUADRANTS"),),
        (("", f" {RULE}"),),
        (("", " High value: quick wins (low effort), big bets (high effort)."),),
        (("", " Low value: fill-ins (low effort), time sinks (high effort)."),),
    ]
    return lines
