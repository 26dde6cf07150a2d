"""`pmtui status`: how the plan stands, without argparse, Textual, SQLModel or a write to the file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from pmtui.cli.out import columns, say, wants_ascii

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from pmtui.domain.facts import StatusFacts


class StatusOptions(NamedTuple):
    """What the command line asked for."""

    db: str = ""
    json: bool = False
    ascii: bool = False
    quiet: bool = False
    fresh: bool = False


_FLAGS: dict[str, dict[str, Any]] = {
    "--json": {"json": True},
    "--ascii": {"ascii": True},
    "-q": {"quiet": True},
    "--quiet": {"quiet": True},
    "--fresh": {"fresh": True},
}


def parse(args: list[str]) -> StatusOptions | None:
    """The options where *args* are a `status` command, and None where argparse has to look at them."""
    options = StatusOptions()
    seen = False
    rest = iter(args)
    for arg in rest:
        if arg in _FLAGS:
            options = options._replace(**_FLAGS[arg])
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
    return run(StatusOptions(namespace.db or "", namespace.json, namespace.ascii, namespace.quiet, namespace.fresh))


def run(options: StatusOptions) -> int:
    """Print the status; 0 on track, 1 at risk, 2 late."""
    from datetime import date

    from pmtui.report.status import exit_code, status_json, status_text
    from pmtui.store.facts import load_facts

    today = date.today()  # noqa: TID251, DTZ011 - pmtui.domain.clock would load dataclasses and random
    path = plan_file(options.db)
    facts = _computed(path, today) if options.fresh else load_facts(path, today)
    if options.json:
        say(status_json(facts))
    elif not options.quiet:
        say(status_text(facts, columns(), ascii=wants_ascii(asked=options.ascii), today=today))
    return exit_code(facts)


def _computed(path: str, today: date) -> StatusFacts:
    """The facts with dates computed now; nothing is written."""
    from pmtui.domain.facts import status_facts
    from pmtui.planning.forecast import forecasts
    from pmtui.store.facts import last_change
    from pmtui.store.read import plan_from, reading

    with reading(path) as connection:
        plan, last = plan_from(connection, path), last_change(connection)
    return status_facts(plan, today, last, {id_: one.finish for id_, one in forecasts(plan).items()})


def plan_file(argument: str) -> str:
    """The plan's path: *argument*, else PMTUI_DB, else the platform's place, which costs an import."""
    path = argument or os.environ.get("PMTUI_DB", "")
    if path:
        return os.path.expanduser(path) if path.startswith("~") else path  # noqa: PTH111 - pathlib costs a third more
    from pmtui.workspace.location import plan_path

    return str(plan_path(None))
