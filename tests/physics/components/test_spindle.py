"""Expected values: Kienzle's force and Taylor's life by hand."""

import pytest

from tests.physics.evaluate import evaluate

CUTTING = {
    "engaged_ratio": 1.0, "feed_m": 2e-4, "depth_m": 2e-3, "work_radius_m": 0.04, "cutting_pa": 1.5e9,
    "cutting_exponent_ratio": 0.25, "shaft.speed_rad_per_s": 100.0, "bearing_torque_n_m": 0.3, "viscous_n_m_s": 1e-3,
}  # fmt: skip
FORCE_N = 1.5e9 * 2e-3 * 2e-4 * 0.2**-0.25


def test_force_follows_kienzle():
    returned = evaluate("spindle", CUTTING)
    assert returned["cutting_force_n"] == pytest.approx(FORCE_N)
    assert returned["shaft.torque_n_m"] == pytest.approx(0.04 * FORCE_N + 0.3 + 0.1)
    assert returned["removal_m3_per_s"] == pytest.approx(4e-7 * 4.0)


def test_the_tool_lasts_its_life_and_a_fifth_faster_half_of_it():
    at = {"tool_life_s": 900.0, "cutting_speed_m_per_s": 4.0, "taylor_ratio": 0.25}
    assert evaluate("spindle", CUTTING | at)["tool_wear_ratio.rate"] == pytest.approx(1 / 900.0)
    faster = evaluate("spindle", CUTTING | at | {"shaft.speed_rad_per_s": 120.0})
    assert faster["tool_wear_ratio.rate"] == pytest.approx(1.2**4 / 900.0)


def test_a_worn_tool_cuts_harder():
    worn = evaluate("spindle", CUTTING | {"tool_wear_ratio": 1.0, "force_wear_ratio": 0.5})
    assert worn["cutting_force_n"] == pytest.approx(1.5 * FORCE_N)


def test_idle_it_wears_no_tool():
    idle = evaluate("spindle", CUTTING | {"engaged_ratio": 0.0})
    assert idle["tool_wear_ratio.rate"] == 0.0
    assert idle["shaft.torque_n_m"] == pytest.approx(0.4)
