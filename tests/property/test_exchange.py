"""Whatever a plan holds, files bring it back."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.domain.clock import fixed_clock
from pmtui.domain.codec import row_of
from pmtui.domain.commands import ImportEntities
from pmtui.domain.entities import link_id
from pmtui.domain.entities.backlog import BacklogItem, ItemDependency
from pmtui.domain.entities.common import ItemTag, Tag, View
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.entities.schedule import Dependency, Project, Task
from pmtui.domain.entities.vision import KeyResult, Objective, Product
from pmtui.domain.fields import FIRST_DAY, LAST_DAY, specs
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.domain.text import clean
from pmtui.exchange.cells import guard_formula, unguard_formula
from pmtui.exchange.csv_things import TABLES
from pmtui.exchange.read import BadFile, plan_import
from pmtui.exchange.write import export_csv, export_json, export_things

TODAY = date(2026, 3, 2)
WORD = st.text(st.sampled_from("=+-@' \t\r\n\",;ab1é界🛒[]/#\u0301\u200d\x07＝"), max_size=12)


CELL = WORD | st.sampled_from(["", "1", "2", "3", "1FS+2d", "2 3SS-1 day", "3d 4h", "1d", "0d", "J-1 Site", "Site"])


def clean_text(*, multiline=False, required=False):
    texts = WORD.map(lambda text: clean(text, multiline=multiline))
    return texts.filter(lambda text: text.strip()) if required else texts


def value_of(spec):
    match spec.type:
        case "number" if spec.choices:
            return st.none() | st.sampled_from(spec.choices)
        case "number":
            return st.none() | st.floats(spec.low, spec.high)
        case "duration":
            return st.integers(int(spec.low), int(spec.high))
        case "day":
            days = st.dates(FIRST_DAY, LAST_DAY)
            return days if spec.required else st.none() | days
        case "choice":
            return st.sampled_from(spec.choices)
        case "flag":
            return st.booleans()
        case _:
            return clean_text(multiline=spec.type == "notes", required=spec.required)


def fields_of(entity, *without):
    """The values that each field of an entity can have, but for those that refer or identify."""
    return {
        name: value_of(spec)
        for name, spec in specs(entity).items()
        if spec.type not in ("ref", "id", "key") and name not in ("external_id", *without)
    }


FIELDS = fields_of(BacklogItem)
PROMISE = ("window_start", "window_end", "promise_start", "promise_end", "promised_on", "confidence", "audience")
OTHERS = {
    Product: fields_of(Product),
    Objective: fields_of(Objective),
    KeyResult: fields_of(KeyResult),
    Initiative: fields_of(Initiative, *PROMISE),
    Project: fields_of(Project),
    Task: fields_of(Task, "position"),
}


@st.composite
def windows(draw):
    """The window of a card and its promise, which is whole or none."""
    days = st.dates(FIRST_DAY, LAST_DAY)
    first, last = sorted((draw(days), draw(days)))
    found = {"window_start": draw(st.sampled_from([None, first])), "window_end": draw(st.sampled_from([None, last]))}
    if draw(st.booleans()):
        found |= {
            "promise_start": draw(st.sampled_from([None, first])),
            "promise_end": last,
            "promised_on": draw(days),
            "confidence": draw(st.floats(0, 1)),
            "audience": draw(clean_text()),
        }
    return found


@st.composite
def work(draw, new_id, product, objective, items):
    """Cards, key results, projects, tasks in outlines, and links from earlier tasks to later ones."""

    def one(entity, **given):
        values = {name: draw(values) for name, values in OTHERS[entity].items()}
        external = draw(st.sampled_from([None, f"tool:{new_id()}"]))
        return entity(id=new_id(), external_id=external, **{**values, **given})

    results = [one(KeyResult, objective_id=objective.id) for _ in range(draw(st.integers(0, 2)))]
    cards = [
        one(
            Initiative,
            product_id=product.id,
            objective_id=draw(st.sampled_from([None, objective.id])),
            **draw(windows()),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    projects = [one(Project, product_id=product.id) for _ in range(draw(st.integers(0, 2)))]
    tasks = []
    for number in range(draw(st.integers(0, 6)) if projects else 0):
        project = draw(st.sampled_from(projects))
        parents = [task.id for task in tasks if task.project_id == project.id]
        task = one(
            Task,
            project_id=project.id,
            parent_id=draw(st.sampled_from([None, *parents])),
            position=float(number),
            item_id=draw(st.sampled_from([None, *(item.id for item in items)])),
            initiative_id=draw(st.sampled_from([None, *(card.id for card in cards)])),
            archived=False,
        )
        tasks.append(task)
    wholes = {task.parent_id for task in tasks}
    free = [task.id for task in tasks if task.parent_id is None and task.id not in wholes]
    links = [
        Dependency(
            id=link_id(before, after),
            predecessor_id=before,
            successor_id=after,
            type=draw(st.sampled_from(("FS", "SS", "FF", "SF"))),
            lag=draw(st.integers(-4_800_000, 4_800_000)),
        )
        for at, before in enumerate(free)
        for after in free[at + 1 :]
        if draw(st.booleans())
    ]
    return [*results, *cards, *projects, *tasks, *links]


@st.composite
def plans(draw, *, with_others=True):
    """A plan that the rules accept: links lead from later items to earlier ones."""
    new_id = fixed_clock(TODAY, seed=draw(st.integers(0, 10**6))).new_id
    entities = []
    product = objective = None
    if with_others:
        product = Product(id=new_id(), **{name: draw(values) for name, values in OTHERS[Product].items()})
        fields = {name: draw(values) for name, values in OTHERS[Objective].items()}
        objective = Objective(id=new_id(), product_id=product.id, **fields)
        entities += [product, objective, View(id=new_id(), name="v", filter=draw(clean_text()))]
    names = draw(st.lists(st.sampled_from(["a", "-b", "@c", "=d"]), unique=True))
    tags = [Tag(id=new_id(), name=name) for name in names]
    items = []
    for number in range(draw(st.integers(0, 5))):
        earlier = [item.id for item in items]
        item = BacklogItem(
            id=new_id(),
            external_id=draw(st.sampled_from([None, f"jira:{number}", f"-x:{number}"])),
            parent_id=draw(st.sampled_from([None, *earlier])),
            product_id=product.id if product and draw(st.booleans()) else None,
            objective_id=objective.id if objective and draw(st.booleans()) else None,
            **{name: draw(values) for name, values in FIELDS.items()},
        )
        items.append(item)
        needed = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        entities += [ItemDependency(id=link_id(item.id, n), item_id=item.id, needs_id=n) for n in needed]
        worn = draw(st.lists(st.sampled_from(tags), unique_by=lambda tag: tag.id)) if tags else []
        entities += [ItemTag(id=link_id(item.id, tag.id), item_id=item.id, tag_id=tag.id) for tag in worn]
    if with_others:
        entities += draw(work(new_id, product, objective, items))
    else:
        tags = [tag for tag in tags if any(getattr(e, "tag_id", "") == tag.id for e in entities)]
    return Plan().apply(decide(Plan(), ImportEntities("x", (*tags, *items, *entities)), TODAY))


def imported(content, name, plan):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return plan_import(path, plan, new_id=fixed_clock(TODAY, seed=99).new_id, today=LAST_DAY)


def after(report, plan):
    return plan.apply(decide(plan, report.command, TODAY))


def rows(plan, kind):
    return {entity.id: row_of(entity) for entity in plan.of(kind).values()}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_json_brings_every_plan_back_to_the_same_bytes(plan):
    content = export_json(plan)
    report = imported(content, "plan.json", Plan())

    assert export_json(after(report, Plan())) == content
    assert report.findings == ()
    assert imported(content, "plan.json", plan).is_empty


THINGS = [kind for kind in TABLES.values() if kind != "backlog_item"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.sampled_from(THINGS))
def test_the_own_table_of_any_kind_changes_nothing_in_its_plan(plan, kind):
    report = imported(export_things(plan, kind), "table.csv", plan)
    assert report.is_empty
    assert report.findings == ()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_all_tables_together_bring_every_plan_back(plan):
    again = Plan()
    for kind in ("product", "objective", "key_result", "initiative", "backlog_item", "project", "task"):
        content = export_csv(plan) if kind == "backlog_item" else export_things(plan, kind)
        again = after(imported(content, "table.csv", again), again)
    for kind in ("product", "objective", "key_result", "initiative", "backlog_item", "project", "dependency"):
        assert rows(again, kind) == rows(plan, kind)
    assert export_things(again, "task") == export_things(plan, "task")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(with_others=False))
def test_csv_brings_every_backlog_back(plan):
    content = export_csv(plan)
    report = imported(content, "backlog.csv", Plan())
    again = after(report, Plan())

    assert rows(again, "backlog_item") == rows(plan, "backlog_item")
    assert rows(again, "item_dependency") == rows(plan, "item_dependency")
    assert export_csv(again) == content
    assert report.findings == ()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_a_plans_own_csv_changes_nothing_in_it(plan):
    assert imported(export_csv(plan), "backlog.csv", plan).is_empty


@given(WORD)
def test_the_guard_against_formulas_always_comes_off_again(text):
    assert unguard_formula(guard_formula(text)) == text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.binary(max_size=200),
    st.sampled_from(["x.csv", "x.json", "x"]),
    st.sampled_from(
        [b"", b"id,title\n1,", b"id,name,duration,predecessors\n1,A,", b'{"format": "pmtui", "version": 1, "tag": [']
    ),
)
def test_any_bytes_are_read_or_refused_in_a_sentence(data, name, start):
    try:
        report = imported(start + data, name, Plan())
    except BadFile as refusal:
        said = refusal.sentence
    else:
        said = "\n".join([*report.summary(), decide(Plan(), report.command, TODAY).label])
    assert clean(said, multiline=True) == said


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(WORD, min_size=1, max_size=5), max_size=8), st.sampled_from(",;\t"))
def test_any_table_is_read_or_refused_and_a_second_import_finds_nothing_new(table, delimiter):
    lines = [delimiter.join(["id", "title", "status", "parent", "labels"])]
    lines += [delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in table]
    content = "\n".join(lines)
    try:
        plan = after(imported(content, "x.csv", Plan()), Plan())
    except BadFile:
        return
    assert imported(content, "x.csv", plan).is_empty


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(CELL, min_size=7, max_size=7), max_size=8))
def test_any_table_of_tasks_is_read_or_refused_and_a_second_import_finds_nothing_new(table):
    lines = ["id,name,duration,predecessors,outline level,parent,project"]
    lines += [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in table]
    content = "\n".join(lines)
    try:
        plan = after(imported(content, "x.csv", Plan()), Plan())
    except BadFile:
        return
    assert imported(content, "x.csv", plan).is_empty
