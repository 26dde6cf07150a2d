import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from pmtui.domain.durations import DAY
from pmtui.domain.fields import LAST_DAY, MAX_MINUTES
from pmtui.domain.plan import Plan
from pmtui.planning.calendar import LAST_MINUTE, end_at, first_minute
from pmtui.planning.schedule import Driver, first_day, last_day, no_earlier_than, schedule, why_here
from schedules import MONDAY, ZERO, Work

FRIDAY, NEXT_MONDAY = date(2026, 11, 27), date(2026, 11, 30)
GOLDENS = Path(__file__).parents[2] / "goldens"


@pytest.fixture
def work():
    return Work()


def edited(plan: Plan, task: str, **fields: object) -> Plan:
    """The plan with one task changed, as after a step: what is remembered goes with it."""
    tasks = {**plan.tasks, task: replace(plan.tasks[task], **fields)}
    return Plan(plan.seq + 1, {**plan.kinds, "task": tasks}, dict(plan.memo))


class TestTasksAndLinks:
    def test_an_empty_plan_has_an_empty_schedule(self):
        found = schedule(Plan())
        assert (found.tasks, found.projects, found.circle, found.beyond) == ({}, {}, (), False)

    def test_a_task_starts_with_its_project_and_lasts_its_working_time(self, work):
        work.task("A", 6)
        assert work.days("A") == (0, 6)
        assert last_day(work["A"]) == NEXT_MONDAY
        assert work["A"].driver == Driver("project")

    def test_a_project_that_starts_on_a_weekend_starts_on_monday(self):
        work = Work(start_on=date(2026, 11, 21))
        work.task("A")
        assert first_day(work["A"]) == MONDAY

    @pytest.mark.parametrize(
        ("type", "lag", "start"),
        [
            ("FS", 0, 4),
            ("FS", 2, 6),
            ("FS", -1, 3),
            ("SS", 0, 0),
            ("SS", 2, 2),
            ("FF", 0, 1),
            ("FF", 1, 2),
            ("SF", 4, 1),
        ],
    )
    def test_links(self, work, type, lag, start):  # noqa: A002
        work.task("A", 4)
        work.task("B", 3)
        work.link("A", "B", type, lag)
        assert work.days("B")[0] == start

    def test_a_lead_never_leads_out_of_the_project(self, work):
        work.task("A", 1)
        work.task("B", 3)
        work.link("A", "B", "FS", -10)
        assert work.days("B") == (0, 3)

    def test_the_day_before_which_it_may_not_start(self, work):
        work.task("A", 1, start_no_earlier=date(2026, 11, 28))
        assert first_day(work["A"]) == NEXT_MONDAY
        assert work["A"].driver == Driver("not before", "A")
        assert not work.slack("A")

    def test_a_day_before_the_project_changes_nothing(self, work):
        work.task("A", 1, start_no_earlier=date(2020, 1, 1))
        assert work["A"].driver == Driver("project")
        assert work.days("A") == (0, 1)

    def test_slack_and_what_is_critical(self, work):
        work.task("A", 5)
        work.task("B", 2)
        work.task("C", 1)
        work.task("D", 1)
        work.chain("A", "D")
        work.chain("B", "C", "D")
        assert [work.slack(name) for name in "ABCD"] == [0, 2, 2, 0]
        assert [work[name].free_slack / DAY for name in "ABCD"] == [0, 0, 2, 0]
        assert [name for name in "ABCD" if work[name].critical] == ["A", "D"]
        assert work.dates("P").critical == 2

    def test_what_only_a_start_waits_for_still_has_to_end_with_the_project(self, work):
        work.task("A", 10)
        work.task("B", 1)
        work.link("A", "B", "SS")
        assert work["A"].critical
        assert work["A"].late_finish == work["A"].finish

    def test_the_link_that_drives_is_named_whatever_the_order_of_the_plan(self, work):
        for name in "ABC":
            work.task(name, 2)
        for name in "BA":
            work.link(name, "C")
        assert work["C"].driver == Driver("link", "A.C")


