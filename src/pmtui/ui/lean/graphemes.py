"""Text in terminal cells, and which graphemes take as many cells everywhere."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import split_graphemes

UNPAINTED = "\0"
"""Stands in a cell that nobody has painted, or of which nobody knows what the terminal shows."""
SECOND = ""
"""Stands in the second cell of a wide grapheme."""

NARROW = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2193\u2200-\u2319\u2500-\u25a9\u25ac-\u25b5"
    "\u25b7-\u25bf\u25c1-\u25fa\u25ff\u2713\u2717\u2800-\u28ff\ufffd"
)
"""One cell in every terminal: no marks, nothing that an emoji is made of."""
WIDE = (
    "\u3000-\u3029\u3041-\u3096\u30a0-\u30ff\u3105-\u312f\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48c\uac00-\ud7a3"
    "\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
"""Two cells in every terminal."""

is_narrow = re.compile(f"[{NARROW}]*").fullmatch
_is_sure = re.compile(f"[{NARROW}{WIDE}]").fullmatch
_is_flag_letter = re.compile("[\U0001f1e6-\U0001f1ff]").fullmatch

doubtful: set[str] = set()
"""Every grapheme seen so far that terminals may draw in another number of cells than Textual counts."""


@lru_cache(4096)
def cells_of(text: str) -> tuple[str, tuple[str, ...]]:
    """The marks that *text* begins with and that belong to the cell before it, and one string for each cell."""
    lead = ""
    cells: list[str] = []
    last = -1
    """Where the last grapheme begins."""
    for start, end, width in split_graphemes(text)[0]:
        grapheme = text[start:end]
        if width == 0 and last < 0:
            lead += grapheme
        elif width == 0 or (last >= 0 and _is_flag_letter(cells[last]) and _is_flag_letter(grapheme)):
            cells[last] += grapheme
            cells.extend([SECOND] * width)
        else:
            last = len(cells)
            cells.append(grapheme)
            cells.extend([SECOND] * (width - 1))
    for cell in cells:
        if cell and not _is_sure(cell):
            doubtful.add(cell)
    return lead, tuple(cells)
