from types import SimpleNamespace

import numpy as np

from residual_models.ensemble import Apart
from tests.twin import warm_block
from twin.calibration.versions import Learned
from twin.records.model import Calibration, Residual
from twin.services import recalibration_parts as parts


def test_the_newest_quarter_of_the_usable_samples_is_kept_for_the_gate():
    assert parts.gate_at(warm_block.ready(samples=400)) == 300
    ready = warm_block.ready(samples=400)
    ready.window.mask[100:200] = False
    assert parts.gate_at(ready) == 325


def test_what_the_champion_learned_from_judges_none_of_its_heirs():
    ready = warm_block.ready(samples=400)
    ends_us = ready.window.start_us + np.array([290, 350, 500]) * round(warm_block.STEP_S * 1e6)

    def judged_from(end_us):
        calibration = Calibration((), *[np.zeros(0)] * 2, np.zeros((0, 0)), {}, {}, (), 1, (0, int(end_us)))
        return parts.gate_at(ready, SimpleNamespace(calibration=calibration))

    # An older champion leaves the newest quarter; one that knows all of it is judged by it as before.
    assert [judged_from(end) for end in ends_us] == [300, 350, 300]


def test_what_a_step_learned_comes_back(context):
    calibration = Calibration(("a",), np.ones(1), np.ones(1), np.eye(1), {"t": 0.1}, {"t": 0.1}, (), 1, (0, 1))
    residual = Residual(("w",), np.ones((2, 1)), ("a",), np.full((2, 1), 3.0), {"t": 0.02})
    unseen = {"physics": np.array([[1.0], [np.nan]]), "hybrid": np.zeros((2, 1))}
    state = {"job": "job-1"}
    apart = {"physics": Apart(np.array([[2.0, 4.0]]), np.array([[0, 1, 2], [1, 2, 2]]))}
    digest = parts.keep(context, state, "train", Learned(calibration, residual, unseen, apart))
    back = parts.restore(context, state, "train", digest)
    np.testing.assert_array_equal(back.residual.parameters, residual.parameters)
    np.testing.assert_array_equal(back.unseen["physics"], unseen["physics"])
    np.testing.assert_array_equal(back.apart["physics"].values, apart["physics"].values)
    np.testing.assert_array_equal(back.apart["physics"].spans, apart["physics"].spans)
    assert back.residual.noise_sd == {"t": 0.02}
    assert back.calibration.as_dict() == {"a": 1.0}


def test_physics_alone_is_kept_without_weights(context):
    calibration = Calibration(("a",), np.ones(1), np.ones(1), np.eye(1), {}, {}, (), 1, (0, 1))
    digest = parts.keep(context, {"job": "j"}, "train", Learned(calibration, None, {"physics": np.zeros((1, 1))}))
    assert parts.restore(context, {"job": "j"}, "train", digest).residual is None


def test_without_a_champion_nothing_is_held_near_and_nothing_was_maintained(context):
    ready = warm_block.ready(samples=30)
    assert parts.near_champion(context, {"champion": None, "maintained": False}, ready) is ready
    assert parts.maintained(context, "warm-block", None, ready.window) is False
