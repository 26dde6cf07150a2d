"""Links between tasks: what is linked, what is refused, and that nothing ever waits for itself."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.domain.commands import (
    AddProject,
    AddTask,
    Archive,
    EditFields,
    FieldEdit,
    ImportEntities,
    LinkTasks,
    Restore,
    SetPredecessors,
    UnlinkTasks,
)
from pmtui.domain.durations import DAY, HOUR
from pmtui.domain.entities import link_id
from pmtui.domain.entities.schedule import LINK_TYPES, Dependency, Project, Task
from pmtui.domain.errors import Conflict, Refused
from pmtui.domain.fields import MAX_MINUTES
from pmtui.domain.rules import decide
from pmtui.domain.rules.integrity import verify
from pmtui.domain.rules.linking import waits_for


def link(predecessor: str, successor: str, **fields) -> Dependency:
    return Dependency(id=link_id(predecessor, successor), predecessor_id=predecessor, successor_id=successor, **fields)


def task(name: str, parent: str | None = None, **fields) -> Task:
    return Task(id=name, title=name, project_id="site", parent_id=parent, **fields)


class TestLinking:
    @pytest.fixture
    def site(self, site):
        site.tasks("A B C D")
        return site

    def test_a_task_waits_for_another(self, site):
        site.link("A", "B", lag=2 * DAY)
        assert site.plan.dependencies["A.B"] == link("A", "B", type="FS", lag=2 * DAY)
        assert site.desk.last.label == "T-2 waits for T-1 (FS+2d)"

    def test_several_wait_in_one_step_and_those_that_do_already_stay(self, site):
        site.link("A", "B")
        site.link("A", "B", "C", "D", "C")
        assert site.links() == {"A>B", "A>C", "A>D"}
        assert site.desk.last.label == "2 tasks wait for T-1 (FS)"

    def test_a_link_that_is_there_gets_the_new_type_and_lag(self, site):
        site.link("A", "B")
        site.link("A", "B", type="SS", lag=-HOUR)
        assert site.plan.dependencies["A.B"] == link("A", "B", type="SS", lag=-HOUR)
        assert site.desk.last.label == "T-2 waits for T-1 (SS-1h)"
        sentence = site.refused(LinkTasks("A", ("B",), "SS", -HOUR))
        assert sentence == 'T-2 "B" waits for T-1 "A" already (SS-1h).'

    def test_a_link_goes(self, site):
        site.link("A", "B", "C")
        site.do(UnlinkTasks("A", ("B", "D")))
        assert (site.links(), site.desk.last.label) == ({"A>C"}, "T-2 no longer waits for T-1")
        assert site.refused(UnlinkTasks("A", ("B",))) == 'T-2 "B" does not wait for T-1 "A".'

    def test_a_task_waits_for_exactly_these(self, site):
        site.link("A", "D")
        site.link("B", "D")
        seen = waits_for(site.plan, "D")
        site.do(SetPredecessors("D", {"B": ("SS", DAY), "C": ("FS", 0)}, seen))
        assert waits_for(site.plan, "D") == {"B": ("SS", DAY), "C": ("FS", 0)}
        assert site.desk.last.label == "T-4 waits for T-2SS+1d T-3"
        site.do(SetPredecessors("D", {}, waits_for(site.plan, "D")))
        assert (site.links(), site.desk.last.label) == (set(), "T-4 waits for nothing")

    def test_what_another_window_linked_since_is_a_conflict(self, site):
        site.link("A", "D")
        site.link("B", "D", type="SS")
        with pytest.raises(Conflict) as caught:
            decide(site.plan, SetPredecessors("D", {}, {"A": ("FS", 0)}), site.desk.today)
        assert (caught.value.entity_id, caught.value.current) == ("D", "T-1 T-2SS")
        assert 'T-4 "D" waits for T-1 T-2SS now: another window changed it.' in caught.value.sentence

    def test_unless_both_linked_the_same(self, site):
        site.link("A", "D")
        assert not site.do(SetPredecessors("D", {"A": ("FS", 0)}, {}))

    def test_nothing_new_is_linked_with_the_archive_but_what_is_linked_may_stay_or_go(self, site):
        site.link("A", "D")
        site.do(Archive("task", ("A", "B")))
        for command in (
            LinkTasks("A", ("C",)),
            LinkTasks("C", ("A",)),
            LinkTasks("C", ("D", "A")),
            SetPredecessors("C", {"A": ("FS", 0)}, {}),
            SetPredecessors("D", {"A": ("SS", 0)}, {"A": ("FS", 0)}),
        ):
            assert 'T-1 "A" is in the archive. Restore it first, or choose another task.' in site.refused(command)
        site.do(SetPredecessors("D", {"A": ("FS", 0), "C": ("FS", 0)}, {"A": ("FS", 0)}))
        site.do(UnlinkTasks("A", ("D",)))
        assert site.links() == {"C>D"}

    @pytest.mark.parametrize("lag", [MAX_MINUTES + 1, -MAX_MINUTES - 1, 10**9 * HOUR, 1.5, None, True])
    def test_lags_that_make_no_sense(self, site, lag):
        for command in (
            LinkTasks("A", ("B",), "FS", lag),
            SetPredecessors("B", {"A": ("FS", lag)}, {}),
            AddTask("E", "E", "site", predecessors={"A": ("FS", lag)}),
        ):
            assert "The lag" in site.refused(command)

    def test_types_that_make_no_sense(self, site):
        assert '"XX" is no link. It is one of: FS, SS, FF, SF.' in site.refused(LinkTasks("A", ("B",), "XX"))

    def test_who_is_gone(self, site):
        assert "That task is no longer in the plan" in site.refused(LinkTasks("A", ("gone",)))
        assert "That task is no longer in the plan" in site.refused(LinkTasks("gone", ("A",)))
        assert "That task is no longer in the plan" in site.refused(SetPredecessors("A", {"gone": ("FS", 0)}, {}))

    def test_an_edit_of_a_link_names_its_tasks(self, site):
        site.link("A", "B")
        site.do(EditFields((FieldEdit("dependency", "A.B", "lag", 0, -DAY),)))
        assert site.desk.last.label == "the link between T-1 and T-2: lag 0d to -1d"
        with pytest.raises(Conflict, match="The lag of the link between T-1 and T-2 is -1d now; you saw 0d"):
            decide(site.plan, EditFields((FieldEdit("dependency", "A.B", "lag", 0, DAY),)), site.desk.today)

    def test_a_link_is_not_turned_to_another_task(self, site):
        site.link("A", "B")
        sentence = site.refused(EditFields((FieldEdit("dependency", "A.B", "successor_id", "B", "C"),)))
        assert "The id of the link between T-1 and T-3 is not made of its ends" in sentence


class TestCircles:
    def test_no_task_waits_for_itself(self, site):
        site.tasks("A B")
        assert site.refused(LinkTasks("A", ("A",))) == 'T-1 "A" cannot wait for itself.'
        assert site.refused(LinkTasks("A", ("B", "A"))) == 'T-1 "A" cannot wait for itself.'
        assert site.refused(SetPredecessors("A", {"A": ("SS", 0)}, {})) == 'T-1 "A" cannot wait for itself.'

    @pytest.mark.parametrize("back", LINK_TYPES)
    @pytest.mark.parametrize("there", LINK_TYPES)
    def test_two_tasks_do_not_wait_for_each_other_whatever_the_links(self, site, there, back):
        site.tasks("A B")
        site.link("A", "B", type=there)
        assert site.refused(LinkTasks("B", ("A",), back)) == (
            'Nothing could ever start: T-1 "A" before T-2 "B" before T-1 "A". Take one of these links away first.'
        )

    def test_a_diamond_is_no_circle(self, site):
        site.tasks("A B C D")
        site.link("A", "B", "C")
        site.link("B", "D")
        site.link("C", "D")
        assert len(site.plan.dependencies) == 4

    @pytest.mark.parametrize(("one", "other"), [("A", "C"), ("C", "A"), ("B", "C"), ("A", "B")])
    def test_nothing_waits_for_what_it_is_a_part_of(self, site, one, other):
        site.tasks("A(B(C)) D")
        sentence = site.refused(LinkTasks(one, (other,)))
        inner, outer = sorted((one, other), reverse=True)
        assert f'"{inner}" is a part of T-' in sentence
        assert f'"{outer}": neither can wait for the other. Link it with a task beside them.' in sentence

    def test_a_summary_finishes_behind_its_parts(self, site):
        site.tasks("A(B) C")
        site.link("A", "C")
        assert site.refused(LinkTasks("C", ("B",))) == (
            'Nothing could ever start: T-2 "B" as a part of T-1 "A" before T-3 "C" before T-2 "B". '
            "Take one of these links away first."
        )

    def test_a_summary_starts_before_its_parts(self, site):
        site.tasks("A(B) C")
        site.link("C", "A")
        assert site.refused(LinkTasks("B", ("C",))) == (
            'Nothing could ever start: T-3 "C" before T-1 "A" with its part T-2 "B" before T-3 "C". '
            "Take one of these links away first."
        )

    def test_a_circle_runs_through_a_summary_as_one_step(self, site):
        site.tasks("A(B(C D)) E")
        site.link("E", "A")
        sentence = site.refused(LinkTasks("A", ("E",)))
        assert 'T-1 "A" before T-5 "E" before T-1 "A".' in sentence

    def test_parts_of_two_summaries_may_be_linked_there_and_back(self, site):
        site.tasks("A(B C) D(E F)")
        site.link("B", "E")
        site.link("F", "C")
        assert "Nothing could ever start" in site.refused(LinkTasks("A", ("D",)))

    def test_a_new_parent_may_close_a_circle(self, site):
        site.tasks("A(B) C(D)")
        site.link("A", "C")
        site.do(AddTask("E", "E", "site"))
        site.link("D", "E")
        command = EditFields((FieldEdit("task", "E", "parent_id", None, "A"),))
        assert 'T-1 "A" before T-3 "C"' in site.refused(command)
        assert 'as a part of T-1 "A"' in site.refused(command)

    def test_new_tasks_may_too(self, site):
        site.tasks("A(B) C")
        site.link("A", "C")
        command = AddTask("E", "E", "site", fields={"parent_id": "A"}, predecessors={"C": ("FS", 0)})
        assert 'T-4 "E" as a part of T-1 "A" before T-3 "C" before T-4 "E"' in site.refused(command)

    def test_the_archive_counts_so_that_what_is_in_it_can_always_come_back(self, site):
        site.tasks("A B C")
        site.link("A", "B")
        site.link("B", "C")
        site.do(Archive("task", ("B",)))
        assert 'T-2 "B"' in site.refused(LinkTasks("C", ("A",)))
        site.do(Restore("task", ("B",)))

    def test_a_circle_of_a_thousand_is_told_in_short(self, site):
        names = [f"t{n}" for n in range(1000)]
        chain = [link(a, b) for a, b in pairwise(names)]
        site.do(ImportEntities("in", (*map(task, names), *chain)))
        sentence = site.refused(LinkTasks("t999", ("t0",)))
        assert 'T-1 "t0" before T-2 "t1" before' in sentence
        assert "(1000 tasks in the circle)" in sentence
        assert len(sentence) < 300
        assert "(1000 tasks in the circle)" in site.refused(ImportEntities("in", (link("t999", "t0"),)))

    def test_a_thousand_summaries_inside_each_other(self, site):
        names = [f"t{n}" for n in range(1000)]
        site.do(ImportEntities("in", tuple(task(n, p) for n, p in zip(names, [None, *names], strict=False))))
        assert "neither can wait for the other" in site.refused(LinkTasks("t0", ("t999",)))
        site.do(AddTask("X", "X", "site"))
        site.link("t0", "X")
        assert site.refused(LinkTasks("X", ("t999",))) == (
            'Nothing could ever start: T-1000 "t999" as a part of T-1 "t0" before T-1001 "X" before T-1000 "t999". '
            "Take one of these links away first."
        )
        site.do(UnlinkTasks("t0", ("X",)))
        site.link("X", "t0")
        assert 'T-1 "t0" with its part T-1000 "t999" before T-1001 "X"' in site.refused(LinkTasks("t999", ("X",)))

    def test_an_undo_is_checked_too(self, site):
        site.tasks("A B")
        site.link("A", "B")
        gone = site.do(UnlinkTasks("A", ("B",)))
        site.link("B", "A")
        with pytest.raises(Refused, match="Nothing could ever start"):
            verify(site.plan, gone.inverse("undo").rows)

    def test_an_undo_of_a_task_that_others_wait_for_is_refused(self, site):
        added = site.do(AddTask("A", "A", "site"))
        site.task("B")
        site.link("A", "B")
        with pytest.raises(Refused, match=r'T-2 "B" waits for T-1 "A"\. Take that link off first\.'):
            verify(site.plan, added.inverse("undo").rows)


class TestFiles:
    """Fault 67 and 68: what a file may bring."""

    @pytest.mark.parametrize(
        ("rows", "sentence"),
        [
            ((link("A", "gone"),), 'The successor of the link between T-1 and "gone" is not in the plan.'),
            ((link("gone", "A"),), 'The predecessor of the link between "gone" and T-1 is not in the plan.'),
            ((link("A", "A"),), 'T-1 "A" cannot wait for itself.'),
            ((link("A", "B"), link("A", "B", type="SS")), "in the plan already"),
            ((Dependency(id="x", predecessor_id="A", successor_id="B"),), "is not made of its ends"),
            ((link("A", "B"), link("B", "A")), 'T-2 "B" before T-1 "A" before T-2 "B"'),
            ((link("A", "B", lag=MAX_MINUTES + 1),), "The lag is at most 10000d"),
            ((link("A", "B", lag=-(10**9)),), "The lag cannot be less than -10000d"),
            ((link("A", "B", type="fs"),), '"fs" is no link'),
            ((task("C", duration=-1),), "The duration cannot be less than nothing"),
            ((task("C", duration=10**9 * HOUR),), "The duration is at most 10000d"),
            ((task("C", percent_complete=1.1),), "percent complete goes from 0 to 1"),
            ((task("C", "C"),), 'A task cannot be a part of itself: T-3 "C" in T-3 "C". Choose another parent.'),
            ((task("C", "D"), task("D", "C")), "A task cannot be a part of itself"),
            ((task("C", "gone"),), 'The parent of T-3 "C" is not in the plan'),
            ((task("C"), task("C")), "in the plan already"),
            (
                (Project(id="other", name="Other", start_on="2026-01-01"),),
                "The start is a day",
            ),
        ],
    )
    def test_a_file_in_contradiction_brings_nothing(self, site, rows, sentence):
        site.tasks("A B")
        before = site.plan
        assert sentence in site.refused(ImportEntities("in", rows))
        assert site.plan is before

    def test_tasks_of_two_projects_are_not_mixed(self, site):
        site.do(AddProject("other", "Other"))
        rows = (task("A"), Task(id="B", title="B", project_id="other", parent_id="A"))
        assert 'T-2 "B" in J-2 cannot be a part of T-1 "A" in J-1' in site.refused(ImportEntities("in", rows))

    def test_tasks_of_two_projects_may_be_linked(self, site):
        site.do(AddProject("other", "Other"))
        site.task("A")
        site.task("B", project="other")
        site.link("A", "B")
        assert 'T-2 "B" before' in site.refused(LinkTasks("B", ("A",)))

    def test_a_file_may_bring_links_with_the_archive_because_it_has_them_from_a_plan(self, site):
        site.do(ImportEntities("in", (task("A", archived=True), task("B"), link("A", "B"))))
        assert site.links() == {"A>B"}

    def test_a_file_may_say_what_a_summary_has_of_its_own(self, site):
        site.tasks("A(B)")
        edit = FieldEdit("task", "A", "percent_complete", None, 0.5)
        site.do(ImportEntities("in", (), (edit,)))
        assert site["A"].percent_complete == 0.5

    def test_links_come_before_their_tasks(self, site):
        site.do(ImportEntities("in", (link("A", "B"), task("B"), task("A"))))
        assert site.links() == {"A>B"}

    def test_ten_thousand_tasks_with_links_are_checked_in_one_walk(self, site):
        names = [f"t{n}" for n in range(10_000)]
        tasks = [task(name, names[n // 10] if n else None) for n, name in enumerate(names)]
        links = [link(a, b) for a, b in pairwise(names[5000:])]
        start = time.perf_counter()
        site.do(ImportEntities("in", (*tasks, *links)))
        assert time.perf_counter() - start < 10
        assert len(site.plan.dependencies) == 4999


NAMES = "ABCDEFGH"
pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))
trees = st.tuples(*(st.integers(-1, index - 1) for index in range(len(NAMES))))
steps = st.lists(st.tuples(st.sampled_from(["link", "link", "link", "unlink", "parent"]), pairs), max_size=25)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def parents_of(tree) -> dict[str, str | None]:
    return {name: NAMES[above] if above >= 0 else None for name, above in zip(NAMES, tree, strict=True)}


def makes_sense(parents: dict[str, str | None], links: set[tuple[str, str]]) -> bool:
    """Whether all tasks can be done one after the other, each summary's links counting for all its parts."""
    if any(name in above(parents, name) for name in parents):
        return False
    leaves = [name for name in parents if name not in parents.values()]
    under = {name: {leaf for leaf in leaves if name == leaf or name in above(parents, leaf)} for name in parents}
    before = {leaf: {p for one, two in links if leaf in under[two] for p in under[one]} for leaf in leaves}
    while ready := [leaf for leaf in before if not before[leaf] & set(before)]:
        for leaf in ready:
            del before[leaf]
    return not before


