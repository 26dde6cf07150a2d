"""What every schedule keeps to, whatever the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pmtui.domain.commands import LinkTasks
from pmtui.domain.durations import DAY
from pmtui.domain.entities.schedule import LINK_TYPES
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan
from pmtui.domain.rules import decide
from pmtui.planning.calendar import first_minute
from pmtui.planning.network import Link, critical_path
from pmtui.planning.schedule import Schedule, first_day, last_day, no_earlier_than, schedule, why_here
from pmtui.planning.wbs import outline_of
from schedules import MONDAY, Work

LIMITS = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
PROJECTS = ("P", "Q")
DAYS = st.integers(0, 20).map(lambda days: MONDAY + timedelta(days=days))


@st.composite
def works(draw, circles: bool = False):
    """Two projects with a tree of tasks and links; without *circles*, links only lead to tasks that come later."""
    work = Work()
    work.projects.clear()
    for name in PROJECTS:
        work.project(name, draw(DAYS))
    names: list[str] = []
    for number in range(draw(st.integers(1, 14))):
        above = draw(st.sampled_from([None, *names[-4:]]))
        fields = {"project_id": draw(st.sampled_from(PROJECTS))} if above is None else {}
        if draw(st.integers(0, 4)) == 0:
            fields["start_no_earlier"] = draw(DAYS)
        fields["percent_complete"] = draw(st.sampled_from([None, 0.0, 0.3, 1.0]))
        fields["archived"] = draw(st.integers(0, 15)) == 0
        names.append(work.task(f"{number:02}", draw(st.sampled_from([0, 0.5, 1, 3])), above, **fields))
    for _ in range(draw(st.integers(0, 16))):
        before, after = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        if not circles:
            before, after = min(before, after), max(before, after)
            if before == after or before in above_of(work, after) or after in above_of(work, before):
                continue
        lag = draw(st.sampled_from([0, 0, 0, 1, 2.5, -1]))
        work.link(before, after, draw(st.sampled_from(LINK_TYPES)), lag)
    return work


def above_of(work: Work, name: str) -> list[str]:
    found = []
    while (above := work.tasks[name].parent_id) is not None:
        found.append(above)
        name = above
    return found


def sound(work: Work) -> Schedule:
    found = work.schedule
    assume(not found.circle)
    return found


def leaves_below(found: Schedule, work: Work, name: str) -> list[str]:
    if not found.tasks[name].summary:
        return [name]
    return [leaf for leaf, dates in found.tasks.items() if not dates.summary and name in above_of(work, leaf)]


@LIMITS
@given(works())
def test_no_link_is_broken(work):
    found = sound(work)
    for link in work.links.values():
        if link.predecessor_id not in found.tasks or link.successor_id not in found.tasks:
            continue
        before = found.tasks[link.predecessor_id]
        at = (before.finish if link.type[0] == "F" else before.start) + link.lag
        for leaf in leaves_below(found, work, link.successor_id):
            after = found.tasks[leaf]
            assert (after.start if link.type[1] == "S" else after.finish) >= at
        if link.type == "FS" and link.lag >= 0:
            assert last_day(before) <= first_day(found.tasks[link.successor_id])


@LIMITS
@given(works())
def test_nothing_starts_before_its_project_or_the_days_of_its_own_and_of_its_summaries(work):
    for name, dates in sound(work).tasks.items():
        days = [work.projects[work.tasks[name].project_id].start_on]
        days += [work.tasks[above].start_no_earlier for above in (name, *above_of(work, name))]
        opened = [
            day
            for day, task in zip(days[1:], (name, *above_of(work, name)), strict=True)
            if day is not None and not work.tasks[task].archived
        ]
        earliest = max([days[0], *opened])
        assert dates.start >= first_minute(earliest)
        assert first_day(dates) >= earliest


@LIMITS
@given(works())
def test_what_does_not_have_to_wait_does_not_wait(work):
    """Every leaf starts with its project, on a day that somebody has set, or because a link binds."""
    found = sound(work)
    for name, dates in found.tasks.items():
        driver = dates.driver
        match driver.kind:
            case "project":
                assert dates.start == first_minute(work.projects[work.tasks[name].project_id].start_on)
            case "not before":
                assert dates.start == first_minute(work.tasks[driver.id].start_no_earlier)
                assert driver.id in (name, *above_of(work, name))
            case "link":
                link = work.links[driver.id]
                before = found.tasks[link.predecessor_id]
                at = (before.finish if link.type[0] == "F" else before.start) + link.lag
                assert at == (dates.start if link.type[1] == "S" else dates.finish)
                assert link.successor_id in (name, *above_of(work, name))
            case "part":
                assert dates.summary
                assert found.tasks[driver.id].start == dates.start


@LIMITS
@given(works())
def test_slack_is_never_negative_and_late_dates_keep_links_and_ends(work):
    found = sound(work)
    for name, dates in found.tasks.items():
        assert 0 <= dates.free_slack <= dates.total_slack
        assert dates.critical == (dates.total_slack == 0)
        assert dates.late_finish <= found.projects[work.tasks[name].project_id].finish
        if not dates.summary:
            assert dates.finish - dates.start == dates.late_finish - dates.late_start == work.tasks[name].duration
            assert dates.total_slack == dates.late_start - dates.start
    for link in work.links.values():
        before, after = found.tasks.get(link.predecessor_id), found.tasks.get(link.successor_id)
        if before and after and not before.summary and not after.summary:
            late = (before.late_finish if link.type[0] == "F" else before.late_start) + link.lag
            assert late <= (after.late_start if link.type[1] == "S" else after.late_finish)


@LIMITS
@given(works(), st.data())
def test_a_leaf_that_slips_by_its_free_slack_moves_nothing_and_by_its_total_slack_no_end(work, data):
    found = sound(work)
    leaves = sorted(name for name, dates in found.tasks.items() if not dates.summary)
    assume(leaves)
    name = data.draw(st.sampled_from(leaves))
    dates = found.tasks[name]
    for slack in (dates.free_slack, dates.total_slack):
        # A task that starts so much later: a first one of that length in its place, which it then waits for.
        late = Work()
        late.projects, late.tasks, late.links = work.projects, dict(work.tasks), dict(work.links)
        late.project("W", date(1970, 1, 1))
        late.task("wait", (dates.start + slack - first_minute(date(1970, 1, 1))) / DAY, project_id="W")
        late.link("wait", name)
        moved = late.schedule
        assert moved.tasks[name].start == dates.start + slack
        for project in PROJECTS:
            assert moved.projects[project].finish == found.projects[project].finish
        if slack == dates.free_slack:
            others = [leaf for leaf in leaves if leaf != name]
            assert [moved.tasks[leaf].start for leaf in others] == [found.tasks[leaf].start for leaf in others]
        del work.projects["W"]


@LIMITS
@given(works(), st.data())
def test_one_more_link_makes_nothing_earlier(work, data):
    found = sound(work)
    names = sorted(work.tasks)
    before, after = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    assume(f"{before}.{after}" not in work.links)
    work.link(before, after, data.draw(st.sampled_from(LINK_TYPES)), data.draw(st.integers(-2, 2)))
    more = sound(work)
    for name, dates in more.tasks.items():
        assert dates.start >= found.tasks[name].start
        assert dates.finish >= found.tasks[name].finish


@LIMITS
@given(works(circles=True), st.randoms(use_true_random=False))
def test_the_order_of_the_plan_does_not_matter(work, dice):
    def shuffled(rows):
        pairs = list(rows.items())
        dice.shuffle(pairs)
        return dict(pairs)

    plan = work.plan
    other = schedule(Plan(0, {kind: shuffled(rows) for kind, rows in plan.kinds.items()}))
    found = schedule(plan)
    assert other.circle == found.circle
    assert other.projects.keys() == found.projects.keys()
    for name, dates in found.tasks.items():
        assert other.tasks[name]._replace(percent=0) == dates._replace(percent=0)
        assert abs(other.tasks[name].percent - dates.percent) < 1e-12


@LIMITS
@given(works(circles=True))
def test_damaged_plans_have_a_schedule_a_sentence_for_each_task_and_a_whole_outline(work):
    plan = work.plan
    found = schedule(plan)
    living = {name for name, task in work.tasks.items() if not task.archived}
    assert set(found.tasks) | set(found.circle) == living
    assert not set(found.tasks) & set(found.circle)
    for name in work.tasks:
        assert why_here(plan, name).endswith(".")
        assert no_earlier_than(plan, name)[1].endswith(".")
    assert sorted(row.id for row in outline_of(plan)) == sorted([*living, *PROJECTS])


@LIMITS
@given(works(circles=True))
def test_the_rules_refuse_exactly_the_links_for_which_there_is_no_schedule(work):
    work.tasks = {name: replace(task, archived=False) for name, task in work.tasks.items()}
    links, work.links = work.links, {}
    plan = work.plan
    for name, link in links.items():
        command = LinkTasks(link.predecessor_id, (link.successor_id,), link.type, link.lag)
        linked = Plan(0, {**plan.kinds, "dependency": {**plan.dependencies, name: link}})
        try:
            plan = plan.apply(decide(plan, command, MONDAY))
        except Refused:
            assert schedule(linked).circle
        else:
            assert not schedule(plan).circle


@LIMITS
@given(works(circles=True), st.data())
def test_an_edited_plan_remembers_nothing_wrong(work, data):
    plan = work.plan
    schedule(plan)
    name = data.draw(st.sampled_from(sorted(work.tasks)))
    fields = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "duration": st.sampled_from([0, DAY, 5 * DAY]),
                "start_no_earlier": st.one_of(st.none(), DAYS),
                "percent_complete": st.sampled_from([None, 0.5, 1.0]),
                "archived": st.booleans(),
                "parent_id": st.sampled_from([None, *sorted(work.tasks)]),
            },
        )
    )
    tasks = {**plan.tasks, name: replace(plan.tasks[name], **fields)}
    after = Plan(1, {**plan.kinds, "task": tasks}, dict(plan.memo))
    fresh = Plan(1, after.kinds)
    assert schedule(after).tasks == schedule(fresh).tasks
    assert schedule(after).projects == schedule(fresh).projects
    assert schedule(after).circle == schedule(fresh).circle
    assert outline_of(after) == outline_of(fresh)


@LIMITS
@given(
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 9), min_size=1),
    st.lists(
        st.builds(
            Link,
            st.sampled_from("ABCDEFGH"),
            st.sampled_from("ABCDEFGH"),
            st.sampled_from(LINK_TYPES),
            st.integers(-4, 4),
        ),
        max_size=14,
    ),
)
def test_the_network_agrees_with_the_definitions(durations, links):
    """Early and late times by repeating the published formulas until nothing moves any more."""
    links = [
        link
        for link in links
        if link.predecessor < link.successor and {link.predecessor, link.successor} <= set(durations)
    ]
    found = critical_path(durations, links)
    start = dict.fromkeys(durations, 0)
    for _ in durations:
        for one, two, kind, lag in links:
            bounds = {
                "FS": start[one] + durations[one] + lag,
                "SS": start[one] + lag,
                "FF": start[one] + durations[one] + lag - durations[two],
                "SF": start[one] + lag - durations[two],
            }
            start[two] = max(start[two], bounds[kind])
    end = max(start[name] + durations[name] for name in durations)
    finish = dict.fromkeys(durations, end)
    for _ in durations:
        for one, two, kind, lag in links:
            late_start = finish[two] - durations[two]
            bounds = {
                "FS": late_start - lag,
                "SS": late_start - lag + durations[one],
                "FF": finish[two] - lag,
                "SF": finish[two] - lag + durations[one],
            }
            finish[one] = min(finish[one], bounds[kind])
    assert found.early_start == start
    assert found.late_finish == finish
    assert found.duration == end
