"""Expected values: isothermal compressible flow with Colebrook's friction factor, Hagen-Poiseuille."""

import math

import pytest
from scipy.optimize import brentq

from tests.physics.evaluate import evaluate

R, MU = 287.05, 1.82e-5
L, D, K, T = 20.0, 0.025, 5e-5, 293.15


def flow(inlet_pa, outlet_pa, **changes):
    pressures = {"inlet.pressure_pa": inlet_pa, "outlet.pressure_pa": outlet_pa}
    return float(evaluate("gas_pipe", pressures | changes)["mass_flow_kg_per_s"])


def isothermal(inlet_pa, outlet_pa):
    def rest(m):
        reynolds = 4 * m / (math.pi * D * MU)
        friction = brentq(
            lambda f: 1 / math.sqrt(f) + 2 * math.log10(K / (3.7 * D) + 2.51 / (reynolds * math.sqrt(f))), 1e-3, 1.0
        )
        area = math.pi / 4 * D**2
        return m**2 - area**2 * D * (inlet_pa**2 - outlet_pa**2) / (friction * L * R * T)

    return brentq(rest, 1e-3, 1.0)


@pytest.mark.parametrize(("inlet_pa", "outlet_pa"), [(7e5, 6.9e5), (7e5, 6.5e5), (3e5, 2.8e5)])
def test_turbulent_flow_is_isothermal_compressible_flow(inlet_pa, outlet_pa):
    assert flow(inlet_pa, outlet_pa) == pytest.approx(isothermal(inlet_pa, outlet_pa), rel=2e-3)


def test_slow_flow_is_laminar():
    narrow = {"diameter_m": 1e-3, "length_m": 10.0}
    density = (2.0e5 + 1.98e5) / 2 / (R * T)
    by_hand = math.pi * 1e-3**4 / 128 / MU / 10.0 * 2e3 * density
    assert flow(2.0e5, 1.98e5, **narrow) == pytest.approx(by_hand, rel=2e-3)


def test_backward_it_flows_as_forward():
    assert flow(6.5e5, 7e5) == pytest.approx(-flow(7e5, 6.5e5), rel=1e-12)
