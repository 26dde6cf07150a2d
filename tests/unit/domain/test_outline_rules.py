"""Tasks among tasks: in and out, up and down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmtui.domain.commands import AddProject, Archive, EditFields, FieldEdit, IndentTasks, LinkTasks, MoveTasks
from pmtui.domain.errors import Refused


class TestIndenting:
    @pytest.mark.parametrize(
        ("before", "ids", "after", "label"),
        [
            ("A B C", "B", "A(B) C", "T-2 is a part of T-1 now"),
            ("A(B) C", "C", "A(B C)", "T-3 is a part of T-1 now"),
            ("A B C D", "BC", "A(B C) D", "2 tasks indented"),
            ("A B C D", "CB", "A(B C) D", "2 tasks indented"),
            ("A B(C) D", "BC", "A(B(C)) D", "T-2 is a part of T-1 now"),
            ("A(B C) D", "CD", "A(B(C) D)", "2 tasks indented"),
            ("A B", "AB", None, 'T-1 "A" is the first task here: there is none above it to become a part of.'),
            ("A(B C) D", "BD", "A(B C D)", "T-4 is a part of T-1 now"),
            ("A", "A", None, 'T-1 "A" is the first task here'),
            ("A(B)", "B", None, 'T-2 "B" is the first task here'),
        ],
    )
    def test_in(self, site, before, ids, after, label):
        site.tasks(before)
        self.check(site, IndentTasks(tuple(ids), 1), after, label)

    @pytest.mark.parametrize(
        ("before", "ids", "after", "label"),
        [
            ("A(B) C", "B", "A B C", "T-2 is no part of T-1 any more"),
            ("A(B C D) E", "C", "A(B D) C E", "T-3 is no part of T-1 any more"),
            ("A(B C D) E", "BCD", "A B C D E", "3 tasks outdented"),
            ("A(B C D) E", "DB", "A(C) B D E", "2 tasks outdented"),
            ("A(B(C)) D", "BC", "A B(C) D", "T-2 is no part of T-1 any more"),
            ("A(B(C)) D", "C", "A(B C) D", "T-3 is no part of T-2 any more"),
            ("A(B) C", "BC", "A B C", "T-2 is no part of T-1 any more"),
            ("A B", "B", None, 'T-2 "B" is a part of no other task, so it stands as far out as it can.'),
        ],
    )
    def test_out(self, site, before, ids, after, label):
        site.tasks(before)
        self.check(site, IndentTasks(tuple(ids), -1), after, label)

    def check(self, site, command, after, label):
        if after is None:
            assert label in site.refused(command)
            return
        site.do(command)
        assert (site.sketch(), site.desk.last.label) == (after, label)

    def test_what_is_in_the_archive_is_not_seen_and_takes_no_parts(self, site):
        site.tasks("A B C")
        site.do(Archive("task", ("B",)))
        site.do(IndentTasks(("C",), 1))
        assert site["C"].parent_id == "A"
        assert 'T-2 "B" is in the archive' in site.refused(IndentTasks(("B",), 1))

    def test_projects_do_not_mix(self, site):
        site.tasks("A")
        site.do(AddProject("other", "Other"))
        site.task("B", project="other")
        assert 'T-2 "B" is the first task here' in site.refused(IndentTasks(("B",), 1))

    def test_a_task_is_no_part_of_what_it_waits_for(self, site):
        site.tasks("A B")
        site.link("A", "B")
        sentence = site.refused(IndentTasks(("B",), 1))
        assert sentence == (
            'Nothing could ever start: T-1 "A" before T-2 "B" as a part of T-1 "A". Take one of these links away first.'
        )

    def test_nor_of_what_waits_for_something_that_waits_for_it(self, site):
        site.tasks("A B C")
        site.link("A", "C")
        site.link("C", "B")
        sentence = site.refused(IndentTasks(("B",), 1))
        assert 'T-1 "A" before T-3 "C" before T-2 "B" as a part of T-1 "A".' in sentence

    def test_nobody_is_named(self, site):
        assert not site.do(IndentTasks((), 1))
        assert not site.do(MoveTasks((), 1))


class TestMoving:
    @pytest.mark.parametrize(
        ("before", "ids", "steps", "after", "label"),
        [
            ("A B C", "A", 1, "B A C", "T-1 moved down"),
            ("A B C", "C", -1, "A C B", "T-3 moved up"),
            ("A B C D", "A", 2, "B C A D", "T-1 moved down"),
            ("A B C D", "A", 99, "B C D A", "T-1 moved down"),
            ("A B C D", "D", -99, "D A B C", "T-4 moved up"),
            ("A B C D", "AB", 1, "C A B D", "2 tasks moved down"),
            ("A B C D", "AC", 1, "B A D C", "2 tasks moved down"),
            ("A B C D", "CD", 1, None, 'T-3 "C" is the last task here: there is none below it to change places with.'),
            ("A B C D", "BD", 1, "A C B D", "T-2 moved down"),
            ("A B C D", "BCD", -1, "B C D A", "3 tasks moved up"),
            ("A B C D", "AC", -1, "A C B D", "T-3 moved up"),
            ("A B C D", "DC", -9, "C D A B", "2 tasks moved up"),
            ("A(B C) D", "A", 1, "D A(B C)", "T-1 moved down"),
            ("A(B C) D", "B", 1, "A(C B) D", "T-2 moved down"),
            ("A(B C) D", "AB", 1, "D A(B C)", "T-1 moved down"),
            ("A(B C) D(E F)", "BF", 1, "A(C B) D(E F)", "T-2 moved down"),
            ("A", "A", -1, None, 'T-1 "A" is the first task here: there is none above it'),
        ],
    )
    def test_up_and_down(self, site, before, ids, steps, after, label):
        site.tasks(before)
        command = MoveTasks(tuple(ids), steps)
        if after is None:
            assert label in site.refused(command)
        else:
            site.do(command)
            assert (site.sketch(), site.desk.last.label) == (after, label)

    def test_what_is_in_the_archive_is_no_step(self, site):
        site.tasks("A B C")
        site.do(Archive("task", ("B",)))
        site.do(MoveTasks(("A",), 1))
        assert site.sketch() == "C A"

    def test_only_what_moves_changes(self, site):
        site.tasks("A B C D E")
        assert site.do(MoveTasks(("B", "C"), 1)).ids() == {"B", "C"}

    def test_equal_positions_make_room(self, site):
        site.tasks("A B C")
        site.do(EditFields(tuple(FieldEdit("task", n, "position", site[n].position, 5.0) for n in "ABC")))
        site.do(MoveTasks(("C",), -1))
        assert site.sketch() == "A C B"


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["in", "out", "move"]), st.sets(st.sampled_from("ABCDEFG"), min_size=1), st.integers(-3, 3)
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_whatever_is_moved_the_outline_stays_a_tree_of_all_tasks_and_is_taken_back_exactly(new_site, actions):
    site = new_site()
    site.tasks("A B(C D(E)) F G")
    for action, ids, steps in actions:
        before, sketch = site.plan, site.sketch()
        command = (
            MoveTasks(tuple(ids), steps) if action == "move" else IndentTasks(tuple(ids), 1 if action == "in" else -1)
        )
        try:
            changes = site.do(command)
        except Refused:
            continue
        assert sorted(letters(site.sketch())) == list("ABCDEFG")
        assert len({(t.parent_id, t.position) for t in site.plan.tasks.values()}) == 7
        back = site.plan.apply(changes.inverse("back"))
        assert dict(back.tasks) == dict(before.tasks)
        assert bool(changes) == (site.sketch() != sketch)


def letters(sketch: str) -> Iterator[str]:
    return (char for char in sketch if char.isalpha())


def test_a_task_linked_with_one_beside_it_may_go_below_it_once_the_link_is_gone(site):
    site.tasks("A B")
    site.link("A", "B")
    assert "Nothing could ever start" in site.refused(IndentTasks(("B",), 1))
    site.do(LinkTasks("A", ("B",), "SS"))
    assert "Nothing could ever start" in site.refused(IndentTasks(("B",), 1))
