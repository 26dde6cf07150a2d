"""The lean driver in a real terminal: every cell is what it is with the stock driver, in far fewer bytes."""

import random  # noqa: TID251 - seeded: the same keys each time
import signal
import subprocess
import time

import pytest
from terminal import PATIENCE, program, wait_for

pytestmark = pytest.mark.process

ESC = "\x1b"
PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
KEYS = (*"jjjkkhlgGz", PAGE_DOWN, PAGE_UP, "\t", " ", "+", "-", "f", "v", ESC, "?", ESC, "o", ESC, "/a", ESC, ":", ESC)
"""What moves, scrolls, opens and closes."""


def differing(one, other, *, cursor):
    """Cells of the first that the second shows otherwise, and whether the cursors are in one place."""
    (first, here), (second, there) = one.picture, other.picture
    wrong = {at: (first.get(at), second.get(at)) for at in first | second if first.get(at) != second.get(at)}
    return wrong or ({"cursor": (here, there)} if cursor and here != there else {})


def assert_alike(one, other, what, *, cursor=False):
    """Wait until both are done and show the same.

    Where Textual leaves the cursor depends on how many paints a key took, and that on the time, unless a text field
    has it: two programs with the same driver differ there, too.
    """
    end = time.monotonic() + PATIENCE
    quiet = 0.1
    while True:
        for terminal in (one, other):
            terminal.settle(quiet)
        wrong = differing(one, other, cursor=cursor)
        if not wrong:
            return
        assert time.monotonic() < end, (
            f"{what}: {len(wrong)} cells differ, as {dict(list(wrong.items())[:5])}\n{one.text}"
        )
        quiet = 0.3  # what takes its leave by the clock, as a message does, goes at two times


def press(both, key):
    """Type the same into both, or give both another size, and wait for the answers; some keys have none."""
    seen = [len(terminal.output) for terminal in both]
    for terminal in both:
        if isinstance(key, str):
            terminal.send(key)
        else:
            terminal.resize(*key)
    if key == ESC:
        time.sleep(0.3)  # with what comes right behind it, it would be another key
    end = time.monotonic() + 0.6
    while time.monotonic() < end and any(len(t.output) == size for t, size in zip(both, seen, strict=True)):
        time.sleep(0.02)


@pytest.fixture
def pair(pty_app, demo, tmp_path):
    """The same plan with the lean driver and with Textual's own."""

    def start(**options):
        copy = tmp_path / "copy.db"
        copy.write_bytes(demo.read_bytes())
        copy.chmod(0o600)
        plain = {**options.pop("env", {}), "PMTUI_DRIVER": "plain"}
        return pty_app("--db", demo, **options, env={**plain, "PMTUI_DRIVER": None}), pty_app(
            "--db", copy, **options, env=plain
        )

    return start


@pytest.mark.parametrize(
    ("tab", "size"),
    [("1", (120, 40)), ("3", (120, 40)), ("4", (120, 40)), ("5", (120, 40)), ("3", (80, 24)), ("5", (80, 24))],
    ids=lambda value: value if isinstance(value, str) else "x".join(map(str, value)),
)
def test_after_every_key_all_cells_are_as_with_the_stock_driver(pair, tab, size):
    both = pair(size=size)
    keys = list(KEYS)
    random.Random(f"{tab}{size}").shuffle(keys)
    done = []
    for key in (tab, *keys, ESC, ESC):
        done.append(key)
        press(both, key)
        assert_alike(*both, done)
    lean, plain = (len(terminal.output) for terminal in both)
    assert lean * 2.5 < plain


def test_the_cursor_is_where_text_is_typed(pair):
    both = pair()
    for key in ("a", "abc", "\x1b[D", "\x1b[D", "界", ESC, "/", "row", "\x1b[H", "x"):
        press(both, key)
        assert_alike(*both, key, cursor=key not in ("a", "/", ESC))


def test_across_tabs_dialogs_and_sizes_too(pair):
    both = pair()
    done = []
    steps = [
        "5",
        (90, 30),
        "3",
        "E",
        (120, 40),
        "Titel ñ 界",
        ESC,
        ESC,
        "4",
        "U",
        (60, 20),
        ESC,
        "1",
        (140, 50),
        "\x10",
        "the",
        ESC,
        "5",
    ]
    for step in steps:
        done.append(step)
        press(both, step)
        assert_alike(*both, done)


@pytest.mark.parametrize(
    "env",
    [{"NO_COLOR": "1"}, {"TERM": "xterm", "COLORTERM": ""}, {"LC_ALL": "C", "LANG": "C"}],
    ids=["no colour", "8 colours", "ASCII"],
)
def test_in_few_colours_and_letters_too(pair, env):
    both = pair(env=env)
    for key in ("j", "5", PAGE_DOWN, "4", "?", ESC, "1"):
        press(both, key)
        assert_alike(*both, key)


def test_titles_of_wide_letters_too(pair, demo):
    for title in ("界隈の調査", "e\u0301te\u0301 a\u0308", "한국어 제목", "🚀 rocket"):
        subprocess.run(program("--db", demo, "add", title, "value:9", "effort:1"), check=True)
    both = pair()
    for key in ("3", *"jjjjjj", "z", "z", "g", "v", ESC, "E", ESC, "/界", "\r", "o", ESC):
        press(both, key)
        assert_alike(*both, key)


def test_what_others_wrote_to_the_terminal_goes_with_the_key_for_repainting(pair):
    both = pair()
    both[0].scribble("\x1b[5;5H\x1b[41mBroadcast message from root\x1b[0m\n\n\n\n")
    both[0].until("Broadcast message")
    for terminal in both:
        terminal.send("\x0c")
    assert_alike(*both, "ctrl+l")


def test_after_the_editor_of_the_user_everything_is_there_again(pair, tmp_path):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "\\033[H\\033[2Jin the editor"\nread line\n')
    editor.chmod(0o700)
    both = pair(env={"EDITOR": str(editor), "VISUAL": str(editor)})
    for terminal in both:
        terminal.send("3", "E")
        terminal.until("business value")
        terminal.send("ctrl+g")
        terminal.until("in the editor")
    for terminal in both:
        terminal.send("\n")
    assert_alike(*both, "the editor")


def test_after_ctrl_z_and_fg_everything_is_there_again(pair):
    both = pair()
    for terminal in both:
        terminal.send("ctrl+z")
        wait_for(lambda terminal=terminal: terminal.stopped, what="the stop")
        terminal.scribble("\x1b[H\x1b[2Jin the shell")
        terminal.signal(signal.SIGCONT)
    assert_alike(*both, "fg")
    assert "in the shell" not in both[0].text
