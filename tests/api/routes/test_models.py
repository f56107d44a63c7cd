"""Model versions over HTTP; what recalibration finds is tested where it is computed."""

from __future__ import annotations

import pytest

from api.schemas.base import Page
from api.schemas.jobs import JobView
from api.schemas.models import ModelSummary, ModelView
from tests.api.conftest import Program
from tests.api.schemas.test_base import model
from twin.services import dispatch, models


@pytest.fixture(autouse=True)
def _handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)


def test_versions_are_listed_and_read(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "list_models", lambda *_: (model(),))
    monkeypatch.setattr(models, "get", lambda *_: model())
    monkeypatch.setattr(models, "champion", lambda *_: model())
    page = Page[ModelSummary].model_validate_json(oven.get("plants/oven/models").content)
    assert [(item.version, item.gate.verdict) for item in page.items] == [(2, "better")]
    for which in ("2", "champion"):
        assert ModelView.model_validate_json(oven.get(f"plants/oven/models/{which}").content).version == 2


@pytest.mark.parametrize(
    ("which", "status"), [("models/1", 404), ("models/champion", 409), ("models/0", 422), ("models/x", 422)]
)
def test_before_the_first_there_is_none(oven: Program, which: str, status: int) -> None:
    assert oven.get(f"plants/oven/{which}").status_code == status
    assert oven.get("plants/oven/models").json()["items"] == []


def test_a_recalibration_waits_for_a_runner(oven: Program) -> None:
    oven.post("plants/oven/readings", json={"readings": [{"tag": "TT-1", "time": "2026-01-01T00:00:00Z", "value": 20}]})
    answer = oven.post("plants/oven/recalibrations", json={"end": "2026-01-02T00:00:00Z"})
    job = JobView.model_validate_json(answer.content)
    assert (answer.status_code, job.kind, job.state) == (202, "recalibrate", "queued")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("plants/oven/recalibrations", {}, 409),
        ("plants/kiln/recalibrations", {}, 404),
        ("plants/oven/recalibrations", {"seed": -1}, 422),
        ("plants/oven/recalibrations", {"start": "monday"}, 422),
        ("plants/oven/recalibrations", {"start": "2026-01-02T00:00:00Z", "end": "2026-01-01T00:00:00Z"}, 422),
    ],
    ids=["no log", "no plant", "no seed", "no time", "ends before it begins"],
)
def test_what_cannot_be_done_is_not_queued(oven: Program, path: str, body: dict[str, object], status: int) -> None:
    assert oven.post(path, json=body).status_code == status
    assert oven.get("jobs").json()["items"] == []
