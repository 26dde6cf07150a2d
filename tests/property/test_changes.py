"""Whatever people do, in whatever order: a step taken back leaves the plan as it was."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.domain import commands as c
from pmtui.domain.changes import Changes
from pmtui.domain.clock import fixed_clock
from pmtui.domain.codec import decode_row, encode_row, entity_of, row_of
from pmtui.domain.entities import KINDS, link_id
from pmtui.domain.entities.backlog import PRIORITIES, STATES, BacklogItem
from pmtui.domain.errors import Refused
from pmtui.domain.fields import check, specs
from pmtui.domain.plan import Plan, needs_of
from pmtui.domain.rules import decide
from pmtui.domain.rules.backlog import SCORE_FIELDS
from pmtui.domain.rules.integrity import find_cycle, verify
from pmtui.planning.jump import find
from pmtui.planning.query import parse
from pmtui.planning.scoring import METHODS, rank
from pmtui.planning.tree import outline

TODAY = date(2026, 11, 23)
LIMITS = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

things = st.integers(0, 9)
texts = st.one_of(st.sampled_from(["inbox", "Ops", "ops", "two words", "x"]), st.text(max_size=12))
scores = st.one_of(st.none(), st.floats(-1, 12), st.integers(0, 10))
fields = st.sampled_from(["title", "owner", "notes", "value", "effort", "state", "priority", "parent_id", "impact"])
values = st.one_of(texts, scores, st.sampled_from(STATES), st.sampled_from(PRIORITIES))

actions = st.one_of(
    st.tuples(st.just("item"), texts, scores, st.one_of(st.none(), things), st.lists(texts, max_size=3)),
    st.tuples(st.just("product"), texts),
    st.tuples(st.just("objective"), texts),
    st.tuples(st.just("nudge"), st.lists(things, max_size=4), st.sampled_from(SCORE_FIELDS), st.integers(-3, 3)),
    st.tuples(st.just("advance"), st.lists(things, max_size=4)),
    st.tuples(st.just("state"), st.lists(things, max_size=4), st.sampled_from(STATES), texts),
    st.tuples(st.just("tag"), st.lists(things, max_size=4), st.lists(texts, max_size=2), st.lists(texts, max_size=2)),
    st.tuples(st.just("needs"), things, things),
    st.tuples(st.just("free"), things, things),
    st.tuples(st.just("edit"), st.lists(things, min_size=1, max_size=3), fields, values),
    st.tuples(st.just("under"), things, things),
    st.tuples(st.just("archive"), st.lists(things, max_size=3)),
    st.tuples(st.just("restore"), st.lists(things, max_size=3)),
    st.tuples(st.just("view"), texts, texts),
    st.tuples(st.just("bring"), texts, things),
)


class Hand:
    """Turns an action into a command for a plan; things are counted through the plan's items."""

    def __init__(self, plan: Plan, new_id) -> None:
        self.plan = plan
        self.new_id = new_id
        self.ids = list(plan.backlog_items) or ["gone"]

    def command(self, action: tuple) -> c.Command:
        return getattr(self, action[0])(*action[1:])

    def pick(self, number: int) -> str:
        return self.ids[number % len(self.ids)]

    def picks(self, numbers: list[int]) -> tuple[str, ...]:
        return tuple(self.pick(number) for number in numbers)

    def item(self, title, value, parent, tags):
        extra = {} if parent is None else {"parent_id": self.pick(parent)}
        return c.AddItem(self.new_id(), title or "T", {"value": value, **extra}, {tag: self.new_id() for tag in tags})

    def product(self, name):
        return c.AddProduct(self.new_id(), name)

    def objective(self, title):
        return c.AddObjective(self.new_id(), title)

    def nudge(self, numbers, field, steps):
        return c.NudgeScore(self.picks(numbers), field, steps)

    def advance(self, numbers):
        return c.AdvanceState(self.picks(numbers))

    def state(self, numbers, state, reason):
        return c.SetState(self.picks(numbers), state, reason)

    def tag(self, numbers, add, remove):
        return c.TagItems(self.picks(numbers), {name: self.new_id() for name in add}, tuple(remove))

    def needs(self, one, two):
        return c.AddDependency(self.pick(one), self.pick(two))

    def free(self, one, two):
        return c.RemoveDependency(self.pick(one), self.pick(two))

    def edit(self, numbers, field, value):
        ids = dict.fromkeys(self.picks(numbers))
        return c.EditFields(tuple(c.FieldEdit("backlog_item", id_, field, self.seen(id_, field), value) for id_ in ids))

    def under(self, one, two):
        return self.edit([one], "parent_id", self.pick(two))

    def seen(self, item_id: str, field: str):
        return getattr(self.plan.backlog_items.get(item_id), field, None)

    def archive(self, numbers):
        return c.Archive("backlog_item", self.picks(numbers))

    def restore(self, numbers):
        return c.Restore("backlog_item", self.picks(numbers))

    def view(self, name, text):
        return c.SaveView(self.new_id(), name, text)

    def bring(self, title, number):
        one, two = self.new_id(), self.new_id()
        child = BacklogItem(id=one, title=title or "T", parent_id=two)
        return c.ImportEntities("import", (child, BacklogItem(id=two, title="Parent", external_id=f"x:{number}")))


