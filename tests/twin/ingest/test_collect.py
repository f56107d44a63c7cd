import numpy as np
import pyarrow as pa

from twin.ingest.collect import Collector
from twin.ingest.mapping import CsvRule, Stretch, TimeRule
from twin.ingest.numbers import read_cells
from twin.ingest.row_clock import UNPARSABLE, RowClock
from twin.records.batch import Reason
from twin.records.reading import Quality


def collected(texts, codes, state=None, quality=None):
    state = {} if state is None else state
    raw = pa.array(texts)
    count = len(texts)
    collector = Collector(("PT",), state)
    clock = RowClock(TimeRule(column="t"), CsvRule(), "UTC", 0, {})
    times = np.arange(count) * 10
    column = pa.array([str(time) for time in times])
    collector.at(Stretch("s"), np.arange(count) + 1, times, np.array(codes, np.uint8), column, clock)
    cells = read_cells(raw, decimal=".", thousands="", missing=("",), words={})
    collector.add(cells, cells.values * 2, quality, np.zeros(count, np.int32), raw, lambda _row: "bar")
    return collector.batch()


def test_good_rows_are_kept_and_bad_ones_put_aside_with_their_text():
    batch = collected(["1", "x", "nan", "4", ""], [0, 0, 0, UNPARSABLE, UNPARSABLE])
    assert batch.values.tolist() == [2.0]
    assert [(bad.row, bad.value, bad.reason) for bad in batch.rejected] == [
        (2, "x", Reason.UNPARSABLE_VALUE), (3, "nan", Reason.NOT_A_NUMBER), (4, "4", Reason.UNPARSABLE_TIME),
    ]  # fmt: skip
    assert batch.rejected[0].time_us == 10
    assert batch.rejected[2].time_us is None


def test_the_worse_of_two_qualities_holds():
    batch = collected(["1", "Bad"], [0, 0], quality=np.array([1, 0], np.uint8))
    assert batch.quality.tolist() == [Quality.UNCERTAIN, Quality.BAD]


def test_extent_grows_from_piece_to_piece():
    state = {}
    collected(["1", "2"], [0, 0], state)
    collected(["1", "2", "3"], [0, 0, 0], state)
    assert state["extents"] == {"s": [0, 20, 5]}


def test_nothing_is_an_empty_batch():
    assert len(collected([], [])) == 0
