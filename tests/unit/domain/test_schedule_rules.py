"""Projects and tasks: new ones, their durations, their progress, and the day on which they may start."""

from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import (
    AddProject,
    AddTask,
    AdvanceTasks,
    Archive,
    EditFields,
    FieldEdit,
    LinkTasks,
    NudgeDuration,
    Restore,
    ShiftTasks,
)
from pmtui.domain.durations import DAY, HOUR
from pmtui.domain.fields import MAX_MINUTES

MONDAY, TUESDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 28)


def edit(site, task: str, field: str, value) -> EditFields:
    return EditFields((FieldEdit("task", task, field, getattr(site[task], field), value),))


class TestProjects:
    def test_a_project_starts_today_and_belongs_to_the_only_product(self, desk):
        product = desk.product()
        desk.do(AddProject("p", "  Launch "))
        project = desk.plan.projects["p"]
        assert (project.key, project.name, project.start_on, project.product_id) == ("J-1", "Launch", MONDAY, product)
        assert desk.last.label == 'added J-1 "Launch"'

    def test_unless_its_fields_say_otherwise(self, desk):
        desk.product()
        desk.do(AddProject("p", "Launch", {"start_on": date(2027, 1, 4), "product_id": None}))
        assert (desk.plan.projects["p"].start_on, desk.plan.projects["p"].product_id) == (date(2027, 1, 4), None)

    def test_it_needs_a_name_and_a_start(self, desk):
        assert "name is empty" in desk.refused(AddProject("p", " "))
        assert "The start is empty" in desk.refused(AddProject("p", "P", {"start_on": None}))

    @pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1), date(1969, 12, 31), "2026-02-30"])
    def test_days_that_make_no_sense(self, desk, day):
        sentence = desk.refused(AddProject("p", "P", {"start_on": day}))
        assert f'The start is a day from 1970-01-01 to 2200-12-31, not "{day}".' in sentence

    @pytest.mark.parametrize("field", ["colour", "key", "name", "archived"])
    def test_other_fields_are_refused(self, desk, field):
        assert f'A project has no field "{field}"' in desk.refused(AddProject("p", "P", {field: "x"}))


