"""Whatever is done in whatever order: undo leads back to the start, and the journal to what is there."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.domain.clock import fixed_clock
from pmtui.domain.commands import (
    AddDependency,
    AddItem,
    AddObjective,
    AdvanceState,
    Archive,
    EditFields,
    FieldEdit,
    ImportEntities,
    NudgeScore,
    RemoveDependency,
    Restore,
    SetState,
    TagItems,
)
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.errors import Refused
from pmtui.store.doctor import examine
from pmtui.store.read import load_plan
from pmtui.workspace import Actor, Workspace

POOL = [f"item{n}" for n in range(6)]
ids = st.sampled_from(POOL)
some = st.lists(ids, min_size=1, max_size=4, unique=True).map(tuple)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=20)
fields = st.sampled_from(["value", "effort", "reach", "impact", "confidence", "job_size"])


@st.composite
def edits(draw):
    name, values = draw(
        st.sampled_from(
            [
                ("title", texts),
                ("parent_id", st.none() | ids),
                ("value", st.none() | st.floats(0, 10)),
                ("created_on", st.none() | st.dates(date(1970, 1, 1), date(2200, 12, 31))),
                ("external_id", st.none() | st.sampled_from(["x:1", "x:2", "x:3"])),
            ]
        )
    )
    item, value = draw(ids), draw(values)

    def command(plan):
        seen = getattr(plan.backlog_items.get(item), name, None)
        return EditFields((FieldEdit("backlog_item", item, name, seen, value),))

    return command


def fixed(command):
    return lambda _plan: command


commands = st.one_of(
    edits(),
    st.builds(
        AddItem, ids, texts, st.fixed_dictionaries({}, optional={"parent_id": ids, "value": st.floats(0, 10)})
    ).map(fixed),
    st.builds(NudgeScore, some, fields, st.integers(-3, 3)).map(fixed),
    st.builds(AdvanceState, some).map(fixed),
    st.builds(SetState, some, st.sampled_from(["idea", "declined", "retired"]), texts).map(fixed),
    st.builds(TagItems, some, st.sampled_from([{"a": "taga"}, {"b": "tagb"}, {}]), st.sampled_from([(), ("a",)])).map(
        fixed
    ),
    st.builds(AddDependency, ids, ids).map(fixed),
    st.builds(RemoveDependency, ids, ids).map(fixed),
    st.builds(Archive, st.just("backlog_item"), some).map(fixed),
    st.builds(Restore, st.just("backlog_item"), some).map(fixed),
    st.builds(AddObjective, st.sampled_from(["o1", "o2"]), texts).map(fixed),
    st.lists(ids, min_size=2, max_size=6, unique=True).map(
        lambda new: fixed(ImportEntities("a file", tuple(BacklogItem(id=i, title=i) for i in new)))
    ),
    st.sampled_from(["undo", "redo"]),
)

START = ImportEntities("a start", tuple(BacklogItem(id=item, title=item) for item in POOL[:3]))


def rows(plan):
    return {kind: dict(found) for kind, found in plan.kinds.items() if found}


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(commands, min_size=3, max_size=14))
def test_any_sequence_is_undone_to_the_start_and_replayed_to_the_end(sequence):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.db"
        with Workspace(path, fixed_clock(date(2026, 3, 2)), Actor("ann", "desk")) as workspace:
            workspace.do(START)
            states = {0: {}, 1: rows(workspace.plan)}
            for step in sequence:
                before = rows(workspace.plan)
                try:
                    outcome = (
                        getattr(workspace, step)() if isinstance(step, str) else workspace.do(step(workspace.plan))
                    )
                except Refused:
                    assert rows(workspace.plan) == before
                    continue
                states[outcome.plan.seq] = rows(outcome.plan)
            assert rows(load_plan(path)) == rows(workspace.plan)
            assert examine(path) == []
            for seq, expected in states.items():
                assert rows(workspace.as_of(seq)) == expected
            while rows(workspace.plan):
                workspace.undo()
            assert rows(load_plan(path)) == {}
            assert examine(path) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), commands), min_size=3, max_size=14))
def test_two_windows_that_take_turns_agree_in_the_end(sequence):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.db"
        clock = fixed_clock(date(2026, 3, 2))
        with Workspace(path, clock, Actor("ann", "desk")) as ann, Workspace(path, clock, Actor("bob", "desk")) as bob:
            ann.do(START)
            assert rows(bob.plan) == rows(ann.plan)
            for first, step in sequence:
                workspace = ann if first else bob
                try:
                    getattr(workspace, step)() if isinstance(step, str) else workspace.do(step(workspace.plan))
                except Refused:
                    continue
            ann.poll()
            bob.poll()
            assert rows(ann.plan) == rows(bob.plan) == rows(load_plan(path))
            assert ann.plan.seq == bob.plan.seq
            assert examine(path) == []
