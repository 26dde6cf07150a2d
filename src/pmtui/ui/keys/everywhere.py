"""Keys that hold in every tab."""

from __future__ import annotations

from pmtui.ui.keys.key import Key

KEYS: tuple[Key, ...] = (
    Key(
        "app.tab_vision",
        "1",
        "tab('vision')",
        "Vision",
        "Go to the Vision tab: products, objectives, key results",
        "app",
    ),
    Key(
        "app.tab_matrix", "3", "tab('matrix')", "Matrix", "Go to the Matrix tab: the backlog by value and effort", "app"
    ),
    Key("app.tab_roadmap", "4", "tab('roadmap')", "Roadmap", "Go to the Roadmap tab: cards, windows, promises", "app"),
    Key("app.tab_timeline", "5", "tab('timeline')", "Timeline", "Go to the Timeline tab: tasks and their dates", "app"),
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
)
