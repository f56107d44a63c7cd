"""Expected values: effectiveness-NTU by hand, first law."""

import math

import pytest

from tests.physics.evaluate import evaluate

C, RHO = 4182.0, 998.2
WARM = {
    "inlet_hot.pressure_pa": 126_325.0,
    "inlet_hot.enthalpy_j_per_kg": C * 80.0,
    "outlet_hot.enthalpy_j_per_kg": C * 50.0,
    "inlet_cold.pressure_pa": 107_575.0,
    "inlet_cold.enthalpy_j_per_kg": C * 20.0,
    "outlet_cold.enthalpy_j_per_kg": C * 50.0,
}
FLOW_A, FLOW_B = 2e-3 * 0.5, 2e-3 * 0.25


def by_hand(conductance):
    large, small = FLOW_A * RHO * C, FLOW_B * RHO * C
    units, share = conductance / small, small / large
    fall = math.exp(-units * (1 - share))
    return (1 - fall) / (1 - share * fall) * small * 60.0


def test_heat_goes_over_as_effectiveness_says():
    found = evaluate("counterflow_exchanger", WARM)
    assert (found["flow_hot_m3_per_s"], found["flow_cold_m3_per_s"]) == pytest.approx((FLOW_A, FLOW_B), rel=1e-4)
    assert found["heat_flow_w"] == pytest.approx(by_hand(3000.0), rel=1e-3)


def test_what_one_stream_loses_the_other_takes_up():
    found = evaluate("counterflow_exchanger", WARM)
    lost = found["inlet_hot.enthalpy_flow_w"] + found["outlet_hot.enthalpy_flow_w"] + 25_000.0 * FLOW_A
    gained = found["inlet_cold.enthalpy_flow_w"] + found["outlet_cold.enthalpy_flow_w"] + 6250.0 * FLOW_B
    assert lost == pytest.approx(-gained, rel=1e-5)
    assert lost == pytest.approx(found["heat_flow_w"], rel=1e-5)


def test_fouling_of_one_doubles_the_resistance():
    found = evaluate("counterflow_exchanger", WARM | {"fouling_ratio": 1.0})
    assert found["heat_flow_w"] == pytest.approx(by_hand(1500.0), rel=1e-3)


def test_each_stream_leaves_its_deposit():
    found = evaluate("counterflow_exchanger", WARM | {"fouling_hot_per_m3": 1e-4, "fouling_cold_per_m3": 4e-4})
    assert found["fouling_ratio.rate"] == pytest.approx(1e-4 * FLOW_A + 4e-4 * FLOW_B, rel=1e-4)
