"""Dense matrices as the sparse samples that the compiler works on."""

import numpy as np

from physics.compiler.sampling import Samples


def samples(matrices, pattern=None) -> Samples:
    """Entries of matrices [K, n, n] where the pattern [n, n] says so, everywhere by default."""
    matrices = np.asarray(matrices, float)
    rows, columns = np.nonzero(np.ones(matrices.shape[1:]) if pattern is None else pattern)
    return Samples(matrices.shape[1], rows, columns, matrices[:, rows, columns].T)


def dense(found: Samples) -> np.ndarray:
    """The matrices, shape [K, n, n]."""
    matrices = np.zeros((found.count, found.size, found.size))
    matrices[:, found.rows, found.columns] = found.values.T
    return matrices
