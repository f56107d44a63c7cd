import numpy as np
import pytest

from twin.ledger import failures
from twin.records.event import EventKind, PlantEvent
from twin.records.forecast import FailureForecast

DAY_US = round(failures.DAY_US)


def forecast(chance=0.2, issued_day=0, asset="pump", days=(7, 30), life=None):
    probability = {day: {"value": chance} for day in days}
    life = life or {"p05": None, "p50": None, "p95": None}
    return FailureForecast(asset, "worn", issued_day * DAY_US, probability, life, {}, (), "", 1)


def event(kind, day, asset="pump"):
    return PlantEvent(kind, asset, round(day * DAY_US), None)


def test_the_first_end_counts_and_other_parts_do_not():
    happened = [event(EventKind.FAILURE, 9), event(EventKind.MAINTENANCE, 5), event(EventKind.FAILURE, 2, "fan")]
    assert failures.fate(forecast(), happened, 20 * DAY_US) == failures.Fate(5.0, False, True)
    assert failures.fate(forecast(), happened[:1], 20 * DAY_US) == failures.Fate(9.0, True, False)
    assert failures.fate(forecast(), [], 20 * DAY_US) == failures.Fate(20.0, False, False)


def test_brier_by_hand_without_maintenance():
    some = [forecast(0.8, asset="a"), forecast(0.1, asset="b"), forecast(0.3, asset="c")]
    found = failures.score(some, [event(EventKind.FAILURE, 3, "a")], 10 * DAY_US)
    (week,) = found["horizons"]
    assert (week["days"], week["scored"], week["failed"]) == (7, 3, 1)
    assert week["brier"] == pytest.approx((0.2**2 + 0.1**2 + 0.3**2) / 3)
    assert week["base"] == pytest.approx(1 / 3 * 2 / 3)


def test_a_part_that_was_maintained_is_no_survivor():
    """Four parts, one maintained on day 2, one fails on day 4: G(4-) = 3/4, so each of the others stands for 4/3."""
    some = [forecast(0.5, asset=name) for name in "abcd"]
    happened = [event(EventKind.MAINTENANCE, 2, "a"), event(EventKind.FAILURE, 4, "b")]
    (week,) = failures.score(some, happened, 8 * DAY_US)["horizons"]
    assert (week["scored"], week["failed"], week["censored"]) == (3, 1, 1)
    assert week["brier"] == pytest.approx(0.25)
    assert week["base"] == pytest.approx(1 / 3 * 2 / 3)


def test_weights_undo_maintenance_of_half_of_the_parts():
    """Lives are exponential, mean 10 days, and half of all parts are maintained at random: Brier stays the true one."""
    rng = np.random.default_rng(2)
    chance = 1 - np.exp(-0.7)
    some, happened = [], []
    for number in range(3000):
        name = f"p{number}"
        some.append(forecast(chance, asset=name, days=(7,)))
        life, visit = rng.exponential(10.0), rng.uniform(0.0, 14.0)
        kind, day = (EventKind.FAILURE, life) if life < visit else (EventKind.MAINTENANCE, visit)
        happened.append(event(kind, day, name))
    (week,) = failures.score(some, happened, 60 * DAY_US)["horizons"]
    assert week["brier"] == pytest.approx(chance * (1 - chance), abs=0.01)


def test_a_remaining_life_scores_by_its_integral():
    """F rises in a straight line to 1 at 10 days; failure at 4: ∫₀⁴ (t/10)² + ∫₄¹⁰ (1 - t/10)² = 0.2133 + 0.72."""
    sure = forecast(1.0, days=(10,))
    failed = failures.survival_crps(sure, failures.Fate(4.0, True, False))
    censored = failures.survival_crps(sure, failures.Fate(4.0, False, True))
    assert censored == pytest.approx(64 / 300)
    assert failed == pytest.approx(64 / 300 + 216 / 300)


def test_nothing_is_scored_before_its_time():
    assert failures.score([forecast()], [], 3 * DAY_US)["horizons"] == []
