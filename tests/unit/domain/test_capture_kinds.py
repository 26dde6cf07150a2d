"""One line of words for every other kind: products, objectives, key results, cards, projects and tasks."""

from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.capture import complete, parse_fields, parse_thing, parse_words
from pmtui.domain.commands import AddItem, Archive
from pmtui.domain.entities import KEY_LETTERS
from pmtui.domain.errors import Refused
from pmtui.domain.relations import subtasks


class Clerk:
    """Writes down what lines say, and finds things by their keys."""

    def __init__(self, desk) -> None:
        self.desk = desk

    @property
    def plan(self):
        return self.desk.plan

    def parse(self, kind: str, text: str, **context):
        return parse_thing(kind, text, self.plan, self.desk.today, self.desk.clock.new_id, **context)

    def add(self, kind: str, text: str, **context):
        """The new thing, as the rules have put it into the plan."""
        command = self.parse(kind, text, **context)
        self.desk.do(command)
        return self.plan.of(kind)[command.id]

    def refusal(self, kind: str, text: str, **context) -> str:
        with pytest.raises(Refused) as caught:
            self.parse(kind, text, **context)
        return caught.value.sentence

    def __call__(self, key: str) -> str:
        """The id of the thing with that key."""
        return next(id_ for kind in KEY_LETTERS for id_, thing in self.plan.of(kind).items() if thing.key == key)

    def waits_for(self, task_id: str) -> dict[str, tuple[str, int]]:
        links = (link for link in self.plan.dependencies.values() if link.successor_id == task_id)
        return {self.plan.tasks[link.predecessor_id].key: (link.type, link.lag) for link in links}


@pytest.fixture
def clerk(desk):
    """A plan with one product, objective, item, card and project, and two tasks."""
    clerk = Clerk(desk)
    desk.product()
    desk.objective()
    desk.item("Approval inbox", owner="Ann Lee")
    clerk.add("initiative", "Approvals without e-mail lane:Trust")
    clerk.add("project", "Autumn release manager:bo")
    clerk.add("task", "Design")
    clerk.add("task", "API")
    return clerk


LINES = [
    (
        "product",
        'Second vision:"One record of every visit" stage:growth market:"Crews up north"',
        {"name": "Second", "vision": "One record of every visit", "stage": "growth", "target_market": "Crews up north"},
    ),
    (
        "objective",
        'No note is lost product:P-1 due:2w period:"2027 Q1" ambition:committed @ann notes:Soon',
        {
            "title": "No note is lost",
            "product_id": "P-1",
            "due_on": date(2026, 12, 7),
            "period": "2027 Q1",
            "ambition": "committed",
            "owner": "ann",
            "notes": "Soon",
        },
    ),
    (
        "key_result",
        "Teams offline objective:O-1 start:0 target:10 current:4 unit:teams owner:bo",
        {"title": "Teams offline", "objective_id": "O-1", "start": 0, "target": 10, "current": 4, "unit": "teams"},
    ),
    ("key_result", "Minutes from:-9.5 now:5 to:1", {"start": -9.5, "current": 5.0, "target": 1.0}),
    (
        "initiative",
        "Sign in once lane:Trust horizon:next objective:O-1 from:2026-12-01 to:2026-12-31 @ann state:planned",
        {
            "title": "Sign in once",
            "lane": "Trust",
            "horizon": "next",
            "objective_id": "O-1",
            "window_start": date(2026, 12, 1),
            "window_end": date(2026, 12, 31),
            "owner": "ann",
            "state": "planned",
        },
    ),
    ("initiative", "x window:2026-12", {"window_start": date(2026, 12, 1), "window_end": date(2026, 12, 31)}),
    ("initiative", "x window:Q1-2027", {"window_start": date(2027, 1, 1), "window_end": date(2027, 3, 31)}),
    ("initiative", 'x window:"Q1 2027"', {"window_start": date(2027, 1, 1), "window_end": date(2027, 3, 31)}),
    ("initiative", "x horizon:NOW", {"horizon": "now"}),
    ("backlog_item", "x card:C-1", {"initiative_id": "C-1"}),
    (
        "project",
        'Winter start:2027-01-04 @ann product:P-1 goal:"All crews offline"',
        {"name": "Winter", "start_on": date(2027, 1, 4), "manager": "ann", "goal": "All crews offline"},
    ),
    ("project", "x", {"start_on": date(2026, 11, 23)}),
    (
        "task",
        "Wire it duration:3d owner:ann start:2026-12-01 item:F-1 card:C-1 part:T-1 project:J-1 done:50%",
        {
            "title": "Wire it",
            "duration": 3 * 480,
            "owner": "ann",
            "start_no_earlier": date(2026, 12, 1),
            "item_id": "F-1",
            "initiative_id": "C-1",
            "parent_id": "T-1",
            "project_id": "J-1",
            "percent_complete": 0.5,
        },
    ),
    ("task", "x dur:4h", {"duration": 240}),
    ("task", "x for:2w from:2w", {"duration": 10 * 480, "start_no_earlier": date(2026, 12, 7)}),
    ("task", 'x duration:"1d 4h" @"Ann Lee"', {"duration": 720, "owner": "Ann Lee"}),
    ("task", "Shipped duration:0 progress:100", {"duration": 0, "percent_complete": 1.0}),
    ("task", "x parent:T-2", {"parent_id": "T-2", "duration": 480}),
    ("task", "#12 is not a tag here", {"title": "#12 is not a tag here"}),
    ("task", '"due:2w is a title"', {"title": "due:2w is a title"}),
]


