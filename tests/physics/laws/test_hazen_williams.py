"""Expected values: EPANET 2.2's head loss, 10.667 C^-1.852 d^-4.871 L Q^1.852 in SI."""

import math

import pytest

from physics.laws import hazen_williams


@pytest.mark.parametrize("flow", [0.02, 0.05, 0.1])
def test_it_is_the_head_loss_that_waterworks_use(flow):
    diameter, length, coefficient = 0.3, 500.0, 120.0
    head = 10.667 * coefficient**-1.852 * diameter**-4.871 * length * flow**1.852
    drop = 998.2 * 9.80665 * head
    velocity = float(hazen_williams.velocity_m_per_s(drop, length, diameter, coefficient, 998.2))
    assert velocity * math.pi / 4 * diameter**2 == pytest.approx(flow, rel=3e-3)


def test_backward_is_forward_turned_round():
    there, back = (float(hazen_williams.velocity_m_per_s(drop, 100.0, 0.1, 100.0, 998.2)) for drop in (2e4, -2e4))
    assert there == -back > 0
    assert hazen_williams.velocity_m_per_s(0.0, 100.0, 0.1, 100.0, 998.2) == 0.0
