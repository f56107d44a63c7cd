"""Expected values: torques and powers of a lossless gear by hand."""

import pytest

from tests.physics.evaluate import evaluate

TURNING = {"driving.speed_rad_per_s": 150.0, "driven.torque_n_m": -40.0, "speed_ratio": 0.1}


def test_speed_falls_and_torque_grows_by_the_ratio():
    returned = evaluate("ideal_gear", TURNING)
    assert returned["driven.speed_rad_per_s"] == pytest.approx(15.0)
    assert returned["driving.torque_n_m"] == pytest.approx(4.0)


def test_what_goes_in_comes_out():
    returned = evaluate("ideal_gear", TURNING)
    assert returned["power_w"] == pytest.approx(600.0)
    assert returned["driving.torque_n_m"] * 150.0 == pytest.approx(returned["power_w"])


def test_a_negative_ratio_turns_the_other_way():
    returned = evaluate("ideal_gear", TURNING | {"speed_ratio": -0.1})
    assert returned["driven.speed_rad_per_s"] == pytest.approx(-15.0)
    assert returned["driving.torque_n_m"] == pytest.approx(-4.0)
