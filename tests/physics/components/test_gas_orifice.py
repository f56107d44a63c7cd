"""Expected values: isentropic nozzle, Saint-Venant and Wantzel."""

import math

import pytest

from tests.physics.evaluate import evaluate

R, KAPPA = 287.05, 1.4
CP = KAPPA * R / (KAPPA - 1)


def flow(inlet_pa, outlet_pa):
    pressures = {"inlet.pressure_pa": inlet_pa, "outlet.pressure_pa": outlet_pa}
    found = evaluate("gas_orifice", pressures | {"area_m2": 1e-5, "discharge_ratio": 0.8})
    return float(found["mass_flow_kg_per_s"])


def nozzle(inlet_pa, outlet_pa):
    ratio = max(outlet_pa / inlet_pa, (2 / (KAPPA + 1)) ** (KAPPA / (KAPPA - 1)))
    shape = 2 * KAPPA / (KAPPA - 1) * (ratio ** (2 / KAPPA) - ratio ** ((KAPPA + 1) / KAPPA))
    return 0.8 * 1e-5 * inlet_pa * math.sqrt(shape / (R * 293.15))


@pytest.mark.parametrize("outlet_pa", [1e5, 3e5, 4e5, 5e5, 5.8e5])
def test_it_flows_as_an_ideal_nozzle_of_the_effective_area(outlet_pa):
    assert flow(6e5, outlet_pa) == pytest.approx(nozzle(6e5, outlet_pa), rel=4e-3)


def test_liquid_like_small_drops_follow_bernoulli():
    density = 6e5 / (R * 293.15)
    assert flow(6e5, 5.99e5) == pytest.approx(0.8 * 1e-5 * math.sqrt(2 * density * 1e3), rel=6e-3)
