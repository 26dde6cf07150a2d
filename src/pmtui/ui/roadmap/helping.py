"""What the help of the Roadmap says below its keys."""

from __future__ import annotations

from pmtui.domain.promises import EXAMPLE
from pmtui.planning.card_query import TERMS
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line


def help_lines(glyphs: Glyphs) -> list[Line]:
    """The marks of a card, how a promise is typed, and what the filter knows."""
    rows = (
        ("A CARD", ""),
        ("! broken", "its planned work ends after the promised day (+3 d: working days), or that is past"),
        (f"{glyphs.fine} kept", "its planned work ends in time"),
        ("? unbacked", "promised, but no task stands behind it (i plans it), or its tasks end before today"),
        ("  no sign", "nothing is promised"),
        ("states", "  ".join(f"{sign} {state}" for state, sign in glyphs.states.items())),
        ("bar", "share of its tasks by duration; without tasks, its items that are launched"),
        ("", "What is far away is drawn with less detail: it is less certain."),
        ("PROMISE", ""),
        ("P", f"a window, how sure, to whom: {EXAMPLE}"),
        ("window", "2026-12   Q1 2027   2026-12-15   2026-12-01..2026-12-15"),
        ("because ...", "why it changes; asked for whenever a promise was made before"),
        ("-", "takes it back: - because nobody waits for it"),
        ("", "H and L move the card, never its promise; the plan's dates never change a promise."),
        ("FILTER", ""),
        *TERMS,
    )
    lines: list[Line] = []
    for term, text in rows:
        if term.isupper() and len(term) > 1:
            lines += [()] if lines else []
            lines.append((("strong", f" {term}"),))
        else:
            lines.append((("accent", f" {term:<28} "), ("", text)))
    return lines
