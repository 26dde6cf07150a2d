"""The demo plan holds together, whatever day it is opened on, and shows what pmtui is for."""

from datetime import date, timedelta

import pytest

from pmtui.domain.clock import fixed_clock
from pmtui.domain.demo import SEED, demo_commands
from pmtui.domain.demo.content_backlog import ITEMS
from pmtui.domain.demo.content_roadmap import CARDS
from pmtui.domain.demo.content_schedule import PROJECTS
from pmtui.domain.demo.content_vision import OBJECTIVES, PRODUCTS, RESULTS
from pmtui.domain.entities import KINDS
from pmtui.domain.fields import specs
from pmtui.domain.plan import Plan
from pmtui.domain.relations import items_of, subtasks, tasks_of_item
from pmtui.domain.rules import decide
from pmtui.planning.calendar import is_working
from pmtui.planning.forecast import forecasts, promise_of
from pmtui.planning.okr import objective_grade
from pmtui.planning.schedule import first_day, last_day, schedule
from pmtui.planning.thread import thread
from pmtui.planning.wbs import outline_of

TODAY = date(2026, 11, 23)
EVERY_DAY = [
    *(date(2026, 12, 21) + timedelta(days=n) for n in range(14)),  # over the end of a year
    *(date(2028, 2, 26) + timedelta(days=n) for n in range(5)),  # over a leap day
]


def built(today=TODAY):
    """The demo plan of that day, each of its steps through all rules."""
    plan = Plan()
    for command in demo_commands(fixed_clock(today, SEED)):
        plan = plan.apply(decide(plan, command, today))
    return plan


@pytest.fixture(scope="module")
def plan():
    return built()


def titled(plan, kind, title):
    return next(row for row in plan.of(kind).values() if getattr(row, "title", None) == title)


def leaves(plan):
    found = schedule(plan)
    return {id_: dates for id_, dates in found.tasks.items() if not dates.summary}


class TestItsSize:
    def test_it_is_as_large_as_a_real_one(self, plan):
        counts = {kind: len(plan.of(kind)) for kind in ("product", "objective", "key_result", "initiative")}
        assert counts == {"product": 2, "objective": 6, "key_result": 12, "initiative": 12}
        assert len(plan.backlog_items) == 60
        assert len(plan.projects) == 2
        assert sum(dates.tasks for dates in schedule(plan).projects.values()) == len(leaves(plan)) == 120

    def test_no_title_is_used_twice_for_one_kind(self, plan):
        for kind in ("objective", "key_result", "initiative", "backlog_item", "task"):
            titles = [row.title for row in plan.of(kind).values()]
            assert len(set(titles)) == len(titles), kind

    def test_every_title_fits_a_narrow_terminal(self, plan):
        for kind in ("objective", "key_result", "initiative", "backlog_item"):
            assert max(len(row.title) for row in plan.of(kind).values()) <= 50, kind
        assert max(len(task.title) for task in plan.tasks.values()) <= 40

    def test_a_few_people_do_everything(self, plan):
        people = {row.owner for kind in ("initiative", "backlog_item", "task") for row in plan.of(kind).values()}
        assert people == {"", "Ann", "Bo", "Dora", "Eli", "Farid", "Gwen", "Kim", "outside"}

    def test_every_slug_means_one_thing_and_every_slug_that_is_named_exists(self):
        products = [product.slug for product in PRODUCTS]
        goals = [goal.slug for goal in OBJECTIVES]
        cards = [card.slug for card in CARDS]
        items = [item.slug for item in ITEMS]
        tasks = [task.slug for project in PROJECTS for task in project.tasks]
        for slugs in (products, goals, cards, items, tasks, [result.slug for result in RESULTS]):
            assert len(set(slugs)) == len(slugs)
        no = {""}
        things = (*OBJECTIVES, *CARDS, *ITEMS, *PROJECTS)
        assert {thing.product for thing in things} == set(products)
        assert {thing.goal for thing in (*RESULTS, *CARDS, *ITEMS)} <= {*goals} | no
        rows = [task for project in PROJECTS for task in project.tasks]
        assert {thing.card for thing in (*ITEMS, *rows)} <= {*cards} | no
        assert {thing.item for thing in rows} | {item.parent for item in ITEMS} <= {*items} | no
        assert {need for item in ITEMS for need in item.needs.split()} <= {*items}


