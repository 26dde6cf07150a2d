from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.capture import complete, parse_fields, parse_thing, parse_words
from pmtui.domain.commands import AddItem, Archive
from pmtui.domain.errors import Refused


@pytest.fixture
def backlog(desk):
    desk.product()
    desk.objective()
    desk.item("Parent", tags=["ops", "ui"], owner="Ann Lee")
    desk.item("Other", owner="bo")
    return desk


def capture(desk, text: str):
    command = parse_thing("backlog_item", text, desk.plan, desk.today, desk.clock.new_id)
    assert isinstance(command, AddItem)
    return command


def refusal(desk, text: str) -> str:
    with pytest.raises(Refused) as caught:
        capture(desk, text)
    assert caught.value.sentence.endswith((".", "effort:3"))
    return caught.value.sentence


def test_a_whole_line(backlog):
    command = capture(
        backlog,
        "Approval inbox value:8 effort:3 #ops tag:x state:idea parent:F-1 @ann !high objective:O-1 confidence:80% "
        'reach:400 impact:2 months:1.5 notes:"two words"',
    )
    parent = next(id_ for id_, item in backlog.plan.backlog_items.items() if item.key == "F-1")
    goal = next(iter(backlog.plan.objectives))
    assert command.title == "Approval inbox"
    assert command.fields == {
        "value": 8.0,
        "effort": 3.0,
        "state": "idea",
        "parent_id": parent,
        "owner": "ann",
        "priority": "high",
        "objective_id": goal,
        "confidence": 0.8,
        "reach": 400.0,
        "impact": 2.0,
        "person_months": 1.5,
        "notes": "two words",
    }
    assert list(command.tags) == ["ops", "x"]
    backlog.do(command)
    assert backlog.tags(command.id) == ("ops", "x")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Approval inbox", "Approval inbox"),
        ('"Approval inbox" value:8', "Approval inbox"),
        ('"due:2w is a title"', "due:2w is a title"),
        ('"value:8"', "value:8"),
        ('Support "dark mode" toggle', 'Support "dark mode" toggle'),
        ('19" monitor', '19" monitor'),
        ("Note: read http://example.org/x:1", "Note: read http://example.org/x:1"),
        ("Follow up on #12", "Follow up on #12"),
        ("C# and F# at 5 @ noon !!", "C# and F# at 5 @ noon !!"),
        ("ann@example.org writes", "ann@example.org writes"),
        ("effort:3 Words value:8 between", "Words between"),
        ('title:"value: what it is"', "value: what it is"),
        ("日本語 のタイトル", "日本語 のタイトル"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("a\x1b]52;c;x\x07b", "a\ufffd]52;c;x\ufffdb"),
        ("x" * 900, "x" * 500),
    ],
)
def test_titles(backlog, text, title):
    command = capture(backlog, text)
    assert command.title == title
    backlog.do(command)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("x STATE:Planned", "state", "planned"),
        ("x state:in-progress", "state", "in progress"),
        ('x state:"in progress"', "state", "in progress"),
        ("x status:done", "state", "launched"),
        ("x !crit", "priority", "critical"),
        ("x prio:urgent", "priority", "critical"),
        ("x priority:none", "priority", ""),
        ('x @"Ann Lee"', "owner", "Ann Lee"),
        ('x owner:"Ann Lee"', "owner", "Ann Lee"),
        ("x conf:80", "confidence", 0.8),
        ("x bv:8", "business_value", 8.0),
        ("x size:13", "job_size", 13.0),
        ("x person_months:2", "person_months", 2.0),
        ("x created:-2w", "created_on", date(2026, 11, 9)),
        ("x created:2026-01-02", "created_on", date(2026, 1, 2)),
        ("x external:jira:PROJ-1", "external_id", "jira:PROJ-1"),
    ],
)
def test_fields(backlog, text, field, value):
    assert capture(backlog, text).fields == {field: value}


def test_tags_in_all_their_spellings(backlog):
    assert list(capture(backlog, "x #Ops tag:UI tags:a,b;c tag:12").tags) == ["ops", "ui", "a", "b", "c", "12"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "There is no title"),
        ("value:8", "There is no title"),
        ("x due:2w", "dates and work come with tasks"),
        ("x estimate:3d", "dates and work come with tasks"),
        ("x vlaue:8", "Type value:8 if you meant that"),
        ("x efort:8", "Type effort:8"),
        ("x stat:idea", "Type state:idea"),
        ("x value: 8", "Nothing stands behind"),
        ("x value:many", "The value is a number"),
        ("x value:80%", "plain number"),
        ("x value:11", "goes from 0 to 10"),
        ("x value:1_0", "is a number"),
        ("x value:٨", "is a number"),
        ("x impact:4", "one of 0.25"),
        ("x confidence:1.5", "two ways"),
        ("x state:purple", "is no state"),
        ("x !purple", "is no priority"),
        ("x parent:F-99", "nothing in this plan"),
        ("x parent:O-1", "no backlog item, so it cannot be the parent"),
        ("x objective:F-1", "no objective"),
        ("x created:2026-02-30", "not in the calendar"),
        ("x value:1 value:2", "said twice"),
        ("x title:y", "said twice"),
        ('x notes:"open', "not closed"),
        ("x tag:" + "y" * 61, "is no tag"),
    ],
)
def test_what_only_looks_right_is_refused_in_words(backlog, text, part):
    assert part in refusal(backlog, text)


