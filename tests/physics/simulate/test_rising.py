import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from physics.simulate.rising import Rising


def curve(span, first, last, slope_first, slope_last):
    """One quantity in one world."""
    return Rising(*(np.array(x, float) for x in ([span], [[first]], [[last]], [[slope_first]], [[slope_last]])))


def test_a_cubic_is_met_exactly():
    # y = t + t³ over [0, 2]: slopes 1 and 13 with secant 5; 13² < 9 · 25, so nothing is scaled back.
    rising = curve(2.0, 0.0, 10.0, 1.0, 13.0)
    for share in (0.0, 0.3, 0.5, 0.9, 1.0):
        t = 2.0 * share
        assert rising.at(np.array([share]))[0, 0] == pytest.approx(t + t**3, abs=1e-12)
    # t + t³ = 2 at t = 1.
    assert rising.reaches(np.array([[2.0]]))[0, 0] == pytest.approx(0.5, abs=1e-12)


sizes = st.floats(0.0, 1e3)


@given(span=st.floats(1e-3, 1e7), first=sizes, gain=sizes, slope_first=sizes, slope_last=sizes)
def test_it_never_falls_whatever_the_slopes(span, first, gain, slope_first, slope_last):
    rising = curve(span, first, first + gain, slope_first, slope_last)
    path = np.array([rising.at(np.array([share]))[0, 0] for share in np.linspace(0.0, 1.0, 41)])
    assert (np.diff(path) >= -1e-12 * (1 + first + gain)).all()
    assert path[0] == first
    assert path[-1] == pytest.approx(first + gain, rel=1e-12)


def test_a_level_is_there_or_never_or_in_between():
    rising = curve(1.0, 0.2, 0.6, 0.4, 0.4)
    levels = [rising.reaches(np.array([[level]]))[0, 0] for level in (0.1, 0.2, 0.4, 0.6, 0.7)]
    np.testing.assert_allclose(levels, [0.0, 0.0, 0.5, 1.0, np.inf], atol=1e-12)


def test_a_row_is_the_curve_of_one_quantity():
    both = Rising(np.ones(2), np.zeros((3, 2)), np.ones((3, 2)), np.zeros((3, 2)), np.zeros((3, 2)))
    assert both.row(1).at(np.full(2, 0.5)).shape == (1, 2)


def test_slope_is_the_derivative():
    rising = curve(2.0, 0.0, 10.0, 1.0, 13.0)
    for share in (0.0, 0.3, 0.9, 1.0):
        # d(t + t³)/dt = 1 + 3 t².
        assert rising.slope(np.array([share]))[0, 0] == pytest.approx(1 + 3 * (2.0 * share) ** 2, rel=1e-12)
    steep = curve(1.0, 0.0, 1.0, 50.0, 50.0)
    assert (np.array([steep.slope(np.array([share])) for share in np.linspace(0, 1, 21)]) >= 0.0).all()
