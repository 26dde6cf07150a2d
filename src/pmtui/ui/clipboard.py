"""Copying through the terminal (OSC 52), so that it works over SSH and inside tmux."""

from __future__ import annotations

import base64
from collections.abc import Mapping


def copy_sequence(text: str, environment: Mapping[str, str]) -> str:
    """What to write to the terminal so that *text* lands on the user's clipboard.

    Inside tmux the sequence is sent twice, once for tmux itself and once wrapped for the terminal
    around it, because which of the two arrives depends on tmux's settings.
    """
    payload = base64.b64encode(text.encode("utf-8")).decode("ascii")
    sequence = f"\x1b]52;c;{payload}\x07"
    if environment.get("TMUX"):
        return sequence + "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return sequence
