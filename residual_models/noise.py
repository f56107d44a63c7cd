"""How large and how lasting the error of a free run is: what a sample is worth as evidence.

Equations  τ = 1 + 2 Σ_k ρ_k up to the first ρ_k ≤ 0      share = 1 / τ      γ_k = s² φ^k for k ≥ 1,  γ_0 = s² + r²
Symbols    ρ_k and γ_k autocorrelation and autocovariance of the error at lag k, τ samples that say the same thing once,
           s and φ size and memory of the error's slow part, r its white part
Source     integrated autocorrelation time: Sokal (1997), doi:10.1007/978-1-4899-0319-8_6, section 3; an autoregression
           seen through white noise: Walker (1960), Biometrika 47, 33-43
Valid      a fit that ignored τ would believe a record of 1,000 alike samples as if they were 1,000 experiments
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

GAUSS = 1.4826
"""Median absolute deviation to standard deviation of a normal error."""


def correlation_time(error: Array) -> float:
    """Samples per independent sample, at least 1; NaN in the error are left out."""
    known = np.isfinite(error)
    count = int(known.sum())
    if count < 4:
        return 1.0
    filled = np.where(known, error, 0.0)
    size = 2 ** int(np.ceil(np.log2(2 * len(error))))
    power = np.abs(np.fft.rfft(filled, size)) ** 2
    covariance = np.fft.irfft(power)[: len(error)]
    if covariance[0] <= 0.0:
        return 1.0
    rho = covariance / covariance[0]
    negative = np.flatnonzero(rho <= 0)
    stop = int(negative[0]) if len(negative) else len(rho)
    return float(min(1.0 + 2.0 * rho[1:stop].sum(), count))


def spread(error: Array) -> float:
    """Typical size of an error around zero: the root mean square with its wildest tail cut at five robust sigmas."""
    known = error[np.isfinite(error)]
    if len(known) == 0:
        return np.inf
    robust = GAUSS * float(np.median(np.abs(known)))
    limit = 5.0 * robust if robust > 0 else np.inf
    return float(np.sqrt(np.mean(np.clip(known, -limit, limit) ** 2)))


LAGS = 24
SMALLEST_SHARE = 0.1
"""Of an error's variance: less of it in common with the samples before tells no memory."""


@dataclass(frozen=True)
class Parts:
    """An error as white noise and a slow part: standard deviations in its unit, memory in samples (0 without one)."""

    white: float
    slow: float
    memory: float


def parts(error: Array) -> Parts:
    """Tell the white part of an error from the one that lasts, around zero: a steady bias counts as slow.

    The autocovariances from the first lag on, where they are seen, are taken for an exponential by a line through their
    logarithms; what the lag zero has beyond it is white.
    """
    known = np.isfinite(error)
    count = int(known.sum())
    if count < 4:
        return Parts(np.inf, 0.0, 0.0)
    filled = np.where(known, error, 0.0)
    size = 2 ** int(np.ceil(np.log2(2 * len(error))))
    power, pairs = (np.abs(np.fft.rfft(x, size)) ** 2 for x in (filled, known.astype(np.float64)))
    sums, number = (np.fft.irfft(x)[: len(error) // 2 + 1] for x in (power, pairs))
    covariance = sums / np.maximum(np.round(number), 1.0)
    whole = float(covariance[0])
    share = covariance / whole if whole > 0.0 else np.zeros_like(covariance)
    low = np.flatnonzero(share[1:] <= SMALLEST_SHARE)
    last = int(low[0]) if len(low) else len(share) - 1
    if last == 0:
        return Parts(float(np.sqrt(max(whole, 0.0))), 0.0, 0.0)
    lags = np.unique(np.round(np.geomspace(1, last, LAGS)).astype(np.int64))
    longest = float(len(error))
    if len(lags) == 1:  # no second lag to tell a white part by
        slope, height = np.log(share[1]), 0.0
    else:
        slope, height = np.polyfit(lags, np.log(share[lags]), 1, w=share[lags])
    memory = min(-1.0 / slope, longest) if slope < 0.0 else longest
    slow = min(float(np.exp(height)), 1.0) * whole
    return Parts(float(np.sqrt(max(whole - slow, 0.0))), float(np.sqrt(slow)), float(memory))
