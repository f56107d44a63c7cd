from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from twin.errors import InvalidInput, NotFound
from twin.services import plants, quarantine, readings

PLANT = """
plant: p
sensors:
  - {tag: PT, unit: bar}
  - {tag: TT, unit: degC}
"""
START = datetime(2024, 1, 1, tzinfo=UTC)
START_US = 1_704_067_200_000_000


@pytest.fixture
def plant(context):
    plants.create(context, PLANT, author="ada", reason="test")
    return context


def row(second, value, tag="PT", **more):
    return {"tag": tag, "time": START + timedelta(seconds=second), "value": value, **more}


def test_writing_twice_changes_nothing_and_bad_rows_are_put_aside(plant):
    rows = [row(0, 1.5), row(1, 2500, unit="mbar"), row(0, 20, "TT"), row(2, 1, "XX"), row(3, "oops")]
    first, second = readings.write(plant, "p", rows), readings.write(plant, "p", rows)
    assert (first.accepted, first.duplicates, first.quarantined) == (3, 0, 2)
    assert (second.accepted, second.duplicates, second.quarantined) == (0, 3, 0)
    pressure, temperature = readings.series(plant, "p")
    assert (pressure.tag, pressure.unit) == ("PT", "kg/m/s**2")
    assert pressure.values.tolist() == pytest.approx([1.5e5, 2.5e5])
    assert temperature.values.tolist() == pytest.approx([293.15])


def test_contradiction_is_put_aside_and_correction_is_a_new_version(plant):
    readings.write(plant, "p", [row(0, 1.0)])
    known_us = readings.status(plant, "p").watermark_us
    assert readings.write(plant, "p", [row(0, 2.0)]).quarantined == 1
    readings.correct(plant, "p", "PT", START, 3.0)
    assert readings.series(plant, "p", ["PT"])[0].values.tolist() == [3e5]
    assert readings.series(plant, "p", ["PT"], watermark_us=known_us)[0].values.tolist() == [1e5]
    assert readings.status(plant, "p").readings == 1
    assert readings.write(plant, "p", [row(0, 3.0), row(0, 1.0)]).duplicates == 2


def test_correction_that_is_no_reading_is_refused(plant):
    with pytest.raises(InvalidInput, match="not after"):
        readings.correct(plant, "p", "PT", datetime.now(UTC) + timedelta(days=1), 3.0)


def test_series_of_a_part_and_thinned(plant):
    readings.write(plant, "p", [row(second, second) for second in range(500)])
    (part,) = readings.series(plant, "p", ["PT"], START_US + 10_000_000, START_US + 20_000_000)
    assert part.values.tolist() == pytest.approx((np.arange(10, 20) * 1e5).tolist())
    (thin,) = readings.series(plant, "p", ["PT"], max_points=20)
    assert thin.thinned
    assert len(thin.times_us) <= 20
    assert thin.values.max() == 499e5
    (none,) = readings.series(plant, "p", ["TT"])
    assert len(none.times_us) == 0


def test_unknown_names_are_refused(plant):
    with pytest.raises(NotFound):
        readings.series(plant, "p", ["XX"])
    with pytest.raises(NotFound):
        readings.write(plant, "q", [])
    with pytest.raises(InvalidInput):
        readings.series(plant, "p", max_points=1)


def test_status_names_what_lags_and_what_never_came(plant):
    assert readings.status(plant, "p").newest_us is None
    readings.write(plant, "p", [row(second, 1.0) for second in range(20)])
    never = readings.status(plant, "p").tags[1]
    assert (never.tag, never.time_us, never.stale) == ("TT", None, True)
    readings.write(plant, "p", [row(second, 1.0, "TT", quality="uncertain") for second in range(0, 200, 10)])
    status = readings.status(plant, "p")
    pressure, temperature = status.tags
    assert status.newest_us == START_US + 190_000_000
    assert (pressure.age_s, pressure.stale, pressure.quality) == (171.0, True, "good")
    assert (temperature.age_s, temperature.stale, temperature.quality) == (0.0, False, "uncertain")
    assert status.readings == 40


def test_time_in_the_future_goes_by_the_contexts_clock(plant):
    early = replace(plant, clock=lambda: START)
    assert readings.write(early, "p", [row(299, 1.0), row(301, 1.0)]).quarantined == 1
    assert [bad.reason for bad in quarantine.listed(plant, "p")] == ["time in the future"]
