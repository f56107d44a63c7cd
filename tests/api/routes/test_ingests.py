"""Logs over HTTP: taken whole as a job, refused with every fault of the mapping."""

from __future__ import annotations

import pytest

from api.schemas.jobs import JobView
from tests.api.conftest import Program
from tests.twin.services.test_uploads import LOG, MAPPING
from twin.services import dispatch, upload_steps


@pytest.fixture(autouse=True)
def _handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)


def test_a_log_waits_for_a_runner(oven: Program) -> None:
    files = {"file": ("day.csv", LOG), "mapping": ("mapping.yaml", MAPPING)}
    answer = oven.post("plants/oven/ingests", files=files, headers={"Idempotency-Key": "day"})
    job = JobView.model_validate_json(answer.content)
    assert (answer.status_code, job.kind, job.state) == (202, "ingest", "queued")
    assert (upload_steps.folder_of(oven.context, job.id) / "log.csv").read_bytes() == LOG
    again = oven.post("plants/oven/ingests", files=files, headers={"Idempotency-Key": "day"})
    assert JobView.model_validate_json(again.content).id == job.id


@pytest.mark.parametrize(
    "files",
    [
        {"file": ("day.csv", LOG)},
        {"file": ("day.csv", LOG), "mapping": ("mapping.yaml", "columns: [")},
        {"file": ("day.csv", LOG), "mapping": ("mapping.yaml", b"\xff\xfe\xff")},
        {"file": ("day.doc", LOG), "mapping": ("mapping.yaml", MAPPING)},
    ],
    ids=["no mapping", "no YAML", "no text", "no log"],
)
def test_a_bad_upload_is_refused_and_nothing_stays(oven: Program, files: dict[str, tuple[str, bytes]]) -> None:
    answer = oven.post("plants/oven/ingests", files=files)
    assert (answer.status_code, bool(answer.json()["faults"])) == (422, True)
    assert oven.get("jobs").json()["items"] == []
    assert not (oven.context.home / "work").exists()
