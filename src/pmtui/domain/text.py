"""The border for text: what comes in is cleaned once, what goes out is shown literally.

Text of users and files can carry terminal commands (OSC 52 writes the clipboard, OSC 0 the window
title), bidirectional overrides and piles of combining marks. None of it gets past `clean`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MAX_TITLE = 500
"""Characters of a title that are kept."""
MAX_NOTES = 200_000
"""Characters of a note that are kept."""
MAX_MARKS = 4
"""Combining marks that one base character may carry."""

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"
    "\ue000-\uf8ff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_BREAKS_OR_UNSAFE = re.compile(f"[\t\n\x0b\x0c\r\u2028\u2029]|{_UNSAFE.pattern}")
_INVISIBLE = str.maketrans("", "", "\u200b\u00ad\u2060\ufeff")
REPLACEMENT = "\ufffd"
_FIRST_MARK = "\u0300"
"""The lowest combining mark; most texts hold nothing as high."""


def clean(text: str, *, multiline: bool = False) -> str:
    """*text* in NFC, without control characters and direction overrides (each becomes U+FFFD).

    Line breaks of every kind become a newline if *multiline*, else a blank. Joiners and variation
    selectors stay, because emoji are made of them; characters that draw nothing are dropped,
    because terminals disagree about their width.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    if not multiline:
        text = text.replace("\n", " ")
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    text = "".join(REPLACEMENT if _UNSAFE.match(char) else char for char in text) if _UNSAFE.search(text) else text
    return _cap_marks(text)


def visible(text: str) -> str:
    """*text* as one line may be drawn: what another program put into the file unclean is seen, and does nothing."""
    return text if text.isprintable() else _BREAKS_OR_UNSAFE.sub(REPLACEMENT, text)


def clean_line(text: str, limit: int = MAX_TITLE) -> str:
    """One line of at most *limit* characters, without blanks at its ends."""
    return clean(text[: limit * 8]).strip()[:limit].rstrip()


def clean_notes(text: str) -> str:
    """Several lines, at most `MAX_NOTES` characters, without blank lines at the ends."""
    return clean(text, multiline=True).strip()[:MAX_NOTES]


def _cap_marks(text: str) -> str:
    if max(text, default="") < _FIRST_MARK:
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        # The category as well: marks of many scripts have the combining class 0.
        if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                continue
        else:
            marks = 0
        kept.append(char)
    return "".join(kept)


def quoted(text: str, limit: int = 60) -> str:
    """*text* in double quotation marks, shortened for a sentence."""
    shown = clean(text)
    return f'"{shown if len(shown) <= limit else shown[: limit - 1] + "…"}"'


def quoted_apart(texts: Sequence[str], limit: int = 40) -> list[str]:
    """Texts that stand beside each other, quoted: of long ones the part in which they differ.

    >>> quoted_apart(["We make the inbox quick", "We make the inbox slow"], 12)
    ['"…inbox quick"', '"…inbox slow"']
    """
    shown = [clean(text) for text in texts]
    same = 0
    if any(len(text) > limit for text in shown):
        shortest = min(shown, key=len)
        while same < len(shortest) and all(text[same] == shortest[same] for text in shown):
            same += 1
        same = shortest.rfind(" ", 0, max(0, same - limit // 6)) + 1
    return [quoted(f"…{text[same:]}" if same else text, limit) for text in shown]
