import pytest

from tests.physics.evaluate import evaluate


def test_force_follows_voltage():
    returned = evaluate("linear_motor", {"voltage_v": 2.0, "gain_n_per_v": 35.0, "rod.velocity_m_per_s": 0.1})
    assert returned["rod.force_n"] == -70.0
    assert returned["supplied_w"] == 7.0


def test_its_zero_drifts_while_it_warms_up():
    drifting = {"voltage_v": 2.0, "gain_n_per_v": 35.0, "zero_drift_v": -0.01, "settling_time_s": 8.0}
    cold = evaluate("linear_motor", drifting)
    assert cold["rod.force_n"] == -70.0
    assert cold["settled_ratio.rate"] == 1 / 8.0
    warm = evaluate("linear_motor", drifting | {"settled_ratio": 1.0})
    assert warm["rod.force_n"] == pytest.approx(-35.0 * 1.99)
    assert warm["settled_ratio.rate"] == 0.0
