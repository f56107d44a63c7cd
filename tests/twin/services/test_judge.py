from dataclasses import replace

import numpy as np

from residual_models.ensemble import Apart
from tests.twin import warm_block
from tests.twin.calibration.test_replay import calibration
from twin.calibration.versions import Learned
from twin.services.judge import better_ahead, judge, scale_of


def learned(values=(warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K)):
    return Learned(calibration(values), None, {"physics": np.zeros((300, 1))})


def test_true_physics_beats_the_baselines_and_its_band_holds_every_unseen_error():
    learning, whole = warm_block.ready(cut=225), warm_block.ready()
    true = learned()
    true.unseen["physics"][:] = whole.window.measured + 1.0
    found = judge(learning, whole, true, champion=None, maintained=False)
    assert (found.candidate, found.report.promoted) == ("physics", True)
    assert set(found.report.scores) == {"physics", "arx", "persistence"}
    # Three quarters of the unseen errors are exactly 1 K, the gate's are the sensor's 0.05 K. They are one error or two:
    # Student's t of four degrees at most.
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


def test_a_hybrid_that_errs_more_from_followed_states_gives_way():
    physics = np.array([[1.0, 10.0], [2.0, np.nan]])
    assert better_ahead(0.9 * physics, physics) == "hybrid"
    assert better_ahead(physics * [2.0, 0.9], physics) == "physics"
    # Where nothing was measured, nothing speaks against it.
    assert better_ahead(np.nan * physics, physics) == "hybrid"


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
