"""Expected values: the PID formula inside the limits, back-calculation at the limit."""

import pytest

from physics.laws import controller


def steer(error, integral=0.0, derivative=0.0):
    return controller.pid(
        error=error,
        integral=integral,
        derivative=derivative,
        gain=2.0,
        integral_time_s=10.0,
        bias=0.3,
        limits=(0.0, 1.0),
    )


def test_inside_the_limits_it_is_the_textbook_formula():
    move = steer(0.1, 0.05, 0.02)
    assert float(move.output) == pytest.approx(0.3 + 2.0 * (0.1 + 0.05 + 0.02), abs=1e-4)
    assert float(move.integral_rate) == pytest.approx(0.1 / 10.0, abs=1e-4)


def test_at_the_limit_the_integral_unwinds_to_where_the_output_just_leaves_it():
    error, integral = 1.0, 5.0
    move = steer(error, integral)
    wanted = 0.3 + 2.0 * (error + integral)
    assert float(move.output) == pytest.approx(1.0, abs=1e-3)
    assert float(move.integral_rate) == pytest.approx((error + (1.0 - wanted) / 2.0) / 10.0, rel=1e-3)
    assert float(move.integral_rate) < 0
