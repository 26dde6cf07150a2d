"""The picture that the lean driver keeps, held against a terminal that is sent everything."""

import re
from types import SimpleNamespace

import pyte
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.drivers.headless_driver import HeadlessDriver
from textual.drivers.linux_driver import LinuxDriver

from pmtui.ui.lean.driver import LeanDriver, lean
from pmtui.ui.lean.graphemes import UNPAINTED, cells_of
from pmtui.ui.lean.picture import Picture
from pmtui.ui.lean.scrolling import Scroll, best_scroll, scrolled
from pmtui.ui.lean.styles import blank, change, join

WIDTH, HEIGHT, LEFT = 30, 12, 14
STYLES = ("", "1", "31", "1;31;44", "38;2;1;2;3;48;2;4;5;6", "48;2;4;5;6", "7;32", "4;48;5;20", "2;3;9", "5;35;41")
LIMITS = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def at(x, y):
    return f"\x1b[{y + 1};{x + 1}H"


def segment(style, text):
    """As Textual renders one."""
    return f"\x1b[{style}m{text}\x1b[0m" if style else text


def visible(screen):
    """What can be seen of each cell: the colour of a blank cannot."""
    found = []
    for y in range(screen.lines):
        for x in range(screen.columns):
            char = screen.buffer[y][x]
            plain = not (char.reverse or char.underscore or char.strikethrough)
            found.append((" ", char.bg) if char.data == " " and plain else tuple(char))
    return found, (screen.cursor.x, screen.cursor.y)


class Both:
    """A terminal that is sent all of it, and one that is sent the difference."""

    def __init__(self, width=WIDTH, height=HEIGHT):
        self.size = width, height
        self.picture = Picture()
        self.screens = [pyte.Screen(width, height) for _ in range(2)]
        self.streams = [pyte.Stream(screen) for screen in self.screens]
        self.sent = []

    def paint(self, data):
        answer = self.picture.answer(data, self.size)
        self.sent.append(data if answer is None else answer)
        for stream, text in zip(self.streams, (data, self.sent[-1]), strict=True):
            stream.feed(text)
        return self.sent[-1]

    def agree(self):
        return visible(self.screens[0]) == visible(self.screens[1])

    def lines(self):
        return [line.rstrip() for line in self.screens[1].display]


@pytest.fixture
def both():
    return Both()


# Random paints

GRAPHEMES = st.sampled_from([*"abc  d", "│", "◆", "…", "界", "한", "e\u0301", "o\u0308\u0323", "👍", "🚀", "é"])


@st.composite
def lines_of(draw):
    """A line as segments: any graphemes in the left columns, and letters right of them."""
    texts, used = [], 0
    for grapheme in draw(st.lists(GRAPHEMES, max_size=LEFT)):
        size = len(cells_of(grapheme)[1])
        if used + size > LEFT:
            break
        texts.append((draw(st.sampled_from(STYLES[:4])), grapheme))
        used += size
    right = draw(st.text("xyz .", min_size=WIDTH - LEFT, max_size=WIDTH - LEFT))
    return [*texts, ("", " " * (LEFT - used)), (draw(st.sampled_from(STYLES)), right)]


@st.composite
def paints(draw, lines):
    """A sequence as Textual writes it: a whole screen, some lines, a scroll of it, or spans of some lines."""
    kind = draw(st.sampled_from(["whole", "lines", "scroll", "scroll", "scroll", "spans"]))
    shown = draw(st.permutations(lines))[:HEIGHT]
    if kind == "spans":
        parts = []
        for y in sorted(draw(st.sets(st.integers(0, HEIGHT - 1), max_size=4))):
            x = draw(st.integers(LEFT + 1, WIDTH - 1))
            text = draw(st.text("pq ", min_size=1, max_size=WIDTH - x))
            parts.append(at(x, y) + segment(draw(st.sampled_from(STYLES)), text))
        return "\n".join(parts) + at(draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1)))
    if kind == "scroll":
        by = draw(st.integers(0, len(lines) - 1))
        shown = (lines[by:] + lines[:by])[:HEIGHT]
    numbers = range(HEIGHT) if kind != "lines" else sorted(draw(st.sets(st.integers(0, HEIGHT - 1), min_size=1)))
    parts = [at(0, y) + "".join(segment(*piece) for piece in shown[y]) for y in numbers]
    return "\n".join(parts) + at(draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1)))


