"""Expected values: effectiveness-NTU by hand, energy balance, limits."""

import math

import pytest

from physics.laws import exchanger

C = 4182.0
WARM, COLD, WALL = C * 40.0, C * 10.0, C * 20.0


def test_heat_is_effectiveness_times_capacity_times_difference():
    heat = exchanger.exchange(0.5, WARM, WALL, WALL, 1000.0, C)
    by_hand = (1 - math.exp(-1000.0 / (0.5 * C))) * 0.5 * C * 20.0
    assert float(heat.heat_w) == pytest.approx(by_hand, rel=1e-6)
    assert float(heat.at_a_w + heat.at_b_w) == pytest.approx(by_hand, rel=1e-6)


def test_a_reversed_stream_gives_its_heat_on_the_other_side():
    forward = exchanger.exchange(0.5, WARM, COLD, WALL, 1000.0, C)
    backward = exchanger.exchange(-0.5, COLD, WARM, WALL, 1000.0, C)
    assert float(backward.heat_w) == pytest.approx(float(forward.heat_w))
    assert float(backward.at_b_w) == pytest.approx(float(forward.at_a_w))


def test_a_great_conductance_brings_the_stream_to_the_wall():
    heat = exchanger.exchange(0.5, WARM, WALL, WALL, 1e6, C)
    assert float(heat.heat_w) == pytest.approx(0.5 * (WARM - WALL), rel=1e-6)


def test_still_water_gives_next_to_nothing():
    assert abs(float(exchanger.exchange(0.0, WARM, WARM, WALL, 1e3, C).heat_w)) < 10.0
