"""How large and how lasting the error of a free run is: what a sample is worth as evidence.

Equations  τ = 1 + 2 Σ_k ρ_k up to the first ρ_k ≤ 0      share = 1 / τ
Symbols    ρ_k autocorrelation of the error at lag k, τ samples that say the same thing once
Source     integrated autocorrelation time: Sokal (1997), doi:10.1007/978-1-4899-0319-8_6, section 3
Valid      a fit that ignored τ would believe a record of 1,000 alike samples as if they were 1,000 experiments
"""

from __future__ import annotations

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
