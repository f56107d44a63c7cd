import numpy as np
import pytest

from tests.twin.spindle import BEARING, COOLING_W_PER_K, FRICTION_W, opened, worlds_of
from twin.records.model import Band
from twin.records.scenario import Change, ChangeKind, Scenario
from twin.scenarios.run import Setting, compare

SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"
HOURS, SAMPLE_S, WORLDS = 8, 60.0, 16


@pytest.fixture(scope="module")
def setting():
    assembly, model = opened()
    inputs = np.repeat(model.inputs[None], HOURS * 60 + 1, axis=0)
    band = Band(0.9, (float("inf"),), {"TT-1": (2.0,)})
    return Setting(assembly, worlds_of(assembly, model, WORLDS), inputs, band)


def ask(setting, *changes):
    scenario = Scenario("spindle", "test", changes, HOURS * 3600.0, WORLDS, 0, "nominal", SAMPLE_S)
    return compare(scenario, setting, provenance={"seed": 0})


def kpi(outcome, name):
    return next(row for row in outcome.kpis if row["name"] == name)


@pytest.fixture(scope="module")
def slower(setting):
    return ask(setting, Change(ChangeKind.INPUT, SPEED, factor=0.5))


def test_half_the_speed_saves_the_friction_that_the_law_says(slower):
    # P = (τ_c + b ω) ω: 10 W at 100 rad/s, 3.75 W at 50 rad/s; slip is 0.1 % and the start-up some seconds of 8 h.
    found = kpi(slower, "friction energy")["difference"]
    assert found["mean"] == pytest.approx((3.75 - FRICTION_W) * HOURS * 3600.0, rel=1e-2)
    assert found["separated"]
    assert found["mean_low"] < found["mean"] < found["mean_high"]


def test_the_housing_cools_by_the_power_over_its_cooling(slower):
    last = {run: slower.series["TT-1"][run]["p50"][-1] for run in ("baseline", "scenario")}
    # The model error is shared, so medians differ by the physics alone; 18 time constants have passed.
    assert last["scenario"] - last["baseline"] == pytest.approx((3.75 - FRICTION_W) / COOLING_W_PER_K, rel=1e-2)


def test_levels_carry_the_models_error_and_differences_do_not(slower):
    mean = kpi(slower, "TT-1 mean")
    # A 90 % band of ± 2 K over 16 worlds: their 5 % to 95 % range is some 4 K, by chance 40 % more or less.
    assert 2.0 < mean["baseline"]["high"] - mean["baseline"]["low"] < 6.0
    assert mean["difference"]["high"] - mean["difference"]["low"] < 0.1


def test_nothing_done_differs_in_nothing(setting):
    outcome = ask(setting)
    assert not any(row["difference"]["separated"] for row in outcome.kpis)
    assert all(row["difference"]["mean"] == 0.0 for row in outcome.kpis)
    assert "no difference" in outcome.verdict


def test_the_same_question_has_the_same_digest(setting, slower):
    again = ask(setting, Change(ChangeKind.INPUT, SPEED, factor=0.5))
    assert again.provenance["digest"] == slower.provenance["digest"]
    assert again == slower


def test_maintenance_renews_wear_and_failures_say_so(setting):
    outcome = ask(
        setting,
        Change(ChangeKind.FAULT, f"{BEARING}.wear_ratio", value=1.5),
        Change(ChangeKind.MAINTENANCE, BEARING, at_s=3600.0),
    )
    worn = next(row for row in outcome.failures if row["mode"] == "bearing worn out")
    assert worn["baseline"]["value"] == 0.0
    assert worn["scenario"]["value"] == 1.0
    assert worn["scenario"]["wear"]["high"] < 0.1
    assert "hall/spindle/bearing-1 bearing worn out rises" in outcome.verdict


def test_series_reach_from_the_start_to_the_horizon(slower):
    times_s = slower.series["TT-1"]["times_s"]
    assert (times_s[0], times_s[-1]) == (0.0, HOURS * 3600.0)
    assert times_s == sorted(times_s)


def test_without_calibration_the_answer_says_so(slower):
    assert not slower.validity["inside"]
    assert "never calibrated" in slower.verdict
