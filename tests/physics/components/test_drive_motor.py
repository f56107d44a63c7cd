"""Expected values: the linear torque-slip line and its losses by hand."""

import pytest

from tests.physics.evaluate import evaluate

RATED = {
    "plus.voltage_v": 230.0, "undervoltage_v": 1e-3, "synchronous_rad_per_s": 150.0, "shaft.speed_rad_per_s": 144.0,
    "torque_limit_n_m": 1e4, "stator_loss_w": 60.0, "idle_loss_w": 40.0,
}  # fmt: skip


def test_at_rated_slip_it_gives_rated_torque():
    assert evaluate("drive_motor", RATED)["shaft.torque_n_m"] == pytest.approx(-5.0, rel=1e-6)


def test_it_draws_shaft_power_slip_stator_and_idle_loss():
    returned = evaluate("drive_motor", RATED)
    assert returned["power_w"] == pytest.approx(5.0 * 150.0 + 60.0 + 40.0, rel=1e-6)
    assert returned["loss_w"] == pytest.approx(5.0 * 6.0 + 100.0, rel=1e-6)
    assert returned["plus.current_a"] == pytest.approx(850.0 / 230.0, rel=1e-6)
    assert returned["apparent_current_a"] == pytest.approx(850.0 / 230.0 / 0.8, rel=1e-6)


def test_torque_stays_within_the_inverters_limit():
    stalled = evaluate("drive_motor", RATED | {"shaft.speed_rad_per_s": 0.0, "torque_limit_n_m": 10.0})
    assert stalled["shaft.torque_n_m"] == pytest.approx(-10.0, rel=1e-3)


def test_without_supply_there_is_no_torque_and_no_current():
    dead = evaluate("drive_motor", RATED | {"plus.voltage_v": 0.0})
    assert dead["shaft.torque_n_m"] == 0.0
    assert dead["plus.current_a"] == 0.0


def test_the_inverter_ramps_to_the_wanted_speed():
    ramping = evaluate("drive_motor", RATED | {"speed_set_rad_per_s": 170.0, "ramp_time_s": 4.0})
    assert ramping["synchronous_rad_per_s.rate"] == pytest.approx(5.0)
