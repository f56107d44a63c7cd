from dataclasses import replace

import numpy as np
import pytest

from tests.twin import spindle, warm_block_log
from tests.twin.calibration.test_replay import calibration
from tests.twin.records.test_model_document import VERSION
from twin.errors import NotReady
from twin.records.model import Band, Calibration
from twin.services import models, plants, readings
from twin.services.evaluate import band_scores, evaluate


def serve(context, half_width=0.1):
    band = Band(0.9, (float("inf"),), {"TT-1": (half_width,)})
    models.publish(context, replace(VERSION, calibration=calibration(), band=band, parent=None), job="job-1")


def test_the_true_model_is_wrong_by_the_sensors_noise_alone(context):
    window = warm_block_log.fill(context, samples=200)
    serve(context)
    found = evaluate(context, "warm-block", start_us=window.start_us, skip=5)
    row = found["tags"]["TT-1"]
    assert found["samples"] == 195
    assert row["rmse"] == pytest.approx(0.05, rel=0.2)
    assert row["physics"] == row["rmse"]
    assert row["unit"] in ("K", "kelvin")
    # 0.1 K is two standard deviations of the noise: 95.4 % of a normal error.
    assert row["coverage"] == pytest.approx(0.954, abs=0.05)
    assert row["interval_score"] < row["persistence_interval_score"]


def test_without_a_model_or_a_log_it_says_what_to_do(context):
    warm_block_log.fill(context, samples=20)
    with pytest.raises(NotReady, match="twin recalibrate"):
        evaluate(context, "warm-block")


def test_band_is_right_where_it_covers_and_is_sharper_than_persistence():
    rng = np.random.default_rng(1)
    measured = rng.normal(size=2000)
    good = band_scores(measured, np.zeros(2000), np.full(2000, 3.0), 1.645, 0.9)
    assert good["band_right"]
    assert good["coverage"] == pytest.approx(0.9, abs=0.03)
    assert not band_scores(measured, np.zeros(2000), np.full(2000, 3.0), 0.5, 0.9)["band_right"]


def test_a_window_a_quarter_of_a_life_later_is_met_with_the_wear_of_then(context):
    # (1 + w) doubles in a life, so after a quarter it rubs 2^(1/4) times as much; the housing's excess goes with it.
    start = "    start: {wear_ratio: {prior: 0.0, sd: 0.1, shared: true}}\n"
    text = spindle.TEXT.replace("connections:", f"{start}connections:")
    plants.create(context, text, author="ada", reason="first")
    warmer_k = (2.0**0.25 - 1.0) * spindle.FRICTION_W / spindle.COOLING_W_PER_K
    readings.write(context, "spindle", spindle.log_rows(600, warm_k=warmer_k))
    begin_us = int(spindle.BEGIN.timestamp() * 1e6)
    learned_us = begin_us - round(spindle.LIFE_DAYS / 4.0 * spindle.DAY_S * 1e6)
    names = tuple(f"{spindle.BEARING}.{name}" for name in ("wear_per_j", "wear_ratio@start"))
    values = np.array([spindle.WEAR_PER_J, 0.0])
    found = Calibration(names, values, np.zeros(2), np.eye(2), {}, {}, (), 1, (learned_us, begin_us))
    band = Band(0.9, (float("inf"),), {"TT-1": (0.5,)})
    models.publish(context, replace(VERSION, plant="spindle", calibration=found, band=band, parent=None), job="job-1")
    row = evaluate(context, "spindle", start_us=begin_us, skip=400)["tags"]["TT-1"]
    # Aged at the first day's rate it lacks 20 K (2^(1/4) - 1 - ln 2 / 4) = 0.32 K; new it would lack 3.8 K.
    assert row["rmse"] < 0.5
