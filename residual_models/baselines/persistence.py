"""Persistence: everything stays as it was last seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def free_run(measured: Array, samples: int, start_samples: int = 1) -> Array:
    """Hold each tag at the median of its first known samples.

    Args:
        measured: Known values before and at the start, shape [N, S], NaN where missing.
        samples: Length of the prediction.
        start_samples: How many of the known rows, the last ones, to use.
    Returns: Shape [samples, S]; NaN for a tag without any known value.
    """
    held = np.full(measured.shape[1], np.nan)
    for tag in range(measured.shape[1]):
        known = measured[-start_samples:, tag]
        known = known[np.isfinite(known)]
        known = known if len(known) else measured[np.isfinite(measured[:, tag]), tag][-1:]
        held[tag] = np.median(known) if len(known) else np.nan
    return np.repeat(held[None], samples, axis=0)
