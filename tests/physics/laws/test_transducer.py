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