class TestEveryDay:
    @pytest.mark.parametrize("today", EVERY_DAY, ids=str)
    def test_it_can_be_built_and_keeps_its_story(self, today):
        plan = built(today)
        found = schedule(plan)
        assert found.circle == ()
        running, coming = (found.projects[project] for project in plan.projects)
        assert first_day(running) < today < first_day(coming)
        for dates in (running, coming):
            assert 80 <= (last_day(dates) - first_day(dates)).days <= 185
        standings = {card.title: promise_of(plan, id_, today) for id_, card in plan.initiatives.items()}
        states = [standing.state for standing in standings.values()]
        assert {state: states.count(state) for state in states} == {"none": 6, "kept": 4, "broken": 1, "unbacked": 1}
        assert standings["Data stay in the country"].state == "unbacked"
        assert standings["No note is lost"].state == "broken"
        assert 1 <= standings["No note is lost"].gap_days <= 15
        assert standings["Forty findings decided in one sitting"].gap_days <= -5

    @pytest.mark.parametrize("today", EVERY_DAY, ids=str)
    def test_what_is_done_lies_behind_and_what_lies_far_ahead_is_not_begun(self, today):
        week = timedelta(days=7)
        for dates in leaves(built(today)).values():
            if dates.percent == 1:
                assert last_day(dates) < today + week
            if dates.percent > 0:
                assert first_day(dates) <= today
            if last_day(dates) < today - week:
                assert dates.percent == 1

    @pytest.mark.parametrize("today", EVERY_DAY, ids=str)
    def test_its_days_are_days_on_which_people_work(self, today):
        plan = built(today)
        days = [project.start_on for project in plan.projects.values()]
        days += [task.start_no_earlier for task in plan.tasks.values() if task.start_no_earlier]
        cards = [card for card in plan.initiatives.values() if card.promise_end]
        days += [card.promised_on for card in cards if card.promised_on != today]
        days += [card.promise_end for card in cards if card.promise_start is None]
        assert [day for day in days if not is_working(day)] == []
        assert all(card.promised_on <= today < card.promise_end for card in cards)

    def test_windows_are_whole_months_or_quarters(self):
        for today in EVERY_DAY:
            for card in built(today).initiatives.values():
                if card.window_start:
                    assert card.window_start.day == 1
                    assert (card.window_end + timedelta(days=1)).day == 1
                    assert today.replace(day=1) <= card.window_start < card.window_end

    def test_the_same_clock_makes_the_same_plan(self, plan):
        again = built()
        assert all(dict(again.of(kind)) == dict(plan.of(kind)) for kind in KINDS)
        other = built(TODAY + timedelta(days=1))
        assert list(other.tasks) == list(plan.tasks)


class TestVision:
    def test_each_product_fills_its_board_and_its_statement(self, plan):
        for product in plan.products.values():
            row = {name: getattr(product, name) for name in specs(type(product))}
            assert [name for name, value in row.items() if value in ("", None)] == ["external_id"]

    def test_grades_come_in_all_colours_and_one_number_is_missing(self, plan):
        grades = [objective_grade(plan, id_) for id_ in plan.objectives]
        assert {grade.band for grade in grades} == {"red", "yellow", "green"}
        assert len([grade for grade in grades if grade.results < grade.of]) == 1
        assert [goal.title for goal in plan.objectives.values() if goal.ambition == "committed"] == [
            "No note is lost where there is no network"
        ]
        rising = [result.target > result.start for result in plan.key_results.values()]
        assert {True, False} == set(rising)


class TestBacklog:
    def test_states_scores_and_reasons_of_all_kinds_are_there(self, plan):
        items = plan.backlog_items.values()
        assert {item.state for item in items} == {
            "idea", "candidate", "planned", "in progress", "launched", "retired", "declined"
        }  # fmt: skip
        assert all(item.state_reason for item in items if item.state == "declined")
        unscored = [item for item in items if item.value is None or item.effort is None]
        assert 5 <= len(unscored) <= 20

    def test_the_oldest_items_keep_their_keys(self, plan):
        keys = {item.key: item.title for item in plan.backlog_items.values()}
        assert keys["F-1"] == "Work without a connection"
        assert keys["F-9"] == "Approval inbox"
        assert keys["F-29"] == "The old PDF report"

    def test_every_card_contains_items(self, plan):
        assert items_of(plan).keys() == plan.initiatives.keys()

    def test_an_item_and_its_card_belong_to_one_product(self, plan):
        for item in plan.backlog_items.values():
            if item.initiative_id:
                assert plan.initiatives[item.initiative_id].product_id == item.product_id

    def test_work_in_progress_is_not_said_to_be_an_idea(self, plan):
        found = schedule(plan)
        for item_id, tasks in tasks_of_item(plan).items():
            if any(found.tasks[task].percent > 0.25 for task in tasks):
                assert plan.backlog_items[item_id].state in ("planned", "in progress")


