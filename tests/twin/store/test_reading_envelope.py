import numpy as np
import pytest

from twin.store import reading_rows, readings
from twin.store.reading_envelope import envelope

COUNT = 5000


@pytest.fixture
def session(context):
    """A sine with one spike up and one down; signal 1."""
    values = np.sin(np.arange(COUNT) / 100.0)
    values[1234], values[4000] = 50.0, -50.0
    with context.sessions() as opened:
        readings.begin_writing(opened, "p", 1)
        zeros = np.zeros(COUNT, np.uint8)
        reading_rows.store(opened, np.ones(COUNT, np.int32), np.arange(COUNT) * 10, values, zeros, 1)
        opened.commit()
        yield opened


def test_short_course_comes_back_whole(session):
    times, values, thinned = envelope(session, 1, 0, 1000, 200, None)
    assert times.tolist() == list(range(0, 1000, 10))
    assert values == pytest.approx(np.sin(np.arange(100) / 100.0))
    assert not thinned


def test_long_course_keeps_its_spikes_at_their_time(session):
    times, values, thinned = envelope(session, 1, 0, COUNT * 10, 200, None)
    assert thinned
    assert 150 <= len(times) <= 200
    assert (np.diff(times) >= 0).all()
    width = COUNT * 10 / 100
    for extreme, at in ((50.0, 12_340), (-50.0, 40_000)):
        (found,) = np.flatnonzero(values == extreme)
        assert abs(times[found] - at) <= width


def test_corrected_and_bad_readings_do_not_show(session):
    readings.begin_writing(session, "p", 2)
    readings.add_version(session, 1, 12_340, 0.5, 0, 2)
    readings.add_version(session, 1, 40_000, -50.0, 2, 2)
    session.commit()
    _times, values, _thinned = envelope(session, 1, 0, COUNT * 10, 200, None)
    assert np.abs(values).max() <= 1.0
    _times, before, _thinned = envelope(session, 1, 0, COUNT * 10, 200, 1)
    assert before.max() == 50.0


def test_nothing_is_empty(session):
    times, values, thinned = envelope(session, 99, 0, 1000, 10, None)
    assert (len(times), len(values), thinned) == (0, 0, False)
