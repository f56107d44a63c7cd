"""An island's Jacobian at plausible points: what pivots and checks rest on before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.compiler.system import System, evaluate

SAMPLE_COUNT = 8
BATCH_NUMBERS = 1 << 22
"""Matrix entries held at once while many islands are sampled, 32 MB."""


def sample_points(system: System, count: int = SAMPLE_COUNT) -> NDArray[np.float64]:
    """Plausible values of the unknowns around start and typical size, inside their bounds, shape [n, count]."""
    rng = np.random.default_rng(0)
    points = np.empty((len(system.unknowns), count))
    for i, unknown in enumerate(system.unknowns):
        spread = unknown.nominal * rng.uniform(0.1, 1.3, count)
        values = unknown.start + spread * np.where(rng.random(count) < 0.5, 0.3, 1.0)
        points[i] = np.clip(values, unknown.low, unknown.high)
    return points


def sampled_jacobian(system: System, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Jacobians at the points, shape [K, n, n], keeping only those that are finite."""
    return _finite(_matrices(system, points, system.parameter_defaults, system.input_defaults))


def sampled_jacobians(systems: Sequence[System]) -> Iterator[NDArray[np.float64]]:
    """The finite Jacobians of each of several systems with the same equations, in order."""
    if not systems:
        return
    entries = SAMPLE_COUNT * max(1, len(systems[0].unknowns)) ** 2
    count = max(1, BATCH_NUMBERS // entries)
    for first in range(0, len(systems), count):
        batch = systems[first : first + count]
        points = np.concatenate([sample_points(system) for system in batch], axis=1)
        numbers = [
            np.repeat(np.array(rows, np.float64).reshape(len(batch), -1).T, SAMPLE_COUNT, axis=1)
            for rows in ([s.parameter_defaults for s in batch], [s.input_defaults for s in batch])
        ]
        matrices = _matrices(systems[0], points, *numbers)
        yield from map(_finite, np.split(matrices, len(batch)))


def _matrices(system: System, points: NDArray[np.float64], parameters: Any, inputs: Any) -> NDArray[np.float64]:
    jacobian, n = system.jacobian, len(system.unknowns)
    values = evaluate(system.tape, list(jacobian.values()), points, parameters, inputs)
    matrices = np.zeros((points.shape[1], n, n))
    for (i, j), value in zip(jacobian, values, strict=True):
        matrices[:, i, j] = value
    return matrices


def _finite(matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    return matrices[np.isfinite(matrices).all(axis=(1, 2))]


def own_slopes(jacobians: NDArray[np.float64]) -> NDArray[np.float64]:
    """Typical size, with sign, of each row's slope by its own unknown, shape [n]; zeros where nothing was finite."""
    diagonal = np.diagonal(jacobians, axis1=1, axis2=2)
    if not diagonal.size:
        return np.zeros(jacobians.shape[1])
    largest = np.abs(diagonal).argmax(axis=0)
    return np.asarray(diagonal[largest, np.arange(len(largest))])
