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

BLOCK_BYTES = 1 << 22
"""Text read at a time: some hundred thousand cells, so that a commit is neither tiny nor long."""


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
    size = max(path.stat().st_size, 1)
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
        for table in reader:
            found, malformed[:] = tuple(malformed), []
            yield RawPiece(table, found, min(raw.tell() / size, 1.0))
        if malformed:
            yield RawPiece(None, tuple(malformed), 1.0)


def header(path: Path, rule: CsvRule) -> list[str]:
    """The column names of a CSV file."""
    options = arrow_csv.ParseOptions(delimiter=rule.delimiter, invalid_row_handler=lambda _row: "skip")
    with pa.OSFile(str(path)) as raw, _refusing(path):
        return list(arrow_csv.open_csv(decompressed(raw, path), _read_options(rule, 1 << 20), options).schema.names)


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
    kinds = {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd"}
    kind = kinds.get(path.suffix.lower())
    return pa.CompressedInputStream(raw, kind) if kind else raw


def _read_options(rule: CsvRule, block_bytes: int) -> Any:
    return arrow_csv.ReadOptions(
        block_size=block_bytes,
        encoding=rule.encoding,
        skip_rows=rule.skip_rows,
        skip_rows_after_names=rule.skip_rows_after_header,
    )
