"""Text that fits a number of terminal columns, counted in cells, not in characters."""

from __future__ import annotations

_PLAIN = {
    "·": ".",
    "…": ">",
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "×": "x",
    "→": ">",
    "\u00a0": " ",
}
_TO_PLAIN = str.maketrans(_PLAIN)


def cells(text: str) -> int:
    """The columns that *text* takes: 2 for wide characters, 0 for marks that sit on another."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(char) in ("Mn", "Me", "Cf") else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def fit(text: str, width: int) -> str:
    """*text* in at most *width* columns, its end cut with an ellipsis where it is longer."""
    if cells(text) <= width:
        return text
    kept = ""
    room = max(width - 1, 0)
    for char in text:
        size = cells(char)
        if size > room:
            break
        kept += char
        room -= size
    return (kept.rstrip() + "…")[: max(width, 0)]


def pad(text: str, width: int) -> str:
    """*text* cut or filled with blanks to exactly *width* columns."""
    text = fit(text, width)
    return text + " " * (width - cells(text))


def plain(text: str) -> str:
    """*text* in ASCII: signs that have a plain twin become it, everything else a question mark."""
    if text.isascii():
        return text
    from unicodedata import normalize

    spread = normalize("NFD", text.translate(_TO_PLAIN))
    # A base letter stays when its accent goes; a mark on its own line of code points is dropped.
    bare = "".join(char for char in spread if not "\u0300" <= char <= "\u036f")
    return bare.encode("ascii", "replace").decode("ascii")
