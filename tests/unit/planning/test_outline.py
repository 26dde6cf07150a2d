from __future__ import annotations

from pmtui.planning.tree import outline


def test_parents_stand_before_their_children_and_siblings_keep_their_order(desk):
    top = desk.item()
    worse, better = desk.item(parent_id=top), desk.item(parent_id=top)
    grandchild = desk.item(parent_id=worse)
    alone = desk.item()
    assert outline(desk.plan, [alone, grandchild, better, worse, top]) == [
        (alone, 0),
        (top, 0),
        (better, 1),
        (worse, 1),
        (grandchild, 2),
    ]


def test_a_hidden_parent_leaves_its_children_under_the_nearest_one_shown(desk):
    top = desk.item()
    hidden = desk.item(parent_id=top)
    one, two = desk.item(parent_id=hidden), desk.item(parent_id=hidden)
    assert outline(desk.plan, [one, two, top]) == [(top, 0), (one, 1), (two, 1)]
    assert outline(desk.plan, [two, one]) == [(two, 0), (one, 0)]


def test_each_id_once_and_unknown_ones_not_at_all(desk):
    one = desk.item()
    assert outline(desk.plan, [one, one, "gone"]) == [(one, 0)]


def test_a_chain_of_3000_needs_no_recursion(desk):
    from pmtui.domain.changes import Change
    from pmtui.domain.codec import row_of
    from pmtui.domain.entities.backlog import BacklogItem

    chain = [
        BacklogItem(id=f"i{n}", key=f"F-{n}", title="T", parent_id=f"i{n - 1}" if n else None) for n in range(3000)
    ]
    plan = desk.plan.apply(Change("backlog_item", item.id, None, row_of(item)) for item in chain)
    lines = outline(plan, [item.id for item in reversed(chain)])
    assert lines == [(f"i{n}", n) for n in range(3000)]
    assert outline(plan, ["i2999", "i0"]) == [("i0", 0), ("i2999", 1)]


def test_a_circle_of_parents_in_a_damaged_file_hides_nothing(desk):
    from pmtui.domain.changes import Change

    one = desk.item()
    two = desk.item(parent_id=one)
    three = desk.item(parent_id=two)
    plan = desk.plan.apply([Change("backlog_item", one, {"parent_id": None}, {"parent_id": two})])
    assert {item_id for item_id, _ in outline(plan, [one, two, three])} == {one, two, three}
    assert outline(plan, [three]) == [(three, 0)]
