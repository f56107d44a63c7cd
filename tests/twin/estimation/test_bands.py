import numpy as np
import pytest
from scipy.signal import lfilter
from scipy.stats import norm

from twin.estimation.bands import Unseen, grown, settled
from twin.estimation.disturbance import Disturbance
from twin.estimation.forecasts import Forecasts

FREE = Unseen(np.full((40, 1), 50.0), np.arange(40.0))
BESIDE = Disturbance(np.array([0.1]), np.array([[2.0]]), np.array([[30.0]]))


def test_half_widths_of_a_random_walk_grow_with_the_root_of_the_lead():
    rng, count = np.random.default_rng(0), 60_000
    walk = np.cumsum(rng.normal(size=count))[:, None]
    rows = np.arange(1, count - 100, 5)
    leads = np.array([1, 4, 16], np.intp)
    central = np.broadcast_to(walk[rows - 1][:, None], (len(rows), 3, 1))
    made = Forecasts(rows, leads, central, np.ones_like(central))
    # Free runs of the same walk, of all lengths: a step of one deviation every two seconds.
    run_s = rng.uniform(2.0, 2000.0, 40_000)
    free = Unseen((np.sqrt(run_s / 2.0) * rng.normal(size=len(run_s)))[:, None], run_s)
    found = grown(("q",), free, made, walk, BESIDE, step_s=2.0, level=0.9)
    assert found.horizons_s == (2.0, 8.0, 32.0, float("inf"))
    # 90 % of a normal error lie within 1.645 deviations; 12,000 forecasts know that quantile to 1.5 %.
    np.testing.assert_allclose(found.half_width["q"], [1.645, 2 * 1.645, 4 * 1.645, 4 * 1.645], rtol=0.06)
    # So the free run's band is the walk's own at 2,000 s: 1.645 times the root of a thousand steps.
    assert found.at("q", np.array([2000.0]), followed=False)[0] == pytest.approx(1.645 * 1000**0.5, rel=0.1)
    assert (found.errors["q"].noise_sd, found.errors["q"].memory_s) == (0.1, (30.0,))


def test_few_independent_errors_are_joined_with_what_the_worlds_believe():
    # A steady error of 0.5 is one error: one at 0.5 and three at 1, Student's t of four degrees at 95 % is 2.1318.
    measured, central = np.ones((40, 1)), np.full((12, 1, 1), 0.5)
    made = Forecasts(np.arange(20, 32), np.array([1], np.intp), central, np.ones_like(central))
    width = grown(("q",), FREE, made, measured, BESIDE, step_s=1.0, level=0.9).half_width["q"][0]
    assert width == pytest.approx(2.1318 * np.sqrt((0.25 + 3.0) / 4.0), rel=1e-3)


@pytest.mark.parametrize("memories", [3, 12, 40])
def test_a_width_from_lasting_errors_holds_the_share_of_new_ones_that_it_promises(memories):
    rng, keep, count = np.random.default_rng(memories), np.exp(-2 / 50), 50 * memories
    start = rng.normal(size=(200, 1)) * keep
    noise = rng.normal(size=(200, count)) * np.sqrt(1 - keep**2)
    errors, _last = lfilter([1.0], [1.0, -keep], noise, zi=start)
    central, rows = np.zeros((count, 1, 1)), np.arange(count)
    made = Forecasts(rows, np.array([1], np.intp), central, np.ones_like(central))
    found = [grown(("q",), FREE, made, e[:, None], BESIDE, step_s=1.0, level=0.9).half_width["q"][0] for e in errors]
    # New errors of the same law are standard normal. 200 records of three memories each know the mean share to 0.8 %.
    assert np.mean(2 * norm.cdf(found) - 1) == pytest.approx(0.9, abs=0.025)


def test_a_lead_that_few_forecasts_reached_is_left_to_the_free_run():
    measured = np.ones((40, 1))
    central = np.full((12, 2, 1), 0.5)
    central[3:, 1] = np.nan
    made = Forecasts(np.arange(20, 32), np.array([1, 8], np.intp), central, np.zeros_like(central))
    found = grown(("q",), FREE, made, measured, BESIDE, step_s=1.0, level=0.9)
    assert found.horizons_s == (1.0, float("inf"))
    # Errors that never change are one: with three of no size beside it, of its own in a free run, Student's t of four.
    assert found.half_width["q"] == pytest.approx((2.1318 * np.sqrt(0.25 / 4.0), 2.1318 * 50.0), rel=1e-4)


def test_growth_that_is_only_doubt_is_taken_back_and_growth_of_errors_is_kept():
    leads = np.array([1, 4, 16, 32, 64], np.intp)
    wide = np.array([1.0, 2.0, 2.5, 4.0, 6.0])
    # From 16 on errors are as large as before: four times as wide a lead means that few were seen of it.
    np.testing.assert_allclose(settled(wide, np.array([0.5, 1.0, 1.2, 1.2, 1.2]), leads), [1.0, 2.0, 2.5, 2.5, 2.5])
    np.testing.assert_allclose(settled(wide, np.array([0.5, 1.0, 1.2, 1.5, 1.5]), leads), [1, 2, 2.5, 3.125, 3.125])
    # Errors that go with the root of time grow on, and so do their widths; a short reach says nothing.
    np.testing.assert_array_equal(settled(wide, np.sqrt(leads), leads), wide)
    np.testing.assert_array_equal(settled(wide[:2], np.ones(2), np.array([1, 3], np.intp)), wide[:2])
