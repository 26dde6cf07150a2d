"""Faults 51 to 56 and 60 in a real terminal: whatever ends the app, what was being typed comes back."""

import contextlib
import resource
import shlex
import shutil
import signal
import stat
import sys
import time
from pathlib import Path

import pytest
from terminal import cpu_seconds, program, query, wait_for

from pmtui.store.read import load_plan

pytestmark = pytest.mark.process

PLACES = {
    "add prompt": ("a", "add ", "Rain gauge readings"),
    "title in its row": ("e", "", " headline saved"),
    "field of the form": ("jE", "business value", " box saved"),
    "notes of the form": ("jjE", "business value", "long words saved"),
}


def type_in(terminal, place):
    """Go to a place where text is typed, and type."""
    keys, shows, text = PLACES[place]
    terminal.send(keys)
    terminal.until(shows)
    if place == "notes of the form":
        terminal.settle()
        terminal.send("up")
        terminal.settle()
    terminal.send(text)
    terminal.until(text.strip())


def terminate(terminal, path):
    terminal.signal(signal.SIGTERM)


def hang_up(terminal, path):
    terminal.signal(signal.SIGHUP)


def close(terminal, path):
    terminal.hang_up()


def kill(terminal, path):
    # nothing can be kept at that moment: what was typed is on the disk a moment after the last key
    time.sleep(0.8)
    terminal.signal(signal.SIGKILL)


