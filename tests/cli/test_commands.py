import json
import stat
from datetime import date, timedelta

import pytest

from pmtui.cli import parser
from pmtui.cli.add import ADDED
from pmtui.cli.out import wants_ascii
from pmtui.domain.clock import fixed_clock, system_clock
from pmtui.domain.commands import AddItem, AddTask
from pmtui.domain.entities import KEY_LETTERS
from pmtui.domain.facts import status_facts
from pmtui.domain.plan import key_order, tags_of
from pmtui.domain.relations import topmost_tasks
from pmtui.help import topic_names
from pmtui.report.status import status_text
from pmtui.store.read import load_plan
from pmtui.workspace import Workspace

CSV = b"id,title,status,parent\nA-1,First,To Do,\nA-2,Second,Done,A-1\n"


def test_add_says_key_and_title_and_stores_the_fields(call, db):
    answer = call("add", "Approval inbox", "value:8", "effort:2", "#desk", "state:candidate")
    assert answer == (0, "F-1 Approval inbox\n", "")
    plan = load_plan(db)
    (item,) = plan.backlog_items.values()
    assert (item.title, item.value, item.effort, item.state) == ("Approval inbox", 8.0, 2.0, "candidate")
    assert tags_of(plan)[item.id] == ("desk",)


def test_add_makes_folder_and_file_for_the_owner_alone(call, tmp_path):
    path = tmp_path / "new" / "deep" / "plan.db"
    assert call("--db", path, "add", "One").code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_add_an_objective_with_a_day_and_a_product_with_its_vision(call, db):
    assert call("add", "--kind", "product", "Fieldnote", "vision:One record of every visit").out == "P-1 Fieldnote\n"
    assert call("add", "--kind", "objective", "No note", "is lost", "due:2w").out == "O-1 No note is lost\n"
    plan = load_plan(db)
    (product,) = plan.products.values()
    (goal,) = plan.objectives.values()
    assert product.vision == "One record of every visit"
    assert (goal.due_on, goal.product_id) == (system_clock().today() + timedelta(days=14), product.id)


def test_add_of_every_kind_says_key_and_title(call, db):
    for kind, *words, said in [
        ("product", "Fieldnote", "stage:growth", "P-1 Fieldnote"),
        ("objective", "No note is lost", "ambition:committed", "O-1 No note is lost"),
        ("key-result", "Crews offline", "start:0", "target:20", "objective:O-1", "K-1 Crews offline"),
        ("card", "Approvals without e-mail", "lane:Trust", "horizon:next", "C-1 Approvals without e-mail"),
        ("item", "Approval inbox", "card:C-1", "F-1 Approval inbox"),
        ("project", "Autumn release", "start:2026-12-01", "J-1 Autumn release"),
        ("task", "API", "duration:3d", "item:F-1", "@ann", "T-1 API"),
        ("task", "Interface", "after:T-1SS+2d", "T-2 Interface"),
    ]:
        assert call("add", "--kind", kind, *words) == (0, f"{said}\n", "")
    plan = load_plan(db)
    assert [len(plan.of(kind)) for kind in KEY_LETTERS] == [1, 1, 1, 1, 1, 1, 2]
    (link,) = plan.dependencies.values()
    assert (link.type, link.lag) == ("SS", 960)
    (result,) = plan.key_results.values()
    assert (result.start, result.target) == (0.0, 20.0)


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("task", ["API"], "Add a project first"),
        ("task", ["API", "due:2w"], "computed from its duration"),
        ("key-result", ["Crews"], "Add an objective first"),
        ("card", ["Approvals", "promise:2026-12"], "made with P"),
        ("project", ["-"], "Only items, cards and tasks are read from standard input"),
        ("objective", ["-"], "nothing was added"),
    ],
)
def test_a_wrong_thing_is_a_sentence_and_makes_no_file(call, db, kind, words, said):
    answer = call("add", "--kind", kind, *words, stdin=b"One\n")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("pmtui: ")
    assert answer.err.count("\n") == 1
    assert said in answer.err
    assert not db.exists()


