"""The tabs that exist, which things are at home in which, and how a tab's view is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textual.geometry import Size

    from pmtui.ui.desk import Desk
    from pmtui.ui.tab_view import TabView


class TabName(NamedTuple):
    """One tab: its id, its digit for ever, and its name."""

    id: str
    digit: int
    name: str
    side: str
    """"product" or "project": which half of the work it belongs to."""


TABS = (
    TabName("vision", 1, "Vision", "product"),
    TabName("matrix", 3, "Matrix", "product"),
    TabName("roadmap", 4, "Roadmap", "product"),
    TabName("timeline", 5, "Timeline", "project"),
)
"""The tabs in the order in which work flows. A digit belongs to its tab for ever."""

START = "start"
"""What an empty plan shows in place of a tab."""

HOMES: Mapping[str, str] = {
    "product": "vision",
    "objective": "vision",
    "key_result": "vision",
    "backlog_item": "matrix",
    "initiative": "roadmap",
    "project": "timeline",
    "task": "timeline",
}
"""The tab in which things of each kind are at home."""


def make_view(name: str, desk: Desk, size: Size) -> TabView:
    """The view of a tab, for a screen of that size. A tab is imported when somebody first goes there."""
    match name:
        case "vision":
            from pmtui.ui.vision.view import VisionView

            return VisionView(desk, size)
        case "start":
            from pmtui.ui.start.view import StartView

            return StartView(desk, size)
        case "roadmap":
            from pmtui.ui.roadmap.view import RoadmapView

            return RoadmapView(desk, size)
        case "timeline":
            from pmtui.ui.timeline.view import TimelineView

            return TimelineView(desk, size)
        case _:
            from pmtui.ui.matrix.view import MatrixView

            return MatrixView(desk, size)