FAULTS = {
    "51 SIGTERM": (terminate, "", 143),
    "52 SIGHUP": (hang_up, "", 129),
    "53 terminal closed": (close, "", 129),
    "54 SIGKILL": (kill, "", -9),
    "55 SIGHUP ignored and terminal closed": (close, 'trap "" HUP', 129),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_being_typed_is_offered_again(pty_app, demo, fault):
    strike, shell, code = FAULTS[fault]
    for number, place in enumerate(PLACES):
        terminal = pty_app("--db", demo, shell=shell, size=((120, 40), (80, 24))[number % 2])
        type_in(terminal, place)
        used = cpu_seconds(terminal.pid)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        strike(terminal, demo)
        assert terminal.gone(10) == code, place
        took = time.monotonic() - start
        assert took < 3, f"{place}: {took:.1f} s"
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        burnt = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime - used
        assert burnt < 1, f"{place}: {burnt:.2f} s of processor time to leave"
        if fault[:2] in ("51", "52"):
            assert terminal.restored, terminal.output[-300:]
            assert terminal.echoes
        terminal.close()

    again = pty_app("--db", demo)
    again.until(f"is kept ({len(PLACES)})")
    again.send("D")
    again.until(lambda shown: all(text.strip() in shown for _, _, text in PLACES.values()))
    again.send("esc")
    again.settle()
    if strike is kill:
        assert_each_leads_back(again)


def assert_each_leads_back(again):
    """Each text comes back where it was typed, with the cursor at its end."""
    for place, (_, back, text) in PLACES.items():
        words = text.strip()
        again.send("D")
        again.until(words)
        again.send(words)
        again.until(lambda shown, words=words: shown.count(words) > 1)
        again.settle()
        again.send("enter")
        again.until(
            lambda shown, back=back, words=words: (
                "Enter goes on with it" not in shown and back in shown and words in shown
            )
        )
        again.send(", and more")
        again.until(f"{words}, and more" if "notes" not in place else ", and more")
        again.send("esc")
        again.settle()


@pytest.mark.skipif(not shutil.which("setsid"), reason="there is no setsid to take the terminal's signals away")
def test_a_terminal_that_goes_without_a_signal_is_missed_within_seconds(pty_app, demo):
    terminal = pty_app(argv=["setsid", "-w", *program("--db", demo)], shell='trap "" HUP')
    type_in(terminal, "add prompt")
    time.sleep(2.5)
    assert terminal.process.poll() is None, "a terminal that does not control it is still a terminal"
    app = int(Path(f"/proc/{terminal.pid}/task/{terminal.pid}/children").read_text())
    before = used = cpu_seconds(app)
    start = time.monotonic()
    terminal.hang_up()
    while terminal.process.poll() is None:
        assert time.monotonic() - start < 10
        with contextlib.suppress(OSError, IndexError):
            used = max(used, cpu_seconds(app))
        time.sleep(0.01)
    assert terminal.gone() == 129
    assert time.monotonic() - start < 3
    assert used - before < 1.5, "nothing but the wait for the next look at the terminal"
    assert query(demo, "SELECT text FROM draft") == [("Rain gauge readings",)]


def test_ctrl_c_from_outside_leaves_as_the_others_do(pty_app, demo):
    terminal = pty_app("--db", demo)
    type_in(terminal, "add prompt")
    terminal.signal(signal.SIGINT)
    assert terminal.gone() == 130
    assert terminal.restored
    assert query(demo, "SELECT text FROM draft") == [("Rain gauge readings",)]


def test_text_that_was_finished_is_not_offered(pty_app, demo):
    terminal = pty_app("--db", demo)
    terminal.send("a", "Finished thing", "enter")
    terminal.until("F-61")
    terminal.send("Given up")
    terminal.until("Given up")
    time.sleep(0.4)
    terminal.send("esc")
    terminal.until(lambda shown: "Given up" not in shown)
    terminal.signal(signal.SIGTERM)
    assert terminal.gone() == 143
    assert query(demo, "SELECT key, text FROM draft") == []


def test_a_terminal_that_takes_no_more_output_does_not_keep_the_process(pty_app, demo):
    terminal = pty_app("--db", demo)
    terminal.send("a", "Written while the line hung")
    terminal.until("Written while the line hung")
    time.sleep(0.4)
    terminal.send("esc")
    terminal.settle()
    terminal.stop_reading()
    for _ in range(60):
        terminal.send("?", "esc", "c")
        time.sleep(0.01)
    start = time.monotonic()
    terminal.signal(signal.SIGTERM)
    assert terminal.gone(10) == 143
    assert time.monotonic() - start < 4


# 56


def shell_with(pty_app, path, tmp_path):
    """An interactive shell in which pmtui is the running job, as a person has it."""
    terminal = pty_app(argv=["/bin/sh", "-i"], env={"PS1": "shell> ", "ENV": ""}, shows="shell>")
    terminal.send(shlex.join(program("--db", path)), "enter")
    terminal.until("? help")
    return terminal


def test_suspend_and_resume_with_a_title_in_the_editor(pty_app, demo, tmp_path):
    terminal = shell_with(pty_app, demo, tmp_path)
    terminal.send("e", " in hand")
    terminal.until("gloved hands in hand")
    terminal.send("ctrl+z")
    terminal.until("shell>")
    wait_for(lambda: terminal.restored, what="the restored terminal")
    assert terminal.echoes
    terminal.send("fg", "enter")
    terminal.until("gloved hands in hand")
    wait_for(lambda: terminal.mode(1049), what="the app's screen")
    terminal.send(", resumed", "enter")
    terminal.until(lambda shown: "? help" in shown)
    wait_for(lambda: "Larger buttons for gloved hands in hand, resumed" in titles(demo), what="the edit")
    terminal.send("q")
    wait_for(lambda: terminal.restored, what="the restored terminal")


def test_stopped_from_outside_in_a_form_it_holds_no_lock_and_goes_on(pty_app, demo, tmp_path):
    terminal = shell_with(pty_app, demo, tmp_path)
    terminal.send("E")
    terminal.until("business value")
    terminal.settle()
    terminal.send(" while stopped")
    terminal.until("gloved hands while stopped")
    terminal.send("ctrl+z")
    terminal.settle()
    terminal.send("tab")
    wait_for(lambda: "Larger buttons for gloved hands while stopped" in titles(demo), what="the edit")


def titles(path):
    return {item.title for item in load_plan(path).backlog_items.values()}


# 60

CRASHING = """
import asyncio, sys
from pathlib import Path
from pmtui.cli.main import main
from pmtui.ui.app import PmtuiApp
from pmtui.ui.matrix.panes import DetailPane

where, trigger = sys.argv[1], Path(sys.argv[2])

def boom(*_):
    title = "Larger buttons for gloved hands"
    raise ValueError(title)

async def boom_later():
    await asyncio.sleep(0)
    boom()

def tick(app):
    if not trigger.exists():
        return
    trigger.unlink()
    if where == "timer":
        boom()
    elif where == "worker":
        app.run_worker(boom_later())
    elif where == "thread worker":
        app.run_worker(boom, thread=True)
    elif where == "task":
        app._spawn(boom_later())
    elif where == "callback":
        asyncio.get_running_loop().call_soon(boom)
    elif where == "drawing":
        DetailPane.build = boom
        app.matrix.redraw()

PmtuiApp._tick = tick
if where == "start":
    PmtuiApp.compose = boom
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.parametrize("where", ["timer", "worker", "thread worker", "task", "callback", "drawing"])
def test_an_error_that_nobody_foresaw(pty_app, demo, tmp_path, where):
    trigger = tmp_path / "trigger"
    terminal = pty_app(argv=[sys.executable, "-c", CRASHING, where, str(trigger), "--db", str(demo)])
    type_in(terminal, "add prompt")
    trigger.touch()
    assert terminal.gone() == 3
    assert_crashed_well(terminal)
    assert query(demo, "SELECT text FROM draft") == [("Rain gauge readings",)]


def test_an_error_before_the_first_picture(pty_app, demo, tmp_path):
    terminal = pty_app(argv=[sys.executable, "-c", CRASHING, "start", "-", "--db", str(demo)], shows="")
    assert terminal.gone() == 3
    assert_crashed_well(terminal)


def assert_crashed_well(terminal):
    assert terminal.restored, terminal.output[-300:]
    assert terminal.echoes
    said = bytes(terminal.output).rpartition(b"\x1b")[2].decode()
    assert "Something went wrong inside pmtui (ValueError). The plan is safe" in said
    assert said.count("\n") == 1
    assert b"Traceback" not in terminal.output
    log = Path(terminal.env["XDG_STATE_HOME"]) / "pmtui" / "crash.log"
    assert str(log) in said
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    written = log.read_text()
    assert "ValueError" in written
    assert "boom" in written
    assert "gloved" not in written
    assert "Rain gauge" not in written
