"""Expected values: Joule's law, an aged wire and Arrhenius by hand."""

import pytest

from tests.physics.evaluate import evaluate

FULL = {"plus.voltage_v": 230.0, "command.value": 0.5, "resistance_ohm": 26.45, "temperature_coefficient_per_k": 0.0}


def test_half_the_time_gives_half_of_2_kw():
    returned = evaluate("electric_heater", FULL)
    assert returned["power_w"] == pytest.approx(1000.0)
    assert returned["heat.heat_flow_w"] == pytest.approx(-1000.0)


@pytest.mark.parametrize(("command", "power"), [(-1.0, 0.0), (3.0, 2000.0)])
def test_the_controller_goes_from_none_to_all(command, power):
    assert evaluate("electric_heater", FULL | {"command.value": command})["power_w"] == pytest.approx(power, abs=2.0)


def test_an_old_wire_heats_less():
    old = evaluate("electric_heater", FULL | {"element_wear_ratio": 1.0, "growth_ratio": 0.1})
    assert old["power_w"] == pytest.approx(1000.0 / 1.1)


def test_it_lasts_its_rated_life_at_rated_temperature():
    rated = evaluate("electric_heater", {"heat.temperature_k": 1173.15, "rated_k": 1173.15, "life_s": 3.6e7})
    assert rated["element_wear_ratio.rate"] == pytest.approx(1 / 3.6e7)
