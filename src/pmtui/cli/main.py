"""Where `pmtui` starts. Nothing is imported before it is known which command runs."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; never raises, never shows a traceback."""
    from pmtui.cli.guard import guarded

    args = list(sys.argv[1:]) if argv is None else list(argv)
    return guarded(lambda: _dispatch(args), args)


def _dispatch(args: list[str]) -> int:
    from pmtui.cli.out import require_output

    # Before anything else: a command that does its work and cannot say so would be run twice.
    require_output()
    # `status` runs in prompts and scripts: argparse alone would cost it as much as everything it does.
    if "status" in args:
        from pmtui.cli import status

        options = status.parse(args)
        if options is not None:
            return status.run(options)
    from pmtui.cli.parser import build_parser

    namespace = build_parser().parse_args(args)
    return int(namespace.run(namespace))