@LIMITS
@given(st.data())
def test_after_any_paints_both_terminals_show_the_same(data):
    both = Both()
    lines = data.draw(st.lists(lines_of(), min_size=HEIGHT + 4, max_size=HEIGHT + 4))
    for _ in range(data.draw(st.integers(1, 6))):
        both.paint(data.draw(paints(lines)))
        assert both.agree(), both.sent
        happens = data.draw(st.sampled_from(["", "", "forget", "foreign"]))
        if happens == "forget":
            both.picture.forget()
        elif happens == "foreign":
            both.paint("\x1b[2;3H\x1b[1Kforeign\x1b[H")
            assert both.agree()


def screen_of(lines):
    return "\n".join(at(0, y) + line for y, line in enumerate(lines)) + at(0, 0)


def numbered(first, count=HEIGHT, width=WIDTH):
    return [
        segment("32", f"line {number:3} {'abcdefg'[number % 7] * 9}".ljust(width))
        for number in range(first, first + count)
    ]


# What is sent


def test_the_same_picture_again_costs_nothing(both):
    both.paint(screen_of(numbered(0)))
    assert both.paint(screen_of(numbered(0))) == ""


def test_one_changed_letter_costs_its_address_its_style_and_itself(both):
    both.paint(screen_of(numbered(0)))
    lines = numbered(0)
    lines[3] = lines[3].replace("3", "9", 1).replace("92", "32")
    lines[3] = lines[3].replace("line   3", "line   9")
    assert both.paint(screen_of(lines)) == "\x1b[4;8H\x1b[32m9\x1b[m\x1b[H"
    assert both.agree()


def test_a_line_more_moves_the_others(both):
    both.paint(screen_of(numbered(0)))
    sent = both.paint(screen_of(numbered(1)))
    assert both.agree()
    assert sent.startswith("\x1b[1;12r\x1b[1H\x1b[1M\x1b[r")
    assert len(sent) < 80
    sent = both.paint(screen_of(numbered(0)))
    assert both.agree()
    assert "\x1b[1L" in sent
    assert len(sent) < 80


def test_what_stands_beside_a_scrolled_list_and_above_it_stays(both):
    def shown(first):
        lines = numbered(first, HEIGHT - 1, WIDTH - 6)
        sides = [segment("31", f"side {y % 10}") for y in range(HEIGHT - 1)]
        return screen_of([segment("7", "heading".ljust(WIDTH)), *map("".join, zip(lines, sides, strict=True))])

    both.paint(shown(0))
    both.paint(shown(2))
    assert both.agree()


def test_a_region_is_always_given_back(both):
    both.paint(screen_of(numbered(0)))
    sent = both.paint(screen_of(numbered(3)))
    assert re.findall(r"\x1b\[[\d;]*r", sent)[-1] == "\x1b[r"
    assert both.screens[1].margins is None


def test_colours_of_blanks_are_not_sent_but_their_ground_is(both):
    both.paint(at(0, 0) + segment("31", "a   b"))
    assert both.paint(at(0, 0) + segment("31", "a") + segment("1;35", "   ") + segment("31", "b") + at(5, 0)) == ""
    sent = both.paint(at(0, 0) + segment("31", "a") + segment("7", "   ") + segment("31", "b") + at(5, 0))
    assert sent == "\x1b[2G\x1b[7m   \x1b[m\x1b[C"
    assert both.agree()


def test_the_cursor_alone_is_moved(both):
    both.paint(screen_of(numbered(0)))
    assert both.paint(screen_of(numbered(0)) + at(4, 5)) == "\x1b[6;5H"
    assert both.agree()


def test_no_style_is_left_behind(both):
    sent = both.paint(screen_of(numbered(0)))
    assert sent.rindex("\x1b[m") > sent.rindex("\x1b[32m")


# Forgetting


def test_what_is_forgotten_is_sent_again_with_the_next_paint_of_anything(both):
    both.paint(screen_of(numbered(0)))
    both.streams[1].feed("\x1b[2J\x1b[Hwall: the machine goes down")
    both.picture.forget()
    both.paint(at(0, 3) + segment("32", "x"))
    assert both.agree()


