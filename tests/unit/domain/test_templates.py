"""What is wanted becomes work: cards and items as tasks of a project."""

from __future__ import annotations

import pytest

from pmtui.domain.commands import Archive, EditFields, FieldEdit, ImportEntities, PlanWork
from pmtui.domain.entities.roadmap import Initiative
from pmtui.domain.templates import TEMPLATES, tasks_needed

IDS = tuple(f"new{n}" for n in range(60))


@pytest.fixture
def card(site) -> str:
    """A card without items."""
    site.do(ImportEntities("in", (Initiative(id="card", title="Trust"),)))
    return "card"


def plan(site, kind: str, thing: str, template: str = "feature", project: str = "site", name: str = "", ids=IDS):
    ids = ids[: tasks_needed(site.plan, kind, thing, template)]
    return site.do(PlanWork(kind, thing, template, project, name, ids))


def titles(site, task: str) -> list[str]:
    return [t.title for t in sorted(site.plan.tasks.values(), key=lambda t: t.position or 0) if t.parent_id == task]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_makes_sense(name):
    template = TEMPLATES[name]
    assert template.duration > 0
    assert template.help
    for place, step in enumerate(template.steps):
        assert step.title
        assert step.duration >= 0
        assert all(0 <= before < place for before in step.after)
        assert step.after or place == 0


def test_the_templates_that_there_are():
    assert set(TEMPLATES) >= {"single", "feature", "research"}
    for name, last in (("feature", "Release"), ("research", "Findings")):
        assert (TEMPLATES[name].steps[-1].title, TEMPLATES[name].steps[-1].duration) == (last, 0)


class TestItems:
    def test_an_item_becomes_a_summary_with_the_steps_below_it_each_waiting_for_the_one_before(self, site):
        site.task("A")
        item = site.desk.item("Approval inbox")
        plan(site, "backlog_item", item)
        assert site.sketch() == "A new0(new1 new2 new3 new4)"
        assert (site["new0"].title, site["new0"].item_id) == ("Approval inbox", item)
        assert titles(site, "new0") == ["Shape", "Build", "Test", "Release"]
        assert {site[f"new{n}"].item_id for n in range(1, 5)} == {None}
        assert site.links() == {"new1>new2", "new2>new3", "new3>new4"}
        assert site["new4"].duration == 0
        assert site.desk.last.label == (
            'planned F-1 "Approval inbox" as T-2 and 4 tasks below it in J-1; F-1 now planned'
        )
        assert site.desk[item].state == "planned"

    def test_a_single_task_stands_alone(self, site):
        item = site.desk.item("Fix", state="in progress")
        plan(site, "backlog_item", item, "single")
        assert site.sketch() == "new0"
        assert site["new0"].duration == TEMPLATES["single"].duration
        assert site.desk.last.label == 'planned F-1 "Fix" as T-1 in J-1'
        assert site.desk[item].state == "in progress"

    def test_a_new_project_comes_with_it(self, site):
        product = site.desk.product()
        item = site.desk.item("Inbox")
        plan(site, "backlog_item", item, project="fresh", name=" Launch ")
        project = site.plan.projects["fresh"]
        assert (project.key, project.name, project.product_id, project.start_on) == (
            "J-2",
            "Launch",
            product,
            site.desk.today,
        )
        assert {task.project_id for task in site.plan.tasks.values()} == {"fresh"}

    def test_a_second_time_is_refused_with_the_task_that_there_is(self, site):
        item = site.desk.item("Inbox")
        plan(site, "backlog_item", item)
        sentence = site.refused(PlanWork("backlog_item", item, "single", "site", "", ("x",)))
        assert sentence == 'F-1 "Inbox" is planned already, as T-1 "Inbox". Add tasks below that one.'
        site.do(Archive("task", ("new0",)))
        plan(site, "backlog_item", item, ids=IDS[10:])
        assert site.sketch() == "new10(new11 new12 new13 new14)"

    def test_what_is_closed_or_in_the_archive_is_not_planned(self, site):
        done, gone = site.desk.item("Done", state="launched"), site.desk.item("Gone")
        site.do(Archive("backlog_item", (gone,)))
        assert 'F-1 "Done" is launched, so there is nothing to plan.' in site.refused(
            PlanWork("backlog_item", done, "single", "site", "", IDS)
        )
        assert 'F-2 "Gone" is in the archive.' in site.refused(
            PlanWork("backlog_item", gone, "single", "site", "", IDS)
        )

    def test_a_project_that_is_not_there(self, site):
        item = site.desk.item("Inbox")
        assert "That project is no longer" in site.refused(PlanWork("backlog_item", item, "single", "x", "", IDS))
        assert "in the plan already" in site.refused(PlanWork("backlog_item", item, "single", "site", "Again", IDS))
        site.do(Archive("project", ("site",)))
        assert "in the archive" in site.refused(PlanWork("backlog_item", item, "single", "site", "", IDS))

    def test_a_template_that_is_not_there(self, site):
        item = site.desk.item("Inbox")
        sentence = site.refused(PlanWork("backlog_item", item, "magic", "site", "", IDS))
        assert sentence == 'There is no template "magic". It is one of: single, feature, research.'

    def test_too_few_ids(self, site):
        item = site.desk.item("Inbox")
        sentence = site.refused(PlanWork("backlog_item", item, "feature", "site", "", IDS[:3]))
        assert "another window has changed it. Nothing was changed." in sentence


