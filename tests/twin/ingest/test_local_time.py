from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from twin.ingest.local_time import AMBIGUOUS, KNOWN, NONEXISTENT, to_utc
from twin.ingest.mapping import Ambiguous, Nonexistent
from twin.ingest.time_units import EPOCH

ZONE = "Europe/Berlin"
MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US
# Summer time ended in Germany on 2024-10-27 at 03:00 (back to 02:00), and began on 2024-03-31 at 02:00 (to 03:00).


def wall(*texts):
    naive = [datetime.fromisoformat(text) for text in texts]
    return np.array([(moment - EPOCH.replace(tzinfo=None)) // timedelta(microseconds=1) for moment in naive])


def utc_text(utc_us):
    return [(EPOCH + timedelta(microseconds=int(value))).strftime("%H:%M") for value in utc_us]


def convert(*texts, ambiguous=Ambiguous.ORDER, nonexistent=Nonexistent.QUARANTINE, previous_us=None, zone=ZONE):
    return to_utc(wall(*texts), zone, ambiguous=ambiguous, nonexistent=nonexistent, previous_us=previous_us)


def test_days_without_a_change_equal_zoneinfo():
    texts = ["2024-07-01 12:00", "2024-07-02 00:00"]
    utc, status = convert(*texts)
    expected = [datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(EPOCH.tzinfo) for text in texts]
    assert utc.tolist() == [(moment - EPOCH) // timedelta(microseconds=1) for moment in expected]
    assert not status.any()


def test_a_whole_year_equals_zoneinfo_outside_the_changes():
    hours = wall("2024-01-01 00:30")[0] + np.arange(0, 366 * 24, 7) * HOUR_US
    utc, status = to_utc(hours, ZONE, ambiguous=Ambiguous.FIRST, nonexistent=Nonexistent.SHIFT, previous_us=None)
    for local_us, found in zip(hours, utc, strict=True):
        moment = EPOCH.replace(tzinfo=None) + timedelta(microseconds=int(local_us))
        assert found == (moment.replace(tzinfo=ZoneInfo(ZONE)) - EPOCH) // timedelta(microseconds=1)
    assert not status.any()


def test_order_decides_a_log_that_runs_through_the_doubled_hour():
    texts = ["01:50", "02:10", "02:50", "02:10", "02:50", "03:10"]
    utc, status = convert(*[f"2024-10-27 {text}" for text in texts])
    assert utc_text(utc) == ["23:50", "00:10", "00:50", "01:10", "01:50", "02:10"]
    assert (status == KNOWN).all()


def test_order_goes_on_from_the_piece_before():
    before = wall("2024-10-27 00:50")[0]  # as UTC: 02:50 in the first pass
    utc, status = convert("2024-10-27 02:10", "2024-10-27 02:20", previous_us=before)
    assert utc_text(utc) == ["01:10", "01:20"]
    assert (status == KNOWN).all()


def test_doubled_hour_after_a_long_silence_stays_undecided():
    _utc, status = convert("2024-10-26 20:00", "2024-10-27 02:10", "2024-10-27 03:10")
    assert status.tolist() == [KNOWN, AMBIGUOUS, KNOWN]
    assert convert("2024-10-27 02:10")[1].tolist() == [AMBIGUOUS]


@pytest.mark.parametrize(("rule", "expected"), [(Ambiguous.FIRST, "00:30"), (Ambiguous.SECOND, "01:30")])
def test_rules_decide_alone(rule, expected):
    utc, status = convert("2024-10-27 02:30", ambiguous=rule)
    assert utc_text(utc) == [expected]
    assert status.tolist() == [KNOWN]


def test_quarantine_rule_never_decides():
    assert convert("2024-10-27 01:59", "2024-10-27 02:30", ambiguous=Ambiguous.QUARANTINE)[1].tolist() == [
        KNOWN,
        AMBIGUOUS,
    ]


def test_skipped_hour():
    utc, status = convert("2024-03-31 01:30", "2024-03-31 02:30", "2024-03-31 03:30")
    assert status.tolist() == [KNOWN, NONEXISTENT, KNOWN]
    assert utc_text(utc)[::2] == ["00:30", "01:30"]
    shifted, status = convert("2024-03-31 02:30", nonexistent=Nonexistent.SHIFT)
    assert utc_text(shifted) == ["01:30"]
    assert not status.any()


def test_utc_and_nothing():
    local = wall("2024-10-27 02:30")
    assert (
        to_utc(local, "UTC", ambiguous=Ambiguous.ORDER, nonexistent=Nonexistent.QUARANTINE, previous_us=None)[0]
        == local
    )
    assert len(convert()[0]) == 0
