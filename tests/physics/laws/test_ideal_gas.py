"""Expected values: dry air of ISO 2533 and handbook."""

import pytest

from physics.laws import ideal_gas

AIR = (287.05, 1.4)


def test_specific_heat_and_density_of_air():
    assert ideal_gas.specific_heat_j_per_kg_k(*AIR) == pytest.approx(1005.0, rel=1e-3)
    assert ideal_gas.density_kg_per_m3(101_325.0, 288.15, 287.05) == pytest.approx(1.225, rel=1e-4)


def test_enthalpy_and_temperature_are_inverse():
    enthalpy = ideal_gas.enthalpy_j_per_kg(350.0, *AIR)
    assert ideal_gas.temperature_k(enthalpy, *AIR) == pytest.approx(350.0)
