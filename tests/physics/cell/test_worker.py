from dataclasses import replace

import numpy as np
import pytest

from physics.cell import layout
from physics.cell.planner import Planner
from physics.cell.worker import PATIENCE_S, Phase, Worker


@pytest.fixture
def one_box(spec):
    return replace(spec, pallet=replace(spec.pallet, rows=1, columns=1))


def _drive(spec, worker, *, until_s, lag=0.0, arrives_s=0.0):
    """An arm that is where it should be (less a lag), and a box that lies at the stop from some time on."""
    orders, at = [], 0
    while worker.phase not in (Phase.DONE, Phase.FAILED) and at * spec.step_s < until_s:
        now = at * spec.step_s
        place = layout.stopped_m(spec) if now >= arrives_s else layout.infeed_m(spec)
        speeds = np.zeros((1, 3)) if now >= arrives_s else np.array([[0.3, 0.0, 0.0]])
        order = worker.step(now, worker.position - lag, np.zeros(6), place[None], np.zeros(1), speeds)
        orders += [(order, now)] if order else []
        at += 1
    return orders


def test_a_cycle_is_its_ways_and_its_dwells(one_box, gantry):
    planner = Planner(one_box, gantry)
    worker = Worker(0, planner, planner.home)
    orders = _drive(one_box, worker, until_s=60.0, arrives_s=2.0)
    (cycle,) = worker.cycles
    assert worker.phase is Phase.DONE
    assert [order for order, _when in orders] == ["hold", "let go"]
    fetch = planner.to_box(planner.home, layout.stopped_m(one_box), 0.0)
    carry, way = planner.to_slot(fetch.position[-1], layout.stopped_m(one_box), 0.0, 0)
    back = planner.back(carry.position[-1], 0, way)
    ways_s = fetch.duration_s + carry.duration_s + back.duration_s
    dwells_s = one_box.gripper.grip_s + one_box.gripper.release_s
    assert cycle.begun_s == pytest.approx(2.0, abs=one_box.step_s)
    assert cycle.ended_s - cycle.begun_s == pytest.approx(ways_s + dwells_s, abs=6 * one_box.step_s)


def test_no_cycle_begins_without_a_box(one_box, gantry):
    planner = Planner(one_box, gantry)
    worker = Worker(0, planner, planner.home)
    _drive(one_box, worker, until_s=5.0, arrives_s=9.0)
    assert worker.phase is Phase.WAIT
    assert worker.cycles == []
    assert not worker.busy


def test_an_arm_that_is_held_back_says_which_joint(one_box, gantry):
    planner = Planner(one_box, gantry)
    worker = Worker(0, planner, planner.home)
    _drive(one_box, worker, until_s=PATIENCE_S + 5.0, lag=np.array([0.0, 0.0, 0.2, 0.0, 0.0, 0.0]))
    assert worker.phase is Phase.FAILED
    assert "joint z" in worker.trouble


def test_a_box_out_of_reach_ends_the_world(one_box, gantry):
    planner = Planner(one_box, gantry)
    worker = Worker(0, planner, planner.home)
    planner.chain = replace(gantry, high=np.zeros(6))
    _drive(one_box, worker, until_s=5.0)
    assert worker.phase is Phase.FAILED
    assert "cannot reach" in worker.trouble


def test_a_lost_box_is_told_with_both_forces(one_box, gantry):
    planner = Planner(one_box, gantry)
    worker = Worker(0, planner, planner.home, held=0)
    worker.lose(200.0)
    assert worker.phase is Phase.FAILED
    assert "200 N" in worker.trouble
    assert "150 N" in worker.trouble
