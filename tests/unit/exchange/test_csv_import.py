"""A backlog of any tool becomes items, and what has no place is said line by line."""

import re
from datetime import date

import pytest

from pmtui.domain.commands import AddProduct, Archive, EditFields, FieldEdit, SetState
from pmtui.domain.plan import needs_of, tags_of
from pmtui.domain.rules import decide
from pmtui.exchange.read import BadFile


def told(report, severity=""):
    return [str(finding) for finding in report.findings if finding.severity == (severity or finding.severity)]


def test_a_real_looking_backlog_comes_in_whole_and_says_what_it_could_not_place(desk, wild):
    report = desk.bring(wild)

    assert (report.created, report.updated, report.links, report.unplaced) == (9, 0, 8, 5)
    assert report.summary() == (
        '"wild.csv" (CSV, UTF-8): 9 rows',
        "9 new, 0 changed, 0 as they were; 8 new links; 5 not placed",
        "How it was read:",
        '  state "To Do" was read as candidate (4 rows).',
        '  state "Done" was read as launched (2 rows).',
        '  state "Won\'t fix" was read as declined (1 row).',
        '  1 tag is written as pmtui writes tags, as "data-model" for "Data Model".',
        "  2 parents were written task-N and read as SHOP-N.",
        "  2 dependencies were written task-N and read as SHOP-N.",
        "  1 dependency was written task-N.NN and read as SHOP-N.N.",
        "  1 dependency was written task-N.N and read as SHOP-N.N.",
        "  1 dependency was written SHOP-N.N and read as SHOP-N.NN.",
        "  1 parent was written N and read as SHOP-N.",
        "What was left out, and why:",
        (
            '  The column "milestone" was left out; 2 rows had something there. '
            "A mapping file can say what it means, under [columns]."
        ),
        (
            '  The column "updated" was left out; 1 row had something there. '
            "A mapping file can say what it means, under [columns]."
        ),
        '  line 8: SHOP-20 has a parent that cannot be placed: "task-3" is neither in the file nor in the plan.',
        '  line 9: SHOP-21 needs what cannot be placed: "task-4" is neither in the file nor in the plan.',
        '  line 10: created: "30.02.2025" is no day of the calendar. It was left out.',
        (
            '  line 10: state "Parked" is not known (1 row). New items stay ideas. '
            "Say what it means in a mapping file, under [states]."
        ),
        (
            '  line 10: priority "someday" is not known (1 row). It was left out. '
            "Say what it means in a mapping file, under [priorities]."
        ),
    )


def test_fields_parents_tags_and_dependencies_arrive(desk, wild):
    desk.bring(wild)
    merge = desk.item("Merge two baskets, oldest first")

    assert merge.key == "F-3"
    assert merge.external_id == "wild:SHOP-10.02"
    assert merge.state == "in progress"
    assert merge.created_on == date(2025, 1, 4)
    assert desk.plan.backlog_items[merge.parent_id].title == "Basket that survives a closed tab"
    assert tags_of(desk.plan)[desk.item("Pay with a voucher").id] == ("backend", "payment")
    needed = needs_of(desk.plan)[desk.item("Pay with a voucher").id]
    assert [desk.plan.backlog_items[other].external_id for other in needed] == ["wild:SHOP-10.1", "wild:SHOP-10.02"]


def test_nothing_is_invented_where_the_file_says_nothing(desk, wild):
    desk.bring(wild)

    for item in desk.plan.backlog_items.values():
        assert (item.value, item.effort, item.reach, item.owner, item.notes) == (None, None, None, "", "")
    assert desk.item("Search by colour").created_on is None
    assert desk.item("Search by colour").state == "idea"
    assert desk.plan.products == {}


def test_a_declined_item_keeps_the_other_tools_word_as_its_reason(desk, wild):
    desk.bring(wild)
    gift = desk.item('Print the "gift" note')

    assert (gift.state, gift.state_reason) == ("declined", '"Won\'t fix" in wild')


def test_a_second_import_of_the_same_file_finds_nothing_new(desk, wild):
    desk.bring(wild)
    again = desk.look(wild)

    assert again.is_empty
    assert again.headline == "nothing new: 9 things already in the plan as the file has them"
    assert not decide(desk.plan, again.command, date(2026, 3, 2))


