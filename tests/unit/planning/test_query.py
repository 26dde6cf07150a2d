from __future__ import annotations

from datetime import date

import pytest

from pmtui.domain.commands import AddInitiative, Archive, SetState
from pmtui.domain.entities.backlog import BacklogItem
from pmtui.domain.plan import Plan, tags_of
from pmtui.domain.words import fold
from pmtui.planning.query import Query, describe_terms, parse
from pmtui.planning.terms import compile_term


@pytest.fixture
def backlog(desk):
    desk.product()
    goal = desk.objective()
    desk.do(AddInitiative("card", "Inboxes"))
    ids = {
        "parent": desk.item("Approvals", state="planned", objective_id=goal, created_on=date(2026, 1, 1)),
        "free": desk.item("Café import", owner="Ann Lee", value=8.0, effort=2.0, created_on=date(2026, 2, 1)),
        "web": desk.item(
            "Web inbox",
            tags=["ui", "ops"],
            state="candidate",
            priority="high",
            external_id="jira:P-7",
            initiative_id="card",
        ),
    }
    ids["child"] = desk.item(
        "Approval inbox", parent_id=ids["parent"], tags=["ui-kit"], owner="Bo", value=6.0, effort=3.0, confidence=0.8
    )
    ids["leaf"] = desk.item("Two words here", parent_id=ids["child"], state="in progress", priority="low")
    ids["done"] = desk.item(
        "Shipped inbox", state="launched", reach=400.0, impact=1.0, confidence=1.0, person_months=2.0
    )
    ids["gone"] = desk.item("Archived inbox")
    ids["no"] = desk.item("Mind reading")
    desk.do(Archive("backlog_item", (ids["gone"],)))
    desk.do(SetState((ids["no"],), "declined", "Physics"))
    desk.needs(ids["leaf"], ids["free"])
    desk.needs(ids["web"], ids["done"])
    desk.names = {item_id: name for name, item_id in ids.items()}
    return desk


def matches(query: Query, plan: Plan, item: BacklogItem, method: str) -> bool:
    """What the help says of a filter, for one item at a time."""
    if item.archived and not query.shows_archive:
        return False
    texts = (item.key, item.title, item.external_id or "", item.owner, *tags_of(plan).get(item.id, ()))

    def has(word: str) -> bool:
        return any(word in fold(text) for text in texts)

    if not all(has(word) for word in query.words) or any(has(word) for word in query.without):
        return False
    return all(compile_term(term, plan, method)(item) is not term.negated for term in query.terms)


def found(desk, text: str, method: str = "value/effort") -> set[str]:
    query = parse(text)
    selected = query.select(desk.plan, method)
    assert len(selected) == len(set(selected))
    one_by_one = {item.id for item in desk.plan.backlog_items.values() if matches(query, desk.plan, item, method)}
    assert set(selected) == one_by_one
    return {desk.names[item_id] for item_id in selected}


