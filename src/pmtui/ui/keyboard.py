"""Keys in the order in which they were typed, however fast they come.

Textual hands each key to whatever has the focus at that moment. Where several arrive at once, as
over a slow line, the second is handed over before the first has opened anything: of `a` and a title
the rest of the title would be taken for verbs, and an archived item would be its end.
"""

from __future__ import annotations

import asyncio
from collections import deque

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

PATIENCE = 0.2
"""Seconds for which an answer that is being worked on holds keys back; a locked file takes longer."""
AT_FIRST = 2.0
"""The same while what writing needs is still being imported."""


class TypedApp(App[int]):
    """An app in which a key takes effect before the next one is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        self._key: events.Key | None = None
        """The key that is on its way through the widgets."""
        self.patience = AT_FIRST
        self._patient = True
        """Whether the answer that is being worked on may still hold keys back."""

    def is_opening(self) -> bool:
        """Whether something that is to get the next key is about to appear."""
        return False

    def is_answering(self) -> bool:
        """Whether what got the last key may be about to close."""
        return False

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for each other; all other events go their way."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typed.append(event)
            if self._key is None:
                await self._next_key()
        else:
            await super().on_event(event)

    async def _next_key(self) -> None:
        if self._key is not None or not self._typed:
            return
        key = self._key = self._typed.popleft()
        asyncio.get_running_loop().call_later(self.patience, self._overdue, key)
        target = self.focused or self.screen
        await super().on_event(key)
        self._follow(key, target if key.is_forwarded else self, rounds=1)

    def _follow(self, key: events.Key, node: MessagePump, rounds: int) -> None:
        """Be called when *node* has seen the key, and go up with it to the app.

        The second round follows what the key has set off: a submitted input, a new screen.
        """

        def seen() -> None:
            above = node._parent  # noqa: SLF001 - a message takes this way up
            if node is not self and above is not None:
                self._follow(key, above, rounds)
            elif rounds:
                self._follow(key, self.focused or self.screen, rounds - 1)
            elif not self._holds():
                self._passed(key)
            else:
                asyncio.get_running_loop().call_later(0.01, seen)

        if key is self._key and not node.call_later(seen):
            self._passed(key)

    def _holds(self) -> bool:
        answering = self.is_answering()
        self._patient = self._patient or not answering
        return self.is_opening() or (answering and self._patient)

    def _overdue(self, key: events.Key) -> None:
        if key is not self._key:
            return
        if self.is_opening():
            asyncio.get_running_loop().call_later(self.patience, self._overdue, key)
        else:
            self._patient = False
            self._passed(key)

    def _passed(self, key: events.Key) -> None:
        if key is self._key:
            self._key = None
            # behind a change of focus that is on its way already
            self.call_later(self._next_key)
