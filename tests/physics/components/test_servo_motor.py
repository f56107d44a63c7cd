"""Expected values: loop equations and losses by hand."""

import pytest

from tests.physics.evaluate import evaluate

RUNNING = {
    "plus.voltage_v": 400.0, "undervoltage_v": 1e-3, "shaft.speed_rad_per_s": 100.0, "torque_n_m": 4.0,
    "torque_constant_n_m_per_a": 1.0, "resistance_ohm": 1.5, "idle_loss_w": 15.0, "drag_n_m_s": 0.0,
}  # fmt: skip


def test_it_draws_work_and_copper_and_idle_loss():
    returned = evaluate("servo_motor", RUNNING)
    assert returned["loss_w"] == pytest.approx(1.5 * 16.0 + 15.0)
    assert returned["power_w"] == pytest.approx(400.0 + 39.0)
    assert returned["shaft.torque_n_m"] == pytest.approx(-4.0)


def test_the_torque_loop_follows_the_speed_loop():
    behind = RUNNING | {"command.value": 104.0, "gain_n_m_s": 0.5, "integral_rad_per_s": 3.0, "torque_time_s": 1e-3}
    returned = evaluate("servo_motor", behind)
    assert returned["torque_n_m.rate"] == pytest.approx((3.5 - 4.0) / 1e-3, rel=1e-2)
    assert returned["integral_rad_per_s.rate"] == pytest.approx(4.0 / 0.05, rel=1e-2)


def test_peak_torque_falls_beyond_the_knee_but_it_brakes_fully():
    fast = {"command.value": 1e4, "shaft.speed_rad_per_s": 350.0, "torque_peak_n_m": 10.0, "torque_n_m": 0.0}
    assert evaluate("servo_motor", RUNNING | fast)["torque_n_m.rate"] == pytest.approx(5.0 / 1e-3, rel=1e-2)
    braking = fast | {"command.value": 0.0}
    assert evaluate("servo_motor", RUNNING | braking)["torque_n_m.rate"] == pytest.approx(-10.0 / 1e-3, rel=1e-2)


def test_at_its_limit_the_integral_does_not_wind_up():
    stuck = RUNNING | {"command.value": 200.0, "torque_peak_n_m": 10.0, "gain_n_m_s": 0.5, "integral_rad_per_s": -80.0}
    assert evaluate("servo_motor", stuck)["integral_rad_per_s.rate"] == pytest.approx((100.0 + 0.0) / 0.05, rel=0.02)


def test_without_supply_it_coasts():
    dead = evaluate("servo_motor", RUNNING | {"plus.voltage_v": 0.0})
    assert dead["shaft.torque_n_m"] == 0.0
    assert dead["plus.current_a"] == 0.0
