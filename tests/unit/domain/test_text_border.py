from __future__ import annotations

import unicodedata

import pytest

from pmtui.domain.text import MAX_MARKS, MAX_NOTES, MAX_TITLE, clean, clean_line, clean_notes, quoted

HOSTILE = [
    "\x1b]52;c;aGVsbG8=\x07",
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "\x90q\x9c",
    "a\x00b",
    "a\x7fb",
    "\u202egnp.exe",
    "\u2066left\u2069",
    "zero\u200bwidth",
    "soft\u00adhyphen",
    "\ufeffmark",
    "\ud800",
    "\ue000 private",
    "\U000e0041 tag",
    "e" + "\u0301" * 500,
    "\u0e01" + "\u0e34" * 500,
    "a\u2028b\u2029c\x85d\x0be\x0cf",
    "tab\there\r\nthere",
    "[/]",
    "[@click=app.quit]x[/]",
    "\u0390".casefold(),
    "\u0958",
    "👩\u200d💻 ❤\ufe0f",
]


def is_drawable(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs", "Co") and char not in "\u202a\u202b\u202c\u202d\u202e\u200b"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_commands_a_terminal_gets_through(text):
    for cleaned in (clean(text), clean_line(text), quoted(text)):
        assert all(is_drawable(char) for char in cleaned)
    assert all(is_drawable(char) or char == "\n" for char in clean_notes(text))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("multiline", [False, True])
def test_clean_text_stays_as_it_is(text, multiline):
    once = clean(text, multiline=multiline)
    assert clean(once, multiline=multiline) == once


def test_control_characters_are_replaced_and_not_dropped():
    assert clean("a\x1b[31mb") == "a\ufffd[31mb"


def test_markup_is_kept_letter_by_letter():
    assert clean("[@click=app.quit]x[/]") == "[@click=app.quit]x[/]"


def test_direction_overrides_are_replaced():
    assert clean("\u202egnp.exe") == "\ufffdgnp.exe"


def test_what_draws_nothing_is_dropped():
    assert clean("zero\u200bwidth\ufeff \u00adx") == "zerowidth x"


def test_emoji_keep_their_joiners_and_selectors():
    assert clean("👩\u200d💻 ❤\ufe0f") == "👩\u200d💻 ❤\ufe0f"


def test_letters_are_composed():
    assert clean("Cafe\u0301") == "Café"


def test_marks_are_capped_and_the_next_letter_starts_anew():
    cleaned = clean("x" + "\u0323" * 50 + "q\u0323")
    assert cleaned.count("\u0323") == MAX_MARKS + 1
    assert clean("\u0e01" + "\u0e34" * 50).count("\u0e34") == MAX_MARKS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_breaks_of_every_kind(end):
    assert clean(f"a{end}b") == "a b"
    assert clean(f"a{end}b", multiline=True) == "a\nb"


def test_a_line_has_no_blanks_at_its_ends_and_no_more_than_its_limit():
    assert clean_line("  x  ") == "x"
    assert len(clean_line("x" * 10_000)) == MAX_TITLE
    assert clean_line("ab " * 10, limit=6) == "ab ab"


def test_notes_keep_their_lines_up_to_a_limit():
    assert clean_notes("\n\n a\n\nb \n") == "a\n\nb"
    assert len(clean_notes("x\n" * MAX_NOTES)) == MAX_NOTES


def test_quotes_shorten():
    assert quoted("x" * 100, limit=10) == '"xxxxxxxxx…"'
    assert quoted("x" * 10, limit=10) == '"xxxxxxxxxx"'
