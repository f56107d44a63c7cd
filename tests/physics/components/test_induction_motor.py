"""Expected values: Chapman's example 6-3 through the component; losses by hand. The circuit: test_induction.py."""

import numpy as np
import pytest

from tests.physics.evaluate import evaluate

SPEED = (1 - 0.022) * 2 * np.pi * 60 / 2
EXAMPLE = {
    "line.voltage_v": 460.0, "frequency.value": 60.0, "shaft.speed_rad_per_s": SPEED, "iron_loss_w": 0.0,
    "drag_n_m_s": 1100.0 / SPEED**2,
}  # fmt: skip


def test_a_25_hp_motor_at_2_2_percent_slip():
    """Input 12,530 W, converted 11,585 W, output 10,485 W after 1,100 W of rotation, 18.88 A (Chapman)."""
    returned = evaluate("induction_motor", EXAMPLE)
    assert returned["power_w"] == pytest.approx(12_530, rel=2e-3)
    assert returned["torque_n_m"] * SPEED == pytest.approx(11_585, rel=3e-3)
    assert -returned["shaft.torque_n_m"] * SPEED == pytest.approx(10_485, rel=3e-3)
    assert returned["line_current_a"] == pytest.approx(18.88, rel=2e-3)


def test_what_is_neither_work_nor_kept_is_loss():
    returned = evaluate("induction_motor", EXAMPLE | {"iron_loss_w": 300.0})
    assert returned["loss_w"] == pytest.approx(returned["power_w"] + returned["shaft.torque_n_m"] * SPEED)
    assert returned["power_w"] == pytest.approx(evaluate("induction_motor", EXAMPLE)["power_w"] + 300.0)


def test_driven_above_its_field_it_generates():
    assert evaluate("induction_motor", EXAMPLE | {"shaft.speed_rad_per_s": 195.0})["power_w"] < 0.0


def test_a_hot_rotor_slips_more_for_its_torque():
    hot = evaluate("induction_motor", EXAMPLE | {"heat.temperature_k": 393.15})
    assert abs(hot["shaft.torque_n_m"]) < abs(evaluate("induction_motor", EXAMPLE)["shaft.torque_n_m"])
