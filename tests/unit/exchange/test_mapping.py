"""A small TOML file says what a column, a word or a beginning of a reference means."""

import pytest

from pmtui.domain.plan import needs_of, tags_of
from pmtui.exchange.read import BadFile

MAP = """
source = "shop"
[columns]
milestone = "tag:milestone-"
updated = "ignore"
Kopfzeile = "title"
[states]
"Parked" = "declined"
[priorities]
someday = "low"
[references]
"task-" = "SHOP-"
"""


def test_a_mapping_places_columns_words_and_references(desk):
    content = "id,Kopfzeile,status,priority,milestone,updated,dependencies\nSHOP-1,Search,Parked,someday,m-2,x,\n"
    report = desk.bring(content + "SHOP-2,Sort,open,,,,task-1\n", mapping_path=desk.mapping(MAP))
    search = desk.item("Search")

    assert (search.state, search.priority, search.external_id) == ("declined", "low", "shop:SHOP-1")
    assert tags_of(desk.plan)[search.id] == ("milestone-m-2",)
    assert needs_of(desk.plan)[desk.item("Sort").id] == (search.id,)
    assert [finding for finding in report.findings if finding.severity == "warning"] == []


def test_a_mapped_beginning_needs_no_reading_of_its_own(desk):
    mapping = desk.mapping('[references]\n"task-" = "SHOP-"\n')
    report = desk.bring("id,title,parent\nSHOP-1,Search,\nSHOP-2,Sort,task-1\n", mapping_path=mapping)

    assert [finding.text for finding in report.findings] == []


def test_the_source_of_the_command_line_wins_over_the_mapping(desk):
    desk.bring("id,title\n1,Search\n", mapping_path=desk.mapping('source = "shop"\n'), source="jira")

    assert desk.item("Search").external_id == "jira:1"


def test_a_mapping_that_speaks_of_a_missing_column_says_so(desk):
    report = desk.look("id,title\n1,Search\n", mapping_path=desk.mapping('[columns]\nsprint = "tags"\n'))

    assert 'speaks of a column "sprint", which the file has not' in report.findings[0].text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[states]\nParked = "asleep"\n', '[states] "Parked" is "asleep"; it should be one of idea, candidate'),
        ('[columns]\nRank = "rank"\n', '[columns] "Rank" is "rank"; it should be a field'),
        ("[priorities]\nx = 3\n", '[priorities] "x" is "3"'),
        ('[sates]\nx = "idea"\n', 'a part "sates"'),
        ('states = "idea"\n', "states is no table"),
        ('[references]\n"task-" = 3\n', "[references] holds beginnings"),
        ("[columns\n", "It is no TOML"),
        ("x = " + "[" * 100_000, "It is"),
    ],
    ids=lambda value: value[:20],
)
def test_a_mapping_with_mistakes_is_refused_in_words(desk, content, words):
    with pytest.raises(BadFile) as refusal:
        desk.look("id,title\n1,Search\n", mapping_path=desk.mapping(content))

    assert words in refusal.value.sentence
    assert "The mapping file" in refusal.value.sentence


def test_a_mapped_reference_that_points_nowhere_is_shown_as_the_file_has_it(desk):
    mapping = desk.mapping('[references]\n"task-" = "SHOP-"\n')
    report = desk.look("id,title,parent\nSHOP-2,Sort,task-1\n", mapping_path=mapping)

    assert [finding.text for finding in report.findings] == [
        'SHOP-2 has a parent that cannot be placed: "task-1", read as "SHOP-1", is neither in the file nor in the plan.'
    ]
