"""The branch towards the next station is the one with the fewest places on the way."""

from physics.flow.compile import compile_line
from physics.flow.layout import Layout, Part, Product


def test_the_shorter_way_is_taken_and_the_end_leads_to_a_sink():
    parts = (Part("source", "source"), Part("f", "splitter", {"rule": "routing"}), Part("b", "buffer"),
             Part("j", "merger"), Part("m", "machine"), Part("k", "sink"), Part("done", "sink"))  # fmt: skip
    links = (("source.out", "f.in"), ("f.out_1", "b.in"), ("b.out", "j.in_1"), ("f.out_2", "j.in_2"), ("j.out", "m.in"),
             ("m.out", "k.in"), ("f.out_3", "done.in"))  # fmt: skip
    line = compile_line(Layout(parts, links, (Product("item", ("m",)),)))
    router = line.arrays["routers"][0]
    table = line.arrays["choices"][router["table"] : router["table"] + 2]
    assert table.tolist() == [1, 2]
    assert line.steps == 1