class TestNewTasks:
    def test_a_new_task_is_last(self, site):
        site.tasks("A B C")
        assert site.sketch() == "A B C"
        assert site["C"].key == "T-3"
        assert site["C"].duration == DAY
        assert site.desk.last.label == 'added T-3 "C"'

    def test_or_last_among_the_parts_of_its_parent(self, site):
        site.tasks("A(B C) D")
        site.task("E", "A")
        assert site.sketch() == "A(B C E) D"

    def test_or_right_behind_another_of_which_it_takes_the_parent(self, site):
        site.tasks("A(B C) D")
        site.do(AddTask("E", "E", "site", after_id="B"))
        site.do(AddTask("F", "F", "site", after_id="A", fields={"parent_id": "D"}))
        assert site.sketch() == "A(B E C) F D"

    def test_only_the_new_task_changes(self, site):
        site.tasks("A B C")
        assert site.do(AddTask("D", "D", "site", after_id="A")).ids() == {"D"}

    def test_until_there_is_no_room_between_two_then_all_beside_it_are_numbered_anew(self, site):
        site.tasks("A B")
        names = [f"n{n}" for n in range(60)]
        for name in names:
            site.do(AddTask(name, name, "site", after_id="A"))
        assert site.sketch() == " ".join(["A", *reversed(names), "B"])

    def test_tasks_of_a_file_without_positions_make_room(self, site):
        site.tasks("A B C")
        for name in "ABC":
            site.do(edit(site, name, "position", None))
        assert site.sketch() == "A B C"
        site.do(AddTask("D", "D", "site", after_id="A"))
        assert site.sketch() == "A D B C"

    def test_at_the_end_of_all_positions_there_is_room_too(self, site):
        site.tasks("A B")
        site.do(edit(site, "B", "position", 1e9))
        site.task("C")
        assert site.sketch() == "A B C"
        site.do(edit(site, "A", "position", -1e9))
        site.do(AddTask("D", "D", "site", after_id="A"))
        assert site.sketch() == "A D B C"

    def test_its_predecessors_come_with_it(self, site):
        site.tasks("A B")
        site.do(AddTask("C", "C", "site", predecessors={"A": ("FS", 0), "B": ("SS", DAY)}))
        assert site.links() == {"A>C", "B>C"}
        assert site.plan.dependencies["B.C"].lag == DAY

    @pytest.mark.parametrize("field", ["colour", "id", "archived", "position", "project_id", "title"])
    def test_other_fields_are_refused(self, site, field):
        assert f'A task has no field "{field}"' in site.refused(AddTask("A", "A", "site", fields={field: "x"}))

    def test_nothing_is_hung_below_the_archive(self, site):
        site.tasks("A B")
        site.do(Archive("task", ("A",)))
        for command in (
            AddTask("C", "C", "site", fields={"parent_id": "A"}),
            AddTask("C", "C", "site", after_id="A"),
            AddTask("C", "C", "site", predecessors={"A": ("FS", 0)}),
        ):
            assert 'T-1 "A" is in the archive.' in site.refused(command)
        site.do(Archive("project", ("site",)))
        assert 'J-1 "Site" is in the archive.' in site.refused(AddTask("C", "C", "site"))

    def test_what_is_gone_or_elsewhere_is_named(self, site):
        site.do(AddProject("other", "Other"))
        site.tasks("A")
        assert "That project is no longer in the plan" in site.refused(AddTask("C", "C", "gone"))
        assert "That task is no longer in the plan" in site.refused(AddTask("C", "C", "site", after_id="gone"))
        assert 'T-1 "A" is not in J-2 "Other" any more' in site.refused(AddTask("C", "C", "other", after_id="A"))
        assert "not in the plan" in site.refused(AddTask("C", "C", "site", fields={"parent_id": "gone"}))
        command = AddTask("C", "C", "site", predecessors={"gone": ("FS", 0)})
        assert "That task is no longer in the plan" in site.refused(command)

    def test_a_part_of_a_task_of_another_project_is_refused_with_both_projects(self, site):
        site.do(AddProject("other", "Other"))
        site.tasks("A")
        assert site.refused(AddTask("C", "C", "other", fields={"parent_id": "A"})) == (
            'T-2 "C" in J-2 cannot be a part of T-1 "A" in J-1: a task and its parts are in one project. '
            "Take them apart first."
        )

    @pytest.mark.parametrize(
        ("minutes", "sentence"),
        [
            (-1, "The duration cannot be less than nothing; -1m is."),
            (MAX_MINUTES + 1, "The duration is at most 10000d; 10000d 1m is more."),
            (10**9 * HOUR, "The duration is at most 10000d"),
            (1.5, 'The duration is working time as 3d, 4h or 30m, not "1.5".'),
            (True, 'not "True"'),
        ],
    )
    def test_durations_that_make_no_sense(self, site, minutes, sentence):
        assert sentence in site.refused(AddTask("A", "A", "site", fields={"duration": minutes}))


