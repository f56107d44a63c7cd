"""The cells of a value column → numbers, absences, quality words and what is none of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from twin.ingest.quality_words import quality_of
from twin.records.reading import Quality

NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"

NUMERIC, ABSENT, WORD, UNREADABLE, NOT_FINITE = range(5)
"""What a cell holds."""

NAN_WORDS = ("nan", "inf", "-inf", "+inf", "infinity", "-infinity", "+infinity")

SWITCH_WORDS = {"true": 1.0, "false": 0.0, "on": 1.0, "off": 0.0}


@dataclass(frozen=True)
class Cells:
    """One column's cells: values [N] (NaN where no number), kind [N] and the quality [N] that words imply."""

    values: NDArray[np.float64]
    kind: NDArray[np.uint8]
    quality: NDArray[np.uint8]


def read_cells(
    column: pa.Array, *, decimal: str, thousands: str, missing: tuple[str, ...], words: Mapping[str, Quality]
) -> Cells:
    """Read one value column.

    Args:
        column: Texts or numbers, shape [N].
        decimal: Decimal mark.
        thousands: Mark between thousands, "" where there is none.
        missing: Texts that mean that nothing was recorded; nulls always do.
        words: The mapping file's own quality words, lower case.
    """
    column = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    count = len(column)
    kind, quality = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    if not _is_text(column.type):
        values = _floats(column.cast(pa.float64(), safe=False))
        kind[~np.isfinite(values)] = NOT_FINITE
        kind[np.array(column.is_null())] = ABSENT
        return Cells(values, kind, quality)
    text = column.cast(pa.string())
    plain = _plain(text, decimal, thousands)
    try:
        values = _floats(plain.cast(pa.float64()))
        kind[~np.isfinite(values)] = NOT_FINITE
    except pa.ArrowInvalid:
        values = _mixed(plain, text, kind, quality, missing, words)
    kind[np.array(text.is_null())] = ABSENT
    return Cells(values, kind, quality)


def plain_numbers(column: pa.Array, *, decimal: str = ".") -> NDArray[np.float64]:
    """A column as numbers, NaN where a cell is none, shape [N]."""
    return read_cells(column, decimal=decimal, thousands="", missing=("",), words={}).values


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _floats(column: pa.Array) -> NDArray[np.float64]:
    return np.array(column.fill_null(np.nan), dtype=np.float64)


def _plain(text: pa.Array, decimal: str, thousands: str) -> pa.Array:
    if thousands:
        text = pc.replace_substring(text, thousands, "")
    return text if decimal == "." else pc.replace_substring(text, decimal, ".")


def _mixed(
    plain: pa.Array,
    text: pa.Array,
    kind: NDArray[np.uint8],
    quality: NDArray[np.uint8],
    missing: tuple[str, ...],
    words: Mapping[str, Quality],
) -> NDArray[np.float64]:
    """Fill kind and quality of a column that holds more than numbers; return its values."""
    trimmed = pc.utf8_trim_whitespace(plain)
    numeric = pc.match_substring_regex(trimmed, NUMBER)
    values = _floats(pc.if_else(numeric, trimmed, None).cast(pa.float64()))
    kind[~np.isfinite(values)] = NOT_FINITE
    others = np.flatnonzero(~np.array(numeric.fill_null(True)))
    coded = text.take(pa.array(others)).dictionary_encode()
    meaning = [_meaning(word, missing, words) for word in coded.dictionary.to_pylist()]
    for row, code in zip(others, np.array(coded.indices), strict=True):
        kind[row], quality[row], values[row] = meaning[code]
    return values


def _meaning(word: str, missing: tuple[str, ...], words: Mapping[str, Quality]) -> tuple[int, int, float]:
    """Kind, quality and value of a cell that is no plain number."""
    stripped = word.strip()
    lower = stripped.lower()
    if stripped in missing:
        return ABSENT, 0, np.nan
    if lower in NAN_WORDS:
        return NOT_FINITE, 0, np.nan
    if lower in SWITCH_WORDS and lower not in words:
        return NUMERIC, 0, SWITCH_WORDS[lower]
    known = quality_of(stripped, words)
    return (UNREADABLE, 0, np.nan) if known is None else (WORD, int(Quality.BAD), np.nan)
