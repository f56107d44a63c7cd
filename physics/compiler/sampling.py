"""An island's Jacobian at plausible points, entry by entry: what pivots and checks rest on before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.compiler.evaluation import evaluate
from physics.compiler.system import System

SAMPLE_COUNT = 8
BATCH_NUMBERS = 1 << 22
"""Numbers held at once while many islands are sampled, 32 MB."""


@dataclass(frozen=True, eq=False)
class Samples:
    """Sparse matrices of one pattern at several points.

    Attributes: size n; rows and columns [E] of the entries that can be nonzero; values [E, K].
    """

    size: int
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    values: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many points, K."""
        return int(self.values.shape[1])

    def largest_in_rows(self) -> NDArray[np.float64]:
        """Size of the largest entry of each row, shape [n, K]; one where a row has nothing."""
        largest = np.zeros((self.size, self.count))
        np.maximum.at(largest, self.rows, np.abs(self.values))
        return np.where(largest > 0, largest, 1.0)


def sample_points(system: System, count: int = SAMPLE_COUNT) -> NDArray[np.float64]:
    """Plausible values of the unknowns around start and typical size, inside their bounds, shape [n, count]."""
    rng = np.random.default_rng(0)
    points = np.empty((len(system.unknowns), count))
    for i, unknown in enumerate(system.unknowns):
        spread = unknown.nominal * rng.uniform(0.1, 1.3, count)
        values = unknown.start + spread * np.where(rng.random(count) < 0.5, 0.3, 1.0)
        points[i] = rng.integers(0, 2, count) if unknown.mode else np.clip(values, unknown.low, unknown.high)
    return points


def sampled_jacobian(system: System, points: NDArray[np.float64]) -> Samples:
    """Jacobians at the points, keeping only those that are finite."""
    return _finite(system, _entries(system, points, system.parameter_defaults, system.input_defaults))


@lru_cache(maxsize=64)
def own_jacobian(system: System) -> Samples:
    """The Jacobians at a system's own plausible points."""
    return sampled_jacobian(system, sample_points(system))


def sampled_jacobians(systems: Sequence[System]) -> Iterator[Samples]:
    """The finite Jacobians of each of several systems with the same equations, in order."""
    if not systems:
        return
    numbers_each = SAMPLE_COUNT * max(1, len(systems[0].tape.lines))
    count = max(1, BATCH_NUMBERS // numbers_each)
    for first in range(0, len(systems), count):
        batch = systems[first : first + count]
        points = np.concatenate([sample_points(system) for system in batch], axis=1)
        numbers = [
            np.repeat(np.array(rows, np.float64).reshape(len(batch), -1).T, SAMPLE_COUNT, axis=1)
            for rows in ([s.parameter_defaults for s in batch], [s.input_defaults for s in batch])
        ]
        values = _entries(systems[0], points, *numbers)
        for system, own in zip(batch, np.split(values, len(batch), axis=1), strict=True):
            yield _finite(system, own)


def _entries(system: System, points: NDArray[np.float64], parameters: Any, inputs: Any) -> NDArray[np.float64]:
    return evaluate(system.tape, tuple(system.jacobian.values()), points, parameters, inputs)


def _finite(system: System, values: NDArray[np.float64]) -> Samples:
    places = np.array(list(system.jacobian), np.intp).reshape(-1, 2)
    return Samples(len(system.unknowns), places[:, 0], places[:, 1], values[:, np.isfinite(values).all(axis=0)])


def own_slopes(samples: Samples) -> NDArray[np.float64]:
    """Typical size, with sign, of each row's slope by its own unknown, shape [n]; zeros where nothing was finite."""
    slopes = np.zeros(samples.size)
    if samples.count:
        own = np.flatnonzero(samples.rows == samples.columns)
        values = samples.values[own]
        slopes[samples.rows[own]] = values[np.arange(len(own)), np.abs(values).argmax(axis=1)]
    return slopes
