"""Expected values: ISO 281 by hand, for a ball bearing 6205 (C = 14.8 kN, SKF's catalogue)."""

import numpy as np
import pytest

from physics.laws import palmgren


def hours(load_n, exponent=3.0):
    """Life in hours at 1,500 turns a minute."""
    speed = 1500 * 2 * np.pi / 60
    return 1 / float(palmgren.used_per_s(speed, load_n, 14_800.0, exponent, 0.01)) / 3600


def test_a_6205_under_2_kn_lasts_405_million_turns():
    assert hours(2000.0) == pytest.approx(7.4**3 * 1e6 / (1500 * 60))


def test_twice_the_load_costs_seven_eighths_of_the_life():
    assert hours(2000.0) / hours(4000.0) == pytest.approx(8.0)
    assert hours(2000.0, 10 / 3) / hours(4000.0, 10 / 3) == pytest.approx(2 ** (10 / 3))


def test_neither_rest_nor_an_unloaded_bearing_uses_life():
    assert float(palmgren.used_per_s(0.0, 2000.0, 14_800.0, 3.0, 0.01)) == 0.0
    assert float(palmgren.used_per_s(100.0, 0.0, 14_800.0, 3.0, 0.01)) < 1e-20


def test_loads_add_by_their_factors():
    assert palmgren.equivalent_n(2000.0, 500.0, 0.56, 1.5) == pytest.approx(1870.0)
