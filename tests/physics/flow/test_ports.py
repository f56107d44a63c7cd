"""Links that do not fit are named."""

import pytest

from physics.flow.catalogue import flow_types
from physics.flow.layout import Layout, Part
from physics.flow.ports import linked, numbered

PARTS = (Part("source", "source"), Part("m", "machine"), Part("sink", "sink"))


def told(*links, parts=PARTS):
    faults = []
    linked(Layout(parts, links), flow_types(), faults)
    return [str(fault) for fault in faults]


def test_a_line_in_order_has_no_faults():
    assert told(("source.out", "m.in"), ("m.out", "sink.in")) == []


@pytest.mark.parametrize(
    ("link", "word"),
    [(("m.out", "sink.out"), "no such inlet"), (("m.up", "sink.in"), "no such outlet"), (("x.out", "m.in"), "part 'x'"),
     (("source.out", "sink.in"), "two links")],
)  # fmt: skip
def test_a_wrong_link_is_named(link, word):
    assert any(word in text for text in told(("source.out", "m.in"), link))


def test_what_is_not_linked_is_named():
    assert any(text.startswith("m.out: got no link") for text in told(("source.out", "m.in")))


def test_two_parts_of_one_name_are_named():
    assert any("more than once" in text for text in told(parts=(*PARTS, Part("m", "buffer"))))


def test_numbered_ports_are_told_by_their_stem():
    assert numbered(("out_1", "out_2", "in"), "out") == ["out_1", "out_2"]
