"""The command line. Each command lives in a module of its own and imports what it needs when it runs.

Exit codes: 0, 1, 2 belong to `status` (on track, at risk, late) and 0 to every other command that
did its work; 3 is any error, 64 wrong usage, 130 Ctrl-C, 141 a reader that went away.
"""

from __future__ import annotations

OK = 0
ERROR = 3
USAGE = 64
INTERRUPTED = 130
BROKEN_PIPE = 141
