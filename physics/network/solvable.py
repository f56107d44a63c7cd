"""Rules that only the joined equations can show: positive storage, determined efforts, known output paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array
from scipy.sparse.linalg import LinearOperator, norm, onenormest, splu

from physics.compiler.sampling import Samples
from physics.compiler.system import System
from physics.network.faults import PlantFault

SINGULAR = 1e-13
"""Smallest singular value over largest, rows and columns scaled, under which unknowns count as undetermined."""

DENSE_ROWS = 50
"""More equations than this are first tried by a sparse factorisation, whose cost does not grow with their cube."""

NAMES_SHOWN = 6
"""A network that floats as a whole is told by its first unknowns."""

SHARE = 0.3
"""Share of the largest entry of a null vector from which an unknown is named."""


def undetermined(system: System, samples: Samples) -> Iterator[PlantFault]:
    """Unknowns without storage that their equations leave open, at every sampled point (index above one included).

    Args:
        system: One island.
        samples: Its Jacobians at plausible points.
    """
    if system.unknowns and not samples.count:
        first = ", ".join(unknown.name for unknown in system.unknowns[:6])
        yield PlantFault(first, "no finite value near the start", "finite rates", "Check start values.")
        return
    rows = list(system.algebraic)
    if not rows:
        return
    for vector in _left_open(_algebraic(system, rows, samples)):
        names = [system.unknowns[rows[k]].name for k in np.flatnonzero(vector > SHARE * vector.max())]
        yield PlantFault(
            _listed(names),
            "nothing that determines it" if len(names) == 1 else "nothing that determines them",
            "storage, or a path to a part that fixes the effort",
            "Join it to a source, a tank, an inertia or another storage; two inertias need a compliance between them.",
        )


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - NAMES_SHOWN
    return ", ".join(names) if rest <= 0 else f"{', '.join(names[:NAMES_SHOWN])} and {rest:,} more"


def _left_open(block: Samples) -> NDArray[np.float64]:
    """Sizes of the unknowns in each direction that the sample which determines most leaves open, shape [open, n]."""
    matrices = [_matrix(block, k) for k in range(block.count)]
    if block.size > DENSE_ROWS:
        conditions = [_condition(matrix) for matrix in matrices]
        # the ratio of singular values is at least 1 / (n condition in the 1-norm), estimated within a factor of 3
        if min(conditions) * block.size * 3 < 1 / SINGULAR:
            return np.zeros((0, block.size))
        matrices = [matrices[int(np.argmin(conditions))]]
    _, sizes, right = np.linalg.svd(np.array([matrix.toarray() for matrix in matrices]))
    best = int((sizes[:, -1] / np.maximum(sizes[:, 0], 1e-300)).argmax())
    open_count = int((sizes[best] <= SINGULAR * max(sizes[best, 0], 1e-300)).sum())
    if sizes[best, 0] == 0.0:
        open_count = block.size
    return np.asarray(np.abs(right[best, block.size - open_count :]))


def _algebraic(system: System, rows: Sequence[int], samples: Samples) -> Samples:
    """Slopes of the algebraic rows by the algebraic unknowns, these in typical sizes, rows scaled to one."""
    place = np.full(samples.size, -1)
    place[rows] = np.arange(len(rows))
    inside = (place[samples.rows] >= 0) & (place[samples.columns] >= 0)
    nominal = np.array([unknown.nominal for unknown in system.unknowns])[samples.columns[inside]]
    block = Samples(
        len(rows), place[samples.rows[inside]], place[samples.columns[inside]],
        samples.values[inside] * nominal[:, None],
    )  # fmt: skip
    return replace(block, values=block.values / block.largest_in_rows()[block.rows])


def _matrix(samples: Samples, k: int) -> csc_array:
    return csc_array((samples.values[:, k], (samples.rows, samples.columns)), shape=(samples.size, samples.size))


def _condition(matrix: csc_array) -> float:
    """Condition in the 1-norm as estimated from a sparse factorisation, infinite where that breaks down."""
    try:
        factors = splu(matrix)
    except RuntimeError:  # SciPy's word for an exactly singular matrix
        return float("inf")
    inverse = LinearOperator(
        matrix.shape, matvec=factors.solve, rmatvec=lambda right: factors.solve(right, trans="T"), dtype=np.float64
    )
    with np.errstate(all="ignore"):
        found = float(onenormest(inverse) * norm(matrix, 1))
    return found if np.isfinite(found) else float("inf")
