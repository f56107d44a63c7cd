"""The demo plant: its files fit together, the engine runs it, and its logs come from elsewhere."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from examples.bottling import log, reference, schedule
from physics.cell import runner
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Status, rollout
from twin.assembly.assemble import assemble
from twin.ingest import mapping_file
from twin.records.cell import CellResult
from twin.scene import measured
from twin.scene.load import load

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "bottling"


@pytest.fixture(scope="module")
def scene():
    return load((FOLDER / "plant.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def drives():
    return schedule.make(0.5, seed=1)


@pytest.fixture(scope="module")
def truth(drives):
    return reference.simulate(drives)


def test_the_plant_is_labelled_synthetic(scene):
    assert scene.synthetic


def test_plant_mapping_and_log_have_the_same_tags_and_units(scene):
    mapping = mapping_file.load((FOLDER / "mapping.yaml").read_text(encoding="utf-8"))
    units = {item.tag: item.unit for item in (*scene.sensors, *scene.inputs)}
    assert {source.tag: source.unit for source in mapping.all_sources()} == units
    assert {*log.SENSORS, *log.INPUTS} == set(units)


def test_noise_in_the_plant_file_is_the_noise_of_the_log(scene):
    assert {s.tag: s.noise_sd for s in scene.sensors} == {tag: column.noise for tag, column in log.SENSORS.items()}


def test_the_palletiser_carries_the_times_that_its_simulation_measured(scene):
    cell = scene.asset("flow/palletiser")
    spec, result, versions = (
        json.loads((FOLDER / "cell" / f"{name}.json").read_text()) for name in ("spec", "result", "provenance")
    )
    assert measured.standing(cell) is measured.Standing.MEASURED
    assert cell.settings["cell"] == spec
    found = CellResult(runner.digest(spec, code=versions["code"]), spec, result, versions, None)
    assert found.id.startswith(cell.settings["measured"]["cell"])
    (layers_s,) = found.turns_s(cell.settings["box_count"])
    assert cell.settings["cycle_s"] == {"empirical": {"values_s": sorted(layers_s)}}
    assert cell.settings["working_w"] == pytest.approx(result["energy"]["working_w"], abs=0.05)


def test_the_reference_owes_nothing_to_the_engine():
    ours = "('physics', 'twin', 'residual_models', 'api', 'ui')"
    probe = f"import sys, examples.bottling.reference; print([m for m in sys.modules if m.split('.')[0] in {ours}])"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_reference_keeps_water(drives, truth):
    seconds = np.arange(len(drives.times)) * schedule.STEP_S
    came = np.trapezoid(truth["FT-105"], seconds)
    left = np.trapezoid(0.62 * 6e-8 * np.sqrt(2 * (truth["PT-101"] - reference.ATM) / reference.RHO), seconds)
    risen = 0.8 * (truth["LT-101"][-1] - truth["LT-101"][0])
    assert risen == pytest.approx(came - left, abs=0.02 * left)  # the leak grows by 1 % in half a day


def test_the_same_seed_writes_the_same_bytes(tmp_path, drives, truth):
    first = log.write(tmp_path / "a", drives, truth, 1)[0].read_bytes()
    assert log.write(tmp_path / "b", drives, truth, 1)[0].read_bytes() == first
    assert log.write(tmp_path / "c", drives, truth, 2)[0].read_bytes() != first


def test_the_log_has_what_historians_do(tmp_path, drives, truth):
    file, events = log.write(tmp_path, drives, truth, 1)
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    cells = {cell for row in rows[1:] for cell in row}
    assert cells & {"", *log.WORDS}
    assert len(rows) - 1 > len({tuple(row) for row in rows[1:]})
    assert events.read_text(encoding="utf-8").startswith("kind,asset,start,end,text")


def test_the_engine_runs_a_working_day_of_it(scene, drives):
    assembly = assemble(scene)
    model = compile_plant(assembly.plant, assembly.outputs)
    inputs = np.repeat(model.inputs[None], len(drives.times), axis=0)
    driven = {
        "SC-101": drives.pump_rad_per_s, "SC-201": drives.conveyor_rad_per_s, "WT-201": drives.load_kg,
        "SC-301": drives.filler_rad_per_s, "QH-101": drives.heat_w, "TT-190": drives.outdoor_k, "TT-191": drives.hall_k,
    }  # fmt: skip
    for tag, path in zip(assembly.input_tags, assembly.drives, strict=True):
        inputs[:, model.input_names.index(path)] = driven[tag]
    found = rollout(model, inputs=inputs, sample_s=schedule.STEP_S)
    assert found.status.tolist() == [Status.OK]
    assert np.isfinite(found.outputs).all()
