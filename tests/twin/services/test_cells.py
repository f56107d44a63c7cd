"""Keeping and using a cell's result; the simulation itself is tested in tests/physics/cell."""

from __future__ import annotations

import copy
import json

import pytest
from ruamel.yaml import YAML

from physics.cell import runner
from physics.network.faults import PlantFault
from tests.twin.cell_result import CELL, PLANT, TIMES_S, result, stand_in
from twin.errors import Cancelled, InvalidInput, NotFound, NotReady, TwinError
from twin.records.job import JobState
from twin.records.scenario import Scenario
from twin.services import cells, dispatch, jobs, orders, plants, scenarios
from twin.services.job_steps import finish, run_step


def test_a_cell_is_simulated_once_and_kept_by_what_it_says(context, monkeypatch):
    asked = stand_in(monkeypatch)
    first = cells.simulate(context, CELL)
    again = cells.simulate(context, copy.deepcopy(CELL))
    assert (len(asked), first.id) == (1, again.id)
    assert first.result["cycle"]["values_s"] == TIMES_S
    assert first.film is not None
    assert first.film.read_bytes() == b"GIF89a"
    assert sorted(path.name for path in first.film.parent.iterdir()) == [
        "film.gif", "provenance.json", "result.json", "spec.json",
    ]  # fmt: skip
    other = cells.simulate(context, {**CELL, "seed": 8})
    assert other.id != first.id
    assert {cell.id for cell in cells.find(context)} == {first.id, other.id}
    assert cells.get(context, first.id[:10]).result == first.result


@pytest.mark.parametrize("name", ["", "0000", "../.."])
def test_a_cell_that_is_not_there(context, name):
    with pytest.raises(NotFound):
        cells.get(context, name)


def test_a_broken_description_never_reaches_the_simulation(context, monkeypatch):
    asked = stand_in(monkeypatch)
    with pytest.raises(InvalidInput) as refused:
        cells.simulate(context, {**CELL, "worlds": 0, "seed": -1})
    assert [fault.where for fault in refused.value.faults] == ["cell.worlds", "cell.seed"]
    assert asked == []


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (runner.NoGenesis(runner.HOW_TO_GET), NotReady),
        (runner.CellRefused((PlantFault("cell.arm", "a", "b"),)), InvalidInput),
        (runner.CellBroke("ended by signal 9"), TwinError),
    ],
)
def test_what_the_process_says_becomes_an_error_of_ours(context, monkeypatch, raised, expected):
    def simulate(*_):
        raise raised

    monkeypatch.setattr(runner, "simulate", simulate)
    with pytest.raises(expected, match=str(raised.args[0])[:8].replace("(", "") or None):
        cells.simulate(context, CELL)
    assert cells.find(context) == []


def test_a_line_takes_the_times_as_a_new_revision(context, monkeypatch):
    stand_in(monkeypatch)
    plants.create(context, PLANT, author="ada", reason="")
    with pytest.raises(NotReady, match="twin cell run hall palletiser"):
        cells.latest(context, "hall", "palletiser")
    cell = cells.simulate(context, cells.of_asset(context, "hall", "palletiser"))
    assert cells.adopt(context, "hall", "palletiser", cell, author="ada").revision == 2
    scene, revision = plants.get(context, "hall")
    settings = scene.asset("palletiser").settings
    assert settings["cycle_s"] == {"sequence": {"turns_s": [[value] for value in TIMES_S]}}
    assert (settings["working_w"], settings["idle_w"]) == (103.0, 90.0)
    assert cell.id[:12] in revision.reason
    assert cells.latest(context, "hall", "palletiser").id == cell.id
    assert cells.adopt(context, "hall", "palletiser", cell, author="ada").revision == 2


def test_an_item_of_several_boxes_takes_their_cycles_in_a_row(context, monkeypatch):
    stand_in(monkeypatch)
    document = json.loads(PLANT)
    document["assets"][1]["settings"]["box_count"] = 3
    plants.create(context, json.dumps(document), author="ada", reason="")
    cells.adopt(context, "hall", "palletiser", cells.simulate(context, CELL), author="ada")
    settings = plants.get(context, "hall")[0].asset("palletiser").settings
    assert settings["cycle_s"] == {"empirical": {"values_s": [sum(TIMES_S)]}}


def test_a_plant_says_what_its_times_were_measured_by_until_the_description_changes(context, monkeypatch):
    stand_in(monkeypatch)
    plants.create(context, PLANT, author="ada", reason="")
    (before,) = cells.standings(context, "hall")
    assert (before.standing, before.kept) == ("stated", False)
    cell = cells.simulate(context, CELL)
    cells.adopt(context, "hall", "palletiser", cell, author="ada")
    (found,) = cells.standings(context, "hall")
    assert (found.standing, found.kept) == ("measured", True)
    assert cell.id[:12] in found.told
    asked = Scenario("hall", "as it is", (), 3600.0, 4, 0, "nominal", 600.0)
    assert found.told in scenarios.run(context, asked).line["how"]
    _change(context, lambda settings: settings["cell"].update(seed=8))
    (stale,) = cells.standings(context, "hall")
    assert (stale.standing, stale.kept) == ("stale", False)
    assert "twin cell run hall palletiser" in stale.told
    with pytest.raises(NotReady, match="twin cell run hall palletiser"):
        cells.latest(context, "hall", "palletiser")


