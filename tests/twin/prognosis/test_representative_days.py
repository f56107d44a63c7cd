import numpy as np
import pytest

from physics.simulate.course import slow_names
from physics.simulate.duty_cycles import DutyCycles
from physics.simulate.rollout import rollout
from tests.twin.spindle import BEARING, opened, worlds_of
from twin.prediction.future import LoggedDays
from twin.prognosis.representative_days import MOST_DAYS, TOLERANCE, choose, coming_days, duty

SAMPLE_S, CYCLE = 600.0, 144
SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"
WEAR = f"{BEARING}.wear_ratio"
WORK_WEEK = np.array([False, False, True, True, True, True, True])  # newest first: the log ends on a Sunday


@pytest.fixture(scope="module")
def spindle():
    return opened()


def logged(model, speeds, works=None):
    """Days that run at one speed each, or at speeds by the hour [D, 24], newest first; ninety days to come."""
    speeds = np.asarray(speeds, float)
    hourly = np.repeat(speeds[:, None], 24, axis=1) if speeds.ndim == 1 else speeds
    inputs = np.repeat(np.repeat(model.inputs[None, :, None], CYCLE, axis=0), len(hourly), axis=2)
    inputs[:, model.input_names.index(SPEED)] = np.repeat(hourly, CYCLE // 24, axis=1).T
    works = np.ones(len(hourly), bool) if works is None else works
    coming = np.resize([True] * 5 + [False] * 2, 90) if not works.all() else np.ones(90, bool)
    return LoggedDays(inputs, works, coming)


def worn(worlds):
    """Bearing half worn out."""
    wear = worlds.start[worlds.model.slow].copy()
    wear[slow_names(worlds.model).index(WEAR)] = 0.5
    return wear


def test_one_day_stands_for_itself(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 4)
    days = logged(model, [100.0])
    found = choose(worlds, days, SAMPLE_S, worn=worn(worlds))
    assert (found.chosen, found.mismatch) == ((0,), 0.0)
    asked = duty(worlds, days, SAMPLE_S, found)
    np.testing.assert_allclose(asked.shares, 1.0)
    np.testing.assert_allclose(asked.factor, 1.0)


def test_working_days_and_days_off_are_told_apart(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 4)
    days = logged(model, [0, 0, 100, 100, 100, 100, 100], WORK_WEEK)
    found = choose(worlds, days, SAMPLE_S, worn=worn(worlds))
    assert len(found.chosen) == 2
    assert {day < 2 for day in found.chosen} == {True, False}
    assert list(found.chosen) == sorted(found.chosen, reverse=True)
    assert found.unscaled <= TOLERANCE
    np.testing.assert_allclose(found.stands_for.sum(axis=0), 1.0)


def test_coming_days_are_of_their_kind(spindle):
    assembly, model = spindle
    days = logged(model, [0, 0, 100, 100, 100, 100, 100], WORK_WEEK)
    drawn = coming_days(days, 50, seed=3)
    np.testing.assert_allclose(drawn.sum(axis=0), 1.0)
    # Of ninety days from a Monday on, 25 are Saturdays and Sundays, whatever each world draws.
    np.testing.assert_allclose(drawn[:2].sum(axis=0), 25 / 90)
    assert np.unique(drawn[2]).size > 1
    # A log without weekends stands for every day; a world's draws are its own.
    np.testing.assert_allclose(coming_days(logged(model, [100, 50]), 5, seed=3).sum(axis=0), 1.0)
    np.testing.assert_array_equal(drawn[:, :7], coming_days(days, 7, seed=3))


def test_mean_wear_of_the_chosen_days_is_that_of_the_whole_log(spindle):
    # Six weeks of days of every load, shifts of their own: friction power goes with dry and viscous parts of the speed,
    # so a day of the mean load would wear too little. Each day on the engine itself against the few that were chosen.
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 4)
    # A bearing that lasts years: within the log its rate hardly changes, so the log's mean rate is that half-way.
    worlds.parameters[model.parameter_names.index(f"{BEARING}.wear_per_j")] *= 0.02
    rng = np.random.default_rng(5)
    shape = rng.uniform(0.0, 1.0, (40, 24)) * np.where(rng.uniform(size=(40, 24)) < 0.6, 1.0, 0.1)
    days = logged(model, 300.0 * shape)
    found = choose(worlds, days, SAMPLE_S, worn=worn(worlds))
    assert len(found.chosen) <= MOST_DAYS
    assert found.mismatch <= TOLERANCE
    everything = np.concatenate([days.inputs[:, :, day] for day in range(40)])
    run = rollout(
        model, inputs=everything, sample_s=SAMPLE_S, parameters=worlds.parameters[:, :1], start=worlds.start[:, :1]
    )
    row = slow_names(model).index(WEAR)
    resolved = (run.final - worlds.start[:, :1])[model.slow][row, 0] / (40 * 86_400.0)
    asked = duty(worlds, days, SAMPLE_S, found)
    # All forty days as often as each other, as in the resolved run.
    equal = np.full((40, 4), 1.0 / 40)
    asked = type(asked)(asked.blocks, found.stands_for @ equal, SAMPLE_S, found.factor(equal))
    middle = worlds.start[model.slow] + 20 * 86_400.0 * resolved
    rate = DutyCycles(model, asked, worlds.parameters).run(np.arange(4), middle, worlds.start).rate[row, 0]
    assert rate == pytest.approx(resolved, rel=0.01)
    mean_load = days.inputs.mean(axis=2)
    plain = type(asked)((mean_load,), np.ones(1), SAMPLE_S)
    assert DutyCycles(model, plain, worlds.parameters).run(np.arange(4), middle, worlds.start).rate[row, 0] < (
        0.97 * resolved
    )