class TestDurations:
    @pytest.fixture
    def site(self, site):
        site.tasks("A(B C) D")
        site.task("stone", duration=0)
        return site

    def test_longer(self, site):
        site.do(NudgeDuration(("B",), DAY))
        site.do(NudgeDuration(("B",), DAY))
        assert site["B"].duration == 3 * DAY
        assert site.desk.last.label == "T-2 longer by 1d: 3d"

    def test_shorter_down_to_one_step(self, site):
        site.do(NudgeDuration(("B",), 2 * DAY + HOUR))
        site.do(NudgeDuration(("B",), -DAY))
        assert site.desk.last.label == "T-2 shorter by 1d: 2d 1h"
        site.do(NudgeDuration(("B",), -2 * DAY))
        assert site.desk.last.label == "T-2 shorter by 1h: 2d"
        assert site.refused(NudgeDuration(("B",), -2 * DAY)) == 'T-2 "B" takes 2d: a step of 2d is too much.'
        site.do(NudgeDuration(("B",), -HOUR))
        assert site["B"].duration == 15 * HOUR

    def test_what_is_shorter_than_a_step_is_not_made_longer_by_shortening_it(self, site):
        site.do(edit(site, "B", "duration", HOUR))
        assert 'T-2 "B" takes 1h: a step of 1d is too much.' in site.refused(NudgeDuration(("B",), -DAY))

    def test_a_milestone_made_longer_is_a_task(self, site):
        assert "is a milestone: it takes no time" in site.refused(NudgeDuration(("stone",), -DAY))
        site.do(NudgeDuration(("stone",), DAY))
        assert site["stone"].duration == DAY

    def test_a_summary_has_its_dates_from_its_parts(self, site):
        sentence = 'T-1 "A" is a summary: its dates come from its parts.'
        assert site.refused(NudgeDuration(("A",), DAY)).startswith(sentence)
        assert site.refused(edit(site, "A", "duration", DAY * 2)).startswith(sentence)

    def test_of_several_those_that_can_are_changed(self, site):
        site.do(NudgeDuration(("A", "B", "D", "B"), DAY))
        assert [site[name].duration for name in "ABD"] == [DAY, 2 * DAY, 2 * DAY]
        assert site.desk.last.label == "2 tasks longer by 1d"
        site.do(NudgeDuration(("B", "stone"), -DAY))
        assert site.desk.last.label == "T-2 shorter by 1d: 1d"

    def test_no_further_than_the_longest(self, site):
        assert "at most 10000d" in site.refused(NudgeDuration(("B",), MAX_MINUTES))
        assert "at most 10000d" in site.refused(NudgeDuration(("B",), 10**12))

    def test_a_task_that_becomes_a_summary_and_back_keeps_its_own_values(self, site):
        site.do(edit(site, "D", "duration", 3 * DAY))
        site.do(edit(site, "D", "percent_complete", 0.25))
        site.task("E", "D")
        assert (site["D"].duration, site["D"].percent_complete) == (3 * DAY, 0.25)
        site.do(Archive("task", ("E",)))
        site.do(NudgeDuration(("D",), DAY))
        assert site["D"].duration == 4 * DAY


class TestProgress:
    @pytest.fixture
    def site(self, site):
        site.tasks("A(B C) D")
        site.task("stone", duration=0)
        return site

    def test_from_nothing_to_half_to_done(self, site):
        site.do(AdvanceTasks(("B",)))
        assert (site["B"].percent_complete, site.desk.last.label) == (0.5, "T-2: now half done")
        site.do(AdvanceTasks(("B",)))
        assert (site["B"].percent_complete, site.desk.last.label) == (1, "T-2: now done")
        assert site.refused(AdvanceTasks(("B",))) == 'T-2 "B" is done already. X chooses another share.'

    @pytest.mark.parametrize(("share", "after"), [(0.0, 0.5), (0.01, 1.0), (0.7, 1.0)])
    def test_from_anywhere(self, site, share, after):
        site.do(edit(site, "B", "percent_complete", share))
        site.do(AdvanceTasks(("B",)))
        assert site["B"].percent_complete == after

    def test_a_milestone_is_reached_at_once(self, site):
        site.do(AdvanceTasks(("stone",)))
        assert site["stone"].percent_complete == 1

    def test_a_summary_has_its_progress_from_its_parts(self, site):
        sentence = 'T-1 "A" is a summary: its progress comes from its parts.'
        assert site.refused(AdvanceTasks(("A",))).startswith(sentence)
        assert site.refused(edit(site, "A", "percent_complete", 0.5)).startswith(sentence)
        site.do(edit(site, "A", "percent_complete", None))

    def test_of_several_those_that_can_are_advanced(self, site):
        site.do(AdvanceTasks(("B",)))
        site.do(AdvanceTasks(("A", "B", "C", "stone")))
        assert [site[name].percent_complete for name in ("A", "B", "C", "stone")] == [None, 1, 0.5, 1]
        assert site.desk.last.label == "3 tasks: now done / half done"

    def test_a_step_in_the_history_shows_shares_and_working_time_as_people_write_them(self, site):
        site.do(edit(site, "B", "percent_complete", 0.25))
        assert site.desk.last.label == "T-2: percent complete empty to 25%"
        site.do(edit(site, "B", "duration", 4 * HOUR))
        assert site.desk.last.label == "T-2: duration 1d to 4h"

    def test_the_archive_stays_as_it_is(self, site):
        site.do(Archive("task", ("D",)))
        for command in (AdvanceTasks(("D", "B")), NudgeDuration(("D",), DAY), ShiftTasks(("D",), 1, {"D": MONDAY}, {})):
            assert 'T-4 "D" is in the archive.' in site.refused(command)


