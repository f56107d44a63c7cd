import numpy as np
import pytest

from twin.estimation.delivered import delivered
from twin.estimation.forecasts import Forecasts
from twin.records.band import Band

WIDTH = 1.6449
"""Of a standard normal error at 90 %."""
BAND = Band(0.9, (1.0, float("inf")), {"q": (WIDTH, 9.0)})


def made(count=3000, sd=1.0, seed=0):
    """Forecasts of zero for white readings, one step ahead."""
    measured = sd * np.random.default_rng(seed).normal(size=(count + 1, 1))
    central = np.zeros((count, 1, 1))
    return Forecasts(np.arange(1, count + 1), np.array([1], np.intp), central, np.ones_like(central)), measured


def scored(sd=1.0, asked=None):
    found, measured = made(sd=sd)
    return delivered(found, measured, BAND, {"q": "K"}, step_s=1.0, asked=asked or {})[0]


def test_an_honest_band_is_right_and_its_scores_are_those_of_a_normal_error():
    row = scored()
    assert (row.tag, row.unit, row.lead_s, row.forecasts, row.right) == ("q", "K", 1.0, 3000, True)
    # 3,000 white errors: coverage is known to 0.5 %, root mean squares to 1.3 %; four of them.
    assert row.coverage == pytest.approx(0.9, abs=0.022)
    assert row.rmse == pytest.approx(1.0, rel=0.05)
    assert row.persistence == pytest.approx(np.sqrt(2.0), rel=0.05)
    assert row.crps == pytest.approx(1.0 / np.sqrt(np.pi), rel=0.05)


def test_a_band_that_is_too_narrow_is_widened_until_it_keeps_its_promise():
    row = scored(sd=1.5)
    assert row.coverage == pytest.approx(0.9, abs=0.02)
    # 1.5 times as wide takes the level 2 Φ(1.5 · 1.645) − 1 = 0.986.
    assert row.asked == pytest.approx(0.986, abs=0.03)
    again = scored(sd=1.5, asked={"q": {1.0: row.asked}})
    assert again.width > row.width * 0.98


def test_too_few_forecasts_are_not_scored():
    found, measured = made(count=5)
    assert delivered(found, measured, BAND, {"q": "K"}, step_s=1.0, asked={}) == ()
