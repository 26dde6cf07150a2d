"""Text goes through the user's own editor and comes back, or it is said why not."""

from __future__ import annotations

import sys

import pytest

from pmtui.domain.errors import Refused
from pmtui.ui.editor import edit_text


@pytest.fixture
def editor(monkeypatch, tmp_path):
    """Make a program the editor: its Python text finds the file in `file`."""
    monkeypatch.delenv("VISUAL", raising=False)

    def choose(program):
        script = tmp_path / "my editor.py"
        script.write_text(f"import pathlib, sys\nfile = pathlib.Path(sys.argv[-1])\n{program}\n", "utf-8")
        monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{script}' --wait")

    return choose


def test_what_it_leaves_is_the_text(editor):
    editor("file.write_text(file.read_text() + ' and after')")
    assert edit_text("Before") == "Before and after"


def test_visual_goes_before_editor(editor, monkeypatch):
    editor("file.write_text('by EDITOR')")
    monkeypatch.setenv("VISUAL", "true")
    assert edit_text("Before") == "Before"


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ('vim "half open', 'A quotation mark is not closed in VISUAL or EDITOR: "vim'),
        ("no-such-editor --wait", 'The editor "no-such-editor" cannot be started: No such file or directory.'),
        ("false", 'The editor "false" ended with an error (1), so its text was not taken.'),
        ("rm", 'The editor "rm" left no file behind.'),
    ],
)
def test_what_goes_wrong_is_said(monkeypatch, wanted, sentence):
    monkeypatch.setenv("VISUAL", wanted)
    with pytest.raises(Refused) as refused:
        edit_text("Before")
    assert sentence in refused.value.sentence
    assert "The notes are as they were." in refused.value.sentence


def test_without_a_wish_it_is_vi(monkeypatch, tmp_path):
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "  ")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match='The editor "vi" cannot be started'):
        edit_text("Before")
