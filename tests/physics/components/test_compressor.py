"""Expected values: ideal piston by hand, isentropic temperature, first law."""

import pytest

from tests.physics.evaluate import evaluate

R, KAPPA = 287.05, 1.4
CP = KAPPA * R / (KAPPA - 1)
RHO = 101_325.0 / (R * 293.15)
IDEAL = {
    "clearance_ratio": 0.0, "leak_ratio": 0.0, "isentropic_ratio": 1.0, "jacket_ratio": 0.0, "dry_friction_n_m": 0.0,
    "viscous_friction_n_m_s": 0.0,
}  # fmt: skip


def run(ratio=7.0, speed=150.0, **changes):
    values = {"outlet.pressure_pa": ratio * 101_325.0, "shaft.speed_rad_per_s": speed}
    return evaluate("compressor", values | changes)


def test_an_ideal_one_delivers_its_displacement():
    assert run(**IDEAL)["mass_flow_kg_per_s"] == pytest.approx(1e-4 * RHO * 150.0, rel=2e-5)


def test_an_ideal_one_heats_along_the_isentrope():
    found = run(**IDEAL)
    outlet_k = 273.15 - found["outlet.enthalpy_flow_w"] / found["mass_flow_kg_per_s"] / CP
    assert outlet_k == pytest.approx(293.15 * 7.0 ** ((KAPPA - 1) / KAPPA), rel=1e-4)


def test_clearance_and_leak_cost_delivery():
    found = run(**IDEAL | {"clearance_ratio": 0.04, "leak_ratio": 0.01})
    by_hand = 1 - 0.04 * (7.0 ** (1 / KAPPA) - 1) - 0.01 * 6.0
    assert found["volumetric_ratio"] == pytest.approx(by_hand, rel=1e-4)


def test_worn_rings_leak_more_and_take_no_less_power():
    new, worn = run(), run(ring_wear_ratio=2.0)
    assert new["volumetric_ratio"] - worn["volumetric_ratio"] == pytest.approx(0.01 * 2.0 * 6.0, rel=1e-3)
    assert worn["shaft_power_w"] == new["shaft_power_w"]


def test_shaft_power_goes_into_gas_and_jacket():
    found = run()
    gas = -found["outlet.enthalpy_flow_w"] - found["inlet.enthalpy_flow_w"]
    assert gas - found["jacket.heat_flow_w"] == pytest.approx(found["shaft_power_w"], rel=1e-12)
    assert found["shaft.torque_n_m"] * 150.0 == pytest.approx(found["shaft_power_w"], rel=1e-12)


def test_at_rest_it_holds_the_pressure_without_torque():
    found = run(speed=0.0)
    assert (found["mass_flow_kg_per_s"], found["shaft.torque_n_m"]) == (0.0, 0.0)


def test_rings_wear_with_the_work_they_seal():
    found = run(**IDEAL | {"wear_per_j": 1e-9})
    assert found["ring_wear_ratio.rate"] == pytest.approx(1e-9 * found["shaft_power_w"], rel=1e-9)
