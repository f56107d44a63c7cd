"""Expected values: effectiveness-NTU by hand."""

import math

import pytest

from tests.physics.evaluate import evaluate

C = 4182.0
FLOW = 2e-3 * math.sqrt(0.25)
COLD = {"inlet.pressure_pa": 101_325.0 + 2.5e4, "wall.temperature_k": 333.15}


def by_hand(conductance):
    capacity = 998.2 * FLOW * C
    return capacity * (1 - math.exp(-conductance / capacity)) * (20.0 - 60.0)


def test_the_stream_takes_heat_from_a_warm_wall():
    returned = evaluate("heat_exchanger", COLD)
    assert returned["heat_flow_w"] == pytest.approx(by_hand(500.0), rel=1e-4)
    assert returned["wall.heat_flow_w"] == -returned["heat_flow_w"]


def test_fouling_adds_resistance_with_the_volume_passed():
    fouled = evaluate("heat_exchanger", COLD | {"fouling_ratio": 1.0, "fouling_per_m3": 1e-4})
    assert fouled["heat_flow_w"] == pytest.approx(by_hand(250.0), rel=1e-4)
    assert fouled["fouling_ratio.rate"] == pytest.approx(1e-4 * FLOW, rel=1e-4)


def test_a_learned_transfer_scales_the_conductance():
    better = evaluate("heat_exchanger", COLD | {"extra_transfer_ratio": 0.2})
    assert better["heat_flow_w"] == pytest.approx(by_hand(600.0), rel=1e-4)
