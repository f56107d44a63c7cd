"""Tables against closed forms and mpmath's integrals, from the middle to the last number that a stream can give."""

import math

import mpmath
import numpy as np
import pytest
from scipy import special, stats

from physics.flow import quantiles

SHARES = np.concatenate(
    [np.random.default_rng(3).random(2000), np.exp2(-1.0 - np.random.default_rng(4).random(500) * 53)]
)
"""Of both tails alike, and of the far lower one."""


def read(table, u):
    """The polynomial that the module's first lines tell of."""
    rows = np.reshape(table, (-1, quantiles.TERMS))
    q = np.minimum(u, 1 - u)
    fraction, exponent = np.frexp(q)
    octave, place = exponent - 1 + quantiles.OCTAVES, (2 * fraction - 1) * quantiles.SEGMENTS
    x = (place % 1 - 0.5) / quantiles.SEGMENTS
    row = rows[2 * (octave * quantiles.SEGMENTS + place.astype(int)) + (u < 0.5)]
    return (row * x[:, None] ** np.arange(quantiles.TERMS)).sum(axis=1)


def test_exponential_numbers_are_gamma_numbers_of_shape_one():
    np.testing.assert_allclose(read(quantiles.gamma(1.0), SHARES), -np.log1p(-SHARES), rtol=1e-12)


def test_squares_of_normal_numbers_are_gamma_numbers_of_shape_one_half():
    """P(z^2 / 2 < x) = erf(sqrt(x)); the table holds the root of x."""
    roots = np.where(SHARES < 0.5, special.erfinv(SHARES), special.erfcinv(1 - SHARES))
    np.testing.assert_allclose(read(quantiles.gamma(0.5), SHARES), roots, rtol=1e-12)


def test_sums_of_two_exponential_numbers():
    """Their distribution function is 1 - (1 + x) exp(-x), far in the upper tail as well."""
    q = np.exp2(-np.arange(1.0, 53.0))
    x = read(quantiles.gamma(2.0), 1 - q)
    np.testing.assert_allclose((1 + x) * np.exp(-x), q, rtol=1e-10)


@pytest.mark.parametrize("shape", [0.05, 0.6, 3.7, 40.0, 5e3])
def test_other_shapes_by_integrals_of_thirty_digits(shape):
    u = np.array([2.0**-54, 1e-9, 0.003, 0.2, 0.499, 0.5, 0.7, 0.99, 1 - 1e-6, 1 - 2.0**-53])
    for share, found in zip(u, read(quantiles.gamma(shape), u), strict=True):
        with mpmath.workdps(30):
            x = mpmath.mpf(float(found)) ** (1 / mpmath.mpf(min(1.0, shape)))
            given = mpmath.gammainc(shape, 0, x, regularized=True) - mpmath.mpf(float(share))
            density = x ** (mpmath.mpf(shape) - 1) * mpmath.exp(-x) / mpmath.gamma(shape)
            # how far x is from the quantile, by Newton's step; the table holds x to the power min(1, shape)
            assert abs(given / density / x) * min(1.0, shape) < 1e-12


@pytest.mark.parametrize("shape", [1e-4, 1e6, 1.001e6, 1e12])
def test_shapes_beyond_those_of_any_machine(shape):
    u = np.array([0.001, 0.3, 0.5, 0.8, 0.999])
    found = read(quantiles.gamma(shape), u)
    if shape < 1:  # close to zero the distribution function is x^shape / gamma(shape + 1)
        np.testing.assert_allclose(found[:-1], u[:-1] * math.gamma(shape + 1), rtol=1e-10)
    else:
        np.testing.assert_allclose((found - stats.gamma.ppf(u, shape)) / math.sqrt(shape), 0.0, atol=5e-6)


def test_normal_numbers():
    np.testing.assert_allclose(read(quantiles.normal(), SHARES), stats.norm.ppf(SHARES), rtol=0, atol=1e-12)
