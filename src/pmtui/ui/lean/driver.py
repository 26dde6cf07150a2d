"""Textual's driver for Linux and macOS, with less to send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import InBandWindowResize

from pmtui.ui.lean.picture import Picture

SYNC_START = "\x1b[?2026h"
SYNC_END = "\x1b[?2026l"

_HARMLESS = re.compile(
    r"(?:\x1b\[\?(?!47[hl]|1047|1049)\d+(?:[hl]|\$p)"  # modes, but not the one that changes the screen
    r"|\x1b\[[<>=][\d;]*u"  # kitty's keyboard
    r"|\x07"
    r"|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\)"  # clipboard, title, pointer
    r"|\x1bPtmux;(?:[^\x1b]|\x1b\x1b)*\x1b\\)+"
).fullmatch
"""What changes neither cells nor cursor."""
_IS_SCREEN_CHANGE = re.compile(r"\x1b\[\?(?:47|1047|1049)[hl]").fullmatch


class LeanDriver(LinuxDriver):
    """Keeps the picture that the terminal shows, and sends what differs from it."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        self._picture = Picture()
        self._held: list[str] | None = None
        """What was sent since the beginning of a synchronized update."""
        super().__init__(app, **options)

    def write(self, data: str) -> None:
        """Send what *data* changes; whatever is no paint is sent as it is."""
        if _HARMLESS(data):
            # Also from the thread that reads keys: nothing is touched that a paint uses.
            self._write_update(data)
        elif _IS_SCREEN_CHANGE(data):
            self.forget()
            super().write(data)
        else:
            answer = self._picture.answer(data, self._app.size)
            self._send(data if answer is None else answer)

    def _write_update(self, data: str) -> None:
        if data == SYNC_START:
            self._held = []
        elif data == SYNC_END:
            held, self._held = "".join(self._held or ()), None
            if held:
                super().write(SYNC_START + held + SYNC_END)
        else:
            super().write(data)

    def _send(self, data: str) -> None:
        if self._held is not None:
            self._held.append(data)
        elif data:
            super().write(data)

    def forget(self) -> None:
        """Send everything with the next paint: somebody else has written to the terminal."""
        self._picture.forget()

    def process_message(self, message: Message) -> None:
        """Notice a new size that the terminal reports by itself."""
        if isinstance(message, InBandWindowResize):
            self.forget()
        super().process_message(message)

    def _get_terminal_size(self) -> tuple[int, int]:
        # Asked for after each signal about the size. The terminal has moved its lines then, even if the size is
        # the old one again.
        self.forget()
        return super()._get_terminal_size()


def lean(stock: type[Driver], environment: Mapping[str, str]) -> type[Driver]:
    """The driver to use where Textual would use *stock*. `PMTUI_DRIVER=plain` keeps that one."""
    return LeanDriver if stock is LinuxDriver and environment.get("PMTUI_DRIVER") != "plain" else stock
