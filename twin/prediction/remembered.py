"""The last results of something costly, kept by a digest of all they were computed from."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Result = TypeVar("Result")

LOOK_EVERY_S = 0.1


class Remembered(Generic[Result]):
    """At most `most` results of `most_bytes` together, the least recently asked for forgotten first; for many threads.

    Who asks for what another thread computes waits for it; other keys do not.
    """

    def __init__(
        self, most: int, *, most_bytes: float = float("inf"), size: Callable[[Result], int] = lambda _found: 0
    ) -> None:
        self._most, self._most_bytes, self._size = most, most_bytes, size
        self._found: OrderedDict[str, Result] = OrderedDict()
        self._turns: dict[str, Lock] = {}
        self._lock = Lock()

    def get(self, key: str, compute: Callable[[], Result], *, waiting: Callable[[], None] | None = None) -> Result:
        """The result kept under that key, computed where there is none.

        Args:
            key: Of the result.
            compute: Makes it; what it raises goes to who asked, and nothing is kept.
            waiting: Called now and then while another thread computes; what it raises ends the waiting.
        """
        with self._lock:
            turn = self._turns.setdefault(key, Lock())
        while not turn.acquire(timeout=LOOK_EVERY_S):
            if waiting is not None:
                waiting()
        try:
            with self._lock:
                if key in self._found:
                    self._found.move_to_end(key)
                    return self._found[key]
            result = compute()
            with self._lock:
                self._found[key] = result
                self._forget()
            return result
        finally:
            with self._lock:
                self._turns.pop(key, None)
            turn.release()

    def _forget(self) -> None:
        while len(self._found) > self._most or sum(map(self._size, self._found.values())) > self._most_bytes:
            self._found.popitem(last=False)


def array_bytes(*records: object) -> int:
    """What the arrays take that records hold in fields of their own."""
    values = [value for record in records for value in vars(record).values()]
    return sum(value.nbytes for value in values if isinstance(value, np.ndarray))


def digest(*parts: NDArray[np.float64] | str) -> str:
    """A name for arrays and words that other arrays or words do not share; shape and order count."""
    found = hashlib.sha256()
    for part in parts:
        head = part if isinstance(part, str) else f"{part.dtype}{part.shape}"
        found.update(f"{len(head)} {head} ".encode())
        if not isinstance(part, str):
            found.update(np.ascontiguousarray(part).data)
    return found.hexdigest()
