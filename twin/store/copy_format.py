"""PostgreSQL's binary COPY form, to and from arrays (manual, SQL COPY, section "Binary Format")."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
NULL_LENGTH = -1


def layout(kinds: Mapping[str, str]) -> np.dtype[np.void]:
    """One row: a field count, then each field's byte length and value, big-endian; "" is a field that is null.

    Args:
        kinds: numpy kind per column, e.g. {"time_us": ">i8", "value": ">f8"}.
    """
    parts: list[tuple[str, str]] = [("fields", ">i2")]
    for name, kind in kinds.items():
        parts.append((f"length_{name}", ">i4"))
        if kind:
            parts.append((name, kind))
    return np.dtype(parts)


def to_bytes(columns: Mapping[str, NDArray[np.generic]], kinds: Mapping[str, str]) -> bytes:
    """Rows as COPY reads them, without header and trailer; columns of shape [N]."""
    count = len(next(iter(columns.values())))
    rows = np.empty(count, layout(kinds))
    rows["fields"] = len(kinds)
    for name, kind in kinds.items():
        rows[f"length_{name}"] = np.dtype(kind).itemsize if kind else NULL_LENGTH
        if kind:
            rows[name] = columns[name]
    return rows.tobytes()


def from_bytes(data: bytes, kinds: Mapping[str, str]) -> NDArray[np.void]:
    """Rows that COPY wrote, header and trailer included; no column may hold nulls."""
    row = layout(kinds)
    count = (len(data) - len(HEADER) - len(TRAILER)) // row.itemsize
    return np.frombuffer(data, row, offset=len(HEADER), count=count)
