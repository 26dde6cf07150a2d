"""`pmtui roadmap`, `pmtui status --fresh` and the tables of `pmtui export --kind`, as commands."""

import json
import subprocess
import sys

import pytest


@pytest.fixture
def planned(call, db):
    """A card with a promise and a task behind it, in a plan that the commands have made."""
    from datetime import date

    from pmtui.domain.clock import system_clock
    from pmtui.domain.commands import AddInitiative, AddProject, AddTask, LinkTasks, MakePromise
    from pmtui.workspace import Workspace

    with Workspace(db, system_clock()) as workspace:
        workspace.do(AddInitiative("card", "Approval inbox", {"lane": "Trust", "horizon": "now"}))
        workspace.do(AddProject("site", "Site", {"start_on": date(2100, 3, 1)}))
        workspace.do(AddTask("one", "One", "site", fields={"initiative_id": "card", "duration": 2400}))
        workspace.do(AddTask("two", "Two", "site"))
        workspace.do(LinkTasks("one", ("two",)))
        workspace.do(MakePromise("card", None, date(2100, 3, 3), 0.8, "the board"))
    return db


def test_the_roadmap_says_what_was_promised_and_what_is_computed(call, planned, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    answer = call("roadmap")
    assert answer.code == 0
    assert "Trust\n  NOW\n  ! C-1  Approval inbox" in answer.out
    assert "3 Mar 2100 80%  5 Mar 2100 +2 d" in answer.out
    assert "no date" in call("roadmap", "--by", "month").out
    (card,) = json.loads(call("roadmap", "--json").out)["cards"]
    assert (card["key"], card["standing"], card["computed_finish"], card["gap_days"]) == (
        "C-1",
        "broken",
        "2100-03-05",
        2,
    )


def test_reading_the_roadmap_or_fresh_dates_writes_nothing(call, planned):
    before = planned.read_bytes(), planned.stat().st_mtime_ns
    call("roadmap")
    call("status", "--fresh")
    assert (planned.read_bytes(), planned.stat().st_mtime_ns) == before


def test_status_shows_the_stored_dates_and_fresh_ones_when_asked(call, planned):
    import sqlite3
    from contextlib import closing

    assert call("status").code == 2
    assert json.loads(call("status", "--json").out) == json.loads(call("status", "--fresh", "--json").out)
    with closing(sqlite3.connect(planned)) as found:
        found.execute("DELETE FROM forecast_snapshot")
        found.commit()
    stale = json.loads(call("status", "--json").out)
    assert (stale["forecast_stale"], stale["promises"][0]["computed_finish"]) == (True, None)
    assert "dates are older than the plan: pmtui status --fresh" in call("status").out
    fresh = json.loads(call("status", "--fresh", "--json").out)
    assert (fresh["forecast_stale"], fresh["promises"][0]["computed_finish"]) == (False, "2100-03-05")
    assert (call("status", "-q").code, call("--ascii", "status", "--fresh", "-q").code) == (0, 2)


def test_there_is_no_roadmap_of_a_plan_that_is_not_there(call, db):
    answer = call("roadmap")
    assert answer.code != 0
    assert "There is no plan at" in answer.err
    assert not db.exists()


@pytest.mark.process
@pytest.mark.parametrize("args", [["roadmap"], ["roadmap", "--json"], ["status", "--fresh"]])
def test_they_load_neither_textual_nor_sqlmodel(planned, args):
    code = "import sys; from pmtui.cli.main import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, "--db", str(planned), *args],
        capture_output=True,
        check=True,
        text=True,
        timeout=30,
    )
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert not loaded & {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic"}


def test_tasks_go_out_as_a_table_and_come_back_changed(call, planned, tmp_path):
    file = tmp_path / "tasks.csv"
    assert call("export", "--kind", "tasks", "-o", file).out == f"2 rows written to {file}.\n"
    text = file.read_text()
    assert ",Two,1d," in text
    assert "nothing new" in call("import", file).out
    file.write_text(text.replace(",Two,1d,", ",Two,3d 4h,"))
    assert "0 new, 1 changed" in call("import", file).out
    assert json.loads(call("schedule", "--json").out)["tasks"][1]["duration"] == 3 * 480 + 240


def test_a_kind_is_said_for_a_table_and_refused_for_json(call, planned, tmp_path):
    assert call("export", "--kind", "cards").out.splitlines()[1].startswith("card,card,C-1,")
    answer = call("export", "--format", "json", "--kind", "cards")
    assert (answer.code, answer.out) == (3, "")
    assert "JSON holds the whole plan" in answer.err
    file = tmp_path / "list.csv"
    file.write_text("title\nFaster\n")
    call("import", file, "--kind", "objectives")
    assert '"title": "Faster"' in call("export").out
    assert call("import", file, "--kind", "people").code == 64


def test_the_doctor_finds_what_no_single_field_shows(call, planned):
    import sqlite3
    from contextlib import closing

    assert call("doctor").code == 0
    with closing(sqlite3.connect(planned)) as found:
        found.execute("INSERT INTO dependency VALUES ('two.one', 'two', 'one', 'FS', 0)")
        found.execute("UPDATE forecast_snapshot SET finish_on = 'soon' WHERE kind = 'project'")
        found.commit()
    answer = call("doctor")
    assert answer.code == 3
    assert "The plan contradicts itself. Nothing could ever start:" in answer.out
    assert "Stored dates are no days. Edit any task" in answer.out
