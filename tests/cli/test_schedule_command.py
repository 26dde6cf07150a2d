import json
import subprocess
import sys
from dataclasses import replace

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import ImportEntities
from pmtui.report.schedule import schedule_json
from pmtui.store.read import load_plan
from pmtui.workspace import Workspace
from schedules import Work

WORK = Work("Approval inbox", "Audit", "Old")
WORK.task("Interviews", 4)
WORK.task("Build", 6)
WORK.link("Interviews", "Build")
WORK.task("Check", 2, project_id="Audit")
LOADED = """
import sys
from pmtui.cli.main import main
code = main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def planned(db):
    """A plan of three projects, one of them archived, in a file that is also in PMTUI_DB."""
    rows = [
        *(replace(project, archived=name == "Old") for name, project in WORK.projects.items()),
        *WORK.tasks.values(),
        *WORK.links.values(),
    ]
    with Workspace(db, fixed_clock(WORK.projects["Old"].start_on)) as workspace:
        workspace.do(ImportEntities("a plan with tasks", tuple(rows)))
    return db


def test_the_table_has_every_project_that_is_not_in_the_archive(call, planned):
    answer = call("--ascii", "schedule")
    assert (answer.code, answer.err) == (0, "")
    assert "J-1 Approval inbox: 23 Nov - 4 Dec 2026, 2 tasks, 0% done" in answer.out
    assert "T-3" in answer.out
    assert "Old" not in answer.out


@pytest.mark.parametrize("reference", ["J-2", "j-2", "Audit", "audit", "AUDIT"])
def test_one_project_by_key_or_name(call, planned, reference):
    answer = call("schedule", "--project", reference)
    assert "J-2 Audit" in answer.out
    assert "J-1" not in answer.out


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("J-9", 'There is no project "J-9". There are: J-1 "Approval inbox", J-2 "Audit".'),
        ("T-1", 'There is no project "T-1". There are: J-1 "Approval inbox", J-2 "Audit".'),
        ("", 'There is no project "". There are: J-1 "Approval inbox", J-2 "Audit".'),
        ("J-3", 'The project J-3 "Old" is in the archive, so it has no dates.'),
    ],
)
def test_a_project_that_is_not_there_is_a_sentence(call, planned, reference, said):
    assert call("schedule", "--project", reference) == (3, "", f"pmtui: {said}\n")


def test_json_is_that_of_the_plan(call, planned):
    answer = call("schedule", "--json", "--project", "J-1")
    assert answer.out == schedule_json(load_plan(planned), "Approval inbox")
    assert [task["critical"] for task in json.loads(answer.out)["tasks"]] == [True, True]


def test_a_plan_without_projects_and_a_plan_that_is_not_there(call, plan_file, tmp_path):
    assert call("--db", plan_file, "schedule").out.startswith("No projects yet.")
    missing = call("--db", tmp_path / "none.db", "schedule")
    assert missing.code == 3
    assert "There is no plan at" in missing.err
    assert call("--db", plan_file, "schedule", "--project", "X").err == (
        'pmtui: There is no project "X"; the plan has none yet.\n'
    )


def test_two_projects_of_one_name(call, db):
    work = Work("One", "Two")
    with Workspace(db, fixed_clock(work.projects["One"].start_on)) as workspace:
        workspace.do(ImportEntities("two", tuple(replace(p, name="Same") for p in work.projects.values())))
    answer = call("schedule", "--project", "same")
    assert answer == (3, "", 'pmtui: Several projects are called "same": J-1, J-2. Give the key of one of them.\n')


@pytest.mark.process
def test_it_writes_nothing_and_loads_neither_textual_nor_sqlmodel(planned):
    before = planned.read_bytes(), planned.stat().st_mtime_ns, sorted(planned.parent.iterdir())
    done = subprocess.run([sys.executable, "-c", LOADED, "schedule"], capture_output=True, text=True, check=True)
    assert "Interviews" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert not loaded & {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic"}
    assert (planned.read_bytes(), planned.stat().st_mtime_ns, sorted(planned.parent.iterdir())) == before
