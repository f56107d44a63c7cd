"""The last results of something costly, kept by a digest of all it was computed from."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Result = TypeVar("Result")


class Remembered(Generic[Result]):
    """At most `most` results, the least recently asked for forgotten first; for many threads of one process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[str, Result] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, compute: Callable[[], Result]) -> Result:
        """The result kept under that key, computed where there is none; two threads may compute the same one."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        result = compute()
        with self._lock:
            self._found[key] = result
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return result


def digest(*parts: NDArray[np.float64] | str) -> str:
    """A name for arrays and words that other arrays or words do not share; shape and order count."""
    found = hashlib.sha256()
    for part in parts:
        head, body = (part, b"") if isinstance(part, str) else (f"{part.dtype}{part.shape}", _bytes(part))
        found.update(f"{len(head)} {head} {len(body)} ".encode() + body)
    return found.hexdigest()


def _bytes(array: NDArray[np.float64]) -> bytes:
    return np.ascontiguousarray(array).tobytes()
