"""A block that cools to its hall: the free run must follow Newton's law of cooling, whose closed form is known."""

import numpy as np
import pytest

from twin.errors import InvalidInput, NotFound, NotReady
from twin.services import plants, prediction, readings

TEXT = """\
plant: block
site: {name: Hall 2}
sampling_s: 10.0
assets:
  - id: block
    type: heat_capacity
    parameters: {heat_capacity_j_per_k: 5000.0}
    start: {heat.temperature_k: {prior: 340.0, sd: 50.0}}
  - {id: wall, type: conductance, parameters: {conductance_w_per_k: 10.0}}
  - {id: hall, type: ambient}
connections:
  - [block.heat, wall.a]
  - [wall.b, hall.heat]
sensors:
  - {tag: TT-1, measures: block.heat.temperature_k, unit: K, noise_sd: 0.1}
"""
BEGIN_US = 1_772_409_600_000_000  # 2026-03-02T00:00:00Z
SAMPLES, STEP_S, HALL_K, START_K = 120, 10.0, 293.15, 350.0
TIME_CONSTANT_S = 5000.0 / 10.0
TOLERANCE_K = 0.05
"""Five noiseless samples settle the start to within the prior's pull; the integrator's rtol is 1e-4."""


def cooling(t_s):
    """T(t) = T_hall + (T_0 - T_hall) exp(-G t / C), Newton's law of cooling."""
    return HALL_K + (START_K - HALL_K) * np.exp(-t_s / TIME_CONSTANT_S)


@pytest.fixture
def block(context):
    plants.create(context, TEXT, author="ada", reason="first")
    t_s = np.arange(SAMPLES) * STEP_S
    stamps = [np.datetime64(BEGIN_US + int(t * 1e6), "us").astype(str) + "Z" for t in t_s]
    rows = [{"tag": "TT-1", "time": stamp, "value": float(cooling(t))} for stamp, t in zip(stamps, t_s, strict=True)]
    assert readings.write(context, "block", rows).accepted == SAMPLES
    return context


def test_the_free_run_follows_the_closed_form(block):
    found = prediction.trend(block, "block")
    t_s = (found.prediction.times_us - BEGIN_US) / 1e6
    assert found.prediction.mean[:, 0] == pytest.approx(cooling(t_s), abs=TOLERANCE_K)
    assert found.measured[:, 0] == pytest.approx(cooling(t_s), abs=1e-9)
    assert found.units == {"TT-1": "K"}


def test_physics_at_the_priors_has_no_band_and_no_model(block):
    found = prediction.trend(block, "block")
    assert found.model_version is None
    assert np.isnan(found.prediction.low).all()
    assert found.prediction.in_support.all()
    assert np.array_equal(found.prediction.mean, found.prediction.physics)


def test_what_is_measured_after_the_start_changes_nothing(block):
    before = prediction.trend(block, "block").prediction.mean
    late = str(np.datetime64(BEGIN_US + 600_000_000, "us")) + "Z"
    readings.correct(block, "block", "TT-1", late, 400.0)
    after = prediction.trend(block, "block")
    assert np.array_equal(after.prediction.mean, before)
    assert after.measured[60, 0] == 400.0


def test_fewer_points_are_every_nth_sample(block):
    whole, thin = (prediction.trend(block, "block", max_points=points).prediction for points in (None, 40))
    assert np.array_equal(thin.times_us, whole.times_us[::3])
    assert np.array_equal(thin.mean, whole.mean[::3])


def test_an_unknown_tag_is_refused(block):
    with pytest.raises(NotFound):
        prediction.trend(block, "block", ["TT-9"])


def test_a_stretch_that_would_take_long_is_refused(block, monkeypatch):
    monkeypatch.setattr(prediction, "MOST_SAMPLES", SAMPLES - 1)
    with pytest.raises(InvalidInput) as caught:
        prediction.trend(block, "block")
    assert caught.value.faults[0].next_step == "Choose a shorter stretch."


def test_a_plant_without_a_log_is_not_ready(context):
    plants.create(context, TEXT, author="ada", reason="first")
    with pytest.raises(NotReady):
        prediction.trend(context, "block")


def test_a_stretch_within_the_log_is_run_from_before_its_first_sample(block):
    first = 60
    found = prediction.trend(block, "block", start_us=BEGIN_US + int(first * STEP_S * 1e6))
    t_s = (found.prediction.times_us - BEGIN_US) / 1e6
    assert t_s[0] == first * STEP_S
    assert len(t_s) == SAMPLES - first
    assert found.prediction.mean[:, 0] == pytest.approx(cooling(t_s), abs=TOLERANCE_K)