def test_the_kinds_of_the_parser_are_those_that_add_knows():
    assert tuple(ADDED) == parser.KINDS
    assert set(ADDED.values()) == set(KEY_LETTERS)


def sketch(plan, kind):
    """The things of a kind as `A(B C)`, in the order of their keys."""
    things = sorted(plan.of(kind).values(), key=lambda thing: key_order(thing.key))

    def words(parent):
        below = [thing for thing in things if thing.parent_id == parent]
        return " ".join(thing.title + (f"({inner})" if (inner := words(thing.id)) else "") for thing in below)

    return words(None)


@pytest.mark.parametrize("kind", ["item", "task"])
@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("A\n  B\n    C\n  D\nE\n", "A(B(C) D) E"),
        ("A\n\tB\n\t\tC\n\tD\nE", "A(B(C) D) E"),
        ("A\r\n    B\r\n    C\r\n        D\r\n", "A(B C(D))"),
        ("A\n\n\n  B\n   \n  C\n", "A(B C)"),
        ("  A\n  B\n    C\n D\n", "A B(C) D"),
        ("A\n      B\n  C\n", "A(B C)"),
        ("A\n B\n", "A B"),
        ("\ufeffA\n  B\n\tC\n", "A(B C)"),
    ],
)
def test_an_outline_from_text_becomes_parts(call, db, kind, text, nested):
    call("add", "--kind", "project", "Release")
    assert call("add", "--kind", kind, "-", stdin=text.encode()).code == 0
    plan = load_plan(db)
    assert sketch(plan, ADDED[kind]) == nested
    assert plan.seq == 2
    assert call("undo").code == 0
    assert sketch(load_plan(db), ADDED[kind]) == ""


def test_an_outline_of_tasks_brings_durations_owners_and_links_and_stands_in_its_order(call, db):
    call("add", "--kind", "project", "Release")
    call("add", "--kind", "task", "First")
    outline = b"Build\n  API duration:3d @ann after:T-1\n  Ship duration:0\nAfterwards part:T-1\nLast\n"
    answer = call("add", "--kind", "task", "-", stdin=outline)
    assert answer == (0, "T-2 Build\nT-3 API\nT-4 Ship\nT-5 Afterwards\nT-6 Last\n", "")
    plan = load_plan(db)
    tasks = {task.key: task for task in plan.tasks.values()}
    assert (tasks["T-3"].duration, tasks["T-3"].owner, tasks["T-4"].duration) == (1440, "ann", 0)
    assert tasks["T-5"].parent_id == tasks["T-1"].id
    (link,) = plan.dependencies.values()
    assert (link.predecessor_id, link.successor_id) == (tasks["T-1"].id, tasks["T-3"].id)
    (project,) = plan.projects
    assert [plan.tasks[id_].title for id_ in topmost_tasks(plan)[project]] == ["First", "Build", "Last"]
    assert call("undo").out == "undone: added 5 tasks\n"


def test_an_outline_whose_link_makes_a_circle_names_its_line_and_adds_nothing(call, db):
    call("add", "--kind", "project", "Release")
    call("add", "--kind", "task", "First")
    answer = call("add", "--kind", "task", "-", stdin=b"Build\n  API\n  Part part:T-1 after:T-1\n")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("pmtui: Line 3: ")
    assert answer.err.endswith("Nothing was added.\n")
    assert len(load_plan(db).tasks) == 1


def test_cards_are_read_line_by_line_whatever_their_indentation(call, db):
    answer = call("add", "--kind", "card", "-", stdin=b"Sign in once lane:Trust horizon:now\n  Faster search\n")
    assert answer.out == "C-1 Sign in once\nC-2 Faster search\n"
    plan = load_plan(db)
    assert [(card.lane, card.horizon) for card in plan.initiatives.values()] == [("Trust", "now"), ("", "later")]
    assert call("undo").out == "undone: added 2 cards\n"


