"""Long text in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from pmtui.domain.text import clean_notes


def edit_text(text: str) -> str:
    """*text* as $VISUAL, $EDITOR or vi leaves it; unchanged where the editor cannot be started."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory(prefix="pmtui-") as folder:
        file = Path(folder) / "notes.md"
        file.touch(mode=0o600)
        file.write_text(text, "utf-8")
        try:
            finished = subprocess.run([*command, str(file)], check=False)
        except OSError:
            return text
        if finished.returncode != 0:
            return text
        return clean_notes(file.read_text("utf-8", "replace"))
