"""JSON keeps everything, gives the same bytes for the same plan, and takes nothing that it does not understand."""

import json
from datetime import date

import pytest

from pmtui.domain.commands import (
    AddInitiative,
    AddItem,
    AddObjective,
    AddProduct,
    AddProject,
    AddTask,
    EditFields,
    FieldEdit,
    LinkTasks,
    MakePromise,
    SaveView,
    TagItems,
)
from pmtui.domain.entities import KINDS
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan
from pmtui.exchange.json_format import VERSION
from pmtui.exchange.read import BadFile
from pmtui.exchange.write import export_json


def full_plan(desk, wild):
    desk.do(AddProduct("product00001", "Shop", "Buying — without a queue 🛒"))
    desk.do(AddObjective("objective001", "Fewer lost baskets"))
    desk.bring(wild)
    desk.do(AddItem("item00000001", "[/] =1+1 «x»", {"value": 7.5, "notes": 'a\n"b"', "objective_id": "objective001"}))
    desk.do(TagItems(("item00000001",), {"web": "tag000000001"}))
    desk.do(SaveView("view00000001", "Mine", "owner:ann"))
    return export_json(desk.plan)


def test_an_empty_plan_is_a_valid_file(desk):
    content = export_json(desk.plan)

    assert json.loads(content) == {
        "format": "pmtui",
        "version": VERSION,
        **{kind: [] for kind in KINDS},
    }
    assert desk.look(content, "plan.json").is_empty


def test_a_file_of_the_first_version_still_comes_in_and_says_nothing_of_what_is_new(desk):
    desk.do(AddProduct("product00001", "Shop", "", {"stage": "growth", "needs": "queues"}))
    old = {
        "format": "pmtui",
        "version": 1,
        "product": [
            {"id": "product00001", "key": "P-1", "name": "Shop", "vision": "No queue", "external_id": None,
             "archived": False}
        ],
        "objective": [{"id": "objective001", "key": "O-1", "product_id": "product00001", "title": "Fewer baskets"}],
    }  # fmt: skip
    report = desk.bring(json.dumps(old), "plan.json")
    assert (report.created, report.updated) == (1, 1)
    shop = desk.plan.products["product00001"]
    assert (shop.vision, shop.stage, shop.needs) == ("No queue", "growth", "queues")
    assert desk.plan.objectives["objective001"].ambition == "aspirational"


def planned(desk):
    desk.do(AddInitiative("card", "Card", {"lane": "Trust"}))
    desk.do(MakePromise("card", None, date(2026, 4, 30), 0.8, "the board"))
    desk.do(AddProject("site", "Site"))
    for name in ("a", "b", "c"):
        desk.do(AddTask(name, name, "site", fields={"duration": 90, "initiative_id": "card"}))
    desk.do(LinkTasks("a", ("b",), "SS", -480))
    return export_json(desk.plan)


def test_a_link_whose_type_or_lag_differs_is_changed(desk):
    content = planned(desk)
    desk.do(LinkTasks("a", ("b",), "FF", 60))
    report = desk.bring(content, "plan.json")
    assert export_json(desk.plan) == content
    assert report.command.label == "imported plan.json: links"
    assert desk.look(content, "plan.json").is_empty


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('"duration": 90', '"duration": "90m"', 'The duration is working time as 3d, 4h or 30m, not "90m"'),
        ('"duration": 90', '"duration": 90.5', 'not "90.5"'),
        ('"duration": 90', '"duration": -90', "The duration cannot be less than nothing"),
        ('"duration": 90', '"duration": 99999999999', "The duration is at most 10000d"),
        ('"duration": 90', '"duration": true', 'not "True"'),
        ('"type": "SS"', '"type": "SE"', '"SE" is no link'),
        ('"horizon": "later"', '"horizon": "soon"', '"soon" is no horizon'),
        ('"promise_end": "2026-04-30"', '"promise_end": "2026-02-30"', "is no day of the calendar"),
        ('"promise_end": "2026-04-30"', '"promise_end": null', "but not until when"),
        ('"start_on": "2026-03-02"', '"start_on": null', "The start is empty"),
        ('"successor_id": "b"', '"successor_id": "a"', "leads from a thing to itself"),
        ('"successor_id": "b"', '"successor_id": "z"', "neither here nor in the plan"),
        ('"predecessor_id": "a", ', "", "has no predecessor"),
    ],
)
def test_what_makes_no_sense_of_a_plan_of_work_is_refused_in_a_sentence(desk, before, after, problem):
    content = planned(desk)
    assert before in content
    for plan in (Plan(), desk.plan):
        desk.plan = plan
        with pytest.raises(BadFile) as caught:
            desk.look(content.replace(before, after, 1), "plan.json")
        assert problem in caught.value.sentence


