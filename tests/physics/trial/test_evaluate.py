"""Numbers in a law without the engine."""

import numpy as np
import pytest

from physics.trial.evaluate import defaults, evaluate, readable
from tests.physics.trial.bad import Damper


def test_what_is_not_given_is_at_its_default():
    assert set(defaults(Damper)) == set(readable(Damper))
    assert float(evaluate(Damper)["shaft.torque_n_m"]) == 0.0
    moving = evaluate(Damper, {"shaft.speed_rad_per_s": np.array([1.0, -2.0]), "extra_ratio": 0.5})
    np.testing.assert_allclose(moving["shaft.torque_n_m"], [0.15, -0.3])


def test_a_name_that_the_law_does_not_read_is_refused():
    with pytest.raises(AssertionError, match="reads no"):
        evaluate(Damper, {"shaft.torque_n_m": 1.0})
