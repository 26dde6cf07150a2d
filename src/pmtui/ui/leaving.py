"""Ways out that nobody chose: a signal, a terminal that is gone, an error that nobody foresaw.

On each of them what is being typed is kept, the terminal is put back, and the process ends.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from contextlib import suppress
from threading import Timer
from types import FrameType
from typing import Any

from pmtui.ui.keyboard import TypedApp

HUNG_UP = 128 + signal.SIGHUP
LAST_RESORT = 2.0
"""Seconds after which a process that was told to end does so, even if its terminal takes no more output."""


class LeavingApp(TypedApp):
    """An app that can be told to go at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.crash: BaseException | None = None
        """The error that ended the app."""
        self._last_resort: Timer | None = None

    def keep_unfinished(self) -> None:
        """Keep what is being typed; called right before leaving."""

    def on_load(self) -> None:
        """Listen before the terminal is changed, so that there is no moment in which a signal leaves it changed."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._failed)

        def told(number: int, _frame: FrameType | None) -> None:
            # Not the loop's own handlers: the loop may be waiting for a terminal that takes no output.
            self._end_anyway(128 + number)
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self.leave, 128 + number)

        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            with suppress(ValueError):  # not the main thread: somebody else looks after signals
                signal.signal(number, told)

    def leave(self, code: int) -> None:
        """Keep what is typed and end with that exit code."""
        with suppress(Exception):
            self.keep_unfinished()
        self.exit(code)

    async def action_quit(self) -> None:
        """Leave; everything is stored already."""
        self.leave(0)

    def check_terminal(self) -> None:
        """Leave if the terminal is gone; without this Textual would read from it for ever, at full speed."""
        if not self.is_headless and not terminal_is_there():
            self._end_anyway(HUNG_UP)
            self.leave(HUNG_UP)

    def left(self) -> None:
        """The app has ended by itself: the last resort is not needed."""
        if self._last_resort is not None:
            self._last_resort.cancel()

    def _end_anyway(self, code: int) -> None:
        if self._last_resort is None:
            self._last_resort = Timer(LAST_RESORT, os._exit, (code,))
            self._last_resort.daemon = True
            self._last_resort.start()

    # Errors that nobody foresaw. Textual would print the values of local variables: titles, notes.

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        if self.crash is None:
            self.crash = getattr(error, "error", None) or error
            with suppress(Exception):
                self.keep_unfinished()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *_renderables: Any) -> None:
        """The end of the input, or of an error that could draw itself: without its picture."""
        if self.crash is None and not terminal_is_there():
            self.leave(HUNG_UP)
            return
        self.crash = self.crash or RuntimeError("panic")
        self._close_messages_no_wait()


def terminal_is_there() -> bool:
    """Whether there still is a terminal behind standard input."""
    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except (termios.error, OSError, ValueError):
        return False
    return True
