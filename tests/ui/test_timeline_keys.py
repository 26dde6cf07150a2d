"""Every key of the Timeline."""

from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import AddInitiative, AddProject, AddTask, LinkTasks, MakePromise
from pmtui.domain.durations import DAY
from pmtui.domain.plan import key_order
from pmtui.domain.relations import predecessors
from pmtui.planning.schedule import first_day, last_day
from pmtui.ui.keys import TABLE
from pmtui.workspace import Actor, Workspace

ORDER = ["Inbox", "Shape", "Interview", "Sketch", "Build", "API", "Screen", "Live", "Second project"]


@pytest.fixture
def site_file(tmp_path, clock):
    """A project from Monday 2 March: Interview 4d, then Sketch 2d (in Shape); API 5d and Screen 3d (in Build); Live."""
    path = tmp_path / "site.db"
    with Workspace(path, clock, Actor("ann", "desk")) as workspace:
        workspace.do(AddInitiative("card", "Approvals without e-mail", {"outcome": "Nobody waits for a mail."}))
        workspace.do(MakePromise("card", None, date(2026, 3, 13), 0.8, "the board"))
        workspace.do(AddProject("inbox", "Inbox", {"start_on": date(2026, 3, 2)}))
        workspace.do(AddTask("shape", "Shape", "inbox", fields={"initiative_id": "card"}))
        workspace.do(AddTask("interview", "Interview", "inbox", fields={"parent_id": "shape", "duration": 4 * DAY}))
        workspace.do(AddTask("sketch", "Sketch", "inbox", fields={"parent_id": "shape", "duration": 2 * DAY}))
        workspace.do(AddTask("build", "Build", "inbox"))
        workspace.do(AddTask("api", "API", "inbox", fields={"parent_id": "build", "duration": 5 * DAY, "owner": "Bo"}))
        workspace.do(AddTask("screen", "Screen", "inbox", fields={"parent_id": "build", "duration": 3 * DAY}))
        workspace.do(AddTask("live", "Live", "inbox", fields={"duration": 0}))
        for first, then in (("interview", "sketch"), ("sketch", "api"), ("sketch", "screen"), ("api", "live")):
            workspace.do(LinkTasks(first, (then,)))
        workspace.do(AddProject("second", "Second project", {"start_on": date(2026, 4, 1)}))
    return path


@pytest.fixture
def look(sit, site_file):
    """Run steps in the Timeline of that plan."""

    def run(steps, **more):
        async def there(at):
            await at.press("5")
            await steps(at, at.app.current)

        sit(there, site_file, **more)

    return run


def titles(view):
    plan = view.plan
    return [plan.projects[row.id].name if row.kind == "project" else plan.tasks[row.id].title for row in view.rows]


def here(view):
    return titles(view)[view.index[view.cursor]]


def dates(view, task_id):
    found = view.dates.tasks[task_id]
    return first_day(found), last_day(found)


def waits_for(view, task_id):
    links = predecessors(view.plan).get(task_id, ())
    return sorted((view.plan.tasks[link.predecessor_id].key for link in links), key=key_order)


