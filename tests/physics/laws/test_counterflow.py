"""Expected values: effectiveness-NTU in its textbook form, its limits, and SciPy's solution of the two streams."""

import numpy as np
import pytest
from scipy.integrate import solve_bvp

from physics.laws import counterflow


@pytest.mark.parametrize("units", [0.1, 1.0, 4.0])
@pytest.mark.parametrize("share", [0.0, 0.2, 0.7, 0.95])
def test_it_is_the_effectiveness_of_the_textbook(units, share):
    small = 2000.0
    large = small / share if share else 1e12
    fall = np.exp(-units * (1 - share))
    by_hand = (1 - fall) / (1 - share * fall) * small * 30.0
    for pair in ((small, large), (large, small)):
        assert float(counterflow.heat_w(30.0, units * small, *pair)) == pytest.approx(by_hand, rel=1e-3)


def test_equal_capacity_rates_are_no_special_case():
    assert float(counterflow.heat_w(30.0, 2000.0, 2000.0, 2000.0)) == pytest.approx(0.5 * 2000.0 * 30.0, rel=1e-3)


def test_two_streams_solved_along_the_plates():
    conductance, a, b = 3000.0, 2500.0, 1500.0

    def along(_x, t):
        heat = conductance * (t[0] - t[1])
        return np.array([-heat / a, -heat / b])

    def ends(left, right):
        return np.array([left[0] - 80.0, right[1] - 20.0])

    x = np.linspace(0.0, 1.0, 50)
    solved = solve_bvp(along, ends, x, np.array([80 - 30 * x, 50 - 30 * x]), tol=1e-8)
    expected = a * (solved.y[0, 0] - solved.y[0, -1])
    assert float(counterflow.heat_w(60.0, conductance, a, b)) == pytest.approx(expected, rel=1e-4)


def test_a_stream_that_hardly_moves_gives_all_it_has():
    assert float(counterflow.heat_w(30.0, 2000.0, 0.4, 2000.0)) == pytest.approx(0.4 * 30.0, rel=1e-3)
