"""Who goes first through a gate, by hand: two machines with cycles of their own feed a third one."""

import pytest

from physics.flow.compile import compile_line
from physics.flow.layout import Layout, Part
from physics.flow.simulate import Method, simulate


def merged(rule, last_s, worlds=9):
    """Items of `a` come every 3 s, those of `b` every 4.5 s, as far as the last machine lets them."""
    parts = (Part("s", "source"), Part("r", "source"), Part("a", "machine", {"cycle_s": 3.0}),
             Part("b", "machine", {"cycle_s": 4.5}), Part("join", "merger", {"rule": rule}),
             Part("last", "machine", {"cycle_s": last_s}), Part("sink", "sink"))  # fmt: skip
    links = (("s.out", "a.in"), ("r.out", "b.in"), ("a.out", "join.in_1"), ("b.out", "join.in_2"),
             ("join.out", "last.in"), ("last.out", "sink.in"))  # fmt: skip
    line = compile_line(Layout(parts, links))
    assert line.recursion.holds
    found = simulate(line, horizon_s=8.8, worlds=worlds, seed=1)
    assert found.method is Method.RECURSION
    return {name: found.done[:, line.places_of(name)[0]].tolist() for name in ("a", "b", "last")}


@pytest.mark.parametrize("rule", ["longest_wait", "in_order"])
def test_items_pass_in_the_order_in_which_they_are_ready(rule):
    """At 3 from a, 4.5 from b, 6 and so on: the last machine, 1 s each, has done those of 3, 4.5 and 6."""
    assert merged(rule, 1.0) == {"a": [2] * 9, "b": [1] * 9, "last": [3] * 9}


def test_the_one_that_waits_longest_goes_first():
    """The last machine takes 3 to 6.5 for a's first, then b's (ready at 4.5, before a's at 6), which ends at 10."""
    assert merged("longest_wait", 3.5) == {"a": [2] * 9, "b": [1] * 9, "last": [1] * 9}
