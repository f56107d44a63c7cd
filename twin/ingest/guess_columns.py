"""What the columns of a log that nobody described seem to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from twin.ingest.clock import read_clock
from twin.ingest.guess_file import Sample
from twin.ingest.mapping import TimeRule
from twin.ingest.numbers import NUMERIC, WORD, read_cells
from twin.units import UnitError, si_unit

FORMS = (
    None, "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M", "%Y/%m/%d %H:%M:%S", "%d-%b-%Y %H:%M:%S", "%d-%b-%y %H:%M:%S", "%d.%m.%Y %H:%M:%S.%f",
)  # fmt: skip
"""Spellings of a time, None for ISO 8601; the first one that reads all is taken."""

TIME_WORDS = re.compile(r"time|date|zeit|datum|stamp|^ts$|^t$|^t_s$|elapsed|seconds", re.IGNORECASE)
EPOCHS = (("s", 1e8, 1e10), ("ms", 1e11, 1e13), ("us", 1e14, 1e16), ("ns", 1e17, 1e19))
TAG_WORDS = re.compile(r"^(tag|tag_?name|name|sensor|signal|point|variable|item|node)s?(_?id)?$", re.IGNORECASE)
VALUE_WORDS = re.compile(r"^(value|val|reading|wert|measurement)$", re.IGNORECASE)
QUALITY_WORDS = re.compile(r"quality|status|^q$|statuscode", re.IGNORECASE)
UNIT_WORDS = re.compile(r"^(unit|units|uom|eu|einheit)$", re.IGNORECASE)
BRACKETS = re.compile(r"^(?P<name>.*?)\s*[(\[{]\s*(?P<unit>[^)\]}]+?)\s*[)\]}]\s*$")
MAJORITY = 0.5


class Role(StrEnum):
    """What a column is for."""

    TIME = "time"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class Column:
    """A column: its role, tag and unit as its header suggests, range of its numbers, or its first distinct texts."""

    name: str
    role: Role
    tag: str
    unit: str | None
    low: float
    high: float
    distinct: tuple[str, ...]


def guess_columns(sample: Sample) -> tuple[Column, ...]:
    """Look at every column."""
    return tuple(
        _column(name, sample.table.column(name).combine_chunks(), sample) for name in sample.table.column_names
    )


def guess_time(sample: Sample, columns: Sequence[Column]) -> TimeRule | None:
    """How the log tells time: the first column that reads as times, those named so first; None where none does."""
    ordered = sorted(columns, key=lambda column: not TIME_WORDS.search(column.name))
    for column in ordered:
        cells = sample.table.column(column.name).combine_chunks()
        found = _number_time(column) if column.role is Role.NUMBER else _text_time(cells, column.name)
        if found is not None:
            return found
    return None


def split_unit(header: str) -> tuple[str, str | None]:
    """The name and the unit in a header: "Pressure (bar)", "flow [L/min]", "voltage_V"."""
    found = BRACKETS.match(header)
    if found and _is_unit(found["unit"]):
        return found["name"] or header, found["unit"]
    name, _, ending = header.rpartition("_")
    if name and ending and _is_unit(ending) and not ending.isdigit():
        return name, ending
    name, _, ending = header.rpartition(" ")
    if name and ending.strip("°%") != ending and _is_unit(ending):
        return name.strip(" ,"), ending
    return header, None


def _is_unit(text: str) -> bool:
    try:
        si_unit(text)
    except UnitError:
        return False
    return True


def _column(name: str, cells: pa.Array, sample: Sample) -> Column:
    tag, unit = split_unit(name.strip())
    tag = re.sub(r"\s+", " ", tag).strip() or name
    if pa.types.is_timestamp(cells.type) or pa.types.is_date(cells.type):
        return Column(name, Role.TIME, tag, None, np.nan, np.nan, ())
    read = read_cells(cells, decimal=sample.rule.decimal, thousands=sample.rule.thousands, missing=("",), words={})
    numbers = read.values[(read.kind == NUMERIC) & np.isfinite(read.values)]
    meant = np.isin(read.kind, (NUMERIC, WORD)).sum()
    if len(numbers) and meant > MAJORITY * max(len(cells) - cells.null_count, 1):
        return Column(name, Role.NUMBER, tag, unit, float(numbers.min()), float(numbers.max()), ())
    words = tuple(str(word) for word in pc.unique(cells.cast(pa.string()).drop_null()).to_pylist()[:12])
    return Column(name, Role.TEXT, tag, unit, np.nan, np.nan, words)


def _number_time(column: Column) -> TimeRule | None:
    """Seconds and the like since 1970 by their size; small numbers only where the header speaks of time."""
    for unit, low, high in EPOCHS:
        if low <= column.low <= column.high < high and TIME_WORDS.search(column.name):
            return TimeRule(column=column.name, epoch=unit)
    if TIME_WORDS.search(column.name) and column.low >= 0:
        unit = column.unit if column.unit in ("s", "ms", "us", "ns", "min", "h") else "s"
        return TimeRule(column=column.name, elapsed=unit)
    return None


def _text_time(cells: pa.Array, name: str) -> TimeRule | None:
    if pa.types.is_timestamp(cells.type):
        return TimeRule(column=name)
    present = cells.cast(pa.string()).drop_null()
    for form in FORMS if len(present) else ():
        clock = read_clock(present, TimeRule(column=name, format=form), origin_us=None)
        if clock.readable.mean() > MAJORITY:
            return TimeRule(column=name, format=form)
    return None
