"""Random numbers that belong to a world and an entity, never to the order in which they are drawn.

Each (seed, entity) has its own Philox key and each world its own block of counters, so adding an asset, a world or a
draw moves no other number, and a baseline shares its noise with its what-if.

Source  Salmon et al. (2011), Parallel random numbers: as easy as 1, 2, 3, doi:10.1145/2063384.2063405 (Philox 4x64-10)
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

STEP = 2.0**-53


def uniform(seed: int, world: int, entity: str, draws: int) -> NDArray[np.float64]:
    """Draws from the open interval (0, 1), shape [draws]; the first ones do not depend on how many are asked for."""
    digest = hashlib.blake2b(f"{seed}\0{entity}".encode(), digest_size=16).digest()
    key = np.frombuffer(digest, dtype="<u8").astype(np.uint64)
    raw = np.random.Philox(key=key, counter=[0, 0, world, 0]).random_raw(draws)
    return ((raw >> np.uint64(11)).astype(np.float64) + 0.5) * STEP


def normal(seed: int, world: int, entity: str, draws: int) -> NDArray[np.float64]:
    """Standard normal draws by inversion, shape [draws]."""
    return np.asarray(ndtri(uniform(seed, world, entity, draws)), dtype=np.float64)
