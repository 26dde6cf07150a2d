"""The workspace as its callers see it: futures, drafts, who it is, and when it lets go."""

import threading
from concurrent.futures import Future

import pytest

from pmtui.domain.commands import AddItem, Archive, EditFields, FieldEdit, NudgeScore
from pmtui.domain.errors import Refused
from pmtui.domain.plan import Plan
from pmtui.store.doctor import examine
from pmtui.store.read import load_plan
from pmtui.workspace import Actor, StoreError, Workspace, this_actor


@pytest.fixture
def workspace(plan_file, clock):
    with Workspace(plan_file, clock, Actor("ann", "desk")) as opened:
        yield opened


def test_a_new_workspace_touches_nothing(tmp_path, clock):
    with Workspace(tmp_path / "none" / "plan.db", clock):
        assert list(tmp_path.iterdir()) == []


def test_a_plan_that_is_given_is_not_read_again(plan_file, clock):
    given = load_plan(plan_file)
    with Workspace(plan_file, clock, plan=given) as workspace:
        assert workspace.plan is given


def test_edits_submitted_in_a_row_are_written_in_that_order_off_the_callers_thread(workspace):
    threads = set()
    futures = [workspace.submit(NudgeScore(("itemc",), "reach", 1)) for _ in range(20)]
    for future in futures:
        assert isinstance(future, Future)
        future.add_done_callback(lambda _: threads.add(threading.current_thread().name))
    seqs = [future.result().seq for future in futures]
    assert seqs == list(range(seqs[0], seqs[0] + 20))
    assert workspace.plan.backlog_items["itemc"].reach == 2000
    assert workspace.plan.seq == seqs[-1]


def test_a_refusal_comes_through_the_future_and_changes_nothing(workspace, plan_file):
    before = plan_file.read_bytes()
    future = workspace.submit(AddItem("itema", "Again"))
    with pytest.raises(Refused, match="in the plan already"):
        future.result()
    assert plan_file.read_bytes() == before


def test_what_was_submitted_is_finished_before_the_workspace_closes(plan_file, clock):
    workspace = Workspace(plan_file, clock, Actor("ann", "desk"))
    for _ in range(10):
        workspace.submit(NudgeScore(("itemc",), "reach", 1))
    workspace.submit_draft("title", "typed")
    workspace.close()
    workspace.close()
    assert load_plan(plan_file).backlog_items["itemc"].reach == 1000
    with Workspace(plan_file, clock, Actor("ann", "desk")) as again:
        assert [draft.text for draft in again.drafts()] == ["typed"]


def test_a_draft_is_kept_replaced_and_dropped_and_is_nobody_elses(workspace, plan_file, clock):
    seq = workspace.plan.seq
    workspace.submit_draft("item.itema.title", "Half a ti").result()
    workspace.submit_draft("item.itema.title", "Half a title é界\n[/]").result()
    workspace.submit_draft("note", "x" * 100_000).result()
    found = {draft.key: draft for draft in workspace.drafts()}
    assert found["item.itema.title"].text == "Half a title é界\n[/]"
    assert found["item.itema.title"].at == clock.now()
    assert len(found["note"].text) == 100_000
    with Workspace(plan_file, clock, Actor("bob", "desk")) as bob:
        assert bob.drafts() == []
        bob.submit_drop_draft("note").result()
    workspace.submit_drop_draft("note").result()
    workspace.submit_drop_draft("never there").result()
    assert [draft.key for draft in workspace.drafts()] == ["item.itema.title"]
    assert load_plan(plan_file).seq == seq, "a draft is no step"


def test_a_draft_of_another_window_is_no_news(workspace, plan_file, clock):
    assert workspace.plan.seq
    assert workspace.poll() is None
    with Workspace(plan_file, clock, Actor("bob", "desk")) as bob:
        bob.submit_draft("title", "typed").result()
    assert workspace.poll() is None


@pytest.mark.parametrize("text", ["\ud800", "\x1b]52;c;eA==\x07", "\u202eabc", "a\x00b"])
def test_text_that_no_file_or_terminal_should_see_does_no_harm_in_a_draft_or_a_reason(workspace, text, plan_file):
    workspace.submit_draft("title", f"a{text}b").result()
    assert len(workspace.drafts()) == 1
    workspace.do(Archive("backlog_item", ("itemc",), f"because {text}"))
    (entry, *_) = workspace.history("itemc")
    assert entry.reason.startswith("because ")
    assert entry.reason.isprintable()
    assert examine(plan_file) == []


def test_an_outcome_names_what_changed(workspace):
    outcome = workspace.do(NudgeScore(("itema", "itemb"), "effort", 1))
    assert outcome.ids == {"itema", "itemb"}
    assert outcome.plan is workspace.plan
    assert outcome.seq == outcome.plan.seq == 7
    assert outcome.changes.label == "2 items: effort +1"


def test_the_plan_before_stays_what_it_was(workspace):
    before = workspace.plan
    workspace.do(EditFields((FieldEdit("backlog_item", "itema", "title", "A", "New"),)))
    assert before.backlog_items["itema"].title == "A"
    assert workspace.as_of(before.seq).backlog_items == before.backlog_items


def test_the_plan_of_a_future_step_is_the_newest(workspace):
    assert workspace.as_of(10_000) is workspace.plan
    assert workspace.as_of(0).is_empty


def test_warming_makes_the_file_and_tells_what_stops_it(tmp_path, clock):
    with Workspace(tmp_path / "plan.db", clock) as workspace:
        assert isinstance(workspace.plan, Plan)
        workspace.warm().result()
        assert load_plan(tmp_path / "plan.db").is_empty
        assert workspace.read_only == workspace.warning == ""
    (tmp_path / "bad.db").write_text("no plan")
    with Workspace(tmp_path / "bad.db", clock) as workspace, pytest.raises(StoreError, match="is no pmtui plan"):
        workspace.warm().result()


def test_the_actor_is_the_account_unless_the_environment_says_otherwise(monkeypatch):
    monkeypatch.setenv("PMTUI_USER", "  Ann \x1b[31m ")
    actor = this_actor()
    assert actor.user == "Ann \ufffd[31m"
    assert actor.machine
    monkeypatch.delenv("PMTUI_USER")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    assert this_actor().user
    monkeypatch.setattr("os.getuid", lambda: 54321)
    assert this_actor().user == "user 54321", "an account without a name has a number"