class TestMoving:
    @pytest.mark.parametrize(
        ("keys", "row"),
        [
            ("j", 1),
            ("down n", 2),
            ("j j k", 1),
            ("j j N", 1),
            ("j j up", 1),
            ("k", 0),
            ("G", -1),
            ("end home", 0),
            ("G g", 0),
            ("pagedown", -1),
            ("pagedown pageup", 0),
            ("l", 1),
            ("l right", 2),
            ("j j h", 1),
            ("j j left h h", 0),
        ],
    )
    def test_rows(self, look, keys, row):
        async def steps(at, view):
            assert titles(view) == ORDER
            await at.press(*keys.split())
            assert here(view) == ORDER[row]

        look(steps)

    def test_fold_and_unfold(self, look):
        async def steps(at, view):
            view.put_cursor("shape")
            await at.press("h")
            assert titles(view) == [*ORDER[:2], *ORDER[4:]]
            await at.press("l")
            assert titles(view) == ORDER
            await at.press("f")
            assert titles(view) == ["Inbox", "Second project"]
            assert here(view) == "Inbox"
            await at.press("f")
            assert titles(view) == ["Inbox", "Shape", "Build", "Live", "Second project"]
            await at.press("f")
            assert titles(view) == ORDER

        look(steps)

    def test_going_to_a_folded_task_unfolds_it(self, look):
        async def steps(at, view):
            await at.press("f")
            await at.press("apostrophe")
            await at.paste("Sketch")
            await at.press("enter")
            assert here(view) == "Sketch"

        look(steps)

    def test_a_click_takes_the_cursor_there_and_a_second_one_opens(self, look):
        async def steps(at, view):
            await at.pilot.click(view.outline_pane, offset=(10, 4))
            await at.settle()
            assert here(view) == "Interview"
            await at.pilot.click(view.outline_pane, offset=(10, 4))
            await at.settle()
            assert at.shows("percent complete")

        look(steps)

    def test_in_the_chart_the_arrows_go_through_time(self, look):
        async def steps(at, view):
            before = view.left
            await at.press("tab", "l")
            assert view.left > before
            await at.press("h", "h")
            assert view.left < before
            await at.press("j")
            assert here(view) == "Shape"
            await at.press("full_stop")
            scale = view.scale_of(view.chart_pane.size.width)
            assert 0 <= scale.column(date(2026, 3, 2)) < scale.width

        look(steps)


class TestAdding:
    def test_behind_this_one_and_the_next_behind_that(self, look):
        async def steps(at, view):
            view.put_cursor("interview")
            await at.press("a")
            await at.paste("Recruit duration:1d @Kim")
            await at.press("enter")
            await at.paste("Thank them duration:4h after:T-2")
            await at.press("enter", "escape")
            assert titles(view)[2:6] == ["Interview", "Recruit", "Thank them", "Sketch"]
            made = view.plan.tasks[view.cursor]
            assert (made.parent_id, made.duration) == ("shape", 4 * 60)
            assert waits_for(view, made.id) == ["T-2"]

        look(steps)

    def test_a_part_and_into_a_project(self, look):
        async def steps(at, view):
            view.put_cursor("live")
            await at.press("A")
            await at.paste("Switch over")
            await at.press("enter", "escape")
            assert view.plan.tasks[view.cursor].parent_id == "live"
            view.put_cursor("second")
            await at.press("A")
            await at.paste("First of many")
            await at.press("enter", "escape")
            assert view.plan.tasks[view.cursor].project_id == "second"
            assert dates(view, view.cursor)[0] == date(2026, 4, 1)

        look(steps)

    def test_a_project_beside_a_project(self, look):
        async def steps(at, view):
            await at.press("a")
            await at.paste("Third start:2026-06-01 manager:Ann")
            await at.press("enter")
            made = view.plan.projects[view.cursor]
            assert (made.name, made.start_on, made.manager) == ("Third", date(2026, 6, 1), "Ann")

        look(steps)

    def test_an_empty_plan_says_what_to_press(self, sit, tmp_path):
        async def steps(at):
            await at.press("5")
            assert at.shows("No project yet")
            await at.press("a")
            await at.paste("Inbox")
            await at.press("enter")
            assert [project.name for project in at.plan.projects.values()] == ["Inbox"]
            assert at.shows("no tasks yet: A adds the first one")

        sit(steps, tmp_path / "new.db")

    def test_what_makes_no_sense_is_said_and_the_text_stays(self, look):
        async def steps(at, view):
            view.put_cursor("api")
            await at.press("a")
            for typed, said in (
                ("X duration:soon", "is working time"),
                ("X after:T-99", "no task of this plan"),
                ("X due:2w", "is computed"),
                ("X start:2026-02-30", "not in the calendar"),
            ):
                await at.type(typed)
                await at.press("enter")
                assert at.prompt.is_open
                assert at.shows(said), typed
            await at.press("escape")
            assert titles(view) == ORDER

        look(steps)


