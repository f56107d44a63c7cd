import numpy as np
import pytest
from scipy import stats

from twin.ledger import scores

RNG = np.random.default_rng(5)


def test_a_certain_forecast_scores_by_its_error():
    found = scores.day_scores(
        np.array([[3.0], [5.0]]), np.full((2, 1), 3.0), np.zeros(1), np.zeros((2, 1)), np.ones(1), ("A",), 0.9,
        noise_sd=np.zeros(1),
    )  # fmt: skip
    assert found["crps_ratio"] == pytest.approx(1.0)
    assert found["rmse_ratio"] == pytest.approx(np.sqrt(2.0))


def day(sharp=1.0, half_width=stats.norm.ppf(0.95), missing=False):
    truth = RNG.normal(size=(4000, 2))
    measured = truth + RNG.normal(size=truth.shape)
    if missing:
        measured[:, 1] = np.nan
    width = np.full(2, sharp * half_width)
    return scores.day_scores(
        measured, truth, width, np.zeros_like(truth), np.ones(2), ("A", "B"), 0.9, noise_sd=np.ones(2)
    )


def test_a_forecast_with_the_right_spread_keeps_its_promise():
    found = day()
    # 8,000 independent normal errors; CRPS of N(0, 1) against its own law is 1 / √π, persistence here is N(0, 2).
    assert found["coverage"] == pytest.approx(0.9, abs=0.012)
    assert found["crps_ratio"] == pytest.approx(1 / np.sqrt(np.pi), abs=0.02)
    assert found["skill"] == pytest.approx(1 - 1 / np.sqrt(2), abs=0.02)
    # It errs by the sensors' noise alone: no more can be won.
    assert found["possible"] == pytest.approx(found["skill"], abs=0.02)


def test_a_band_that_is_too_narrow_costs_score_and_coverage():
    right, narrow = day(), day(sharp=0.2)
    assert narrow["coverage"] < 0.35
    assert narrow["crps_ratio"] > 1.1 * right["crps_ratio"]


def test_a_tag_without_readings_is_left_out():
    found = day(missing=True)
    assert [row["tag"] for row in found["tags"]] == ["A"]
    assert np.isfinite(found["crps_ratio"])
