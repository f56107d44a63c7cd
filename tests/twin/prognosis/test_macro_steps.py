from dataclasses import replace

import numpy as np
import pytest

from tests.twin.spindle import DAY_S, FRICTION_W, LIFE_DAYS, opened, worlds_of
from twin.prediction.failure_modes import modes_of
from twin.prediction.runs import run
from twin.prognosis.macro_steps import wear_paths
from twin.prognosis.remaining_life import crossing_s

SAMPLE_S = 300.0
CYCLE = 288
# The housing starts cold and the speed from rest: both are over in the first hour of 40 days.
REL_START = 2e-3


@pytest.fixture(scope="module")
def spindle():
    return opened()


def mode_of(assembly):
    return [mode for mode in modes_of(assembly) if mode.mode == "bearing worn out"]


def test_wear_that_feeds_on_itself_follows_its_exponential(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 8)
    rate = worlds.draws[worlds.names.index("hall/spindle/bearing-1.wear_per_j")] * FRICTION_W
    days = np.array([1.0, 3.0, 7.0, 14.0, 30.0])
    inputs = np.repeat(model.inputs[None], CYCLE, axis=0)
    paths = wear_paths(worlds, inputs, SAMPLE_S, modes=mode_of(assembly), times_s=days * DAY_S)
    for step, day in enumerate(days, start=1):
        exact = np.expm1(rate * day * DAY_S)
        # Heun's local error is (rate h)³ / 6 per step: 0.005 of a wear of 0.75 for 16 days at 1.15 ln 2 / 40 days.
        np.testing.assert_allclose(paths.watched[step, 0], exact, rtol=7e-3 + REL_START)


def test_life_is_the_logarithm_of_two_over_the_rate(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 8)
    rate = worlds.draws[worlds.names.index("hall/spindle/bearing-1.wear_per_j")] * FRICTION_W
    inputs = np.repeat(model.inputs[None], CYCLE, axis=0)
    paths = wear_paths(
        worlds,
        inputs,
        SAMPLE_S,
        modes=mode_of(assembly),
        times_s=np.array([10.0, 20.0, 30.0, 40.0, 50.0, 60.0]) * DAY_S,
    )
    life = crossing_s(paths.times_s, paths.watched[:, 0], paths.limits[0])
    # Straight lines between ten-day steps of a convex path cross late by at most (rate h)² / 8 of a step.
    np.testing.assert_allclose(life, np.log(2.0) / rate, rtol=1e-2)
    assert np.median(life) / DAY_S == pytest.approx(LIFE_DAYS, rel=0.15)


def test_macro_steps_agree_with_a_fully_resolved_run(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 8)
    days = 6
    inputs = np.repeat(model.inputs[None], CYCLE, axis=0)
    resolved = run(worlds, np.repeat(model.inputs[None], days * CYCLE, axis=0), SAMPLE_S)
    index = model.state_names.index("hall/spindle/bearing-1.wear_ratio")
    paths = wear_paths(worlds, inputs, SAMPLE_S, modes=mode_of(assembly), times_s=[2 * DAY_S, days * DAY_S])
    np.testing.assert_allclose(paths.watched[-1, 0], resolved.final[index], rtol=1e-2)


def test_wear_never_heals_and_a_rest_does_not_wear(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 8)
    still = np.repeat(model.inputs[None], CYCLE, axis=0)
    still[:, model.input_names.index("hall/spindle/motor-1.speed_set_rad_per_s")] = 0.0
    paths = wear_paths(worlds, still, SAMPLE_S, modes=mode_of(assembly), times_s=[DAY_S, 90 * DAY_S])
    assert (np.diff(paths.watched[:, 0], axis=0) >= 0.0).all()
    np.testing.assert_allclose(paths.watched[-1, 0], 0.0, atol=1e-3)


def test_scaled_duty_scales_the_wear(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 8)
    inputs = np.repeat(model.inputs[None], CYCLE, axis=0)
    scale = np.full((int(model.slow.sum()), 8), 0.5)
    full = wear_paths(worlds, inputs, SAMPLE_S, modes=mode_of(assembly), times_s=[DAY_S])
    half = wear_paths(worlds, inputs, SAMPLE_S, modes=mode_of(assembly), times_s=[DAY_S], scale=scale)
    # dw/dt = k P_0 (1 + w): half the rate is half the wear up to the second order of one day's 1.7 %.
    np.testing.assert_allclose(half.watched[-1, 0], 0.5 * full.watched[-1, 0], rtol=1e-2)


def test_a_lost_world_stays_lost_and_harms_no_other(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 8)
    spoiled = worlds.parameters.copy()
    # A heat capacity below zero warms without end: e-fold every two seconds.
    spoiled[model.parameter_names.index("hall/spindle/bearing-1.heat_capacity_j_per_k"), 2] = -1.0
    inputs = np.repeat(model.inputs[None], CYCLE, axis=0)
    told = []
    options = {"modes": mode_of(assembly), "times_s": [DAY_S, 2 * DAY_S]}
    healthy = wear_paths(worlds, inputs, SAMPLE_S, **options, tell=told.append)
    found = wear_paths(replace(worlds, parameters=spoiled), inputs, SAMPLE_S, **options)
    others = [world for world in range(8) if world != 2]
    assert np.isnan(found.watched[1:, 0, 2]).all()
    # Step sizes are a world's own, so nothing differs but the group's order of work.
    np.testing.assert_allclose(found.watched[:, :, others], healthy.watched[:, :, others], rtol=1e-6)
    assert found.times_s[0] == 0.0
    assert told == [0.5, 1.0]
