"""Expected values: Hagen-Poiseuille; Colebrook solved by SciPy as an independent solver."""

import math

import pytest
from scipy.optimize import brentq

from physics.laws import darcy_weisbach

RHO, NU, LENGTH = 998.2, 1.0e-6, 100.0
ROUNDED_LOGARITHM = 1.5e-3
"""log(1 + y) for log(y): at most 0.12 % of velocity, at a relative roughness of 2 %."""


def velocity(drop_pa, diameter_m, roughness_m):
    return float(darcy_weisbach.velocity_m_per_s(drop_pa, LENGTH, diameter_m, roughness_m, NU, RHO))


def colebrook(reynolds, relative_roughness):
    def off(f):
        return 1 / math.sqrt(f) + 2 * math.log10(relative_roughness / 3.7 + 2.51 / (reynolds * math.sqrt(f)))

    return brentq(off, 1e-3, 1.0)


def test_slow_flow_is_hagen_poiseuille():
    v = 0.02  # Re = 200
    drop = 32 * RHO * NU * LENGTH * v / 0.01**2
    assert velocity(drop, 0.01, 1e-5) == pytest.approx(v, rel=2e-3)


@pytest.mark.parametrize("diameter", [0.025, 0.1, 0.4])
@pytest.mark.parametrize("speed", [0.5, 1.5, 4.0])
@pytest.mark.parametrize("roughness", [0.0, 5e-5, 5e-4])
def test_fast_flow_is_colebrook(diameter, speed, roughness):
    friction = colebrook(speed * diameter / NU, roughness / diameter)
    drop = friction * LENGTH / diameter * RHO * speed**2 / 2
    assert velocity(drop, diameter, roughness) == pytest.approx(speed, rel=ROUNDED_LOGARITHM)


def test_flow_turns_with_the_pressure():
    assert velocity(-1e4, 0.05, 5e-5) == -velocity(1e4, 0.05, 5e-5)
