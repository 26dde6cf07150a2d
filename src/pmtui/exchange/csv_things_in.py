"""Cards, tasks, projects, objectives, key results and products from a CSV table: our own export, or another tool's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pmtui.domain.entities import KINDS, kind_name, link_id
from pmtui.domain.entities.schedule import Task
from pmtui.domain.errors import Refused
from pmtui.domain.fields import Scalar, specs
from pmtui.domain.links import parse_links
from pmtui.domain.plan import Plan
from pmtui.domain.relations import predecessors
from pmtui.domain.rules.vision import only_product
from pmtui.domain.text import clean_line, quoted
from pmtui.exchange import cells
from pmtui.exchange.columns import IDENTITY, Header
from pmtui.exchange.csv_rows import by_name, report_columns
from pmtui.exchange.csv_table import read_table
from pmtui.exchange.csv_thing_rows import ThingCells, ThingRow
from pmtui.exchange.csv_things import columns_of
from pmtui.exchange.findings import BadFile, Collector
from pmtui.exchange.merge import Brought, Merged, complete, merge

_ID = re.compile(r"[0-9A-Za-z_-]{1,19}")
_KEYED = re.compile(r"[A-Z]-[0-9]{1,9} (.+)")
_LINKS = re.compile(r"[^\s,;]+")
_AROUND_SIGN = re.compile(r"\s*([+-])\s*")
LONGEST_NAME = 400
"""Characters of an id of the file; with the source it must fit into an external id."""


@dataclass(slots=True)
class _Reading:
    """One table on its way into a plan."""

    kind: str
    plan: Plan
    source: str
    new_id: Callable[[], str]
    today: date
    header: Header
    collector: Collector
    rows: dict[str, ThingRow] = field(default_factory=dict)
    """The rows by the plan's id of the thing that each is."""
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    """Ids by kind and then by what the file may call a thing."""
    projects: list[Brought] = field(default_factory=list)
    """Projects that the table speaks of and the plan has not."""
    removes: list[tuple[str, str]] = field(default_factory=list)
    _titles: Counter[str] = field(default_factory=Counter)

    def identify(self, row: ThingRow, known: dict[str, str], keys: dict[str, str]) -> str:
        """The plan's id for a row, by its own id, its external id or its key; a new one where it is new."""
        if self.header.own:
            external = row.values.get(IDENTITY)
            if row.own_id in self.plan.of(self.kind):
                return row.own_id
            if external in known:
                return known[str(external)]
            if not row.own_id and row.key in keys:
                return keys[row.key]
            if _ID.fullmatch(row.own_id):
                return row.own_id
            if external or row.key:
                return self.new_id()
        if not row.values.get(IDENTITY):
            row.values[IDENTITY] = f"{self.source}:{row.name or row.wbs or self._title_name(row)}"
        return known.setdefault(str(row.values[IDENTITY]), self.new_id())

    def _title_name(self, row: ThingRow) -> str:
        title = row.title[: LONGEST_NAME - 20]
        self._titles[title] += 1
        return f"title={title}" + (f" #{self._titles[title]}" if self._titles[title] > 1 else "")


def import_things(
    name: str, text: str, plan: Plan, kind: str, *, source: str, new_id: Callable[[], str], today: date
) -> tuple[Merged, Collector, int]:
    """What a table of *kind* changes in *plan*, the findings, and how many rows it has. Raises `BadFile`."""
    collector = Collector()
    columns = columns_of(kind)
    table = read_table(name, text, lambda names: columns.header(names).known, collector)
    header = columns.header([clean_line(cell) for cell in table.header])
    if not (header.columns_of("title") or header.columns_of("name")):
        shown = ", ".join(quoted(column, 30) for column in header.names[:12])
        raise BadFile(name, f"No column holds the titles of the {kind_name(kind)}s. Its columns are: {shown}.")
    report_columns(header, table, collector, hint="")
    reading = _Reading(kind, plan, source, new_id, today, header, collector)
    reader = ThingCells.of(kind, header, table, collector)
    _take_rows(reading, [reader.read(row) for row in table.rows])
    collector.stop_on_errors(name)
    things = list(_things(reading))
    brought = [*reading.projects, *things, *_links(reading, things)]
    merged = merge(plan, brought, collector)
    merged.removes += reading.removes
    collector.stop_on_errors(name)
    return merged, collector, len(table.rows)


