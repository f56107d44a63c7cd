from dataclasses import replace

import numpy as np
import pytest

from tests.twin import warm_block_log
from tests.twin.calibration.test_replay import calibration
from tests.twin.records.test_model_document import VERSION
from twin.errors import NotReady
from twin.records.model import Band
from twin.services import models
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
