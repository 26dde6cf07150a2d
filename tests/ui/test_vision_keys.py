"""Every key of the Vision tab."""

from __future__ import annotations

import pytest

from pmtui.domain.commands import AddItem, AddKeyResult, AddObjective, AddProduct
from pmtui.ui.keys import TABLE
from pmtui.workspace import Actor, Workspace

ORDER = ["Fieldnote", "No note is lost", "Notes lost", "Crews offline", "Teams come back", "Desk", "A loose end"]


@pytest.fixture
def vision_file(tmp_path, clock):
    """Two products; one objective with two key results, one without, one without a product."""
    path = tmp_path / "vision.db"
    with Workspace(path, clock, Actor("ann", "desk")) as workspace:
        workspace.do(AddProduct("first", "Fieldnote", "One record of every visit.", {"stage": "growth"}))
        workspace.do(AddObjective("lossless", "No note is lost", "first", fields={"owner": "Ann"}))
        workspace.do(AddKeyResult("lost", "Notes lost", "lossless", {"start": 40.0, "current": 30.0, "target": 0.0}))
        workspace.do(AddKeyResult("crews", "Crews offline", "lossless", {"start": 0.0, "target": 20.0}))
        workspace.do(AddObjective("weekly", "Teams come back", "first"))
        workspace.do(AddProduct("second", "Desk"))
        workspace.do(AddObjective("loose", "A loose end"))
        workspace.do(AddItem("item", "Approval inbox", {"objective_id": "lossless", "product_id": "first"}))
    return path


@pytest.fixture
def look(sit, vision_file):
    """Run steps in the Vision tab of that plan."""

    def run(steps, **more):
        async def there(at):
            await at.press("1")
            await steps(at, at.app.current)

        sit(there, vision_file, **more)

    return run


def titles(view):
    return [
        getattr(view.plan.of(row.kind)[row.id], "title", "") or view.plan.of(row.kind)[row.id].name for row in view.rows
    ]


def here(view):
    return titles(view)[view.index[view.cursor]]


class TestMoving:
    def test_products_have_their_objectives_below_and_these_their_key_results(self, look):
        async def steps(_at, view):
            assert titles(view) == ORDER

        look(steps)

    @pytest.mark.parametrize(
        ("keys", "row"),
        [
            ("j", 1),
            ("down n", 2),
            ("j j k", 1),
            ("j j up", 1),
            ("j j N", 1),
            ("k", 0),
            ("G", -1),
            ("end home", 0),
            ("G g", 0),
            ("pagedown", -1),
            ("pagedown pageup", 0),
            ("l", 1),
            ("l right", 2),
            ("l l l", 2),
            ("l l h", 1),
            ("l l left left", 0),
            ("h", 0),
        ],
    )
    def test_rows(self, look, keys, row):
        async def steps(at, view):
            await at.press(*keys.split())
            assert here(view) == ORDER[row]

        look(steps)

    def test_a_click_takes_the_cursor_there_and_a_second_one_opens(self, look):
        async def steps(at, view):
            await at.pilot.click(view.list_pane, offset=(4, 3))
            await at.settle()
            assert here(view) == "Notes lost"
            await at.pilot.click(view.list_pane, offset=(4, 3))
            await at.settle()
            assert at.shows("K-1 Notes lost")
            assert at.app.screen is not at.app.screen_stack[0]

        look(steps)