class TestProjects:
    def test_each_has_a_finish_of_its_own_that_decides_what_is_critical(self):
        work = Work("P", "Q")
        work.task("A", 2)
        work.task("B", 9, project_id="Q")
        assert work["A"].critical
        assert work["B"].critical
        assert (work.dates("P").finish - ZERO, work.dates("Q").finish - ZERO) == (2 * DAY, 9 * DAY)

    def test_a_link_across_projects_counts_both_ways(self):
        work = Work("P", "Q")
        work.task("A", 2)
        work.task("Z", 9)
        work.task("B", 3, project_id="Q")
        work.link("A", "B")
        assert work.days("B") == (2, 5)
        assert work.slack("A") == 0
        assert work.dates("Q").start - ZERO == 2 * DAY

    def test_one_without_tasks_is_there_with_its_first_day(self, work):
        dates = work.dates("P")
        assert (first_day(dates), last_day(dates), dates.tasks, dates.percent) == (MONDAY, MONDAY, 0, 0.0)

    def test_counts_leave_summaries_out(self, work):
        work.task("S")
        work.task("A", 3, "S", percent_complete=1.0)
        work.task("B", 1, "S", percent_complete=0.5)
        dates = work.dates("P")
        assert (dates.tasks, dates.done, dates.percent) == (2, 1, 3.5 / 4)

    def test_what_is_in_the_archive_is_not_planned(self):
        work = Work("P", "Q")
        work.task("A", 3, archived=True)
        work.task("B", 1)
        work.task("C", 1, project_id="Q")
        work.link("A", "B")
        work.projects["Q"] = replace(work.projects["Q"], archived=True)
        assert set(work.schedule.tasks) == {"B"}
        assert set(work.schedule.projects) == {"P"}
        assert work.days("B") == (0, 1)


