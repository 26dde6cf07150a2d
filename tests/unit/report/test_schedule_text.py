import json
from dataclasses import replace
from datetime import date

import pytest

from pmtui.domain.fields import MAX_MINUTES
from pmtui.domain.plan import Plan
from pmtui.report.fit import cells
from pmtui.report.schedule import schedule_json, schedule_text
from schedules import MONDAY, Work


@pytest.fixture
def work():
    work = Work("Approval inbox", "Audit")
    work.task("Discovery")
    work.task("Interviews", 4, "Discovery", owner="Ann", percent_complete=1.0, external_id="jira:A-1")
    work.task("Findings agreed", 0, "Discovery")
    work.task("Build", 6, owner="Bo")
    work.task("Docs", 1, start_no_earlier=date(2026, 12, 1))
    work.task("Check", 2, project_id="Audit")
    work.chain("Interviews", "Findings agreed", "Build")
    work.link("Build", "Check")
    return work


def text(work, width=80, **options):
    return schedule_text(work.plan, width, ascii=options.pop("ascii", False), today=MONDAY, **options)


def test_the_table(work):
    assert text(work) == (
        "WBS  key  task               who  start   finish  slack\n"
        "J-1 Approval inbox: 23 Nov – 4 Dec 2026, 4 tasks, 36% done\n"
        "1    T-1  Discovery               23 Nov  26 Nov     0d  !\n"
        "1.1  T-2    Interviews       Ann  23 Nov  26 Nov     0d  !\n"
        "1.2  T-3    Findings agreed       26 Nov  26 Nov     0d  !\n"
        "2    T-4  Build              Bo   27 Nov  4 Dec      0d  !\n"
        "3    T-5  Docs                    1 Dec   1 Dec      3d\n"
        "\n"
        "J-2 Audit: 7 Dec – 8 Dec 2026, 1 task, 0% done\n"
        "1    T-6  Check                   7 Dec   8 Dec      0d  !\n"
        "\n"
        "! critical: it has no slack.\n"
    )


def test_one_project_alone(work):
    said = text(work, project_id="Audit")
    assert "Check" in said
    assert "Build" not in said


def test_days_of_another_year_have_it(work):
    work.tasks["Docs"] = replace(work.tasks["Docs"], start_no_earlier=date(2027, 1, 4))
    assert "  4 Jan 2027  4 Jan 2027     0d  !\n" in text(work)


@pytest.mark.parametrize("width", [1, 30, 44, 50, 60, 72, 80, 100, 160, 500])
def test_every_width(work, width):
    long = "審査の準備 and a title that goes on and on without an end in sight for anybody"
    work.tasks["Build"] = replace(work.tasks["Build"], title=long, owner="Bo Kaspersen-Lindgren")
    work.tasks["Docs"] = replace(work.tasks["Docs"], start_no_earlier=date(2027, 1, 4))
    lines = text(work, width).splitlines()
    assert max(map(cells, lines)) <= max(44, min(width, 160))
    assert all(any(key in line for line in lines) for key in ("T-1 ", "T-6 "))
    assert any(line.endswith("0d  !") for line in lines)


def test_ascii_alone(work):
    work.tasks["Build"] = replace(work.tasks["Build"], title="Größe")
    said = text(work, ascii=True)
    assert said.isascii()
    assert "Grosse" not in said
    assert "J-1 Approval inbox: 23 Nov - 4 Dec 2026" in said


def test_control_characters_of_a_damaged_file_do_nothing(work):
    work.tasks["Build"] = replace(work.tasks["Build"], title="a\x1b[31m\nb", owner="\x07x")
    work.projects["Audit"] = replace(work.projects["Audit"], name="\x1b]0;t\x07")
    said = text(work)
    assert not set(said) & set("\x1b\x07")
    assert len(said.splitlines()) == 12


def test_a_plan_without_projects_says_what_to_do():
    assert schedule_text(Plan(), 80, ascii=False, today=MONDAY) == (
        'No projects yet.\nAdd one: pmtui add --kind project "Approval inbox"\n'
    )


def test_a_project_without_tasks(work):
    empty = Work("Alone")
    assert text(empty) == "J-1 Alone: no tasks yet\n"
    work.project("Later")
    assert "\nJ-3 Later: no tasks yet\n" in text(work)


def test_tasks_without_dates_are_named(work):
    work.link("Check", "Build")
    said = text(work)
    assert "No dates, because they wait for themselves: T-4, T-6.\n" in said
    assert "2    T-4  Build              Bo   –       –           –\n" in said
    told = json.loads(schedule_json(work.plan))
    assert told["circle"] == ["T-4", "T-6"]
    assert "T-4" not in [task["key"] for task in told["tasks"]]


def test_days_beyond_the_calendar_are_said(work):
    for number in range(8):
        work.task(f"long {number}", MAX_MINUTES / 480)
        work.link(f"long {number - 1}" if number else "Build", f"long {number}")
    assert "Days after 31 Dec 2200 are shown as that day.\n" in text(work)
    assert json.loads(schedule_json(work.plan))["beyond"] is True


def test_json(work):
    told = json.loads(schedule_json(work.plan))
    assert [project["key"] for project in told["projects"]] == ["J-1", "J-2"]
    assert told["projects"][0]["finish"] == "2026-12-04T17:00:00"
    assert [task["key"] for task in told["tasks"]] == ["T-1", "T-2", "T-3", "T-4", "T-5", "T-6"]
    assert told["tasks"][1] == {
        "key": "T-2",
        "external_id": "jira:A-1",
        "name": "Interviews",
        "project": "J-1",
        "owner": "Ann",
        "wbs": "1.1",
        "start": "2026-11-23T08:00:00",
        "finish": "2026-11-26T17:00:00",
        "duration": 1920,
        "early_start": 0,
        "early_finish": 1920,
        "late_start": 0,
        "late_finish": 1920,
        "slack_minutes": 0,
        "free_slack_minutes": 0,
        "critical": True,
        "percent_complete": 1.0,
        "summary": False,
        "milestone": False,
        "driver": 'T-2 "Interviews" starts on 23 Nov 2026 because project J-1 "Approval inbox" starts on 23 Nov.',
    }
    summary, _, milestone, _, docs, _ = told["tasks"]
    assert (summary["summary"], summary["duration"]) == (True, 1920)
    assert (milestone["milestone"], milestone["start"], milestone["finish"]) == (True, *["2026-11-26T17:00:00"] * 2)
    assert (docs["slack_minutes"], docs["late_finish"], docs["critical"]) == (3 * 480, 4800, False)
    assert [task["key"] for task in json.loads(schedule_json(work.plan, "Audit"))["tasks"]] == ["T-6"]


def test_json_of_the_same_plan_in_another_order_is_the_same(work):
    plan = work.plan
    turned = Plan(0, {kind: dict(reversed(rows.items())) for kind, rows in plan.kinds.items()})
    assert schedule_json(turned) == schedule_json(plan)
