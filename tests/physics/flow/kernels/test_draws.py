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


@pytest.mark.parametrize("shape", [0.5, 3.0])
def test_gamma_times_pass_a_kolmogorov_smirnov_test(shape):
    times = drawn({"gamma": {"mean_s": 4e4, "shape": shape}}, worlds=20).ravel()
    assert stats.kstest(times, stats.gamma(shape, scale=4e4 / shape).cdf).pvalue > 0.01


def test_a_rejection_moves_no_later_gamma_time():
    """The n-th time depends on n alone: those of another shape are drawn from the same normal numbers."""
    few, many = (drawn({"gamma": {"mean_s": 4e4, "shape": shape}}, worlds=1)[0] for shape in (3.0, 3.01))
    assert np.corrcoef(few, many)[0, 1] > 0.9
