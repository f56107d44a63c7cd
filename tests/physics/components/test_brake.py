"""Expected values: dry friction, exponential fade and heat by hand."""

import numpy as np
import pytest

from tests.physics.evaluate import evaluate

SLIDING = {"torque_max_n_m": 50.0, "clamp_ratio": 0.5, "bend_ratio": 1.0, "shaft.speed_rad_per_s": 100.0}


def test_sliding_it_gives_its_share_of_full_torque_and_heats_the_disc():
    returned = evaluate("brake", SLIDING)
    assert returned["shaft.torque_n_m"] == pytest.approx(25.0)
    assert returned["heat.heat_flow_w"] == pytest.approx(-2500.0)


def test_hot_it_fades():
    hot = evaluate("brake", SLIDING | {"heat.temperature_k": 493.15, "fade_per_k": 1e-3})
    assert hot["torque_n_m"] == pytest.approx(25.0 * np.exp(-0.2))


def test_pads_wear_with_heat():
    assert evaluate("brake", SLIDING | {"wear_per_j": 1e-9})["pad_wear_ratio.rate"] == pytest.approx(2.5e-6)


def test_locked_it_holds_without_creep():
    held = evaluate("brake", {"clamp_ratio": 1.0, "bend_ratio": 0.6, "torque_max_n_m": 50.0})
    assert held["torque_n_m"] == pytest.approx(30.0)
    assert held["bend_ratio.rate"] == 0.0


def test_the_clamp_follows_its_command():
    assert evaluate("brake", {"command.value": 0.5, "clamp_time_s": 0.1})["clamp_ratio.rate"] == pytest.approx(
        5.0, rel=1e-3
    )
