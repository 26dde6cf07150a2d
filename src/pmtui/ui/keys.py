"""Every key of pmtui, in one table.

Bindings, the line of keys at the bottom, the help screen and the command palette are all derived
from it, so a key cannot exist without its help line. A `[keys]` table in the config file gives an
id other keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a key does."""

    id: str
    """Stable name for the config file, as `backlog.value_up`."""
    keys: str
    """Textual names of its keys, separated by commas; the first is the one shown."""
    action: str
    title: str
    """One or two words for the line of keys."""
    help: str
    """What it does, in a sentence without its full stop."""
    where: str
    """"app" for everywhere, else the name of the tab or "dialog"."""
    foot: int = 0
    """Its place in the line of keys; 0 keeps it out of there."""


TABLE: tuple[Key, ...] = (
    Key("app.tab_matrix", "3", "tab('matrix')", "Matrix", "Go to the Matrix tab", "app"),
    Key("app.tab_next", "right_square_bracket,ctrl+pagedown", "next_tab(1)", "next tab", "Go to the next tab", "app"),
    Key(
        "app.tab_previous",
        "left_square_bracket,ctrl+pageup",
        "next_tab(-1)",
        "previous tab",
        "Go to the tab before",
        "app",
    ),
    Key("app.undo", "u", "undo", "undo", "Take back your latest step; works across restarts", "app", 7),
    Key("app.redo", "ctrl+r,ctrl+y", "redo", "redo", "Do again what you took back", "app"),
    Key("app.history", "U", "history", "history", "Who changed what, when: the thing under the cursor, or all", "app"),
    Key("app.jump", "apostrophe,ctrl+f", "jump", "jump", "Jump to anything by a few of its letters", "app", 95),
    Key(
        "app.command", "colon", "command_line", "command", 'Type a command, as :add "Title" value:8 effort:2', "app", 92
    ),
    Key("app.palette", "ctrl+p", "command_palette", "palette", "Find any command by its name", "app"),
    Key("app.help", "question_mark,f1", "help", "help", "Every key of this view", "app", 99),
    Key("app.drafts", "D", "drafts", "drafts", "Unfinished text that was kept for you", "app"),
    Key("app.suspend", "ctrl+z", "suspend_process", "suspend", "Back to the shell; fg brings pmtui back", "app"),
    Key(
        "app.repaint",
        "ctrl+l",
        "repaint",
        "repaint",
        "Draw the whole screen again",
        "app",
    ),
    Key("app.quit", "q,ctrl+q", "quit", "quit", "Leave; everything is stored already", "app"),
    Key("matrix.up", "k,up", "move(0, -1)", "up", "Move up: the row before, or the next dot above", "matrix"),
    Key("matrix.down", "j,down", "move(0, 1)", "down", "Move down: the next row, or the next dot below", "matrix"),
    Key("matrix.left", "h,left", "move(-1, 0)", "left", "Plane: the next dot to the left", "matrix"),
    Key("matrix.right", "l,right", "move(1, 0)", "right", "Plane: the next dot to the right", "matrix"),
    Key("matrix.first", "g,home", "edge(-1)", "first", "Go to the first item", "matrix"),
    Key("matrix.last", "G,end", "edge(1)", "last", "Go to the last item", "matrix"),
    Key("matrix.page_up", "pageup", "page(-1)", "page up", "A page up", "matrix"),
    Key("matrix.page_down", "pagedown", "page(1)", "page down", "A page down", "matrix"),
    Key("matrix.pane", "tab,shift+tab", "other_pane", "plane/list", "Change between the plane and the list", "matrix"),
    Key(
        "matrix.add",
        "a,insert",
        "add",
        "add",
        "Add an item beside this one; fields and #tags may follow the title",
        "matrix",
        1,
    ),
    Key("matrix.add_child", "A", "add_child", "add part", "Add an item as a part of this one", "matrix"),
    Key("matrix.open", "enter", "open", "open", "Open: the items of a crowded dot, else the whole record", "matrix"),
    Key("matrix.edit", "e,f2", "edit", "edit", "Edit the title in its row", "matrix", 2),
    Key("matrix.form", "E", "form", "form", "The whole record in a form", "matrix"),
    Key(
        "matrix.score",
        "comma",
        "score",
        "score",
        "Type the inputs of the method, as 8 3; then the next unscored item asks for its own",
        "matrix",
        4,
    ),
    Key(
        "matrix.value_up",
        "K,shift+up",
        "nudge(0, 1)",
        "value up",
        "More value (vertical axis of the method)",
        "matrix",
        3,
    ),
    Key("matrix.value_down", "J,shift+down", "nudge(0, -1)", "value down", "Less value", "matrix"),
    Key("matrix.effort_down", "H,shift+left", "nudge(-1, 0)", "effort down", "Less effort (horizontal axis)", "matrix"),
    Key("matrix.effort_up", "L,shift+right", "nudge(1, 0)", "effort up", "More effort", "matrix"),
    Key(
        "matrix.confidence_down",
        "left_curly_bracket",
        "nudge_field('confidence', -1)",
        "confidence down",
        "Less confidence (RICE)",
        "matrix",
    ),
    Key(
        "matrix.confidence_up",
        "right_curly_bracket",
        "nudge_field('confidence', 1)",
        "confidence up",
        "More confidence (RICE)",
        "matrix",
    ),
    Key(
        "matrix.state",
        "x",
        "advance",
        "next state",
        "To the next state: idea, candidate, planned ... retired",
        "matrix",
        5,
    ),
    Key(
        "matrix.choose_state",
        "X",
        "choose_state",
        "choose state",
        "Choose a state; declined asks for the reason",
        "matrix",
    ),
    Key("matrix.mark", "space", "mark", "mark", "Mark the item; the next verb acts on all marked ones", "matrix", 4),
    Key("matrix.mark_all", "asterisk", "mark_all", "mark all", "Mark all items in view, or unmark them", "matrix"),
    Key(
        "matrix.archive",
        "d,delete",
        "archive",
        "archive",
        "Into the archive with all its parts (u brings it back)",
        "matrix",
        10,
    ),
    Key("matrix.tags", "t", "tags", "tags", "Put tags on, or take them off with a minus: ui -old", "matrix", 9),
    Key("matrix.owner", "at", "owner", "owner", "Who looks after it", "matrix"),
    Key(
        "matrix.priority", "exclamation_mark", "priority", "priority", "Low, medium, high, critical, or none", "matrix"
    ),
    Key("matrix.bind", "b", "bind_to", "needs ...", "Say which other item this one needs first", "matrix"),
    Key("matrix.thread", "o", "thread", "thread", "Golden thread: upward why, downward its parts and needs", "matrix"),
    Key(
        "matrix.filter",
        "slash",
        "filter",
        "filter",
        "Filter live: words, tag:x, state:idea, value>5, is:unscored",
        "matrix",
        6,
    ),
    Key("matrix.next", "n", "move(0, 1)", "next", "The next item that the filter found", "matrix"),
    Key("matrix.previous", "N", "move(0, -1)", "previous", "The one before", "matrix"),
    Key(
        "matrix.views", "v", "views", "views", "Choose a view: open, all, unscored, archive, or one you saved", "matrix"
    ),
    Key("matrix.method", "F", "method", "method", "Next method: value/effort, RICE, WSJF", "matrix", 8),
    Key("matrix.layout", "c", "layout", "layout", "Plane and list, list only, plane only", "matrix"),
    Key("matrix.sort", "s", "sort", "sort", "Sort by rank, outline, key, title, state, priority, newest", "matrix"),
    Key("matrix.columns", "f", "columns", "columns", "Columns of the list: scores, people, origin", "matrix"),
    Key("matrix.detail", "z", "detail", "detail", "Show or hide the detail pane", "matrix"),
    Key("matrix.zoom", "Z", "full_screen", "full screen", "The pane you are in fills the screen, and back", "matrix"),
    Key("matrix.copy", "y", "copy", "copy", "Copy key and title to the clipboard", "matrix"),
    Key("matrix.copy_markdown", "Y", "copy_markdown", "copy as Markdown", "Copy the record as Markdown", "matrix"),
    Key("matrix.back", "escape", "back", "back", "Back: unmark, then drop the filter", "matrix"),
)
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
    "plus": "+",
    "minus": "-",
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
    "matrix.value_up": (("matrix.effort_down", "matrix.value_down", "matrix.value_up", "matrix.effort_up"), "nudge"),
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
