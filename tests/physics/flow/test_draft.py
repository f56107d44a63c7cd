"""A draft keeps what types write, under numbers that stay."""

from physics.flow.draft import Draft
from physics.flow.durations import constant
from physics.flow.kernels import tables


def test_rows_by_product_share_a_stream():
    draft = Draft(("a", "b"))
    first = draft.times("m.cycle_s", [constant(1.0), constant(2.0)])
    assert first == 0
    assert [stream for _, stream in draft.durations] == [0, 0]
    assert draft.times("n.cycle_s", [constant(3.0)]) == 2
    assert draft.streams == ["m.cycle_s", "n.cycle_s"]


def test_an_inner_way_leads_to_a_port_of_the_same_part():
    draft = Draft(("a",))
    place = draft.place(tables.QUEUE, "p", out=draft.behind("p.judged"))
    assert draft.inner[draft.places[place].out] == "p.judged"


def test_faults_are_kept_and_not_raised():
    draft = Draft(("a",))
    draft.fault("p.x", "3", "less")
    assert [str(fault) for fault in draft.faults] == ["p.x: got 3, need less."]
