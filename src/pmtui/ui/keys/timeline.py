"""Keys of the Timeline."""

from __future__ import annotations

from pmtui.ui.keys.key import Key

W = "timeline"
KEYS: tuple[Key, ...] = (
    Key("timeline.up", "k,up", "move(-1)", "up", "Move up", W),
    Key("timeline.down", "j,down", "move(1)", "down", "Move down", W),
    Key(
        "timeline.left", "h,left", "sideways(-1)", "left", "Fold, then to the task above; in the chart: back in time", W
    ),
    Key("timeline.right", "l,right", "sideways(1)", "right", "Unfold, then to its parts; in the chart: on in time", W),
    Key("timeline.first", "g,home", "edge(-1)", "first", "Go to the first line", W),
    Key("timeline.last", "G,end", "edge(1)", "last", "Go to the last line", W),
    Key("timeline.page_up", "pageup", "page(-1)", "page up", "A page up", W),
    Key("timeline.page_down", "pagedown", "page(1)", "page down", "A page down", W),
    Key("timeline.pane", "tab,shift+tab", "other_pane", "outline/chart", "Change between the outline and the chart", W),
    Key(
        "timeline.add",
        "a,insert",
        "add",
        "add",
        "Add a task behind this one, or a project beside a project: API duration:3d after:T-3 @ann",
        W,
        1,
    ),
    Key(
        "timeline.add_child", "A", "add_child", "add part", "Add a task as a part of this one, or into this project", W
    ),
    Key("timeline.open", "enter", "form", "open", "Open the whole record", W),
    Key("timeline.edit", "e,f2", "edit", "edit", "Edit the title in its row", W, 3),
    Key("timeline.form", "E", "form", "record", "The whole record: duration, what it waits for, not before", W),
    Key("timeline.shorter", "less_than_sign", "stretch(-1)", "shorter", "A day shorter", W, 2),
    Key("timeline.longer", "greater_than_sign", "stretch(1)", "longer", "A day longer", W),
    Key(
        "timeline.outdent", "left_parenthesis", "indent(-1)", "outdent", "Outdent: beside the task it was a part of", W
    ),
    Key("timeline.indent", "right_parenthesis", "indent(1)", "indent", "Indent: a part of the task above it", W, 8),
    Key("timeline.earlier", "H,shift+left", "shift(-1)", "earlier", "A working day earlier, as far as links allow", W),
    Key("timeline.later", "L,shift+right", "shift(1)", "later", "A working day later: sets a visible not-before", W),
    Key("timeline.move_up", "K,shift+up", "reorder(-1)", "up in order", "Up among the tasks beside it", W),
    Key("timeline.move_down", "J,shift+down", "reorder(1)", "down in order", "Down among the tasks beside it", W),
    Key(
        "timeline.bind", "b", "bind_to", "waits for", "Choose a task that comes first; again takes the link away", W, 4
    ),
    Key("timeline.progress", "p", "progress", "progress", "Type its percent complete, as 40", W, 5),
    Key("timeline.state", "x", "advance", "next state", "Not started, half done, done", W),
    Key("timeline.choose_state", "X", "choose_progress", "choose state", "Choose 0, 25, 50, 75 or 100 % complete", W),
    Key("timeline.owner", "at", "owner", "owner", "Who does it", W),
    Key("timeline.why", "W", "why", "why here", "Why it stands there, what it waits for, what waits for it", W, 6),
    Key("timeline.promote", "i", "promote", "promote", "Items and cards become tasks with i in their own tabs", W),
    Key("timeline.thread", "o", "thread", "thread", "Golden thread: item, card, objective above; Enter goes there", W),
    Key("timeline.closer", "plus,equals_sign", "zoom(-1)", "zoom in", "Closer: quarter, month, week, day", W, 9),
    Key("timeline.wider", "minus", "zoom(1)", "zoom out", "Wider: day, week, month, quarter", W),
    Key("timeline.today", "full_stop", "today", "today", "Bring today into the chart; again: this task", W, 10),
    Key("timeline.mark", "space", "mark", "mark", "Mark the task; the next verb acts on all marked ones", W),
    Key("timeline.mark_all", "asterisk", "mark_all", "mark all", "Mark all tasks in view, or unmark them", W),
    Key(
        "timeline.archive",
        "d,delete",
        "archive",
        "archive",
        "Into the archive with all its parts (u brings it back)",
        W,
    ),
    Key(
        "timeline.filter",
        "slash",
        "filter",
        "filter",
        "Filter live: words, @owner, is:critical, is:late, card:C-3",
        W,
        7,
    ),
    Key("timeline.next", "n", "move(1)", "next", "The next line", W),
    Key("timeline.previous", "N", "move(-1)", "previous", "The line before", W),
    Key(
        "timeline.layout", "c", "layout", "view", "Everything, the critical path alone, the table without the chart", W
    ),
    Key("timeline.depth", "f", "depth", "depth", "Fold to projects, to their phases, or unfold everything", W),
    Key("timeline.detail", "z", "detail", "detail", "Show or hide the detail pane", W),
    Key(
        "timeline.full",
        "Z",
        "full_screen",
        "full screen",
        "The chart with short titles on the whole screen, and back",
        W,
    ),
    Key("timeline.copy", "y", "copy", "copy", "Copy key and title to the clipboard", W),
    Key("timeline.copy_markdown", "Y", "copy_markdown", "copy as Markdown", "Copy the record as Markdown", W),
    Key("timeline.back", "escape", "back", "back", "Back: unmark, then drop the filter, then everything again", W),
)
