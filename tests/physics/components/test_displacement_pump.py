"""Expected values: Wilson's model by hand."""

import pytest

from tests.physics.evaluate import evaluate

LOADED = {"shaft.speed_rad_per_s": 50.0, "outlet.pressure_pa": 101_325.0 + 3e5}


def test_flow_is_displacement_less_leak():
    assert evaluate("displacement_pump", LOADED)["flow_m3_per_s"] == pytest.approx(5e-6 * 50.0 - 5e-6)


def test_torque_is_pressure_times_displacement_plus_friction():
    assert evaluate("displacement_pump", LOADED)["shaft.torque_n_m"] == pytest.approx(1.5 + 0.25 + 0.3)


def test_worn_clearances_leak_more():
    worn = evaluate("displacement_pump", LOADED | {"clearance_wear_ratio": 1.0, "wear_per_j": 1e-9})
    assert worn["flow_m3_per_s"] == pytest.approx(5e-6 * 50.0 - 1e-5)
    assert worn["clearance_wear_ratio.rate"] == pytest.approx(1e-9 * 1e-5 * 3e5)
