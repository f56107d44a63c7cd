"""It never comes by itself. What comes from outside stands in test_exchange.py."""

from physics.flow.layout import Part
from tests.physics.flow.lines import machines, run, shares


def test_nothing_in_the_line_brings_it_about():
    failure = Part("f", "physical_failure", {"machine": "m0"})
    found = run(machines(1, beside=(failure,)), horizon_s=10_000.0, worlds=2)
    assert found.stops.tolist() == [[0], [0]]
    assert shares(found, "m0")["busy"] == 1.0
