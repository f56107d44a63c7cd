"""A log file and its mapping → pieces of readings, from the start or from where a former reading stopped."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from twin.ingest.csv_log import read_csv
from twin.ingest.mapping import LogMapping
from twin.ingest.parquet_log import read_parquet
from twin.ingest.piece import RawPiece
from twin.ingest.rows import RowReader
from twin.records.batch import LogPiece, Rejected

PARQUET_ENDINGS = (".parquet", ".pq")


def read_log(
    path: Path,
    mapping: LogMapping,
    *,
    si_units: Mapping[str, str],
    site_zone: str,
    now_us: int,
    rows_done: int = 0,
    state: Mapping[str, Any] | None = None,
) -> Iterator[LogPiece]:
    """Read a log piece by piece, in constant memory.

    Args:
        path: CSV (also .gz, .bz2, .zst) or Parquet file.
        mapping: What its columns mean.
        si_units: SI unit of each tag that the plant knows.
        site_zone: Time zone of local times where the mapping names none.
        now_us: Present time, UTC microseconds; later times are from the future.
        rows_done: Data rows to pass over, `rows_done` of the last piece that was kept.
        state: `state` of that piece.
    Raises: InvalidInput, when the file lacks columns or is of another kind.
    """
    reader = RowReader(mapping, si_units, site_zone=site_zone, now_us=now_us, state=copy.deepcopy(dict(state or {})))
    seen = 0
    carried: tuple[Rejected, ...] = ()
    for piece in _pieces(path, mapping):
        table = piece.table
        first, seen = seen, seen + (0 if table is None else len(table))
        carried += piece.malformed
        if table is not None and seen <= rows_done:
            continue
        start = max(first, rows_done)
        batch = reader.nothing() if table is None else reader.read(table.slice(start - first), start + 1)
        kept, carried = replace(batch, rejected=carried + batch.rejected), ()
        yield LogPiece(kept, seen, piece.share, copy.deepcopy(reader.state))


def _pieces(path: Path, mapping: LogMapping) -> Iterator[RawPiece]:
    parquet = mapping.file == "parquet" or (mapping.file is None and path.suffix.lower() in PARQUET_ENDINGS)
    columns = mapping.needed_columns()
    if parquet:
        return read_parquet(path, columns)
    return read_csv(path, mapping.csv, columns, missing=mapping.missing)