class TestRoadmap:
    def test_cards_spread_over_lanes_and_horizons(self, plan):
        cards = plan.initiatives.values()
        horizons = [card.horizon for card in cards]
        assert [horizons.count(name) for name in ("now", "next", "later")] == [3, 5, 4]
        assert {card.lane for card in cards} == {"Trust", "Workflow", "Reach", "Coordination"}
        assert all(card.outcome.endswith(".") for card in cards)

    def test_what_is_near_is_promised_with_more_confidence(self, plan):
        sure = {}
        for card in plan.initiatives.values():
            if card.confidence is not None:
                sure.setdefault(card.horizon, set()).add(card.confidence)
                assert card.audience
        assert sure == {"now": {0.8}, "next": {0.6}, "later": {0.5}}

    def test_what_comes_later_has_no_work_planned(self, plan):
        planned = forecasts(plan).keys()
        assert {card.horizon for id_, card in plan.initiatives.items() if id_ not in planned} == {"later"}


class TestSchedule:
    def test_an_outline_of_two_to_four_levels_with_milestones_lags_and_a_lead(self, plan):
        rows = [row for row in outline_of(plan) if row.kind == "task"]
        assert {row.depth for row in rows} == {1, 2, 3, 4}
        assert min(row.depth for row in rows if not row.has_parts) >= 2
        durations = [plan.tasks[id_].duration for id_ in leaves(plan)]
        assert durations.count(0) >= 8
        assert max(durations) <= 20 * 480
        lags = [link.lag for link in plan.dependencies.values()]
        assert len([lag for lag in lags if lag > 0]) >= 5
        assert len([lag for lag in lags if lag < 0]) >= 1
        assert {link.type for link in plan.dependencies.values()} == {"FS"}

    def test_nothing_is_given_to_a_summary_that_comes_from_its_parts(self, plan):
        for id_ in subtasks(plan):
            task = plan.tasks[id_]
            assert (task.percent_complete, task.owner, task.start_no_earlier) == (None, "", None)

    def test_every_task_that_is_no_summary_has_somebody_who_does_it(self, plan):
        assert [plan.tasks[id_].key for id_ in leaves(plan) if not plan.tasks[id_].owner] == []

    def test_the_critical_path_is_a_part_of_the_work_and_goes_on_ahead(self, plan):
        for project in plan.projects.values():
            dates = schedule(plan).projects[project.id]
            assert 0.1 <= dates.critical / dates.tasks <= 0.45

    def test_every_task_belongs_to_the_release_as_such_or_says_why(self, plan):
        silent = {
            task.title
            for id_, task in plan.tasks.items()
            if task.parent_id is None and not any(step.kind == "initiative" for step in thread(plan, "task", id_))
        }
        assert silent == {"Shape the release", "Release 3.0", "Know what they ask for"}

    @pytest.mark.parametrize(
        ("task", "way"),
        [
            (
                "On the server",
                [
                    ("product", "Fieldnote"),
                    ("objective", "No note is lost where there is no network"),
                    ("initiative", "No note is lost"),
                    ("backlog_item", "Work without a connection"),
                    ("backlog_item", "Two people edit the same form offline"),
                    ("task", "No note is lost"),
                    ("task", "Two people edit the same form"),
                    ("task", "Build it on both sides"),
                ],
            ),
            (
                "One list of what waits",
                [
                    ("product", "Fieldnote"),
                    ("objective", "From a visit to a shared summary within a day"),
                    ("initiative", "Forty findings decided in one sitting"),
                    ("backlog_item", "From notes to decisions"),
                    ("backlog_item", "Approval inbox"),
                    ("task", "Forty findings in one sitting"),
                    ("task", "Approval inbox"),
                ],
            ),
            (
                "Swap two visits",
                [
                    ("product", "Fieldnote Desk"),
                    ("objective", "A coordinator sees the whole week on one page"),
                    ("initiative", "The week's visits on one page"),
                    ("backlog_item", "The week's visits on one page"),
                    ("backlog_item", "Swap a visit between two people"),
                    ("task", "Desk: the week on one page"),
                ],
            ),
        ],
    )
    def test_the_thread_leads_from_a_task_to_its_product(self, plan, task, way):
        steps = thread(plan, "task", titled(plan, "task", task).id)
        assert [(step.kind, step.title) for step in steps if step.relation == "why"] == way
