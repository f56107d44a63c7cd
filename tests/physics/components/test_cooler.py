"""Expected values: effectiveness-NTU by hand."""

import math

import pytest

from tests.physics.evaluate import evaluate

C = 4182.0
WARM = {
    "inlet.pressure_pa": 101_325.0 + 2.5e4,
    "inlet.enthalpy_j_per_kg": C * 40.0,
    "outlet.enthalpy_j_per_kg": C * 20.0,
}
FLOW = 2e-3 * math.sqrt(0.25)


def by_hand(conductance):
    capacity = 998.2 * FLOW * C
    return capacity * (1 - math.exp(-conductance / capacity)) * 20.0


def test_the_full_fan_adds_its_conductance():
    returned = evaluate("cooler", WARM | {"fan.value": 1.0})
    assert returned["flow_m3_per_s"] == pytest.approx(FLOW, rel=1e-5)
    assert returned["heat_flow_w"] == pytest.approx(by_hand(2200.0), rel=1e-4)
    assert returned["fan_electric_w"] == pytest.approx(750.0, rel=1e-4)


def test_the_still_fan_leaves_natural_convection():
    assert evaluate("cooler", WARM)["heat_flow_w"] == pytest.approx(by_hand(200.0 + 2000.0 * 5e-4**0.6), rel=1e-4)


def test_blocked_fins_double_the_resistance():
    fouled = evaluate("cooler", WARM | {"fan.value": 1.0, "fouling_ratio": 1.0})
    assert fouled["heat_flow_w"] == pytest.approx(by_hand(1100.0), rel=1e-4)


def test_fins_foul_while_the_fan_blows():
    assert evaluate("cooler", {"fan.value": 1.0, "fouling_per_s": 1e-7})["fouling_ratio.rate"] == pytest.approx(
        1e-7, rel=1e-5
    )
