"""Expected values: first-order response, straight line inside the range, the range's ends outside."""

import pytest

from physics.laws import transducer


def test_the_element_follows_with_its_time_constant():
    assert transducer.lag_rate(3.0, 1.0, 4.0) == 0.5


def test_inside_the_range_the_reading_is_gain_and_offset():
    assert float(transducer.reading(0.4, gain=10.0, offset=0.5, low=0.0, high=10.0)) == pytest.approx(4.5, abs=1e-4)


@pytest.mark.parametrize(("felt", "end"), [(3.0, 10.0), (-3.0, 0.0)])
def test_outside_it_clips(felt, end):
    assert float(transducer.reading(felt, gain=10.0, low=0.0, high=10.0)) == pytest.approx(end, abs=0.01)


@pytest.mark.parametrize(("true", "rate"), [(1.02, 0.0), (1.25, 0.05), (0.75, -0.05)])
def test_an_element_with_play_moves_only_by_what_lies_beyond_it(true, rate):
    found = float(transducer.play_rate(true, 1.0, 4.0, 0.05, 1e-6))
    assert found == pytest.approx(rate, abs=1e-6)


def test_without_play_it_is_the_plain_lag():
    for true in (0.3, 1.0, 4.0):
        assert float(transducer.play_rate(true, 1.0, 4.0, 0.0, 1e-3)) == pytest.approx((true - 1.0) / 4.0, abs=1e-12)
