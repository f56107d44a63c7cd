"""Whose code an island runs: that of its shape with every number at its default, where its own numbers allow it.

The elimination order and the signs by which nodes are eased in are part of the code, and both rest on sampled numbers.
So an island takes the shared code only where the shared order keeps its own pivots large. Its results follow from its
shape and its own numbers, not from the islands beside it; only where the defaults do not suit, the first such island
lends its code to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from physics.compiler.ordering import NoStablePivot, smallest_pivots
from physics.compiler.program import STEP_RATES_PER_S, pivot_order, scaled, typical_slopes
from physics.compiler.sampling import BATCH_NUMBERS, Samples, own_slopes
from physics.compiler.system import System

LEAST_PIVOT = 1e-3
"""Smallest pivot over the largest entry of its row at which foreign code is taken."""


def share(systems: Sequence[System], jacobians: Sequence[Samples]) -> list[System]:
    """The systems, each with a representative whose code suits it; None makes it the first of its own kind.

    Args:
        systems: Islands of one shape, `representative` being that shape at its defaults.
        jacobians: Sampled Jacobians of each.
    """
    shape = systems[0].representative
    code = shape if shape is not None and _ordered(shape) else None
    chosen, waiting = list(systems), list(range(len(systems)))
    while waiting:
        if code is None:
            first = waiting.pop(0)
            code = chosen[first] = replace(systems[first], representative=None)
        fits = suits(code, [jacobians[index] for index in waiting])
        for index in (own for own, fit in zip(waiting, fits, strict=True) if fit):
            chosen[index] = replace(systems[index], representative=code)
        waiting = [own for own, fit in zip(waiting, fits, strict=True) if not fit]
        code = None
    return chosen


def _ordered(system: System) -> bool:
    """Whether a stable elimination order exists at the system's own numbers."""
    try:
        return bool(len(pivot_order(system)) == len(system.unknowns))
    except NoStablePivot:
        return False


def suits(code: System, jacobians: Sequence[Samples]) -> list[bool]:
    """Whether another island's order of elimination and signs are right for these Jacobians of each of several."""
    if not code.unknowns:
        return [True] * len(jacobians)
    rows = list(code.algebraic)
    signs = np.sign(typical_slopes(code)[rows])
    fits = [own.count > 0 and np.array_equal(np.sign(own_slopes(own)[rows]), signs) for own in jacobians]
    for batch in _batches([k for k, fit in enumerate(fits) if fit], jacobians):
        for k, least in zip(batch, _least_pivots(code, [jacobians[k] for k in batch]), strict=True):
            fits[k] = bool(least >= LEAST_PIVOT)
    return fits


def _batches(indices: Sequence[int], jacobians: Sequence[Samples]) -> Iterator[Sequence[int]]:
    """Islands whose samples together stay within what is held at once."""
    if indices:
        numbers_each = len(STEP_RATES_PER_S) * max(1, max(jacobians[k].values.size for k in indices))
        count = max(1, BATCH_NUMBERS // numbers_each)
        yield from (indices[first : first + count] for first in range(0, len(indices), count))


def _least_pivots(code: System, jacobians: Sequence[Samples]) -> NDArray[np.float64]:
    """The smallest pivot of each island under the code's order, over its samples and all steps."""
    values = np.concatenate([own.values for own in jacobians], axis=1)
    each = smallest_pivots(scaled(code, replace(jacobians[0], values=values)), pivot_order(code))
    starts = np.cumsum([0, *(own.count for own in jacobians[:-1])])
    return np.asarray(np.minimum.reduceat(each.reshape(len(STEP_RATES_PER_S), -1).min(axis=0), starts))
