"""An escape byte in pasted text is text, however the terminal cuts the paste into pieces."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual import events

from pmtui.ui.pasting import END, START, PasteParser


def events_of(*chunks):
    parser = PasteParser()
    return [event for chunk in chunks for event in parser.feed(chunk)]


def test_an_escape_byte_in_a_paste_is_no_key():
    found = events_of(f"{START}oops \x1b dd \x1b[31mxx{END}")
    assert [type(event) for event in found] == [events.Paste]
    assert found[0].text == "oops \ufffd dd \ufffd[31mxx"


def test_keys_before_and_behind_a_paste_stay_keys():
    found = events_of(f"a{START}text{END}b\x1b[A")
    assert [getattr(event, "key", "paste") for event in found] == ["a", "paste", "b", "up"]


@given(
    st.text("ab\x1b[201~", max_size=12).filter(lambda text: END not in text), st.lists(st.integers(0, 40), max_size=6)
)
def test_pieces_of_any_size_give_the_same_text(text, cuts):
    whole = f"{START}{text}{END}"
    places = sorted({min(cut, len(whole)) for cut in cuts} | {0, len(whole)})
    chunks = [whole[a:b] for a, b in pairwise(places)]
    parser = PasteParser()
    tamed = "".join(parser.tamed(chunk) for chunk in chunks)
    assert tamed == START + text.replace("\x1b", "\ufffd") + END
