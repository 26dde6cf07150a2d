"""The tree of commands for argparse, from which `--help` and shell completion follow."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from pmtui import __version__
from pmtui.cli import USAGE
from pmtui.cli.out import complain, say

EXAMPLES = {
    "": """\
  pmtui                                    open your plan
  pmtui demo                               look around in an invented plan
  pmtui add "Approval inbox" value:8 effort:2
  pmtui status                             how it stands, in a few lines
  pmtui help matrix                        read about a subject
  pmtui --db team.db import backlog.csv    work on another file""",
    "demo": """\
  pmtui demo                    a fresh demo plan in a private folder
  pmtui demo --db look.db       keep it in a file of your choice""",
    "status": """\
  pmtui status
  pmtui status -q; echo $?      0 on track, 1 at risk, 2 late, 3 could not tell
  pmtui status --json | jq .open""",
    "roadmap": """\
  pmtui roadmap                 lane by lane, now, next and later
  pmtui roadmap --by quarter
  pmtui roadmap --json | jq '.cards[] | select(.standing == "broken") | .key'""",
    "schedule": """\
  pmtui schedule                every task with its dates, slack and what is critical
  pmtui schedule --project J-1
  pmtui schedule --json | jq '.tasks[] | select(.critical) | .key'""",
    "add": """\
  pmtui add "Approval inbox" value:8 effort:2 '#desk' parent:F-8
  pmtui add Dark mode state:candidate owner:ann
  pmtui add --kind objective "No note is lost" due:2026-12-01
  pmtui add --kind key-result "Crews offline" start:0 target:20 objective:O-1
  pmtui add --kind card "Approvals without e-mail" lane:Trust horizon:next
  pmtui add --kind task API duration:3d after:T-3 @ann
  pmtui add - < ideas.txt       one item a line, all as one step
  pmtui add --kind task - < wbs.txt    lines further to the right are parts""",
    "import": """\
  pmtui import backlog.csv --dry-run           say what would happen, change nothing
  pmtui import backlog.csv --map columns.toml  with names for the columns
  pmtui import plan.json                       a file of `pmtui export`""",
    "export": """\
  pmtui export > plan.json      everything, without loss
  pmtui export --format csv -o backlog.csv
  pmtui export --kind tasks -o tasks.csv       one kind a file, to be edited and imported again""",
    "log": """\
  pmtui log                     the last 20 steps, newest first
  pmtui log F-31                what happened to one item
  pmtui log -n 0 --json         all of it, one JSON object a line""",
    "undo": "  pmtui undo                    take back your last step on this machine",
    "redo": "  pmtui redo                    make the step again that was taken back last",
    "backup": """\
  pmtui backup                  into the backup folder beside the plan
  pmtui backup -o /media/stick/plan.db""",
    "restore": """\
  pmtui restore --list          which backups there are
  pmtui restore latest
  pmtui restore 12              by its number
  pmtui restore old.db          from a file""",
    "doctor": "  pmtui doctor                  check file, journal, backups and terminal",
    "completion": """\
  pmtui completion bash > ~/.local/share/bash-completion/completions/pmtui
  pmtui completion zsh > ~/.zfunc/_pmtui
  pmtui completion fish > ~/.config/fish/completions/pmtui.fish""",
    "help": """\
  pmtui help                    which topics there are
  pmtui help keys""",
}
"""What the help of each command shows last; "" is pmtui itself."""

KINDS = ("item", "card", "task", "project", "objective", "key-result", "product")
"""What `pmtui add` adds."""

TABLES = ("items", "cards", "tasks", "projects", "objectives", "key-results", "products")
"""What a CSV file can hold."""

FILE_METAVARS = frozenset(("FILE", "PATH", "BACKUP"))
"""The names of arguments that a shell completes with files."""


class Parser(argparse.ArgumentParser):
    """A parser that answers wrong usage with one sentence and exit code 64, and cleans what it prints."""

    def error(self, message: str) -> NoReturn:
        """Leave with 64."""
        complain(f"{message[:1].upper()}{message[1:]}. See `{self.prog} --help`; nothing was changed.")
        sys.exit(USAGE)

    def print_help(self, file: object = None) -> None:
        """Print the help to standard output."""
        del file
        say(self.format_help())


class _Version(argparse.Action):
    def __call__(self, *_args: object, **_kwargs: object) -> None:
        say(f"pmtui {__version__}")
        sys.exit(0)


def _runner(module: str, function: str = "run") -> Callable[[argparse.Namespace], int]:
    def run(namespace: argparse.Namespace) -> int:
        return int(getattr(import_module(f"pmtui.cli.{module}"), function)(namespace))

    return run


def build_parser() -> argparse.ArgumentParser:
    """The whole command line. A parsed namespace has `run`, which imports and runs its command."""
    parser = Parser(
        prog="pmtui",
        description="Product and project management in one plan, in a terminal. Without a command, the plan opens.",
        epilog=_epilog(""),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is")
    _common(parser, top=True)
    parser.set_defaults(run=_runner("app"))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    _reading(commands)
    _changing(commands)
    _files(commands)
    _helping(commands)
    return parser


def _epilog(name: str) -> str:
    return f"examples:\n{EXAMPLES[name]}"


def _common(parser: argparse.ArgumentParser, *, top: bool = False) -> None:
    # Below the top an option that is not given must not overwrite the one before the command.
    parser.add_argument(
        "--db",
        metavar="PATH",
        type=_path,
        default=None if top else argparse.SUPPRESS,
        help="the plan's file; else PMTUI_DB, else the platform's place for data",
    )
    parser.add_argument(
        "--ascii",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="draw with ASCII characters alone",
    )


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Parser]  # noqa: SLF001 - argparse has no public name for it


def _command(commands: Commands, name: str, text: str, module: str) -> Parser:
    parser = commands.add_parser(
        name,
        help=text,
        description=text[:1].upper() + text[1:] + ".",
        epilog=_epilog(name),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _common(parser)
    parser.set_defaults(run=_runner(*module.split(":")))
    return parser


def _reading(commands: Commands) -> None:
    status = _command(commands, "status", "say how the plan stands", "status:run_parsed")
    status.add_argument("--json", action="store_true", help="as JSON")
    status.add_argument("-q", "--quiet", action="store_true", help="print nothing, answer with the exit code")
    status.add_argument("--fresh", action="store_true", help="compute the dates now instead of showing the stored ones")
    cards = _command(commands, "roadmap", "show the cards by lane and period, promised and computed", "roadmap")
    cards.add_argument("--by", choices=("horizon", "month", "quarter"), default="horizon", help="what the periods are")
    cards.add_argument("--json", action="store_true", help="as JSON")
    dates = _command(commands, "schedule", "compute when everything starts and ends", "schedule")
    dates.add_argument("--project", metavar="KEY", help="of one project alone: its key, as J-1, or its name")
    dates.add_argument("--json", action="store_true", help="as JSON")
    log = _command(commands, "log", "show the steps that made the plan, newest first", "history:log")
    log.add_argument("key", nargs="?", metavar="KEY", help="of one thing alone, as F-31")
    log.add_argument("-n", type=_count, default=20, metavar="N", dest="number", help="at most N steps; 0 is all")
    log.add_argument("--json", action="store_true", help="one JSON object a line")


def _changing(commands: Commands) -> None:
    add = _command(commands, "add", "add anything: an item, a card, a task, an objective", "add")
    add.add_argument("text", nargs="+", metavar="TEXT", help="title and fields, as value:8; `-` reads lines from stdin")
    add.add_argument("--kind", choices=KINDS, default="item", help="what to add")
    _command(commands, "undo", "take back your last step on this machine", "history:undo")
    _command(commands, "redo", "make the step again that was taken back last", "history:redo")


def _files(commands: Commands) -> None:
    bring = _command(commands, "import", "bring in a file of another tool, all or nothing", "exchange:bring")
    bring.add_argument("file", metavar="FILE", help="a CSV or JSON file")
    bring.add_argument("--format", choices=("csv", "json"), help="what the file is, where its name does not say")
    bring.add_argument("--kind", choices=TABLES, help="what a CSV file holds, where its columns do not say")
    bring.add_argument("--map", metavar="FILE", help="a small file that says which column is which field")
    bring.add_argument("--source", metavar="NAME", help="the other tool's name, kept in the external ids")
    bring.add_argument("--dry-run", action="store_true", help="report what would happen and change nothing")
    export = _command(commands, "export", "write the plan for another tool", "exchange:export")
    export.add_argument(
        "--format", choices=("json", "csv"), help="json loses nothing (default), csv is for spreadsheets"
    )
    export.add_argument("--kind", choices=TABLES, help="what the CSV file holds: items, where this is not said")
    export.add_argument("-o", "--output", metavar="FILE", help="into a file instead of standard output")
    backup = _command(commands, "backup", "make a verified copy of the plan", "backups:backup")
    backup.add_argument("-o", "--output", metavar="FILE", help="to this file instead of the backup folder")
    restore = _command(
        commands, "restore", "go back to a backup; the present file is kept beside it", "backups:restore"
    )
    restore.add_argument("backup", nargs="?", metavar="BACKUP", help="`latest`, a number of --list, or a file")
    restore.add_argument("--list", action="store_true", help="show the backups and change nothing")


def _helping(commands: Commands) -> None:
    _command(commands, "demo", "open an invented plan to look around in", "app:demo")
    _command(commands, "doctor", "check the file, its journal and backups, and this terminal", "doctor")
    completion = _command(commands, "completion", "print a completion script for your shell", "completion")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    topics = _command(commands, "help", "read about a subject", "topics")
    topics.add_argument("topic", nargs="?", metavar="TOPIC")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise argparse.ArgumentTypeError("N is a whole number, 0 or more")
    return int(text)


def _path(text: str) -> str:
    # A script's unset variable must not lead to the plan of the person who runs it.
    if not text:
        raise argparse.ArgumentTypeError("PATH is empty")
    return text