class TestShifting:
    @pytest.fixture
    def site(self, site):
        site.tasks("A(B) C")
        return site

    def shift(self, site, days: int, start: date = MONDAY, seen: date | None = None, name: str = "C") -> date | None:
        site.do(ShiftTasks((name,), days, {name: start}, {name: seen}))
        return site[name].start_no_earlier

    def test_a_day_that_everybody_can_see(self, site):
        assert self.shift(site, 1) == TUESDAY
        assert site.desk.last.label == "T-3 not before 2026-11-24"

    @pytest.mark.parametrize(
        ("start", "days", "day"),
        [
            (FRIDAY, 1, date(2026, 11, 30)),
            (MONDAY, -1, date(2026, 11, 20)),
            (MONDAY, 5, date(2026, 11, 30)),
            (FRIDAY, -5, date(2026, 11, 20)),
            (TUESDAY, -2, date(2026, 11, 20)),
            (SATURDAY, 1, date(2026, 12, 1)),
            (SATURDAY, -1, FRIDAY),
            (MONDAY, 260, date(2027, 11, 22)),
        ],
    )
    def test_working_days_are_counted(self, site, start, days, day):
        assert self.shift(site, days, start) == day

    def test_every_day_there_and_back(self, site):
        from pmtui.domain.rules.schedule import _working_day

        for days in range(-15, 16):
            there = _working_day(MONDAY, days, site["C"])
            assert there.weekday() < 5
            assert _working_day(there, -days, site["C"]) == MONDAY

    def test_two_quick_keys_with_one_schedule_move_by_two_days(self, site):
        assert self.shift(site, 1) == TUESDAY
        assert self.shift(site, 1) == date(2026, 11, 25)

    def test_what_the_schedule_knew_already_counts_once(self, site):
        self.shift(site, 1)
        assert self.shift(site, 1, start=date(2026, 12, 3), seen=TUESDAY) == date(2026, 12, 4)

    def test_several_and_summaries(self, site):
        site.do(ShiftTasks(("A", "C"), -2, {"A": FRIDAY, "C": TUESDAY}, {}))
        assert (site["A"].start_no_earlier, site["C"].start_no_earlier) == (date(2026, 11, 25), date(2026, 11, 20))
        assert site.desk.last.label == "2 tasks 2 days earlier"

    @pytest.mark.parametrize("days", [100_000, -100_000, 10**30, -(10**30)])
    def test_no_further_than_the_days_of_a_plan(self, site, days):
        sentence = site.refused(ShiftTasks(("C",), days, {"C": MONDAY}, {}))
        assert 'T-3 "C" would start outside the plan\'s days' in sentence

    def test_without_a_start_there_is_nothing_to_count_from(self, site):
        assert 'T-3 "C" has no start yet' in site.refused(ShiftTasks(("C",), 1, {}, {}))