@pytest.mark.parametrize(("kind", "text", "fields"), LINES, ids=[text[:30] for _, text, _ in LINES])
def test_a_line_becomes_a_thing_with_its_fields(clerk, kind, text, fields):
    thing = clerk.add(kind, text)
    for name, value in fields.items():
        is_key = name.endswith("_id")
        assert getattr(thing, name) == (clerk(value) if is_key else value), name


@pytest.mark.parametrize("kind", ["product", "project"])
def test_a_name_may_be_said_as_a_title_or_as_a_name(clerk, kind):
    assert clerk.add(kind, 'title:"stage: one"').name == "stage: one"
    assert clerk.add(kind, 'name:"goal: two"').name == "goal: two"


class TestPredecessors:
    @pytest.mark.parametrize(
        ("words", "links"),
        [
            ("after:T-1", {"T-1": ("FS", 0)}),
            ("after:T-1SS+2d", {"T-1": ("SS", 960)}),
            ("after:T-1,T-2FS-1d", {"T-1": ("FS", 0), "T-2": ("FS", -480)}),
            ("after:T-1 after:T-2ff", {"T-1": ("FS", 0), "T-2": ("FF", 0)}),
            ('after:"T-1 T-2"', {"T-1": ("FS", 0), "T-2": ("FS", 0)}),
            ("waits:T-2", {"T-2": ("FS", 0)}),
        ],
    )
    def test_a_task_waits_for_them_from_the_start(self, clerk, words, links):
        task = clerk.add("task", f"Rollout {words}")
        assert task.title == "Rollout"
        assert clerk.waits_for(task.id) == links

    @pytest.mark.parametrize(
        ("words", "part"),
        [
            ("after:T-9", '"T-9" is no task of this plan'),
            ("after:F-1", "a backlog item, no task"),
            ("after:T-1 after:T-1SS", "T-1 is named twice"),
            ("after:T-1+soon", "no task of this plan"),
            ("after: T-1", "Nothing stands behind"),
            ('after:"T-1', "not closed"),
        ],
    )
    def test_what_is_no_predecessor(self, clerk, words, part):
        assert part in clerk.refusal("task", f"Rollout {words}")


