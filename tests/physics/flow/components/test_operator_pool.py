"""Expected values: counted by hand."""

import pytest

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import run, shares


def two_machines(operators):
    work = {"cycle_s": 5.0, "operators": "people"}
    parts = (
        Part("s1", "source"),
        Part("s2", "source"),
        Part("m1", "machine", work),
        Part("m2", "machine", work),
        Part("k1", "sink"),
        Part("k2", "sink"),
        Part("people", "operator_pool", {"operator_count": operators}),
    )
    links = (("s1.out", "m1.in"), ("m1.out", "k1.in"), ("s2.out", "m2.in"), ("m2.out", "k2.in"))  # fmt: skip
    return run(Layout(parts, links), horizon_s=1000.5, worlds=1)


def test_one_operator_serves_two_machines_in_turn():
    found = two_machines(1)
    assert found.finished.sum() == 200
    assert shares(found, "m1")["no_operator"] == pytest.approx(0.5, abs=0.01)
    assert shares(found, "m1")["busy"] == pytest.approx(0.5, abs=0.01)
    assert found.pool_s[0, 0] == pytest.approx(1000.5)


def test_two_operators_keep_both_busy():
    assert two_machines(2).finished.sum() == 400