class TestChanging:
    def test_longer_and_shorter_reschedule_at_once(self, look):
        async def steps(at, view):
            view.put_cursor("sketch")
            assert dates(view, "api") == (date(2026, 3, 10), date(2026, 3, 16))
            await at.press("greater_than_sign")
            assert dates(view, "api") == (date(2026, 3, 11), date(2026, 3, 17))
            await at.press("less_than_sign", "less_than_sign")
            assert dates(view, "api") == (date(2026, 3, 9), date(2026, 3, 13))
            await at.press("less_than_sign")
            assert view.plan.tasks["sketch"].duration == DAY

        look(steps)

    def test_indent_and_outdent(self, look):
        async def steps(at, view):
            view.put_cursor("live")
            await at.press("right_parenthesis")
            assert view.plan.tasks["live"].parent_id == "build"
            await at.press("left_parenthesis")
            assert view.plan.tasks["live"].parent_id is None
            assert titles(view) == ORDER
            view.put_cursor("shape")
            await at.press("right_parenthesis")
            assert at.said

        look(steps)

    def test_later_sets_a_visible_day_and_earlier_is_refused_where_a_link_forbids_it(self, look):
        async def steps(at, view):
            view.put_cursor("screen")
            await at.press("L", "L")
            assert view.plan.tasks["screen"].start_no_earlier == date(2026, 3, 12)
            assert dates(view, "screen")[0] == date(2026, 3, 12)
            await at.settle()
            assert at.shows("not before 2026-03-12")
            await at.press("H", "H")
            assert dates(view, "screen")[0] == date(2026, 3, 10)
            await at.press("H")
            assert dates(view, "screen")[0] == date(2026, 3, 10)
            assert "Sketch" in at.said[-1]

        look(steps)

    def test_of_several_those_move_earlier_that_have_a_day_of_their_own(self, look):
        async def steps(at, view):
            view.put_cursor("screen")
            await at.press("L", "L")
            view.marks = {"api", "screen"}
            await at.press("H")
            assert dates(view, "screen")[0] == date(2026, 3, 11)
            assert view.plan.tasks["api"].start_no_earlier is None
            view.marks = {"sketch", "api"}
            await at.press("H")
            assert "cannot start before" in at.said[-1]

        look(steps)

    def test_two_quick_keys_move_by_two_days(self, look):
        async def steps(at, view):
            view.put_cursor("screen")
            await at.pilot.press("L", "L")
            await at.settle()
            assert dates(view, "screen")[0] == date(2026, 3, 12)

        look(steps)

    def test_up_and_down_in_order(self, look):
        async def steps(at, view):
            view.put_cursor("api")
            await at.press("J")
            assert titles(view)[5:7] == ["Screen", "API"], at.said
            assert here(view) == "API"
            await at.press("K")
            assert titles(view) == ORDER

        look(steps)

    def test_bind_and_bind_again(self, look):
        async def steps(at, view):
            view.put_cursor("screen")
            await at.press("b")
            await at.paste("API")
            await at.press("enter")
            assert waits_for(view, "screen") == ["T-3", "T-5"]
            assert dates(view, "screen")[0] == date(2026, 3, 17)
            await at.press("b")
            assert at.shows("waits for it now")
            await at.paste("API")
            await at.press("enter")
            assert waits_for(view, "screen") == ["T-3"]

        look(steps)

    def test_a_circle_is_refused_with_the_names(self, look):
        async def steps(at, view):
            view.put_cursor("interview")
            await at.press("b")
            await at.paste("Live")
            assert at.shows("nothing matches")  # it waits for this one already
            await at.press("escape")
            live = next(task for task in view.plan.tasks.values() if task.title == "Live")
            await at.press("colon")
            await at.paste(f"after {live.key}")
            await at.press("enter")
            assert at.shows("Interview")
            assert at.shows("Nothing could ever start")
            await at.press("escape")
            assert waits_for(view, "interview") == []

        look(steps)

    def test_progress_typed_advanced_and_chosen(self, look):
        async def steps(at, view):
            view.put_cursor("interview")
            await at.press("p")
            await at.type("140")
            await at.press("enter")
            assert at.shows("from 0 to 100")
            await at.type("40%")
            await at.press("enter")
            assert view.plan.tasks["interview"].percent_complete == 0.4
            await at.press("x")
            assert view.plan.tasks["interview"].percent_complete == 1.0
            await at.press("X")
            await at.paste("quarter")
            await at.press("enter")
            assert view.plan.tasks["interview"].percent_complete == 0.25

        look(steps)

    def test_the_progress_of_a_summary_comes_from_its_parts(self, look):
        async def steps(at, view):
            view.put_cursor("interview")
            await at.press("p")
            await at.type("100")
            await at.press("enter")
            assert round(view.dates.tasks["shape"].percent, 4) == round(4 / 6, 4)
            view.put_cursor("shape")
            await at.press("x")
            assert at.said

        look(steps)

    def test_owner_marks_archive_and_undo(self, look):
        async def steps(at, view):
            view.put_cursor("api")
            await at.press("space", "space", "at")
            await at.paste("Kim")
            await at.press("enter")
            assert {view.plan.tasks[id_].owner for id_ in ("api", "screen")} == {"Kim"}
            await at.press("escape")
            view.put_cursor("shape")
            await at.press("d")
            assert "Sketch" not in titles(view)
            await at.press("u")
            assert titles(view) == ORDER

        look(steps)

    def test_verbs_of_tasks_say_so_on_a_project(self, look):
        async def steps(at, view):
            assert here(view) == "Inbox"
            for key in ("greater_than_sign", "right_parenthesis", "L", "J", "x", "p", "b"):
                await at.press(key)
                assert "a project is under the cursor" in at.said[-1], key
            await at.press("space")
            assert "projects not" in at.said[-1]

        look(steps)

    def test_edit_in_its_row_and_the_record(self, look):
        async def steps(at, view):
            view.put_cursor("screen")
            await at.press("e")
            await at.type("Inbox screen")
            await at.press("enter")
            assert view.plan.tasks["screen"].title == "Inbox screen"
            await at.press("E")
            assert at.shows("waits for")
            await at.press("tab", "tab", "tab", "tab")
            await at.type("T-3FS+2d T-5SS")
            await at.press("enter", "escape")
            assert waits_for(view, "screen") == ["T-3", "T-5"]
            assert dates(view, "screen")[0] == date(2026, 3, 12)

        look(steps, size=(120, 50))

    def test_promote_is_for_items_and_cards(self, look):
        async def steps(at, view):
            view.put_cursor("api")
            await at.press("i")
            assert "none of them" in at.said[-1]

        look(steps)


