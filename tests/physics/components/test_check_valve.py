"""Expected values: an open and a shut passage."""

import pytest

from tests.physics.evaluate import evaluate


def flow(drop_pa):
    changes = {"inlet.pressure_pa": 101_325.0 + drop_pa, "flow_coefficient_m3_per_s": 3e-3, "leak_ratio": 1e-3}
    return float(evaluate("check_valve", changes)["flow_m3_per_s"])


def test_forward_it_is_an_open_valve():
    assert flow(1e5) == pytest.approx(3e-3, rel=1e-6)


def test_backward_it_leaks_a_thousandth():
    assert flow(-1e5) == pytest.approx(-3e-6, rel=1e-6)


def test_below_its_opening_pressure_it_stays_nearly_shut():
    assert flow(100.0) < 0.05 * 3e-3 * (100.0 / 1e5) ** 0.5
