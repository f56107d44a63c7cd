"""Expected values: first-order response, straight line inside the range, its ends outside, Python's own rounding."""

import numpy as np
import pytest

from physics.laws import transducer


def test_the_element_follows_with_its_time_constant():
    assert transducer.lag_rate(3.0, 1.0, 4.0) == 0.5


def test_the_characteristic_is_gain_offset_and_curvature():
    assert transducer.seen(0.4, gain=10.0, offset=0.5) == pytest.approx(4.5)
    assert transducer.seen(0.4, gain=10.0, curvature=0.5, middle=0.2) == pytest.approx(10.0 * (0.4 + 0.5 * 0.04))


def test_inside_the_range_the_reading_is_what_is_seen():
    assert float(transducer.reading(4.5, low=0.0, high=10.0)) == pytest.approx(4.5, abs=1e-4)


@pytest.mark.parametrize(("value", "end"), [(30.0, 10.0), (-30.0, 0.0)])
def test_outside_it_clips(value, end):
    assert float(transducer.reading(value, low=0.0, high=10.0)) == pytest.approx(end, abs=0.01)


@pytest.mark.parametrize("value", [-1.13, -0.26, 0.02, 0.24, 0.26, 0.74, 3.9])
def test_with_a_last_digit_it_rounds_to_its_multiples(value):
    assert float(transducer.rounded(value, 0.5, 1e-12)) == pytest.approx(0.5 * round(value / 0.5), abs=1e-9)


def test_the_error_of_rounding_is_uniform_over_a_step():
    values = np.linspace(-1.0, 1.0, 4001)
    errors = np.array([float(transducer.rounded(value, 0.5, 1e-9)) - value for value in values])
    assert np.std(errors) == pytest.approx(0.5 / np.sqrt(12), rel=0.01)  # variance of a uniform distribution


def test_without_digits_nothing_is_rounded():
    assert float(transducer.rounded(0.123456, 0.0, 1e-9)) == 0.123456


def test_noise_is_added_before_rounding():
    assert float(transducer.reading(1.2, noise=0.1, step=0.5, low=0.0, high=10.0)) == pytest.approx(1.5, abs=0.01)


def test_a_lost_signal_falls_to_the_low_end():
    assert float(transducer.reading(7.0, dropout=1.0, low=4.0, high=20.0)) == pytest.approx(4.0)


@pytest.mark.parametrize(("true", "rate"), [(1.02, 0.0), (1.25, 0.05), (0.75, -0.05)])
def test_an_element_with_play_moves_only_by_what_lies_beyond_it(true, rate):
    found = float(transducer.play_rate(true, 1.0, 4.0, 0.05, 1e-6))
    assert found == pytest.approx(rate, abs=1e-6)


def test_without_play_it_is_the_plain_lag():
    for true in (0.3, 1.0, 4.0):
        assert float(transducer.play_rate(true, 1.0, 4.0, 0.0, 1e-3)) == pytest.approx((true - 1.0) / 4.0, abs=1e-12)
