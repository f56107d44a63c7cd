"""Plants over HTTP: created, read as JSON and as the file, changed without losing another's change, restored."""

from __future__ import annotations

import pytest

from api.schemas.base import Page
from api.schemas.plants import DiffView, PlantSummary, PlantView, RevisionView
from api.schemas.problem import Problem
from tests.api.conftest import PLANT, YAML, Program

WARMER = PLANT.replace("prior: 5000.0", "prior: 6000.0")


def test_a_plant_file_becomes_a_plant_with_its_etag(program: Program) -> None:
    made = program.post("plants", content=PLANT, headers={**YAML, "X-Reason": "first"})
    assert made.status_code == 201
    assert made.headers["location"] == "/api/v1/plants/oven"
    found = program.get("plants/oven")
    assert found.headers["etag"] == made.headers["etag"]
    view = PlantView.model_validate_json(found.content)
    assert (view.plant, view.revision, view.reason) == ("oven", 1, "first")
    assert [asset.id for asset in view.assets] == ["oven", "wall", "hall"]
    display = view.sensors[0].display
    assert display is not None
    assert (view.sensors[0].si_unit, display.unit, display.factor, display.offset) == ("K", "degC", 1.0, -273.15)


def test_the_list_names_every_plant(oven: Program) -> None:
    page = Page[PlantSummary].model_validate_json(oven.get("plants").content)
    assert [(item.plant, item.site.time_zone) for item in page.items] == [("oven", "Europe/Berlin")]
    assert page.next_cursor is None


def test_the_file_comes_back_with_its_comments(oven: Program) -> None:
    assert oven.get("plants/oven", headers={"Accept": "application/yaml"}).text == PLANT


def test_an_unchanged_plant_is_not_sent_again(oven: Program) -> None:
    etag = oven.get("plants/oven").headers["etag"]
    assert oven.get("plants/oven", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (PLANT.replace("type: conductance", "type: conductence"), "plant.yaml:6 wall.type"),
        (PLANT.replace("unit: degC", "unit: bar"), "plant.yaml:12 TT-1.unit"),
        ("", "body"),
    ],
    ids=["unknown type", "wrong unit", "nothing"],
)
def test_a_file_with_faults_is_refused_with_the_line_and_nothing_is_kept(
    program: Program, text: str, where: str
) -> None:
    answer = program.post("plants", content=text, headers=YAML)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    faults = Problem.model_validate_json(answer.content).faults
    assert where in [fault.where for fault in faults]
    assert program.get("plants").json()["items"] == []


def test_all_faults_come_at_once(program: Program) -> None:
    text = PLANT.replace("type: conductance", "type: conductence").replace("unit: degC", "unit: bar")
    assert len(program.post("plants", content=text, headers=YAML).json()["faults"]) == 2


def test_a_name_is_given_once(oven: Program) -> None:
    assert oven.post("plants", content=PLANT, headers=YAML).status_code == 409


def test_a_stale_writer_is_refused_and_the_first_change_stays(program: Program) -> None:
    etag = program.post("plants", content=PLANT, headers=YAML).headers["etag"]
    first = program.request("PUT", "plants/oven", content=WARMER, headers={**YAML, "If-Match": etag})
    assert (first.status_code, first.json()["revision"]) == (200, 2)
    second = program.request("PUT", "plants/oven", content=PLANT + "\n", headers={**YAML, "If-Match": etag})
    assert second.status_code == 412
    assert program.get("plants/oven", headers={"Accept": "application/yaml"}).text == WARMER


def test_a_write_without_the_revision_it_saw_is_refused(oven: Program) -> None:
    answer = oven.request("PUT", "plants/oven", content=WARMER, headers=YAML)
    assert (answer.status_code, answer.json()["faults"][0]["where"]) == (422, "If-Match")


def test_revisions_are_compared_and_restored(oven: Program) -> None:
    etag = oven.get("plants/oven").headers["etag"]
    changed = oven.request("PUT", "plants/oven", content=WARMER, headers={**YAML, "If-Match": etag})
    diff = DiffView.model_validate_json(oven.get("plants/oven/diff?from=1&to=2").content)
    assert [(item.op, item.old, item.new) for item in diff.items] == [("change", 5000.0, 6000.0)]
    restored = oven.post("plants/oven/revisions/1/restore", headers={"If-Match": changed.headers["etag"]})
    assert restored.json()["revision"] == 3
    assert oven.get("plants/oven", headers={"Accept": "application/yaml"}).text == PLANT


def test_history_is_paged_newest_first(oven: Program) -> None:
    etag = oven.get("plants/oven").headers["etag"]
    oven.request("PUT", "plants/oven", content=WARMER, headers={**YAML, "If-Match": etag})
    first = Page[RevisionView].model_validate_json(oven.get("plants/oven/revisions?limit=1").content)
    assert [item.revision for item in first.items] == [2]
    second = oven.get(f"plants/oven/revisions?limit=1&cursor={first.next_cursor}").json()
    assert ([item["revision"] for item in second["items"]], second["next_cursor"]) == ([1], None)


@pytest.mark.parametrize("path", ["plants/kiln", "plants/oven?revision=7", "plants/kiln/revisions"])
def test_what_does_not_exist_is_not_found(oven: Program, path: str) -> None:
    assert oven.get(path).status_code == 404


PUMP = """\
plant: sheet
assets:
  - {id: pump, type: curve_pump, parameters: {head_curve: [[0, 20], [0.002, 16], [0.004, 4]]}}
  - {id: low, type: reservoir}
  - {id: high, type: reservoir}
  - {id: wheel, type: inertia}
connections: [[low.outlet, pump.inlet], [pump.outlet, high.outlet], [wheel.shaft, pump.shaft]]
"""


def test_a_curve_survives_the_store_and_shows_in_a_diff(program: Program) -> None:
    etag = program.post("plants", content=PUMP, headers=YAML).headers["etag"]
    changed = PUMP.replace("[0.004, 4]", "[0.0045, 0]")
    program.request("PUT", "plants/sheet", content=changed, headers={**YAML, "If-Match": etag})
    view = PlantView.model_validate_json(program.get("plants/sheet").content)
    assert view.assets[0].parameters == {"head_curve": [(0.0, 20.0), (0.002, 16.0), (0.0045, 0.0)]}
    diff = DiffView.model_validate_json(program.get("plants/sheet/diff?from=1&to=2").content)
    (change,) = diff.items
    assert (change.path, change.new[2]) == ("assets[pump].parameters.head_curve", [0.0045, 0.0])


def test_a_curve_that_turns_back_is_refused_with_its_line(program: Program) -> None:
    answer = program.post("plants", content=PUMP.replace("0.004", "0.001"), headers=YAML)
    (fault,) = Problem.model_validate_json(answer.content).faults
    assert fault.where == "plant.yaml:3 pump.head_curve[2]"