def backlog(new_id) -> Plan:
    """A plan to begin with: six items, one of them below another, one waiting for another, some tagged."""
    plan = Plan()
    ids = [new_id() for _ in range(6)]
    for number, item_id in enumerate(ids):
        extra = {"parent_id": ids[0]} if number == 1 else {}
        command = c.AddItem(item_id, f"Item {number}", {"value": float(number), **extra}, {f"t{number % 3}": new_id()})
        plan = plan.apply(decide(plan, command, TODAY))
    return plan.apply(decide(plan, c.AddDependency(ids[2], ids[3]), TODAY))


def contents(plan: Plan) -> dict[str, dict]:
    return {kind: dict(plan.of(kind)) for kind in KINDS if plan.of(kind)}


def take(plan: Plan, action: tuple, new_id) -> tuple[Plan, Changes | None]:
    """The plan after an action, and its changes; None where it was refused in a sentence."""
    try:
        changes = decide(plan, Hand(plan, new_id).command(action), TODAY)
    except Refused as refused:
        if refused.sentence.rstrip()[-1:] not in (".", "!", "?"):
            raise AssertionError(f"{refused.sentence!r} is no sentence") from refused
        return plan, None
    return plan.apply(changes), changes


@given(st.lists(actions, max_size=25))
@LIMITS
def test_every_step_has_its_way_back_and_forth(steps):
    new_id = fixed_clock(TODAY).new_id
    plan = backlog(new_id)
    for step in steps:
        before = plan
        plan, changes = take(before, step, new_id)
        if changes is None:
            continue
        back = changes.inverse("back")
        assert contents(plan.apply(back)) == contents(before)
        assert back.inverse("again").rows == changes.rows
        assert contents(before.apply(back.inverse("again"))) == contents(plan)
        assert all(row.before != row.after for row in changes.rows)


@given(st.lists(actions, max_size=25))
@LIMITS
def test_all_steps_taken_back_lead_to_where_they_began(steps):
    new_id = fixed_clock(TODAY).new_id
    start = plan = backlog(new_id)
    done: list[Changes] = []
    for step in steps:
        plan, changes = take(plan, step, new_id)
        if changes is not None:
            done.append(changes)
    end = plan
    for changes in reversed(done):
        plan = verify(plan, changes.inverse("back").rows)
    assert contents(plan) == contents(start)
    for changes in done:
        plan = verify(plan, changes.rows)
    assert contents(plan) == contents(end)


@given(st.lists(actions, max_size=30))
@LIMITS
def test_no_way_leads_to_a_plan_in_contradiction(steps):
    new_id = fixed_clock(TODAY).new_id
    plan = backlog(new_id)
    for step in steps:
        plan, _ = take(plan, step, new_id)
    for kind, entity_class in KINDS.items():
        for id_, thing in plan.of(kind).items():
            assert thing.id == id_
            for name, spec in specs(entity_class).items():
                value = getattr(thing, name)
                check(spec, value)
                assert not spec.to or value is None or value in plan.of(spec.to)
                assert spec.type != "number" or value is None or type(value) is float
            assert entity_of(kind, decode_row(kind, encode_row(row_of(thing)))) == thing
        for name, spec in specs(entity_class).items():
            if spec.unique:
                said = [getattr(thing, name) for thing in plan.of(kind).values()]
                said = [value for value in said if value is not None]
                assert len(said) == len(set(said))
    items = plan.backlog_items
    assert find_cycle(items, lambda id_: needs_of(plan).get(id_, ())) == []
    assert find_cycle(items, lambda id_: [p] if (p := items[id_].parent_id) else []) == []
    assert all(link.id == link_id(link.item_id, link.needs_id) for link in plan.item_dependencies.values())


@given(st.lists(actions, max_size=20), texts)
@LIMITS
def test_what_is_remembered_is_what_a_fresh_plan_says(steps, text):
    new_id = fixed_clock(TODAY).new_id
    plan = backlog(new_id)
    for step in steps:
        plan, _ = take(plan, step, new_id)
        fresh = Plan(plan.seq, plan.kinds)
        for method in METHODS:
            ids = list(plan.backlog_items)
            ranked = rank(plan, method.id, ids)
            assert ranked == rank(fresh, method.id, reversed(ids))
            assert sorted(entry.id for entry in ranked) == sorted(ids)
        assert parse(text).select(plan, "RICE") == parse(text).select(fresh, "RICE")
        assert find(plan, text) == find(fresh, text)
        assert sorted(id_ for id_, _ in outline(plan, ids)) == sorted(ids)
