"""What the help of the Timeline says below its keys."""

from __future__ import annotations

from pmtui.planning.task_filter import TERMS
from pmtui.ui.draw.glyphs import Glyphs
from pmtui.ui.draw.line import Line


def help_lines(glyphs: Glyphs) -> list[Line]:
    """The marks of the chart, how durations and links are typed, and the words of the filter."""
    marks = (
        (glyphs.full, "done"),
        (glyphs.planned, "still to do"),
        (
            f"{glyphs.opens}{glyphs.summary}{glyphs.closes}",
            "a project or a task with parts: dates and progress of them",
        ),
        (glyphs.milestone, "a milestone: a task of no duration"),
        (glyphs.promise, "the end of what was promised for its card: red where the work ends later"),
        (glyphs.vertical, "today"),
        (glyphs.fine, "looked at by days: nobody works on that day"),
        ("!", "critical: no slack, a day lost here is a day lost for the project"),
        (f"{glyphs.back} {glyphs.arrow}", "what the task under the cursor waits for, and what waits for it"),
        ("?", "no dates: it waits for itself, which only a damaged file can hold"),
        (f"{glyphs.before} {glyphs.behind}", "the bar is out of view on that side"),
    )
    typed = (
        ("3d 4h", "working time; also 2w, 90m, 1.5d; a day has 8 hours, a week 5 days"),
        ("T-3", "waits for the finish of T-3"),
        ("T-3FS+2d", "and two working days more; FS-1d is a lead of a day"),
        ("T-3SS", "starts when T-3 starts; FF finish with finish, SF finish with start"),
    )
    lines: list[Line] = [(("strong", " MARKS"),)]
    lines += [(("accent", f" {mark:<12} "), ("", text)) for mark, text in marks]
    lines += [(), (("strong", " TYPING"),)]
    lines += [(("accent", f" {word:<12} "), ("", text)) for word, text in typed]
    lines += [(), (("strong", " FILTER"),)]
    lines += [(("accent", f" {term:<34} "), ("", text)) for term, text in TERMS]
    lines += [
        (),
        (("", " Dates are computed: a task begins when its project has begun and what it waits for is done."),),
        (("", " The calendar is Monday to Friday, 8:00 to 12:00 and 13:00 to 17:00."),),
    ]
    return lines