class TestAdding:
    def test_beside_an_objective(self, look):
        async def steps(at, view):
            await at.press("j", "a")
            await at.paste("Every crew works offline due:2w")
            await at.press("enter", "escape")
            made = view.plan.objectives[view.cursor]
            assert (made.title, made.product_id, made.due_on.isoformat()) == (
                "Every crew works offline",
                "first",
                "2026-03-16",
            )

        look(steps)

    def test_a_key_result_below_an_objective_and_another_beside_it(self, look):
        async def steps(at, view):
            view.put_cursor("weekly")
            await at.press("A")
            await at.paste("Weekly teams start:5 target:25 unit:teams")
            await at.press("enter", "escape")
            first = view.plan.key_results[view.cursor]
            assert (first.objective_id, first.start, first.target, first.unit) == ("weekly", 5.0, 25.0, "teams")
            await at.press("a")
            await at.paste("Pages a week")
            await at.press("enter", "escape")
            assert view.plan.key_results[view.cursor].objective_id == "weekly"

        look(steps)

    def test_below_a_product_comes_an_objective_and_below_a_key_result_nothing(self, look):
        async def steps(at, view):
            await at.press("A")
            await at.paste("Third")
            await at.press("enter", "escape")
            assert view.plan.objectives[view.cursor].product_id == "first"
            view.put_cursor("lost")
            await at.press("A")
            assert "Nothing stands below a key result" in at.said[-1]

        look(steps)

    def test_an_empty_plan_says_what_to_press_and_takes_a_product(self, sit, tmp_path):
        async def steps(at):
            await at.press("1")
            assert at.shows("No product yet")
            await at.press("a")
            await at.paste("Fieldnote")
            await at.press("enter")
            assert [product.name for product in at.plan.products.values()] == ["Fieldnote"]
            assert not at.prompt.is_open

        sit(steps, tmp_path / "new.db")

    def test_what_is_wrong_is_said_and_the_text_stays(self, look):
        async def steps(at, _view):
            await at.press("j", "a")
            await at.paste("Sooner due:never")
            await at.press("enter")
            assert at.prompt.is_open
            assert at.shows("no day")
            assert at.prompt.input.value == "Sooner due:never"

        look(steps)


class TestMeasuring:
    def test_less_and_more_of_a_key_result(self, look):
        async def steps(at, view):
            view.put_cursor("lost")
            await at.press("L")
            assert view.plan.key_results["lost"].current == 28.0
            await at.press("H", "shift+left")
            assert view.plan.key_results["lost"].current == 32.0
            view.put_cursor("weekly")
            await at.press("L")
            assert "this is none" in at.said[-1]

        look(steps)

    def test_comma_types_where_it_stands_and_goes_on(self, look):
        async def steps(at, view):
            await at.press("comma")
            await at.paste("12")
            await at.press("enter")
            assert view.plan.key_results["lost"].current == 12.0
            assert here(view) == "Crews offline"
            await at.paste("much")
            await at.press("enter")
            assert at.shows("is a number")
            await at.type("5")
            await at.press("enter")
            assert view.plan.key_results["crews"].current == 5.0
            assert not at.prompt.is_open

        look(steps)

    def test_a_missing_number_gives_no_grade_and_says_which(self, look):
        async def steps(at, view):
            view.put_cursor("crews")
            await at.settle()
            assert at.shows("current missing")

        look(steps)


class TestChanging:
    def test_edit_in_its_row(self, look):
        async def steps(at, view):
            await at.press("j", "e")
            await at.type("Nothing is lost")
            await at.press("enter")
            assert view.plan.objectives["lossless"].title == "Nothing is lost"

        look(steps)

    @pytest.mark.parametrize("key", ["enter", "E"])
    def test_the_record_of_a_product(self, look, key):
        async def steps(at, view):
            await at.press(key)
            assert at.shows("lifecycle stage")
            await at.press("escape")
            assert at.app.current is view

        look(steps, size=(120, 50))

    def test_each_box_of_the_board_is_text_in_the_form(self, look):
        async def steps(at, view):
            await at.press("E")
            for name in ("target-group", "needs", "features", "business-goals"):
                at.app.screen.query_one(f"#field-{name}").focus_input()
                await at.settle()
                await at.paste(f"{name} of crews")
            await at.press("escape")
            product = view.plan.products["first"]
            assert product.needs == "needs of crews"
            assert product.target_group == "target-group of crews"

        look(steps)

    def test_the_next_stage_and_the_other_ambition(self, look):
        async def steps(at, view):
            await at.press("x")
            assert view.plan.products["first"].stage == "maturity"
            await at.press("j", "x")
            assert view.plan.objectives["lossless"].ambition == "committed"
            await at.press("j", "x")
            assert "has no state" in at.said[-1]

        look(steps)

    def test_choose_a_stage_for_one_and_an_ambition_for_all_marked(self, look):
        async def steps(at, view):
            await at.press("X")
            await at.paste("decl")
            await at.press("enter")
            assert view.plan.products["first"].stage == "decline"
            view.put_cursor("lossless")
            await at.press("asterisk", "X")
            await at.paste("committed")
            await at.press("enter")
            assert {goal.ambition for goal in view.plan.objectives.values()} == {"committed"}

        look(steps)

    def test_owner_of_marked_ones_and_archive_and_undo(self, look):
        async def steps(at, view):
            view.put_cursor("lost")
            await at.press("space", "space")
            assert view.marks == {"lost", "crews"}
            await at.press("at")
            await at.paste("Kim")
            await at.press("enter")
            assert {result.owner for result in view.plan.key_results.values()} == {"Kim"}
            await at.press("d")
            assert all(result.archived for result in view.plan.key_results.values())
            assert "Notes lost" not in titles(view)
            await at.press("u", "u")
            assert {result.owner for result in view.plan.key_results.values()} == {""}
            assert titles(view) == ORDER

        look(steps)

    def test_marks_are_of_one_kind_and_esc_takes_them_off(self, look):
        async def steps(at, view):
            await at.press("space", "space")
            assert view.marks == {"first"}
            assert "one kind" in at.said[-1]
            await at.press("escape")
            assert not view.marks

        look(steps)

    def test_promote_an_objective_to_a_card(self, look):
        async def steps(at, _view):
            await at.press("j", "i")
            await at.paste("Work anywhere")
            await at.press("enter")
            card = next(iter(at.plan.initiatives.values()))
            assert (card.title, card.objective_id, card.product_id) == ("Work anywhere", "lossless", "first")
            assert at.app.tab == "roadmap"
            assert at.app.current.cursor == card.id

        look(steps)