def test_another_size_is_another_picture(both):
    both.paint(screen_of(numbered(0)))
    both.size = 20, 6
    for screen in both.screens:
        screen.resize(6, 20)
    both.paint(screen_of(numbered(0, 6, 20)))
    assert both.agree()


@pytest.mark.parametrize(
    "data",
    [
        "\x1b[2J",
        "\x1b[3;3Hx\x1b[K",
        "\x1b[H\ttab",
        at(0, HEIGHT - 1) + "a\nb",
        "\x1b[H\x1b[31mred until further notice",
    ],
)
def test_what_is_not_understood_is_sent_as_it_is_and_everything_after_it_anew(both, data):
    both.paint(screen_of(numbered(0)))
    assert both.paint(data) == data
    both.paint("\x1b[0m" + at(0, 0))
    assert both.picture.answer(screen_of(numbered(0)), both.size).count("line") == HEIGHT


def test_what_is_painted_beyond_the_edges_is_dropped(both):
    both.paint(screen_of(numbered(0)))
    sent = both.paint(at(WIDTH - 2, 0) + "abcd" + at(0, 99) + "below" + at(0, 0))
    assert sent == "\x1b[28Cab\x1b[H"
    assert both.lines()[0].endswith("ab")


# Wide and doubtful graphemes


def test_half_of_a_wide_character_overwritten_leaves_a_blank(both):
    both.paint(at(0, 0) + "a界b" + at(0, 1) + "a界b")
    both.paint(at(1, 0) + "x" + at(2, 1) + "x")
    assert both.lines()[:2] == ["ax b", "a xb"]


def test_marks_belong_to_the_cell_before_them(both):
    both.paint(at(0, 0) + "e" + segment("31", "\u0301x"))
    assert both.lines()[0] == "éx"
    assert both.agree()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a界", ("a", "界", "")),
        ("e\u0301a", ("e\u0301", "a")),
        ("👨\u200d👩\u200d👧!", ("👨\u200d👩\u200d👧", "", "!")),
        ("❤\ufe0f!", ("❤\ufe0f", "", "!")),
        ("👍🏽!", ("👍🏽", "", "!")),
        ("🇩🇪🇫🇷", ("🇩🇪", "", "🇫🇷", "")),
    ],
)
def test_cells_are_counted_as_textual_counts_them(text, cells):
    assert cells_of(text) == ("", cells)


@pytest.mark.parametrize("width", [1, 2, 4])
@pytest.mark.parametrize("grapheme", ["🚀", "👨\u200d👩\u200d👧", "❤\ufe0f", "🇩🇪", "e\u0301"])
def test_whatever_width_a_terminal_gives_a_doubtful_grapheme_its_neighbours_stand_right(monkeypatch, grapheme, width):
    real = pyte.screens.wcwidth
    monkeypatch.setattr(
        pyte.screens, "wcwidth", lambda char: min(width, 2) if real(char) == 2 or char in "❤e🇩🇪" else real(char)
    )
    both = Both()
    size = len(cells_of(grapheme)[1])
    rest = "|neighbours".ljust(WIDTH - 2 - size)

    def neighbours():
        return "".join(both.screens[1].buffer[0][x].data for x in range(2 + size, WIDTH)).rstrip()

    both.paint(at(0, 0) + "ab" + "x" * size + rest + at(0, 0))
    for style in ("", "31", "7"):
        both.paint(at(0, 0) + segment(style, "ab") + segment(style, grapheme) + rest + at(0, 0))
        assert neighbours() == rest.rstrip()
    both.paint(at(0, 0) + "ab" + "y" * size + rest + at(0, 0))
    assert both.lines()[0] == ("ab" + "y" * size + rest).rstrip()


def test_a_link_is_opened_and_closed_around_its_text():
    picture = Picture()
    link = "\x1b]8;id=1;https://example.org\x1b\\"
    data = at(0, 0) + "see " + link + segment("4", "here") + "\x1b]8;;\x1b\\" + " now" + at(0, 0)
    sent = picture.answer(data, (WIDTH, HEIGHT))
    assert f"{link}\x1b[4mhere\x1b]8;;\x1b\\" in sent
    assert picture.answer(data, (WIDTH, HEIGHT)) == ""


