"""Faults 17 to 29 and 72 through the command line: a sentence, exit code 3, and every file as it was."""

import contextlib
import io
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pmtui.cli.main import main
from pmtui.domain.clock import fixed_clock, system_clock
from pmtui.domain.commands import AddItem
from pmtui.store.format import SCHEMA_VERSION
from pmtui.store.read import load_plan
from pmtui.workspace import Actor, Workspace

ITEMS = 40
READING = (["status"], ["status", "--json"], ["log"], ["export"])
WRITING = (["add", "One more"], ["undo"], ["redo"], ["backup"])
ALL = (*READING, *WRITING, ["doctor"])


@pytest.fixture
def plan(tmp_path):
    """A plan of 40 items, several pages long."""
    path = tmp_path / "plan.db"
    clock = fixed_clock(system_clock().today(), 5)
    with Workspace(path, clock, Actor("ann", "desk")) as workspace:
        for number in range(ITEMS):
            workspace.submit(AddItem(clock.new_id(), f"Item {number}", {"notes": f"{number} words " * 120}))
    assert len(load_plan(path).backlog_items) == ITEMS
    return path


@pytest.fixture
def run(capsys):
    """`run(path, ["status"])` gives exit code, output and errors of a command on that plan."""

    def call(path, args):
        code = main(["--db", str(path), *args])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def files_below(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def assert_refused(answer, path, *, remedy):
    code, out, err = answer
    assert (code, out) == (3, ""), answer
    assert err.startswith("pmtui: ")
    assert err.count("\n") == 1
    assert str(path) in err
    assert any(word in err for word in remedy), err
    assert "Something went wrong inside" not in err


# 17


def test_a_missing_folder_is_made_by_add_for_the_owner_alone(run, tmp_path):
    path = tmp_path / "a" / "b" / "plan.db"
    for args in READING:
        assert_refused(run(path, args), path, remedy=("pmtui",))
    assert not path.parent.exists()
    assert run(path, ["add", "One"])[0] == 0
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]


# 18, 72


@pytest.mark.parametrize("args", [*READING, ["add", "x"], ["undo"], ["backup"]])
@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_what_is_no_file_is_refused_at_once(run, tmp_path, kind, args):
    path = tmp_path / "thing"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path = Path("/dev/zero")
    assert_refused(run(path, args), path, remedy=("--db",))


@pytest.mark.parametrize(
    "lines",
    [
        b"\x00" * 50,
        b"\t" * 5000 + b"Deep\n",
        b"\n".join(b"  " * depth + b"Level" for depth in range(60)),
        "\u2028\u202e A\u0000B \x1b[31m\n\u00a0\u3000 C\n".encode(),
        b'Open "quote\n  @ann only\n#\n!\nvalue:\n',
        b"Part parent:F-1\n  Whole\n",
        b"A after:T-1\nB duration:99999999w\n",
        b"x" * 100_000,
    ],
)
@pytest.mark.parametrize("kind", ["item", "card", "task"])
def test_any_text_from_a_pipe_is_added_or_refused_in_a_sentence(run, plan, monkeypatch, kind, lines):
    run(plan, ["add", "--kind", "project", "Release"])
    before = load_plan(plan)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), "utf-8"))
    code, out, err = run(plan, ["add", "--kind", kind, "-"])
    after = load_plan(plan)
    assert not set(out + err) & set("\x00\x1b\u202e\u2028")
    if code:
        assert (code, out) == (3, "")
        assert err.startswith("pmtui: ")
        assert err.count("\n") == 1
        assert "Something went wrong inside" not in err
        assert after.seq == before.seq
    else:
        assert after.seq == before.seq + 1
        assert run(plan, ["undo"])[0] == 0
        assert dict(load_plan(plan).kinds) == dict(before.kinds)


# 19 to 22


def empty(path):
    path.write_bytes(b"")


def text(path):
    path.write_text("Dear plan,\n" * 500)


