"""Expected values: weight times friction ratio, by hand."""

import pytest

from tests.physics.evaluate import evaluate

MOVING = {
    "shaft.speed_rad_per_s": 5.0, "drum_radius_m": 0.1, "belt_mass_kg": 60.0, "load_kg": 40.0,
    "friction_ratio": 0.03, "viscous_n_s_per_m": 10.0,
}  # fmt: skip
DRY_N = 0.03 * 9.80665 * 100.0


def test_the_drum_feels_weight_times_friction():
    returned = evaluate("conveyor_drive", MOVING)
    assert returned["belt_speed_m_per_s"] == pytest.approx(0.5)
    assert returned["shaft.torque_n_m"] == pytest.approx(0.1 * (DRY_N + 5.0))
    assert returned["shaft.storage"] == pytest.approx(0.6)


def test_the_belt_wears_with_rubbing_and_then_drags_more():
    worn = evaluate("conveyor_drive", MOVING | {"belt_wear_ratio": 0.2, "wear_per_j": 1e-8})
    assert worn["drag_n"] == pytest.approx(1.2 * DRY_N + 5.0)
    assert worn["belt_wear_ratio.rate"] == pytest.approx(1e-8 * 1.2 * DRY_N * 0.5)
