import numpy as np
import pytest

from tests.twin.spindle import AMBIENT_K, BEARING, COOLING_W_PER_K, FRICTION_W, TEXT, log_rows
from twin.errors import NotFound, NotReady
from twin.records.estimate import Filter
from twin.services import dispatch, estimate, orders, plants, readings
from twin.services.job_steps import finish, run_step

KNOWN = """
plant: hall
sampling_s: 60.0
assets: [{id: losses, type: heater}, {id: hall, type: ambient}]
connections: [[losses.heat, hall.heat]]
inputs: [{tag: PC-1, drives: losses.power_w, unit: W}]
sensors: [{tag: PT-1, measures: losses.power_w, unit: W, noise_sd: 1.0}]
"""

ASKED = {"time_us": None, "worlds": 8, "seed": 0, "filter": "auto"}


@pytest.fixture
def spindle(context):
    plants.create(context, TEXT, author="ada", reason="first")
    readings.write(context, "spindle", log_rows(200))
    return context


def test_the_hidden_temperature_and_wear_of_the_last_hours_are_told(spindle):
    found = estimate.estimate(spindle, "spindle", worlds=16)
    hidden = {f"{item.asset}.{item.quantity}": item for item in found.hidden}
    heat = hidden[f"{BEARING}.heat.temperature_k"]
    # The log is of a spindle that runs since long; the sensor has 0.1 K of noise.
    assert heat.mean[-1] - AMBIENT_K == pytest.approx(FRICTION_W / COOLING_W_PER_K, abs=0.5)
    assert (heat.unit, heat.kind) == ("K", "state")
    wear = hidden[f"{BEARING}.wear_ratio"]
    assert wear.kind == "wear"
    assert wear.meaning
    assert wear.mean.min() >= 0.0
    assert all(item.mean.shape == item.spread.shape == found.times_us.shape for item in found.hidden)
    assert (np.diff(found.times_us) > 0).all()


def test_an_innovation_of_a_sensor_as_noisy_as_stated_is_about_one(spindle):
    (tag,) = estimate.estimate(spindle, "spindle", worlds=64).tags
    assert np.isfinite(tag.innovations).all()
    # noise as stated, and a plant at rest: once settled, as much comes as was to be expected
    assert tag.size < 1.5


def test_few_numbers_are_followed_by_the_unscented_filter_where_nobody_says_how(spindle):
    found = estimate.estimate(spindle, "spindle", worlds=16)
    assert found.filter is Filter.UNSCENTED
    # all worlds of a plant that was never calibrated begin alike: one chunk may surprise, those after it may not
    assert np.abs(found.tags[0].innovations[1:]).max() < 5.0


def test_the_ensemble_is_taken_when_asked_for(spindle):
    assert estimate.estimate(spindle, "spindle", worlds=16, how=Filter.ENSEMBLE).filter is Filter.ENSEMBLE


def test_a_job_keeps_the_estimate_and_the_newest_is_found(spindle, monkeypatch):
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    with pytest.raises(NotReady, match="POST to its estimates"):
        estimate.latest(spindle, "spindle")
    job = orders.estimate(spindle, "spindle", ASKED, author="ada")
    finish(spindle, job.id, run_step(spindle, job.id, 0, {**job.payload, "job": job.id, "plant": "spindle"}))
    found = estimate.latest(spindle, "spindle")
    assert found.id == job.id
    assert found.result is not None
    assert len(found.result["hidden"][0]["mean"]) == len(found.result["times_us"])


def test_of_a_plant_whose_every_number_is_known_only_readings_can_surprise(context):
    plants.create(context, KNOWN, author="ada", reason="first")
    times = [f"2026-03-02T{minute // 60:02d}:{minute % 60:02d}:00Z" for minute in range(120)]
    rows = [{"tag": tag, "time": time, "value": 100.0} for time in times for tag in ("PC-1", "PT-1")]
    readings.write(context, "hall", rows)
    found = estimate.estimate(context, "hall", worlds=8)
    assert found.hidden == ()
    assert found.tags[0].size == pytest.approx(0.0, abs=1e-9)
    with pytest.raises(NotReady, match="no number that readings may move"):
        estimate.estimate(context, "hall", worlds=8, how=Filter.UNSCENTED)


def test_a_plant_without_a_log_is_not_estimated(context):
    plants.create(context, TEXT, author="ada", reason="first")
    with pytest.raises(NotReady, match="Ingest a log first"):
        orders.estimate(context, "spindle", ASKED, author="ada")
    with pytest.raises(NotFound):
        estimate.latest(context, "nowhere")