def of_another_program(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id=1234")
        connection.execute("CREATE TABLE backlog_item (id)")
        connection.commit()


def cut(share):
    def damage(path):
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    damage.__name__ = f"cut_to_{share:.0%}"
    return damage


def newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")


@pytest.mark.parametrize("damage", [empty, text, of_another_program, cut(0.95), cut(0.5), cut(0.05), newer])
def test_a_file_that_is_no_plan_is_named_with_a_way_out_and_left_as_it_was(run, plan, damage):
    damage(plan)
    before = files_below(plan.parent)
    for args in ALL:
        code, out, err = run(plan, args)
        if args == ["doctor"]:
            assert (code, err) == (3, "")
            assert "! plan:" in out
        else:
            assert_refused((code, out, err), plan, remedy=("--db", "pmtui restore", "Update pmtui"))
    assert files_below(plan.parent) == before


def test_restore_brings_a_damaged_plan_back_and_keeps_the_damaged_one(run, plan):
    assert run(plan, ["backup"])[0] == 0
    cut(0.5)(plan)
    damaged = plan.read_bytes()
    assert run(plan, ["restore", "latest"])[0] == 0
    assert len(load_plan(plan).backlog_items) == ITEMS
    assert plan.with_name("plan.db.before-restore").read_bytes() == damaged


# 23


def test_a_page_of_noise_is_never_a_traceback_and_never_an_empty_plan(run, plan):
    import random  # noqa: TID251 - which page is damaged, and how, follows from the seed

    whole = plan.read_bytes()
    size = 4096
    refused = 0
    for seed in range(50):
        dice = random.Random(seed)
        at = dice.randrange(len(whole) // size) * size
        plan.write_bytes(whole[:at] + dice.randbytes(size) + whole[at + size :])
        for args in (["status"], ["export"], ["log"], ["undo"], ["doctor"]):
            plan.write_bytes(whole[:at] + dice.randbytes(size) + whole[at + size :])
            code, out, err = run(plan, args)
            assert "Something went wrong inside" not in err, (seed, args, err)
            assert code in (0, 3)
            if code:
                refused += 1
                assert err.startswith("pmtui: ") or args == ["doctor"]
            elif args == ["status"]:
                assert f"{ITEMS} items" in out, (seed, out)
            elif args == ["export"]:
                assert out.count('"title"') == ITEMS
    assert refused > 50


# 25 to 27

NOBODY = 65534


@pytest.fixture
def foreign(plan, open_folder):
    """The plan in a folder of somebody else, who is no superuser."""
    path = open_folder / "plan.db"
    shutil.copy(plan, path)
    for made in (open_folder, path):
        os.chown(made, NOBODY, NOBODY) if os.geteuid() == 0 else None
    return path


@pytest.fixture
def as_other(run, plan, as_nobody, monkeypatch):
    """`as_other(path, args)` runs a command with the rights of an ordinary account."""

    def call(path, args):
        # Everything is imported by a first run here: the other account may not be able to read Python itself.
        run(plan, args)
        monkeypatch.setenv("HOME", str(path.parent))

        def inside():
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(["--ascii", "--db", str(path), *args])
            return code, out.getvalue(), err.getvalue()

        return as_nobody(inside)

    return call


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_plan_that_may_only_be_read_is_shown_and_never_changed(as_other, foreign, closed):
    (foreign if closed == "file" else foreign.parent).chmod(0o444 if closed == "file" else 0o555)
    before = foreign.read_bytes()
    code, out, err = as_other(foreign, ["status"])
    assert (code, err) == (0, "")
    assert f"{ITEMS} items" in out
    for args in (["add", "x"], ["undo"]):
        assert_refused(as_other(foreign, args), foreign, remedy=("writable", "--db"))
    assert foreign.read_bytes() == before


@pytest.mark.parametrize("args", [["status"], ["log"], ["add", "x"], ["export"]])
def test_a_plan_that_may_not_be_read_is_a_sentence(as_other, foreign, args):
    foreign.chmod(0o000)
    assert_refused(as_other(foreign, args), foreign, remedy=("access", "permissions", "may"))


# 28


@pytest.mark.process
def test_nothing_is_open_to_others_whatever_the_umask(tmp_path):
    path = tmp_path / "new" / "plan.db"
    line = (
        f'umask 000; p="{sys.executable} -m pmtui --db {path}"; '
        f"$p add One && $p backup && $p export -o {tmp_path}/out.json && $p backup -o {tmp_path}/copy.db"
    )
    subprocess.run(line, shell=True, check=True, capture_output=True, timeout=30)
    made = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {"plan.db", "out.json", "copy.db"} <= {file.name for file in made}
    assert {stat.S_IMODE(file.stat().st_mode) for file in made} == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in tmp_path.rglob("*") if folder.is_dir()} == {0o700}


# 29


@pytest.mark.parametrize(
    "name", ["with space.db", "größe 界.db", "what?.db", "a#b.db", "100%.db", "%3f.db", "-dash.db"]
)
def test_any_file_name_will_do(run, tmp_path, name):
    path = tmp_path / name
    assert run(path, ["add", "One"])[0] == 0
    code, out, _ = run(path, ["status"])
    assert code == 0
    assert "1 item, 1 open" in out
    assert run(path, ["backup"])[0] == 0
    assert run(path, ["restore", "latest"])[0] == 0
    assert path.is_file()
    assert {file.name for file in tmp_path.iterdir()} == {name, f"{name}.backups", f"{name}.before-restore"}


@pytest.mark.process
@pytest.mark.parametrize("broken", ["no HOME", "relative XDG"])
def test_an_odd_environment_still_finds_one_place_for_the_plan(tmp_path, broken):
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    if broken == "relative XDG":
        env |= {"HOME": str(tmp_path / "home"), "XDG_DATA_HOME": "relative/data"}
    line = [sys.executable, "-m", "pmtui", "status"]
    done = subprocess.run(line, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False)
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "relative").exists()
    if broken == "relative XDG":
        assert str(tmp_path / "home") in done.stderr


# 30


@pytest.mark.process
def test_a_step_that_was_killed_half_way_is_taken_back_by_the_next_reader(run, plan):
    before = load_plan(plan)
    script = (
        "import os, sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size=1')\n"
        "c.execute('BEGIN IMMEDIATE')\n"
        "c.execute(\"UPDATE backlog_item SET title = 'half', notes = notes || 'x'\")\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, plan], check=False, timeout=30)
    assert plan.with_name("plan.db-journal").exists()
    code, out, err = run(plan, ["status"])
    assert (code, err) == (0, "")
    assert f"{ITEMS} items" in out
    assert dict(load_plan(plan).backlog_items) == dict(before.backlog_items)
    assert run(plan, ["doctor"])[0] == 0
