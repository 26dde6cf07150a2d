"""Drawing with ASCII alone: frames, arrows and signs of Textual's own widgets too. Letters stay as they are."""

from __future__ import annotations

import unicodedata

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ALIKE = {
    "…": "~",
    "×": "x",
    "·": ".",
    "•": ".",
    "✓": "*",
    "✗": "x",
    "⇧": "^",
    "←": "<",
    "→": ">",
    "↑": "^",
    "↓": "v",
    "🔎": "? ",
}
ALIKE |= dict.fromkeys("–—−", "-") | dict.fromkeys("‘’", "'") | dict.fromkeys("“”„", '"')
ALIKE |= dict.fromkeys("◀◂◁◄", "<") | dict.fromkeys("▶▸▷►", ">") | dict.fromkeys("▲▴△", "^") | dict.fromkeys("▼▾▽", "v")


def _drawn(char: str) -> str:
    """What stands for a character of the blocks for lines, bars and shapes."""
    name = unicodedata.name(char, "")
    if "SHADE" in name or name == "FULL BLOCK":
        return "#"
    if name.startswith("BOX DRAWINGS"):
        words = set(name.split())
        if "HORIZONTAL" in words and not words & {"VERTICAL", "UP", "DOWN"}:
            return "-"
        return "|" if "VERTICAL" in words and not words & {"HORIZONTAL", "LEFT", "RIGHT"} else "+"
    if "LEFT" in name or "RIGHT" in name:
        return "|"
    if "LOWER" in name:
        return "_"
    return "-" if "UPPER" in name else "*"


TABLE = str.maketrans({chr(code): _drawn(chr(code)) for code in range(0x2500, 0x2600)} | ALIKE)


class AsciiFilter(LineFilter):
    """Replaces each sign by one of ASCII that is as wide."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """The same line in other characters."""
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(TABLE), segment.style, segment.control)
            for segment in segments
        ]
