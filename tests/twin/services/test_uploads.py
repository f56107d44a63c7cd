"""An upload is kept on disk and read by a runner; a bad one is refused at once and leaves nothing behind."""

from __future__ import annotations

import io

import pytest

from tests.api.conftest import PLANT
from twin.errors import InvalidInput, NotFound
from twin.services import dispatch, jobs, plants, upload_steps, uploads
from twin.services.context import Context, silent

LOG = b"t,temp\n2026-01-14T12:00:00Z,20.5\n2026-01-14T12:01:00Z,oops\n"
MAPPING = "time: {column: t, zone: UTC}\ncolumns:\n  temp: {tag: TT-1, unit: degC}\n"


@pytest.fixture(autouse=True)
def _oven(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    plants.create(context, PLANT, author="test", reason="")


def test_an_upload_becomes_readings_and_its_copy_goes(context: Context) -> None:
    job = uploads.accept(context, "oven", "C:/logs/day.CSV", io.BytesIO(LOG), MAPPING, author="me")
    folder = upload_steps.folder_of(context, job.id)
    assert (folder / "log.csv").read_bytes() == LOG
    state = {**job.payload, "job": job.id, "plant": "oven"}
    for _name, step in upload_steps.STEPS:
        state = step(context, state, silent)
    assert (state["result"]["accepted"], state["result"]["quarantined"]) == (1, 1)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "mapping", "where"),
    [
        ("day.xlsx", MAPPING, "file"),
        ("../../etc/passwd", MAPPING, "file"),
        ("day.csv", "columns: 7", "mapping.yaml"),
        ("day.csv", MAPPING.replace("degC", "bar"), "mapping.yaml TT-1"),
    ],
)
def test_a_bad_upload_is_refused_and_nothing_stays(context: Context, name: str, mapping: str, where: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        uploads.accept(context, "oven", name, io.BytesIO(LOG), mapping, author="me")
    assert refusal.value.faults[0].where.startswith(where)
    assert jobs.find(context) == []
    assert not (context.home / "work").exists()


def test_a_plant_that_is_not_there_takes_nothing(context: Context) -> None:
    with pytest.raises(NotFound):
        uploads.accept(context, "kiln", "day.csv", io.BytesIO(LOG), MAPPING, author="me")
