"""A CSV file, compressed or not → record batches of text, with flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv

from twin.errors import Fault, InvalidInput
from twin.ingest.mapping import CsvRule
from twin.ingest.piece import RawPiece, missing_columns
from twin.records.batch import Reason, Rejected

BLOCK_BYTES = 1 << 20
"""Text parsed at a time. The parser reads 32 blocks ahead, which bounds its memory."""

BLOCKS_A_PIECE = 4
"""Blocks handed on together: some hundred thousand cells, so that a commit is neither tiny nor long."""

HEADER_BYTES = 1 << 16

COMPRESSIONS = {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd"}


def read_csv(
    path: Path,
    rule: CsvRule,
    columns: tuple[str, ...],
    *,
    missing: tuple[str, ...] = ("",),
    block_bytes: int = BLOCK_BYTES,
) -> Iterator[RawPiece]:
    """Pieces of a CSV file, every cell as text, absent cells null.

    Raises: InvalidInput, when columns are missing or the file is no CSV.
    """
    malformed: list[Rejected] = []

    def put_aside(row: Any) -> str:
        detail = f"need {row.expected_columns} fields, got {row.actual_columns}"
        malformed.append(Rejected(row.number or 0, "", "", row.text, "", Reason.MALFORMED_ROW, detail))
        return "skip"

    names = header(path, rule)
    missing_columns(path, columns, names)
    with pa.OSFile(str(path)) as raw, _refusing(path):
        reader = arrow_csv.open_csv(
            decompressed(raw, path),
            read_options=_read_options(rule, block_bytes),
            parse_options=arrow_csv.ParseOptions(delimiter=rule.delimiter, invalid_row_handler=put_aside),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()),
                include_columns=list(columns),
                strings_can_be_null=True,
                null_values=list(missing),
            ),
        )
        for blocks, table in _joined(reader):
            found, malformed[:] = tuple(malformed), []
            yield RawPiece(table, found, _share(blocks * block_bytes, raw, path))
        if malformed:
            yield RawPiece(None, tuple(malformed), 1.0)


def header(path: Path, rule: CsvRule) -> list[str]:
    """The column names of a CSV file."""
    options = arrow_csv.ParseOptions(delimiter=rule.delimiter, invalid_row_handler=lambda _row: "skip")
    with pa.OSFile(str(path)) as raw, _refusing(path):
        data = decompressed(raw, path).read(HEADER_BYTES)
        whole = data if len(data) < HEADER_BYTES else data[: data.rfind(b"\n") + 1]
        return list(arrow_csv.open_csv(pa.BufferReader(whole), _read_options(rule, HEADER_BYTES), options).schema.names)


def _joined(reader: Any) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Tables of several blocks each, with the number of blocks read so far."""
    blocks = 0
    parts: list[pa.RecordBatch] = []
    for part in reader:
        blocks, parts = blocks + 1, [*parts, part]
        if len(parts) == BLOCKS_A_PIECE:
            yield blocks, pa.concat_batches(parts)
            parts = []
    if parts:
        yield blocks, pa.concat_batches(parts)


def _share(parsed_bytes: int, raw: Any, path: Path) -> float:
    """Share of the file that is parsed; of a compressed one, that is read."""
    done = raw.tell() if path.suffix.lower() in COMPRESSIONS else parsed_bytes
    return float(min(done / max(path.stat().st_size, 1), 1.0))


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Say in our words that a file is no CSV."""
    try:
        yield
    except pa.ArrowInvalid as error:
        fault = Fault(
            path.name, str(error), "a CSV file with a header line", "Check delimiter, encoding and skip_rows."
        )
        raise InvalidInput([fault]) from error


def decompressed(raw: Any, path: Path) -> Any:
    """The stream itself, or what it unpacks to where the ending names a compression."""
    kind = COMPRESSIONS.get(path.suffix.lower())
    return pa.CompressedInputStream(raw, kind) if kind else raw


def _read_options(rule: CsvRule, block_bytes: int) -> Any:
    return arrow_csv.ReadOptions(
        block_size=block_bytes,
        encoding=rule.encoding,
        skip_rows=rule.skip_rows,
        skip_rows_after_names=rule.skip_rows_after_header,
    )
