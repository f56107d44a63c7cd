"""The calendar: once a local day, at the right instant on both sides of summer time, never for a plant too young."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.api.conftest import PLANT
from twin.errors import Fault, InvalidInput
from twin.scene.scene import Site
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
    assert nightly.due_at(day, time(2), BERLIN) == utc


def test_a_plant_waits_for_its_first_night_and_a_late_runner_catches_up() -> None:
    day, due = date(2026, 1, 15), datetime(2026, 1, 15, 1, tzinfo=UTC)
    before, after = due - timedelta(minutes=1), due + timedelta(minutes=1)
    assert not nightly.is_due(before, day, time(2), BERLIN, before)
    assert nightly.is_due(after, day, time(2), BERLIN, before)
    assert nightly.is_due(due + timedelta(hours=20), day, time(2), BERLIN, before)
    assert not nightly.is_due(due + timedelta(hours=20), day, time(2), BERLIN, after)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 1, 15, 22, 49, tzinfo=UTC), date(2026, 1, 14)),
        (datetime(2026, 1, 15, 22, 51, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 1, 15, 23, 30, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 1, 13, 22, 49, tzinfo=UTC), None),
    ],
    ids=["before the hour", "after it", "after midnight", "before the first night"],
)
def test_a_night_late_in_the_evening_is_still_due_after_midnight(now: datetime, day: date | None) -> None:
    made = datetime(2026, 1, 13, 12, tzinfo=UTC)
    assert nightly.due_day(now, time(23, 50), BERLIN, made) == day


@pytest.mark.parametrize(
    ("asked", "hour"), [("", time(2)), ("03:30", time(3, 30)), ("off", None)], ids=["installation's", "own", "none"]
)
def test_a_plant_may_have_its_own_hour(asked: str, hour: time | None) -> None:
    assert nightly.hour_of(Site("Hall 2", BERLIN, asked), 2) == hour


def test_a_plant_that_wants_no_nights_gets_none(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    monkeypatch.setattr(nightly, "is_due", lambda *_: True)
    text = PLANT.replace("time_zone: Europe/Berlin", "time_zone: Europe/Berlin, night: off")
    plants.create(context, text, author="test", reason="")
    readings.write(context, "oven", [{"tag": "TT-1", "time": "2026-01-14T12:00:00Z", "value": 20.0}])
    assert nightly.submit_due(context) == []


def test_a_plant_that_cannot_be_read_hinders_no_other(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    monkeypatch.setattr(nightly, "is_due", lambda *_: True)
    for name in ("aga", "oven"):
        plants.create(context, PLANT.replace("plant: oven", f"plant: {name}"), author="test", reason="")
        readings.write(context, name, [{"tag": "TT-1", "time": "2026-01-14T12:00:00Z", "value": 20.0}])
    sound = plants.get

    def get(context: Context, plant: str, revision: int | None = None) -> object:
        if plant == "aga":
            raise InvalidInput([Fault("aga", "a type that went", "a type that exists")])
        return sound(context, plant, revision)

    monkeypatch.setattr(plants, "get", get)
    assert [job.partition("-2")[0] for job in nightly.submit_due(context)] == ["nightly-oven"]


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
