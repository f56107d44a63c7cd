"""Robot cells over HTTP, with a stand-in for the simulation."""

from __future__ import annotations

import pytest

from api.schemas.cells import CellView
from api.schemas.jobs import JobView
from physics.cell import runner
from tests.api.conftest import YAML, Program
from tests.twin.cell_result import CELL, PLANT, stand_in
from twin.services import cells, dispatch

CELL_URL = "plants/hall/cells?asset=palletiser"


@pytest.fixture(autouse=True)
def _hall(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    stand_in(monkeypatch)
    assert oven.post("plants", content=PLANT, headers=YAML).status_code == 201


def test_a_simulation_waits_for_a_runner(oven: Program) -> None:
    answer = oven.post(CELL_URL)
    job = JobView.model_validate_json(answer.content)
    assert (answer.status_code, job.kind, job.state) == (202, "cell", "queued")


def test_a_result_is_read_and_watched(oven: Program) -> None:
    assert oven.get(CELL_URL).status_code == 409
    cells.simulate(oven.context, CELL)
    found = CellView.model_validate_json(oven.get(CELL_URL).content)
    assert found.has_film
    assert found.result["cycle"]["mean_s"] == 7.0
    film = oven.get("plants/hall/cells/film?asset=palletiser")
    assert (film.status_code, film.headers["content-type"], film.content) == (200, "image/gif", b"GIF89a")


def test_a_line_says_where_its_cycle_times_come_from(oven: Program) -> None:
    (found,) = oven.get("plants/hall/cells/standings").json()["items"]
    assert (found["asset"], found["standing"], found["kept"]) == ("palletiser", "stated", False)
    cells.adopt(oven.context, "hall", "palletiser", cells.simulate(oven.context, CELL), author="ada")
    (found,) = oven.get("plants/hall/cells/standings").json()["items"]
    assert (found["standing"], found["kept"], found["available"]) == ("measured", True, True)


@pytest.mark.parametrize("path", ["plants/kiln/cells?asset=palletiser", "plants/hall/cells?asset=boxes"])
def test_what_is_not_there_is_not_found(oven: Program, path: str) -> None:
    assert oven.get(path).status_code == 404
    assert oven.post(path).status_code == 404


def test_without_the_extra_nothing_is_queued(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "available", lambda: False)
    answer = oven.post(CELL_URL)
    assert answer.status_code == 409
    assert "pip install 'plantwin[cell]'" in answer.json()["detail"]
    assert oven.get("jobs").json()["items"] == []
