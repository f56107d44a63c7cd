"""Expected values: ideal gear with a small slip, energy by hand."""

import pytest

from tests.physics.evaluate import evaluate

TURNING = {
    "shaft_in.speed_rad_per_s": 150.0, "shaft_out.speed_rad_per_s": 14.99, "gear_ratio": 10.0,
    "mesh_damping_n_m_s": 30.0, "loss_torque_n_m": 0.1,
}  # fmt: skip


def test_torque_is_multiplied_by_the_ratio():
    returned = evaluate("gearbox", TURNING)
    assert returned["torque_n_m"] == pytest.approx(3.0)
    assert returned["shaft_out.torque_n_m"] == pytest.approx(-30.0)
    assert returned["shaft_in.torque_n_m"] == pytest.approx(3.1)


def test_what_goes_in_and_not_out_is_lost():
    returned = evaluate("gearbox", TURNING)
    assert returned["lost_w"] == pytest.approx(3.1 * 150.0 - 30.0 * 14.99)


def test_worn_teeth_lose_more():
    assert evaluate("gearbox", TURNING | {"wear_ratio": 1.0})["shaft_in.torque_n_m"] == pytest.approx(3.2)