@pytest.mark.parametrize(
    ("kind", "text", "part"),
    [
        ("task", "duration:3d", "Type what the task is, as: API duration:3d"),
        ("initiative", "lane:Trust", "Type what the card is"),
        ("key_result", "", "Type what the key result is"),
        ("project", "start:2w", "Type what the project is"),
        ("task", "x durration:3d", "Type duration:3d if you meant that"),
        ("task", "x onwer:ann", "Type owner:ann"),
        ("task", "x duration:soon", "working time"),
        ("task", "x duration:-1d", "working time"),
        ("task", "x done:150%", "0 to 100 %"),
        ("task", "x due:2w", "computed from its duration"),
        ("task", "x estimate:3d", "as duration:3d"),
        ("task", "x state:done", "as done:50%"),
        ("task", "x value:8", "backlog items have that"),
        ("task", "x part:F-1", "no task, so it cannot be the parent"),
        ("task", "x project:Autumn", "Type its key, as J-1"),
        ("initiative", "x horizon:soon", "one of: now, next, later"),
        ("initiative", "x horizont:now", "Type horizon:now"),
        ("initiative", "x promise:2026-12", "made with P"),
        ("initiative", "x confidence:80%", "made with P"),
        ("initiative", "x due:2w", "made with P"),
        ("initiative", "x duration:3d", "press i to plan it as tasks"),
        ("initiative", "x window:soon", "is no window"),
        ("initiative", "x window:2026-02-30", "The window"),
        ("initiative", "x window:2026-12 to:2027-01-31", "The window is said twice"),
        ("initiative", "x from:2026-12-01 window:2026-12", "The window is said twice"),
        ("key_result", "x target:80%", "Type target:80 unit:%"),
        ("key_result", "x now:ten", "is a number"),
        ("key_result", "x due:2w", "its objective has"),
        ("key_result", "x objektive:O-1", "Type objective:O-1"),
        ("objective", "x target:10", "key result"),
        ("objective", "x deadline:2w", "as due:2w"),
        ("objective", "x ambition:huge", "aspirational, committed"),
        ("project", "x end:2w", "computed from its tasks"),
        ("project", "x owner:ann", "as manager:ann"),
        ("product", "x stage:old", "no lifecycle stage"),
        ("product", "x due:2w", "no dates"),
        ("backlog_item", "x after:T-1", "press i to plan it as tasks"),
    ],
)
def test_what_only_looks_right_is_refused_in_words(clerk, kind, text, part):
    assert part in clerk.refusal(kind, text)


