"""Worlds of one line in several batches that are carried on side by side, one thread each."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.flow import program
from physics.flow.batch import Batch
from physics.flow.pack import CompiledLine
from physics.simulate.threads import carry


class Lanes:
    """Batches with consecutive worlds from `first` on; together they are one batch to whoever asks."""

    def __init__(self, line: CompiledLine, seed: int, worlds: int, *, first: int, leads: int, threads: int) -> None:
        count = max(1, min(threads, worlds))
        edges = [worlds * lane // count for lane in range(count + 1)]
        self._parts = [slice(a, b) for a, b in zip(edges[:-1], edges[1:], strict=True)]
        self._batches = [Batch(line, seed, part.stop - part.start, leads=leads) for part in self._parts]
        for batch, part in zip(self._batches, self._parts, strict=True):
            batch.begin(first + part.start, part.stop - part.start)
        self._seen: dict[str, NDArray[Any]] = {}
        program.kernel()  # compiled once, here: threads that find it missing would each compile it

    def copied(self) -> Lanes:
        """The same worlds once more, to go on from here in another way."""
        other = copy(self)
        other._batches, other._seen = [batch.copied() for batch in self._batches], {}
        return other

    def run(self, until_s: float, most_events: int) -> None:
        """Carry all worlds on until a time."""
        self._each(lambda batch, _: batch.run(until_s, most_events))

    def adopt(self, speeds: NDArray[np.float64], tripped: NDArray[np.int32]) -> None:
        """Take over speeds [W, N] and stops that come from outside [W, S], all at the time reached."""
        self._each(lambda batch, part: batch.adopt(speeds[part], tripped[part]))

    def forget(self, start_s: float) -> None:
        """Begin to count at `start_s`."""
        self._each(lambda batch, _: batch.forget(start_s, 1.0))

    def read(self, name: str) -> NDArray[Any]:
        """An array of `present.Worlds` as it is now, first axis the worlds; not to be written to."""
        if name not in self._seen:
            self._seen[name] = np.concatenate([batch.read(name) for batch in self._batches])
        return self._seen[name]

    def _each(self, do: Callable[[Batch, slice], None]) -> None:
        self._seen.clear()
        tasks = [partial(do, batch, part) for batch, part in zip(self._batches, self._parts, strict=True)]
        carry(tasks, threads=len(tasks))
