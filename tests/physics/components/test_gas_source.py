"""Expected values: what is set from outside."""

import pytest

from tests.physics.evaluate import evaluate


def test_it_fixes_pressure_and_enthalpy():
    returned = evaluate("gas_source", {"pressure_pa": 7e5, "temperature_k": 303.15})
    assert returned["outlet.pressure_pa"] == 7e5
    assert returned["outlet.enthalpy_j_per_kg"] == pytest.approx(3.5 * 287.05 * 30.0)


def test_what_flows_out_of_it_was_delivered():
    assert evaluate("gas_source", {"outlet.mass_flow_kg_per_s": -0.02})["delivered_kg_per_s"] == 0.02
