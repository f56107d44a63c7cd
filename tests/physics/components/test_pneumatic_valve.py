"""Expected values: ISO 6358 by hand."""

import math

import pytest

from tests.physics.evaluate import evaluate

C, B = 2e-8, 0.3


def run(inlet_pa=7e5, outlet_pa=1e5, **changes):
    pressures = {"inlet.pressure_pa": inlet_pa, "outlet.pressure_pa": outlet_pa}
    return evaluate("pneumatic_valve", {"conductance_m3_per_s_pa": C, "critical_ratio": B} | pressures | changes)


def test_choked_flow_follows_the_upstream_pressure():
    assert run()["mass_flow_kg_per_s"] == pytest.approx(C * 1.185 * 7e5, rel=1e-5)


def test_unchoked_flow_follows_the_ellipse():
    ratio = 6e5 / 7e5
    by_hand = C * 1.185 * 7e5 * math.sqrt(1 - ((ratio - B) / (1 - B)) ** 2)
    assert run(outlet_pa=6e5)["mass_flow_kg_per_s"] == pytest.approx(by_hand, rel=1e-4)


def test_hot_air_is_thinner():
    hot = run(**{"inlet.enthalpy_j_per_kg": 3.5 * 287.05 * 100.0})["mass_flow_kg_per_s"]
    assert hot == pytest.approx(run()["mass_flow_kg_per_s"] * math.sqrt(293.15 / 373.15), rel=1e-6)


def test_throttling_keeps_the_enthalpy():
    found = run()
    assert found["outlet.enthalpy_flow_w"] == -found["inlet.enthalpy_flow_w"]


def test_a_shut_valve_is_tight_until_its_seat_is_worn():
    assert run(opening_ratio=0.0)["mass_flow_kg_per_s"] == 0.0
    worn = run(opening_ratio=0.0, seat_wear_ratio=1.0, seat_leak_ratio=0.05)
    assert worn["mass_flow_kg_per_s"] == pytest.approx(0.05 * C * 1.185 * 7e5, rel=1e-5)


def test_the_seat_wears_with_what_is_throttled():
    found = run(wear_per_j=1e-9)
    volume = found["mass_flow_kg_per_s"] * 287.05 * 293.15 / 7e5
    assert found["seat_wear_ratio.rate"] == pytest.approx(1e-9 * 6e5 * volume, rel=1e-5)
