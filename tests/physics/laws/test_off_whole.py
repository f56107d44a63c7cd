"""Python's own rounding."""

import pytest
import sympy as sp

from physics.laws.off_whole import off_whole


@pytest.mark.parametrize("x", [-2.5, -1.7, -0.5, 0.0, 0.3, 0.5, 1.5, 7.75])
def test_it_is_what_rounding_takes_away(x):
    assert float(off_whole(x)) == x - round(x)


def test_its_slope_counts_as_zero():
    x = sp.Symbol("x", real=True)
    assert sp.diff(3 * x - off_whole(x / 7), x) == 3
