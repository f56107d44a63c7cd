import pyarrow as pa
import pytest

from twin.ingest.mapping_file import load
from twin.ingest.rows import RowReader
from twin.records.batch import Reason
from twin.records.reading import Quality

NOW_US = 1_800_000_000_000_000


def read(mapping, table, si_units=None, state=None):
    reader = RowReader(
        load(mapping), si_units or {}, site_zone="UTC", now_us=NOW_US, state={} if state is None else state
    )
    return reader.read(pa.RecordBatch.from_pydict(table), 1)


def readings(batch):
    """(tag, seconds since 1970, value) of every reading."""
    rows = zip(batch.tag_index, batch.times_us, batch.values, strict=True)
    return [(batch.tags[index], time / 1e6, pytest.approx(value)) for index, time, value in rows]


WIDE = "time: {column: t, epoch: s}\ncolumns:\n  p: {tag: PT, unit: bar}\n  q: {tag: TT, unit: degC}\n"
LONG = """
layout: long
time: {column: t, epoch: s}
long: {tag: name, value: value, unit: unit, quality: state}
tags:
  H.PT: {tag: PT, unit: bar}
  H.FT: {tag: FT, unit: L/min}
"""


def test_wide_rows_in_si():
    batch = read(WIDE, {"t": ["1", "2"], "p": ["1.5", ""], "q": ["20", "Bad"]})
    assert readings(batch)[:2] == [("PT", 1.0, 1.5e5), ("TT", 1.0, 293.15)]
    assert batch.quality.tolist() == [Quality.GOOD, Quality.GOOD, Quality.BAD]
    assert batch.rows.tolist() == [1, 1, 2]


def test_quality_columns_of_the_row_and_of_one_tag():
    mapping = WIDE.replace("unit: degC}", "unit: degC, quality: tq}") + "quality: {column: rq}\n"
    table = {
        "t": ["1", "2", "3"],
        "p": ["1"] * 3,
        "q": ["2"] * 3,
        "rq": ["192", "0", None],
        "tq": ["Good", "Bad", "???"],
    }
    batch = read(mapping, table)
    good, uncertain, bad = Quality.GOOD, Quality.UNCERTAIN, Quality.BAD
    assert batch.quality.tolist() == [good, bad, good, good, bad, uncertain]


def test_stretches_take_their_rows_columns_and_times():
    mapping = """
time: {column: t, elapsed: s}
stretches:
  train: {where: {split: train}, origin: 2020-01-01T00:00:00Z, columns: {u: {tag: U, unit: V}}}
  test: {where: {split: test}, origin: 2020-01-02T00:00:00Z, columns: {v: {tag: U, unit: V}}}
"""
    state = {}
    table = {"split": ["train", "test", "other"], "t": [0.0, 0.0, 0.0], "u": [1.0, 2.0, 3.0], "v": [4.0, 5.0, 6.0]}
    batch = read(mapping, table, state=state)
    start_s = 1_577_836_800.0  # day 18,262 after 1970
    assert readings(batch) == [("U", start_s, 1.0), ("U", start_s + 86_400, 5.0)]
    assert set(state["extents"]) == {"train", "test"}


def test_long_rows_with_units_of_their_own():
    table = {
        "t": ["1"] * 5, "name": ["H.PT", "H.PT", "H.FT", "H.XX", "H.FT"], "value": ["1", "2", "60", "5", "7"],
        "unit": ["bar", "kPa", None, "bar", "kg"], "state": ["192", "64", "192", "192", "192"],
    }  # fmt: skip
    batch = read(LONG, table)
    assert readings(batch) == [("PT", 1.0, 1e5), ("PT", 1.0, 2e3), ("FT", 1.0, 1e-3)]
    assert batch.quality.tolist() == [Quality.GOOD, Quality.UNCERTAIN, Quality.GOOD]
    assert [(bad.tag, bad.reason, bad.unit) for bad in batch.rejected] == [
        ("H.XX", Reason.UNKNOWN_TAG, "bar"), ("FT", Reason.WRONG_UNIT, "kg"),
    ]  # fmt: skip


def test_other_tags_of_a_long_log_may_be_passed_over():
    table = {"t": ["1"], "name": ["H.XX"], "value": ["5"], "unit": [None], "state": [None]}
    assert read(LONG + "other_tags: ignore\n", table).rejected == ()


def test_the_plants_unit_decides_what_g_means():
    mapping = "time: {column: t, epoch: s}\ncolumns: {a: {tag: VT, unit: g}}\n"
    batch = read(mapping, {"t": ["1"], "a": ["2"]}, {"VT": "m/s**2"})
    assert readings(batch) == [("VT", 1.0, 2 * 9.80665)]  # standard gravity, ISO 80000-3