class TestContext:
    """What the place of the cursor says holds where the line says nothing else."""

    def test_a_key_result_belongs_to_the_objective_at_the_cursor_unless_it_names_one(self, clerk):
        clerk.desk.objective("Another")
        assert clerk.add("key_result", "x", objective_id=clerk("O-2")).objective_id == clerk("O-2")
        assert clerk.add("key_result", "x objective:O-1", objective_id=clerk("O-2")).objective_id == clerk("O-1")

    def test_a_card_stands_in_the_lane_and_column_of_the_cursor(self, clerk):
        card = clerk.add("initiative", "x lane:Speed", lane="Trust", horizon="now")
        assert (card.lane, card.horizon) == ("Speed", "now")

    def test_one_typed_end_of_a_window_puts_the_column_aside(self, clerk):
        column = {"window_start": date(2026, 12, 1), "window_end": date(2026, 12, 31)}
        card = clerk.add("initiative", "x", **column)
        assert (card.window_start, card.window_end) == (date(2026, 12, 1), date(2026, 12, 31))
        card = clerk.add("initiative", "x from:2027-02-01", **column)
        assert (card.window_start, card.window_end) == (date(2027, 2, 1), None)

    def test_a_task_stands_behind_the_one_at_the_cursor(self, clerk):
        part = clerk.add("task", "Part part:T-1")
        beside = clerk.add("task", "Beside", after_id=part.id)
        assert subtasks(clerk.plan)[clerk("T-1")] == (part.id, beside.id)
        between = clerk.add("task", "Between", after_id=part.id)
        assert subtasks(clerk.plan)[clerk("T-1")] == (part.id, between.id, beside.id)

    def test_a_typed_parent_counts_more_than_the_cursor(self, clerk):
        assert clerk.add("task", "x part:T-2", after_id=clerk("T-1")).parent_id == clerk("T-2")
        assert clerk.add("task", "x part:T-2", parent_id=clerk("T-1")).parent_id == clerk("T-2")
        assert clerk.add("task", "x part:-", parent_id=clerk("T-1")).parent_id is None

    def test_a_task_belongs_to_the_project_of_what_it_stands_beside(self, clerk):
        clerk.add("project", "Winter")
        there = clerk.add("task", "x project:J-2")
        assert clerk.add("task", "x", after_id=there.id).project_id == clerk("J-2")
        assert clerk.add("task", "x", parent_id=there.id).project_id == clerk("J-2")
        assert clerk.add("task", "x", project_id=clerk("J-2")).project_id == clerk("J-2")
        assert clerk.add("task", "x part:T-1", after_id=there.id).project_id == clerk("J-1")
        assert clerk.add("task", f"x part:{there.key}", project_id=clerk("J-1")).project_id == clerk("J-2")
        assert clerk.add("task", "x part:-", after_id=there.id).project_id == clerk("J-2")

    def test_a_typed_project_leaves_the_place_of_the_cursor_only_for_another_project(self, clerk):
        clerk.add("project", "Winter")
        here = clerk.add("task", "x project:J-1", parent_id=clerk("T-1"))
        there = clerk.add("task", "x project:J-2", parent_id=clerk("T-1"))
        behind = clerk.add("task", "x project:J-2", after_id=here.id)
        assert [(task.project_id, task.parent_id) for task in (here, there, behind)] == [
            (clerk("J-1"), clerk("T-1")),
            (clerk("J-2"), None),
            (clerk("J-2"), None),
        ]


class TestTheOnlyOne:
    def test_the_only_live_project_and_objective_need_no_words(self, clerk):
        clerk.add("project", "Winter")
        clerk.desk.objective("Another")
        clerk.desk.do(Archive("project", (clerk("J-1"),)))
        clerk.desk.do(Archive("objective", (clerk("O-1"),)))
        assert clerk.add("task", "x").project_id == clerk("J-2")
        assert clerk.add("key_result", "x").objective_id == clerk("O-2")

    def test_several_are_named(self, clerk):
        clerk.add("project", "Winter")
        clerk.desk.objective("Another")
        assert clerk.refusal("task", "x") == (
            "Say which project it belongs to, as project:J-1. There are: J-1 Autumn release, J-2 Winter."
        )
        assert clerk.refusal("key_result", "x") == (
            "Say which objective it measures, as objective:O-1. There are: O-1 Less waiting, O-2 Another."
        )

    def test_many_are_counted(self, clerk):
        for number in range(10):
            clerk.add("project", f"Project {number}")
        assert clerk.refusal("task", "x").endswith("J-8 Project 6 and 3 more.")

    def test_none_says_what_to_add_first(self, desk):
        clerk = Clerk(desk)
        assert "Add a project first" in clerk.refusal("task", "x")
        assert "Add an objective first" in clerk.refusal("key_result", "x")


def test_words_that_a_shell_took_apart(clerk):
    def parse(*words: str):
        return parse_words("task", words, clerk.plan, clerk.desk.today, clerk.desk.clock.new_id)

    command = parse("Wire", "it", "duration:1d 4h", "owner:Ann Lee", "after:T-1 T-2")
    assert command.title == "Wire it"
    assert command.fields == {"duration": 720, "owner": "Ann Lee"}
    assert list(command.predecessors) == [clerk("T-1"), clerk("T-2")]
    assert parse("Wire it duration:2d").fields == {"duration": 960}


