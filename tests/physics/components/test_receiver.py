"""Expected values: ideal gas; filling from a main warms to κ T; adiabatic blow-down cools along the isentrope."""

import pytest

from tests.physics.evaluate import evaluate

R, KAPPA = 287.05, 1.4
CP = KAPPA * R / (KAPPA - 1)
CV = CP / KAPPA
STILL = {"loss_w_per_k": 0.0, "pressure_pa": 6e5, "temperature_k": 320.0, "volume_m3": 0.5}


def rates(**changes):
    found = evaluate("receiver", STILL | {key.replace("__", "."): value for key, value in changes.items()})
    return float(found["pressure_pa.rate"]), float(found["temperature_k.rate"])


def test_it_holds_what_the_ideal_gas_says():
    assert evaluate("receiver", STILL)["mass_kg"] == pytest.approx(6e5 * 0.5 / (R * 320.0))


def test_drawing_gas_off_cools_along_the_isentrope():
    flow = -0.01
    pressure, temperature = rates(tap__mass_flow_kg_per_s=flow, tap__enthalpy_flow_w=flow * CP * (320.0 - 273.15))
    assert temperature / 320.0 == pytest.approx((CP / CV - 1) / (CP / CV) * pressure / 6e5, rel=1e-9)
    assert pressure == pytest.approx(CP / CV * R * 320.0 / 0.5 * flow, rel=1e-9)


def test_gas_from_a_main_brings_its_enthalpy():
    flow, main_k = 0.01, 293.15
    _, temperature = rates(tap__mass_flow_kg_per_s=flow, tap__enthalpy_flow_w=flow * CP * (main_k - 273.15))
    mass = 6e5 * 0.5 / (R * 320.0)
    assert temperature == pytest.approx(flow * (CP * main_k - CV * 320.0) / (mass * CV), rel=1e-9)


def test_heat_raises_the_pressure_at_constant_volume():
    pressure, temperature = rates(wall__heat_flow_w=100.0)
    assert pressure / 6e5 == pytest.approx(temperature / 320.0, rel=1e-12)
    assert pressure == pytest.approx(100.0 * R / (CV * 0.5), rel=1e-12)


def test_a_warm_vessel_loses_heat_to_the_hall():
    assert evaluate("receiver", STILL | {"loss_w_per_k": 5.0})["lost_w"] == pytest.approx(5.0 * (320.0 - 293.15))