def test_what_is_declined_says_why(backlog):
    assert "Say why" in backlog.refused(capture(backlog, "x state:declined"))
    backlog.do(capture(backlog, "x state:declined reason:Physics"))


class TestArguments:
    def parse(self, desk, *words: str):
        return parse_words("backlog_item", words, desk.plan, desk.today, desk.clock.new_id)

    def test_one_word_is_a_line(self, backlog):
        command = self.parse(backlog, "Approval inbox value:8")
        assert (command.title, command.fields) == ("Approval inbox", {"value": 8.0})

    def test_words_that_the_shell_took_apart(self, backlog):
        command = self.parse(backlog, "Approval", "inbox", "value:8", "notes:two words", "@Ann Lee", "#ops")
        assert command.fields["value"] == 8.0
        assert command.fields["notes"] == "two words"
        assert list(command.tags) == ["ops"]

    def test_blanks_inside_a_word_make_it_part_of_the_title(self, backlog):
        command = self.parse(backlog, "Fix value:8 please", "value:3")
        assert (command.title, command.fields) == ("Fix value:8 please", {"value": 3.0})

    def test_a_slip_is_refused_here_too(self, backlog):
        with pytest.raises(Refused, match="Type value:8"):
            self.parse(backlog, "x", "vlaue:8")

    @pytest.mark.parametrize("words", [(), ("",), ("", " ")])
    def test_no_words(self, backlog, words):
        with pytest.raises(Refused, match="no title"):
            self.parse(backlog, *words)


class TestSetting:
    def test_fields_alone(self, backlog):
        values = parse_fields('value:8 effort:3 @ann title:"New name"', backlog.plan, backlog.today)
        assert values == {"value": 8.0, "effort": 3.0, "owner": "ann", "title": "New name"}

    def test_an_empty_value_empties_the_field(self, backlog):
        values = parse_fields("value: owner: parent:- priority:none notes:", backlog.plan, backlog.today)
        assert values == {"value": None, "owner": "", "parent_id": None, "priority": "", "notes": ""}

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("", "Say what to set"),
            ("8", "sets no field"),
            ("vlaue:8", "sets no field"),
            ("#ops", "Tags are put on"),
            ("title:", "title is empty"),
            ("value:8 value:9", "said twice"),
            ("key:F-9", "sets no field"),
            ("archived:yes", "sets no field"),
        ],
    )
    def test_what_sets_nothing(self, backlog, text, part):
        with pytest.raises(Refused, match=part):
            parse_fields(text, backlog.plan, backlog.today)


class TestCompletion:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("App val", ["value:"]),
            ("x e", ["effort:"]),
            ("x state:", ["state:idea", "state:candidate", "state:planned", "state:in-progress", "state:launched"]),
            ("x state:c", ["state:candidate"]),
            ("x !", ["!critical", "!high", "!medium", "!low"]),
            ("x #u", ["#ui"]),
            ("x tag:", ["tag:ops", "tag:ui"]),
            ("x @", ['@"Ann Lee"', "@bo"]),
            ("x owner:an", ['owner:"Ann Lee"']),
            ('x owner:"Ann L', ['owner:"Ann Lee"']),
            ("x parent:F", ["parent:F-1", "parent:F-2"]),
            ("x objective:", ["objective:O-1"]),
            ("x impact:", ["impact:0.25", "impact:0.5", "impact:1", "impact:2", "impact:3"]),
            ("x value:", []),
            ("x colour:", []),
            ("zzz", []),
        ],
    )
    def test_the_last_word(self, backlog, text, words):
        assert complete(text, backlog.plan)[:5] == words

    def test_behind_a_blank_all_fields_are_offered(self, backlog):
        assert complete("x ", backlog.plan)[:2] == ["value:", "effort:"]

    def test_every_completion_is_understood(self, backlog):
        for text in ("x state:", "x !", "x #", "x @", "x parent:", "x impact:", "x size:", "x product:"):
            for word in complete(text, backlog.plan):
                if word != "state:declined":
                    backlog.do(capture(backlog, f"x {word}"))

    def test_the_archive_is_not_offered(self, backlog):
        first = next(iter(backlog.plan.backlog_items))
        backlog.do(Archive("backlog_item", (first,)))
        assert complete("x parent:", backlog.plan) == ["parent:F-2"]
        assert complete("x @", backlog.plan) == ["@bo"]
