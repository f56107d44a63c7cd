"""Expected values: Poleni's formula by hand."""

import math

import pytest

from physics.laws import weir


def test_five_centimetres_over_half_a_metre_of_rim():
    by_hand = 2 / 3 * 0.6 * 0.5 * math.sqrt(2 * 9.80665) * 0.05**1.5  # 9.9 L/s
    assert float(weir.flow_m3_per_s(0.6, 0.5, 0.05)) == pytest.approx(by_hand, rel=1e-3)


def test_below_the_rim_nothing_but_a_drip_runs():
    litre_per_hour = 1e-3 / 3600
    assert 0 < float(weir.flow_m3_per_s(0.6, 0.5, -0.1)) < 0.05 * litre_per_hour


def test_flow_grows_with_the_power_one_and_a_half():
    ratio = float(weir.flow_m3_per_s(0.6, 0.5, 0.4)) / float(weir.flow_m3_per_s(0.6, 0.5, 0.1))
    assert ratio == pytest.approx(8.0, rel=1e-3)
