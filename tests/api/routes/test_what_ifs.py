"""What-ifs over HTTP: asked well they wait for a runner, asked badly they are refused with every fault."""

from __future__ import annotations

from typing import Any

import pytest

from api.schemas.base import Page
from api.schemas.plants import PlantView
from api.schemas.scenarios import OutcomeSummary, OutcomeView, TargetList
from tests.api.conftest import Program
from tests.twin.bottles import TEXT as LINE
from twin.records.scenario import Change, ChangeKind, Outcome, Scenario
from twin.services import dispatch, scenarios
from twin.store import outcomes

LOSE_MORE = {"kind": "parameter", "target": "wall.conductance_w_per_k", "factor": 2.0}
QUESTION: dict[str, Any] = {"name": "worse wall", "changes": [LOSE_MORE], "horizon_s": 3600.0, "start": "nominal"}
CHANGE = Change(ChangeKind.PARAMETER, "wall.conductance_w_per_k", factor=2.0)
SPREAD = {"median": 1.0, "low": 0.5, "high": float("nan")}
CLEAR = {**SPREAD, "mean": 1.0, "mean_low": 0.9, "mean_high": 1.1, "separated": True, "worlds_needed": None}
ANSWER = Outcome(
    Scenario("oven", "worse wall", (CHANGE,), 3600.0),
    ({"name": "TT-1 mean", "unit": "K", "baseline": SPREAD, "scenario": SPREAD, "difference": CLEAR},),
    {"TT-1": {"unit": "K", "times_s": [0.0], "baseline": {"p50": [float("nan")]}, "scenario": {"p50": [1.0]}}},
    (),
    "cooler",
    {"inside": True, "reasons": []},
    {"digest": "d"},
    "outcome-1",
    1000,
)


@pytest.fixture(autouse=True)
def _handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)


def test_a_question_waits_for_a_runner(oven: Program) -> None:
    answer = oven.post("plants/oven/what-ifs", json=QUESTION)
    assert (answer.status_code, answer.json()["kind"]) == (202, "whatif")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"changes": [{**LOSE_MORE, "target": "wall.colour"}]}, "changes[0].target"),
        ({"changes": [{**LOSE_MORE, "value": 1.0}]}, "changes.0"),
        ({"horizon_s": -1}, "horizon_s"),
        ({"start": "yesterday"}, "start"),
        ({"sample_s": 7200.0}, "sample_s"),
        ({"worlds": 1}, "worlds"),
        ({"horizont_s": 1}, "horizont_s"),
    ],
    ids=["no such thing", "value and factor", "backwards", "no time", "one sample", "one world", "wrong key"],
)
def test_a_question_without_sense_is_refused_and_not_queued(oven: Program, change: dict[str, Any], where: str) -> None:
    answer = oven.post("plants/oven/what-ifs", json={**QUESTION, **change})
    assert answer.status_code == 422
    assert where in [fault["where"] for fault in answer.json()["faults"]]
    assert oven.get("jobs").json()["items"] == []


def test_what_can_be_changed_is_listed_with_its_unit(oven: Program) -> None:
    targets = TargetList.model_validate_json(oven.get("plants/oven/what-ifs/targets").content).items
    found = {target.target: target for target in targets}
    assert found["wall.conductance_w_per_k"].unit == "W/K"


def test_an_answer_is_kept_listed_and_told_whole(oven: Program) -> None:
    with oven.context.sessions.begin() as session:
        outcomes.save(session, ANSWER)
    page = Page[OutcomeSummary].model_validate_json(oven.get("plants/oven/what-ifs").content)
    assert [(item.id, item.verdict) for item in page.items] == [("outcome-1", "cooler")]
    view = OutcomeView.model_validate_json(oven.get("plants/oven/what-ifs/outcome-1").content)
    assert (view.scenario.changes[0].factor, view.kpis[0].difference.separated) == (2.0, True)
    assert view.kpis[0].baseline.high is None
    assert view.series["TT-1"]["baseline"] == {"p50": [None]}
    assert oven.post("plants/oven/what-ifs/outcome-1/replay").status_code == 202


@pytest.mark.parametrize("path", ["plants/oven/what-ifs/outcome-0", "plants/kiln/what-ifs/targets"])
def test_what_never_was_is_not_found(oven: Program, path: str) -> None:
    assert oven.get(path).status_code == 404
    assert oven.post("plants/oven/what-ifs/outcome-0/replay").status_code == 404


def test_a_line_is_asked_and_answered_over_http(oven: Program) -> None:
    sent = oven.post("plants", content=LINE, headers={"Content-Type": "application/yaml"})
    assert sent.status_code == 201
    plant = PlantView.model_validate_json(oven.get("plants/bottles").content)
    assert plant.line == [asset.id for asset in plant.assets]
    assert ("line/buffer.out", "line/capper.in") in plant.links  # written the other way round in the file
    assert plant.assets[1].settings == {"cycle_s": 10.0}
    change = {"kind": "setting", "target": "line/capper.cycle_s", "factor": 0.5}
    question = {"name": "faster", "changes": [change], "horizon_s": 3600.0, "start": "nominal", "worlds": 4}
    assert oven.post("plants/bottles/what-ifs", json=question).status_code == 202
    wrong = {**question, "changes": [{**change, "factor": -1.0}]}
    assert oven.post("plants/bottles/what-ifs", json=wrong).json()["faults"][0]["where"] == "changes[0].value"
    asked = Change(ChangeKind.SETTING, "line/capper.cycle_s", factor=0.5)
    saved = scenarios.run(oven.context, Scenario("bottles", "faster", (asked,), 3600.0, 4, 0, "nominal"))
    view = OutcomeView.model_validate_json(oven.get(f"plants/bottles/what-ifs/{saved.id}").content)
    assert view.line is not None
    assert [part.asset for part in view.line.scenario.parts] == ["line/filler", "line/capper", "line/packer"]
    assert view.line.baseline.gains[0].asset == "line/capper"
    throughput = view.kpis[0]
    assert throughput.display is not None
    assert throughput.display.unit == "1/h"
    assert throughput.baseline.mean is not None
