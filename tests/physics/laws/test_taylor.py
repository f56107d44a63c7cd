"""Expected values: Taylor's law by hand."""

import pytest

from physics.laws import taylor


def life(speed, feed=1.0):
    return float(taylor.life_s(speed, feed, life_s=900.0, taylor_ratio=0.25, feed_exponent=1.5))


def test_half_the_speed_lasts_sixteen_times_as_long_at_n_of_a_quarter():
    assert life(0.5) == pytest.approx(16 * 900.0)
    assert life(2.0) == pytest.approx(900.0 / 16)


def test_feed_costs_by_its_own_exponent():
    assert life(1.0, 4.0) == pytest.approx(900.0 / 8)


def test_a_standing_spindle_keeps_its_tool():
    assert life(0.0) == pytest.approx(900.0 * 1e12)