class TestArchive:
    def test_a_task_goes_with_its_parts_and_comes_back_with_them(self, site):
        site.tasks("A(B(C)) D")
        assert site.do(Archive("task", ("A",))).label == 'archived T-1 "A" and 2 more'
        assert site.sketch() == "D"
        site.do(Restore("task", ("B",)))
        assert site.sketch() == "A(B(C)) D"

    def test_a_project_goes_with_its_tasks_and_a_task_brings_its_project_back(self, site):
        site.tasks("A(B) C")
        assert site.do(Archive("project", ("site",))).ids() == {"site", "A", "B", "C"}
        site.do(Restore("task", ("B",)))
        assert not site.plan.projects["site"].archived
        assert site.sketch() == "A(B)"
        site.do(Archive("project", ("site",)))
        site.do(Restore("project", ("site",)))
        assert site.sketch() == "A(B) C"

    def test_links_stay_with_what_is_in_the_archive(self, site):
        site.tasks("A B")
        site.link("A", "B")
        site.do(Archive("task", ("A",)))
        assert site.links() == {"A>B"}

    def test_the_objectives_of_a_product_go_with_it_and_come_back_with_it_and_its_items_live_on(self, desk):
        product = desk.product()
        goal, item = desk.objective(), desk.item()
        assert desk.do(Archive("product", (product,))).ids() == {product, goal}
        assert not desk.plan.backlog_items[item].archived
        assert desk.do(Restore("objective", (goal,))).ids() == {product, goal}

    def test_tasks_that_wait_already_keep_their_link_where_only_new_ones_are_asked_for(self, site):
        site.tasks("A B C")
        site.link("A", "C", type="SS", lag=960)
        site.do(LinkTasks("A", ("B", "C"), only_new=True))
        kept = next(link for link in site.plan.dependencies.values() if link.successor_id == "C")
        assert (kept.type, kept.lag) == ("SS", 960)
        assert site.links() == {"A>B", "A>C"}
        assert "wait for" in site.refused(LinkTasks("A", ("B", "C"), only_new=True))

    def test_who_waits_for_nothing_any_more_is_named(self, site):
        site.tasks("A B C D")
        site.link("A", "B")
        site.link("B", "C")
        site.link("D", "C")
        assert "waits" not in site.do(Archive("task", ("B",))).label
        assert site.do(Archive("task", ("D",))).label.endswith('; T-3 "C" waits for nothing now')

    def test_an_objective_goes_with_its_key_results(self, desk):
        from pmtui.domain.commands import ImportEntities
        from pmtui.domain.entities.vision import KeyResult

        goal = desk.objective()
        desk.do(ImportEntities("in", (KeyResult(id="k", objective_id=goal, title="K"),)))
        assert desk.do(Archive("objective", (goal,))).ids() == {goal, "k"}
        assert desk.do(Restore("key_result", ("k",))).ids() == {goal, "k"}
        desk.do(Archive("objective", (goal,)))
        assert desk.do(Restore("objective", (goal,))).ids() == {goal, "k"}


class TestOtherPlaces:
    """A task gets another parent or project in its form."""

    def test_it_is_the_last_part_of_its_new_parent(self, site):
        site.tasks("A(B) C(D E) F")
        site.do(edit(site, "B", "parent_id", "C"))
        assert site.sketch() == "A C(D E B) F"
        site.do(edit(site, "C", "parent_id", "A"))
        assert site.sketch() == "A(C(D E B)) F"
        site.do(edit(site, "D", "parent_id", None))
        assert site.sketch() == "A(C(E B)) F D"

    def test_unless_the_form_says_where(self, site):
        site.tasks("A(B C) D")
        place = FieldEdit("task", "D", "position", site["D"].position, site["C"].position - 0.5)
        site.do(EditFields((FieldEdit("task", "D", "parent_id", None, "A"), place)))
        assert site.sketch() == "A(B D C)"

    def test_a_task_alone_may_change_its_project(self, site):
        site.do(AddProject("other", "Other"))
        site.task("X", project="other")
        site.tasks("A B(C)")
        site.link("A", "B")
        site.do(edit(site, "A", "project_id", "other"))
        assert (site.sketch("other"), site.sketch()) == ("X A", "B(C)")
        assert site.links() == {"A>B"}

    def test_one_with_a_parent_or_with_parts_is_refused_with_both_names(self, site):
        site.do(AddProject("other", "Other"))
        site.tasks("A(B)")
        for name in "AB":
            sentence = site.refused(edit(site, name, "project_id", "other"))
            assert 'T-2 "B" in J-' in sentence
            assert 'cannot be a part of T-1 "A" in J-' in sentence

    def test_together_with_its_parts_it_may_go(self, site):
        site.do(AddProject("other", "Other"))
        site.tasks("A(B C)")
        site.do(EditFields(tuple(FieldEdit("task", name, "project_id", "site", "other") for name in "ABC")))
        assert (site.sketch("other"), site.sketch()) == ("A(B C)", "")
