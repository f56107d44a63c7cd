"""Expected values: Dahl's closed form for the force after a displacement, and an energy balance by hand."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from physics.laws import bristle


def pulled(distance, speed=1e-3, slide=1e-3):
    """Bend after sliding a distance at constant speed, by an independent integrator."""

    def rate(_t, y):
        return [float(bristle.grip(speed, y[0], 100.0, slide=slide, damping_s=0.0, width=1e-9).bend_rate_per_s)]

    return solve_ivp(rate, (0.0, distance / speed), [0.0], rtol=1e-9, atol=1e-12).y[0, -1]


@pytest.mark.parametrize("distance", [2e-4, 1e-3, 4e-3])
def test_friction_builds_up_exponentially_with_displacement(distance):
    assert pulled(distance) == pytest.approx(1 - np.exp(-distance / 1e-3), rel=1e-6)  # Dahl (1968)


def test_sliding_it_is_plain_dry_friction():
    sliding = bristle.grip(0.5, 1.0, 100.0, slide=1e-3, damping_s=0.01, width=1e-6)
    assert float(sliding.friction) == pytest.approx(100.0)
    assert float(sliding.lost_w) == pytest.approx(50.0)


def test_held_still_the_bend_stays():
    held = bristle.grip(0.0, 0.7, 100.0, slide=1e-3, damping_s=0.01, width=1e-6)
    assert float(held.bend_rate_per_s) == 0.0
    assert float(held.friction) == pytest.approx(70.0)


def test_what_goes_in_is_stored_or_lost_and_never_made():
    stream = np.random.default_rng(1)
    for velocity, bend in stream.uniform(-1, 1, (50, 2)):
        found = bristle.grip(velocity, bend, 100.0, slide=1e-3, damping_s=5e-3, width=1e-4)
        assert float(found.friction * velocity) == pytest.approx(float(found.lost_w + found.stored_w), rel=1e-9)
        assert float(found.lost_w) >= 0.0
