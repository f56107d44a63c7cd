"""Expected values: Ohm and Joule by hand."""

import pytest

from tests.physics.evaluate import evaluate


def test_current_follows_ohm_and_heats_the_body():
    returned = evaluate("resistor", {"a.voltage_v": 24.0, "b.voltage_v": 4.0, "resistance_ohm": 10.0})
    assert returned["a.current_a"] == pytest.approx(2.0)
    assert returned["b.current_a"] == pytest.approx(-2.0)
    assert returned["heat.heat_flow_w"] == pytest.approx(-40.0)


def test_warm_it_conducts_less():
    warm = {"a.voltage_v": 10.0, "heat.temperature_k": 393.15, "temperature_coefficient_per_k": 1e-3}
    assert evaluate("resistor", warm)["current_a"] == pytest.approx(1 / 1.1)