def test_two_entries_that_say_different_things_of_one_link_are_refused(desk):
    content = planned(desk)
    line = next(line for line in content.splitlines() if '"predecessor_id"' in line)
    twice = line.replace('"id": "a.b"', '"id": "other"').replace('"SS"', '"FF"')
    with pytest.raises(BadFile, match="Two entries of the file are the same dependency"):
        desk.look(content.replace(line, line + ",\n" + twice), "plan.json")
    assert desk.look(content.replace(line, line + ",\n" + twice.replace("FF", "SS")), "plan.json").is_empty


def test_a_circle_of_tasks_is_refused_by_their_names(desk):
    content = planned(desk)
    line = next(line for line in content.splitlines() if '"predecessor_id"' in line)
    back = '{"id": "b.a", "predecessor_id": "b", "successor_id": "a"}'
    with pytest.raises(BadFile, match=r"Nothing could ever start: T-\d"):
        desk.look(content.replace(line, line + ",\n" + back), "plan.json")


def test_tasks_that_are_parts_of_each_other_are_refused_by_their_names(desk):
    body = json.loads(planned(desk))
    body["dependency"] = []
    for task in body["task"]:
        task["parent_id"] = {"a": "c", "c": "a"}.get(task["id"])
    with pytest.raises((BadFile, Refused), match='T-1 "a"'):
        desk.do(desk.look(json.dumps(body), "plan.json").command)


def test_one_entity_stands_on_one_line_in_the_order_of_keys(desk, wild):
    lines = full_plan(desk, wild).splitlines()
    at = lines.index('"backlog_item": [')
    keys = [json.loads(line.rstrip(","))["key"] for line in lines[at + 1 : at + 11]]

    assert keys == [f"F-{number}" for number in range(1, 11)]


def test_export_import_export_gives_the_same_bytes(desk, wild):
    content = full_plan(desk, wild)
    desk.plan = Plan()
    desk.bring(content, "plan.json")

    assert export_json(desk.plan) == content


def test_importing_a_file_into_its_own_plan_finds_nothing_new(desk, wild):
    assert desk.look(full_plan(desk, wild), "plan.json").is_empty


def test_an_older_file_sets_the_fields_that_differ_and_removes_nothing(desk, wild):
    content = full_plan(desk, wild)
    desk.do(EditFields((FieldEdit("backlog_item", "item00000001", "value", 7.5, 2.0),)))
    desk.do(AddItem("item00000009", "Later"))
    report = desk.bring(content, "plan.json")

    assert desk.plan.backlog_items["item00000001"].value == 7.5
    assert "item00000009" in desk.plan.backlog_items
    assert (report.created, report.updated) == (0, 1)


def test_keys_that_are_taken_are_given_anew_without_touching_references(desk, wild):
    content = full_plan(desk, wild)
    desk.plan = Plan()
    desk.do(AddProduct("myproduct001", "Mine"))
    desk.do(AddItem("myitem000001", "Mine too"))
    report = desk.bring(content, "plan.json")

    keys = sorted(item.key for item in desk.plan.backlog_items.values())
    assert len(set(keys)) == 11
    assert desk.plan.backlog_items["myitem000001"].key == "F-1"
    assert desk.item("Keep the basket on the server").parent_id == desk.item("Basket that survives a closed tab").id
    assert [f.text for f in report.findings][:2] == [
        'P-1 is P-1 "Mine" already; "Shop" gets the next key.',
        'F-1 is F-1 "Mine too" already; "Basket that survives a closed tab" gets the next key.',
    ]


def test_the_same_thing_under_another_id_is_known_by_its_external_id_tag_or_view_name(desk, wild):
    content = full_plan(desk, wild)
    desk.plan = Plan()
    desk.bring(wild)
    desk.do(SaveView("otherview001", "mine", "x"))
    report = desk.bring(content, "plan.json")

    assert len(desk.plan.backlog_items) == 10
    assert len({tag.name for tag in desk.plan.tags.values()}) == len(desk.plan.tags)
    assert len(desk.plan.views) == 1
    assert "9 with an id of another plan are known here by their external ids." in [f.text for f in report.findings]


