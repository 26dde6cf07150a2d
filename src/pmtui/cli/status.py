"""`pmtui status`: how the plan stands, without argparse, Textual, SQLModel or a write to the file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from pmtui.cli.out import columns, say, wants_ascii

if TYPE_CHECKING:
    import argparse


class StatusOptions(NamedTuple):
    """What the command line asked for."""

    db: str = ""
    json: bool = False
    ascii: bool = False
    quiet: bool = False


_FLAGS = {
    "--json": StatusOptions(json=True),
    "--ascii": StatusOptions(ascii=True),
    "-q": StatusOptions(quiet=True),
    "--quiet": StatusOptions(quiet=True),
}


def parse(args: list[str]) -> StatusOptions | None:
    """The options where *args* are a `status` command, and None where argparse has to look at them."""
    options = StatusOptions()
    seen = False
    rest = iter(args)
    for arg in rest:
        if arg in _FLAGS:
            flag = _FLAGS[arg]
            options = StatusOptions(
                options.db, options.json or flag.json, options.ascii or flag.ascii, options.quiet or flag.quiet
            )
        elif arg == "--db" or arg.startswith("--db="):
            path = next(rest, "") if arg == "--db" else arg[5:]
            if not path:
                return None
            options = options._replace(db=path)
        elif arg == "status" and not seen:
            seen = True
        else:
            return None
    return options if seen else None


def run_parsed(namespace: argparse.Namespace) -> int:
    """The same for options that argparse has read."""
    return run(StatusOptions(namespace.db or "", namespace.json, namespace.ascii, namespace.quiet))


def run(options: StatusOptions) -> int:
    """Print the status; 0 on track, 1 at risk, 2 late."""
    from datetime import date

    from pmtui.report.status import exit_code, status_json, status_text
    from pmtui.store.facts import load_facts

    today = date.today()  # noqa: TID251, DTZ011 - pmtui.domain.clock would load dataclasses and random
    facts = load_facts(plan_file(options.db), today)
    if options.json:
        say(status_json(facts))
    elif not options.quiet:
        say(status_text(facts, columns(), ascii=wants_ascii(asked=options.ascii), today=today))
    return exit_code(facts)


def plan_file(argument: str) -> str:
    """The plan's path: *argument*, else PMTUI_DB, else the platform's place, which costs an import."""
    path = argument or os.environ.get("PMTUI_DB", "")
    if path:
        return os.path.expanduser(path) if path.startswith("~") else path  # noqa: PTH111 - pathlib costs a third more
    from pmtui.workspace.location import plan_path

    return str(plan_path(None))
