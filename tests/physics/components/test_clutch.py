"""Expected values: dry friction between two speeds by hand."""

import pytest

from tests.physics.evaluate import evaluate

SLIPPING = {
    "torque_max_n_m": 50.0, "engaged_ratio": 0.8, "bend_ratio": 1.0, "shaft_in.speed_rad_per_s": 100.0,
    "shaft_out.speed_rad_per_s": 60.0,
}  # fmt: skip


def test_slipping_it_passes_torque_and_turns_the_rest_into_heat():
    returned = evaluate("clutch", SLIPPING)
    assert returned["shaft_in.torque_n_m"] == pytest.approx(40.0)
    assert returned["shaft_out.torque_n_m"] == pytest.approx(-40.0)
    assert returned["heat.heat_flow_w"] == pytest.approx(-1600.0)


def test_open_it_passes_nothing():
    assert evaluate("clutch", SLIPPING | {"engaged_ratio": 0.0})["torque_n_m"] == 0.0


def test_turning_alike_it_holds_and_neither_heats_nor_wears():
    locked = evaluate("clutch", SLIPPING | {"shaft_out.speed_rad_per_s": 100.0, "bend_ratio": 0.3})
    assert locked["torque_n_m"] == pytest.approx(12.0)
    assert locked["loss_w"] == 0.0
    assert locked["lining_wear_ratio.rate"] == 0.0


def test_its_lining_wears_with_heat():
    assert evaluate("clutch", SLIPPING | {"wear_per_j": 1e-9})["lining_wear_ratio.rate"] == pytest.approx(1.6e-6)
