"""Expected values: shut at its set pressure, open a droop below, ISO 6358 between mains and outlet."""

import math

import pytest

from tests.physics.evaluate import evaluate

C = 5e-8


def run(outlet_pa, **changes):
    pressures = {"inlet.pressure_pa": 9e5, "outlet.pressure_pa": outlet_pa, "set_pa": 5e5, "droop_pa": 3e4}
    return evaluate("gas_regulator", pressures | {"conductance_m3_per_s_pa": C, "critical_ratio": 0.3} | changes)


@pytest.mark.parametrize("outlet_pa", [5e5, 6e5, 8.9e5])
def test_at_its_set_pressure_and_above_it_is_shut(outlet_pa):
    assert run(outlet_pa)["mass_flow_kg_per_s"] == 0.0


def test_a_droop_below_it_is_fully_open():
    by_hand = C * 1.185 * 9e5 * math.sqrt(1 - ((4.7 / 9 - 0.3) / 0.7) ** 2)
    assert run(4.7e5)["mass_flow_kg_per_s"] == pytest.approx(by_hand, rel=1e-4)


def test_in_the_middle_of_the_droop_it_is_half_open():
    assert run(4.85e5)["lift_ratio"] == pytest.approx(0.5)


def test_a_worn_seat_lets_the_pressure_creep():
    by_hand = 0.02 * C * 1.185 * 9e5 * math.sqrt(1 - ((5 / 9 - 0.3) / 0.7) ** 2)
    assert run(5e5, seat_wear_ratio=1.0)["mass_flow_kg_per_s"] == pytest.approx(by_hand, rel=1e-4)


def test_the_seat_wears_with_what_passes():
    found = run(4.7e5, wear_per_kg=1e-6)
    assert found["seat_wear_ratio.rate"] == pytest.approx(1e-6 * found["mass_flow_kg_per_s"], rel=1e-4)
