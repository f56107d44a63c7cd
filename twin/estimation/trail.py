"""Points of a followed log that are kept, so that a new minute costs a minute and late readings are put in order.

Each chunk is known by the rows that it and all before it were made of. A log that grew shares all its chunks with the
earlier one; a reading that came late changes its chunk and those after it, which are then followed anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from twin.estimation.follow import Point
from twin.estimation.unscented import Standing
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]

OFTEN = 2
"""A point stays while its age in chunks is at most so many times the power of two that divides its number: the younger,
the closer, at most nine of the seventy-five. What came late by n chunks costs no more than 3 n of them."""


@dataclass
class Trail:
    """Where following begins, and the points reached from there.

    Attributes: worlds, at the first sample; points, by the digest of their rows, the oldest first; surprises, the
    innovations [S] of each chunk by the same digest.
    """

    worlds: Worlds
    points: dict[str, Point | Standing] = field(default_factory=dict)
    surprises: dict[str, Floats] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock, repr=False)

    def last(self, keys: Sequence[str]) -> Point | Standing | None:
        """The furthest point that was made of these rows and no others, None where following begins anew."""
        with self.lock:
            found = [self.points[chain] for chain in chains(keys) if chain in self.points]
        return found[-1] if found else None

    def keep(self, keys: Sequence[str], point: Point | Standing, surprise: Floats) -> None:
        """Remember a point by the keys of all chunks up to it."""
        chain = chains(keys)[-1]
        with self.lock:
            self.points = {name: known for name, known in self.points.items() if _stays(known.chunk, point.chunk)}
            self.points[chain], self.surprises[chain] = point, surprise

    def innovations(self, keys: Sequence[str], tags: int) -> Floats:
        """Standardised innovations of all chunks, shape [K, S]."""
        with self.lock:
            rows = [self.surprises[chain] for chain in chains(keys)]
        return np.array(rows, np.float64).reshape(-1, tags)


def _stays(chunk: int, newest: int) -> bool:
    """Whether a point is kept once another is reached; one of the same chunk or a later one is not."""
    return 0 < newest - chunk <= OFTEN * (chunk & -chunk)


def chains(keys: Sequence[str]) -> list[str]:
    """For each chunk a name for it and all before it."""
    found, chain = [], ""
    for key in keys:
        chain = hashlib.sha256(f"{chain} {key}".encode()).hexdigest()
        found.append(chain)
    return found