def test_a_second_import_edits_only_what_the_file_has_and_what_differs(desk):
    desk.bring("id,title,status\n1,Search,open\n2,Filter,open\n")
    search = desk.item("Search")
    desk.do(EditFields((FieldEdit("backlog_item", search.id, "value", None, 8.0),)))

    report = desk.bring("id,title,status\n1,Search,done\n2,Filter,open\n3,Sort,open\n")

    assert (report.created, report.updated, report.unchanged) == (1, 1, 1)
    assert [(edit.field, edit.seen, edit.value) for edit in report.command.edits] == [
        ("state", "candidate", "launched")
    ]
    assert desk.item("Search").value == 8.0
    assert desk.item("Search").key == search.key


def test_an_empty_cell_of_another_tool_empties_nothing(desk):
    desk.bring("id,title,priority,labels\n1,Search,high,web\n")
    report = desk.look("id,title,priority,labels\n1,Search,,\n")

    assert report.is_empty


def test_a_reason_that_a_person_wrote_is_not_overwritten(desk):
    desk.bring("id,title,status\n1,Search,open\n")
    desk.do(SetState((desk.item("Search").id,), "declined", "Too few would use it"))
    report = desk.look("id,title,status\n1,Search,rejected\n")

    assert report.is_empty


def test_an_item_that_is_taken_up_again_loses_the_reason_for_declining_it(desk):
    desk.bring("id,title,status\n1,Search,rejected\n")
    desk.bring("id,title,status\n1,Search,open\n")

    assert (desk.item("Search").state, desk.item("Search").state_reason) == ("candidate", "")


def test_items_join_the_only_product(desk):
    desk.do(AddProduct("product00001", "Shop"))
    desk.bring("id,title\n1,Search\n")

    assert desk.item("Search").product_id == "product00001"


def test_an_import_is_one_step_that_undo_takes_back_whole(desk, wild):
    changes = decide(desk.plan, desk.look(wild).command, date(2026, 3, 2))
    after = desk.plan.apply(changes)

    assert after.apply(changes.inverse("undo")).is_empty


def test_the_same_list_under_another_name_is_noticed(desk):
    desk.bring("id,title\nA-1,Search\nA-2,Filter\n", "tracker.csv")
    report = desk.look("id,title\nA-1,Search\nA-2,Filter\n", "tracker-2.csv")

    assert '2 of these ids are in the plan already, from "tracker"' in " ".join(told(report, "warning"))
    assert desk.look("id,title\nA-1,Search\nA-2,Filter\n", "tracker-2.csv", source="tracker").is_empty


def test_rows_without_ids_are_known_by_their_titles(desk):
    content = "title,notes\nSearch,a\nFilter,b\nSearch,c\n"
    report = desk.bring(content)

    assert "No row has an id: a later import will know them by their titles." in told(report, "note")
    assert {item.external_id for item in desk.plan.backlog_items.values()} == {
        "list:title=Search",
        "list:title=Filter",
        "list:title=Search #2",
    }
    assert desk.look(content).is_empty


def test_references_reach_items_of_an_earlier_import_of_the_same_source(desk):
    desk.bring("id,title\nA-1,Search\n")
    desk.bring("id,title,parent\nA-2,Fuzzy search,a-1\n")

    assert desk.item("Fuzzy search").parent_id == desk.item("Search").id


def test_nothing_is_put_into_the_archive_by_a_link(desk):
    desk.bring("id,title\n1,Search\n")
    desk.do(Archive("backlog_item", (desk.item("Search").id,)))
    report = desk.bring("id,title,parent\n2,Fuzzy,1\n")

    assert desk.item("Fuzzy").parent_id is None
    assert told(report, "warning") == ["line 2: The parent F-1 of 2 is in the archive; it was left out."]


