"""`pmtui completion`: a script that completes commands, options and files in a shell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pmtui.cli import OK
from pmtui.cli.out import say
from pmtui.cli.parser import FILE_METAVARS, build_parser
from pmtui.cli.topics import topic_names


def run(namespace: argparse.Namespace) -> int:
    """Print the script for the shell asked for."""
    say(script(namespace.shell))
    return OK


def script(shell: str) -> str:
    """The completion script for `bash`, `zsh` or `fish`, made from the same tree as the commands."""
    import shtab

    parser = build_parser()
    for action in _actions(parser):
        if action.metavar in FILE_METAVARS:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab reads what it finds there
        elif action.dest == "topic":
            action.choices = topic_names()
    return str(shtab.complete(parser, shell))


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way through its tree
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - the same
            for child in action.choices.values():
                yield from _actions(child)
