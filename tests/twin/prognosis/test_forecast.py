import numpy as np
import pytest
from scipy import stats

from tests.twin.spindle import BEARING, LIFE_DAYS, opened, worlds_of
from twin.prognosis.forecast import forecast, uncertain

SAMPLE_S, CYCLE = 600.0, 144


@pytest.fixture(scope="module")
def found():
    assembly, model = opened()
    worlds = worlds_of(assembly, model, 64)
    days = np.repeat(model.inputs[None, :, None], CYCLE, axis=0)
    return worlds, forecast(worlds, assembly, days, SAMPLE_S, issued_us=5, model_version=3, provenance={"seed": 0})


def test_life_follows_the_spread_of_the_wear_coefficient(found):
    # life = 40 days · prior / k, k normal with 10 %: median 40 days, 5 % quantile at k's 95 % quantile.
    row = next(row for row in found[1] if row.mode == "bearing worn out")
    assert row.remaining_days["p50"] == pytest.approx(LIFE_DAYS, rel=0.05)
    assert row.remaining_days["p05"] == pytest.approx(LIFE_DAYS / (1 + 0.1 * stats.norm.ppf(0.95)), rel=0.06)
    assert row.probability[30]["value"] < 0.05
    assert row.probability[90]["value"] == 1.0


def test_the_wear_coefficient_is_the_reason(found):
    row = next(row for row in found[1] if row.mode == "bearing worn out")
    assert row.contributors[0]["name"] == f"{BEARING}.wear_per_j"
    assert row.contributors[0]["share"] > 0.95


def test_chances_rise_with_the_horizon_and_lie_in_their_interval(found):
    for row in found[1]:
        values = [row.probability[days]["value"] for days in (1, 7, 30, 90)]
        assert values == sorted(values)
        assert all(item["low"] <= item["value"] <= item["high"] for item in row.probability.values())


def test_the_most_pressing_failure_comes_first(found):
    assert found[1][0].mode == "bearing worn out"
    assert found[1][0].wear_now["median"] == pytest.approx(0.0, abs=1e-9)
    assert {(row.issued_us, row.model_version) for row in found[1]} == {(5, 3)}


def test_what_differs_between_worlds_has_a_name(found):
    names, values = uncertain(found[0])
    assert f"{BEARING}.wear_per_j" in names
    assert f"{BEARING}.wear_ratio now" in names
    assert values.shape == (len(names), 64)