def test_an_outline_while_another_window_adds_a_task_gets_the_next_keys(call, db, monkeypatch):
    call("add", "--kind", "project", "Release")
    (project,) = load_plan(db).projects
    clock = fixed_clock(date(2026, 3, 2))
    do = Workspace.do

    def late(workspace, command):
        monkeypatch.setattr(Workspace, "do", do)
        with Workspace(db, clock) as other:
            other.do(AddTask(clock.new_id(), "Theirs", project))
        return do(workspace, command)

    monkeypatch.setattr(Workspace, "do", late)
    answer = call("add", "--kind", "task", "-", stdin=b"Mine\n  Part\n")
    assert answer == (0, "T-2 Mine\nT-3 Part\n", "")
    assert sketch(load_plan(db), "task") == "Theirs Mine(Part)"


def test_add_reads_lines_as_one_step(call, db):
    answer = call("add", "-", stdin="Größe #ui\n\n  Two value:3 #ui\nThree\n".encode())
    assert answer.out == "F-1 Größe\nF-2 Two\nF-3 Three\n"
    plan = load_plan(db)
    assert plan.seq == 1
    assert len(plan.tags) == 1
    assert call("undo").out == "undone: added 3 items\n"
    assert load_plan(db).is_empty


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        (b"Good\nBad value:eight\n", "Line 2: "),
        (b"\n \n", "no line with text"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"x\n" * 10_001, "pmtui import"),
    ],
)
def test_a_burst_that_is_wrong_adds_nothing_and_makes_no_file(call, db, stdin, said):
    answer = call("add", "-", stdin=stdin)
    assert (answer.code, answer.out) == (3, "")
    assert said in answer.err
    assert not db.exists()


@pytest.mark.parametrize("words", [["value:eight", "Title"], ["value:8"], ["Title", "parent:F-99"], [" "]])
def test_a_wrong_item_is_a_sentence_and_makes_no_file(call, db, words):
    answer = call("add", *words)
    assert answer.code == 3
    assert answer.err.startswith("pmtui: ")
    assert answer.err.count("\n") == 1
    assert not db.exists()


def test_control_characters_in_a_title_never_reach_the_terminal(call, db):
    answer = call("add", "a\x1b]52;c;aGk=\x07b\u202e")
    assert answer.code == 0
    assert not set(answer.out) & set("\x1b\x07\u202e")
    refused = call("add", "\x1b[31mTitle", "value:\x1b]0;x\x07")
    assert refused.code == 3
    assert not set(refused.err) & set("\x1b\x07")


def test_add_while_another_workspace_has_the_plan_open(call, db):
    clock = fixed_clock(date(2026, 3, 2))
    with Workspace(db, clock) as other:
        other.do(AddItem(clock.new_id(), "Theirs"))
        assert call("add", "Mine").out == "F-2 Mine\n"
        outcome = other.do(AddItem(clock.new_id(), "Theirs again"))
    titles = {item.key: item.title for item in outcome.plan.backlog_items.values()}
    assert titles == {"F-1": "Theirs", "F-2": "Mine", "F-3": "Theirs again"}


def test_a_burst_whose_new_tag_another_window_adds_first(call, db, monkeypatch):
    clock = fixed_clock(date(2026, 3, 2))
    do = Workspace.do

    def late(workspace, command):
        monkeypatch.setattr(Workspace, "do", do)
        with Workspace(db, clock) as other:
            other.do(AddItem(clock.new_id(), "Theirs", {}, {"ui": clock.new_id()}))
        return do(workspace, command)

    monkeypatch.setattr(Workspace, "do", late)
    assert call("add", "-", stdin=b"Mine #ui\n") == (0, "F-2 Mine\n", "")
    plan = load_plan(db)
    assert len(plan.tags) == 1
    assert set(tags_of(plan).values()) == {("ui",)}


