import numpy as np
import pytest

from physics.simulate.rollout import rollout
from tests.twin.spindle import BEARING, opened, worlds_of
from twin.prediction.observer import Disturbance, follow

SAMPLE_S, EVERY, NOISE_K = 60.0, 5, 0.1
SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"


@pytest.fixture(scope="module")
def spindle():
    return opened()


def truth(model, *, start_k, samples=120, offset_k=0.0):
    """A log of a bearing that starts warm, with sensor noise, shape [T, 1]."""
    start = model.start[:, None].copy()
    start[model.state_names.index(f"{BEARING}.heat.temperature_k")] = start_k
    inputs = np.repeat(model.inputs[None], samples, axis=0)
    exact = rollout(model, inputs=inputs, sample_s=SAMPLE_S, start=start).outputs[:, :1, 0]
    noise = NOISE_K * np.random.default_rng(0).normal(size=exact.shape)
    return inputs, exact + noise + offset_k, exact


def followed(spindle, measured, inputs, *, sd_k=0.05, count=32):
    assembly, model = spindle
    return follow(
        worlds_of(assembly, model, count), assembly, inputs, measured, sample_s=SAMPLE_S, every=EVERY,
        noise_sd=np.array([NOISE_K]), disturbance=Disturbance(np.array([sd_k])),
    )  # fmt: skip


def test_an_offset_is_taken_for_a_disturbance(spindle):
    # All worlds start where the truth does, so states have nothing to explain: the reading's 2 K lie beside the model.
    inputs, measured, exact = truth(spindle[1], start_k=293.15, offset_k=2.0)
    found = followed(spindle, measured, inputs, sd_k=2.0)
    assert found.disturbance.mean() == pytest.approx(2.0, abs=0.5)
    assert found.replaced == 0


def test_innovations_of_a_true_model_are_about_standard(spindle):
    inputs, measured, _exact = truth(spindle[1], start_k=293.15)
    e = followed(spindle, measured, inputs).innovations[2:, 0]
    # 22 chunks: a standard deviation is known to 15 %; the filter's own spread is a little wide on purpose.
    assert abs(e.mean()) < 4 / np.sqrt(len(e))
    assert 0.4 < e.std() < 1.5


def test_a_step_that_the_model_does_not_know_stands_out(spindle):
    inputs, measured, _exact = truth(spindle[1], start_k=293.15)
    measured[60:] += 3.0
    e = np.abs(followed(spindle, measured, inputs).innovations[:, 0])
    assert e[60 // EVERY] > 5.0
    assert e[60 // EVERY] == e.max()


def test_missing_readings_are_no_news(spindle):
    inputs, measured, _exact = truth(spindle[1], start_k=293.15)
    measured[50:60] = np.nan
    found = followed(spindle, measured, inputs)
    assert np.isnan(found.innovations[10:12, 0]).all()
    assert np.isfinite(found.innovations[[9, 12], 0]).all()


def test_the_same_log_gives_the_same_worlds(spindle):
    inputs, measured, _exact = truth(spindle[1], start_k=293.15)
    one, two = followed(spindle, measured, inputs), followed(spindle, measured, inputs)
    np.testing.assert_array_equal(one.worlds.start, two.worlds.start)
    np.testing.assert_array_equal(one.worlds.parameters, two.worlds.parameters)


def test_a_world_that_diverges_takes_anothers_place(spindle):
    assembly, model = spindle
    inputs, measured, _exact = truth(model, start_k=293.15, samples=30)
    worlds = worlds_of(assembly, model, 8)
    # A heat capacity below zero warms without end: e-fold every two milliseconds.
    worlds.parameters[model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k"), 3] = -1e-3
    found = follow(
        worlds, assembly, inputs, measured, sample_s=SAMPLE_S, every=EVERY,
        noise_sd=np.array([NOISE_K]), disturbance=Disturbance(np.array([0.05])),
    )  # fmt: skip
    assert found.replaced >= 1
    assert np.isfinite(found.worlds.start).all()
