"""Expected values: mass and heat balance by hand."""

import pytest

from physics.laws.stirred_tank import Content

RHO, C, G, ATM = 1000.0, 4000.0, 9.80665, 101_325.0


def content(**changes):
    values = {
        "area_m2": 2.0, "level_m": 0.5, "temperature_k": 293.15, "density_kg_per_m3": RHO,
        "specific_heat_j_per_kg_k": C, "mass_flow_kg_per_s": 0.0, "enthalpy_flow_w": 0.0, "heat_flow_w": 0.0,
        "overflow_m3_per_s": 0.0,
    }  # fmt: skip
    return Content(**(values | changes))


def test_pressure_at_the_bottom_is_hydrostatic():
    assert content().bottom_pressure_pa == pytest.approx(ATM + RHO * G * 0.5)


def test_a_litre_per_second_lifts_two_square_metres_half_a_millimetre_per_second():
    assert content(mass_flow_kg_per_s=1.0).level_rate_m_per_s == pytest.approx(0.5e-3)


def test_overflow_takes_what_comes():
    assert content(mass_flow_kg_per_s=1.0, overflow_m3_per_s=1e-3).level_rate_m_per_s == pytest.approx(0.0)


def test_four_kilowatts_warm_a_tonne_by_a_millikelvin_per_second():
    assert float(content(heat_flow_w=4000.0).temperature_rate_k_per_s) == pytest.approx(1e-3, rel=1e-3)


def test_water_of_the_same_temperature_does_not_warm():
    same = content(mass_flow_kg_per_s=3.0, enthalpy_flow_w=3.0 * C * 20.0)
    assert float(same.temperature_rate_k_per_s) == pytest.approx(0.0, abs=1e-15)


def test_stored_power_is_the_change_of_heat_and_lift():
    filling = content(mass_flow_kg_per_s=1.0, enthalpy_flow_w=C * 30.0)
    assert filling.stored_w == pytest.approx(C * 30.0 + (ATM + RHO * G * 0.5) / RHO)
