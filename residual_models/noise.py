"""How large and how lasting the error of a free run is: what a sample is worth as evidence.

Equations  τ = 1 + 2 Σ_k ρ_k up to the first ρ_k ≤ 0      share = 1 / τ      γ_k = Σ s² φ^k for k ≥ 1,  γ_0 = Σ s² + r²
Symbols    ρ_k and γ_k autocorrelation and autocovariance of the error at lag k, τ samples that say the same thing once,
           s and φ size and memory of a part of the error that lasts, r its white part
Source     integrated autocorrelation time: Sokal (1997), doi:10.1007/978-1-4899-0319-8_6, section 3; an autoregression
           seen through white noise: Walker (1960), Biometrika 47, 33-43
Valid      a fit that ignored τ would believe a record of 1,000 alike samples as if they were 1,000 experiments
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

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


LAGS = 40
LONGEST_SHARE = 3
"""Autocovariances reach to a third of the error: beyond it few pairs tell little."""
STEP_RATIO = 3.0
"""From one memory that is tried to the next."""
MOST_PARTS = 3


@dataclass(frozen=True)
class Parts:
    """An error as white noise and independent parts that last: standard deviations in its unit, memories in samples."""

    white: float
    slow: tuple[float, ...]
    memory: tuple[float, ...]


def parts(error: Array) -> Parts:
    """Take an error apart, around zero: a steady bias counts as a part that lasts as long as the error is known.

    Its autocovariances are written as a sum of exponentials with weights that are not negative, the lag zero having a
    white part beside; neighbouring memories are joined until few are left.
    """
    known = np.isfinite(error)
    if known.sum() < 4:
        return Parts(np.inf, (), ())
    lags, covariance, weight = _autocovariances(error, known)
    if covariance[0] <= 0.0:
        return Parts(0.0, (), ())
    count = max(1, int(np.log(len(error)) / np.log(STEP_RATIO)))
    memories = STEP_RATIO ** np.arange(count + 3)
    table = np.column_stack([lags == 0, np.exp(-lags[:, None] / memories)])
    shares, _left = nnls(table * weight[:, None], covariance / covariance[0] * weight)
    pairs = [(share, memory) for share, memory in zip(shares[1:], memories, strict=True) if share > SMALLEST_SHARE]
    while len(pairs) > MOST_PARTS:
        at = int(np.argmin([one[0] + two[0] for one, two in zip(pairs, pairs[1:], strict=False)]))
        pairs[at : at + 2] = [_joined(*pairs[at : at + 2])]
    sizes = tuple(float(np.sqrt(share * covariance[0])) for share, _memory in pairs)
    white = float(np.sqrt((shares[0] + sum(share for share in shares[1:] if share <= SMALLEST_SHARE)) * covariance[0]))
    return Parts(white, sizes, tuple(float(memory) for _share, memory in pairs))


SMALLEST_SHARE = 0.003
"""Of an error's variance: smaller parts are counted as white."""


def _joined(one: tuple[float, float], two: tuple[float, float]) -> tuple[float, float]:
    share = one[0] + two[0]
    return share, float(np.exp((one[0] * np.log(one[1]) + two[0] * np.log(two[1])) / share))


def _autocovariances(error: Array, known: NDArray[np.bool_]) -> tuple[Array, Array, Array]:
    """Lags, second moments of pairs so far apart, and what each of them counts in the fit."""
    size = 2 ** int(np.ceil(np.log2(2 * len(error))))
    filled = np.where(known, error, 0.0)
    power, pairs = (np.abs(np.fft.rfft(x, size)) ** 2 for x in (filled, known.astype(np.float64)))
    longest = max(len(error) // LONGEST_SHARE, 1)
    sums, number = (np.fft.irfft(x)[: longest + 1] for x in (power, pairs))
    lags = np.unique(np.append(0, np.round(np.geomspace(1, longest, LAGS)))).astype(np.int64)
    count = np.maximum(np.round(number[lags]), 0.0)
    covariance = sums[lags] / np.maximum(count, 1.0)
    weight = np.sqrt(count / max(count[0], 1.0))
    weight[0] *= np.sqrt(LAGS)
    return lags.astype(np.float64), np.asarray(covariance), np.asarray(weight)