@pytest.mark.parametrize(
    ("header", "row", "field", "value"),
    [
        ("Key,Summary,Story", "1,Search,x", "title", "Search"),
        ("Identifier;Name;Assignee", "1;Search;ann", "owner", "ann"),
        ("Issue id\tSubject\tDescription", "1\tSearch\tFind it", "notes", "Find it"),
        ("id,title,Person-Months", "1,Search,2.5", "person_months", 2.5),
        ("id;title;effort", "1;Search;2,5", "effort", 2.5),
        ("id,title,confidence", "1,Search,80%", "confidence", 0.8),
        ("ID,TITLE,Created At", "1,Search,31 Jan 2026", "created_on", date(2026, 1, 31)),
        ("id,title,state", "1,Search,WIP", "state", "in progress"),
        ("id,title,priority", "1,Search,P1", "priority", "high"),
        ("id,title,Risk Reduction", "1,Search,8", "risk_reduction", 8.0),
    ],
)
def test_columns_are_recognised_by_their_names(desk, header, row, field, value):
    desk.bring(f"{header}\n{row}\n")

    assert getattr(desk.item("Search"), field) == value


def test_of_two_columns_with_the_same_meaning_the_surer_name_counts_and_the_other_is_reported(desk):
    report = desk.bring("Issue id,Issue key,Summary\n10001,A-1,Search\n")

    assert desk.item("Search").external_id == "list:A-1"
    assert told(report, "warning") == [
        (
            'The column "Issue id" was left out; 1 row had something there. '
            "A mapping file can say what it means, under [columns]."
        )
    ]


def test_several_columns_of_labels_are_one_list(desk):
    desk.bring("id,title,Labels,Labels\n1,Search,web,fast\n")

    assert tags_of(desk.plan)[desk.item("Search").id] == ("fast", "web")


@pytest.mark.parametrize("cell", ["11", "-1", "١٢", "1_0", "1e999", "nan", "ten", "80%", "1,5"])
def test_a_number_that_is_none_is_left_out_with_its_line(desk, cell):
    report = desk.bring(f'id,title,value\n1,Search,"{cell}"\n')

    assert desk.item("Search").value is None
    (problem,) = told(report, "warning")
    assert problem.startswith("line 2: value: ")
    assert report.unplaced == 1


def test_long_titles_are_cut_and_control_characters_replaced_with_a_notice(desk):
    report = desk.bring(f"id,title\n1,{'x' * 600}\n2,evil \x1b]52;c;eA==\x07 title\n")

    assert told(report, "note") == [
        "line 2: The title has 600 characters; the first 500 were kept.",
        "line 3: The title held control characters, replaced by �.",
    ]
    assert desk.item("x" * 500)
    assert not re.search("[\x00-\x1f]", desk.item("evil �]52;c;eA==� title").title)


def test_markup_in_a_title_is_just_text(desk):
    desk.bring("id,title\n1,[@click=app.quit]x[/] [/]\n")

    assert desk.item("[@click=app.quit]x[/] [/]")


def test_a_row_without_a_title_is_left_out(desk):
    report = desk.bring("id,title\n1,\n2,Search\n")

    assert told(report, "warning") == ["line 2: This row has no title and was left out."]
    assert len(desk.plan.backlog_items) == 1


def test_a_file_without_titles_is_refused_with_the_way_to_name_them(desk):
    with pytest.raises(BadFile) as refusal:
        desk.look("nr,Kopfzeile\n1,Suche\n")

    assert 'No column holds the titles. Its columns are: "nr", "Kopfzeile".' in refusal.value.sentence
    assert "Your plan is as it was." in refusal.value.sentence


def test_blank_rows_short_rows_and_a_separator_line_are_understood(desk):
    report = desk.bring("sep=;\nid;title;owner\n\n1;Search;ann\n2;Filter\n;;\n")

    assert told(report, "note")[-1].startswith("line 5: 1 row is shorter than the header")
    assert len(desk.plan.backlog_items) == 2


def test_a_day_that_a_column_proves_is_read_and_one_that_is_open_is_not(desk):
    desk.bring("id,title,created\n1,Search,31.01.2026\n2,Filter,02.03.2026\n")
    report = desk.bring("id,title,created\n3,Sort,02/03/2026\n")

    assert desk.item("Filter").created_on == date(2026, 3, 2)
    assert desk.item("Sort").created_on is None
    assert "could mean two different days" in told(report, "warning")[0]


def test_a_day_after_today_is_kept_and_mentioned(desk):
    report = desk.bring("id,title,created\n1,Search,2027-01-01\n")

    assert desk.item("Search").created_on == date(2027, 1, 1)
    assert told(report, "note") == ["line 2: 1 row, here the first, say they were created after today."]
