"""Worlds at the points of a Gaussian: the exact filter where the plant is linear, sound where it is not."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from physics.simulate.rollout import rollout
from tests.twin.estimation.test_follow import HEAT, LINEAR_NOISE_K, SAMPLE_S, beside, drift_k, linear, riccati, truth
from tests.twin.spindle import BEARING, opened, worlds_of
from twin.estimation.disturbance import Disturbance
from twin.estimation.follow import follow as ensemble_follow
from twin.estimation.trail import Trail
from twin.estimation.unscented import Points, alike

follow = partial(ensemble_follow, way=Points)
QUIET = Disturbance.none(np.array([LINEAR_NOISE_K]))


@pytest.fixture(scope="module")
def spindle():
    return opened()


def run_linear(spindle, made, **more):
    worlds, inputs, measured, _centre, _decay = made
    return follow(worlds, spindle[0], inputs, measured, sample_s=SAMPLE_S, every=1, disturbance=QUIET, **more)


def test_filter_and_smoother_of_a_linear_plant_are_the_exact_ones(spindle):
    made = linear(spindle, worlds=40)
    _worlds, _inputs, measured, centre, decay = made
    found = run_linear(spindle, made, smooth=[HEAT])
    ends, smooth, innovations = riccati(measured, centre, decay, drift_k(spindle))
    # The engine's own tolerance is 1e-4 of 10 K and more a step; the spread is 0.1 to 3 K.
    row = spindle[1].state_names.index(HEAT)
    last = found.worlds.start[row]
    assert last.mean() - centre[-1] == pytest.approx(ends[-1, 0], abs=0.01 * np.sqrt(ends[-1, 1]))
    assert last.var() == pytest.approx(ends[-1, 1], rel=0.01)
    course = found.course[:, 0]
    np.testing.assert_allclose(course.mean(axis=1) - centre[1:], smooth[:, 0], atol=0.01)
    np.testing.assert_allclose(course.var(axis=1), smooth[:, 1], rtol=0.01)
    e = found.innovations[:, 0]
    np.testing.assert_allclose(e[np.isfinite(e)], innovations, atol=0.01)


def test_disturbances_are_told_apart_as_the_exact_filter_does(spindle):
    """Two autoregressions seen through noise beside a plant that is known: a Kalman filter of two states, by hand."""
    worlds, inputs, _measured, centre, _decay = linear(spindle, worlds=8)
    worlds = replace(worlds, start=np.repeat(worlds.model.start[:, None], 8, axis=1))
    sd, memory_s, rng = np.array([0.5, 1.0]), np.array([120.0, 7200.0]), np.random.default_rng(4)
    keep, mean, covariance = np.exp(-SAMPLE_S / memory_s), np.zeros(2), np.diag(sd**2)
    off = rng.normal(size=len(inputs))
    measured = centre[:-1, None] + off[:, None]
    for reading in off:
        mean, covariance = keep * mean, np.outer(keep, keep) * covariance + np.diag((1 - keep**2) * sd**2)
        gain = covariance.sum(axis=1) / (covariance.sum() + LINEAR_NOISE_K**2)
        mean, covariance = mean + gain * (reading - mean.sum()), covariance - np.outer(gain, covariance.sum(axis=0))
    parts = Disturbance(np.array([LINEAR_NOISE_K]), sd[:, None], memory_s[:, None])
    found = follow(worlds, spindle[0], inputs, measured, sample_s=SAMPLE_S, every=1, disturbance=parts)
    # The temperature drifts by 0.04 K in a sample and is pulled back: so much of the slow part may be its own.
    np.testing.assert_allclose(found.disturbance.mean(axis=2)[:, 0], mean, atol=0.2)
    np.testing.assert_allclose(found.disturbance.std(axis=2)[:, 0], np.sqrt(np.diag(covariance)), rtol=0.2)


def test_worlds_that_all_begin_wrong_are_believed_for_one_chunk_only(spindle):
    """Twenty kelvin off, and no spread that would admit it: the first innovation says so, the next ones are usual."""
    assembly, model = spindle
    inputs, measured, exact = truth(model, start_k=model.start[model.state_names.index(HEAT)] + 20.0)
    worlds = replace(worlds_of(assembly, model, 8), names=(), draws=np.zeros((0, 8)))
    worlds = replace(worlds, parameters=np.repeat(model.parameters[:, None], 8, axis=1))
    found = follow(worlds, assembly, inputs, measured, sample_s=SAMPLE_S, every=5, disturbance=beside(0.05))
    e = found.innovations[:, 0]
    assert abs(e[0]) > 20.0
    assert np.abs(e[1:]).max() < 4.0  # of 23 standard normal numbers one in seven hundred times
    last = found.worlds.start[model.state_names.index(HEAT)]
    assert last.mean() == pytest.approx(exact[-1, 0], abs=1.0)


def test_one_wild_chunk_is_an_outlier_and_moves_little(spindle):
    made = linear(spindle, worlds=8)
    worlds, inputs, measured, centre, decay = made
    wild = measured.copy()
    wild[40] += 100.0
    calm, hit = (run_linear(spindle, (worlds, inputs, rows, centre, decay)) for rows in (measured, wild))
    row = spindle[1].state_names.index(HEAT)
    assert np.abs(hit.innovations[40, 0]) > 50.0
    assert hit.worlds.start[row].mean() == pytest.approx(calm.worlds.start[row].mean(), abs=0.3)


def test_parameters_are_found_with_the_states_where_the_plant_is_not_linear(spindle):
    """The bearing rubs a tenth more than believed; friction warms, and warmth is seen."""
    worlds, inputs, _measured, _centre, _decay = linear(spindle, samples=150, worlds=32)
    model = spindle[1]
    row = model.parameter_names.index(f"{BEARING}.dry_friction_n_m")
    own = worlds.parameters[:, :1].copy()
    own[row] *= 1.1
    run = rollout(model, inputs=inputs, sample_s=SAMPLE_S, parameters=own, start=model.start[:, None])
    measured = run.outputs[:, :1, 0] + 0.02 * np.random.default_rng(5).normal(size=(150, 1))
    draws = worlds.parameters[row] * (1.0 + 0.2 * np.random.default_rng(6).normal(size=worlds.count))
    worlds.parameters[row] = draws
    opened_ones = replace(worlds, names=(model.parameter_names[row],), draws=draws[None])
    found = follow(
        opened_ones, spindle[0], inputs, measured, sample_s=SAMPLE_S, every=1,
        disturbance=Disturbance.none(np.array([0.02])),
    )  # fmt: skip
    left = found.worlds.parameters[row]
    assert left.mean() == pytest.approx(own[row, 0], abs=4 * left.std())
    assert left.std() < 0.1 * draws.std()


def test_late_readings_give_what_a_log_in_order_gives(spindle):
    made = linear(spindle, samples=30, worlds=16)
    worlds, inputs, measured, centre, decay = made
    in_order, trail = run_linear(spindle, made), Trail(worlds)

    def assimilate(rows):
        keys = [f"{row}" for row in rows[:, 0]]
        return run_linear(
            spindle, (worlds, inputs[: len(rows)], rows, centre, decay), begin=trail.last(keys),
            reached=lambda point, surprise: trail.keep(keys[: point.chunk], point, surprise),
        )  # fmt: skip

    early = measured[:28].copy()
    early[27] = np.nan
    assimilate(early)
    np.testing.assert_array_equal(assimilate(measured).worlds.start, in_order.worlds.start)


def test_points_that_diverge_are_mirrored(spindle):
    assembly, model = spindle
    inputs, measured, _exact = truth(model, start_k=293.15, samples=30)
    worlds = worlds_of(assembly, model, 8)
    row = model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k")
    name = model.parameter_names[row]
    draws = worlds.parameters[row] * np.linspace(-1.0, 3.0, 8)  # so wide that a point lies below zero: warms at once
    worlds.parameters[row] = draws
    opened_ones = replace(worlds, names=(name,), draws=draws[None])
    found = follow(opened_ones, assembly, inputs, measured, sample_s=SAMPLE_S, every=5, disturbance=beside(0.05))
    assert np.isfinite(found.worlds.start).all()


def test_a_chunk_that_no_point_survives_tells_nothing(spindle):
    worlds, inputs, measured, centre, decay = linear(spindle, worlds=40)
    wild = inputs.copy()
    wild[5] = 1e200
    before, after, later = (
        run_linear(spindle, (worlds, wild[:rows], measured[:rows], centre, decay)) for rows in (5, 6, 10)
    )
    row = spindle[1].state_names.index(HEAT)
    assert before.replaced == 0
    assert after.replaced == later.replaced > 0
    assert after.worlds.start[row].mean() == pytest.approx(before.worlds.start[row].mean(), rel=1e-9)
    assert after.worlds.start[row].std() > before.worlds.start[row].std()
    np.testing.assert_array_equal(np.isnan(later.innovations[:, 0]), np.isnan(measured[:10, 0]) | (np.arange(10) == 5))


def test_worlds_of_several_members_are_not_alike(spindle):
    worlds = worlds_of(*spindle, 4)
    assert alike(worlds)
    parameters = worlds.parameters.copy()
    fixed = next(k for k, name in enumerate(spindle[1].parameter_names) if name not in worlds.names)
    parameters[fixed, 2] += 1.0
    assert not alike(replace(worlds, parameters=parameters))