def above(parents: dict[str, str | None], name: str) -> list[str]:
    found: list[str] = []
    parent = parents[name]
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents[parent]
    return found


@SLOW
@given(trees, steps)
def test_a_step_is_refused_if_and_only_if_the_work_could_never_be_done(new_site, tree, steps):
    site = new_site()
    parents, links = parents_of(tree), set()
    site.do(ImportEntities("in", tuple(task(name, parent) for name, parent in parents.items())))
    for action, (one, two) in steps:
        new_parents, new_links = dict(parents), set(links)
        if action == "parent":
            new_parents[one] = None if one == two else two
            command = EditFields((FieldEdit("task", one, "parent_id", parents[one], new_parents[one]),))
        elif action == "unlink":
            new_links.discard((one, two))
            command = UnlinkTasks(one, (two,))
        else:
            new_links.add((one, two))
            command = LinkTasks(one, (two,))
        if makes_sense(new_parents, new_links):
            if (new_parents, new_links) != (parents, links):
                site.do(command)
                parents, links = new_parents, new_links
        else:
            assert (
                "could ever start" in (sentence := site.refused(command)) or "itself" in sentence or "part" in sentence
            )
    assert {(link.predecessor_id, link.successor_id) for link in site.plan.dependencies.values()} == links


@SLOW
@given(trees, st.sets(pairs, max_size=20))
def test_a_file_is_refused_if_and_only_if_the_work_could_never_be_done(new_site, tree, links):
    site = new_site()
    parents = parents_of(tree)
    rows = (*(task(name, parent) for name, parent in parents.items()), *(link(*pair) for pair in links))
    if makes_sense(parents, links):
        site.do(ImportEntities("in", rows))
    else:
        site.refused(ImportEntities("in", rows))
