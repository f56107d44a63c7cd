import numpy as np
import pyarrow as pa

from twin.ingest.mapping import CsvRule, Stretch, TimeRule
from twin.ingest.row_clock import AMBIGUOUS, FINE, FUTURE, UNPARSABLE, RowClock

NOW_US = 1_735_689_600_000_000  # 2025-01-01T00:00:00Z


def clock(state=None, zone="UTC", **rule):
    return RowClock(TimeRule(**rule), CsvRule(), zone, NOW_US, {} if state is None else state)


def test_equally_spaced_rows_go_on_in_the_next_piece():
    state = {}
    stretch = Stretch("a", origin_us=1000)
    first, _codes = clock(state, every_s=0.001).instants(None, stretch, 3, None)
    second, _codes = clock(state, every_s=0.001).instants(None, stretch, 2, None)
    assert [*first, *second] == [1000, 2000, 3000, 4000, 5000]


def test_shift_moves_a_stretch():
    column = pa.array(["2024-01-01T00:00:00Z"])
    plain, _codes = clock(column="t").instants(column, Stretch("a"), 1, None)
    moved, _codes = clock(column="t").instants(column, Stretch("a", shift_us=7), 1, None)
    assert moved[0] - plain[0] == 7


def test_codes_tell_what_is_wrong():
    column = pa.array(["2024-01-01T00:00:00Z", "soon", "2025-01-01T00:05:00Z", "2025-01-01T00:05:01Z"])
    _times, codes = clock(column="t").instants(column, Stretch(""), 4, None)
    assert codes.tolist() == [FINE, UNPARSABLE, FINE, FUTURE]  # five minutes of slack for the plant's clock


def test_site_zone_holds_where_the_mapping_names_none():
    column = pa.array(["2024-07-01 12:00:00"])
    utc, _codes = clock(column="t").instants(column, Stretch(""), 1, None)
    local, _codes = clock(zone="Europe/Berlin", column="t").instants(column, Stretch(""), 1, None)
    assert utc[0] - local[0] == 2 * 3_600_000_000


def test_order_of_a_long_log_is_told_per_signal():
    texts = ["2024-10-27 01:50", "2024-10-27 01:50", "2024-10-27 02:10", "2024-10-27 02:10"]
    groups = np.array([0, 1, 0, 1])
    _times, codes = clock(zone="Europe/Berlin", column="t").instants(pa.array(texts), Stretch(""), 4, groups)
    assert codes.tolist() == [FINE] * 4


def test_order_is_remembered_from_piece_to_piece():
    state = {}
    before, at = pa.array(["2024-10-27 01:50"]), pa.array(["2024-10-27 02:10"])
    clock(state, zone="Europe/Berlin", column="t").instants(before, Stretch(""), 1, None)
    assert clock(state, zone="Europe/Berlin", column="t").instants(at, Stretch(""), 1, None)[1].tolist() == [FINE]
    assert clock({}, zone="Europe/Berlin", column="t").instants(at, Stretch(""), 1, None)[1].tolist() == [AMBIGUOUS]