def entity(**fields):
    row = {"id": "item00000001", "title": "One", **fields}
    return json.dumps({"format": "pmtui", "version": 1, "backlog_item": [row]})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "It is no JSON from here on"),
        ("[]", "no export of pmtui"),
        ('{"format": "other"}', "no export of pmtui"),
        ('{"format": "pmtui"}', "does not say its version"),
        ('{"format": "pmtui", "version": true}', "does not say its version"),
        (
            '{"format": "pmtui", "version": 3}',
            "written by a newer pmtui (format 3; this one reads 2). Update pmtui first.",
        ),
        ('{"format": "pmtui", "version": 1, "wombat": []}', 'The part "wombat" is unknown'),
        ('{"format": "pmtui", "version": 1, "tag": [], "tag": []}', 'The part "tag" is there more than once'),
        ('{"format": "pmtui", "version": 1, "tag": {}}', '"tag" is no list'),
        ('{"format": "pmtui", "version": 1, "tag": [7]}', 'Entry 1 of "tag" is no object'),
        ('{"format": "pmtui", "version": 1, "tag": [{"name": "x"}]}', 'Entry 1 of "tag" has no id'),
        (entity(wombat=1), 'has a field "wombat" that this version does not know'),
        (entity(value="8"), 'The backlog item "item00000001": The value is a number, not "8".'),
        (entity(value=True), "The value is a number"),
        (entity(value=[8]), "is a list or an object"),
        (entity(value=11), "The value goes from 0 to 10; 11 is outside."),
        (entity(title=None), "The title is empty"),
        (entity(title=7), "The title is text"),
        (entity(archived=1), "The archived is yes or no"),
        (entity(state="asleep"), '"asleep" is no state'),
        (entity(state=["idea"]), "is a list or an object"),
        (entity(created_on=0), "is a day as 2026-01-31"),
        (entity(created_on="2026-W05-6"), "is a day as 2026-01-31"),
        (entity(created_on="2026-02-30"), "no day of the calendar"),
        (entity(parent_id="nobody"), "which is neither here nor in the plan"),
        (entity(parent_id="item00000001"), "An item cannot be a part of itself"),
        (entity(id=""), "has no id"),
        (entity(id="x" * 41), "The id has 41 characters"),
        (entity().replace('"title"', '"title": "Zero", "title"'), '"title" more than once'),
        ('{"format": "pmtui", "version": 1, "backlog_item": [{"id": "a"}]}', 'The backlog item "a" has no title'),
    ],
)
def test_what_is_not_understood_is_refused_and_named(desk, content, words):
    with pytest.raises(BadFile) as refusal:
        desk.look(content, "plan.json")

    assert words in refusal.value.sentence
    assert "Your plan is as it was" in refusal.value.sentence


def test_all_problems_are_listed_with_their_lines(desk):
    content = (
        '{"format": "pmtui", "version": 1, "backlog_item": [\n'
        '{"id": "a", "title": "A", "value": 99},\n'
        '{"id": "b", "title": "B", "parent_id": "a", "colour": "red"},\n'
        '{"id": "a", "title": "Again"}\n]}'
    )
    with pytest.raises(BadFile) as refusal:
        desk.look(content, "plan.json")

    assert refusal.value.sentence.splitlines() == [
        '"plan.json" was not imported: 3 problems. Your plan is as it was; mend the file and import it again.',
        '  line 2: The backlog item "a": The value goes from 0 to 10; 99 is outside.',
        '  line 3: The backlog item "b" has a field "colour" that this version does not know.',
        '  line 4: The backlog item "a" is there already on line 2. Keep one of them.',
    ]


def test_a_field_that_is_missing_is_as_if_nobody_had_said_it(desk):
    desk.bring(entity(), "plan.json")

    item = desk.plan.backlog_items["item00000001"]
    assert (item.key, item.state, item.value) == ("F-1", "idea", None)


def test_links_of_the_file_that_are_there_under_another_id_are_not_doubled(desk):
    file = {
        "format": "pmtui",
        "version": 1,
        "backlog_item": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
        "item_dependency": [{"id": link, "item_id": "a", "needs_id": "b"} for link in ("x", "y")],
    }
    desk.bring(json.dumps(file), "plan.json")

    assert list(desk.plan.item_dependencies) == ["a.b"]
