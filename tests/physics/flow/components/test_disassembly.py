"""Expected values: counted by hand."""

from physics.flow.layout import Layout, Part, Product
from tests.physics.flow.lines import run

PRODUCTS = (Product("cart"), Product("body"), Product("wheel"))


def test_a_cart_gives_a_body_and_four_wheels():
    parts = (Part("carts", "source", {"mix": ["cart"], "interval_s": 10.0}),
             Part("strip", "disassembly", {"cycle_s": 5.0, "gives": [["body", 1], ["wheel", 4]]}),
             Part("bodies", "sink"), Part("wheels", "sink"))  # fmt: skip
    links = (("carts.out", "strip.in"), ("strip.out_1", "bodies.in"), ("strip.out_2", "wheels.in"))
    found = run(Layout(parts, links, PRODUCTS), horizon_s=1000.0, worlds=1)
    assert found.finished.tolist() == [[0, 99, 396]]
    assert found.created[0] == found.finished[0].sum() + found.consumed[0] + found.items[0]
    assert found.lead_s[0, 0] == 5.0