def test_times_changed_by_hand_are_called_so(context, monkeypatch):
    stand_in(monkeypatch)
    plants.create(context, PLANT, author="ada", reason="")
    cells.adopt(context, "hall", "palletiser", cells.simulate(context, CELL), author="ada")
    _change(context, lambda settings: settings.update(cycle_s=5.0))
    assert cells.standings(context, "hall")[0].standing == "changed"


def test_a_result_of_another_home_is_shown_where_the_extra_is_missing(context, monkeypatch, tmp_path):
    stand_in(monkeypatch)
    made = cells.simulate(context, CELL)
    elsewhere = tmp_path / "carried"
    made.film.parent.replace(elsewhere)
    (elsewhere / "notes").mkdir()
    monkeypatch.setattr(runner, "available", lambda: False)
    monkeypatch.setattr(runner, "code_digest", lambda: "a newer one")
    assert cells.find(context) == []
    assert cells.bring(context, elsewhere).id == made.id
    assert cells.get(context, made.id).result == made.result
    assert cells.get(context, made.id).film.read_bytes() == (elsewhere / "film.gif").read_bytes()
    (elsewhere / "spec.json").write_text("{}")
    with pytest.raises(InvalidInput):
        cells.bring(context, elsewhere)
    (elsewhere / "provenance.json").write_text('{"code": 7}')
    with pytest.raises(InvalidInput, match="cells/"):
        cells.bring(context, elsewhere)
    with pytest.raises(InvalidInput, match="cells/"):
        cells.bring(context, tmp_path / "nothing")


def _change(context, change):
    text, revision = plants.text(context, "hall")
    document = YAML(typ="safe").load(text)
    change(document["assets"][1]["settings"])
    plants.update(context, "hall", json.dumps(document), etag=revision.etag, author="ada", reason="by hand")


def test_the_physics_draws_what_the_cell_drew(context, monkeypatch):
    stand_in(monkeypatch)
    document = json.loads(PLANT)
    document["assets"] += [{"id": "losses", "type": "heater"}, {"id": "hall", "type": "ambient"}]
    document["connections"] += [["losses.heat", "hall.heat"]]
    document["couplings"] = [{"kind": "work", "part": "palletiser", "quantity": "losses.power_w", "working": 1.0}]
    plants.create(context, json.dumps(document), author="ada", reason="")
    cells.adopt(context, "hall", "palletiser", cells.simulate(context, CELL), author="ada")
    (coupling,) = plants.get(context, "hall")[0].couplings
    assert coupling.numbers == {"working": 103.0, "idle": 90.0}


def test_without_a_whole_cycle_there_is_nothing_to_take(context, monkeypatch):
    stand_in(monkeypatch, result(times_s=[]))
    plants.create(context, PLANT, author="ada", reason="")
    cell = cells.simulate(context, CELL)
    with pytest.raises(NotReady, match="stuck carrying"):
        cells.adopt(context, "hall", "palletiser", cell, author="ada")


def test_only_cells_are_simulated(context):
    plants.create(context, PLANT, author="ada", reason="")
    with pytest.raises(NotFound, match="palletiser"):
        cells.of_asset(context, "hall", "boxes")


def test_the_job_simulates_and_gives_the_times_to_the_line(context, monkeypatch):
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    stand_in(monkeypatch)
    plants.create(context, PLANT, author="ada", reason="")
    job = orders.cell(context, "hall", "palletiser", author="ada")
    first = run_step(context, job.id, 0, {**job.payload, "job": job.id, "plant": "hall"})
    assert jobs.get(context, job.id).text in ("simulate", "12 s simulated")
    finish(context, job.id, run_step(context, job.id, 1, first["state"]))
    done = jobs.get(context, job.id)
    assert done.state is JobState.DONE
    assert done.result["revision"] == 2
    assert done.result["cycle"]["mean_s"] == 7.0


def test_a_cancelled_job_leaves_no_result(context, monkeypatch):
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    stand_in(monkeypatch)
    plants.create(context, PLANT, author="ada", reason="")

    def stop(_share, _text):
        raise Cancelled("on request")

    with pytest.raises(Cancelled):
        cells.simulate(context, CELL, progress=stop)
    assert cells.find(context) == []


def test_without_the_extra_no_job_is_queued(context, monkeypatch):
    monkeypatch.setattr(runner, "available", lambda: False)
    plants.create(context, PLANT, author="ada", reason="")
    with pytest.raises(NotReady, match=r"pip install 'plantwin\[cell\]'"):
        orders.cell(context, "hall", "palletiser", author="ada")
    assert jobs.find(context) == []