def _take_rows(reading: _Reading, rows: list[ThingRow]) -> None:
    there = reading.plan.of(reading.kind)
    known = {entity.external_id: entity.id for entity in there.values() if entity.external_id}
    keys = {entity.key: entity.id for entity in there.values()}
    seen: dict[str, ThingRow] = {}
    for row in rows:
        if len(row.name) > LONGEST_NAME:
            reading.collector.error(f"The id {quoted(row.name)} is too long to be one.", row.line)
            continue
        thing_id = reading.identify(row, known, keys)
        twin = seen.setdefault(thing_id, row)
        if twin is not row:
            reading.collector.error(f"{row.who} is on line {twin.line} already. Keep one of the two rows.", row.line)
        elif not row.title and thing_id not in there:
            reading.collector.warn("This row has no title and was left out.", row.line)
        else:
            reading.rows[thing_id] = row


def _things(reading: _Reading) -> Iterator[Brought]:
    """The rows as things of the plan, those whose references cannot be placed left out with a warning."""
    product = only_product(reading.plan)
    has_product = "product_id" in specs(KINDS[reading.kind])
    parents = _parents(reading) if reading.kind == "task" else {}
    places = _Places(reading.plan)
    for thing_id, row in reading.rows.items():
        values: dict[str, Scalar] = {"key": row.key, **row.values} if row.key else dict(row.values)
        current = reading.plan.find(reading.kind, thing_id)
        _refer(reading, row, values, current)
        defaults: dict[str, Scalar] = {"product_id": product} if has_product and not reading.header.own else {}
        if reading.kind == "task":
            if thing_id in parents:
                values["parent_id"] = parents[thing_id]
            _settle_project(reading, thing_id, values)
            if current is None:
                defaults["position"] = places.next(values)
        elif reading.kind == "project":
            defaults["start_on"] = reading.today
        missing = complete(reading.kind, {**defaults, **values}) if current is None else []
        if missing:
            reading.collector.warn(f"{row.who} has no {missing[0]} in the plan and was left out.", row.line)
        else:
            yield Brought(reading.kind, thing_id, values, row.line, defaults)


class _Places:
    """Gives new tasks their places behind those that are there, in the order of the file."""

    def __init__(self, plan: Plan) -> None:
        self._last: dict[tuple[Scalar, Scalar], float] = {}
        for task in plan.tasks.values():
            group = (task.project_id, task.parent_id)
            self._last[group] = max(self._last.get(group, 0.0), task.position or 0.0)

    def next(self, values: dict[str, Scalar]) -> float:
        """The place of a task with these values."""
        group = (values.get("project_id"), values.get("parent_id"))
        self._last[group] = self._last.get(group, 0.0) + 1
        return self._last[group]


def _refer(reading: _Reading, row: ThingRow, values: dict[str, Scalar], current: Any) -> None:
    for name, text in row.refs.items():
        spec = specs(KINDS[reading.kind])[name]
        if name == "parent_id":
            continue
        if not text:
            if spec.nullable:
                values[name] = None
            continue
        found = _named(reading, spec.to, text)
        if found is None and name == "project_id":
            found = _new_project(reading, text, row.line)
        there = reading.plan.find(spec.to, found or "")
        if found is None:
            reading.collector.warn(
                f"The {spec.title} {quoted(text, 60)} of {row.who} is not in the plan; it was left out.", row.line
            )
        elif getattr(there, "archived", False) and not (
            getattr(current, name, None) == found or (current is None and reading.header.own)
        ):
            reading.collector.warn(f"The {spec.title} of {row.who} is in the archive; it was left out.", row.line)
        else:
            values[name] = found


def _named(reading: _Reading, kind: str, text: str) -> str | None:
    """The id of what a cell names: `J-1 Site`, `J-1`, or `Site` where only one is called so."""
    names = reading.names.get(kind)
    if names is None:
        names = reading.names[kind] = by_name(reading.plan, kind)
    keyed = _KEYED.fullmatch(text)
    return names.get(text) or names.get(text.strip()) or (names.get(keyed[1]) if keyed else None)


def _new_project(reading: _Reading, text: str, line: int | None = None) -> str:
    """A project for tasks that name one which the plan has not."""
    keyed = _KEYED.fullmatch(text)
    name = clean_line(keyed[1] if keyed else text)
    external = f"{reading.source}:project={name}"[:LONGEST_NAME]
    known = next((p.id for p in reading.plan.projects.values() if p.external_id == external), None)
    project = known or reading.new_id()
    reading.names.setdefault("project", by_name(reading.plan, "project"))[text] = project
    if known is None:
        values: dict[str, Scalar] = {"name": name, "external_id": external, "start_on": reading.today}
        if keyed:
            values["key"] = text.partition(" ")[0]
        reading.projects.append(Brought("project", project, values, line))
        reading.collector.note(f"The project {quoted(name, 60)} is new and starts on {reading.today}.", line)
    return project


