"""Expected values: counted by hand."""

import pytest

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import run


def join(rule):
    parts = (Part("s1", "source"), Part("s2", "source"), Part("m1", "machine", {"cycle_s": 1.0}),
             Part("m2", "machine", {"cycle_s": 1.0}), Part("join", "merger", {"rule": rule}),
             Part("slow", "machine", {"cycle_s": 2.0}), Part("sink", "sink"))  # fmt: skip
    links = (("s1.out", "m1.in"), ("s2.out", "m2.in"), ("m1.out", "join.in_1"), ("m2.out", "join.in_2"),
             ("join.out", "slow.in"), ("slow.out", "sink.in"))  # fmt: skip
    found = run(Layout(parts, links), horizon_s=400.5, worlds=1)
    return [int(found.done[0, found.line.places_of(name)[0]]) for name in ("m1", "m2")]


def test_who_has_waited_longest_goes_first():
    first, second = join("longest_wait")
    assert first == pytest.approx(second, abs=1)


def test_in_order_the_first_way_starves_the_second():
    first, second = join("in_order")
    assert first > 195
    assert second <= 2
