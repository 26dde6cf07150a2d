"""The screen under everything. It owns the colours of all surfaces.

A style kept here is matched against the style sheet once; kept by each surface it would be matched
once for each of them, which cost a third of the time to the first picture.
"""

from __future__ import annotations

from typing import ClassVar

from textual.screen import Screen

STYLES = (
    "cursor",
    "idle-cursor",
    "mark",
    "dim",
    "strong",
    "accent",
    "good",
    "warn",
    "bad",
    "rule",
    "tab",
    "quadrant",
)
"""The names of styles that a line's spans may use."""


class Shell(Screen[None]):
    """Where the tabs live."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"surface--{name}" for name in STYLES}
    DEFAULT_CSS = """
    Shell {
        layers: base overlay;
        background: $background;
        color: $foreground;
        & > .surface--cursor { background: $primary; color: $background; text-style: bold; }
        & > .surface--idle-cursor { background: $panel; color: $foreground; text-style: bold; }
        & > .surface--mark { color: $accent; text-style: bold; }
        & > .surface--dim { color: $text-muted; }
        & > .surface--strong { text-style: bold; }
        & > .surface--accent { color: $accent; }
        & > .surface--good { color: $text-success; }
        & > .surface--warn { color: $text-warning; }
        & > .surface--bad { color: $text-error; text-style: bold; }
        & > .surface--rule { color: $text-disabled; }
        & > .surface--tab { color: $accent; text-style: bold reverse; }
        & > .surface--quadrant { color: $text-muted; text-style: bold; }
    }
    """
    FILLED: ClassVar[frozenset[str]] = frozenset(("cursor", "idle-cursor"))
    """Styles with a background of their own; the others stand on that of their surface."""
    SOLID: ClassVar[frozenset[str]] = FILLED | {"tab"}
    """Styles in which a blank can be seen."""
