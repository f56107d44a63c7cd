import numpy as np
import pytest
from scipy import stats

from twin.prediction.shares import share


def test_interval_is_the_beta_quantiles_of_jeffreys_prior():
    law = stats.beta(3.5, 17.5)
    found = share(3, 20)
    assert found["value"] == 0.15
    assert (found["low"], found["high"]) == pytest.approx((law.ppf(0.05), law.ppf(0.95)))


def test_never_and_always_have_a_one_sided_interval():
    assert share(0, 64)["low"] == 0.0
    assert 0.0 < share(0, 64)["high"] < 0.1
    assert share(64, 64)["high"] == 1.0


def test_no_worlds_know_nothing():
    found = share(0, 0)
    assert np.isnan(found["value"])
    assert (found["low"], found["high"]) == (0.0, 1.0)


def test_coverage_is_near_its_level():
    rng = np.random.default_rng(5)
    probability, worlds, trials = 0.2, 64, 1500
    hits = 0
    for happened in rng.binomial(worlds, probability, trials):
        interval = share(int(happened), worlds)
        hits += interval["low"] <= probability <= interval["high"]
    # Brown et al. (2001): within some 2 % of nominal here; three sigma of the trials beside.
    assert abs(hits / trials - 0.9) < 0.02 + 3 * (0.9 * 0.1 / trials) ** 0.5
