"""A piece of a log file as it was read, before it means anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from twin.errors import Fault, InvalidInput
from twin.records.batch import Rejected


@dataclass(frozen=True)
class RawPiece:
    """Rows of a file (None where it held none), rows that broke its form, and the share of the file read so far."""

    table: pa.RecordBatch | None
    malformed: tuple[Rejected, ...]
    share: float


def missing_columns(path: Path, needed: tuple[str, ...], present: list[str]) -> None:
    """Refuse a file that lacks columns, naming every one of them."""
    shown = ", ".join(present[:20])
    faults = [
        Fault(path.name, f"no column {name!r}", f"one of: {shown}", "Correct the mapping file.")
        for name in needed
        if name not in present
    ]
    if faults:
        raise InvalidInput(faults)
