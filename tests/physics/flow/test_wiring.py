"""Who comes into an inlet, and in which order."""

from physics.flow.compile import compile_line
from physics.flow.kernels import tables
from physics.flow.layout import Layout, Part


def test_mergers_in_a_row_keep_their_order():
    parts = (*(Part(f"s{n}", "source", {"interval_s": 1.0}) for n in range(3)),
             Part("inner", "merger", {"rule": "in_order"}), Part("outer", "merger", {"rule": "in_order"}),
             Part("m", "machine"), Part("k", "sink"))  # fmt: skip
    links = (("s0.out", "inner.in_2"), ("s1.out", "inner.in_1"), ("s2.out", "outer.in_1"), ("inner.out", "outer.in_2"),
             ("outer.out", "m.in"), ("m.out", "k.in"))  # fmt: skip
    line = compile_line(Layout(parts, links))
    place = line.places_of("m")[0]
    inlet = next(row for row in line.arrays["inlets"] if row["place"] == place)
    feeders = line.arrays["feeders"][inlet["first_feeder"] :][: inlet["feeders"]]
    assert [line.place_names[feeder] for feeder in feeders] == ["s2", "s1", "s0"]
    assert inlet["rule"] == tables.FIRST_LISTED


def test_loops_are_known():
    parts = (Part("s", "source"), Part("j", "merger"), Part("m", "machine"), Part("i", "inspection"), Part("k", "sink"))
    links = (("s.out", "j.in_1"), ("j.out", "m.in"), ("m.out", "i.in"), ("i.rework", "j.in_2"), ("i.out", "k.in"))
    assert compile_line(Layout(parts, links)).circular
