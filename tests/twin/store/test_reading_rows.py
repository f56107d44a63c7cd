import numpy as np
import pytest

from twin.store import reading_rows, readings


@pytest.fixture
def put(context):
    """Store rows of (signal, time, value[, quality]) in one transaction of their own."""

    def run(*rows):
        signal, times, values = (np.array([row[at] for row in rows]) for at in range(3))
        quality = np.array([row[3] if len(row) > 3 else 0 for row in rows], np.uint8)
        with context.sessions.begin() as session:
            received_us = readings.begin_writing(session, "p", 10)
            return reading_rows.store(
                session, signal.astype(np.int32), times.astype(np.int64), values.astype(float), quality, received_us
            )

    return run


def fetched(context, signal_id=1, watermark=None):
    with context.sessions() as session:
        times, values, quality = reading_rows.latest_versions(
            reading_rows.fetch(session, signal_id, 0, 10**15, watermark)
        )
    return [(int(time), float(value), int(code)) for time, value, code in zip(times, values, quality, strict=True)]


def test_new_readings_come_back_in_order(context, put):
    assert put((1, 20, 2.0), (1, 10, 1.0), (2, 10, 5.0)) == (3, [])
    assert fetched(context) == [(10, 1.0, 0), (20, 2.0, 0)]


def test_known_readings_change_nothing(context, put):
    put((1, 10, 1.0))
    assert put((1, 10, 1.0), (1, 10, 1.0 + 1e-12), (1, 20, 2.0)) == (1, [])
    assert fetched(context) == [(10, 1.0, 0), (20, 2.0, 0)]


def test_contradictions_are_told_with_their_position_and_the_stored_value(context, put):
    put((1, 10, 1.0))
    new, conflicts = put((1, 30, 3.0), (1, 10, 9.0), (1, 10, 1.0, 2))
    assert new == 1
    assert [tuple(conflict) for conflict in conflicts] == [(1, 1.0), (2, 1.0)]
    assert fetched(context) == [(10, 1.0, 0), (30, 3.0, 0)]


def test_of_equal_keys_in_one_batch_the_first_wins(context, put):
    new, conflicts = put((1, 10, 1.0), (1, 10, 2.0), (1, 10, 1.0))
    assert (new, [tuple(conflict) for conflict in conflicts]) == (1, [(1, 1.0)])


def test_absent_values_are_kept_as_absent(context, put):
    nan = float("nan")
    assert put((1, 10, nan, 2), (1, 20, 2.0)) == (2, [])
    assert put((1, 10, nan, 2), (1, 20, 2.0)) == (0, [])
    assert [tuple(item) for item in put((1, 10, 5.0))[1]] == [(0, None)]
    (first, second) = fetched(context)
    assert np.isnan(first[1])
    assert second == (20, 2.0, 0)


def test_nothing_is_nothing(put, context):
    with context.sessions.begin() as session:
        none = np.empty(0)
        stored = reading_rows.store(
            session, none.astype(np.int32), none.astype(np.int64), none, none.astype(np.uint8), 1
        )
    assert stored == (0, [])
    assert fetched(context) == []
