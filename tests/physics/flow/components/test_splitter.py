"""Expected values: counted by hand, and the binomial law."""

import numpy as np
import pytest

from physics.flow.layout import Layout, Part, Product
from tests.physics.flow.lines import run

TWO = (Product("a", ("m0", "m1")), Product("b", ("m1",)))


def fork(rule, cycles=(0.0, 0.0), interval_s=1.0, products=TWO, **more):
    parts = (Part("source", "source", {"interval_s": interval_s}), Part("fork", "splitter", {"rule": rule} | more),
             *(Part(f"m{n}", "machine", {"cycle_s": cycle}) for n, cycle in enumerate(cycles)),
             *(Part(f"sink{n}", "sink") for n in range(len(cycles))))  # fmt: skip
    links = [("source.out", "fork.in")]
    for n in range(len(cycles)):
        links += [(f"fork.out_{n + 1}", f"m{n}.in"), (f"m{n}.out", f"sink{n}.in")]
    return Layout(parts, tuple(links), products)


def made(found):
    return [int(found.done[:, found.line.places_of(f"m{n}")[0]].sum()) for n in range(2)]


def test_shares_are_drawn():
    first, second = made(run(fork("ratio", shares=[3, 1]), horizon_s=4000.5))
    assert abs(first / (first + second) - 0.75) < 4 * np.sqrt(0.75 * 0.25 / 16_000)


def test_each_product_has_its_way():
    found = run(fork("product", ways={"a": 2, "b": 1}), horizon_s=100.5, worlds=1)
    assert made(found) == [50, 50]
    assert found.finished.tolist() == [[50, 50]]


def test_in_turn_waits_for_its_turn():
    assert made(run(fork("in_turn", (0.0, 5.0)), horizon_s=200.5, worlds=1)) == pytest.approx([40, 40], abs=1)


def test_the_first_free_way_is_preferred():
    assert made(run(fork("first_free", (0.5, 0.5)), horizon_s=100.2, worlds=1)) == [99, 0]


def test_in_turn_free_does_not_wait():
    slow, fast = made(run(fork("in_turn_free", (10.0, 1.0), interval_s=0.0), horizon_s=100.5, worlds=1))
    assert (slow, fast) == (10, 100)


def test_routing_leads_to_the_next_station():
    parts = (Part("source", "source", {"interval_s": 10.0}), Part("fork", "splitter", {"rule": "routing"}),
             Part("m0", "machine", {"cycle_s": 1.0}), Part("m1", "machine", {"cycle_s": 1.0}),
             Part("join", "merger"), Part("sink", "sink"))  # fmt: skip
    links = (("source.out", "join.in_1"), ("join.out", "fork.in"), ("fork.out_1", "m0.in"), ("fork.out_2", "m1.in"),
             ("fork.out_3", "sink.in"), ("m0.out", "join.in_2"), ("m1.out", "join.in_3"))  # fmt: skip
    found = run(Layout(parts, links, TWO), horizon_s=200.5, worlds=1)
    # twenty items, a and b in turn: a goes to m0 and m1, b to m1 alone
    assert made(found) == [10, 20] or made(found) == [10, 19]
    assert sorted(set(np.round(found.lead_s[0][np.isfinite(found.lead_s[0])], 9))) == [1.0, 2.0]


def test_the_least_filled_way_is_taken():
    parts = (Part("source", "source", {"interval_s": 1.0}), Part("fork", "splitter", {"rule": "least_filled"}),
             *(Part(f"b{n}", "buffer", {"capacity_count": 50}) for n in range(2)),
             *(Part(f"m{n}", "machine", {"cycle_s": 30.0}) for n in range(2)),
             Part("join", "merger"), Part("sink", "sink"))  # fmt: skip
    links = (("source.out", "fork.in"), ("fork.out_1", "b0.in"), ("fork.out_2", "b1.in"), ("b0.out", "m0.in"),
             ("b1.out", "m1.in"), ("m0.out", "join.in_1"), ("m1.out", "join.in_2"),
             ("join.out", "sink.in"))  # fmt: skip
    found = run(Layout(parts, links), horizon_s=60.0, worlds=1)
    held = found.content_s[0, [found.line.places_of(f"b{n}")[0] for n in range(2)]]
    assert held[0] == pytest.approx(held[1], rel=0.1)
