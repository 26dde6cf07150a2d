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
    opening = _plain_opening(args)
    if opening is not None:
        from pmtui.cli import app

        return app.open_plan(*opening)
    from pmtui.cli.parser import build_parser

    namespace = build_parser().parse_args(args)
    return int(namespace.run(namespace))


def _plain_opening(args: list[str]) -> tuple[str | None, bool] | None:
    """The file named and whether ASCII is asked for, where the app is to open and nothing else; else None.

    Opening is what happens most, and the parser of all commands costs it a twentieth of its time.
    """
    rest, path, ascii_only = list(args), None, False
    while rest:
        word = rest.pop(0)
        if word == "--ascii":
            ascii_only = True
        elif word == "--db" and rest and rest[0] and not rest[0].startswith("-"):
            path = rest.pop(0)
        else:
            return None
    return path, ascii_only
