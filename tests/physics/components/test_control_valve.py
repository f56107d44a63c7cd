"""Expected values: first-order actuator, Kv."""

import pytest

from tests.physics.evaluate import evaluate


def test_the_actuator_goes_to_the_command_and_no_further_than_open():
    moving = evaluate("control_valve", {"command.value": 3.0, "opening_ratio": 0.4, "actuator_lag_s": 3.0})
    assert moving["opening_ratio.rate"] == pytest.approx(0.2, rel=1e-2)


def test_open_it_passes_its_coefficient_at_one_bar():
    changes = {"opening_ratio": 1.0, "inlet.pressure_pa": 201_325.0, "flow_coefficient_m3_per_s": 2e-3}
    assert evaluate("control_valve", changes)["flow_m3_per_s"] == pytest.approx(2e-3, rel=1e-6)
