"""Expected values: ideal gas; filling from a main; adiabatic blow-down cools along the isentrope."""

import pytest

from tests.physics.evaluate import evaluate

R, KAPPA, ROOM_K = 287.05, 1.4, 293.15
CP = KAPPA * R / (KAPPA - 1)
CV = CP / KAPPA
PRESSURE, TEMPERATURE, VOLUME = 6e5, 320.0, 0.5
COLD = PRESSURE * ROOM_K / TEMPERATURE
MASS = PRESSURE * VOLUME / (R * TEMPERATURE)
STILL = {
    "loss_w_per_k": 0.0, "cold_pressure_pa": COLD, "warm_pressure_pa": PRESSURE - COLD, "volume_m3": VOLUME,
}  # fmt: skip


def rates(**changes):
    """Rates of pressure and temperature."""
    found = evaluate("receiver", STILL | {key.replace("__", "."): value for key, value in changes.items()})
    cold = float(found["cold_pressure_pa.rate"])
    pressure = cold + float(found["warm_pressure_pa.rate"])
    return pressure, TEMPERATURE * (pressure / PRESSURE - cold / COLD)


def test_it_holds_what_the_ideal_gas_says():
    found = evaluate("receiver", STILL)
    assert found["mass_kg"] == pytest.approx(MASS)
    assert (found["pressure_pa"], found["temperature_k"]) == pytest.approx((PRESSURE, TEMPERATURE))


def test_drawing_gas_off_cools_along_the_isentrope():
    flow = -0.01
    pressure, temperature = rates(tap__mass_flow_kg_per_s=flow, tap__enthalpy_flow_w=flow * CP * (TEMPERATURE - 273.15))
    assert temperature / TEMPERATURE == pytest.approx((KAPPA - 1) / KAPPA * pressure / PRESSURE, rel=1e-9)
    assert pressure == pytest.approx(KAPPA * R * TEMPERATURE / VOLUME * flow, rel=1e-9)


def test_gas_from_a_main_brings_its_enthalpy():
    flow = 0.01
    _, temperature = rates(tap__mass_flow_kg_per_s=flow, tap__enthalpy_flow_w=flow * CP * (ROOM_K - 273.15))
    assert temperature == pytest.approx(flow * (CP * ROOM_K - CV * TEMPERATURE) / (MASS * CV), rel=1e-9)


def test_heat_raises_the_pressure_at_constant_volume():
    pressure, temperature = rates(wall__heat_flow_w=100.0)
    assert pressure / PRESSURE == pytest.approx(temperature / TEMPERATURE, rel=1e-12)
    assert pressure == pytest.approx(100.0 * R / (CV * VOLUME), rel=1e-12)


def test_a_warm_vessel_loses_heat_to_the_hall():
    found = evaluate("receiver", STILL | {"loss_w_per_k": 5.0})
    assert found["lost_w"] == pytest.approx(5.0 * (TEMPERATURE - ROOM_K))


def test_one_number_starts_it_at_room_temperature():
    found = evaluate("receiver", {"cold_pressure_pa": 8e5})
    assert (found["pressure_pa"], found["temperature_k"]) == pytest.approx((8e5, ROOM_K))
