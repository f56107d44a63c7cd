"""Rules that only the joined equations can show: positive storage, determined efforts, known output paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import LinearOperator, norm, onenormest, splu

from physics.compiler.sampling import Samples
from physics.compiler.system import System
from physics.network.faults import PlantFault

SINGULAR = 1e-13
"""Smallest singular value over largest, rows and columns scaled, under which unknowns count as undetermined."""

DENSE_ROWS = 50
"""More equations than this are first tried by a sparse factorisation, whose cost does not grow with their cube."""

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
    block = _algebraic(system, rows, samples)
    if len(rows) > DENSE_ROWS and any(_surely_regular(_matrix(block, k)) for k in range(block.count)):
        return
    dense = np.array([_matrix(block, k).toarray() for k in range(block.count)])
    _, sizes, right = np.linalg.svd(dense)
    best = int((sizes[:, -1] / np.maximum(sizes[:, 0], 1e-300)).argmax())
    open_count = int((sizes[best] <= SINGULAR * max(sizes[best, 0], 1e-300)).sum())
    if sizes[best, 0] == 0.0:
        open_count = len(rows)
    for vector in np.abs(right[best, len(rows) - open_count :]):
        names = [system.unknowns[rows[k]].name for k in np.flatnonzero(vector > SHARE * vector.max())]
        yield PlantFault(
            ", ".join(names),
            "nothing that determines it" if len(names) == 1 else "nothing that determines them",
            "storage, or a path to a part that fixes the effort",
            "Join it to a source, a tank, an inertia or another storage; two inertias need a compliance between them.",
        )


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


def _surely_regular(matrix: csc_array) -> bool:
    """Whether a bound on the condition rules out a singular value that counts as zero."""
    try:
        factors = splu(matrix)
    except RuntimeError:  # SciPy's word for an exactly singular matrix
        return False
    inverse = LinearOperator(
        matrix.shape, matvec=factors.solve, rmatvec=lambda right: factors.solve(right, trans="T"), dtype=np.float64
    )
    # the ratio of singular values is at least 1 / (n condition in the 1-norm), which is estimated within a factor of 3
    return bool(onenormest(inverse) * norm(matrix, 1) * matrix.shape[0] * 3 < 1 / SINGULAR)
