"""A real program in a real pseudo terminal, seen through a terminal emulator."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte

PATIENCE = 30.0
"""Seconds after which a text that has not come will not come; a busy machine needs some of them."""
KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "ctrl+c": "\x03",
    "ctrl+g": "\x07",
    "ctrl+u": "\x15",
    "ctrl+z": "\x1a",
}
_FOREIGN = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p")
"""Sequences that pyte takes for text."""
_OPEN = re.compile(rb"\x1b(\[[^@-~]*)?\Z")
_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
MOUSE = (1000, 1002, 1003, 1006)


class Terminal:
    """One process whose controlling terminal is a pseudo terminal that this object holds the other end of."""

    def __init__(self, argv: list[str], *, size: tuple[int, int], env: dict[str, str], shell: str = "") -> None:
        """*shell* is run before the program in the same process: `trap "" HUP`, `ulimit -f 9`."""
        self.env = env
        self.columns, self.lines = size
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (self.lines, self.columns))
        name = os.ttyname(slave)
        self.output = bytearray()
        self._screen = pyte.Screen(self.columns, self.lines)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._news = threading.Condition()
        self._reading = threading.Event()
        self._reading.set()
        self._open = True
        # The leader of a new session gets the first terminal that it opens as its controlling one.
        script = f'exec <"{name}" >"{name}" 2>"{name}"; {shell or ":"}; exec "$@"'
        self.process = subprocess.Popen(["/bin/sh", "-c", script, "sh", *argv], start_new_session=True, env=env)
        self.pid = self.process.pid
        self._slave: int | None = slave
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        while self._open:
            self._reading.wait()
            # never blocked in a read: a terminal that is being read is not closed by closing it
            if not select.select([self.master], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return
            with self._news:
                self.output += data
                data = self._rest + data
                tail = _OPEN.search(data)
                cut = tail.start() if tail else len(data)
                self._rest = data[cut:]
                self._stream.feed(_FOREIGN.sub(b"", data[:cut]))
                self._news.notify_all()

    # What is seen

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        with self._news:
            return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def words(self) -> str:
        """The screen as one line, so that a sentence may be broken anywhere."""
        return " ".join(self.text.split())

    @property
    def picture(self) -> tuple[dict[tuple[int, int], tuple[object, ...]], tuple[int, int]]:
        """What can be seen of every cell by its line and column (not the colour of a blank), and the cursor."""
        with self._news:
            screen = self._screen
            cells = {(y, x): _seen(screen.buffer[y][x]) for y in range(self.lines) for x in range(self.columns)}
            return cells, (screen.cursor.y, screen.cursor.x)

    def until(self, wanted: str | Callable[[str], bool], timeout: float = PATIENCE) -> str:
        """Wait until the screen shows a text, or until a function says that it does; the screen then."""
        shows = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + timeout
        while True:
            text = self.text
            if shows(text):
                return text
            if time.monotonic() > end:
                what = wanted if isinstance(wanted, str) else "what was waited for"
                raise AssertionError(f"{what!r} did not come within {timeout} s. The screen:\n{text}")
            with self._news:
                self._news.wait(0.05)

    def mode(self, number: int) -> bool:
        """Whether a private mode of the terminal is on, as far as the program has switched it."""
        found = [match[2] for match in _MODE.finditer(bytes(self.output)) if int(match[1]) == number]
        return found[-1:] == [b"h"]

    @property
    def restored(self) -> bool:
        """Whether the program has put the terminal back as it found it."""
        return not self.mode(1049) and self.mode(25) and not any(map(self.mode, MOUSE)) and not self.mode(2004)

    @property
    def echoes(self) -> bool:
        """Whether what is typed is echoed by the terminal itself, as in a shell."""
        assert self._slave is not None
        return bool(termios.tcgetattr(self._slave)[3] & termios.ECHO)

    def settle(self, quiet: float = 0.4) -> int:
        """Wait until nothing has come for a while; how many bytes there are now."""
        end = time.monotonic() + PATIENCE
        seen, since = len(self.output), time.monotonic()
        while time.monotonic() - since < quiet:
            assert time.monotonic() < end, "the program never stops writing"
            time.sleep(0.02)
            if len(self.output) != seen:
                seen, since = len(self.output), time.monotonic()
        return seen

    # What is done

    def send(self, *keys: str) -> None:
        """Type: names of `KEYS`, or text as it is."""
        for key in keys:
            os.write(self.master, KEYS.get(key, key).encode())

    def resize(self, columns: int, lines: int) -> None:
        """Another size; the program is told so by the terminal."""
        with self._news:
            self.columns, self.lines = columns, lines
            self._screen.resize(lines, columns)
        termios.tcsetwinsize(self.master, (lines, columns))

    def scribble(self, text: str) -> None:
        """Write to the terminal as another program does that the user never asked for."""
        assert self._slave is not None
        os.write(self._slave, text.encode())

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def stop_reading(self) -> None:
        """Take no more output, as a line that hangs."""
        self._reading.clear()

    def hang_up(self) -> None:
        """Close the terminal."""
        if self._slave is None:
            return
        self._open = False
        self._reading.set()
        self._thread.join()
        os.close(self._slave)
        self._slave = None
        os.close(self.master)

    def gone(self, timeout: float = 10.0) -> int:
        """Wait for the program to end; its exit code, or minus the signal that it died of."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still there after {timeout} s. The screen:\n{self.text}") from None
        deadline = time.monotonic() + 0.2  # what it wrote last may still be on its way
        seen = -1
        while seen != len(self.output) and time.monotonic() < deadline:
            seen = len(self.output)
            time.sleep(0.02)
        return code

    @property
    def stopped(self) -> bool:
        """Whether the process is stopped, as after ctrl+Z."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def close(self) -> None:
        """End the program, if it has not ended, and let go of the terminal."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait(10)
        self.hang_up()


def _seen(char: pyte.screens.Char) -> tuple[object, ...]:
    if char.data == " " and not (char.reverse or char.underscore or char.strikethrough):
        return " ", char.bg
    return tuple(char)


def wait_for(holds: Callable[[], object], timeout: float = PATIENCE, what: str = "it") -> None:
    """Wait until a function gives something true."""
    end = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < end, f"{what} did not come within {timeout} s"
        time.sleep(0.02)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file as another program does that is in the middle of writing."""
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def query(path: Path, sql: str, *arguments: object) -> list[tuple[object, ...]]:
    """Ask the file itself."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(sql, arguments).fetchall()
    finally:
        connection.close()


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def program(*args: object) -> list[str]:
    """The command that runs pmtui in the interpreter of the tests."""
    return [sys.executable, "-m", "pmtui", *map(str, args)]