class TestSetting:
    @pytest.mark.parametrize(
        ("kind", "text", "values"),
        [
            ("task", "duration:3d done:50% from:- part:", {
                "duration": 1440, "percent_complete": 0.5, "start_no_earlier": None, "parent_id": None,
            }),
            ("initiative", "window:2026-12 lane:", {
                "window_start": date(2026, 12, 1), "window_end": date(2026, 12, 31), "lane": "",
            }),
            ("initiative", "window:-", {"window_start": None, "window_end": None}),
            ("key_result", "now:7 unit:teams", {"current": 7.0, "unit": "teams"}),
            ("objective", "due: ambition:comm", {"due_on": None, "ambition": "committed"}),
            ("project", "manager:ann title:Winter", {"manager": "ann", "name": "Winter"}),
            ("product", "stage:gr", {"stage": "growth"}),
        ],
    )  # fmt: skip
    def test_fields_of_every_kind(self, clerk, kind, text, values):
        assert parse_fields(text, clerk.plan, clerk.desk.today, kind) == values

    @pytest.mark.parametrize(
        ("kind", "text", "part"),
        [
            ("task", "after:T-1", "What a task waits for is said with b"),
            ("task", "due:2w", "computed from its duration"),
            ("task", "", "as duration:3d."),
            ("task", "position:3", "sets no field of a task"),
            ("initiative", "promise:2026-12", "made with P"),
            ("initiative", "promise_end:2026-12-31", "sets no field of a card"),
            ("initiative", "window:2026-12 from:2w", "said twice"),
            ("objective", "8", "sets no field of an objective. Type field:value, as due:2w."),
            ("project", "start:", "start is empty"),
        ],
    )
    def test_what_sets_nothing(self, clerk, kind, text, part):
        with pytest.raises(Refused, match=part):
            parse_fields(text, clerk.plan, clerk.desk.today, kind)


class TestCompletion:
    @pytest.mark.parametrize(
        ("kind", "text", "words"),
        [
            ("task", "x dur", ["duration:"]),
            ("task", "x after:", ["after:T-1", "after:T-2"]),
            ("task", "x after:T-1,T-", ["after:T-1,T-1", "after:T-1,T-2"]),
            ("task", "x part:", ["part:T-1", "part:T-2"]),
            ("task", "x item:", ["item:F-1"]),
            ("task", "x card:", ["card:C-1"]),
            ("task", "x project:", ["project:J-1"]),
            ("task", "x @", ['@"Ann Lee"', "@bo"]),
            ("project", "x @b", ["@bo"]),
            ("initiative", "x lane:", ["lane:Trust"]),
            ("initiative", "x horizon:n", ["horizon:now", "horizon:next"]),
            ("initiative", "x state:in", ["state:in-progress"]),
            ("key_result", "x ", ["objective:", "start:", "target:", "current:", "unit:", "owner:"]),
            ("objective", "x ambition:", ["ambition:aspirational", "ambition:committed"]),
            ("product", "x stage:g", ["stage:growth"]),
            ("task", "x #", []),
        ],
    )
    def test_the_last_word(self, clerk, kind, text, words):
        assert complete(text, clerk.plan, kind) == words

    @pytest.mark.parametrize("kind", KEY_LETTERS)
    def test_every_word_that_is_offered_is_understood(self, clerk, kind):
        for word in complete("x ", clerk.plan, kind):
            for whole in complete(f"x {word}", clerk.plan, kind):
                if whole != "state:declined":
                    clerk.add(kind, f"x {whole}")
            assert "Nothing stands behind" in clerk.refusal(kind, f"x {word}") or word == "tag:"

    def test_the_archive_is_not_offered(self, clerk):
        clerk.desk.do(Archive("task", (clerk("T-1"),)))
        assert complete("x after:", clerk.plan, "task") == ["after:T-2"]


def test_an_item_takes_what_the_card_at_the_cursor_says(clerk):
    command = clerk.parse("backlog_item", "x #ui", initiative_id=clerk("C-1"))
    assert isinstance(command, AddItem)
    assert command.fields == {"initiative_id": clerk("C-1")}
    assert list(command.tags) == ["ui"]
