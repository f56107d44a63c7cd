import json
from dataclasses import replace

import numpy as np
import pytest

from physics.cell.draws import draw
from physics.cell.hits import Touch
from physics.cell.ledger import Ledger
from physics.cell.planner import Planner
from physics.cell.result import SCHEMA, document
from physics.cell.run import Run
from physics.cell.worker import Cycle, Phase, Worker


@pytest.fixture
def run(spec, gantry):
    """Two worlds: one did its two boxes in 6 and 8 s, one failed in its first."""
    spec = replace(spec, worlds=2, pallet=replace(spec.pallet, rows=1, columns=2))
    planner = Planner(spec, gantry)
    good = Worker(0, planner, planner.home, phase=Phase.DONE)
    good.cycles = [Cycle(0, 0, 1.0, 2.0, 5.0, 7.0), Cycle(1, 1, 9.0, 10.0, 15.0, 17.0)]
    bad = Worker(1, planner, planner.home, phase=Phase.FAILED, trouble="stuck", cycles=[Cycle(0, 0, 1.0)])
    ledger = Ledger(spec, 6)
    ledger.mechanical_j[:], ledger.electrical_j[:] = (300.0, 100.0), (700.0, 300.0)
    ledger.steps[:] = 1400.0, 600.0
    ledger.hits.touches["elbow", "post"] = Touch({1}, 4.0, 30.0)
    places = np.zeros((2, 2, 3))
    places[0] = planner.slots + [0.0, 0.003, 0.004]
    return Run(spec, draw(spec), gantry, planner, [good, bad], ledger, places, [], 20.0)


def test_cycles_are_those_that_ended(run):
    cycle = document(run)["cycle"]
    assert cycle["values_s"] == [6.0, 8.0]
    assert (cycle["mean_s"], cycle["median_s"]) == (7.0, 7.0)
    assert cycle["sd_s"] == pytest.approx(np.sqrt(2.0))


def test_energy_is_shared_by_whole_cycles_and_power_by_time_at_work(run):
    energy = document(run)["energy"]
    assert energy["mechanical_j_per_box"] == 200.0
    assert energy["electrical_j_per_box"] == 500.0
    assert energy["working_w"] == pytest.approx(1000.0 / (2000.0 * 0.005))


def test_worlds_collisions_and_placing_are_told(run):
    found = document(run)
    assert found["schema"] == SCHEMA
    assert [(world["done"], world["trouble"]) for world in found["worlds"]] == [(True, ""), (False, "stuck")]
    assert found["collisions"] == [{"bodies": ["elbow", "post"], "worlds": [1], "first_s": 4.0, "force_n": 30.0}]
    assert found["placing"] == {"placed": 2, "mean_m": pytest.approx(0.005), "worst_m": pytest.approx(0.005)}


def test_a_result_is_json_without_nan(run):
    text = json.dumps(document(run), allow_nan=False)
    assert json.loads(text)["worlds"][1]["boxes"][0]["ended_s"] is None


def test_no_cycle_at_all_is_said_plainly(run):
    run.workers[0].cycles.clear()
    found = document(run)
    assert found["cycle"]["count"] == 0
    assert found["cycle"]["mean_s"] is None
    assert found["energy"]["electrical_j_per_box"] is None
