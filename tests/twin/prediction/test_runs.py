from dataclasses import replace

import numpy as np
import pytest

from tests.twin.spindle import AMBIENT_K, BEARING, COOLING_W_PER_K, FRICTION_W, opened, worlds_of
from twin.prediction.runs import keep, run

SAMPLE_S = 60.0


@pytest.fixture(scope="module")
def spindle():
    return opened()


def test_the_housing_settles_at_its_power_over_its_cooling(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 4)
    found = run(worlds, np.repeat(model.inputs[None], 8 * 60, axis=0), SAMPLE_S)
    # Slip lowers the speed by 0.1 % at rated torque, far less here; wear adds 0.6 % in 8 h.
    np.testing.assert_allclose(found.outputs[-1, 0] - AMBIENT_K, FRICTION_W / COOLING_W_PER_K, rtol=1e-2)
    assert found.alive.all()


def test_a_cut_that_changes_nothing_agrees_with_no_cut(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 4)
    inputs = np.repeat(model.inputs[None], 100, axis=0)
    whole, cut = run(worlds, inputs, SAMPLE_S), run(worlds, inputs, SAMPLE_S, cuts=(40,), jump=keep)
    # Step control starts anew at the cut: equal within the integrator's rtol of 1e-4.
    np.testing.assert_allclose(cut.outputs, whole.outputs, rtol=1e-4, atol=1e-6)


def test_a_jump_acts_from_its_sample_on(spindle):
    assembly, model = spindle
    row = model.state_names.index(f"{BEARING}.wear_ratio")
    place = model.output_names.index(f"{BEARING}.wear_ratio")

    def wear(at, parameters, start):
        moved = start.copy()
        moved[row] = 0.5
        return parameters, moved

    worlds = worlds_of(assembly, model, 4)
    found = run(worlds, np.repeat(model.inputs[None], 10, axis=0), SAMPLE_S, cuts=(4,), jump=wear)
    assert (found.outputs[3, place] < 0.01).all()
    np.testing.assert_allclose(found.outputs[4, place], 0.5)


def test_a_lost_world_is_nan_and_harms_no_other(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 8)
    spoiled = worlds.parameters.copy()
    # A heat capacity below zero warms without end: e-fold every two seconds.
    spoiled[model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k"), 2] = -1.0
    inputs = np.repeat(model.inputs[None], 60, axis=0)
    healthy = run(worlds, inputs, SAMPLE_S)
    found = run(replace(worlds, parameters=spoiled), inputs, SAMPLE_S, cuts=(40,))
    others = [world for world in range(8) if world != 2]
    assert not found.alive[2]
    assert np.isnan(found.outputs[-1, :, 2]).all()
    np.testing.assert_allclose(found.outputs[:, :, others], healthy.outputs[:, :, others], rtol=1e-4, atol=1e-6)


def test_progress_rises_to_one(spindle):
    assembly, model = spindle
    told = []
    run(worlds_of(assembly, model, 2), np.repeat(model.inputs[None], 9, axis=0), SAMPLE_S, cuts=(3,), tell=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_a_reason_tells_the_time_of_the_whole_run(spindle):
    assembly, model = spindle
    row = model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k")

    def spoil(at, parameters, start):
        spoiled = parameters.copy()
        spoiled[row, 1] = -1.0  # warms without end: e-fold every two seconds
        return spoiled, start

    inputs = np.repeat(model.inputs[None], 60, axis=0)
    (why,) = run(worlds_of(assembly, model, 4), inputs, SAMPLE_S, cuts=(40,), jump=spoil).why
    assert why.worlds == 1
    assert 40 * SAMPLE_S < why.time_s <= 60 * SAMPLE_S
