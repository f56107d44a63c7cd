"""Rows of a log, wide or long → readings in SI, and the rows that could not become any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from twin.ingest.collect import Collector
from twin.ingest.mapping import LogMapping, Source, Stretch
from twin.ingest.numbers import Cells, read_cells
from twin.ingest.quality_words import quality_of
from twin.ingest.row_clock import RowClock
from twin.records.batch import ReadingBatch, Reason
from twin.records.reading import Quality
from twin.units import Conversion, UnitError, conversion, si_unit

Index = NDArray[np.int64]


class RowReader:
    """Turns record batches of one log into readings; carries `state` from piece to piece."""

    def __init__(
        self, mapping: LogMapping, si_units: Mapping[str, str], *, site_zone: str, now_us: int, state: dict[str, Any]
    ) -> None:
        self.mapping, self.state = mapping, state
        self.clock = RowClock(mapping.time, mapping.csv, site_zone, now_us, state)
        self.tags = tuple(source.tag for source in mapping.all_sources())
        self.codes = {tag: code for code, tag in enumerate(self.tags)}
        self.si = {source.tag: si_units.get(source.tag) or si_unit(source.unit) for source in mapping.all_sources()}

    def read(self, table: pa.RecordBatch, first_row: int) -> ReadingBatch:
        """Readings of one piece whose first row is data row `first_row` (1-based) of the file."""
        collected = Collector(self.tags, self.state)
        for stretch in self.mapping.stretches:
            chosen = _chosen(table, stretch.where)
            if len(chosen):
                part = table if len(chosen) == len(table) else table.take(pa.array(chosen))
                read = self._long if self.mapping.long else self._wide
                read(part, chosen + first_row, stretch, collected)
        return collected.batch()

    def nothing(self) -> ReadingBatch:
        """A batch without readings."""
        return Collector(self.tags, self.state).batch()

    def _wide(self, table: pa.RecordBatch, rows: Index, stretch: Stretch, collected: Collector) -> None:
        column = table.column(self.mapping.time.column) if self.mapping.time.column else None
        times, codes = self.clock.instants(column, stretch, len(rows), None)
        collected.at(stretch, rows, times, codes, column, self.clock)
        for name, source in self.mapping.sources_of(stretch).items():
            cells = self._cells(table.column(name))
            quality = self._quality(table, source.quality or self.mapping.quality_column)
            map_to_si = conversion(source.unit, self.si[source.tag])
            tag_index = np.full(len(rows), self.codes[source.tag], np.int32)
            collected.add(
                cells, map_to_si.to_si(cells.values), quality, tag_index, table.column(name), _always(source.unit)
            )

    def _long(self, table: pa.RecordBatch, rows: Index, stretch: Stretch, collected: Collector) -> None:
        names = self.mapping.long
        assert names is not None
        coded = _text(table.column(names.tag)).dictionary_encode()
        groups = np.array(coded.indices.fill_null(-1), dtype=np.int64)
        sources = [self.mapping.sources.get(name) for name in coded.dictionary.to_pylist()]
        signal = np.array([self.codes[source.tag] if source else -1 for source in sources] + [-1], np.int32)[groups]
        column = table.column(self.mapping.time.column) if self.mapping.time.column else None
        times, codes = self.clock.instants(column, stretch, len(rows), signal.astype(np.int64))
        collected.at(stretch, rows, times, codes, column, self.clock)
        values = table.column(names.value)
        cells = self._cells(values)
        units, convertible, si_values = self._to_si(table, sources, groups, cells.values)
        if not self.mapping.ignore_other_tags:
            need = "need a tag that the mapping file lists"
            collected.reject(signal < 0, Reason.UNKNOWN_TAG, need, values, units, tags=_text(table.column(names.tag)))
        needed = [f"need a unit of {self.si[source.tag]}" if source else "" for source in sources] + [""]
        for code in np.unique(groups[(signal >= 0) & ~convertible]):
            wrong = (groups == code) & ~convertible
            collected.reject(wrong, Reason.WRONG_UNIT, needed[code], values, units, tag_index=signal)
        quality = self._quality(table, names.quality or self.mapping.quality_column)
        tag_index = np.where((signal >= 0) & convertible, signal, -1).astype(np.int32)
        collected.add(cells, si_values, quality, tag_index, values, units)

    def _cells(self, column: pa.Array) -> Cells:
        rule = self.mapping.csv
        return read_cells(
            column,
            decimal=rule.decimal,
            thousands=rule.thousands,
            missing=self.mapping.missing,
            words=self.mapping.words,
        )

    def _quality(self, table: pa.RecordBatch, name: str | None) -> NDArray[np.uint8] | None:
        """Quality [N] told by a column of its own; a word that nobody knows counts as uncertain."""
        if name is None:
            return None
        coded = _text(table.column(name)).dictionary_encode()
        known = [quality_of(word, self.mapping.words) for word in coded.dictionary.to_pylist()]
        meaning = [Quality.UNCERTAIN if quality is None else quality for quality in known] + [Quality.GOOD]
        codes: Index = np.array(coded.indices.fill_null(len(known)), np.int64)
        return np.array(meaning, np.uint8)[codes]

    def _to_si(
        self, table: pa.RecordBatch, sources: list[Source | None], groups: Index, values: NDArray[np.float64]
    ) -> tuple[Any, NDArray[np.bool_], NDArray[np.float64]]:
        """Unit of a row, whether it converts [N], values in SI [N]; a row's own unit wins over the mapping's."""
        own = self.mapping.long.unit if self.mapping.long else None
        coded = _text(table.column(own)).dictionary_encode() if own else None
        units = [None] if coded is None else [*coded.dictionary.to_pylist(), None]
        unit_code = (
            np.zeros(len(groups), np.int64) if coded is None else np.array(coded.indices.fill_null(len(units) - 1))
        )
        pair = groups * len(units) + unit_code
        factor, offset = np.full(len(groups), np.nan), np.zeros(len(groups))
        for key in np.unique(pair[groups >= 0]):
            source, unit = sources[key // len(units)], units[key % len(units)]
            found = self._conversion(source, unit) if source else None
            if found:
                here = pair == key
                factor[here], offset[here] = found.factor, found.offset

        def unit_of(row: int) -> str:
            source = sources[groups[row]] if groups[row] >= 0 else None
            return units[unit_code[row]] or (source.unit if source else "")

        return unit_of, np.isfinite(factor), values * factor + offset

    def _conversion(self, source: Source, unit: str | None) -> Conversion | None:
        try:
            return conversion(unit or source.unit, self.si[source.tag])
        except UnitError:
            return None


def _always(unit: str) -> Callable[[int], str]:
    return lambda _row: unit


def _chosen(table: pa.RecordBatch, where: Mapping[str, str]) -> Index:
    """Rows whose columns hold the constants of a filter."""
    keep = np.ones(len(table), bool)
    for name, constant in where.items():
        keep &= np.array(pc.equal(_text(table.column(name)), constant).fill_null(False))
    return np.flatnonzero(keep)


def _text(column: pa.Array) -> pa.Array:
    return column.cast(pa.string())
