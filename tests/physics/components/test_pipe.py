"""Expected values: Hagen-Poiseuille; hydrostatics."""

import math

import pytest

from tests.physics.evaluate import evaluate

THIN = {"length_m": 100.0, "diameter_m": 0.01, "kinematic_viscosity_m2_per_s": 1e-6}


def test_slow_flow_is_hagen_poiseuille():
    drop = 32 * 998.2 * 1e-6 * 100.0 * 0.02 / 0.01**2
    returned = evaluate("pipe", THIN | {"inlet.pressure_pa": 101_325.0 + drop})
    assert returned["velocity_m_per_s"] == pytest.approx(0.02, rel=2e-3)
    assert returned["flow_m3_per_s"] == pytest.approx(0.02 * math.pi / 4 * 1e-4, rel=2e-3)


def test_still_water_stands_ten_metres_high_under_its_own_pressure():
    lift = 998.2 * 9.80665 * 10.0
    returned = evaluate("pipe", {"inlet.pressure_pa": 101_325.0 + lift, "rise_m": 10.0})
    assert returned["flow_m3_per_s"] == pytest.approx(0.0, abs=1e-12)


def test_a_learned_loss_of_half_again_costs_a_fifth_of_the_flow():
    changes = {"inlet.pressure_pa": 201_325.0}
    ratio = (
        evaluate("pipe", changes | {"extra_loss_ratio": 0.5})["flow_m3_per_s"]
        / evaluate("pipe", changes)["flow_m3_per_s"]
    )
    assert ratio == pytest.approx(1.5**-0.5)
