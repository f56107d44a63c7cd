from datetime import timedelta

import numpy as np
import pytest

from tests.twin.spindle import BEGIN, TEXT, log_rows
from twin.services import plants, readings, recent
from twin.store import readings as store

TAGS = ("TT-1", "SC-1")
BEGIN_US = round(BEGIN.timestamp() * 1e6)
MINUTE_US = 60_000_000


@pytest.fixture
def spindle(context):
    plants.create(context, TEXT, author="ada", reason="first")
    return context


def both(context, source, start, end, watermark=None):
    """What the kept stretch gives and what the whole read gives, between two minutes."""
    with context.sessions() as session:
        known = store.watermark_us(session, "spindle") if watermark is None else watermark
        span = (BEGIN_US + start * MINUTE_US, BEGIN_US + end * MINUTE_US)
        kept = source.series(session, "spindle", TAGS, *span, watermark=known)
        return kept, store.series(session, "spindle", TAGS, *span, watermark=known)


def same(kept, whole):
    for one, other in zip(kept, whole, strict=True):
        assert one.tag == other.tag
        np.testing.assert_array_equal(one.times_us, other.times_us)
        np.testing.assert_array_equal(one.values, other.values)
        np.testing.assert_array_equal(one.quality, other.quality)


def test_whatever_arrives_and_when_the_stretch_is_that_of_a_whole_read(spindle):
    rows, source, rng = log_rows(120), recent.Recent(spindle), np.random.default_rng(0)
    readings.write(spindle, "spindle", rows[:100])
    same(*both(spindle, source, 0, 50))
    late = list(rng.permutation(np.arange(100, len(rows))))
    for step in range(12):
        taken, late = late[:10], late[10:]
        readings.write(spindle, "spindle", [rows[at] for at in taken])
        if step % 3 == 1:
            minute = int(rng.integers(5, 50))
            readings.correct(spindle, "spindle", "TT-1", (BEGIN + timedelta(minutes=minute)).isoformat(), 90.0 + step)
        same(*both(spindle, source, step, 50 + 6 * step))


def test_a_read_of_the_past_or_from_before_the_stretch_is_a_whole_one(spindle):
    source = recent.Recent(spindle)
    readings.write(spindle, "spindle", log_rows(40))
    with spindle.sessions() as session:
        early = store.watermark_us(session, "spindle")
    same(*both(spindle, source, 10, 30))
    readings.correct(spindle, "spindle", "TT-1", (BEGIN + timedelta(minutes=20)).isoformat(), 99.0)
    same(*both(spindle, source, 10, 40))
    same(*both(spindle, source, 10, 40, watermark=early))
    same(*both(spindle, source, 0, 40))


def test_only_what_is_new_is_fetched(spindle, monkeypatch):
    rows, fetched = log_rows(60), []
    source, whole = recent.of(spindle), store.series
    assert recent.of(spindle) is source
    readings.write(spindle, "spindle", rows[:80])
    both(spindle, source, 0, 40)
    monkeypatch.setattr(store, "series", lambda *given, **pinned: fetched.append(given[3:5]) or whole(*given, **pinned))
    readings.write(spindle, "spindle", rows[80:82])
    readings.correct(spindle, "spindle", "TT-1", (BEGIN + timedelta(minutes=7)).isoformat(), 99.0)
    with spindle.sessions() as session:
        known = store.watermark_us(session, "spindle")
        source.series(session, "spindle", TAGS, BEGIN_US, BEGIN_US + 41 * MINUTE_US, watermark=known)
    seven = BEGIN_US + 7 * MINUTE_US
    assert fetched == [(seven, seven + 1), (BEGIN_US + 40 * MINUTE_US, BEGIN_US + 41 * MINUTE_US)]
