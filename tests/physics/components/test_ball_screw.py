"""Expected values: work per turn, Hooke and a dead zone by hand."""

import numpy as np
import pytest

from tests.physics.evaluate import evaluate

SCREW = {
    "lead_m": 0.01, "stiffness_n_per_m": 5e7, "stretch_m": 2e-5, "no_load_torque_n_m": 0.1,
    "shaft.speed_rad_per_s": 100.0, "nut.velocity_m_per_s": 0.01 * 100.0 / (2 * np.pi),
}  # fmt: skip


def test_a_turn_of_the_screw_does_the_work_of_its_lead():
    returned = evaluate("ball_screw", SCREW)
    assert returned["axial_force_n"] == pytest.approx(1000.0)
    assert returned["nut.force_n"] == pytest.approx(-1000.0)
    assert returned["shaft.torque_n_m"] * 2 * np.pi == pytest.approx(1000.0 * 0.01 + 0.1 * 2 * np.pi)


def test_wear_opens_its_play_and_raises_friction():
    worn = {"nut_wear_ratio": 1.0, "play_worn_m": 2e-5, "torque_growth_ratio": 0.5}
    returned = evaluate("ball_screw", SCREW | worn)
    assert returned["axial_force_n"] == pytest.approx(500.0, rel=1e-3)
    assert returned["shaft.torque_n_m"] == pytest.approx(500.0 * 0.01 / (2 * np.pi) + 0.15, rel=1e-3)


def test_it_wears_with_the_work_that_passes():
    rate = evaluate("ball_screw", SCREW | {"wear_per_j": 1e-9})["nut_wear_ratio.rate"]
    assert rate == pytest.approx(1e-9 * 1000.0 / (2 * np.pi), rel=1e-5)
