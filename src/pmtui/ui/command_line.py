"""The command line behind `:`. Every command has a word, what follows it, and a help line."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.domain.capture import complete, parse_capture, parse_fields
from pmtui.domain.clock import Clock
from pmtui.domain.commands import (
    AddDependency,
    AddObjective,
    AddProduct,
    EditFields,
    FieldEdit,
    RemoveDependency,
    RemoveView,
    SaveView,
    SetState,
    TagItems,
)
from pmtui.domain.entities.backlog import STATES, State
from pmtui.domain.errors import Refused
from pmtui.domain.plan import resolve
from pmtui.domain.text import clean_line, quoted
from pmtui.planning.scoring import METHODS, inputs
from pmtui.ui.draw.arrangement import SORTS
from pmtui.ui.editing import score_edits
from pmtui.ui.question import Question

if TYPE_CHECKING:
    from pmtui.exchange.report import ImportReport
    from pmtui.ui.app import PmtuiApp
    from pmtui.ui.draw.line import Line

Handler = Callable[["PmtuiApp", str], Awaitable[str]]
"""Takes what follows the word; answers "" or what is wrong, in a sentence."""


@dataclass(frozen=True, slots=True)
class Word:
    """One command of the command line."""

    name: str
    usage: str
    help: str
    run: Handler


async def _add(app: PmtuiApp, text: str) -> str:
    command = parse_capture(text, app.plan, app.today(), app.new_id)
    problem = await app.attempt(command)
    if not problem:
        app.matrix.put_cursor(command.id)
    return problem


async def _set(app: PmtuiApp, text: str) -> str:
    values = parse_fields(text, app.plan, app.today())
    items = app.plan.backlog_items
    edits = tuple(
        FieldEdit("backlog_item", id_, name, getattr(items[id_], name), value)
        for id_ in _targets(app)
        for name, value in values.items()
    )
    return await app.attempt(EditFields(edits))


async def _score(app: PmtuiApp, text: str) -> str:
    names = inputs(app.matrix.choices.method)
    return await app.attempt(EditFields(score_edits(app.plan, _targets(app), names, text, app.today())))


async def _tag(app: PmtuiApp, text: str) -> str:
    words = clean_line(text).split()
    add = {word: app.new_id() for word in words if not word.startswith("-")}
    return await app.attempt(TagItems(_targets(app), add, tuple(w[1:] for w in words if w.startswith("-"))))


async def _state(app: PmtuiApp, text: str) -> str:
    wanted = text.strip().casefold()
    found: list[State] = [state for state in STATES if wanted and wanted.startswith(state)]
    if not found:
        found = [state for state in STATES if wanted and state.startswith(wanted)]
    if len(found) != 1:
        return f"{quoted(text)} is no state. It is one of: {', '.join(STATES)}."
    reason = text.strip()[len(found[0]) :].strip()
    return await app.attempt(SetState(_targets(app), found[0], reason))


async def _needs(app: PmtuiApp, text: str) -> str:
    first, *others = _targets(app)
    return await app.attempt(AddDependency(first, _item(app, text), tuple(others)))


async def _free(app: PmtuiApp, text: str) -> str:
    first, *others = _targets(app)
    return await app.attempt(RemoveDependency(first, _item(app, text), tuple(others)))


async def _product(app: PmtuiApp, text: str) -> str:
    return await app.attempt(AddProduct(app.new_id(), text))


async def _objective(app: PmtuiApp, text: str) -> str:
    return await app.attempt(AddObjective(app.new_id(), text))


async def _filter(app: PmtuiApp, text: str) -> str:
    app.matrix.choose(filter=text.strip())
    return ""


async def _sort(app: PmtuiApp, text: str) -> str:
    if text.strip() not in SORTS:
        return f"Sort by one of: {', '.join(SORTS)}."
    app.matrix.choose(sort=text.strip())
    return ""


async def _method(app: PmtuiApp, text: str) -> str:
    found = [method.id for method in METHODS if method.id.casefold().startswith(text.strip().casefold())]
    if not text.strip() or len(found) != 1:
        return f"A method is one of: {', '.join(method.id for method in METHODS)}."
    app.matrix.choose(method=found[0])
    return ""


async def _view(app: PmtuiApp, text: str) -> str:
    name = clean_line(text)
    if not name:
        app.matrix.action_views()
        return ""
    choices = app.matrix.choices
    shown = f"{choices.base} {choices.filter}".strip()
    problem = await app.attempt(SaveView(app.new_id(), name, shown, choices.sort))
    if not problem:
        app.say(f"View {quoted(name)} is saved. v shows it again.")
    return problem


async def _forget(app: PmtuiApp, text: str) -> str:
    for view in app.plan.views.values():
        if view.name.casefold() == clean_line(text).casefold():
            return await app.attempt(RemoveView(view.id))
    return f"There is no saved view {quoted(text)}."


async def _go(app: PmtuiApp, text: str) -> str:
    app.matrix.put_cursor(_item(app, text))
    return ""


async def _import(app: PmtuiApp, text: str) -> str:
    from pmtui.exchange.read import plan_import

    try:
        words = [_path(word) for word in shlex.split(text)]
    except ValueError:
        return "A quotation mark is not closed. Type the file's name again."
    if not words:
        return "Type the name of a file, as :import backlog.csv, and a mapping file after it if it needs one."
    clock: Clock = app.clock

    def plan_it() -> ImportReport:
        mapping = words[1] if len(words) > 1 else None
        return plan_import(words[0], app.plan, mapping_path=mapping, new_id=clock.new_id, today=clock.today())

    report = await asyncio.to_thread(plan_it)
    if not report.is_empty:
        await asyncio.to_thread(app.workspace.backup, "before import")
        problem = await app.attempt(report.command)
        if problem:
            return problem
    lines: list[Line] = [(("", f" {clean_line(line, 300)}"),) for line in report.summary()]
    app.read(f"import of {words[0].name}" + ("" if report.is_empty else "   (u takes it back)"), lines)
    return ""


async def _export(app: PmtuiApp, text: str) -> str:
    from pmtui.exchange.write import export_csv, export_json, write_file

    if not text.strip():
        return "Type the name of the file, as :export plan.json or :export backlog.csv."
    path = _path(text.strip())
    make = export_csv if path.suffix.casefold() == ".csv" else export_json
    await asyncio.to_thread(lambda: write_file(path, make(app.plan)))
    app.say(f"Written to {path}.")
    return ""


async def _backup(app: PmtuiApp, _text: str) -> str:
    path = await asyncio.to_thread(app.workspace.backup, "by hand")
    app.say(f"A verified backup is at {path}.")
    return ""


async def _theme(app: PmtuiApp, text: str) -> str:
    name = text.strip()
    if name not in app.available_themes:
        return f"A theme is one of: {', '.join(sorted(app.available_themes))}."
    app.theme = name
    return ""


async def _undo(app: PmtuiApp, _text: str) -> str:
    app.action_undo()
    return ""


async def _redo(app: PmtuiApp, _text: str) -> str:
    app.action_redo()
    return ""


async def _help(app: PmtuiApp, _text: str) -> str:
    app.action_help()
    return ""


async def _quit(app: PmtuiApp, _text: str) -> str:
    app.exit(0)
    return ""


WORDS: tuple[Word, ...] = (
    Word("add", 'add "Title" value:8 effort:2 #tag', "a new item", _add),
    Word("set", "set value:8 effort:3 owner:ann", "fields of the marked items or the one under the cursor", _set),
    Word("score", "score 8 3", "the inputs of the method in their order; - leaves one out", _score),
    Word("tag", "tag ui -old", "put tags on, take them off", _tag),
    Word("state", "state planned", "a state; declined and retired take the reason after it", _state),
    Word("needs", "needs F-3", "the item needs that one first", _needs),
    Word("free", "free F-3", "it does not need that one any more", _free),
    Word("product", "product Name", "a new product", _product),
    Word("objective", "objective Title", "a new objective", _objective),
    Word("filter", "filter tag:ui", "the same as /", _filter),
    Word("sort", "sort newest", "the order of the list", _sort),
    Word("method", "method RICE", "the prioritisation method", _method),
    Word("view", "view Name", "save what you see under a name", _view),
    Word("forget", "forget Name", "remove a saved view", _forget),
    Word("go", "go F-3", "move the cursor to an item", _go),
    Word("import", "import FILE [MAP]", "bring items from CSV or JSON, as one step", _import),
    Word("export", "export FILE", "write the plan as JSON, or the backlog as .csv", _export),
    Word("backup", "backup", "a verified copy of the plan now", _backup),
    Word("theme", "theme pmtui-light", "other colours", _theme),
    Word("undo", "undo", "the same as u", _undo),
    Word("redo", "redo", "the same as ctrl+r", _redo),
    Word("help", "help", "every key", _help),
    Word("quit", "quit", "leave", _quit),
)

_BY_NAME = {word.name: word for word in WORDS}


def command_question(app: PmtuiApp, text: str = "") -> Question:
    """The prompt for a command."""

    async def run(typed: str) -> str:
        return await run_command(app, typed)

    return Question(
        ":",
        run,
        value=text,
        placeholder="add  set  score  tag  state  needs  import  export  view  method  theme  help  quit",
        complete=lambda typed: completions(app, typed),
        draft_key="command",
    )


async def run_command(app: PmtuiApp, typed: str) -> str:
    """Run one line; "" where all is well, else a sentence."""
    name, _, rest = typed.strip().lstrip(":").partition(" ")
    if not name:
        return ""
    found = [word for word in WORDS if word.name.startswith(name)]
    word = _BY_NAME.get(name) or (found[0] if len(found) == 1 else None)
    if word is None:
        known = ", ".join(word.name for word in found or WORDS)
        return f"There is no command {quoted(name)}. Known: {known}."
    try:
        return await word.run(app, rest.strip())
    except Refused as refused:
        return refused.sentence
    except OSError as error:
        return (
            f"{quoted(rest)}: {clean_line(error.strerror or str(error))}. The plan is unchanged; choose another file."
        )
    except Exception as error:
        sentence = getattr(error, "sentence", "")
        if sentence:
            return str(sentence)
        raise


def completions(app: PmtuiApp, typed: str) -> list[str]:
    """Whole lines that *typed* could become."""
    name, blank, rest = typed.partition(" ")
    if not blank:
        return [
            f"{word.name} " if word.usage != word.name else word.name for word in WORDS if word.name.startswith(name)
        ]
    known: dict[str, list[str]] = {
        "sort": list(SORTS),
        "method": [method.id for method in METHODS],
        "state": list(STATES),
        "theme": sorted(app.available_themes),
        "forget": sorted(view.name for view in app.plan.views.values()),
        "tag": sorted(tag.name for tag in app.plan.tags.values()),
    }
    options = known.get(name)
    if options is not None:
        start, _, last = rest.rpartition(" ")
        lead = f"{name} {start} " if start else f"{name} "
        return [f"{lead}{option}" for option in options if option.startswith(last)]
    if name in ("add", "set"):
        start, _, _ = typed.rpartition(" ")
        return [f"{start} {word}" for word in complete(rest, app.plan)]
    if name in ("import", "export"):
        return [f"{name} {path}" for path in _paths(rest)]
    return []


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _paths(typed: str) -> list[str]:
    given = Path(typed).expanduser()
    folder, start = (given, "") if typed.endswith("/") else (given.parent, given.name)
    if not start and not typed:
        return []
    try:
        names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in folder.iterdir())
    except OSError:
        return []
    lead = typed[: len(typed) - len(start)]
    return [lead + name for name in names if name.startswith(start) and not name.startswith(".")][:50]


def _targets(app: PmtuiApp) -> tuple[str, ...]:
    found = app.matrix.targets()
    if not found:
        raise Refused("There is no item under the cursor. Press a to add one, or Esc to see all.")
    return found


def _item(app: PmtuiApp, text: str) -> str:
    found = resolve(app.plan, text.strip())
    if found is None or found[0] != "backlog_item":
        raise Refused(f"There is no item {quoted(text)}. Type its key, as F-3.")
    return found[1]
