"""Expected values: a ball screw's torque for a force, F lead / 2 pi, and a pinion's travel."""

import math

import pytest

from tests.physics.evaluate import evaluate


def test_a_screw_needs_force_times_lead_over_a_turn():
    screw = {"travel_m_per_rad": 0.010 / (2 * math.pi), "rod.force_n": -2000.0, "shaft.speed_rad_per_s": 100.0}
    returned = evaluate("rack_and_pinion", screw)
    assert returned["shaft.torque_n_m"] == pytest.approx(3.1831, rel=1e-5)  # 2 kN with a lead of 10 mm
    assert returned["rod.velocity_m_per_s"] == pytest.approx(0.010 * 100.0 / (2 * math.pi))
    assert returned["power_w"] == pytest.approx(318.31, rel=1e-5)


def test_a_pinion_travels_its_circumference_in_a_turn():
    turn_per_s = {"travel_m_per_rad": 0.02, "shaft.speed_rad_per_s": 2 * math.pi}
    assert evaluate("rack_and_pinion", turn_per_s)["rod.velocity_m_per_s"] == pytest.approx(0.12566, rel=1e-4)
