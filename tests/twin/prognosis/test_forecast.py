import numpy as np
import pytest
from scipy import stats

from tests.twin.spindle import BEARING, LIFE_DAYS, opened, worlds_of
from twin.prediction.future import LoggedDays
from twin.prognosis.forecast import HORIZONS_DAYS, forecast, uncertain

SAMPLE_S, CYCLE = 600.0, 144


def steady(model, speeds=(1.0,)):
    """Days at shares of the nominal speed."""
    inputs = np.repeat(model.inputs[None, :, None], CYCLE, axis=0) * np.asarray(speeds)
    return LoggedDays(inputs, np.ones(len(speeds), bool), np.ones(90, bool))


@pytest.fixture(scope="module")
def found():
    assembly, model = opened()
    worlds = worlds_of(assembly, model, 64)
    return worlds, forecast(
        worlds, assembly, steady(model), SAMPLE_S, issued_us=5, model_version=3, provenance={"seed": 0}
    )


def test_life_follows_the_spread_of_the_wear_coefficient(found):
    # life = 40 days · prior / k, k normal with 10 %: median 40 days, 5 % quantile at k's 95 % quantile.
    row = next(row for row in found[1] if row.mode == "bearing worn out")
    assert row.remaining_days["p50"] == pytest.approx(LIFE_DAYS, rel=0.02)
    assert row.remaining_days["p05"] == pytest.approx(LIFE_DAYS / (1 + 0.1 * stats.norm.ppf(0.95)), rel=0.06)
    assert row.probability[30]["value"] < 0.05
    assert row.probability[90]["value"] == 1.0


def test_the_wear_coefficient_is_the_reason(found):
    row = next(row for row in found[1] if row.mode == "bearing worn out")
    assert row.contributors[0]["name"] == f"{BEARING}.wear_per_j"
    assert row.contributors[0]["share"] > 0.95


def test_what_nobody_fitted_is_named(found):
    row = next(row for row in found[1] if row.mode == "bearing worn out")
    assert f"{BEARING}.wear_per_j" not in [entry["name"] for entry in row.assumed]
    assert f"{BEARING}.speed_nominal_rad_per_s" not in [entry["name"] for entry in row.assumed]
    assert all(abs(entry["elasticity"]) >= 0.5 for entry in row.assumed)


def test_maintenance_is_due_before_the_bearing_fails(found):
    # Life has a spread of 10 %, a failure costs five times the action: due before all but the first few have failed.
    due = next(row for row in found[1] if row.mode == "bearing worn out").maintenance
    assert 0.75 * LIFE_DAYS < due["days"] < 0.95 * LIFE_DAYS
    assert due["failure_cost_ratio"] == 5.0
    # Against running to failure, 5 / 40 days: about 1 / 33 days.
    assert 0.6 < due["saving_ratio"] < 0.85


def test_chances_rise_with_the_horizon_and_lie_in_their_interval(found):
    for row in found[1]:
        values = [row.probability[days]["value"] for days in HORIZONS_DAYS]
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


def test_how_the_horizon_was_covered_is_said(found):
    covered = found[1][0].provenance["horizon"]
    assert (covered["days_in_log"], covered["days_chosen"], covered["wear_mismatch_ratio"]) == (1, 1, 0.0)
    # A year of a bearing that lives forty days, at a tenth of the cost.
    assert covered["simulated_days"] < 36
    assert covered["step_error_ratio"] < 0.01
    assert covered["worlds_lost"] == 0
    assert covered["unsettled"] == []


def test_days_that_differ_explain_a_part_of_the_spread():
    assembly, model = opened()
    worlds = worlds_of(assembly, model, 64)
    certain = worlds.parameters.copy()
    certain[:] = worlds.parameters[:, :1]
    days = steady(model, (1.0, 0.2))
    rows = forecast(
        type(worlds)(model, certain, worlds.start, (), np.zeros((0, 64)), 0), assembly, days, SAMPLE_S,
        issued_us=5, model_version=3, provenance={},
    )  # fmt: skip
    row = next(row for row in rows if row.mode == "bearing worn out")
    assert row.contributors[0]["name"] == "days to come"
    assert row.contributors[0]["share"] > 0.9


def test_a_lost_world_is_counted_and_left_out(found):
    assembly, model = opened()
    worlds = worlds_of(assembly, model, 64)
    # A heat capacity below zero warms without end: e-fold every two seconds.
    worlds.parameters[model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k"), 40] = -1.0
    rows = forecast(worlds, assembly, steady(model), SAMPLE_S, issued_us=5, model_version=3, provenance={})
    assert rows[0].provenance["horizon"]["worlds_lost"] == 1
    whole = next(row for row in found[1] if row.mode == rows[0].mode)
    assert rows[0].remaining_days["p50"] == pytest.approx(whole.remaining_days["p50"], rel=0.02)
    assert rows[0].probability[365]["value"] == 1.0


def test_a_first_world_that_is_lost_does_not_hinder_the_choice_of_days():
    assembly, model = opened()
    worlds = worlds_of(assembly, model, 8)
    worlds.parameters[model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k"), 0] = -1.0
    days = steady(model, (1.0, 0.2))
    rows = forecast(worlds, assembly, days, SAMPLE_S, issued_us=5, model_version=3, provenance={})
    assert rows[0].provenance["horizon"]["wear_mismatch_ratio"] <= 0.01
    assert rows[0].provenance["horizon"]["worlds_lost"] == 1
