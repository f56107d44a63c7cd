"""Expected values: Torricelli's speed sqrt(2 g h)."""

import math

import pytest

from physics.laws import torricelli

RHO, G = 998.2, 9.80665


def test_speed_of_efflux_is_that_of_free_fall():
    head = 0.8
    flow = float(torricelli.flow_m3_per_s(1.0, 1e-4, RHO * G * head, RHO, 5.0))
    assert flow == pytest.approx(1e-4 * math.sqrt(2 * G * head), rel=1e-6)


def test_flow_turns_with_the_pressure():
    forward = float(torricelli.flow_m3_per_s(0.6, 1e-4, 4e3, RHO, 5.0))
    assert float(torricelli.flow_m3_per_s(0.6, 1e-4, -4e3, RHO, 5.0)) == -forward
