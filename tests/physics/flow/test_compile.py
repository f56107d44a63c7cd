"""Everything that is wrong with a line is named, at once, before it runs."""

import pytest

from physics.flow.compile import compile_line
from physics.flow.layout import Layout, Part, Product
from physics.network.faults import PlantRefused
from tests.physics.flow.lines import chain, machines


def told(layout):
    with pytest.raises(PlantRefused) as refusal:
        compile_line(layout)
    return str(refusal.value)


SOURCE, MACHINE, SINK = Part("source", "source"), Part("m", "machine", {"cycle_s": 1.0}), Part("sink", "sink")


def test_places_with_clocks_come_first():
    line = compile_line(machines(2, 3))
    assert line.place_names == ("source", "m0", "m1", "b0", "sink")
    assert line.clocked == 3
    assert line.places_of("b0") == (3,)


def test_an_unknown_type_is_named_with_those_that_are():
    text = told(chain(SOURCE, Part("x", "mashine"), SINK))
    assert "'mashine'" in text
    assert "machine" in text


def test_all_faults_come_at_once():
    text = told(chain(SOURCE, Part("m", "machine", {"cycle_s": -5.0, "speed": 3, "scrap_ratio": 2.0}), SINK))
    assert "m.cycle_s: got constant -5 s, need 0 s or more" in text
    assert "m.speed" in text
    assert "m.scrap_ratio" in text


def test_a_route_that_never_reaches_a_sink_is_named():
    parts = (SOURCE, Part("fork", "splitter"), MACHINE, SINK, Part("b", "buffer"), Part("j", "merger"),
             Part("n", "machine"))  # fmt: skip
    links = (("source.out", "fork.in"), ("fork.out_1", "m.in"), ("m.out", "sink.in"), ("fork.out_2", "j.in_1"),
             ("j.out", "b.in"), ("b.out", "n.in"), ("n.out", "j.in_2"))  # fmt: skip
    text = told(Layout(parts, links))
    assert "b: got a route that never reaches a sink" in text
    assert "n: got a route that never reaches a sink" in text


def test_a_line_needs_a_source_and_a_sink():
    text = told(Layout((Part("b", "buffer"), Part("c", "buffer")), (("b.out", "c.in"), ("c.out", "b.in"))))
    assert "no source" in text
    assert "no sink" in text


def test_a_loop_without_a_place_is_named():
    parts = (SOURCE, Part("j", "merger"), Part("f", "splitter", {"rule": "in_turn"}), SINK)
    links = (("source.out", "j.in_1"), ("j.out", "f.in"), ("f.out_1", "j.in_2"), ("f.out_2", "sink.in"))
    assert "go round without a place" in told(Layout(parts, links))


def test_a_product_without_a_routing_is_named():
    parts = (SOURCE, Part("f", "splitter", {"rule": "routing"}), MACHINE, SINK, Part("k", "sink"))
    links = (("source.out", "f.in"), ("f.out_1", "m.in"), ("m.out", "sink.in"), ("f.out_2", "k.in"))
    text = told(Layout(parts, links, (Product("a", ("m",)), Product("b"))))
    assert "b: got no routing" in text


def test_a_routing_to_nowhere_is_named():
    parts = (SOURCE, Part("f", "splitter", {"rule": "routing"}), MACHINE, SINK, Part("k", "sink"))
    links = (("source.out", "f.in"), ("f.out_1", "m.in"), ("m.out", "sink.in"), ("f.out_2", "k.in"))
    assert "'oven'" in told(Layout(parts, links, (Product("a", ("m", "oven")),)))


def test_blocking_before_service_needs_a_place_to_keep():
    before = Part("n", "machine", {"blocking": "before"})
    assert "straight into a station" in told(chain(SOURCE, before, MACHINE, SINK))


def test_part_names_of_the_wrong_type_are_named():
    text = told(chain(SOURCE, MACHINE, SINK, beside=(Part("d", "breakdown", {"machine": "m", "crew": "sink"}),)))
    assert "d.crew: got 'sink', a sink, need the name of a part of type repair_crew" in text
