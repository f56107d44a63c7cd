"""Quantiles as tables, for distributions whose inverse is long: gamma and normal.

Equations  Q(u) = c_0 + c_1 x + ... + c_7 x^7, coefficients by the segment of q = min(u, 1 - u) and the side of 1/2
Symbols    u number in (0, 1), q its distance to the nearer end, x place in the segment about its middle
Source     Hörmann and Leydold (2003), doi:10.1145/945511.945517, inversion by polynomials in pieces;
           Wilson and Hilferty (1931), doi:10.1073/pnas.17.12.684, for large shapes
Valid      q from 2^-54, the least that a stream gives, to 1/2: within 1e-12 of the quantile, relative for gamma times;
           5e-6 standard deviations for gamma shapes above 1e6

Each octave of q, from one power of two to the next, has SEGMENTS equal segments, so that segment and x are bits of q.
Zero, where a quantile may have a pole or a branch, is then at least 17 times as far from a segment's middle as its
ends, and a polynomial's terms shrink at 30 to 1. The n-th segment has rows 2 n (above 1/2) and 2 n + 1 (below).
`physics/flow/kernels/draws.py` reads them.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray
from scipy.special import gammainccinv, gammaincinv, gammaln, ndtri

OCTAVES = 54
SEGMENTS = 8
TERMS = 8
LARGE = 1e6
"""Gamma shapes above it go by the normal cube root; SciPy's lower tail is noise there."""

Floats = NDArray[np.float64]


@lru_cache(maxsize=256)
def gamma(shape: float) -> tuple[float, ...]:
    """Of gamma numbers of unit scale; below shape 1 of their power `shape`, which is smooth down to zero."""
    q = _numbers()
    if shape > LARGE:
        root, spread = 1 - 1 / (9 * shape), ndtri(q) / (3 * np.sqrt(shape))
        return _rows(shape * (root + spread) ** 3, shape * (root - spread) ** 3)
    below, above = gammaincinv(shape, q), gammainccinv(shape, q)
    if shape >= 1:
        return _rows(below, above)
    # close to zero the distribution function is x^shape / gamma(shape + 1)
    scale = np.exp(gammaln(shape + 1))
    return _rows(*(np.where(x < 1e-18, u * scale, x**shape) for x, u in ((below, q), (above, 1 - q))))


@lru_cache(maxsize=1)
def normal() -> tuple[float, ...]:
    """Of standard normal numbers."""
    below = ndtri(_numbers())
    return _rows(below, -below)


def _points() -> Floats:
    """Chebyshev's points in [-1, 1], as many as there are terms."""
    return np.cos(np.pi * (np.arange(TERMS) + 0.5) / TERMS)


def _numbers() -> Floats:
    """Numbers q at the points of each segment [N, TERMS]; the last one begins at 1/2."""
    segment = np.arange(OCTAVES * SEGMENTS + 1)[:, None]
    return np.ldexp(1.0 + (segment % SEGMENTS + 0.5 + _points() / 2) / SEGMENTS, segment // SEGMENTS - OCTAVES)


def _rows(below: Floats, above: Floats) -> tuple[float, ...]:
    """Coefficients of the polynomials through values at all points, c_0 first."""
    terms = [np.pad(own := chebyshev.cheb2poly(one), (0, TERMS - len(own))) for one in np.eye(TERMS)]
    to_powers = np.array(terms).T @ np.linalg.inv(chebyshev.chebvander(_points(), TERMS - 1))
    widths = (2.0 * SEGMENTS) ** np.arange(TERMS)  # the points lie in [-1, 1], x in a segment
    return tuple((np.stack([above, below], axis=1) @ (widths[:, None] * to_powers).T).ravel().tolist())
