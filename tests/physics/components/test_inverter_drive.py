"""Expected values: V/f line, losses and limits by hand."""

import pytest

from tests.physics.evaluate import evaluate

HALF = {
    "supply.voltage_v": 400.0, "frequency_hz": 25.0, "command.value": 0.5, "boost_v": 10.0, "boost_hz": 1e-3,
    "undervoltage_v": 1e-3, "current_loss_ratio": 0.02, "idle_loss_w": 30.0,
}  # fmt: skip


def test_voltage_goes_with_frequency_plus_boost():
    assert evaluate("inverter_drive", HALF)["motor.voltage_v"] == pytest.approx(210.0, rel=1e-3)


def test_it_draws_what_it_gives_and_its_losses():
    returned = evaluate("inverter_drive", HALF | {"motor.current_a": -20.0})
    out_w = 20.0 * returned["motor.voltage_v"]
    assert returned["loss_w"] == pytest.approx(0.02 * 20.0 * 400.0 + 30.0, rel=1e-5)
    assert returned["power_w"] == pytest.approx(out_w + returned["loss_w"])
    assert returned["heat.heat_flow_w"] == pytest.approx(-returned["loss_w"])


def test_a_braking_motor_feeds_back():
    assert evaluate("inverter_drive", HALF | {"motor.current_a": 20.0})["power_w"] < 0.0


def test_output_never_exceeds_the_supply():
    low = evaluate("inverter_drive", HALF | {"supply.voltage_v": 150.0})
    assert low["motor.voltage_v"] == pytest.approx(150.0, rel=1e-3)
    assert evaluate("inverter_drive", HALF | {"supply.voltage_v": 0.0})["motor.voltage_v"] == 0.0


@pytest.mark.parametrize(("command", "rate"), [(1.0, 10.0), (0.0, -10.0), (0.5, 0.0)])
def test_frequency_ramps_towards_its_command(command, rate):
    found = evaluate("inverter_drive", HALF | {"command.value": command, "ramp_time_s": 5.0})
    assert found["frequency_hz.rate"] == pytest.approx(rate, abs=0.02)


def test_beyond_its_current_limit_it_slows_down():
    limited = HALF | {"current_limit_a": 40.0, "motor.current_a": -44.0, "control_time_s": 0.05}
    assert evaluate("inverter_drive", limited)["frequency_hz.rate"] == pytest.approx(-0.1 * 50.0 / 0.05, rel=1e-2)
    braking = limited | {"motor.current_a": 44.0}
    assert evaluate("inverter_drive", braking)["frequency_hz.rate"] == pytest.approx(0.1 * 50.0 / 0.05, rel=1e-2)


def test_capacitors_last_their_rated_life_at_rated_temperature():
    rated = evaluate("inverter_drive", {"heat.temperature_k": 333.15, "capacitor_rated_k": 333.15})
    assert rated["capacitor_wear_ratio.rate"] == pytest.approx(1 / 1.8e8)