def test_status_says_what_the_plan_holds(call, plan_file):
    today = system_clock().today()
    facts = status_facts(load_plan(plan_file), today)
    told = json.loads(call("status", "--db", plan_file, "--json").out)
    assert told["states"] == dict(facts.states)
    assert [told[name] for name in ("items", "open", "scored", "unscored", "blocked", "archived")] == [3, 3, 1, 2, 1, 0]
    assert told["last_change"] == {"at": "2026-03-02T12:00:00Z", "label": "F-2 needs F-3"}
    text = call("--ascii", "status", "--db", plan_file).out
    expected = status_text(facts, 80, ascii=True, today=today)
    assert text.startswith(expected)
    assert text[len(expected) :] == "\nlast change 2 Mar%s 12:00: F-2 needs F-3\n" % (
        "" if today.year == 2026 else " 2026"
    )


@pytest.mark.parametrize("quiet", ["-q", "--quiet"])
def test_quiet_status_answers_by_its_code_alone(call, db, quiet):
    assert call("add", "--kind", "objective", "Goal", "due:2020-01-01").code == 0
    assert call("status", quiet) == (2, "", "")


@pytest.mark.parametrize(("due", "code"), [("100d", 0), ("14d", 1), ("0d", 1), ("-1d", 2)])
def test_status_answers_by_code(call, db, due, code):
    call("add", "--kind", "objective", "Goal", f"due:{due}")
    call("add", "Work", "objective:O-1")
    assert call("status").code == code
    assert call("--ascii", "status").code == code


def test_reading_leaves_the_file_and_its_folder_alone(call, plan_file):
    def look():
        return plan_file.read_bytes(), plan_file.stat().st_mtime_ns, sorted(plan_file.parent.iterdir())

    before = look()
    for args in (
        ["status"],
        ["status", "--json"],
        ["log"],
        ["log", "F-1"],
        ["export"],
        ["restore", "--list"],
        ["doctor"],
    ):
        assert call("--db", plan_file, *args).code in (0, 3), args
    assert look() == before


def test_import_dry_run_writes_nothing(call, db, tmp_path):
    file = tmp_path / "backlog.csv"
    file.write_bytes(CSV)
    answer = call("import", file, "--dry-run")
    assert answer.code == 0
    assert "2 new" in answer.out
    assert "Dry run: nothing was changed." in answer.out
    assert not db.exists()
    call("add", "One")
    before = db.read_bytes()
    assert "2 new" in call("import", file, "--dry-run").out
    assert db.read_bytes() == before


def test_import_is_one_step_with_a_backup_and_the_second_time_finds_nothing_new(call, db, tmp_path):
    call("add", "One")
    file = tmp_path / "backlog.csv"
    file.write_bytes(CSV)
    first = call("import", file)
    assert first.code == 0
    assert "before-import" in first.out
    plan = load_plan(db)
    assert (plan.seq, len(plan.backlog_items)) == (2, 3)
    assert "nothing new" in call("import", file).out
    assert load_plan(db).seq == 2
    assert call("undo").out.startswith("undone: ")
    assert len(load_plan(db).backlog_items) == 1


def test_import_of_what_is_no_backlog_is_a_sentence(call, db, tmp_path):
    file = tmp_path / "x.json"
    file.write_text("[" * 200_000)
    answer = call("import", file)
    assert answer.code == 3
    assert "x.json" in answer.err
    assert not db.exists()


def test_json_export_is_the_same_bytes_on_standard_output_and_in_a_file(process, call, plan_file, tmp_path):
    target = tmp_path / "out.json"
    assert call("--db", plan_file, "export", "-o", target).code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert process("--db", plan_file, "export").out.encode() == target.read_bytes()
    assert json.loads(target.read_bytes())["format"] == "pmtui"
    again = tmp_path / "again.db"
    assert call("--db", again, "import", target).code == 0
    assert process("--db", again, "export").out.encode() == target.read_bytes()