class TestSummaries:
    def test_dates_progress_and_slack_come_from_the_leaves(self, work):
        work.task("S", 99)
        work.task("T", 99, "S")
        work.task("A", 2, "T", percent_complete=1.0)
        work.task("B", 6, "S")
        work.task("Z", 8)
        work.chain("A", "B")
        found = work["S"]
        assert work.days("S") == (0, 8)
        assert (found.percent, found.summary, found.milestone) == (0.25, True, False)
        assert found.critical
        assert work["T"].driver == Driver("part", "A")
        assert work["S"].driver == Driver("part", "T")

    def test_progress_of_milestones_alone_is_counted(self, work):
        work.task("S")
        work.task("A", 0, "S", percent_complete=1.0)
        work.task("B", 0, "S")
        assert work["S"].percent == 0.5

    def test_what_a_summary_waits_for_all_its_parts_wait_for(self, work):
        work.task("A", 3)
        work.task("S")
        work.task("T", 1, "S")
        work.task("B", 1, "T")
        work.task("C", 2, "S")
        work.link("A", "S", "FS", 1)
        assert work.days("B") == (4, 5)
        assert work.days("C") == (4, 6)
        assert work["B"].driver == Driver("link", "A.S")
        assert (work.slack("A"), work.slack("B"), work.slack("C")) == (0, 1, 0)

    def test_what_waits_for_a_summary_waits_for_its_last_part(self, work):
        work.task("S")
        work.task("A", 3, "S")
        work.task("B", 1, "S")
        work.task("C", 1)
        work.link("S", "C")
        assert work.days("C") == (3, 4)
        assert (work.slack("A"), work.slack("B"), work.slack("S")) == (0, 2, 0)
        assert work["B"].free_slack == 2 * DAY

    def test_free_slack_reaches_through_a_summary_to_the_tasks_that_really_wait(self, work):
        work.task("A", 1)
        work.task("S")
        work.task("B", 3, "S", start_no_earlier=FRIDAY)
        work.task("C", 1, start_no_earlier=date(2026, 12, 9))
        work.link("A", "S")
        work.link("S", "C")
        assert work["A"].free_slack == 3 * DAY
        assert work.days("B") == (4, 7)
        assert work["B"].free_slack == 5 * DAY

    def test_what_waits_for_its_start_waits_for_its_first_part(self, work):
        work.task("S")
        work.task("A", 3, "S", start_no_earlier=date(2026, 11, 25))
        work.task("B", 1, "S", start_no_earlier=FRIDAY)
        work.task("C", 9)
        work.link("S", "C", "SS", 1)
        assert work.days("C") == (3, 12)
        assert (work.slack("A"), work.slack("B")) == (0, 7)

    def test_a_finish_that_it_waits_for_holds_the_finish_of_every_part(self, work):
        work.task("A", 5)
        work.task("S")
        work.task("B", 1, "S")
        work.task("C", 2, "S")
        work.link("A", "S", "FF")
        assert (work.days("B"), work.days("C")) == ((4, 5), (3, 5))

    def test_one_summary_after_another(self, work):
        for name in "ST":
            work.task(name)
            work.task(f"{name}1", 2, name)
            work.task(f"{name}2", 1, name)
        work.link("S", "T")
        assert work.days("T") == (2, 4)
        assert [work.slack(name) for name in ("S1", "S2", "T1", "T2")] == [0, 1, 0, 1]

    def test_a_day_of_a_summary_holds_back_its_parts(self, work):
        work.task("S", start_no_earlier=date(2026, 11, 25))
        work.task("T", 1, "S")
        work.task("A", 1, "T")
        work.task("B", 1, "S", start_no_earlier=FRIDAY)
        assert (work.days("A")[0], work.days("B")[0]) == (2, 4)
        assert work["A"].driver == Driver("not before", "S")
        assert work["B"].driver == Driver("not before", "B")

    def test_a_summary_whose_parts_are_all_in_the_archive_is_a_task_again(self, work):
        work.task("S", 4)
        work.task("A", 1, "S", archived=True)
        assert work.days("S") == (0, 4)
        assert not work["S"].summary

    def test_a_part_left_below_an_archived_summary_is_planned_below_the_next_one(self, work):
        work.task("R")
        work.task("S", 1, "R", archived=True)
        work.task("A", 3, "S")
        assert work.days("R") == (0, 3)


class TestMilestones:
    def days(self, work, name):
        return first_day(work[name]), last_day(work[name])

    def test_one_that_follows_something_is_on_its_last_day(self, work):
        work.task("A", 5)
        work.task("M", 0)
        work.link("A", "M")
        assert self.days(work, "M") == (FRIDAY, FRIDAY)
        assert work["M"].milestone

    def test_one_at_the_start_of_its_project_is_on_that_day_and_so_is_the_next(self, work):
        work.task("M", 0)
        work.task("N", 0)
        work.link("M", "N")
        assert self.days(work, "M") == self.days(work, "N") == (MONDAY, MONDAY)

    def test_one_with_a_day_of_its_own_is_on_it(self, work):
        work.task("A", 5)
        work.task("M", 0, start_no_earlier=NEXT_MONDAY)
        work.link("A", "M")
        assert self.days(work, "M") == (NEXT_MONDAY, NEXT_MONDAY)

    def test_one_that_starts_with_something_is_in_the_same_morning(self, work):
        work.task("A", 5)
        work.task("B", 1)
        work.task("M", 0)
        work.link("A", "B")
        work.link("B", "M", "SS")
        assert self.days(work, "M") == (NEXT_MONDAY, NEXT_MONDAY)

    def test_one_that_opens_a_summary_is_in_the_morning_on_which_that_begins(self, work):
        work.task("A", 5)
        work.task("S")
        work.task("M", 0, "S")
        work.task("B", 1, "S")
        work.link("A", "S")
        assert self.days(work, "M") == (NEXT_MONDAY, NEXT_MONDAY)
        assert first_day(work["S"]) == NEXT_MONDAY

    def test_a_summary_and_a_project_end_on_the_day_of_their_last_milestone(self, work):
        work.task("S")
        work.task("A", 5, "S")
        work.task("M", 0, "S", start_no_earlier=NEXT_MONDAY)
        assert last_day(work["S"]) == last_day(work.dates("P")) == NEXT_MONDAY

    def test_what_follows_a_summary_that_ends_in_the_morning_is_not_drawn_before_it(self, work):
        work.task("S")
        work.task("M", 0, "S", start_no_earlier=NEXT_MONDAY)
        work.task("N", 0)
        work.link("S", "N")
        assert self.days(work, "N") == (NEXT_MONDAY, NEXT_MONDAY)

    def test_a_summary_that_begins_with_what_follows_something_begins_on_that_evening(self, work):
        work.task("A", 5)
        work.task("S")
        work.task("M", 0, "S")
        work.link("A", "M")
        assert first_day(work["S"]) == last_day(work["S"]) == FRIDAY