class TestSeeing:
    def test_filter_live_and_drop(self, look):
        async def steps(at, view):
            await at.press("slash", *"@bo")
            assert titles(view) == ["Inbox", "Build", "API"]
            await at.press("enter")
            assert at.shows("/@bo")
            await at.press("escape")
            assert titles(view) == ORDER

        look(steps)

    def test_the_views(self, look):
        async def steps(at, view):
            await at.press("c")
            assert at.shows("critical path")
            assert "Screen" not in titles(view)
            await at.press("c")
            assert not view.chart_pane.display
            assert titles(view) == ORDER
            await at.press("escape")
            assert view.chart_pane.display

        look(steps)

    def test_zoom_in_and_out(self, look):
        async def steps(at, view):
            names = []
            for key in ("plus", "plus", "minus", "minus", "minus", "minus"):
                await at.press(key)
                names.append(view.zoom)
            assert names == [0, 0, 1, 2, 3, 3]
            assert "widest" in at.said[-1]
            assert at.shows("by quarter")

        look(steps)

    def test_today_then_the_task_under_the_cursor(self, look):
        async def steps(at, view):
            view.put_cursor("second")
            await at.press("tab", "l", "l", "full_stop")
            scale = view.scale_of(view.chart_pane.size.width)
            assert 0 <= scale.column(date(2026, 3, 2)) < scale.width
            await at.press("full_stop")
            scale = view.scale_of(view.chart_pane.size.width)
            assert 0 <= scale.column(date(2026, 4, 1)) < scale.width // 3

        look(steps)

    def test_why_here(self, look):
        async def steps(at, view):
            view.put_cursor("api")
            await at.press("W")
            assert at.shows('because T-3 "Sketch" ends on 9 Mar')
            assert at.shows("waiting for it")
            assert at.shows("Live")
            await at.press("escape")
            view.put_cursor("inbox")
            await at.press("W")
            assert "move the cursor to a task" in at.said[-1]

        look(steps)

    def test_detail_and_full_screen(self, look):
        async def steps(at, view):
            view.put_cursor("shape")
            await at.settle()
            assert at.shows("Nobody waits for a mail.")
            assert at.shows("promised until")
            await at.press("z")
            assert not at.shows("Nobody waits for a mail.")
            await at.press("Z")
            assert view.outline_pane.size.width == 30
            await at.press("escape")
            assert view.outline_pane.size.width > 30

        look(steps, size=(140, 50))

    def test_a_promise_stands_on_the_chart(self, look):
        async def steps(at, view):
            view.put_cursor("shape")
            await at.settle()
            row = next(line for line in at.lines() if " Shape" in line)
            assert "◇" in row

        look(steps)

    def test_the_thread_leads_to_the_card_and_back(self, look):
        async def steps(at, view):
            view.put_cursor("interview")
            await at.press("o", "enter")
            assert here(view) == "Shape"
            await at.press("o", "enter")
            assert (at.app.tab, at.app.current.cursor) == ("roadmap", "card")
            await at.press("o")
            await at.paste("Interview")
            await at.press("enter")
            assert (at.app.tab, here(view)) == ("timeline", "Interview")

        look(steps)

    def test_copy_and_history(self, look, monkeypatch):
        async def steps(at, view):
            copied = []
            monkeypatch.setattr(at.app, "copy", copied.append)
            view.put_cursor("api")
            await at.press("y", "Y", "U")
            assert copied[0] == "T-5 API"
            assert "- duration: 5d" in copied[1]
            assert "- waits for: T-3" in copied[1]
            assert at.shows("T-5 API")

        look(steps)

    def test_marks_of_what_the_task_waits_for(self, look):
        async def steps(_at, view):
            view.put_cursor("api")
            assert view.neighbours() == {"sketch": "←", "live": "→"}

        look(steps)

    def test_the_archive_is_shown_and_a_task_brought_back(self, look):
        async def steps(at, view):
            view.put_cursor("build")
            await at.press("d", "slash", *"is:archived", "enter")
            assert titles(view) == ["Inbox", "Build", "API", "Screen"]
            await at.press("j")
            assert here(view) == "Build"
            assert at.shows("d brings it back")
            await at.press("d")
            assert "Build" not in titles(view)
            await at.press("escape")
            assert titles(view) == ORDER

        look(steps)

    def test_what_is_in_the_archive_is_gone_to_there(self, look):
        async def steps(at, view):
            view.put_cursor("live")
            await at.press("d")
            view.put_cursor("live")
            assert (view.filter, here(view)) == ("is:archived", "Live")

        look(steps)

    def test_a_project_goes_with_its_tasks_and_comes_back(self, look):
        async def steps(at, view):
            await at.press("d")
            assert titles(view) == ["Second project"]
            await at.press("slash", *"is:archived inbox", "enter")
            assert titles(view) == ["Inbox"]
            await at.press("d", "escape")
            assert titles(view) == ORDER

        look(steps)

    def test_below_60_columns_there_is_one_panel(self, look):
        async def steps(at, view):
            assert (view.outline_pane.display, view.chart_pane.display) == (True, False)
            await at.press("tab")
            assert (view.outline_pane.display, view.chart_pane.display) == (False, True)
            assert at.shows("Interview")
            await at.press("c")
            assert view.mode == "critical"
            await at.press("c")
            assert view.mode == "all"

        look(steps, size=(44, 24))

    def test_mark_all_and_unmark(self, look):
        async def steps(at, view):
            await at.press("asterisk")
            assert len(view.marks) == 7
            await at.press("asterisk")
            assert not view.marks
            await at.press("j", "space", "escape")
            assert not view.marks

        look(steps)

    @pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50), (44, 20), (30, 8), (10, 3)])
    def test_every_size(self, look, size):
        async def steps(at, view):
            for key in ("j", "j", "tab", "l", "minus", "c", "c", "c", "z", "Z", "f"):
                await at.press(key)
                assert all(len(line) <= size[0] for line in at.lines())
            assert view.cursor

        look(steps, size=size)


def test_every_key_of_the_tab_does_something_that_exists():
    from pmtui.ui.timeline.view import TimelineView

    for key in TABLE:
        if key.where == "timeline":
            assert hasattr(TimelineView, f"action_{key.action.partition('(')[0]}"), key.id
