"""Expected values: the motor's characteristic by hand (Leonhard, chapter 5)."""

import pytest

from tests.physics.evaluate import evaluate

MOTOR = {"resistance_ohm": 2.0, "torque_constant_n_m_per_a": 0.1, "drag_n_m_s": 0.0, "plus.voltage_v": 24.0}


def test_standing_still_it_draws_stall_current():
    returned = evaluate("dc_motor", MOTOR)
    assert returned["current_a"] == pytest.approx(12.0)
    assert returned["shaft.torque_n_m"] == pytest.approx(-1.2)
    assert returned["loss_w"] == pytest.approx(288.0)


def test_at_no_load_speed_it_draws_nothing():
    returned = evaluate("dc_motor", MOTOR | {"shaft.speed_rad_per_s": 240.0})
    assert returned["current_a"] == pytest.approx(0.0)


def test_a_warm_winding_draws_less():
    warm = evaluate("dc_motor", MOTOR | {"heat.temperature_k": 393.15})
    assert warm["current_a"] == pytest.approx(12.0 / 1.393)
    assert warm["heat.heat_flow_w"] == pytest.approx(2.0 * 100.0 - 288.0 / 1.393)


def test_insulation_lasts_its_rated_life_at_rated_temperature():
    rated = evaluate("dc_motor", {"heat.temperature_k": 403.15, "insulation_life_s": 7.2e7})
    assert rated["insulation_wear_ratio.rate"] == pytest.approx(1 / 7.2e7)
