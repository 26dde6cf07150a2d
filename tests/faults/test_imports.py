"""Hostile and broken files: a sentence that says what is wrong, at once, and the plan as it was."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.exchange.files import MAX_BYTES
from pmtui.exchange.read import BadFile, plan_import

TODAY = date(2026, 3, 2)


def look(path, plan=None, **options):
    return plan_import(path, plan or Plan(), new_id=fixed_clock(TODAY).new_id, today=TODAY, **options)


def refused(path, plan=None, **options):
    """The sentence with which a file is refused; it must come fast and say that the plan is safe."""
    start = time.monotonic()
    with pytest.raises(BadFile) as refusal:
        look(path, plan, **options)
    assert time.monotonic() - start < 5
    sentence = refusal.value.sentence
    assert "Your plan is as it was" in sentence
    return sentence


def plan_json(tmp_path, body):
    path = tmp_path / "plan.json"
    path.write_text('{"format": "pmtui", "version": 1, ' + body + "}")
    return path


def item_json(tmp_path, fields):
    return plan_json(tmp_path, '"backlog_item": [\n{"id": "item00000001", "title": "One", ' + fields + "}\n]")


def csv_file(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# 65 and 66: JSON that is deep, endless or has numbers and letters that nothing can hold


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_nested_a_hundred_thousand_deep_is_refused(tmp_path, opening):
    path = tmp_path / "plan.json"
    path.write_text(opening * 100_000)

    assert "nested too deeply" in refused(path)


@pytest.mark.parametrize(
    "number",
    ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5000, str(2**70), "1e308"],
    ids=lambda number: number[:12],
)
def test_numbers_that_no_field_can_hold_are_refused_with_item_and_line(tmp_path, number):
    sentence = refused(item_json(tmp_path, f'"value": {number}'))

    assert "(line 2)" in sentence
    assert 'The backlog item "item00000001": The value' in sentence


def test_a_version_that_is_no_number_is_refused(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text('{"format": "pmtui", "version": ' + "9" * 5000 + "}")

    assert "does not say its version" in refused(path)


def test_lone_surrogates_are_replaced_with_a_notice(tmp_path):
    report = look(item_json(tmp_path, r'"notes": "a \ud800 b \u0000 c"'))

    assert report.command.inserts[0].notes == "a � b � c"
    assert [finding.line for finding in report.findings] == [2]


def test_a_surrogate_as_an_id_is_refused(tmp_path):
    assert "control characters" in refused(plan_json(tmp_path, r'"tag": [{"id": "\ud800", "name": "x"}]'))


# 67: duplicates, self-dependencies, circles, links that point nowhere


def test_two_rows_with_one_id_are_refused_with_both_lines(tmp_path):
    sentence = refused(csv_file(tmp_path, "id,title\n1,Search\n2,Filter\n1,Sort\n2,Find\n"))

    assert sentence.splitlines()[1:] == [
        '  line 4: "1" is on line 2 already. Keep one of the two rows.',
        '  line 5: "2" is on line 3 already. Keep one of the two rows.',
    ]


def test_an_item_that_needs_itself_comes_in_without_that_link(tmp_path):
    report = look(csv_file(tmp_path, "id,title,parent,dependencies\n1,Search,1,1\n"))

    assert (report.created, report.links, report.unplaced) == (1, 0, 2)
    assert [str(finding) for finding in report.findings] == [
        "line 2: The item is its own parent; that was left out.",
        "line 2: The item needs itself; that was left out.",
    ]


def test_every_circle_is_named_in_one_go(tmp_path):
    sentence = refused(
        csv_file(tmp_path, "id,title,parent,dependencies\n1,A,,2\n2,B,,1\n3,C,4,\n4,D,3,\n5,E,,6\n6,F,,7\n7,G,,5\n")
    )

    assert sentence.splitlines()[1:] == [
        (
            '  line 2: Nothing could ever start: "A" (line 2) needs "B" (line 3) needs "A". '
            "Take one of these links out of the file."
        ),
        (
            '  line 4: An item cannot be a part of itself: "C" (line 4) is in "D" (line 5) is in "C". '
            "Take one of these links out of the file."
        ),
        (
            '  line 6: Nothing could ever start: "E" (line 6) needs "F" (line 7) needs "G" (line 8) needs "E". '
            "Take one of these links out of the file."
        ),
    ]


def test_a_circle_of_a_thousand_is_refused_and_counted(tmp_path):
    rows = "".join(f"{index},Item {index},{(index + 1) % 1000}\n" for index in range(1000))
    sentence = refused(csv_file(tmp_path, "id,title,dependencies\n" + rows))

    assert "1000 items in all" in sentence


def test_a_circle_that_closes_only_with_a_link_of_the_plan_is_refused(tmp_path):
    report = look(csv_file(tmp_path, "id,title,dependencies\n1,A,2\n2,B,\n"))
    plan = Plan().apply(decide(Plan(), report.command, TODAY))

    assert "Nothing could ever start" in refused(csv_file(tmp_path, "id,title,dependencies\n2,B,1\n"), plan)


def test_a_circle_in_json_is_refused(tmp_path):
    items = ", ".join(f'{{"id": "{name}", "title": "{name}"}}' for name in "ab")
    links = ", ".join(
        f'{{"id": "{one}.{other}", "item_id": "{one}", "needs_id": "{other}"}}' for one, other in ("ab", "ba")
    )
    sentence = refused(plan_json(tmp_path, f'"backlog_item": [{items}], "item_dependency": [{links}]'))

    assert "Nothing could ever start" in sentence


def test_links_that_point_nowhere_are_reported_and_the_rest_comes_in(tmp_path):
    report = look(csv_file(tmp_path, "id,title,parent,dependencies\n1,A,99,98;97\n2,B,1,1\n"))

    assert (report.created, report.links, report.unplaced) == (2, 2, 3)
    assert all(finding.line == 2 for finding in report.findings)


# 68: days that are none


@pytest.mark.parametrize("day", ["0000-01-01", "9999-12-31", "2026-02-30", "1e9", "2026-13-01", "-1", "2026-02-29"])
def test_a_day_that_is_none_is_left_out_of_a_csv_and_refused_in_json(tmp_path, day):
    report = look(csv_file(tmp_path, f"id,title,created\n1,Search,{day}\n"))

    assert report.command.inserts[0].created_on is None
    assert (report.unplaced, report.findings[0].line) == (1, 2)
    assert "created" in refused(item_json(tmp_path, f'"created_on": "{day}"'))


# 69: encodings, NUL, quotation marks


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-8"])
def test_every_encoding_gives_the_same_items(tmp_path, encoding):
    report = look(csv_file(tmp_path, "id,title\n1,Größe für Café\n".encode(encoding)))

    assert [item.title for item in report.command.inserts] == ["Größe für Café"]


def test_nul_characters_are_replaced_and_reported(tmp_path):
    report = look(csv_file(tmp_path, b"id,title\n1,Sea\0rch\n"))

    assert report.command.inserts[0].title == "Sea�rch"
    assert str(report.findings[0]) == "line 2: The file holds 1 NUL character replaced by �."


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('id,title\n1,One\n2,"Two\n3,Three\n', 3),
        ('id,title\n1,"One\n2,Two\n3,"Three"\n4,Four\n', 2),
        ('id,title\n1,"One" more\n', 2),
        ('id,title\n1,"a\nb\nc"\n2,"Two\n' + "3,Three\n" * 300_000, 5),
    ],
    ids=["to the end", "into the next text", "too early", "over two megabytes"],
)
def test_a_quotation_mark_that_is_never_closed_is_found_where_it_began(tmp_path, content, line):
    assert f"(line {line}). A quotation mark of the row that begins here" in refused(csv_file(tmp_path, content))


def test_a_row_with_more_cells_than_the_header_is_refused_not_shifted(tmp_path):
    sentence = refused(csv_file(tmp_path, "id,title,status\n1,Search, and find,open\n"))

    assert "(line 2). This row has 4 cells, the header has 3." in sentence


@pytest.mark.parametrize(
    "column", ["created", "value", "parent", "dependencies", "labels", "status", "title", "confidence"]
)
def test_a_cell_made_to_keep_the_reader_busy_costs_no_time(tmp_path, column):
    start = time.monotonic()
    for cell in ("a" + " " * 200_000 + "b", "1" * 200_000 + "x", "1," * 100_000, "'" * 200_000, "\u0301" * 200_000):
        with suppress(BadFile):
            look(csv_file(tmp_path, f'id,name,{column}\n1,One,"{cell}"\n'))
    assert time.monotonic() - start < 5


# 72: what is no ordinary file


def test_a_named_pipe_that_nobody_writes_into_does_not_hang(tmp_path):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)

    assert "It is a pipe or a device" in refused(path)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device_is_refused(device):
    assert "It is a pipe or a device" in refused(Path(device))


def test_a_folder_a_missing_file_and_a_name_with_nul_are_refused(tmp_path):
    assert "It is a folder" in refused(tmp_path)
    assert "There is no file" in refused(tmp_path / "nothing.csv")
    assert "It cannot be read" in refused(tmp_path / "nul\0.csv")
    assert "(Not a directory)" in refused(csv_file(tmp_path, "x") / "below.csv")


def test_a_file_of_a_gigabyte_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(1024**3)

    assert f"It has 1024 MB; at most {MAX_BYTES // 1024**2} MB are read." in refused(path)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = csv_file(tmp_path, "id,title\n")
    path.chmod(0)
    if os.geteuid() == 0:  # root may read everything

        def forbidden(*_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", forbidden)

    assert "You may not read it" in refused(path)


def test_a_name_that_would_command_the_terminal_is_shown_harmlessly(tmp_path):
    assert "\x1b" not in refused(tmp_path / "\x1b]0;owned\x07.csv")


def test_random_bytes_are_never_more_than_a_refusal(tmp_path):
    source = fixed_clock(TODAY, seed=3).new_id
    for turn in range(60):
        noise = (
            "".join(source() for _ in range(20)).encode().translate(bytes((i * (turn + 3)) % 256 for i in range(256)))
        )
        for name in ("noise.csv", "noise.json"):
            path = tmp_path / name
            path.write_bytes(b"id,title\n" + noise if turn % 2 else noise)
            with suppress(BadFile):
                assert look(path).summary()


# 73: killed in the middle

IMPORTER = """
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from pmtui.domain.clock import fixed_clock
from pmtui.exchange.read import plan_import
from pmtui.workspace import Workspace

