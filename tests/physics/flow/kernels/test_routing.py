"""Expected values: by hand. The rules of splitters stand in components/test_splitter.py."""

import numpy as np

from physics.flow.layout import Layout, Part, Product
from tests.physics.flow.lines import run


def test_two_splitters_in_a_row_multiply_their_shares():
    parts = (Part("source", "source", {"interval_s": 1.0}), Part("a", "splitter", {"rule": "ratio", "shares": [1, 1]}),
             Part("b", "splitter", {"rule": "ratio", "shares": [1, 3]}),
             *(Part(f"m{n}", "machine", {"cycle_s": 0.0}) for n in range(3)),
             *(Part(f"k{n}", "sink") for n in range(3)))  # fmt: skip
    links = (("source.out", "a.in"), ("a.out_1", "m0.in"), ("a.out_2", "b.in"), ("b.out_1", "m1.in"),
             ("b.out_2", "m2.in"), *((f"m{n}.out", f"k{n}.in") for n in range(3)))  # fmt: skip
    found = run(Layout(parts, links), horizon_s=8000.5, worlds=1)
    made = [found.done[0, found.line.places_of(f"m{n}")[0]] / 8000 for n in range(3)]
    np.testing.assert_allclose(made, [0.5, 0.125, 0.375], atol=4 * 0.5 / np.sqrt(8000))


def test_a_product_is_not_held_up_by_the_other_ones_way_once_it_is_chosen():
    """By product, a blocked item blocks those behind it: the source is one place, first in first out."""
    products = (Product("a"), Product("b"))
    parts = (Part("source", "source"), Part("fork", "splitter", {"rule": "product", "ways": {"a": 1, "b": 2}}),
             Part("slow", "machine", {"cycle_s": 10.0}), Part("fast", "machine", {"cycle_s": 1.0}),
             Part("k1", "sink"), Part("k2", "sink"))  # fmt: skip
    links = (("source.out", "fork.in"), ("fork.out_1", "slow.in"), ("fork.out_2", "fast.in"), ("slow.out", "k1.in"),
             ("fast.out", "k2.in"))  # fmt: skip
    found = run(Layout(parts, links, products), horizon_s=100.5, worlds=1)
    assert found.finished.tolist() == [[10, 10]] or found.finished.tolist() == [[10, 11]]
