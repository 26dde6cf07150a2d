"""The plan's backlog as a table, and the way back."""

import csv
import io
from datetime import date

from pmtui.domain.commands import AddDependency, AddItem, AddObjective, AddProduct, PromoteItems, TagItems
from pmtui.domain.plan import needs_of, tags_of
from pmtui.exchange.write import export_csv


def small_plan(desk):
    desk.do(AddProduct("product00001", "Shop"))
    desk.do(AddObjective("objective001", "Fewer lost baskets"))
    desk.do(AddItem("item00000001", "=cmd|' /C calc'!A0", {"value": 8.0, "effort": 2.5, "reach": 1e9}))
    desk.do(
        AddItem(
            "item00000002",
            "Second",
            {
                "parent_id": "item00000001",
                "objective_id": "objective001",
                "notes": '- one\n- "two"; three',
                "created_on": date(2026, 1, 31),
                "confidence": 0.8,
                "owner": "@ann",
            },
        )
    )
    desk.do(TagItems(("item00000002",), {"web": "tag000000001", "-fast": "tag000000002"}))
    desk.do(AddDependency("item00000002", "item00000001"))
    return export_csv(desk.plan)


def test_every_field_has_a_column_and_numbers_stay_numbers(desk):
    rows = list(csv.DictReader(io.StringIO(small_plan(desk), newline="")))

    assert list(rows[0])[:6] == ["pmtui id", "key", "product", "parent", "objective", "card"]
    assert list(rows[0])[-2:] == ["tags", "depends on"]
    assert (rows[0]["value"], rows[0]["effort"], rows[0]["reach"]) == ("8", "2.5", "1000000000")
    assert rows[0]["product"] == "P-1 Shop"
    assert (rows[1]["parent"], rows[1]["objective"], rows[1]["created"]) == (
        "F-1",
        "O-1 Fewer lost baskets",
        "2026-01-31",
    )
    assert (rows[1]["tags"], rows[1]["depends on"]) == ("'-fast; web", "F-1")


def test_the_card_of_an_item_goes_out_by_its_key_and_comes_back(desk):
    small_plan(desk)
    desk.do(PromoteItems(("item00000002",), "card00000001", {"lane": "Trust"}))
    content = export_csv(desk.plan)
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert [row["card"] for row in rows] == ["", "C-1"]
    assert desk.look(content).is_empty
    desk.bring(content.replace(",C-1,", ",,"))
    assert desk.plan.backlog_items["item00000002"].initiative_id is None


def test_no_text_cell_is_taken_for_a_formula(desk):
    rows = list(csv.DictReader(io.StringIO(small_plan(desk), newline="")))

    assert rows[0]["title"] == "'=cmd|' /C calc'!A0"
    assert rows[1]["notes"] == '\'- one\n- "two"; three'
    assert rows[1]["owner"] == "'@ann"


def test_importing_an_export_into_its_own_plan_finds_nothing_new(desk):
    assert desk.look(small_plan(desk)).is_empty


def test_importing_an_export_elsewhere_restores_the_items_with_ids_and_keys(desk):
    content = small_plan(desk)
    before = desk.plan
    desk.plan = type(before)()
    desk.do(AddProduct("otherproduct", "Shop"))
    report = desk.bring(content)

    second = desk.plan.backlog_items["item00000002"]
    assert (second.key, second.parent_id, second.notes) == ("F-2", "item00000001", '- one\n- "two"; three')
    assert second.product_id == "otherproduct"
    assert tags_of(desk.plan) == tags_of(before)
    assert needs_of(desk.plan) == needs_of(before)
    (finding,) = report.findings
    assert (finding.line, finding.severity) == (3, "warning")
    assert 'There is no objective "O-1 Fewer lost baskets" in the plan' in finding.text


def test_what_a_person_changed_or_emptied_in_the_sheet_is_changed_and_emptied(desk):
    content = small_plan(desk)
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    rows[1] |= {"tags": "web", "depends on": "", "value": "3", "owner": "", "parent": "", "state": "Done"}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    report = desk.bring(out.getvalue())

    second = desk.plan.backlog_items["item00000002"]
    assert (second.value, second.owner, second.parent_id, second.state) == (3.0, "", None, "launched")
    assert tags_of(desk.plan)["item00000002"] == ("web",)
    assert needs_of(desk.plan) == {}
    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)


def test_a_row_added_in_the_sheet_becomes_an_item_once(desk):
    content = small_plan(desk)
    width = content.splitlines()[0].count(",")
    title_at = content.splitlines()[0].split(",").index("title")
    row = "," * title_at + "Third" + "," * (width - title_at) + "\n"
    desk.bring(content + row)

    assert desk.item("Third").key == "F-3"
    assert desk.look(content + row).is_empty


def test_a_key_that_belongs_to_another_item_is_given_anew_and_said_so(desk):
    content = small_plan(desk)
    desk.plan = type(desk.plan)()
    desk.do(AddItem("otheritem001", "Was here first"))
    report = desk.bring(content)

    assert desk.plan.backlog_items["otheritem001"].key == "F-1"
    assert desk.plan.backlog_items["item00000002"].key == "F-2"
    assert desk.plan.backlog_items["item00000001"].key == "F-3"
    assert desk.plan.backlog_items["item00000002"].parent_id == "item00000001"
    assert any('F-1 is F-1 "Was here first" already' in str(finding) for finding in report.findings)
