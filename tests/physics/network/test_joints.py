"""Joined ports share a node; a signal input hears one output."""

from physics.network.joints import join
from physics.network.plant import Part, Plant
from tests.physics.parts import TYPES


def test_chained_links_make_one_node_named_after_its_first_member():
    parts = (Part("s", "supply"), Part("a", "resistor"), Part("b", "resistor"), Part("c", "capacitor"))
    joined = join(Plant(parts, (("a.b", "b.b"), ("s.plus", "a.a"), ("c.plus", "b.b"))), TYPES)
    assert [node.members for node in joined.nodes] == [
        (("s", "plus"), ("a", "a")),
        (("a", "b"), ("b", "b"), ("c", "plus")),
        (("b", "a"),),
    ]
    assert joined.nodes[0].fixing == ("s", "plus")
    assert joined.nodes[1].name == "a.b.voltage_v"
    assert joined.node_of["c", "plus"] is joined.nodes[1]


def test_signal_links_may_be_written_either_way():
    parts = (Part("k", "knob"), Part("g", "gain"), Part("l", "lag"))
    joined = join(Plant(parts, (("k.out", "g.heard"), ("l.heard", "g.out"))), TYPES)
    assert joined.source_of == {("g", "heard"): ("k", "out"), ("l", "heard"): ("g", "out")}
    assert joined.nodes == ()
