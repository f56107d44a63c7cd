"""Expected values: first law of an open passage."""

from types import SimpleNamespace

import pytest

from physics.laws import convection

COLD, WARM = 1e4, 9e4


@pytest.mark.parametrize(("flow", "upstream"), [(2.0, COLD), (-2.0, WARM)])
def test_a_stream_carries_the_heat_of_where_it_comes_from(flow, upstream):
    assert float(convection.enthalpy_flow_w(flow, COLD, WARM)) == pytest.approx(flow * upstream, rel=1e-6)


def test_still_water_hardly_mixes():
    exchanged = float(convection.enthalpy_flow_w(0.0, COLD, WARM))
    assert exchanged == pytest.approx(0.5e-4 * (COLD - WARM))


def test_enthalpy_and_temperature_are_inverse():
    enthalpy = convection.enthalpy_j_per_kg(303.15, 4182.0)
    assert enthalpy == pytest.approx(4182.0 * 30.0)
    assert convection.temperature_k(enthalpy, 4182.0) == pytest.approx(303.15)


def test_a_passage_conserves_mass_and_adds_the_given_heat():
    ends = SimpleNamespace(
        inlet=SimpleNamespace(enthalpy_j_per_kg=COLD), outlet=SimpleNamespace(enthalpy_j_per_kg=WARM)
    )
    flows = convection.passage(ends, 2.0, 500.0)
    assert flows["inlet.mass_flow_kg_per_s"] + flows["outlet.mass_flow_kg_per_s"] == 0
    assert float(flows["inlet.enthalpy_flow_w"] + flows["outlet.enthalpy_flow_w"]) == pytest.approx(-500.0)