def _settle_project(reading: _Reading, task_id: str, values: dict[str, Scalar]) -> None:
    """A part is in the project of its whole; a task that names none is where it was, or in the one for this file."""
    parent = values.get("parent_id")
    if isinstance(parent, str) and (project := _project_of(reading, parent)):
        values["project_id"] = project
    elif "project_id" not in values and task_id not in reading.plan.tasks:
        values["project_id"] = _only_project(reading)
    if "project_id" in values:
        reading.names.setdefault("", {})[task_id] = str(values["project_id"])


def _project_of(reading: _Reading, task_id: str) -> str | None:
    placed = reading.names.get("", {}).get(task_id)
    task = reading.plan.tasks.get(task_id)
    return placed or (task.project_id if task else None)


def _only_project(reading: _Reading) -> str:
    live = [project.id for project in reading.plan.projects.values() if not project.archived]
    if len(live) == 1 and not reading.projects:
        return live[0]
    return _named(reading, "project", reading.source) or _new_project(reading, reading.source)


def _parents(reading: _Reading) -> dict[str, str | None]:
    """The parent of each task: as a column names it, else by outline level, else by WBS code."""
    found: dict[str, str | None] = {}
    names = _task_names(reading)
    by_code = {row.wbs: id_ for id_, row in reading.rows.items() if row.wbs}
    has_levels = bool({row.level for row in reading.rows.values()} - {None})
    above: list[tuple[int, str]] = []
    for task_id, row in reading.rows.items():
        said = row.refs.get("parent_id")
        if said is not None:
            found[task_id] = names.get(said.strip()) if said else None
            if said and found[task_id] is None:
                del found[task_id]
                what = (
                    f"{row.who} has a parent that cannot be placed: {quoted(said, 40)} is neither here nor in the plan."
                )
                reading.collector.warn(what, row.line)
        elif reading.header.own:
            continue
        elif has_levels:
            level = row.level or 1
            above = [step for step in above if step[0] < level]
            found[task_id] = above[-1][1] if above else None
            above.append((level, task_id))
        elif row.wbs:
            found[task_id] = by_code.get(row.wbs.rpartition(".")[0])
    return found


def _task_names(reading: _Reading) -> dict[str, str]:
    """Ids of tasks by what the file calls them: its own ids or keys, and those of the plan."""
    if reading.header.own:
        names = {task.key: task.id for task in reading.plan.tasks.values()}
        names |= {row.own_id: id_ for id_, row in reading.rows.items() if row.own_id}
        return names | {row.key: id_ for id_, row in reading.rows.items() if row.key}
    start = f"{reading.source}:"
    tasks = reading.plan.tasks.values()
    names = {t.external_id[len(start) :]: t.id for t in tasks if t.external_id and t.external_id.startswith(start)}
    return names | {row.name or row.wbs: id_ for id_, row in reading.rows.items() if row.name or row.wbs}


def _links(reading: _Reading, things: list[Brought]) -> Iterator[Brought]:
    """What each task waits for."""
    if reading.kind != "task":
        return
    brought = {one.id for one in things}
    names = {name: id_ for name, id_ in _task_names(reading).items() if id_ in brought or id_ in reading.plan.tasks}
    # the words of links are read by a plan that holds nothing but tasks under the names that the file has for them
    ids = {f"~{number}": id_ for number, id_ in enumerate(names.values())}
    called = {no: Task(id=no, key=name, project_id="", title="") for no, name in zip(ids, names, strict=True)}
    tasks = Plan(0, {"task": called})
    for thing in things:
        if reading.rows[thing.id].waits_for is not None:
            yield from _waits_for(reading, thing.id, tasks, ids)


def _waits_for(reading: _Reading, task_id: str, called: Plan, ids: Mapping[str, str]) -> Iterator[Brought]:
    """The links of one task; *called* has tasks by the names of the file, and *ids* says which of the plan they are."""
    row = reading.rows[task_id]
    wanted: set[str] = set()
    whole = True
    for word in _LINKS.findall(cells.short_units(_AROUND_SIGN.sub(r"\1", row.waits_for or ""))):
        try:
            ((number, (link_type, lag)),) = parse_links(word, called).items()
            before = ids[number]
            if before == task_id or before in wanted:
                again = "a task cannot wait for itself" if before == task_id else "it stands there twice"
                raise Refused(f"{quoted(word)}: {again}.")
        except Refused as refusal:
            whole = False
            reading.collector.warn(f"{row.who} waits for what cannot be placed: {refusal.sentence}", row.line)
            continue
        wanted.add(before)
        ends: dict[str, Scalar] = {"predecessor_id": before, "successor_id": task_id, "type": link_type, "lag": lag}
        yield Brought("dependency", link_id(before, task_id), ends, row.line)
    if whole:
        gone = [one.id for one in predecessors(reading.plan).get(task_id, ()) if one.predecessor_id not in wanted]
        reading.removes += [("dependency", link) for link in gone]