def test_csv_export_by_option_and_by_the_files_name(call, plan_file, tmp_path):
    target = tmp_path / "out.CSV"
    assert call("--db", plan_file, "export", "-o", target).code == 0
    assert target.read_text().count("\n") == 4
    assert call("--db", plan_file, "export", "--format", "json", "-o", target).code == 0
    assert target.read_text().startswith("{")


def test_log_newest_first_limited_and_of_one_thing(call, plan_file):
    lines = call("--db", plan_file, "log").out.splitlines()
    assert [line.split()[0] for line in lines] == ["6", "5", "4", "3", "2", "1"]
    assert lines[0].endswith("ann       F-2 needs F-3")
    assert len(call("--db", plan_file, "log", "-n", "2").out.splitlines()) == 2
    assert len(call("--db", plan_file, "log", "F-1").out.splitlines()) == 1
    rows = [json.loads(line) for line in call("--db", plan_file, "log", "-n", "0", "--json").out.splitlines()]
    assert [row["seq"] for row in rows] == [6, 5, 4, 3, 2, 1]
    assert rows[0]["changes"][0]["kind"] == "item_dependency"
    assert rows[0]["at"] == "2026-03-02T12:00:00Z"
    unknown = call("--db", plan_file, "log", "F-77")
    assert unknown.code == 3
    assert '"F-77" is not in the plan' in unknown.err


def test_undo_and_redo_say_what_they_did_and_when_there_is_nothing(call, db):
    call("add", "One")
    assert call("undo").out == 'undone: added F-1 "One"\n'
    nothing = call("undo")
    assert nothing.code == 3
    assert "nothing of yours to undo" in nothing.err
    assert call("redo").out == 'redone: added F-1 "One"\n'
    assert call("redo").code == 3


def test_backup_list_restore_by_number_latest_and_file(call, db, tmp_path):
    assert call("restore", "--list").out.startswith("There are no backups")
    call("add", "One")
    assert call("backup").code == 0
    copy = tmp_path / "copy.db"
    assert str(copy) in call("backup", "-o", copy).out
    taken = call("backup", "-o", copy)
    assert taken.code == 3
    call("add", "Two")
    listing = call("restore").out
    assert "1 item " in listing
    number = listing.splitlines()[1].split()[0]
    assert "before-restore" in call("restore", number).out
    assert len(load_plan(db).backlog_items) == 1
    call("add", "Three")
    assert call("restore", copy).code == 0
    assert [item.title for item in load_plan(db).backlog_items.values()] == ["One"]
    assert call("restore", "latest").code == 0
    for wrong in ("9999", "nowhere.db"):
        answer = call("restore", wrong)
        assert answer.code == 3
        assert "Nothing was changed" in answer.err


def test_doctor_is_content_with_a_sound_plan(call, plan_file):
    answer = call("--db", plan_file, "doctor")
    assert answer.code == 0, answer.out
    assert "All is well." in answer.out
    for subject in ("program:", "plan:", "content:", "journal:", "permissions:", "backups:", "config:", "terminal:"):
        assert subject in answer.out


def test_doctor_says_what_the_app_leaves_out_of_the_config(call, plan_file, monkeypatch, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('theme = "nope"\nascii = "x"\ncolour = 1\n[keys]\n"matrix.fly" = "f"\n', "utf-8")
    monkeypatch.setattr("pmtui.cli.doctor.config_path", lambda: config)
    answer = call("--db", plan_file, "doctor")
    assert answer.code == 3
    for word in ("theme is one of pmtui-dark", "ascii is true or false", '"colour"', '"matrix.fly"'):
        assert word in answer.out


def test_a_change_that_no_backup_stands_behind_is_said(call, plan_file):
    from pmtui.store.backup_list import folder_of

    folder_of(plan_file).write_text("in the way")
    answer = call("--db", plan_file, "add", "One")
    assert answer.code == 0
    assert "No backup could be made before this session's first change." in answer.err


def test_doctor_finds_a_row_that_was_changed_past_the_journal(call, plan_file):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(plan_file)) as connection:
        connection.execute("UPDATE backlog_item SET title = 'Other' WHERE id = 'itema'")
        connection.commit()
    answer = call("--db", plan_file, "doctor")
    assert answer.code == 3
    assert "! plan:         A backlog item is not what the journal leads to." in answer.out


