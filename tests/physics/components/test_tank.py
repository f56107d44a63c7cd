"""Expected values: balances by hand, Poleni."""

import math

import pytest

from tests.physics.evaluate import evaluate


def test_inflow_lifts_the_level():
    returned = evaluate("tank", {"top.mass_flow_kg_per_s": 2.0, "area_m2": 2.0})
    assert returned["level_m.rate"] == pytest.approx(2.0 / 998.2 / 2.0, rel=1e-6)


def test_the_rim_lets_go_what_is_above_it():
    returned = evaluate("tank", {"level_m": 1.55, "rim_level_m": 1.5, "rim_width_m": 0.5, "discharge_ratio": 0.6})
    by_hand = 2 / 3 * 0.6 * 0.5 * math.sqrt(2 * 9.80665) * 0.05**1.5
    assert returned["overflow_m3_per_s"] == pytest.approx(by_hand, rel=1e-3)


def test_cold_inflow_cools_the_content():
    changes = {"temperature_k": 313.15, "top.mass_flow_kg_per_s": 1.0, "top.enthalpy_flow_w": 4182.0 * 20.0}
    returned = evaluate("tank", changes)
    assert returned["temperature_k.rate"] == pytest.approx(-20.0 / (998.2 * 0.5), rel=1e-3)


def test_a_warm_tank_loses_heat_to_the_hall():
    returned = evaluate("tank", {"temperature_k": 303.15, "loss_w_per_k": 50.0})
    assert returned["lost_w"] == pytest.approx(500.0, abs=0.1)
