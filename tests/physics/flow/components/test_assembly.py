"""Expected values: counted by hand."""

import pytest

from physics.flow.layout import Layout, Part, Product
from tests.physics.flow.lines import run, shares

PRODUCTS = (Product("body"), Product("wheel"), Product("cart"))


def cart(wheel_interval_s):
    parts = (
        Part("bodies", "source", {"mix": ["body"], "interval_s": 10.0}),
        Part("wheels", "source", {"mix": ["wheel"], "interval_s": wheel_interval_s}),
        Part("mount", "assembly", {"counts": [1, 4], "cycle_s": 5.0, "makes": "cart"}),
        Part("sink", "sink"),
    )
    links = (("bodies.out", "mount.in_1"), ("wheels.out", "mount.in_2"), ("mount.out", "sink.in"))  # fmt: skip
    return run(Layout(parts, links, PRODUCTS), horizon_s=1000.5, worlds=1)


def test_four_wheels_and_a_body_make_a_cart():
    found = cart(1.0)
    assert found.finished[0].tolist() in ([0, 0, 66], [0, 0, 67], [0, 0, 98], [0, 0, 99])
    assert found.consumed[0] == pytest.approx(4 * found.finished[0, 2], abs=4)


def test_wheels_that_come_late_starve_the_station():
    found = cart(20.0)
    assert found.finished[0, 2] == pytest.approx(1000 / 80, abs=1)
    assert shares(found, "mount")["busy"] == pytest.approx(5 / 80, abs=0.01)


def test_items_are_conserved():
    found = cart(3.0)
    assert found.created[0] == found.finished[0].sum() + found.consumed[0] + found.items[0]
