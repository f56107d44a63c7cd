from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from twin.store import reading_rows, readings


@pytest.fixture
def session(context):
    with context.sessions() as opened:
        yield opened


def put(session, plant, tag, rows, now_us):
    received_us = readings.begin_writing(session, plant, now_us)
    signal_id = readings.signal_ids(session, plant, {tag: "Pa"})[tag]
    times, values = (np.array(column) for column in zip(*rows, strict=True))
    count = len(rows)
    reading_rows.store(
        session,
        np.full(count, signal_id, np.int32),
        times,
        values.astype(float),
        np.zeros(count, np.uint8),
        received_us,
    )
    session.commit()
    return received_us, signal_id


def values(session, watermark=None):
    (found,) = readings.series(session, "p", ["PT"], 0, 1000, watermark=watermark)
    return dict(zip(found.times_us.tolist(), found.values.tolist(), strict=True))


def test_received_times_rise_even_if_the_clock_does_not(session):
    first = readings.begin_writing(session, "p", 100)
    second = readings.begin_writing(session, "p", 50)
    assert (first, second) == (100, 101)
    assert readings.watermark_us(session, "p") == 101
    assert readings.watermark_us(session, "other") == 0


def test_correction_is_a_new_version_and_a_watermark_pins_the_old(session):
    before, signal_id = put(session, "p", "PT", [(10, 1.0), (20, 2.0)], 100)
    received_us = readings.begin_writing(session, "p", 200)
    assert readings.add_version(session, signal_id, 10, 7.0, 0, received_us) == 2
    session.commit()
    assert values(session) == {10: 7.0, 20: 2.0}
    assert values(session, before) == {10: 1.0, 20: 2.0}
    assert values(session, before - 1) == {}


def test_first_version_where_nothing_was(session):
    _received, signal_id = put(session, "p", "PT", [(10, 1.0)], 100)
    assert readings.add_version(session, signal_id, 30, float("nan"), 2, 200) == 1
    assert np.isnan(values(session)[30])


def test_extent_newest_and_before(session):
    _received, signal_id = put(session, "p", "PT", [(10, 1.0), (20, 2.0), (30, 3.0)], 100)
    put(session, "p", "FT", [(5, 1.0)], 100)
    assert readings.extent(session, "p") == {"PT": (10, 30), "FT": (5, 5)}
    assert readings.extent(session, "p", ["PT"]) == {"PT": (10, 30)}
    assert readings.newest(session, signal_id, 2).times_us.tolist() == [20, 30]
    assert readings.before(session, "p", ["PT"], 30)[0].times_us.tolist() == [20]
    assert [len(found) for found in readings.before(session, "p", ["PT", "XX"], 10)] == [0, 0]


def test_plants_do_not_mix(session):
    put(session, "p", "PT", [(10, 1.0)], 100)
    put(session, "q", "PT", [(10, 5.0)], 100)
    assert values(session) == {10: 1.0}


def test_count_of_readings(session):
    readings.begin_writing(session, "p", 1)
    readings.add_to_count(session, "p", 3)
    readings.add_to_count(session, "p", 0)
    assert readings.feed(session, "p") == (1, 3)


def test_writers_of_one_plant_wait_for_each_other(context):
    def write(number):
        with context.sessions() as session:
            return put(session, "p", f"T{number % 3}", [(number, 1.0)], 100)[0]

    with ThreadPoolExecutor(4) as pool:
        received = list(pool.map(write, range(12)))
    assert sorted(received) == list(range(100, 112))