clock = fixed_clock(date(2026, 3, 2))
workspace = Workspace(Path(sys.argv[1]), clock)
workspace.warm().result()
report = plan_import(Path(sys.argv[2]), workspace.plan, new_id=clock.new_id, today=clock.today())
print("ready", flush=True)
workspace.do(report.command)
print("done", flush=True)
"""
ITEMS = 1500


@pytest.mark.process
def test_an_import_that_is_killed_while_it_writes_leaves_nothing_behind(tmp_path):
    rows = "".join(f"{index},Item {index},tag{index % 9}\n" for index in range(ITEMS))
    source = csv_file(tmp_path, "id,title,tags\n" + rows)
    plan = tmp_path / "plan.db"
    killed = 0
    for turn in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", IMPORTER, str(plan), str(source)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        while not Path(f"{plan}-journal").exists() and process.poll() is None:
            pass
        time.sleep(turn * 0.01)
        process.send_signal(signal.SIGKILL)
        finished = "done" in process.communicate()[0]
        killed += not finished
        count = count_items(plan)
        assert count in ((ITEMS,) if finished else (0, ITEMS))
        if count:
            plan.unlink()
    assert killed

    completed = subprocess.run(
        [sys.executable, "-c", IMPORTER, str(plan), str(source)], check=True, capture_output=True
    )
    assert completed.stdout == b"ready\ndone\n"
    assert count_items(plan) == ITEMS


def count_items(plan):
    with sqlite3.connect(plan) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (count,) = connection.execute("SELECT count(*) FROM backlog_item").fetchone()
        (tags,) = connection.execute("SELECT count(*) FROM item_tag").fetchone()
        (entries,) = connection.execute("SELECT count(*) FROM journal").fetchone()
    connection.close()
    assert (tags, entries) == ((count, 1) if count else (0, 0))
    return count


def test_a_refused_file_changes_nothing_even_when_only_its_last_line_is_wrong(tmp_path):
    rows = [{"id": f"item{index}", "title": f"Item {index}"} for index in range(200)]
    rows[-1]["parent_id"] = "nobody"

    assert "which is neither here nor in the plan" in refused(
        plan_json(tmp_path, f'"backlog_item": {json.dumps(rows)}')
    )