class TestSeeing:
    def test_filter_live_keep_and_drop(self, look):
        async def steps(at, view):
            await at.press("slash", *"crews")
            assert titles(view) == ["Fieldnote", "No note is lost", "Crews offline"]
            await at.press("enter")
            assert at.shows("/crews")
            await at.press("escape")
            assert titles(view) == ORDER

        look(steps)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("@ann", "No note is lost"),
            ("grade:red", "Notes lost"),
            ("grade:none teams", "Teams come back"),
            ("-fieldnote -note -crews -teams -loose", "Desk"),
        ],
    )
    def test_words_of_the_filter(self, look, text, found):
        async def steps(_at, view):
            view.choose_filter(text)
            assert found in titles(view)
            assert len(titles(view)) < len(ORDER)

        look(steps)

    def test_the_board_and_back(self, look):
        async def steps(at, view):
            await at.press("c")
            assert at.shows("business goals")
            assert at.shows("[target customer?]")
            assert at.shows("One record of every visit.")
            await at.press("escape")
            assert not view.board
            assert at.shows("Teams come back")

        look(steps)

    def test_detail_on_and_off(self, look):
        async def steps(at, _view):
            await at.press("j")
            assert at.shows("mean of 1 key result")
            await at.press("z")
            assert not at.shows("mean of 1 key result")

        look(steps)

    def test_copy(self, look, monkeypatch):
        async def steps(at, view):
            copied = []
            monkeypatch.setattr(at.app, "copy", copied.append)
            await at.press("y", "Y")
            assert copied[0] == "P-1 Fieldnote"
            assert copied[1].startswith("## P-1 Fieldnote")
            assert "One record of every visit." in copied[1]

        look(steps)

    def test_the_thread_leads_to_the_item_and_back(self, look):
        async def steps(at, view):
            await at.press("j", "o")
            assert at.shows("Approval inbox")
            await at.paste("Approval")
            await at.press("enter")
            assert at.app.tab == "matrix"
            assert at.matrix.cursor == "item"
            await at.press("o", "enter")
            assert at.app.tab == "vision"
            assert view.cursor == "lossless"

        look(steps)

    @pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50), (44, 20), (30, 8), (10, 3)])
    def test_every_size(self, look, size):
        async def steps(at, view):
            for _ in view.rows:
                await at.press("j")
            await at.press("c")
            assert all(len(line) <= size[0] for line in at.lines())

        look(steps, size=size)


def test_every_key_of_the_tab_does_something_that_exists():
    from pmtui.ui.vision.view import VisionView

    for key in TABLE:
        if key.where == "vision":
            assert hasattr(VisionView, f"action_{key.action.partition('(')[0]}"), key.id
