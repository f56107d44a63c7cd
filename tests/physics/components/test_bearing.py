"""Expected values: friction law and wear by hand."""

import numpy as np
import pytest

from tests.physics.evaluate import evaluate

NEW = {"dry_friction_n_m": 0.05, "viscous_friction_n_m_s": 5e-4, "shaft.speed_rad_per_s": 100.0}


def test_a_new_bearing_rubs_dry_and_viscous():
    assert evaluate("bearing", NEW)["shaft.torque_n_m"] == pytest.approx(0.1)


def test_a_worn_one_rubs_more_and_shakes_more():
    worn = evaluate("bearing", NEW | {"wear_ratio": 0.5, "vibration_wear_ratio": 2.0})
    assert worn["shaft.torque_n_m"] == pytest.approx(0.15)
    assert worn["vibration_m_per_s2"] == pytest.approx(2 * evaluate("bearing", NEW)["vibration_m_per_s2"])


def test_it_wears_with_friction_work():
    assert evaluate("bearing", NEW | {"wear_per_j": 1e-8})["wear_ratio.rate"] == pytest.approx(1e-8 * 10.0)


def test_its_friction_heats_the_housing_and_the_air_cools_it():
    warm = evaluate("bearing", NEW | {"heat.temperature_k": 303.15, "cooling_w_per_k": 0.5})
    assert warm["heat.heat_flow_w"] == pytest.approx(5.0 - 10.0)
    assert warm["lost_w"] == pytest.approx(5.0)


def test_under_load_it_rubs_more_and_uses_its_l10_life():
    loaded = evaluate("bearing", NEW | {"radial_load_n": 2000.0, "load_rating_n": 14_800.0, "bore_m": 0.025})
    assert loaded["shaft.torque_n_m"] == pytest.approx(0.1 + 0.0015 * 2000.0 * 0.0125)
    turns_per_s = 100.0 / (2 * np.pi)
    assert loaded["fatigue_ratio.rate"] == pytest.approx(turns_per_s / (7.4**3 * 1e6))
