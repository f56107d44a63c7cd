"""How a log that nobody described is written: encoding, delimiter, decimal mark; and its first rows."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from twin.errors import Fault, InvalidInput
from twin.ingest.csv_log import decompressed
from twin.ingest.log import PARQUET_ENDINGS
from twin.ingest.mapping import CsvRule

SAMPLE_BYTES = 1 << 20
SAMPLE_ROWS = 10_000
DELIMITERS = (",", ";", "\t", "|")
COMMA_NUMBER = re.compile(r"^[+-]?\d{1,3}(\.\d{3})*,\d+$|^[+-]?\d+,\d+$")


@dataclass(frozen=True)
class Sample:
    """The first rows of a log and how it seems to be written; texts in a CSV, own types in Parquet."""

    rule: CsvRule
    table: pa.Table
    parquet: bool


def read_sample(path: Path) -> Sample:
    """Look at the beginning of a log.

    Raises: InvalidInput, when the file has no header line with at least one row below it.
    """
    if path.suffix.lower() in PARQUET_ENDINGS:
        return Sample(CsvRule(), _parquet_rows(path), True)
    with pa.OSFile(str(path)) as raw:
        data = decompressed(raw, path).read(SAMPLE_BYTES)
    encoding, text = _decoded(data)
    lines = text.splitlines()
    lines = lines[:-1] if len(data) == SAMPLE_BYTES else lines
    if len(lines) < 2:
        raise InvalidInput([Fault(path.name, f"{len(lines)} lines", "a header line and rows below it")])
    delimiter = max(DELIMITERS, key=lambda mark: (_agreement(lines, mark), -DELIMITERS.index(mark)))
    table = _rows(lines, delimiter)
    decimal = "," if delimiter != "," and _has_comma_numbers(table) else "."
    thousands = "." if decimal == "," and _has_thousands(table) else ""
    return Sample(CsvRule(delimiter, decimal, thousands, encoding), table, False)


def _parquet_rows(path: Path) -> pa.Table:
    try:
        with pq.ParquetFile(path) as file:
            return pa.Table.from_batches([next(file.iter_batches(SAMPLE_ROWS))])
    except (pa.ArrowInvalid, StopIteration) as error:
        raise InvalidInput([Fault(path.name, str(error) or "no rows", "a Parquet file with rows")]) from error


def _decoded(data: bytes) -> tuple[str, str]:
    """UTF-8, or the code page of western Windows, which has a character for nearly every byte."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return encoding, data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8" and error.start > len(data) - 4:
                return encoding, data[: error.start].decode("utf-8-sig")
    return "latin-1", data.decode("latin-1")


def _agreement(lines: list[str], mark: str) -> int:
    """How many of the first lines have as many of these marks as the header, none if it has none."""
    wanted = lines[0].count(mark)
    return sum(line.count(mark) == wanted for line in lines[:50]) * wanted if wanted else 0


def _rows(lines: list[str], delimiter: str) -> pa.Table:
    names = next(csv.reader(lines[:1], delimiter=delimiter))
    return arrow_csv.read_csv(
        io.BytesIO(("\n".join(lines[: SAMPLE_ROWS + 1]) + "\n").encode()),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, invalid_row_handler=lambda _row: "skip"),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True
        ),
    )


def _cells(table: pa.Table) -> list[str]:
    head = table.slice(0, 200)
    return [cell for column in head.columns for cell in column.to_pylist() if cell]


def _has_comma_numbers(table: pa.Table) -> bool:
    return any(COMMA_NUMBER.match(cell) for cell in _cells(table))


def _has_thousands(table: pa.Table) -> bool:
    return any(re.match(r"^[+-]?\d{1,3}(\.\d{3})+,\d+$", cell) for cell in _cells(table))
