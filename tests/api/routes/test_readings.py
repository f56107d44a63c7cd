"""Readings over HTTP: taken once, shown in SI, bad ones kept aside with the reason."""

from __future__ import annotations

import pytest

from api.routes.readings import split
from api.schemas.readings import IngestView, SeriesList
from api.schemas.status import StatusView
from tests.api.conftest import Program

GOOD = {"tag": "TT-1", "time": "2026-03-02T14:10:00Z", "value": 61.5}


def test_a_reading_comes_in_once_and_back_in_si(oven: Program) -> None:
    body = {"readings": [GOOD, {**GOOD, "time": "2026-03-02T15:11:00+01:00", "value": 335.0, "unit": "K"}]}
    first = IngestView.model_validate_json(oven.post("plants/oven/readings", json=body).content)
    again = IngestView.model_validate_json(oven.post("plants/oven/readings", json=body).content)
    assert (first.accepted, again.accepted, again.duplicates) == (2, 0, 2)
    series = SeriesList.model_validate_json(oven.get("plants/oven/readings?tags=TT-1").content).items[0]
    assert (series.unit, series.values) == ("K", [61.5 + 273.15, 335.0])
    assert [moment.isoformat() for moment in series.times][1] == "2026-03-02T14:11:00+00:00"


def test_bad_readings_wait_aside_and_good_ones_come_in(oven: Program) -> None:
    bad = [{**GOOD, "tag": "TT-9"}, {**GOOD, "unit": "bar"}, {**GOOD, "time": "2126-01-01T00:00:00Z"}]
    answer = oven.post("plants/oven/readings", json={"readings": [GOOD, *bad]})
    assert answer.json() == {"accepted": 1, "duplicates": 0, "quarantined": 3}
    reasons = {row["reason"] for row in oven.get("plants/oven/quarantine").json()["items"]}
    assert reasons == {"unknown tag", "wrong unit", "time in the future"}


@pytest.mark.parametrize(
    "body",
    [{"readings": []}, {"readings": [{**GOOD, "time": "2026-03-02T14:10:00"}]}, {"reading": [GOOD]}, []],
    ids=["none", "no zone", "wrong key", "no object"],
)
def test_a_body_of_another_form_is_refused(oven: Program, body: object) -> None:
    answer = oven.post("plants/oven/readings", json=body)
    assert (answer.status_code, bool(answer.json()["faults"])) == (422, True)
    assert oven.get("plants/oven/readings").json()["items"] == []


def test_a_plant_that_is_not_there_takes_nothing(oven: Program) -> None:
    assert oven.post("plants/kiln/readings", json={"readings": [GOOD]}).status_code == 404


def test_the_status_tells_each_tags_newest_value(oven: Program) -> None:
    oven.post("plants/oven/readings", json={"readings": [GOOD]})
    status = StatusView.model_validate_json(oven.get("plants/oven/status").content)
    assert (status.readings, status.tags[0].value, status.tags[0].stale) == (1, 61.5 + 273.15, False)


def test_tags_are_listed_with_commas_or_one_by_one() -> None:
    assert split(["a,b", "c"]) == ["a", "b", "c"]
    assert split(None) is None
