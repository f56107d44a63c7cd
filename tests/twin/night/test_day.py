from datetime import date

import pytest

from twin.night.day import edges_us

HOUR_US = 3_600_000_000


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 1, 15), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
    ids=["winter", "summer time begins", "summer time ends"],
)
def test_a_berlin_day_has_the_hours_of_its_clock(day, hours):
    start, end = edges_us(day, "Europe/Berlin")
    assert (end - start) / HOUR_US == hours


def test_a_day_begins_at_local_midnight():
    # 2026-01-15 00:00 in Berlin is 2026-01-14 23:00 UTC, 20,467 days and 23 hours after 1970.
    assert edges_us(date(2026, 1, 15), "Europe/Berlin")[0] == (20_467 * 24 + 23) * HOUR_US
