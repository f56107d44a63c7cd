"""The calendar: once a local day, at the right instant on both sides of summer time, never for a plant too young."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.api.conftest import PLANT
from twin.services import dispatch, jobs, nightly, plants, readings
from twin.services.context import Context

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 15, 1, tzinfo=UTC)),
        (date(2026, 7, 15), datetime(2026, 7, 15, 0, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 0, tzinfo=UTC)),
    ],
    ids=["winter", "summer", "hour that is skipped", "hour that comes twice"],
)
def test_two_in_the_morning_in_berlin(day: date, utc: datetime) -> None:
    assert nightly.due_at(day, 2, BERLIN) == utc


def test_a_plant_waits_for_its_first_night_and_a_late_runner_catches_up() -> None:
    day, due = date(2026, 1, 15), datetime(2026, 1, 15, 1, tzinfo=UTC)
    before, after = due - timedelta(minutes=1), due + timedelta(minutes=1)
    assert not nightly.is_due(before, day, 2, BERLIN, before)
    assert nightly.is_due(after, day, 2, BERLIN, before)
    assert nightly.is_due(due + timedelta(hours=20), day, 2, BERLIN, before)
    assert not nightly.is_due(due + timedelta(hours=20), day, 2, BERLIN, after)


def test_a_night_is_submitted_once(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    evening = replace(context, clock=lambda: datetime(2026, 1, 14, 20, tzinfo=UTC))
    night = replace(context, clock=lambda: datetime(2026, 1, 15, 1, 1, tzinfo=UTC))
    plants.create(evening, PLANT, author="test", reason="")
    assert nightly.submit_due(night) == []
    readings.write(evening, "oven", [{"tag": "TT-1", "time": "2026-01-14T12:00:00Z", "value": 20.0}])
    assert nightly.submit_due(evening) == []
    assert nightly.submit_due(night) == ["nightly-oven-2026-01-15"]
    assert nightly.submit_due(night) == []
    assert [job.kind for job in jobs.find(night)] == ["nightly"]
