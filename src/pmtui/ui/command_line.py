"""The command line behind `:`. Every command has a word, what follows it, and a help line."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pmtui.domain.capture import parse_fields, parse_thing
from pmtui.domain.clock import Clock
from pmtui.domain.commands import (
    AddDependency,
    EditFields,
    FieldEdit,
    LinkTasks,
    RemoveDependency,
    RemoveView,
    SaveView,
    SetState,
    TagItems,
    UnlinkTasks,
)
from pmtui.domain.entities import KEY_LETTERS, kind_name
from pmtui.domain.entities.backlog import STATES
from pmtui.domain.errors import Refused
from pmtui.domain.links import parse_links
from pmtui.domain.plan import resolve
from pmtui.domain.text import clean_line, quoted
from pmtui.domain.words import find_state
from pmtui.planning.scoring import METHODS, inputs
from pmtui.ui.draw.arrangement import SORTS
from pmtui.ui.editing import completed, score_edits, tag_words
from pmtui.ui.question import Question
from pmtui.ui.tabs import HOMES

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


def _adder(kind: str) -> Handler:
    async def add(app: PmtuiApp, text: str) -> str:
        command = parse_thing(kind, text, app.plan, app.today(), app.new_id, **_context(app, kind))
        problem = await app.attempt(command)
        if not problem:
            app.go(command.id)
        return problem

    return add


_OF_A_PRODUCT = ("backlog_item", "initiative", "objective", "project")


def _context(app: PmtuiApp, kind: str) -> dict[str, str]:
    """What the thing under the cursor says about a new thing of *kind* beside or below it."""
    found = app.current.thing()
    if found is None:
        return {}
    here, entity = found
    if kind == "task" and here in ("task", "project"):
        return {"project_id": entity.id} if here == "project" else {"after_id": entity.id}
    if kind == "key_result" and here in ("objective", "key_result"):
        return {"objective_id": entity.id if here == "objective" else str(getattr(entity, "objective_id", ""))}
    product = entity.id if here == "product" else getattr(entity, "product_id", None)
    return {"product_id": product} if product and kind in _OF_A_PRODUCT else {}


async def _set(app: PmtuiApp, text: str) -> str:
    targets = app.current.targets_of()
    if targets is None:
        raise Refused("There is nothing under the cursor to set fields of.")
    kind, ids = targets
    values = parse_fields(text, app.plan, app.today(), kind)
    rows = app.plan.of(kind)
    edits = tuple(
        FieldEdit(kind, id_, name, getattr(rows[id_], name), value) for id_ in ids for name, value in values.items()
    )
    return await app.attempt(EditFields(edits))


async def _score(app: PmtuiApp, text: str) -> str:
    targets = _items(app)
    names = inputs(app.matrix.choices.method)
    return await app.attempt(EditFields(score_edits(app.plan, app.plan, targets, names, text, app.today())))


async def _tag(app: PmtuiApp, text: str) -> str:
    words = tag_words(text)
    add = {word: app.new_id() for word in words if not word.startswith("-")}
    return await app.attempt(TagItems(_items(app), add, tuple(w[1:] for w in words if w.startswith("-"))))


async def _state(app: PmtuiApp, text: str) -> str:
    words = text.split()
    # as many words as mean a state, so that "in progress" is not read as "in" with a reason behind it
    for count in range(len(words), 0, -1):
        state, reason = find_state(" ".join(words[:count])), " ".join(words[count:])
        if state is not None:
            break
    else:
        return f"{quoted(text)} is no state. It is one of: {', '.join(STATES)}."
    if reason and state not in ("declined", "retired"):
        return f"A reason is kept with declined and retired only. Type {quoted(f':state {state}')} without the rest."
    return await app.attempt(SetState(_targets(app, "backlog_item", "initiative"), state, reason))


async def _needs(app: PmtuiApp, text: str) -> str:
    first, *others = _items(app)
    return await app.attempt(AddDependency(first, _named(app, text, "backlog_item"), tuple(others)))


async def _free(app: PmtuiApp, text: str) -> str:
    first, *others = _items(app)
    return await app.attempt(RemoveDependency(first, _named(app, text, "backlog_item"), tuple(others)))


async def _after(app: PmtuiApp, text: str) -> str:
    targets = _targets(app, "task")
    links = parse_links(text, app.plan)
    if len(links) != 1:
        return "Name one task that comes first, as :after T-3 or :after T-3SS+2d."
    ((first, (link, lag)),) = links.items()
    return await app.attempt(LinkTasks(first, targets, link, lag))


async def _unlink(app: PmtuiApp, text: str) -> str:
    targets = _targets(app, "task")
    return await app.attempt(UnlinkTasks(_named(app, text, "task"), targets))


async def _filter(app: PmtuiApp, text: str) -> str:
    app.current.choose_filter(text.strip())
    return ""


async def _sort(app: PmtuiApp, text: str) -> str:
    if text.strip() not in SORTS:
        return f"Sort by one of: {', '.join(SORTS)}."
    await app.show_tab("matrix")
    app.matrix.choose(sort=text.strip())
    return ""


async def _method(app: PmtuiApp, text: str) -> str:
    found = [method.id for method in METHODS if method.id.casefold().startswith(text.strip().casefold())]
    if not text.strip() or len(found) != 1:
        return f"A method is one of: {', '.join(method.id for method in METHODS)}."
    await app.show_tab("matrix")
    app.matrix.choose(method=found[0])
    return ""


async def _view(app: PmtuiApp, text: str) -> str:
    name = clean_line(text)
    await app.show_tab("matrix")
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
    found = resolve(app.plan, text.strip())
    if found is None or found[0] not in HOMES:
        raise Refused(f"There is nothing with the key {quoted(text)}. Type it as F-3, C-2, T-7 or O-1.")
    app.go(found[1])
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
    Word("add", 'add "Title" value:8 effort:2 #tag', "a new item", _adder("backlog_item")),
    Word("card", "card Title lane:Trust horizon:next", "a new card of the roadmap", _adder("initiative")),
    Word("task", "task Title duration:3d after:T-3 @ann", "a new task behind the one under the cursor", _adder("task")),
    Word("project", "project Name start:2027-01-11", "a new project", _adder("project")),
    Word("product", "product Name", "a new product", _adder("product")),
    Word("objective", "objective Title due:2w", "a new objective", _adder("objective")),
    Word("result", "result Title start:0 target:10", "a new key result of this objective", _adder("key_result")),
    Word("set", "set value:8 effort:3 owner:ann", "fields of what is marked or under the cursor", _set),
    Word("after", "after T-3FS+2d", "the task waits for that one; SS, FF, SF, a lag or lead may follow", _after),
    Word("unlink", "unlink T-3", "it does not wait for that one any more", _unlink),
    Word("score", "score 8 3", "the inputs of the method in their order; - leaves one out", _score),
    Word("tag", "tag ui -old", "put tags on, take them off", _tag),
    Word("state", "state planned", "a state; declined and retired take the reason after it", _state),
    Word("needs", "needs F-3", "the item needs that one first", _needs),
    Word("free", "free F-3", "it does not need that one any more", _free),
    Word("filter", "filter tag:ui", "the same as /", _filter),
    Word("sort", "sort newest", "the order of the list", _sort),
    Word("method", "method RICE", "the prioritisation method", _method),
    Word("view", "view Name", "save what you see under a name", _view),
    Word("forget", "forget Name", "remove a saved view", _forget),
    Word("go", "go F-3", "move the cursor to anything by its key", _go),
    Word("import", "import FILE [MAP]", "bring items from CSV or JSON, as one step", _import),
    Word("export", "export FILE", "write the plan as JSON, or the backlog as .csv", _export),
    Word("backup", "backup", "a verified copy of the plan now", _backup),
    Word("theme", "theme pmtui-light", "other colours", _theme),
    Word("undo", "undo", "the same as u", _undo),
    Word("redo", "redo", "the same as ctrl+r", _redo),
    Word("help", "help", "every key", _help),
    Word("quit", "quit", "leave", _quit),
)

ADDS = {
    "add": "backlog_item",
    "card": "initiative",
    "task": "task",
    "project": "project",
    "product": "product",
    "objective": "objective",
    "result": "key_result",
}
"""What the words that add something add."""

_BY_NAME = {word.name: word for word in WORDS}


def command_question(app: PmtuiApp, text: str = "") -> Question:
    """The prompt for a command."""

    async def run(typed: str) -> str:
        return await run_command(app, typed)

    return Question(
        ":",
        run,
        value=text,
        placeholder="add  card  task  objective  set  state  go  filter  import  export  theme  help  quit",
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
    kind = ADDS.get(name)
    if name == "set" and (targets := app.current.targets_of()):
        kind = targets.kind
    if kind:
        return completed(typed, app.plan, kind)
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


def _targets(app: PmtuiApp, *kinds: str) -> tuple[str, ...]:
    """What is marked or under the cursor, which has to be of one of these kinds."""
    found = app.current.targets_of()
    if found is None:
        raise Refused("There is nothing under the cursor. Press a to add something, or Esc to see all.")
    if found.kind not in kinds:
        wanted = " or ".join(kind_name(kind) for kind in kinds)
        raise Refused(f"That is for a {wanted}, and a {kind_name(found.kind)} is under the cursor.")
    return found.ids


def _items(app: PmtuiApp) -> tuple[str, ...]:
    return _targets(app, "backlog_item")


def _named(app: PmtuiApp, text: str, kind: str) -> str:
    found = resolve(app.plan, text.strip())
    if found is None or found[0] != kind:
        raise Refused(f"There is no {kind_name(kind)} {quoted(text)}. Type its key, as {KEY_LETTERS[kind]}-3.")
    return found[1]
