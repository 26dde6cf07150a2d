"""The two themes of pmtui. Textual's own, and the terminal's palette (`ansi-dark`), can be chosen too."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="pmtui-dark",
    primary="#7aa2f7",
    secondary="#9aa5ce",
    accent="#e0af68",
    foreground="#d5d9e8",
    background="#16181f",
    surface="#1e212b",
    panel="#272b38",
    success="#8fc97a",
    warning="#e0af68",
    error="#f07a8a",
    dark=True,
)

LIGHT = Theme(
    name="pmtui-light",
    primary="#2456b8",
    secondary="#4b5a7a",
    accent="#8a4b00",
    foreground="#1c2030",
    background="#fbfbf8",
    surface="#f0efe9",
    panel="#e4e2da",
    success="#2f6f2f",
    warning="#8a4b00",
    error="#a8202f",
    dark=False,
)


def names() -> tuple[str, ...]:
    """The themes that can be chosen, our own first."""
    return (DARK.name, LIGHT.name, *BUILTIN_THEMES)
