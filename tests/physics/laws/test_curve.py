"""Expected values: the points themselves, NumPy's linear interpolation between them, straight lines beyond."""

import numpy as np
import pytest
import sympy as sp

from physics.laws import curve

POINTS = ((-1.0, 2.0), (0.5, 5.0), (2.0, 4.0), (2.5, 0.0))
WIDTH = 1e-6


def heights(x, scale=1.0):
    symbol = sp.Symbol("x", real=True)
    return sp.lambdify(symbol, curve.through(POINTS, symbol, WIDTH, scale), "numpy")(np.asarray(x, float))


def test_it_is_straight_between_its_points():
    x = np.linspace(-1.0, 2.5, 36)
    np.testing.assert_allclose(heights(x), np.interp(x, *zip(*POINTS, strict=True)), atol=10 * WIDTH)


def test_beyond_its_ends_the_outer_pieces_go_on():
    np.testing.assert_allclose(heights([-2.0, 3.0]), [0.0, -4.0], atol=10 * WIDTH)


def test_its_slope_is_that_of_the_piece():
    symbol = sp.Symbol("x", real=True)
    slope = sp.diff(curve.through(POINTS, symbol, WIDTH), symbol)
    assert float(slope.subs(symbol, 1.2)) == pytest.approx(-1.0 / 1.5, abs=1e-9)


def test_scale_stretches_both_axes():
    np.testing.assert_allclose(heights([3.0], scale=2.0), 2.0 * heights([1.5]), atol=1e-5)


def test_a_point_on_a_straight_piece_changes_nothing():
    padded = (POINTS[0], (-0.25, 3.5), *POINTS[1:])
    x = np.linspace(-2.0, 3.0, 11)
    both = [[float(curve.through(points, at, 0.1)) for at in x] for points in (POINTS, padded)]
    np.testing.assert_allclose(*both, rtol=0, atol=1e-14)
