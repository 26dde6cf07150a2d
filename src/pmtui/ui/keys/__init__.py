"""Every key of pmtui, in one table.

Bindings, the line of keys at the bottom, the help screen and the command palette are all derived
from it, so a key cannot exist without its help line. A `[keys]` table in the config file gives an
id other keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from pmtui.ui.keys import everywhere, matrix, roadmap, start, timeline, vision
from pmtui.ui.keys.key import Key

TABLE: tuple[Key, ...] = (*everywhere.KEYS, *start.KEYS, *vision.KEYS, *matrix.KEYS, *roadmap.KEYS, *timeline.KEYS)
"""All keys. A verb has the same letter in every tab."""


def bindings(where: str) -> list[Binding]:
    """The Textual bindings of one place."""
    return [
        Binding(key.keys, key.action, key.title, show=False, id=key.id, tooltip=key.help, priority=False)
        for key in TABLE
        if key.where == where
    ]


NAMES: Mapping[str, str] = {
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "apostrophe": "'",
    "colon": ":",
    "comma": ",",
    "question_mark": "?",
    "slash": "/",
    "asterisk": "*",
    "at": "@",
    "exclamation_mark": "!",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "space": "space",
    "escape": "Esc",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "insert": "Ins",
    "delete": "Del",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "full_stop": ".",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
}


def key_name(key: str) -> str:
    """A key as people write it: `?` for question_mark, `^R` for ctrl+r."""
    if key in NAMES:
        return NAMES[key]
    if key.startswith("ctrl+"):
        rest = key.removeprefix("ctrl+")
        return "^" + NAMES.get(rest, rest.upper() if len(rest) == 1 else rest)
    if key.startswith("shift+"):
        rest = key.removeprefix("shift+")
        return "⇧" + NAMES.get(rest, rest)
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


def key_named(name: str) -> str:
    """The opposite of `key_name`: Textual's name for a key as people write it, or *name* itself."""
    if len(name) > 1 and name.startswith("^"):
        return f"ctrl+{key_named(name[1:]).lower()}"
    return _BY_NAME.get(name, name)


_BY_NAME = {shown: name for name, shown in NAMES.items()}


def keys_of(key: Key, keymap: Mapping[str, str]) -> list[str]:
    """The keys that do it now, remapped ones included."""
    return [name.strip() for name in keymap.get(key.id, key.keys).split(",") if name.strip()]


TOGETHER = {
    "timeline.shorter": (("timeline.shorter", "timeline.longer"), "length"),
    "timeline.indent": (("timeline.outdent", "timeline.indent"), "outdent, indent"),
    "timeline.closer": (("timeline.closer", "timeline.wider"), "zoom"),
    "matrix.value_up": (("matrix.effort_down", "matrix.value_down", "matrix.value_up", "matrix.effort_up"), "nudge"),
    "roadmap.later": (("roadmap.earlier", "roadmap.lane_down", "roadmap.lane_up", "roadmap.later"), "move"),
}
"""Keys that the line of keys shows as one, by the id of the one that has the place there."""


def footer_keys(where: str, keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """Key and title for the line of keys of one place, in its order."""
    by_id = {key.id: key for key in TABLE}
    shown: Iterable[Key] = sorted(
        (key for key in TABLE if key.foot and key.where in (where, "app")), key=lambda key: key.foot
    )
    rows: list[tuple[str, str]] = []
    for key in shown:
        ids, title = TOGETHER.get(key.id, ((key.id,), key.title))
        names = [key_name(keys_of(by_id[id_], keymap)[0]) for id_ in ids if keys_of(by_id[id_], keymap)]
        if names:
            rows.append(("".join(names), title))
    return rows


def help_rows(where: str, keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """Keys and help sentence of everything that one place adds."""
    return [
        (" ".join(key_name(name) for name in keys_of(key, keymap)), key.help) for key in TABLE if key.where == where
    ]