class TestDamagedFiles:
    def test_a_circle_is_named_and_everything_else_is_planned(self, work):
        for name in "ABCD":
            work.task(name, 2)
        work.chain("A", "B", "A")
        work.chain("B", "C", "D")
        found = work.schedule
        assert found.circle == ("A", "B")
        assert set(found.tasks) == {"C", "D"}
        assert work.days("D") == (2, 4)

    def test_a_task_that_waits_for_its_own_summary(self, work):
        work.task("S")
        work.task("A", 2, "S")
        work.task("B", 1, "S")
        work.task("C", 1)
        work.link("S", "A")
        work.link("S", "C")
        assert work.schedule.circle == ("A",)
        assert work.days("S") == (0, 1)
        assert work.days("C") == (1, 2)

    def test_a_summary_of_which_nothing_is_left_is_left_out_with_its_links(self, work):
        work.task("S", 3)
        work.task("A", 2, "S")
        work.task("B", 1)
        work.link("S", "A")
        work.link("S", "B", "FS", 5)
        assert work.schedule.circle == ("A", "S")
        assert work.days("B") == (0, 1)

    def test_a_circle_of_parents(self, work):
        work.task("A", 2)
        work.task("B", 2, "A")
        work.task("C", 2, "B")
        work.task("D", 1)
        work.tasks["A"] = replace(work.tasks["A"], parent_id="B")
        work.link("C", "D")
        assert work.schedule.circle == ("A", "B", "C")
        assert work.days("D") == (0, 1)

    def test_links_and_parents_that_lead_nowhere(self, work):
        work.task("A", 2)
        work.tasks["A"] = replace(work.tasks["A"], parent_id="gone")
        work.link("gone", "A")
        work.link("A", "gone")
        work.link("A", "A")
        work.task("B", 1, project_id="gone")
        assert work.schedule.circle == ("A",)
        del work.links["A.A"]
        assert work.days("A") == (0, 2)

    def test_a_parent_in_another_project(self):
        work = Work("P", "Q")
        work.task("S", 3)
        work.task("A", 2, "S", project_id="Q")
        assert work.days("A") == (0, 2)
        assert work.days("S") == (0, 3)

    def test_a_project_and_a_task_with_the_same_id(self, work):
        work.task("P", 2)
        work.task("A", 1, "P")
        assert work.days("P") == (0, 1)
        assert work.dates("P").tasks == 1

    def test_thousands_of_years_are_shown_as_the_last_day(self, work):
        names = [work.task(f"T{n}", MAX_MINUTES / DAY) for n in range(60)]
        for before, after in pairwise(names):
            work.link(before, after, "FS", MAX_MINUTES / DAY)
        found = work.schedule
        assert found.beyond
        dates = found.tasks[names[-1]]
        assert dates.finish > 10 * LAST_MINUTE
        assert first_day(dates) == last_day(dates) == last_day(found.projects["P"]) == LAST_DAY
        assert end_at(dates.finish).date() == LAST_DAY
        assert why_here(work.plan, names[-1]).startswith('T-60 "T59" starts on 31 Dec 2200 because')

    def test_the_first_and_the_last_day_of_any_plan(self):
        work = Work("P", "Q", start_on=date(1970, 1, 1))
        work.project("Z", LAST_DAY)
        work.task("A", 1, project_id="Z")
        assert work["A"].finish == LAST_MINUTE
        assert not work.schedule.beyond


