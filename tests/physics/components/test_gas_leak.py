"""Expected values: choked isentropic nozzle to the atmosphere."""

import math

import pytest

from tests.physics.evaluate import evaluate

R, KAPPA = 287.05, 1.4
CP = KAPPA * R / (KAPPA - 1)


def run(inside_pa, **changes):
    return evaluate("gas_leak", {"inlet.pressure_pa": inside_pa, "area_m2": 1e-6, "discharge_ratio": 0.65} | changes)


def test_a_hole_of_a_square_millimetre_at_seven_bar():
    shape = math.sqrt(KAPPA) * (2 / (KAPPA + 1)) ** ((KAPPA + 1) / (2 * (KAPPA - 1)))
    by_hand = 0.65 * 1e-6 * 7e5 * shape / math.sqrt(R * 293.15)
    assert run(7e5)["mass_flow_kg_per_s"] == pytest.approx(by_hand, rel=1e-5)


def test_without_pressure_or_hole_nothing_leaks():
    assert run(101_325.0)["mass_flow_kg_per_s"] == 0.0
    assert run(7e5, area_m2=0.0)["mass_flow_kg_per_s"] == 0.0


def test_what_leaks_is_lost():
    found = run(7e5)
    assert found["lost_w"] == pytest.approx(found["mass_flow_kg_per_s"] * 20_093.5)
