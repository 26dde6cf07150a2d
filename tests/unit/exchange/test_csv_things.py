"""Cards, tasks and the other kinds as tables: our own, and those of other tools."""

import csv
import io
from datetime import date

import pytest

from pmtui.domain.commands import (
    AddInitiative,
    AddItem,
    AddKeyResult,
    AddObjective,
    AddProduct,
    AddProject,
    AddTask,
    Archive,
    LinkTasks,
    MakePromise,
    SetPredecessors,
)
from pmtui.domain.entities import KINDS
from pmtui.domain.fields import specs
from pmtui.domain.plan import Plan
from pmtui.domain.relations import predecessors
from pmtui.exchange.csv_things import TABLES, columns_of
from pmtui.exchange.read import BadFile
from pmtui.exchange.write import export_csv, export_json, export_things

THINGS = [kind for kind in TABLES.values() if kind != "backlog_item"]

FOREIGN = """\
ID,Outline Level,Task Name,Duration,Start,Predecessors,Resource Names,% Complete
1,1,Website,10 days,2026-03-02,,,10%
2,2,Design,5 days?,2026-03-02,,Ann,100%
3,2,Build,2 wks,2026-03-09,2FS+2 days,Bo,0%
4,1,Launch,0 days,2026-04-01,"3;2SS-1 day",,0
"""


def rows(content):
    return list(csv.DictReader(io.StringIO(content, newline="")))


def links(plan):
    return {
        (plan.tasks[link.predecessor_id].title, plan.tasks[link.successor_id].title): (link.type, link.lag)
        for link in plan.dependencies.values()
    }


def fill(desk):
    """Something of every kind."""
    desk.do(AddProduct("product00001", "Shop", "", {"stage": "growth", "needs": "- queues\n- prices"}))
    desk.do(AddObjective("objective001", "=Fewer lost baskets", due_on=date(2026, 6, 1), fields={"period": "2026 Q2"}))
    desk.do(AddKeyResult("result000001", "Baskets", "objective001", {"start": -5.0, "target": 1e-7, "unit": "%"}))
    desk.do(AddInitiative("card00000001", "+Quick basket", {"lane": "@Trust", "objective_id": "objective001"}))
    desk.do(AddInitiative("card00000002", "Old", {"external_id": "jira:9", "window_start": date(2026, 4, 1)}))
    desk.do(Archive("initiative", ("card00000002",)))
    desk.do(MakePromise("card00000001", None, date(2026, 4, 30), 1 / 3, "the board"))
    desk.do(AddItem("item00000001", "Item"))
    desk.do(AddProject("project00001", "Site", {"start_on": date(2026, 3, 9), "manager": "-Ann"}))
    desk.do(AddTask("task00000001", "Whole", "project00001", fields={"item_id": "item00000001"}))
    desk.do(AddTask("task00000002", "=Build", "project00001", fields={"parent_id": "task00000001", "duration": 1710}))
    desk.do(
        AddTask(
            "task00000003",
            "Test",
            "project00001",
            fields={
                "parent_id": "task00000001",
                "percent_complete": 1 / 3,
                "start_no_earlier": date(2026, 3, 20),
                "initiative_id": "card00000001",
                "external_id": "msp:3",
            },
        )
    )
    desk.do(AddTask("task00000004", "Launch", "project00001", fields={"duration": 0}))
    desk.do(LinkTasks("task00000002", ("task00000003",), "SS", -240))
    desk.do(LinkTasks("task00000003", ("task00000004",), "FS", 960))


@pytest.mark.parametrize("kind", THINGS)
def test_every_field_of_a_kind_has_a_column_of_its_own(kind):
    columns = columns_of(kind).own
    assert set(specs(KINDS[kind])) - {"position"} <= set(columns.values())
    assert columns_of(kind).header(list(columns)).targets == tuple(columns.values())


@pytest.mark.parametrize("kind", THINGS)
def test_importing_an_export_into_its_own_plan_finds_nothing_new(desk, kind):
    fill(desk)
    content = export_things(desk.plan, kind)
    report = desk.look(content)
    assert report.is_empty
    assert report.findings == ()
    assert report.rows == len(desk.plan.of(kind)) > 0


@pytest.mark.parametrize("kind", THINGS)
def test_no_text_cell_is_taken_for_a_formula(desk, kind):
    fill(desk)
    numbers = {spec.title for spec in specs(KINDS[kind]).values() if spec.type == "number"}
    for row in rows(export_things(desk.plan, kind)):
        assert not [cell for title, cell in row.items() if title not in numbers and cell[:1] in tuple("=+-@\t\r")]