class TestMemory:
    def test_what_dates_do_not_depend_on_leaves_the_same_schedule(self, work):
        work.task("A", 2)
        plan = work.plan
        found = schedule(plan)
        after = edited(plan, "A", title="Another", owner="Ann", notes="n", position=9.0)
        assert schedule(after) is found
        assert schedule(edited(after, "A", duration=DAY)) is not found

    @pytest.mark.parametrize(
        "fields",
        [
            {"duration": 3 * DAY},
            {"percent_complete": 0.5},
            {"start_no_earlier": FRIDAY},
            {"archived": True},
            {"parent_id": "S"},
        ],
    )
    def test_an_edit_gives_what_a_plan_without_memory_gives(self, work, fields):
        work.task("S")
        work.task("X", 1, "S")
        work.task("A", 2)
        work.task("B", 2)
        work.chain("A", "B")
        plan = work.plan
        schedule(plan)
        after = edited(plan, "A", **fields)
        fresh = schedule(Plan(0, after.kinds))
        assert (schedule(after).tasks, schedule(after).projects) == (fresh.tasks, fresh.projects)
        assert schedule(after).tasks != schedule(plan).tasks


class TestReasons:
    def test_one_sentence_for_every_kind(self, work):
        work.task("Find out", 4)
        work.task("Build")
        work.task("API", 5, "Build")
        work.task("Screen", 5, "Build")
        work.task("Docs", 1, start_no_earlier=date(2027, 1, 4))
        work.link("Find out", "Build")
        work.link("API", "Screen", "FS", -1)
        plan = work.plan
        said = {name: why_here(plan, name) for name in work.tasks}
        assert said == {
            "Find out": 'T-1 "Find out" starts on 23 Nov 2026 because project J-1 "P" starts on 23 Nov.',
            "Build": 'T-2 "Build" starts on 27 Nov 2026 because T-1 "Find out" ends on 26 Nov (FS).',
            "API": (
                'T-3 "API" starts on 27 Nov 2026 because it is a part of T-2 "Build", '
                'and T-1 "Find out" ends on 26 Nov (FS).'
            ),
            "Screen": 'T-4 "Screen" starts on 3 Dec 2026 because T-3 "API" ends on 3 Dec (FS-1d).',
            "Docs": 'T-5 "Docs" starts on 4 Jan 2027 because it is not to start before 4 Jan.',
        }

    @pytest.mark.parametrize(
        ("type", "lag", "reason"),
        [
            ("SS", 1, 'T-1 "A" starts on 23 Nov (SS+1d)'),
            ("FF", 0, 'it must not end before T-1 "A" ends, on 1 Dec (FF)'),
            ("SF", 8, 'it must not end before T-1 "A" starts, on 23 Nov (SF+8d)'),
        ],
    )
    def test_every_type_of_link_is_said(self, work, type, lag, reason):  # noqa: A002
        work.task("A", 7)
        work.task("B", 1)
        work.link("A", "B", type, lag)
        assert why_here(work.plan, "B").endswith(f" because {reason}.")

    def test_of_a_summary_the_first_part_tells_unless_the_summary_is_held_back(self, work):
        work.task("A", 2)
        work.task("S")
        work.task("T", 1, "S")
        work.task("B", 1, "T")
        work.link("A", "B")
        assert why_here(work.plan, "S") == (
            'T-2 "S" starts on 25 Nov 2026 with its first part, T-4 "B", because T-1 "A" ends on 24 Nov (FS).'
        )
        work.tasks["S"] = replace(work.tasks["S"], start_no_earlier=FRIDAY)
        assert why_here(work.plan, "T") == (
            'T-3 "T" starts on 27 Nov 2026 because it is a part of T-2 "S", which is not to start before 27 Nov.'
        )

    def test_what_has_no_dates_says_why(self, work):
        work.project("Q", archived=True)
        work.task("A")
        work.task("B")
        work.chain("A", "B", "A")
        work.task("C", archived=True)
        work.task("D", project_id="Q")
        plan = work.plan
        assert why_here(plan, "A") == (
            'T-1 "A" has no dates, because it waits for itself. The same is true of T-2 "B". '
            "Take away one of the links between them."
        )
        assert why_here(plan, "C") == 'T-3 "C" has no dates, because it is in the archive.'
        assert why_here(plan, "D") == 'T-4 "D" has no dates, because project J-2 "Q" is in the archive.'
        assert no_earlier_than(plan, "A") == (MONDAY, why_here(plan, "A"))

    def test_the_earliest_day_does_not_count_its_own_day(self, work):
        work.task("A", 2)
        work.task("B", 1, start_no_earlier=NEXT_MONDAY)
        work.link("A", "B")
        found = schedule(plan := work.plan)
        assert no_earlier_than(plan, "B") == (
            date(2026, 11, 25),
            'T-2 "B" cannot start before 25 Nov 2026 because T-1 "A" ends on 24 Nov (FS).',
        )
        assert first_day(found.tasks["B"]) == NEXT_MONDAY
        assert schedule(plan) is found

    def test_the_earliest_day_of_a_summary_is_that_of_its_first_part(self, work):
        work.task("A", 2)
        work.task("S", start_no_earlier=NEXT_MONDAY)
        work.task("B", 1, "S")
        work.link("A", "B")
        day, sentence = no_earlier_than(work.plan, "S")
        assert day == date(2026, 11, 25)
        assert sentence == (
            'T-2 "S" cannot start before 25 Nov 2026 because its first part, T-3 "B", cannot: '
            'T-1 "A" ends on 24 Nov (FS).'
        )


