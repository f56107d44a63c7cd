import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from examples.skab.records import COLUMNS, HEALTHY, experiments

BEGIN = np.datetime64("2020-03-01T00:00:00", "us")
LONG, SHORT = 1300, 600


def rows(group, file, count, odd):
    seconds = np.delete(np.arange(count + 1), 10)  # second 10 was not logged
    anomaly = np.isin(np.arange(count), odd).astype(np.int8)
    head = {"group": [group] * count, "file": [file] * count, "datetime": BEGIN + seconds * np.timedelta64(1, "s")}
    return {**head, **{name: np.arange(count, dtype=float) for name in COLUMNS}, "anomaly": anomaly,
            "changepoint": np.diff(anomaly, prepend=0).clip(0)}  # fmt: skip


@pytest.fixture
def found(tmp_path):
    parts = [
        rows(HEALTHY, "anomaly-free.csv", LONG, []),
        rows("other", "2.csv", SHORT, range(104, 500)),
        rows("valve1", "0.csv", SHORT, range(450, 500)),
    ]
    names = parts[0].keys()
    pq.write_table(
        pa.table({name: np.concatenate([part[name] for part in parts]) for name in names}), tmp_path / "skab.parquet"
    )
    return experiments(tmp_path / "skab.parquet", {HEALTHY: 0, "other-2": 9_000_000_000, "valve1-0": 5_000_000_000})


def test_experiments_come_in_order_of_time_with_the_healthy_record_cut(found):
    assert [one.name for one in found] == [f"{HEALTHY}-0", f"{HEALTHY}-600", "valve1-0", "other-2"]
    assert [one.labelled for one in found] == [False, False, True, True]
    assert {len(one.anomaly) for one in found} == {SHORT}


def test_teaching_ends_before_the_first_anomaly_and_never_later_than_row_400(found):
    assert [one.teaching for one in found] == [400, 400, 400, 104]
    for one in found:
        assert not one.anomaly[: one.teaching].any()
        assert one.scored == 400


def test_rows_keep_their_place_when_a_second_is_missing(found):
    valve = found[2]
    np.testing.assert_array_equal(valve.rows[[0, 9, 10]], [0, 9, 11])
    first, taught, end = valve.instants()
    assert first == "1970-01-01T01:23:20.000000Z"
    assert taught == "1970-01-01T01:30:01.000000Z"
    assert end == "1970-01-01T01:33:21.000000Z"
