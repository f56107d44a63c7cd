"""Expected values: the PID formula by hand."""

import pytest

from tests.physics.evaluate import evaluate

RESTING = {"setpoint.value": 0.6, "led_ratio": 0.6, "measured.value": 0.5, "filtered_ratio": 0.5}


def test_it_follows_the_setpoint_that_it_hears():
    returned = evaluate("remote_pid", RESTING | {"gain_ratio": 2.0, "integral_ratio": 0.05})
    assert returned["out.value"] == pytest.approx(0.5 + 2.0 * 0.15, abs=1e-4)
    assert returned["integral_ratio.rate"] == pytest.approx(0.1 / 60.0, rel=1e-3)


@pytest.mark.parametrize(("weight", "output"), [(0.0, 0.6), (1.0, 0.8)])
def test_a_moving_setpoint_counts_in_the_derivative_by_its_weight(weight, output):
    moving = {"led_ratio": 0.5, "derivative_time_s": 2.0, "filter_time_s": 1.0, "setpoint_weight_ratio": weight}
    assert evaluate("remote_pid", RESTING | moving)["out.value"] == pytest.approx(output, abs=1e-4)


def test_at_its_limit_the_integral_part_is_led_back():
    """Wanted 3.5, sent 1: the tracking of the limit takes 2.5 off an error of 1 (gain 1)."""
    stuck = {"setpoint.value": 1.5, "integral_ratio": 2.0}
    returned = evaluate("remote_pid", RESTING | stuck)
    assert returned["out.value"] == pytest.approx(1.0, abs=1e-3)
    assert returned["integral_ratio.rate"] == pytest.approx((1.0 - 2.5) / 60.0, rel=1e-2)
