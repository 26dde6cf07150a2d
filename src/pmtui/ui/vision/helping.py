"""What the help of the Vision tab says below its keys."""

from __future__ import annotations

from pmtui.ui.draw.line import Line


def help_lines() -> list[Line]:
    """How key results and objectives are graded, and what the filter knows."""
    rows = (
        ("GRADES", ""),
        ("key result", "(current - start) / (target - start), held between 0 and 1; falling targets work too"),
        ("", "start = target: done or not done; a number that is missing gives no grade, never 0"),
        ("objective", "the mean of its graded key results"),
        ("! red", "0.0 to 0.3, rounded to one decimal first"),
        ("~ yellow", "0.4 to 0.6"),
        ("· green", "0.7 to 1.0; a committed objective only at 1.0: yellow from 0.7, red below"),
        ("? ", "no grade yet"),
        ("FILTER", ""),
        ("words", "in key or title; -word leaves out"),
        ("@ann", "who answers for it"),
        ("grade:red", "red, yellow, green or none"),
        ("is:committed", "or is:aspirational"),
    )
    lines: list[Line] = []
    for term, text in rows:
        if term.isupper():
            lines += [()] if lines else []
            lines.append((("strong", f" {term}"),))
        else:
            lines.append((("accent", f" {term:<14} "), ("", text)))
    return lines
