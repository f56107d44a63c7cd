"""A Parquet file → record batches in its own types, with flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from twin.errors import Fault, InvalidInput
from twin.ingest.piece import RawPiece, missing_columns

CELLS = 400_000
"""Cells read at a time, so that a commit is neither tiny nor long."""


def read_parquet(path: Path, columns: tuple[str, ...], *, rows: int | None = None) -> Iterator[RawPiece]:
    """Pieces of a Parquet file, only the columns that are needed.

    Args:
        path: The file.
        columns: Names of the columns.
        rows: Rows of a piece; by default so many that a piece has about `CELLS` cells.
    Raises: InvalidInput, when columns are missing or the file is no Parquet.
    """
    try:
        file = pq.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise InvalidInput([Fault(path.name, str(error), "a Parquet file")]) from error
    with file:
        missing_columns(path, columns, list(file.schema_arrow.names))
        total, done = max(file.metadata.num_rows, 1), 0
        for table in file.iter_batches(rows or max(CELLS // max(len(columns), 1), 1), columns=list(columns)):
            done += len(table)
            yield RawPiece(table, (), done / total)
