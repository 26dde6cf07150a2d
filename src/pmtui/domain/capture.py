"""Capture: one line of text that says what a new thing is, for `pmtui add`, `:add` and the key `a`.

    Approval inbox value:8 effort:3 #ops @ann !high parent:F-3 notes:"two words"
    API duration:3d after:T-3SS+2d @ann

Words of the form `field:value` and words behind `#`, `@` and `!` are fields; all others are the title.
What only looks like a field is refused in words, because a typing error must not end in a title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pmtui.domain.capture_words import (
    ELSEWHERE,
    LINK_WORDS,
    SHOWN,
    TAG_WORDS,
    WINDOW_WORDS,
    Token,
    argument,
    one_slip,
    signs_of,
    tokens,
    words_of,
)
from pmtui.domain.commands.backlog import AddItem
from pmtui.domain.commands.roadmap import AddInitiative
from pmtui.domain.commands.schedule import AddProject, AddTask
from pmtui.domain.commands.vision import AddKeyResult, AddObjective, AddProduct
from pmtui.domain.entities import KEY_LETTERS, KINDS, kind_name
from pmtui.domain.entities.backlog import PRIORITIES, STATES
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, specs
from pmtui.domain.links import Link, parse_links
from pmtui.domain.plan import Plan, key_order
from pmtui.domain.promises import parse_window
from pmtui.domain.rules.backlog import tag_name
from pmtui.domain.text import clean_line, quoted
from pmtui.domain.values import read_value
from pmtui.domain.words import fold

COMPLETIONS = 50
"""How many completions are offered at most."""

ITEM = "backlog_item"
TITLES = {"product": "name", "project": "name"}
"""The field that is the title of a kind, where it is not `title`."""


@dataclass(slots=True)
class _Said:
    """What a line says."""

    title: str = ""
    values: dict[str, Scalar] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)


Addition = AddItem | AddTask | AddProject | AddProduct | AddObjective | AddKeyResult | AddInitiative
"""What a line of capture becomes, whatever its kind."""


def parse_thing(
    kind: str, text: str, plan: Plan, today: date, new_id: Callable[[], str], **context: Scalar
) -> Addition:
    """The command that adds the thing of *kind* that a line means. Raises `Refused` with a sentence.

    *context* are fields that hold where the line says nothing else, and for a task `after_id`, the
    task behind which it stands. *new_id* gives fresh ids. Quotation marks around the whole title keep
    fields in it from being read; within a title they stay.
    """
    return _command(kind, _read(kind, list(tokens(text, kind)), plan, today), plan, new_id, context)


def parse_words(
    kind: str, words: Sequence[str], plan: Plan, today: date, new_id: Callable[[], str], **context: Scalar
) -> Addition:
    """As `parse_thing`, for words that a shell has taken apart already: blanks inside one belong to it.

    A single word is a whole line, so `add "Approval inbox value:8"` and `add Approval inbox value:8`
    mean the same.
    """
    if len(words) == 1:
        return parse_thing(kind, words[0], plan, today, new_id, **context)
    said = _read(kind, [argument(word, kind) for word in words if word.strip()], plan, today)
    return _command(kind, said, plan, new_id, context)


def parse_fields(text: str, plan: Plan, today: date, kind: str = ITEM) -> dict[str, Scalar]:
    """The fields and values in `value:8 effort:3 owner:`; an empty value empties the field.

    Raises `Refused` for anything that is no field of the kind, and where nothing is said.
    """
    values: dict[str, Scalar] = {}
    example = " ".join(word for word in _EXAMPLES[kind].split() if ":" in word and not word.startswith("after"))
    for token in tokens(text, kind):
        if kind == ITEM and token.name in TAG_WORDS:
            raise Refused("Tags are put on and taken off with t, not set like a field.")
        if kind == "task" and token.name in LINK_WORDS:
            raise Refused("What a task waits for is said with b, with :after, or in its record (E).")
        if kind == "initiative" and token.name in WINDOW_WORDS:
            _put_window(values, token, today)
            continue
        name = words_of(kind).get(token.name)
        if name is None:
            instead = ELSEWHERE.get(kind, {}).get(fold(token.raw.partition(":")[0]))
            raise Refused(
                f"{quoted(token.raw)} sets no field of {_a(kind)}"
                + (f": {instead}." if instead and ":" in token.raw else f". Type field:value, as {example}.")
            )
        _put(kind, values, name, token, plan, today)
    if not values:
        raise Refused(f"Say what to set, as {example}.")
    return values


def complete(text: str, plan: Plan, kind: str = ITEM) -> list[str]:
    """What the last word of a line may become: whole words in place of it, in a sensible order.

    Field names for a plain word; behind a field's colon or behind `#`, `@`, `!` what the plan knows.
    """
    last = re.search(r"""(?:[^\s"]|"[^"]*"?)*$""", text)
    word = last[0] if last else ""
    if signs_of(kind).get(word[:1]):
        name, prefix, typed = signs_of(kind)[word[0]], word[0], word[1:]
    elif ":" in word:
        name, _, typed = word.partition(":")
        name, prefix = fold(name), f"{name}:"
        if name in LINK_WORDS | TAG_WORDS and "," in typed:
            before, _, typed = typed.rpartition(",")
            prefix += f"{before},"
    else:
        typed = fold(word)
        return [f"{name}:" for name in SHOWN[kind] if name.startswith(typed)]
    start = fold(typed.strip('"'))
    found = [known for known in _known(kind, name, plan) if fold(known).startswith(start)]
    return [prefix + (f'"{known}"' if " " in known else known) for known in found[:COMPLETIONS]]


def _known(kind: str, name: str, plan: Plan) -> list[str]:
    if kind == "task" and name in LINK_WORDS:
        return _keys(plan, "task")
    match words_of(kind).get(name, name):
        case "state":
            return [state.replace(" ", "-") for state in STATES]
        case "priority":
            return list(reversed(PRIORITIES[1:]))
        case "tag" | "tags":
            return sorted(tag.name for tag in plan.tags.values())
        case "lane":
            return sorted({card.lane for card in plan.initiatives.values() if card.lane and not card.archived})
        case "owner" | "manager":
            return _people(plan)
        case name if name in specs(KINDS[kind]):
            spec = specs(KINDS[kind])[name]
            if spec.to in KEY_LETTERS:
                return _keys(plan, spec.to)
            return [choice if isinstance(choice, str) else f"{choice:g}" for choice in spec.choices if choice != ""]
    return []


def _people(plan: Plan) -> list[str]:
    """Everybody who answers for something, whatever it is: who owns an item may do a task."""
    named = [(kind, name) for kind in KEY_LETTERS for name in ("owner", "manager") if name in specs(KINDS[kind])]
    found = {getattr(thing, name) for kind, name in named for thing in plan.of(kind).values() if not thing.archived}
    return sorted(found - {""})


def _keys(plan: Plan, kind: str) -> list[str]:
    return sorted((thing.key for thing in plan.of(kind).values() if not thing.archived), key=key_order)


def _read(kind: str, found: Sequence[Token], plan: Plan, today: date) -> _Said:
    said = _Said()
    title: list[Token] = []
    words = words_of(kind)
    for token in found:
        if kind == ITEM and token.name in TAG_WORDS:
            said.tags += [tag_name(word) for word in re.split(r"[,;]", token.value)]
            continue
        if token.name and not token.value.strip():
            raise Refused(
                f"Nothing stands behind {quoted(token.raw)}. Type its value without a blank between them, "
                "or put quotation marks around the whole title."
            )
        if kind == "task" and token.name in LINK_WORDS:
            _link(said.links, token, plan)
        elif kind == "initiative" and token.name in WINDOW_WORDS:
            _put_window(said.values, token, today)
        elif token.name in words:
            _put(kind, said.values, words[token.name], token, plan, today)
        else:
            _refuse_lookalike(kind, token)
            title.append(token)
    plain = " ".join(token.value if len(title) == 1 else token.raw for token in title)
    name = TITLES.get(kind, "title")
    if title and name in said.values:
        raise Refused(f"The {name} is said twice: {quoted(str(said.values[name]))} and {quoted(plain)}. Leave one out.")
    said.title = clean_line(str(said.values.pop(name, "")) or plain)
    if not said.title:
        what = "item" if kind == ITEM else kind_name(kind)
        raise Refused(f"There is no title. Type what the {what} is, as: {_EXAMPLES[kind]}")
    return said


_EXAMPLES = {
    "product": "Fieldnote stage:growth",
    "objective": "No note is lost due:2w",
    "key_result": "Teams start:0 target:10",
    "initiative": "Approvals without e-mail lane:Trust horizon:next",
    ITEM: "Approval inbox value:8 effort:3",
    "project": "Autumn release start:2w",
    "task": "API duration:3d after:T-3",
}


def _a(kind: str) -> str:
    what = kind_name(kind)
    return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"


def _put(kind: str, values: dict[str, Scalar], name: str, token: Token, plan: Plan, today: date) -> None:
    if name in values:
        what = "window" if name in _WINDOW else specs(KINDS[kind])[name].title
        raise Refused(f"The {what} is said twice. Leave one of the two out.")
    _refuse_open_quote(token)
    if kind == "key_result" and name in _MEASURES and token.value.endswith("%"):
        number = clean_line(token.value.rstrip("% "), 40)
        raise Refused(f"The {name} of a key result is a plain number. Type {token.name}:{number} unit:%.")
    values[name] = read_value(kind, name, token.value, plan, today)


_MEASURES = frozenset(("start", "current", "target"))
_WINDOW = frozenset(("window_start", "window_end"))


def _put_window(values: dict[str, Scalar], token: Token, today: date) -> None:
    """A window is both of its days at once; none, or `-`, empties them."""
    if not _WINDOW.isdisjoint(values):
        raise Refused("The window is said twice. Leave one of the two out.")
    _refuse_open_quote(token)
    empties = token.value.strip() in ("", "-")
    values["window_start"], values["window_end"] = (None, None) if empties else parse_window(token.value, today)


def _link(links: dict[str, Link], token: Token, plan: Plan) -> None:
    _refuse_open_quote(token)
    for task_id, link in parse_links(token.value, plan).items():
        if task_id in links:
            raise Refused(f"{plan.tasks[task_id].key} is named twice. Leave one of the two out.")
        links[task_id] = link


def _refuse_open_quote(token: Token) -> None:
    if token.value.startswith('"') and not token.quoted:
        raise Refused(f"The quotation mark in {quoted(token.raw)} is not closed. Type one behind its last word.")


def _refuse_lookalike(kind: str, token: Token) -> None:
    name, colon, value = token.raw.partition(":")
    word = fold(name)
    if not colon or not value or token.quoted:
        return
    instead = ELSEWHERE.get(kind, {}).get(word)
    if instead:
        raise Refused(
            f"{quoted(token.raw)} cannot be kept: {instead}. Leave it out, or put quotation marks around the title."
        )
    meant = next((known for known in SHOWN[kind] if len(known) > 3 and one_slip(word, known)), None)
    if meant:
        raise Refused(
            f"There is no field {quoted(name)}. Type {meant}:{clean_line(value, 40)} if you meant that, "
            "or put quotation marks around the title."
        )


def _command(kind: str, said: _Said, plan: Plan, new_id: Callable[[], str], context: Mapping[str, Scalar]) -> Addition:
    match kind:
        case "product":
            return AddProduct(new_id(), said.title, fields={**context, **said.values})
        case "objective":
            return _objective(said, new_id(), context)
        case "key_result":
            values = {**context, **said.values}
            return AddKeyResult(new_id(), said.title, _objective_for(values, plan), values)
        case "initiative":
            return AddInitiative(new_id(), said.title, _card_values(said, context))
        case "project":
            return AddProject(new_id(), said.title, {**context, **said.values})
        case "task":
            return _task(said, plan, new_id(), context)
        case _:
            return _item(said, new_id, context)


def _item(said: _Said, new_id: Callable[[], str], context: Mapping[str, Scalar]) -> AddItem:
    item_id = new_id()
    return AddItem(item_id, said.title, {**context, **said.values}, {tag: new_id() for tag in dict.fromkeys(said.tags)})


def _objective(said: _Said, objective_id: str, context: Mapping[str, Scalar]) -> AddObjective:
    values = {**context, **said.values}
    product, due, notes = (values.pop(name, None) for name in ("product_id", "due_on", "notes"))
    return AddObjective(
        objective_id,
        said.title,
        product_id=str(product) if product else None,
        due_on=due if isinstance(due, date) else None,
        notes=str(notes or ""),
        fields=values,
    )


def _objective_for(values: dict[str, Scalar], plan: Plan) -> str:
    given = values.pop("objective_id", None)
    return str(given) if given else _only_one(plan, "objective", "it measures", "a key result")


def _card_values(said: _Said, context: Mapping[str, Scalar]) -> dict[str, Scalar]:
    # one end that is typed means that the window of the column is not what is wanted
    kept = context if _WINDOW.isdisjoint(said.values) else {k: v for k, v in context.items() if k not in _WINDOW}
    return {**kept, **said.values}


def _task(said: _Said, plan: Plan, task_id: str, context: Mapping[str, Scalar]) -> AddTask:
    """What is typed about its place counts, and of the context only what fits to that."""
    values = {**context, **said.values}
    after, project = values.pop("after_id", None), values.pop("project_id", None)
    near = [str(task) for task in (values.get("parent_id"), after) if str(task) in plan.tasks]
    if "project_id" not in said.values:
        project = next((plan.tasks[task].project_id for task in near), project)
    elif "parent_id" not in said.values and any(plan.tasks[task].project_id != project for task in near):
        after = None
        values.pop("parent_id", None)
    return AddTask(
        task_id,
        said.title,
        str(project or _only_one(plan, "project", "it belongs to", "a task")),
        after_id=str(after) if after and "parent_id" not in said.values else None,
        fields=values,
        predecessors=said.links,
    )


def _only_one(plan: Plan, kind: str, relation: str, what: str) -> str:
    """The id of the one thing of *kind* that is not archived. Raises `Refused` where there are none or several."""
    live = sorted((thing for thing in plan.of(kind).values() if not thing.archived), key=lambda t: key_order(t.key))
    if len(live) == 1:
        return str(live[0].id)
    if not live:
        raise Refused(f"There is no {kind} yet, and {what} belongs to one. Add {_a(kind)} first.")
    names = ", ".join(f"{thing.key} {clean_line(getattr(thing, TITLES.get(kind, 'title')), 40)}" for thing in live[:8])
    more = f" and {len(live) - 8} more" if len(live) > 8 else ""
    raise Refused(f"Say which {kind} {relation}, as {kind}:{live[0].key}. There are: {names}{more}.")
