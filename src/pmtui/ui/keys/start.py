"""Keys of the start screen, which an empty plan shows."""

from __future__ import annotations

from pmtui.ui.keys.key import Key

KEYS: tuple[Key, ...] = (
    Key("start.demo", "d", "demo", "demo", "Look around in the demo plan; this plan stays as it is", "start", 1),
    Key("start.import", "i", "import", "import", "Import a backlog as CSV, or a plan as JSON", "start", 2),
    Key("start.begin", "b,enter", "begin", "begin", "Begin: name the product that the plan is for", "start", 3),
)