def test_all_tables_of_a_plan_build_it_again_in_an_empty_one(desk):
    fill(desk)
    before = export_json(desk.plan)
    order = ("product", "objective", "key_result", "initiative", "backlog_item", "project", "task")
    tables = {k: export_csv(desk.plan) if k == "backlog_item" else export_things(desk.plan, k) for k in order}
    desk.plan = Plan()
    for kind in order:
        assert desk.bring(tables[kind], f"{kind}.csv").findings == ()
    assert export_json(desk.plan) == before


def test_a_task_stands_with_its_place_its_time_and_what_it_waits_for(desk):
    fill(desk)
    whole, build, test, launch = rows(export_things(desk.plan, "task"))
    assert (whole["kind"], whole["wbs"], whole["outline level"], whole["project"]) == ("task", "1", "1", "J-1 Site")
    assert (build["wbs"], build["parent"], build["duration"], build["title"]) == ("1.1", "T-1", "3d 4h 30m", "'=Build")
    assert (test["predecessors"], test["card"]) == ("T-2SS-4h", "C-1 +Quick basket")
    assert (launch["predecessors"], launch["duration"]) == ("T-3+2d", "0d")


def test_what_was_edited_in_the_table_changes_in_the_plan_and_nothing_else(desk):
    fill(desk)
    content = export_things(desk.plan, "task")
    content = content.replace("3d 4h 30m", "2w").replace("T-2SS-4h", "T-2").replace("T-3+2d", "")
    report = desk.bring(content)
    assert (report.created, report.updated) == (0, 1)
    assert desk.plan.tasks["task00000002"].duration == 4800
    assert links(desk.plan) == {("=Build", "Test"): ("FS", 0)}


def test_a_table_of_another_tool_becomes_tasks_with_outline_links_and_progress(desk):
    report = desk.bring(FOREIGN, "site.csv")
    tasks = {task.title: task for task in desk.plan.tasks.values()}
    assert [task.key for task in tasks.values()] == ["T-1", "T-2", "T-3", "T-4"]
    assert {title: task.duration for title, task in tasks.items()} == {
        "Website": 4800,
        "Design": 2400,
        "Build": 4800,
        "Launch": 0,
    }
    assert tasks["Design"].parent_id == tasks["Build"].parent_id == tasks["Website"].id
    assert (tasks["Design"].percent_complete, tasks["Design"].owner) == (1.0, "Ann")
    assert tasks["Build"].external_id == "site:3"
    assert links(desk.plan) == {
        ("Design", "Build"): ("FS", 960),
        ("Build", "Launch"): ("FS", 0),
        ("Design", "Launch"): ("SS", -480),
    }
    (project,) = desk.plan.projects.values()
    assert (project.name, project.start_on) == ("site", date(2026, 3, 2))
    assert [finding.text for finding in report.findings] == [
        'The column "Start" was left out; 4 rows had something there.',
        'The project "site" is new and starts on 2026-03-02.',
    ]


def test_the_same_table_again_finds_nothing_new_and_a_newer_one_updates(desk):
    desk.bring(FOREIGN, "site.csv")
    assert desk.look(FOREIGN, "site.csv").is_empty
    newer = FOREIGN.replace("2 wks", "3 wks").replace("2FS+2 days", "2FF") + "5,1,After,1d,,4,,\n"
    report = desk.bring(newer, "site.csv")
    assert (report.created, report.updated) == (1, 1)
    assert links(desk.plan)["Design", "Build"] == ("FF", 0)
    assert len(desk.plan.projects) == 1
    places = [task.position for task in desk.plan.tasks.values() if task.parent_id is None]
    assert places == sorted(set(places)), "the new one is the last"


def test_a_wbs_code_says_what_is_part_of_what_where_nothing_else_does(desk):
    desk.bring("wbs,name,duration\n1,Whole,1d\n1.1,First,4h\n1.2,Second,4h\n2,Other,1d\n")
    tasks = {task.title: task for task in desk.plan.tasks.values()}
    assert tasks["First"].parent_id == tasks["Second"].parent_id == tasks["Whole"].id
    assert tasks["Other"].parent_id is None