LIVE = {"parent", "free", "web", "child", "leaf", "done", "no"}
OPEN = LIVE - {"done", "no"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", LIVE),
        ("inbox", {"web", "child", "done"}),
        ("INBOX approval", {"child"}),
        ("cafe", {"free"}),
        ("CAFÉ", {"free"}),
        ("f-3", {"web"}),
        ("p-7", {"web"}),
        ("ops", {"web"}),
        ('"ops ui"', set()),
        ("lee", {"free"}),
        ("inbox -web", {"child", "done"}),
        ("-inbox", {"parent", "free", "leaf", "no"}),
        ('"two words"', {"leaf"}),
        ('"words two"', set()),
        ('-"two words" is:leaf', {"free", "web", "done", "no"}),
    ],
)
def test_plain_words(backlog, text, names):
    assert found(backlog, text) == names
    assert parse(text).problem == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("#ui", {"web"}),
        ("tag:ui", {"web"}),
        ("#ui-", {"child"}),
        ("#u", {"web", "child"}),
        ("-#ui -is:done", {"parent", "free", "child", "leaf", "no", "done"}),
        ("@ann", {"free"}),
        ("@lee", {"free"}),
        ('owner:"ann l"', {"free"}),
        ("owner:nn", set()),
        ("!high", {"web"}),
        ("!h", {"web"}),
        ("priority:low", {"leaf"}),
        ("state:in-progress", {"leaf"}),
        ('state:"in progress"', {"leaf"}),
        ("state:in", {"leaf"}),
        ("state:done", {"done"}),
        ("STATE:Planned", {"parent"}),
        ("parent:F-1", {"child", "leaf"}),
        ("parent:f-4", {"leaf"}),
        ("parent:F-99", set()),
        ("objective:O-1", {"parent"}),
        ("product:P-1", LIVE),
        ("objective:F-1", set()),
        ("card:C-1", {"web"}),
        ("card:c-1 -card:C-9", {"web"}),
        ("card:C-9", set()),
    ],
)
def test_terms(backlog, text, names):
    assert found(backlog, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("is:open", OPEN),
        ("is:scored", {"free", "child"}),
        ("is:unscored is:open", {"parent", "web", "leaf"}),
        ("is:archived", {"gone"}),
        ("is:any", LIVE | {"gone"}),
        ("inbox is:any", {"web", "child", "done", "gone"}),
        ("-is:archived", LIVE),
        ("is:launched", {"done"}),
        ("is:declined", {"no"}),
        ("is:parent", {"parent", "child"}),
        ("is:leaf is:open", {"free", "web", "leaf"}),
        ("is:blocked", {"leaf"}),
        ("is:ready", OPEN - {"leaf"}),
        ("is:un", LIVE - {"free", "child"}),
    ],
)
def test_is(backlog, text, names):
    assert found(backlog, text) == names
    assert parse(text).problem == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("value>6", {"free"}),
        ("value>=6", {"free", "child"}),
        ("value:6", {"child"}),
        ("value=6 effort<=3", {"child"}),
        ("effort<3", {"free"}),
        ("-value>6", LIVE - {"free"}),
        ("score>=4", {"free"}),
        ("ratio<4", {"child"}),
        ("rice>100", {"done"}),
        ("rice>200", set()),
        ("wsjf>0", set()),
        ("confidence>=80%", {"child", "done"}),
        ("conf:80", {"child"}),
        ("months<3", {"done"}),
        ("created<2026-02-01", {"parent"}),
        ("created>=2026-02-01 created<2026-03-01", {"free"}),
        ("no:owner is:open", {"parent", "web", "leaf"}),
        ("-no:owner", {"free", "child"}),
        ("no:tag is:open", {"parent", "free", "leaf"}),
        ("no:value is:scored", set()),
        ("no:card", LIVE - {"web"}),
    ],
)
def test_comparisons_and_what_is_missing(backlog, text, names):
    assert found(backlog, text) == names
    assert parse(text).problem == ""


def test_score_follows_the_method_shown(backlog):
    assert found(backlog, "score>100", "RICE") == {"done"}
    assert found(backlog, "is:scored", "RICE") == {"done"}


@pytest.mark.parametrize(
    "text", ["value>", "tag:", "#", "@", "!", "-", "is:", "is:l", "state:i", "-state:", "created>"]
)
def test_a_term_that_is_only_begun_hides_nothing_yet(backlog, text):
    assert found(backlog, text) == LIVE


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("http://x", 'no field "http"'),
        ("is:purple", "nothing that is: knows"),
        ("state:purple", "nothing that state: knows"),
        ("!purple", "nothing that priority: knows"),
        ("value>many", "is a number"),
        ("value>1_0", "is a number"),
        ("created>yesterweek", "is no day"),
        ("created>2w", "Type it as 2026-12-24."),
        ("created>2026-02-30", "not in the calendar"),
        ("owner>ann", "cannot be compared with >"),
    ],
)
def test_a_broken_term_is_searched_as_text_and_said(backlog, text, part):
    query = parse(text)
    assert part in query.problem
    assert query.terms == ()
    assert found(backlog, text) == set()


def test_a_broken_term_can_still_find_its_own_text(desk):
    item = desk.item("See http://x for it")
    assert parse("http://x").select(desk.plan, "value/effort") == [item]


@pytest.mark.parametrize(
    "text", ['"', '"open', 'tag:"a', '-"', "--", "- -", "::", ":", '""', "#\x00", "\u202e", "[/]", "a" * 5000, 'x"y"z']
)
def test_no_text_breaks_the_filter(backlog, text):
    parse(text).select(backlog.plan, "value/effort")
    parse(text).select(backlog.plan, "RICE")


def test_an_edit_moves_an_item_in_and_out(backlog):
    one = next(id_ for id_, name in backlog.names.items() if name == "free")
    assert found(backlog, "@ann") == {"free"}
    from pmtui.domain.commands import EditFields, FieldEdit

    backlog.do(EditFields((FieldEdit("backlog_item", one, "owner", "Ann Lee", "Kim"),)))
    assert found(backlog, "@ann") == set()
    assert found(backlog, "kim") == {"free"}
    backlog.tag(one, "fresh")
    assert found(backlog, "fresh") == {"free"}


def test_every_term_of_the_help_is_understood(backlog):
    for example, meaning in describe_terms():
        assert meaning
        for part in example.split("  "):
            assert parse(part).problem == "", part