PUBLISHED = (
    "cpm-nine-activity",
    "cpm-taylor-2",
    "cpm-psu-pdm",
    "cpm-hammock-ss-ff",
    "cpm-con-snet",
    "cpm-link-SF-A3-B5-lag2",
)


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_cases_through_a_plan_with_days(name):
    cases = {case["id"]: case for case in json.loads((GOLDENS / "cpm.json").read_text(encoding="utf-8"))["cases"]}
    inputs, expected = cases[name]["inputs"], cases[name]["expected"]
    work = Work()
    for title, days in inputs["durations"].items():
        work.task(title, days)
    for title, (_, days) in inputs.get("constraints", {}).items():
        day = MONDAY.replace(day=MONDAY.day + days + 2 * (days // 5))
        assert first_minute(day) == ZERO + days * DAY
        work.tasks[title] = replace(work.tasks[title], start_no_earlier=day)
    for number, link in enumerate(inputs["links"]):
        made = work.link(link["pred"], link["succ"], link["type"], link["lag"])
        work.links[f"{made}.{number}"] = replace(work.links.pop(made), id=f"{made}.{number}")
    found = work.schedule
    for short, member in {"ES": "start", "EF": "finish", "LS": "late_start", "LF": "late_finish"}.items():
        days = {title: (getattr(dates, member) - ZERO) / DAY for title, dates in found.tasks.items()}
        assert days == expected[short], short
    for short, member in {"TF": "total_slack", "FF": "free_slack"}.items():
        assert {title: getattr(dates, member) / DAY for title, dates in found.tasks.items()} == expected[short], short
    assert sorted(title for title, dates in found.tasks.items() if dates.critical) == sorted(expected["critical"])
    assert found.projects["P"].finish == ZERO + expected["duration"] * DAY