class TestCards:
    def test_a_card_without_items_has_the_steps_right_below_it(self, site, card):
        plan(site, "initiative", card, "research")
        assert site.sketch() == "new0(new1 new2 new3 new4 new5)"
        assert (site["new0"].title, site["new0"].initiative_id, site["new0"].item_id) == ("Trust", card, None)
        assert site.plan.initiatives[card].state == "planned"

    def test_a_card_becomes_a_summary_with_one_for_each_open_item_that_has_no_tasks_yet(self, site, card):
        one, planned, closed, two, archived = (
            site.desk.item(title, initiative_id=card) for title in ("One", "Planned", "Closed", "Two", "Archived")
        )
        site.task("P", item_id=planned)
        site.do(EditFields((FieldEdit("backlog_item", closed, "state", "idea", "launched"),)))
        site.do(Archive("backlog_item", (archived,)))
        assert tasks_needed(site.plan, "initiative", card, "feature") == 11
        plan(site, "initiative", card)
        assert site.sketch() == "P new0(new1(new2 new3 new4 new5) new6(new7 new8 new9 new10))"
        assert [site[name].item_id for name in ("new0", "new1", "new6", "new2")] == [None, one, two, None]
        assert [site[name].initiative_id for name in ("new0", "new1", "new6", "new2")] == [card, None, None, None]
        assert site.desk.last.label == (
            'planned C-1 "Trust" as T-2 and 10 tasks below it in J-1; C-1, F-1, F-4 now planned'
        )

    def test_single_makes_one_task_for_each_item(self, site, card):
        for title in ("One", "Two"):
            site.desk.item(title, initiative_id=card)
        plan(site, "initiative", card, "single")
        assert site.sketch() == "new0(new1 new2)"
        assert titles(site, "new0") == ["One", "Two"]

    def test_one_of_which_every_item_is_planned_is_refused(self, site, card):
        item = site.desk.item("One", initiative_id=card)
        plan(site, "backlog_item", item)
        sentence = site.refused(PlanWork("initiative", card, "single", "site", "", IDS[10:]))
        assert sentence.startswith('Every item in C-1 "Trust" has its tasks already, or is closed.')

    def test_a_second_time_is_refused(self, site, card):
        plan(site, "initiative", card)
        sentence = site.refused(PlanWork("initiative", card, "single", "site", "", IDS[10:]))
        assert 'C-1 "Trust" is planned already, as T-1 "Trust".' in sentence

    def test_a_card_of_a_thousand_items_is_planned_in_one_step(self, site, card):
        from pmtui.domain.entities.backlog import BacklogItem

        items = (BacklogItem(id=f"i{n}", title=f"I {n}", initiative_id=card) for n in range(1000))
        site.do(ImportEntities("in", tuple(items)))
        ids = tuple(f"n{n}" for n in range(tasks_needed(site.plan, "initiative", card, "feature")))
        assert len(ids) == 5001
        site.do(PlanWork("initiative", card, "feature", "site", "", ids))
        assert len(site.plan.tasks) == 5001
