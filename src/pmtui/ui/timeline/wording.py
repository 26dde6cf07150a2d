"""What the Timeline says above its panes, and where there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmtui.planning.schedule import last_day
from pmtui.ui.draw.line import Line, Span
from pmtui.ui.draw.scale import ZOOMS
from pmtui.ui.draw.tasks import short_day

if TYPE_CHECKING:
    from pmtui.ui.timeline.view import TimelineView


def nothing_words(view: TimelineView) -> list[str]:
    """What an empty outline says, and which key helps."""
    if view.query_text.of_archive:
        return ["", "Nothing in the archive of tasks matches.", "", "Esc shows everything again"]
    if view.filter or view.mode == "critical":
        what = f"No task matches {view.filter}" if view.filter else "No open task is critical"
        return ["", what, "", "Esc shows everything again"]
    return [
        "",
        "No project yet. A project has tasks;",
        "their dates are computed from what",
        "they take and what they wait for.",
        "",
        "a   add the first project",
        "A   then add tasks to it",
        "i   on a card or item (4, 3) plans it",
        "?   every key",
    ]


def heading_line(view: TimelineView) -> Line:
    """Counts, what is wrong, and what is not the usual view."""
    found, today = view.dates, view.desk.today()
    leaves, late = view.counts or (0, 0)
    spans: list[Span] = [("strong", " Timeline ")]
    if view.size.width >= 80:
        live = [dates for dates in found.projects.values() if dates.tasks]
        if live:
            end = short_day(max(last_day(dates) for dates in live), today).strip()
            spans.append(("", f" {len(found.projects)} project{'' if len(found.projects) == 1 else 's'} to {end} "))
    spans.append(("", f" {leaves} task{'' if leaves == 1 else 's'} "))
    if late:
        spans.append(("bad", f" ! {late} late "))
    if found.circle:
        spans.append(("bad", f" ? {len(found.circle)} in a circle "))
    if found.beyond:
        spans.append(("bad", " ends after 2200 "))
    if view.mode == "critical":
        spans.append(("accent", " critical path "))
    spans.append(("dim", f" by {ZOOMS[view.zoom].name} "))
    if view.marks:
        hidden = len(view.marks - view.index.keys())
        spans.append(("mark", f" {len(view.marks)} marked{f' ({hidden} out of sight)' if hidden else ''} "))
    if view.filter:
        spans.append(("accent", f" /{view.filter} "))
    if view.query_text.problem:
        spans.append(("bad", f" {view.query_text.problem} "))
    return tuple(spans)
