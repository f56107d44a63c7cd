"""Expected values: Kv, a tight seat, a worn seat."""

import pytest

from tests.physics.evaluate import evaluate

ONE_BAR = {"inlet.pressure_pa": 201_325.0, "flow_coefficient_m3_per_s": 2e-3}


def test_open_it_passes_its_coefficient_at_one_bar():
    assert evaluate("valve", ONE_BAR)["flow_m3_per_s"] == pytest.approx(2e-3, rel=1e-6)


def test_shut_it_is_tight_until_the_seat_wears():
    assert evaluate("valve", ONE_BAR | {"opening_ratio": 0.0})["flow_m3_per_s"] == 0.0
    worn = evaluate("valve", ONE_BAR | {"opening_ratio": 0.0, "seat_wear_ratio": 1.0, "seat_leak_ratio": 0.05})
    assert worn["flow_m3_per_s"] == pytest.approx(1e-4, rel=1e-6)


def test_throttling_power_wears_the_seat():
    returned = evaluate("valve", ONE_BAR | {"wear_per_j": 1e-9})
    assert returned["seat_wear_ratio.rate"] == pytest.approx(1e-9 * 1e5 * 2e-3, rel=1e-6)
