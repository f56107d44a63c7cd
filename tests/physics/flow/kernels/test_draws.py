"""Expected values: the host's streams (`physics/simulate/streams.py`) through SciPy's quantiles.

An item that finds its machine free leaves the line after exactly one cycle time, so lead times are the drawn times.
"""

import numpy as np
import pytest
from scipy import stats

from physics.flow.layout import Part
from physics.simulate.streams import uniform
from tests.physics.flow.lines import chain, run

COUNT = 120
SIGMA = np.sqrt(np.log1p(0.25))


def drawn(times, *, worlds=3, seed=7, count=COUNT):
    parts = (Part("source", "source"), Part("m", "machine", {"cycle_s": times}), Part("sink", "sink"))
    return run(chain(*parts), horizon_s=1e7, worlds=worlds, seed=seed, lead_count=1 << 20).lead_s[:, :count]


@pytest.mark.parametrize(
    ("times", "quantile"),
    [
        ({"uniform": {"low_s": 20e3, "high_s": 50e3}}, lambda u: 20e3 + 30e3 * u),
        ({"exponential": {"mean_s": 4e4}}, lambda u: -4e4 * np.log(u)),
        ({"normal": {"mean_s": 4e4, "sd_s": 3e4}}, lambda u: stats.truncnorm.ppf(u, -4 / 3, np.inf, 4e4, 3e4)),
        ({"lognormal": {"mean_s": 4e4, "sd_s": 2e4}},
         lambda u: stats.lognorm.ppf(u, SIGMA, scale=4e4 * np.exp(-SIGMA**2 / 2))),
        ({"weibull": {"mean_s": 4e4, "shape": 1.0}}, lambda u: -4e4 * np.log(u)),
        ({"gamma": {"mean_s": 4e4, "shape": 3.0}}, lambda u: stats.gamma.ppf(u, 3.0, scale=4e4 / 3.0)),
        ({"gamma": {"mean_s": 4e4, "shape": 0.7}}, lambda u: stats.gamma.ppf(u, 0.7, scale=4e4 / 0.7)),
        ({"triangular": {"low_s": 1e4, "mode_s": 2e4, "high_s": 6e4}},
         lambda u: stats.triang.ppf(u, 0.2, 1e4, 5e4)),
        ({"empirical": {"values_s": [3e4, 1e4, 9e4]}}, lambda u: np.array([1e4, 3e4, 9e4])[(3 * u).astype(int)]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)  # fmt: skip
def test_times_are_the_quantiles_of_the_hosts_numbers(times, quantile):
    found = drawn(times)
    for world in range(3):
        expected = quantile(uniform(7, world, "m.cycle_s", COUNT))
        np.testing.assert_allclose(found[world], expected, rtol=1e-9)


def test_every_time_is_drawn_from_one_number():
    """So that scenarios stay paired: a longer mean stretches each time, another shape keeps their order."""
    few, longer, other = (drawn({"gamma": {"mean_s": mean_s, "shape": shape}}, worlds=1)[0]
                          for mean_s, shape in ((4e4, 3.0), (5e4, 3.0), (4e4, 9.0)))  # fmt: skip
    np.testing.assert_allclose(longer, 1.25 * few, rtol=1e-9)
    assert (np.argsort(few) == np.argsort(other)).all()


def test_long_runs_of_gamma_times_have_their_moments():
    """Mean and variance of 400,000 numbers within four standard errors; a gamma's kurtosis is 3 + 6 / shape."""
    times = drawn({"gamma": {"mean_s": 80.0, "shape": 4.0}}, worlds=4, seed=11, count=100_000).ravel() / 40.0
    assert np.isfinite(times).all()
    assert abs(times.mean() - 2.0) < 4 * 1.0 / np.sqrt(times.size)
    assert abs(times.var() - 1.0) < 4 * np.sqrt((6.0 / 4.0 + 2.0) / times.size)
    edges = stats.gamma.ppf(np.linspace(0, 1, 101), 4.0, scale=0.5)
    assert stats.chisquare(np.histogram(times, edges)[0]).pvalue > 1e-3
