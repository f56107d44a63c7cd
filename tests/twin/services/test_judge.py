from dataclasses import replace

import numpy as np
import pytest

from residual_models.ensemble import Apart
from tests.twin import warm_block
from tests.twin.calibration.test_replay import calibration
from twin.calibration.versions import Learned
from twin.records.model import Residual
from twin.services.judge import ahead_ratio, judge, scale_of


def learned(values=(warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K)):
    return Learned(calibration(values), None, {"physics": np.zeros((300, 1))})


def test_true_physics_beats_the_baselines_and_its_band_holds_every_unseen_error():
    learning, whole = warm_block.ready(cut=225), warm_block.ready()
    true = learned()
    true.unseen["physics"][:] = whole.window.measured + 1.0
    found = judge(learning, whole, true, champion=None, maintained=False)
    assert (found.candidate, found.report.promoted) == ("physics", True)
    assert set(found.report.scores) == {"physics", "arx", "persistence"}
    # Three quarters of the unseen errors are exactly 1 K, the gate's are the sensor's 0.05 K. They are one error
    # or two: Student's t of four degrees at most.
    assert 1.0 <= found.band.half_width["TT-1"][-1] <= 2.1318 * np.sqrt(0.75)
    # Forecasts begun on the gate's window err by the sensor's noise at first, and by more later.
    *leads, _free = found.band.half_width["TT-1"]
    assert 1.2 * 0.05 < leads[0] < 4 * 0.05
    assert leads == sorted(leads)
    assert found.band.horizons_s[0] == warm_block.STEP_S


def test_wrong_physics_loses_to_a_linear_model_and_is_refused():
    learning, whole = warm_block.ready(cut=225), warm_block.ready()
    found = judge(learning, whole, learned((500.0, 30.0)), champion=None, maintained=False)
    assert not found.report.promoted
    assert "better than ARX" in found.report.verdict


def test_a_hybrids_error_from_followed_states_is_the_mean_ratio_over_tags_and_leads():
    physics = np.array([[1.0, 10.0], [2.0, np.nan]])
    assert ahead_ratio(0.9 * physics, physics) == pytest.approx(0.9)
    assert ahead_ratio(physics * [2.0, 0.25], physics) == pytest.approx((2.0 * 2.0 * 0.25) ** (1.0 / 3.0))
    # Where nothing was measured, nothing speaks against it.
    assert ahead_ratio(np.nan * physics, physics) == 1.0


def test_a_hybrid_that_errs_more_from_followed_states_gives_way_and_the_report_says_so(monkeypatch):
    learning, whole = warm_block.ready(cut=225), warm_block.ready()
    # A physics whose wall is a third too thick: the hybrid wins in free run, and is taken for better or worse ahead.
    wrong = (warm_block.CAPACITY_J_PER_K, 1.3 * warm_block.CONDUCTANCE_W_PER_K)
    residual = Residual((), np.zeros((2, 0)), calibration().names, np.array([calibration().values] * 2))
    both = Learned(calibration(wrong), residual, {})
    monkeypatch.setattr("twin.services.judge.best_candidate", lambda _case, **_how: "hybrid")
    monkeypatch.setattr("twin.services.judge.ahead_ratio", lambda _hybrid, _physics: 0.9)
    assert judge(learning, whole, both, champion=None, maintained=False).candidate == "hybrid"
    monkeypatch.setattr("twin.services.judge.ahead_ratio", lambda _hybrid, _physics: 1.6)
    found = judge(learning, whole, both, champion=None, maintained=False)
    assert found.candidate == "physics"
    told = next(test for test in found.report.tests if test["name"] == "forecasts from followed states")
    assert told["text"] == "hybrid 1.60 times physics alone, so physics alone is the candidate"


def test_left_out_stretches_widen_what_a_calm_quarter_promises():
    learning, whole = warm_block.ready(cut=225), warm_block.ready()
    calm = judge(learning, whole, learned(), champion=None, maintained=False).band
    # Members who missed a third each and took the wall for half as thick there: errors of kelvins within minutes.
    values = np.array([[warm_block.CAPACITY_J_PER_K] * 3, [2.0 * warm_block.CONDUCTANCE_W_PER_K] * 3])
    spans = np.array([[0, 75, 75], [75, 150, 150], [150, 225, 225]])
    wild = replace(learned(), apart={"physics": Apart(values, spans)})
    found = judge(learning, whole, wild, champion=None, maintained=False).band
    assert found.horizons_s == calm.horizons_s
    assert found.half_width["TT-1"][4] > 2.0 * calm.half_width["TT-1"][4]


def test_a_tag_that_never_moved_is_scaled_by_one():
    np.testing.assert_array_equal(scale_of(np.array([[2.0, np.nan], [2.0, np.nan]])), [1.0, 1.0])
