import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import gamma, gammainc

from twin.prognosis.maintenance_date import FAILURE_COST_RATIO, cheapest_date

DAY_S = 86_400.0
HORIZON_S = 365 * DAY_S


def lives(shape, scale_days, count=200_000):
    """Weibull lives at equally likely levels, s."""
    chance = (np.arange(count) + 0.5) / count
    return scale_days * DAY_S * (-np.log1p(-chance)) ** (1 / shape)


@pytest.mark.parametrize("ratio", [2.0, 5.0, 20.0])
def test_a_new_weibull_part_is_replaced_at_its_textbook_age(ratio):
    # Barlow, Hunter: h(T) ∫₀ᵀ S dt − F(T) = 1 / (r − 1), with h = (k / η) (T / η)^(k − 1).
    shape, scale = 3.0, 60.0

    def condition(days):
        x = days / scale
        survived = scale / shape * gamma(1 / shape) * gammainc(1 / shape, x**shape)
        return shape / scale * x ** (shape - 1) * survived + np.exp(-(x**shape)) - 1 - 1 / (ratio - 1)

    exact = brentq(condition, 1.0, 300.0)
    found = cheapest_date(lives(shape, scale), np.zeros(200_000), horizon_s=HORIZON_S, failure_cost_ratio=ratio)
    # The optimum is flat: a shift early or late costs nothing that could be told.
    assert found["days"] == pytest.approx(exact, abs=0.5)
    assert 0.0 < found["saving_ratio"] < 1.0
    assert found["failure_cost_ratio"] == ratio


def test_a_part_that_does_not_age_is_run_to_failure():
    # Exponential life: what has run does not matter, maintenance gains nothing.
    found = cheapest_date(lives(1.0, 60.0), np.zeros(200_000), horizon_s=HORIZON_S)
    assert found == {"days": None, "saving_ratio": 0.0, "failure_cost_ratio": FAILURE_COST_RATIO}


def test_a_life_that_is_known_is_used_to_its_end():
    found = cheapest_date(np.full(64, 40.1 * DAY_S), np.full(64, 10 * DAY_S), horizon_s=HORIZON_S)
    assert found["days"] == 40.0


def test_what_lasts_beyond_the_horizon_waits_and_what_has_failed_does_not():
    assert cheapest_date(np.full(64, np.inf), np.zeros(64), horizon_s=HORIZON_S)["days"] is None
    assert cheapest_date(np.full(64, np.nan), np.zeros(64), horizon_s=HORIZON_S)["days"] is None
    assert cheapest_date(np.zeros(64), np.full(64, 90 * DAY_S), horizon_s=HORIZON_S)["days"] == 0.0


def test_an_older_part_is_due_sooner():
    left = lives(3.0, 60.0)
    old = left[left > 30 * DAY_S] - 30 * DAY_S
    new = cheapest_date(left, np.zeros_like(left), horizon_s=HORIZON_S)["days"]
    due = cheapest_date(old, np.full_like(old, 30 * DAY_S), horizon_s=HORIZON_S)["days"]
    assert due < new