def test_doctor_finds_a_plan_that_others_may_read_and_a_bad_backup(call, plan_file):
    plan_file.chmod(0o644)
    call("--db", plan_file, "backup")
    (backup,) = plan_file.with_name("plan.db.backups").iterdir()
    backup.write_bytes(b"no database")
    answer = call("--db", plan_file, "doctor")
    assert answer.code == 3
    assert "chmod 600" in answer.out
    assert "Number 1 cannot be used" in answer.out


def test_help_lists_and_prints_every_topic(call):
    listing = call("help").out
    for name in topic_names():
        assert f"pmtui help {name}" in listing
        text = call("help", name).out
        assert text.startswith("# ")
        assert max(map(len, text.splitlines())) <= 80
    assert call("help", "mat").out == call("help", "matrix").out
    unknown = call("help", "nothing")
    assert unknown.code == 3
    assert "matrix" in unknown.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(call, shell):
    from pmtui.cli.parser import EXAMPLES

    script = call("completion", shell).out
    assert all(name in script for name in EXAMPLES)


@pytest.mark.parametrize("command", ["", "demo", "status", "add", "import", "export", "log", "restore", "doctor"])
def test_every_help_has_examples(call, command):
    answer = call(*([command] if command else []), "--help")
    assert answer.code == 0
    assert "examples:" in answer.out
    assert f"pmtui {command}" in answer.out.split("examples:")[1]


@pytest.mark.parametrize(
    "args",
    [
        ["frobnicate"],
        ["status", "--nope"],
        ["status", "extra"],
        ["log", "-n", "-1"],
        ["log", "-n", "many"],
        ["add"],
        ["add", "--kind", "epic", "x"],
        ["--db"],
        ["--db", "", "add", "x"],
        ["status", "--db="],
        ["completion", "tcsh"],
        ["import"],
        ["\x1b[31m"],
    ],
)
def test_wrong_usage_is_64_and_one_sentence(call, args):
    answer = call(*args)
    assert (answer.code, answer.out) == (64, "")
    assert answer.err.count("\n") == 1
    assert "--help" in answer.err
    assert "\x1b" not in answer.err


def test_version(call):
    from pmtui import __version__

    assert call("--version") == (0, f"pmtui {__version__}\n", "")


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_CTYPE": "de_DE.utf8"}, False),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, False),
        ({}, True),
        ({"LANG": "C"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
    ],
)
def test_ascii_where_the_locale_is_not_utf8(monkeypatch, env, expected):
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert wants_ascii() is expected
    assert wants_ascii(asked=True) is True


def test_an_error_that_nobody_foresaw_is_a_sentence_and_a_log_without_titles(call, db, monkeypatch, tmp_path):
    import pmtui.store.facts

    def break_down(*_args):
        secret = "Approval inbox"
        raise ZeroDivisionError(secret)

    call("add", "Approval inbox")
    monkeypatch.setattr(pmtui.store.facts, "load_facts", break_down)
    answer = call("status")
    assert answer.code == 3
    assert "ZeroDivisionError" in answer.err
    assert "Traceback" not in answer.err
    path = answer.err.split(" are in ")[1].strip().removesuffix(".")
    from pathlib import Path

    log = Path(path)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    text = log.read_text()
    assert "builtins.ZeroDivisionError" in text
    assert "break_down" in text
    assert "Approval inbox" not in text
