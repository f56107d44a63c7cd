"""Expected values: the PID formula by hand."""

import pytest

from tests.physics.evaluate import evaluate


def test_output_is_bias_plus_gain_times_error_and_integral():
    changes = {"setpoint_ratio": 0.6, "filtered_ratio": 0.5, "integral_ratio": 0.05, "gain_ratio": 2.0}
    returned = evaluate("pid", changes | {"measured.value": 0.5})
    assert returned["out.value"] == pytest.approx(0.5 + 2.0 * 0.15, abs=1e-4)
    assert returned["integral_ratio.rate"] == pytest.approx(0.1 / 60.0, rel=1e-3)


def test_direct_action_turns_the_sign():
    changes = {"setpoint_ratio": 0.6, "filtered_ratio": 0.5, "action_ratio": -1.0, "measured.value": 0.5}
    assert evaluate("pid", changes)["out.value"] == pytest.approx(0.4, abs=1e-4)


def test_the_derivative_brakes_a_rise():
    changes = {"measured.value": 0.6, "filtered_ratio": 0.5, "derivative_time_s": 2.0, "filter_time_s": 1.0}
    assert evaluate("pid", changes)["out.value"] == pytest.approx(0.5 - 0.2, abs=1e-4)
