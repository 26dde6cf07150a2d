"""Long text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from pmtui.domain.errors import Refused
from pmtui.domain.text import clean_line, clean_notes, quoted

AS_BEFORE = "The notes are as they were."


def edit_text(text: str) -> str:
    """*text* as $VISUAL, $EDITOR or vi leaves it.

    Raises `Refused` with a sentence where the editor cannot be started or says that it failed.
    """
    command = _editor()
    with tempfile.TemporaryDirectory(prefix="pmtui-") as folder:
        file = Path(folder) / "notes.md"
        file.touch(mode=0o600)
        file.write_text(text, "utf-8")
        try:
            finished = subprocess.run([*command, str(file)], check=False)
        except OSError as error:
            why = clean_line(error.strerror or str(error))
            raise Refused(
                f"The editor {quoted(command[0])} cannot be started: {why}. {AS_BEFORE} "
                "Set EDITOR to one that is installed."
            ) from None
        if finished.returncode != 0:
            raise Refused(
                f"The editor {quoted(command[0])} ended with an error ({finished.returncode}), "
                f"so its text was not taken. {AS_BEFORE}"
            )
        try:
            return clean_notes(file.read_text("utf-8", "replace"))
        except OSError:
            raise Refused(f"The editor {quoted(command[0])} left no file behind. {AS_BEFORE}") from None


def _editor() -> list[str]:
    """The editor and its options, as a shell reads them."""
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(wanted) or ["vi"]
    except ValueError:
        raise Refused(
            f"A quotation mark is not closed in VISUAL or EDITOR: {quoted(wanted)}. {AS_BEFORE} "
            "Correct it in your shell."
        ) from None
