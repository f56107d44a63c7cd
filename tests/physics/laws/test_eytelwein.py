"""Expected values: the ratio of tensions exp(μα), and strain over stiffness for the creep."""

import numpy as np
import pytest

from physics.laws import eytelwein


def test_at_the_limit_tensions_stand_in_eulers_ratio():
    limit = float(eytelwein.limit_n(400.0, 0.0, 10.0, 0.5, np.pi))
    tight, slack = 400.0 + limit / 2, 400.0 - limit / 2
    assert tight / slack == pytest.approx(np.exp(0.5 * np.pi), rel=1e-5)


def test_centrifugal_force_lifts_the_belt_off():
    still, fast = (float(eytelwein.limit_n(400.0, 0.3, v, 0.5, np.pi)) for v in (0.0, 20.0))
    assert fast / still == pytest.approx((400.0 - 0.3 * 400.0) / 400.0, rel=1e-4)


def test_below_the_limit_it_creeps_by_strain():
    force = float(eytelwein.passed_n(0.02, 10.0, 1e5, 500.0, 1e-3))
    assert force == pytest.approx(1e5 * 0.002, rel=1e-3)


@pytest.mark.parametrize("difference", [1.0, -1.0])
def test_beyond_it_slips(difference):
    force = float(eytelwein.passed_n(difference, 10.0, 1e5, 500.0, 1e-3))
    assert force == pytest.approx(500.0 * difference, rel=1e-3)
