"""Which method suits an island: linearly implicit where it is stiff or has algebraic unknowns, explicit where not."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from physics.compiler.methods import METHODS
from physics.compiler.sampling import own_jacobian
from physics.compiler.system import System

AUTOMATIC, STIFF, PLAIN = "auto", "rodas4", "dopri5"

LARGEST_PLAIN = 50
"""More unknowns than this are taken for stiff without a look at their eigenvalues."""

FASTEST_PER_SAMPLE = 1.0
"""Largest eigenvalue times sample time up to which an explicit step reaches over three samples (its stability ends at
3.3), so that stability never costs more than what is written out at the samples."""


def method_for(system: System, sample_s: float, asked: str = AUTOMATIC) -> str:
    """The name of the method to run an island with.

    Args:
        system: The island.
        sample_s: Time between samples.
        asked: A method's name, or "auto".
    Raises: ValueError, when the method asked for is unknown or cannot solve this island.
    """
    if asked == AUTOMATIC:
        return PLAIN if _plain(system.representative or system, sample_s) else STIFF
    if asked not in METHODS:
        raise ValueError(f"method: got {asked!r}, need {AUTOMATIC!r} or one of {', '.join(METHODS)}.")
    if system.algebraic and not METHODS[asked].implicit:
        names = ", ".join(system.unknowns[i].name for i in system.algebraic[:3])
        raise ValueError(f"method: got {asked!r} for an island with algebraic unknowns ({names}), need {STIFF!r}.")
    return asked


def _plain(system: System, sample_s: float) -> bool:
    if system.algebraic or not 0 < len(system.unknowns) <= LARGEST_PLAIN:
        return False
    return _fastest_per_s(system) * sample_s <= FASTEST_PER_SAMPLE


@lru_cache(maxsize=256)
def _fastest_per_s(system: System) -> float:
    """Largest eigenvalue over the sampled points; infinite where none is finite."""
    samples = own_jacobian(system)
    if not samples.count:
        return float("inf")
    matrices = np.zeros((samples.count, samples.size, samples.size))
    matrices[:, samples.rows, samples.columns] = samples.values.T
    return float(np.abs(np.linalg.eigvals(matrices)).max())