# The parts


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("", "31", "\x1b[31m"),
        ("31", "", "\x1b[m"),
        ("1;31", "31", "\x1b[22m"),
        ("31;44", "32;44", "\x1b[32m"),
        ("1;31;44", "4;31;44", "\x1b[22;4m"),
        ("3;31", "31", "\x1b[0;31m"),
        ("1;2", "2", "\x1b[0;2m"),
        ("38;2;1;2;3;48;2;4;5;6", "48;2;4;5;6", "\x1b[39m"),
        ("38;5;1", "38;5;2", "\x1b[38;5;2m"),
        ("58;5;1", "58;5;2", "\x1b[0;58;5;2m"),
    ],
)
def test_the_shortest_way_from_style_to_style(before, after, way):
    assert change(before, after) == way


def test_styles_add_up_until_a_reset():
    assert join(join("", "1"), "31") == "1;31"
    assert join("1;31", "0") == ""
    assert join("1", "0;4") == "4"


def test_a_blank_has_its_ground_and_its_lines():
    assert blank("1;31;44") == "44"
    assert blank("31") == ""
    assert blank("7;31") == "7;31"
    assert blank("4;31") == "4;31"


def row(text):
    return list(text), [""] * len(text)


def test_a_scroll_is_chosen_where_it_pays_and_not_where_it_does_not():
    old = [row(f"this is line number {number:03}" + "-" * 30) for number in range(20)]
    moved = [*old[:2], *old[5:15], *(row("new".ljust(53)) for _ in range(3)), *old[15:]]
    found = best_scroll(old, moved, range(2, 15))
    assert found == Scroll(2, 14, 3)
    after = scrolled(old, found, row(UNPAINTED * 53))
    assert after[2:12] == old[5:15]
    assert after[15:] == old[15:]
    assert best_scroll(old, [row("nothing alike".ljust(53)) for _ in range(20)], range(20)) is None


# The driver


@pytest.fixture
def driver():
    """A driver without a terminal, and what it sends."""
    driver = LeanDriver.__new__(LeanDriver)
    driver._picture, driver._held = Picture(), None
    driver._app = SimpleNamespace(size=(WIDTH, HEIGHT))
    sent = []
    driver._writer_thread = SimpleNamespace(write=sent.append)
    return driver, sent


BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"


def test_a_synchronized_update_is_sent_in_one_piece_or_not_at_all(driver):
    driver, sent = driver
    for _ in range(2):
        for data in (BEGIN, screen_of(numbered(0)), END):
            driver.write(data)
    assert len(sent) == 1
    assert sent[0].startswith(BEGIN)
    assert sent[0].endswith(END)


@pytest.mark.parametrize(
    "data",
    [
        "\x07",
        "\x1b]52;c;aGVsbG8=\x07",
        "\x1b]52;c;aGVsbG8=\x07\x1bPtmux;\x1b\x1b]52;c;aGVsbG8=\x07\x1b\\",
        "\x1b]0;a title\x1b\\",
        "\x1b]22;pointer\x07",
        "\x1b[?1003h",
        "\x1b[?2048$p",
        "\x1b[>25u",
        "\x1b[<u",
        "\x1b[?25l",
    ],
)
def test_what_changes_no_cell_is_sent_at_once_and_changes_nothing_here(driver, data):
    driver, sent = driver
    driver.write(screen_of(numbered(0)))
    driver.write(data)
    driver.write(screen_of(numbered(0)))
    assert sent[1:] == [data]


@pytest.mark.parametrize("data", ["\x1b[?1049h", "\x1b[?1049l", "\x1b[2J", "\x1bc", "wall"])
def test_after_what_changes_the_screen_everything_is_sent_again(driver, data):
    driver, sent = driver
    driver.write(screen_of(numbered(0)))
    driver.write(data)
    driver.write(at(0, 0))
    assert sent[1] == data
    assert sent[2].count("line") == HEIGHT


def test_a_size_that_was_asked_for_means_that_the_screen_may_have_changed(driver):
    driver, sent = driver
    driver.write(screen_of(numbered(0)))
    driver._get_terminal_size()
    driver.write(at(0, 0))
    assert sent[1].count("line") == HEIGHT


def test_the_stock_driver_is_kept_where_it_is_asked_for_or_another_one_is_used():
    assert lean(LinuxDriver, {}) is LeanDriver
    assert lean(LinuxDriver, {"PMTUI_DRIVER": "plain"}) is LinuxDriver
    assert lean(HeadlessDriver, {}) is HeadlessDriver