def test_tasks_go_into_the_only_project_and_into_one_that_they_name(desk):
    desk.do(AddProject("site", "Site"))
    desk.do(AddTask("old", "Old", "site"))
    desk.bring("id,name,duration,predecessors,project\n1,A,1d,,\n2,B,1d,1,J-7 Other\n3,C,1d,,J-1 Site\n")
    found = {task.title: (desk.plan.projects[task.project_id].key, task.position) for task in desk.plan.tasks.values()}
    assert found == {"Old": ("J-1", 1.0), "A": ("J-1", 2.0), "B": ("J-7", 1.0), "C": ("J-1", 3.0)}
    assert desk.plan.projects[desk.plan.tasks["old"].project_id].name == "Site"


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("5", "has no unit. Write it as 3d, 4h or 2w"),
        ("1e9h", "is working time, not"),
        ("3 edays", "is working time, not"),
        ("-1d", "is working time, not"),
        ("100000w", "is at most 10000d"),
        ("0.0001d", "no whole number of minutes"),
        ("1_0d", "is working time, not"),
    ],
)
def test_a_duration_that_could_mean_anything_is_left_out_with_a_reason(desk, cell, sentence):
    report = desk.bring(f"id,name,duration,wbs\n1,A,{cell},1\n")
    assert sentence in report.findings[0].text
    assert [task.duration for task in desk.plan.tasks.values()] == [480]


@pytest.mark.parametrize("cell", ["2026-02-30", "0000-01-01", "9999-12-31", "01/02/2026", "soon"])
def test_a_day_that_is_none_is_left_out_with_a_reason(desk, cell):
    report = desk.bring(f"id,name,duration,wbs,not before\n1,A,1d,1,{cell}\n")
    assert "It was left out" in report.findings[0].text
    assert [task.start_no_earlier for task in desk.plan.tasks.values()] == [None]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("9", '"9" is no task of this plan'),
        ("1", "a task cannot wait for itself"),
        ("2 2SS", "it stands there twice"),
        ("2FS+1e9d", "is no task of this plan"),
        ("FS", "stands alone"),
    ],
)
def test_a_link_that_leads_nowhere_is_left_out_with_a_reason(desk, cell, words):
    report = desk.bring(f"id,name,duration,predecessors\n1,A,1d,{cell}\n2,B,1d,\n")
    (finding,) = [finding for finding in report.findings if finding.severity == "warning"]
    assert words in finding.text
    assert finding.line == 2


def test_a_circle_of_links_is_refused_by_the_names_of_its_tasks(desk):
    with pytest.raises(BadFile, match=r'Nothing could ever start: .*"A"'):
        desk.look("id,name,duration,predecessors\n1,A,1d,2\n2,B,1d,1\n")


def test_cards_come_from_a_table_that_says_so_and_know_their_objective(desk):
    desk.do(AddObjective("objective001", "Fewer lost baskets"))
    content = (
        "kind,id,title,theme,horizon,status,objective\ncard,7,Quick,Trust,Now,In Progress,O-1\ncard,8,Slow,,,,Nope\n"
    )
    report = desk.bring(content, "cards.csv")
    quick, slow = desk.plan.initiatives.values()
    assert (quick.lane, quick.horizon, quick.state, quick.objective_id) == (
        "Trust",
        "now",
        "in progress",
        "objective001",
    )
    assert (slow.horizon, slow.state, slow.external_id) == ("later", "candidate", "cards:8")
    assert 'The objective "Nope" of 8 is not in the plan; it was left out.' in [f.text for f in report.findings]
    assert desk.look(content, "cards.csv").is_empty
    with pytest.raises(BadFile, match=r"in a table of cards"):
        desk.look(content.replace("card,8", "task,8"), "cards.csv")


def test_the_kind_can_be_said_where_the_columns_do_not(desk):
    desk.bring("title\nTrust first\n", kind="objectives")
    desk.bring("title\nAn item\n")
    assert [goal.title for goal in desk.plan.objectives.values()] == ["Trust first"]
    assert [item.title for item in desk.plan.backlog_items.values()] == ["An item"]


def test_a_row_that_lacks_what_it_needs_is_left_out_with_a_reason(desk):
    report = desk.look("title,objective\nBaskets,O-9\n", kind="key-results")
    assert report.created == 0
    assert any("has no objective in the plan and was left out" in finding.text for finding in report.findings)


def test_what_is_in_the_archive_takes_nothing_new(desk):
    fill(desk)
    report = desk.bring("id,name,duration,wbs,card\n1,A,1d,1,C-2 Old\n", "x.csv")
    assert any("is in the archive" in finding.text for finding in report.findings)
    assert [task.initiative_id for task in desk.plan.tasks.values() if task.title == "A"] == [None]


def test_links_of_tasks_that_the_table_does_not_hold_stay(desk):
    fill(desk)
    desk.do(SetPredecessors("task00000002", {}, {}))
    content = "\n".join(export_things(desk.plan, "task").splitlines()[:2]) + "\n"
    assert desk.look(content).is_empty
    assert predecessors(desk.plan)["task00000003"]
