"""A program in a pseudo terminal of 120x40, watched from outside: what it sends, when, and what it costs."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path

QUIET = 0.06
"""Seconds without output after which an answer is complete."""
TICKS = os.sysconf("SC_CLK_TCK")


class Program:
    """Starts at once. Use `until` to wait for a text, `press` for one key."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execvpe(command[0], list(command), environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def read(self, seconds: float) -> bytes:
        """What comes within that time, or b"" where nothing does."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        try:
            return os.read(self.master, 1 << 20) if ready else b""
        except OSError:
            return b""

    def until(self, text: bytes, seconds: float = 30) -> float:
        """Seconds from the start to that text. Raises TimeoutError."""
        seen = b""
        while time.perf_counter() - self.started < seconds:
            seen = seen[-200:] + self.read(0.5)
            if text in seen:
                return time.perf_counter() - self.started
        raise TimeoutError(f"{text!r} did not appear")

    def settle(self, seconds: float = 0.5) -> bytes:
        """What still comes, until it is quiet for that long."""
        seen = b""
        while more := self.read(seconds):
            seen += more
        return seen

    def press(self, key: str, patience: float = 2.0) -> tuple[float, int]:
        """Milliseconds until the answer to a key is complete (its quiet end not counted), and its bytes."""
        sent = time.perf_counter()
        os.write(self.master, key.encode())
        first = self.read(patience)
        size, last = len(first), time.perf_counter()
        while more := self.read(QUIET):
            size, last = size + len(more), time.perf_counter()
        return (last - sent) * 1000, size

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / TICKS

    @property
    def memory(self) -> float:
        """Peak resident megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def stop(self) -> None:
        """End it and reap it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)
