"""Whose code an island runs: that of its shape with every number at its default, where its own numbers allow it.

The elimination order and the signs by which nodes are eased in are part of the code, and both rest on sampled numbers.
So an island takes the shared code only where the shared order keeps its own pivots large. Its results follow from its
shape and its own numbers, not from the islands beside it; only where the defaults do not suit, the first such island
lends its code to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from physics.compiler.ordering import NoStablePivot, smallest_pivots
from physics.compiler.program import pivot_order, scaled, typical_slopes
from physics.compiler.sampling import own_slopes
from physics.compiler.system import System

LEAST_PIVOT = 1e-3
"""Smallest pivot over the largest entry of its row at which foreign code is taken."""


def share(systems: Sequence[System], jacobians: Sequence[NDArray[np.float64]]) -> list[System]:
    """The systems, each with a representative whose code suits it; None makes it the first of its own kind.

    Args:
        systems: Islands of one shape, `representative` being that shape at its defaults.
        jacobians: Sampled Jacobians of each, shape [K, n, n].
    """
    shape = systems[0].representative
    candidates = [shape] if shape is not None and _ordered(shape) else []
    chosen = []
    for system, samples in zip(systems, jacobians, strict=True):
        fitting = (code for code in candidates if suits(code, samples))
        representative = next(fitting, None)
        chosen.append(replace(system, representative=representative))
        if representative is None:
            candidates.append(chosen[-1])
    return chosen


def _ordered(system: System) -> bool:
    """Whether a stable elimination order exists at the system's own numbers."""
    try:
        return bool(len(pivot_order(system)) == len(system.unknowns))
    except NoStablePivot:
        return False


def suits(code: System, jacobians: NDArray[np.float64]) -> bool:
    """Whether another island's order of elimination and signs are right for these Jacobians."""
    if not code.unknowns:
        return True
    rows = list(code.algebraic)
    if not np.array_equal(np.sign(own_slopes(jacobians)[rows]), np.sign(typical_slopes(code)[rows])):
        return False
    return bool(smallest_pivots(scaled(code, jacobians), pivot_order(code)) >= LEAST_PIVOT)
